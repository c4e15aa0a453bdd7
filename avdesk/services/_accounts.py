"""Holding the catalogue against the audit chain: rows that no event accounts for, and events whose row is gone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.findings import Finding
from avdesk.models import AuditEvent, CaseFile, Ingest, Person, Recording

_KEPT = {"recording": Recording.id, "ingest": Ingest.id, "case": CaseFile.id, "person": Person.id}
_REGISTERING = ("recording.registered", "recording.rebuilt")


def unaccounted(session: Session, broken: Collection[object]) -> Iterator[Finding]:
    """FOREIGN_ROW, REMOVED and CHANGED of the catalogue. Events whose ``seq`` is ``broken`` are no witnesses; beside
    them a row without event may be an old one that lost it, so it is only UNACCOUNTED.
    """
    foreign = "UNACCOUNTED" if broken else "FOREIGN_ROW"
    for kind, column in _KEPT.items():
        named = select(AuditEvent.object_id).where(AuditEvent.object_type == kind)
        yield from _each(foreign, kind, session.scalars(select(column).where(column.not_in(named)).order_by(column)))
        gone = named.add_columns(AuditEvent.seq).where(AuditEvent.object_id.not_in(select(column)))
        events = session.execute(gone.order_by(AuditEvent.seq))
        yield from _each("REMOVED", kind, dict.fromkeys(row_id for row_id, seq in events if seq not in broken))
    yield from _changed(session, broken)
    if not broken:
        yield from _cut(session)


def _cut(session: Session) -> Iterator[Finding]:
    """Ingests whose bag was sealed with a head that the chain no longer has: its end was cut, and the head with it."""
    hashes = select(AuditEvent.hash)
    lost = select(Ingest.id).where(Ingest.audit_head.is_not(None), Ingest.audit_head.not_in(hashes))
    yield from _each("REMOVED", "ingest", session.scalars(lost.order_by(Ingest.id)))


def _each(code: str, kind: str, ids: Iterable[str]) -> Iterator[Finding]:
    for row_id in ids:
        yield Finding(code, None, {"seq": None, "object": {"type": kind, "id": row_id}})


def _changed(session: Session, broken: Collection[object]) -> Iterator[Finding]:
    """Recordings that are no longer what was registered."""
    statement = (
        select(AuditEvent.seq, AuditEvent.facts, Recording.id, Recording.sha256, Recording.stored_path)
        .join(Recording, Recording.id == AuditEvent.object_id)
        .where(AuditEvent.object_type == "recording", AuditEvent.act.in_(_REGISTERING))
        .order_by(AuditEvent.seq)
    )
    for seq, text, recording_id, sha256, stored_path in session.execute(statement):
        if seq in broken:
            continue
        facts = json.loads(text)
        if not isinstance(facts, dict) or (facts.get("sha256"), facts.get("stored_path")) != (sha256, stored_path):
            yield Finding("CHANGED", None, {"seq": seq, "object": {"type": "recording", "id": recording_id}})
