"""What became of each file at collecting, in the shape of the contract, and as rows of the catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.findings import Finding
from avdesk.models import Copy, Ingest, IngestOutcome, Recording
from avdesk.recorders.names import kind_of
from avdesk.services._json import findings_json, findings_of
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, Kind, MatchedBy, Outcome, ReadBack, Stage, TimeSource


@dataclass(frozen=True, slots=True)
class FileError:
    """``next`` is a code for what the custodian does about it."""

    stage: Stage
    code: str
    offset: int | None
    next: str


@dataclass(frozen=True, slots=True)
class CopyResult:
    vault_id: str
    state: CopyState
    read_back: ReadBack | None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """``stored_path`` is relative to the vault root; ``size`` in bytes; ``read_now``: its source was read in
    this run.
    """

    path: str
    status: Outcome
    matched_by: MatchedBy | None = None
    recording_id: str | None = None
    size: int | None = None
    sha256: str | None = None
    sm3: str | None = None
    kind: Kind = Kind.OTHER
    recorded_at: datetime | None = None
    recorded_at_source: TimeSource | None = None
    duration_s: float | None = None
    stored_path: str | None = None
    copies: tuple[CopyResult, ...] = ()
    error: FileError | None = None
    findings: tuple[Finding, ...] = ()
    mtime_ns: str | None = None
    read_now: bool = False


_NEXT = {
    Outcome.UNREADABLE: "CHECK_CARD_AND_COLLECT_AGAIN",
    Outcome.MISSING: "COLLECT_AGAIN",
    Outcome.CHANGED: "COLLECT_AGAIN",
    Outcome.FAILED: "CHECK_VAULT_AND_COLLECT_AGAIN",
    Outcome.CANCELLED: "COLLECT_AGAIN",
}


def file_error(status: Outcome, stage: Stage, code: str, offset: int | None = None) -> FileError:
    """The error of an outcome with its next step."""
    return FileError(stage, code, offset, "FREE_SPACE_IN_VAULT" if code == "ENOSPC" else _NEXT[status])


def with_recording(session: Session, desk: Desk, outcomes: Iterable[FileOutcome]) -> list[FileOutcome]:
    """Outcomes with what the catalogue knows of their recordings."""
    outcomes = list(outcomes)
    ids = [outcome.recording_id for outcome in outcomes if outcome.recording_id is not None]
    known: dict[str, tuple[Recording, str]] = {}
    copies: dict[str, list[CopyResult]] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        joined = select(Recording, Ingest.bag).join(Ingest, Ingest.id == Recording.ingest_id)
        for row, bag in session.execute(joined.where(Recording.id.in_(part))):
            known[row.id] = (row, f"{bag}/data/{row.stored_path}")
        for copy in session.scalars(select(Copy).where(Copy.recording_id.in_(part)).order_by(Copy.vault_id)):
            method = ReadBack(copy.read_back) if copy.read_back else None
            copies.setdefault(copy.recording_id, []).append(CopyResult(copy.vault_id, CopyState(copy.state), method))
    return [_filled(desk, outcome, known, copies) for outcome in outcomes]


def _filled(
    desk: Desk,
    outcome: FileOutcome,
    known: dict[str, tuple[Recording, str]],
    copies: dict[str, list[CopyResult]],
) -> FileOutcome:
    if outcome.recording_id is None:
        return replace(outcome, kind=kind_of(outcome.path.rpartition("/")[2]))
    row, stored = known[outcome.recording_id]
    first = [place.vault_id for place in desk.vaults]
    rank = {vault_id: position for position, vault_id in enumerate(first)}
    ordered = sorted(copies[row.id], key=lambda copy: rank.get(copy.vault_id, len(rank)))
    return replace(
        outcome,
        sha256=row.sha256,
        sm3=row.sm3,
        kind=Kind(row.kind),
        recorded_at=row.recorded_at.astimezone(desk.zone),
        recorded_at_source=TimeSource(row.recorded_at_source),
        duration_s=row.duration_s,
        stored_path=stored,
        copies=tuple(ordered),
    )


def save(session: Session, ingest_id: str, outcomes: Iterable[FileOutcome]) -> None:
    """Write outcomes; a later run of the same ingest replaces the earlier outcome, never a VERIFIED by less."""
    outcomes = list(outcomes)
    known = _rows(session, ingest_id, [os.fsencode(outcome.path) for outcome in outcomes])
    for outcome in outcomes:
        path = os.fsencode(outcome.path)
        row = known.get(path)
        if row is None:
            row = IngestOutcome(ingest_id=ingest_id, path=path)
            session.add(row)
        elif row.status == Outcome.VERIFIED and outcome.recording_id in (None, row.recording_id):
            continue
        row.size = outcome.size
        row.mtime_ns = int(outcome.mtime_ns) if outcome.mtime_ns is not None else None
        row.status = outcome.status
        row.matched_by = outcome.matched_by
        row.recording_id = outcome.recording_id
        row.error = None if outcome.error is None else _error_json(outcome.error)
        row.findings = findings_json(outcome.findings)


def _rows(session: Session, ingest_id: str, paths: list[bytes]) -> dict[bytes, IngestOutcome]:
    found: dict[bytes, IngestOutcome] = {}
    for start in range(0, len(paths), 500):
        part = IngestOutcome.path.in_(paths[start : start + 500])
        statement = select(IngestOutcome).where(IngestOutcome.ingest_id == ingest_id, part)
        found.update((row.path, row) for row in session.scalars(statement))
    return found


def load(session: Session, desk: Desk, ingest_id: str) -> list[FileOutcome]:
    """The outcomes of an ingest, by bytes of path."""
    rows = session.scalars(
        select(IngestOutcome).where(IngestOutcome.ingest_id == ingest_id).order_by(IngestOutcome.path)
    )
    plain = [
        FileOutcome(
            path=os.fsdecode(row.path),
            status=Outcome(row.status),
            matched_by=MatchedBy(row.matched_by) if row.matched_by else None,
            recording_id=row.recording_id,
            size=row.size,
            error=_error_of(row.error),
            findings=findings_of(row.findings),
            mtime_ns=str(row.mtime_ns) if row.mtime_ns is not None else None,
        )
        for row in rows
    ]
    return with_recording(session, desk, plain)


def _error_json(error: FileError) -> dict[str, object]:
    return {"stage": error.stage, "code": error.code, "offset": error.offset, "next": error.next}


def _error_of(plain: object) -> FileError | None:
    if not isinstance(plain, dict):
        return None
    return FileError(Stage(plain["stage"]), plain["code"], plain["offset"], plain["next"])
