"""Checking the audit chain, and writing it out for others to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from avdesk.findings import Finding
from avdesk.models import AuditEvent, AuditHead
from avdesk.services._accounts import unaccounted
from avdesk.services._chain import ORIGIN, canonical, line_of
from avdesk.services._chain_check import Link, holds, judge
from avdesk.services._output import replacing, require_free
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
        columns = select(AuditEvent.seq, AuditEvent.hash)
        last = session.execute(columns.order_by(AuditEvent.seq.desc()).limit(1)).first() or (0, ORIGIN)
        head = session.execute(select(AuditHead.seq, AuditHead.hash)).first()
        end = head or last
        findings: list[Finding] = []
        if not holds(map(Link.of, _events(session)), (end[0], end[1])):
            findings = judge([Link.of(event) for event in _events(session)], (end[0], end[1]))
        if head is None:
            findings.append(Finding("REMOVED", None, {"seq": None, "object": {"type": "audit_head", "id": "1"}}))
        findings += unaccounted(session, {finding.facts["seq"] for finding in findings})
        count = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    return AuditReport(count, not findings, last[1], tuple(findings))


@service(Right.AUDIT)
def export_audit(desk: Desk, output: Path) -> AuditExport:
    """Write one line per event in its RFC 8785 form; an existing file is replaced when the new one is whole.

    Raises :class:`UsageError` for a place in a vault, :class:`EnvironmentFault` when it can't be written.
    """
    require_free(desk, output)
    count, head = 0, ORIGIN
    with desk.database.read() as session, replacing(output) as file:
        for event in _events(session):
            file.write(_exported(event) + b"\n")
            count, head = count + 1, event.hash
    return AuditExport(str(output), count, head)


def _exported(event: AuditEvent) -> bytes:
    """The line of an event; facts that somebody made unreadable stand in it as their text."""
    try:
        return canonical(line_of(event))
    except (ValueError, RecursionError):
        return canonical(line_of(event, as_text=True))


def _events(session: Session) -> Iterator[AuditEvent]:
    """All rows by ``seq``, a batch at a time; of two with one number, which only tampering makes, both."""
    columns = AuditEvent.__table__.columns
    rows = session.execute(select(*columns).order_by(AuditEvent.seq).execution_options(yield_per=_BATCH))
    for row in rows.mappings():
        yield AuditEvent(**row)
