"""Checking the audit chain, and writing it out for others to check."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.findings import Finding
from avdesk.models import AuditEvent, AuditHead, Ingest, Recording
from avdesk.services._chain import ORIGIN, digest
from avdesk.services.desk import Desk, service
from avdesk.terms import Right

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class AuditReport:
    """``head`` is the hash of the last line, also when the chain is broken."""

    events: int
    ok: bool
    head: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AuditExport:
    output: str
    events: int
    head: str


@service(Right.AUDIT)
def verify_audit(desk: Desk) -> AuditReport:
    """Follow the chain from its beginning and hold the catalogue against it; every break is named."""
    with desk.database.read() as session:
        check = _Check()
        for event in _events(session):
            check.take(event)
        head = session.scalars(select(AuditHead)).one()
        check.finish(head)
        check.findings.extend(_unaccounted(session))
        check.findings.extend(_lost_anchors(session, check.hashes))
    return AuditReport(check.count, not check.findings, check.last_hash, tuple(check.findings))


@service(Right.AUDIT)
def export_audit(desk: Desk, output: Path) -> AuditExport:
    """Write one line per event in its RFC 8785 form; an existing file is replaced when the new one is whole."""
    work = output.with_name(f".{output.name}.new")
    count, head = 0, ORIGIN
    with desk.database.read() as session, work.open("wb") as file:
        for event in _events(session):
            file.write(rfc8785.dumps(line_of(event)) + b"\n")  # type: ignore[arg-type]
            count, head = count + 1, event.hash
        file.flush()
        os.fsync(file.fileno())
    work.rename(output)
    return AuditExport(str(output), count, head)


def line_of(event: AuditEvent) -> dict[str, object]:
    """The exported line of an event."""
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "workstation": event.workstation,
        "act": event.act,
        "object": {"type": event.object_type, "id": event.object_id},
        "facts": json.loads(event.facts),
        "prev": event.prev,
        "hash": event.hash,
    }


def _events(session: Session) -> Iterator[AuditEvent]:
    """All events by ``seq``, a batch at a time."""
    last = None
    while True:
        statement = select(AuditEvent).order_by(AuditEvent.seq).limit(_BATCH)
        batch = list(session.scalars(statement.where(AuditEvent.seq > last) if last is not None else statement))
        if not batch:
            return
        yield from batch
        last = batch[-1].seq
        session.expunge_all()


class _Check:
    """One walk along the chain. A row is judged by its own hash, then by its link, then by its number."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.count = 0
        self.last_hash = ORIGIN
        self.hashes: dict[str, int] = {}
        self._prevs: dict[str, int] = {}
        self._last_seq = 0
        self._displaced: list[tuple[AuditEvent, dict[str, object]]] = []

    def take(self, event: AuditEvent) -> None:
        self.count += 1
        if event.seq > self._last_seq + 1:
            for seq in range(self._last_seq + 1, min(event.seq, self._last_seq + 1001)):
                self._find("REMOVED", seq, None)
        linked = event.prev == self.last_hash
        line = _line_or_none(event)
        if line is None or digest(line) != event.hash:
            self._displaced.append((event, line or {}))
        elif not linked and event.seq == self._last_seq + 1:
            self._find("FORK" if event.prev in self._prevs else "FOREIGN_ROW", event.seq, event)
        self.hashes[event.hash] = event.seq
        self._prevs.setdefault(event.prev, event.seq)
        self._last_seq, self.last_hash = event.seq, event.hash

    def finish(self, head: AuditHead) -> None:
        """Judge the rows that do not bear their hash: moved, when it fits another number; foreign, behind the head."""
        for event, line in self._displaced:
            place = self.hashes.get(event.prev, 0 if event.prev == ORIGIN else None)
            candidates = [seq + 1 for seq in (place,) if seq is not None] + self._places_near(event)
            if line and any(digest({**line, "seq": seq}) == event.hash for seq in candidates):
                self._find("REORDERED", event.seq, event)
            elif event.seq > head.seq:
                self._find("FOREIGN_ROW", event.seq, event)
            else:
                self._find("CHANGED", event.seq, event)
        if head.seq > self._last_seq:
            for seq in range(self._last_seq + 1, min(head.seq, self._last_seq + 1000) + 1):
                self._find("REMOVED", seq, None)
        elif head.seq < self._last_seq and not self.findings:
            self._find("FOREIGN_ROW", self._last_seq, None)
        elif head.hash != self.last_hash and not self.findings:
            self._find("CHANGED", head.seq, None)
        self.findings.sort(key=lambda finding: int(str(finding.facts["seq"])))

    def _places_near(self, event: AuditEvent) -> list[int]:
        """Where a row that changed places with another may have stood."""
        return [other.seq for other, _line in self._displaced if other.seq != event.seq]

    def _find(self, code: str, seq: int, event: AuditEvent | None) -> None:
        target = {"type": event.object_type, "id": event.object_id} if event is not None else None
        self.findings.append(Finding(code, None, {"seq": seq, "object": target}))


def _line_or_none(event: AuditEvent) -> dict[str, object] | None:
    try:
        return line_of(event)
    except ValueError:
        return None


def _unaccounted(session: Session) -> Iterator[Finding]:
    """Recordings that no event registered."""
    registered = select(AuditEvent.object_id).where(
        AuditEvent.object_type == "recording", AuditEvent.act.in_(("recording.registered", "recording.rebuilt"))
    )
    for recording_id in session.scalars(select(Recording.id).where(Recording.id.not_in(registered))):
        yield Finding("FOREIGN_ROW", None, {"seq": None, "object": {"type": "recording", "id": recording_id}})


def _lost_anchors(session: Session, hashes: dict[str, int]) -> Iterator[Finding]:
    """Heads that sealed bags remember and the chain no longer has."""
    heads = session.execute(select(Ingest.id, Ingest.audit_head).where(Ingest.audit_head.is_not(None)))
    for ingest_id, head in heads:
        if head not in hashes:
            yield Finding("REMOVED", None, {"seq": None, "object": {"type": "ingest", "id": ingest_id}})
