"""Finding recordings, and telling everything known of one."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from avdesk.db import page, parts
from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.models import AuditEvent, CaseFile, CaseRecording, Copy, Ingest, Person, RecordedTime, Recording
from avdesk.services._json import findings_of
from avdesk.services._markers import Marker, markers_of
from avdesk.services._narrowing import RecordingFilter, narrow
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import CopyState, Kind, Right

__all__ = [
    "CaseLink",
    "CopyFacts",
    "CustodyEvent",
    "DerivedFacts",
    "RecordedTimeFacts",
    "RecordingFacts",
    "RecordingFilter",
    "RecordingPage",
    "RecordingRow",
    "list_recordings",
    "show_recording",
]


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """``verified``: every copy that is not away was good when last read. ``size`` in bytes."""

    recording_id: str
    path: str
    kind: Kind
    recorded_at: datetime
    size: int
    sha256: str
    duration_s: float | None
    case_numbers: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class RecordingPage:
    recordings: tuple[RecordingRow, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class RecordedTimeFacts:
    source: str
    raw: str
    at: datetime
    zone_stated: bool


@dataclass(frozen=True, slots=True)
class CopyFacts:
    vault_id: str
    path: str
    state: str
    read_back: str | None
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseLink:
    case_id: str
    number: str
    title: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    seq: int
    at: str
    actor: str
    act: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DerivedFacts:
    recording_id: str
    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """Everything known of one recording; sizes in bytes, pictures in pixels, durations in seconds.

    ``derived_from``: the recording it was made from here, with its ``provenance``: how, when in it, of which digest, by
    whom. ``derived``: what was made from it.
    """

    recording_id: str
    path: str
    kind: Kind
    size: int
    mtime_ns: str
    sha256: str
    sm3: str | None
    recorded_at: datetime
    recorded_at_source: str
    times: tuple[RecordedTimeFacts, ...]
    duration_s: float | None
    width: int | None
    height: int | None
    format: str | None
    video_codec: str | None
    audio_codec: str | None
    frame_rate: str | None
    make: str | None
    model: str | None
    serial: str | None
    findings: tuple[Finding, ...]
    ingest_id: str
    source: str
    recorder: Mapping[str, object]
    collected_at: datetime
    collected_by: str
    handed_in_by: str | None
    verified: bool
    copies: tuple[CopyFacts, ...]
    links: tuple[CaseLink, ...]
    markers: tuple[Marker, ...]
    derived_from: str | None
    provenance: Mapping[str, object] | None
    derived: tuple[DerivedFacts, ...]
    custody: tuple[CustodyEvent, ...]

    @property
    def recorder_number(self) -> str:
        """Of what recorded it: as the file says, else as its card was recognised; empty when unknown."""
        return str(self.serial or self.recorder.get("asset_number") or self.recorder.get("serial") or "")


@service(Right.VIEW)
def list_recordings(
    desk: Desk, wanted: RecordingFilter | None = None, limit: int = 100, after: str | None = None
) -> RecordingPage:
    """Recordings, newest first, a page at a time. Raises :class:`UsageError`."""
    with desk.database.read() as session:
        statement = narrow(desk, session.connection(), visible(desk), wanted or RecordingFilter())
        counted = statement.with_only_columns(Recording.id).subquery()
        total = session.scalar(select(func.count()).select_from(counted)) or 0
        keys = (Recording.recorded_at, Recording.id)
        found, following = page(session, statement, keys, limit, after)
        rows = [row for (row,) in found]
        ids = [row.id for row in rows]
        numbers, states = _case_numbers(session, ids), _copy_states(session, ids)
    return RecordingPage(
        tuple(
            RecordingRow(
                recording_id=row.id,
                path=os.fsdecode(row.original_path),
                kind=Kind(row.kind),
                recorded_at=row.recorded_at.astimezone(desk.zone),
                size=row.size,
                sha256=row.sha256,
                duration_s=row.duration_s,
                case_numbers=tuple(numbers[row.id]),
                verified=_verified(states[row.id]),
            )
            for row in rows
        ),
        total,
        following,
    )


@service(Right.VIEW)
def show_recording(desk: Desk, recording_id: str) -> RecordingFacts:
    """Everything known of one recording. Raises :class:`UsageError`."""
    with desk.database.read() as session:
        row = session.scalars(visible(desk).where(Recording.id == plain(recording_id))).one_or_none()
        if row is None:
            raise UsageError("RECORDING_UNKNOWN", recordings=[recording_id])
        ingest = session.get_one(Ingest, row.ingest_id)
        operator = session.get_one(Person, ingest.operator_id)
        officer = session.get(Person, ingest.handed_in_by_id) if ingest.handed_in_by_id else None
        copies = list(session.scalars(select(Copy).where(Copy.recording_id == row.id).order_by(Copy.vault_id)))
        return RecordingFacts(
            recording_id=row.id,
            path=os.fsdecode(row.original_path),
            kind=Kind(row.kind),
            size=row.size,
            mtime_ns=str(row.mtime_ns),
            sha256=row.sha256,
            sm3=row.sm3,
            recorded_at=row.recorded_at.astimezone(desk.zone),
            recorded_at_source=row.recorded_at_source,
            times=_times(desk, session, row.id),
            duration_s=row.duration_s,
            width=row.width,
            height=row.height,
            format=row.format,
            video_codec=row.video_codec,
            audio_codec=row.audio_codec,
            frame_rate=row.frame_rate,
            make=row.make,
            model=row.model,
            serial=row.serial,
            findings=findings_of(row.findings),
            ingest_id=ingest.id,
            source=ingest.source,
            recorder=ingest.recorder if isinstance(ingest.recorder, dict) else {},
            collected_at=ingest.started_at.astimezone(desk.zone),
            collected_by=operator.name,
            handed_in_by=officer.name if officer else None,
            verified=_verified([copy.state for copy in copies]),
            copies=tuple(_copy(desk, copy, f"{ingest.bag}/data/{row.stored_path}") for copy in copies),
            links=_links(desk, session, row.id),
            markers=tuple(markers_of(desk, session, [row.id])[row.id]),
            derived_from=row.derived_from,
            provenance=_provenance(desk, ingest, operator),
            derived=_derived(desk, session, row.id),
            custody=_custody(session, row.id),
        )


def _verified(states: Sequence[str]) -> bool:
    """At least one copy is good and none is bad; a copy in a vault that is away says nothing."""
    told = [state for state in states if state != CopyState.AWAY]
    return bool(told) and all(state == CopyState.VERIFIED for state in told)


def _case_numbers(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    statement = select(CaseRecording.recording_id, CaseFile.number).join(CaseFile, CaseFile.id == CaseRecording.case_id)
    for part in parts(ids):
        linked = statement.where(CaseRecording.recording_id.in_(part)).order_by(CaseFile.id)
        for recording_id, number in session.execute(linked):
            found[recording_id].append(number)
    return found


def _copy_states(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in parts(ids):
        copies = select(Copy.recording_id, Copy.state).where(Copy.recording_id.in_(part))
        for recording_id, state in session.execute(copies):
            found[recording_id].append(state)
    return found


def _provenance(desk: Desk, ingest: Ingest, operator: Person) -> Mapping[str, object] | None:
    if not isinstance(ingest.derivation, dict):
        return None
    return {**ingest.derivation, "by": operator.name, "at": ingest.started_at.astimezone(desk.zone)}


def _derived(desk: Desk, session: Session, recording_id: str) -> tuple[DerivedFacts, ...]:
    made = visible(desk).where(Recording.derived_from == recording_id).order_by(Recording.id)
    return tuple(DerivedFacts(row.id, os.fsdecode(row.original_path), Kind(row.kind)) for row in session.scalars(made))


def _times(desk: Desk, session: Session, recording_id: str) -> tuple[RecordedTimeFacts, ...]:
    statement = select(RecordedTime).where(RecordedTime.recording_id == recording_id).order_by(RecordedTime.position)
    return tuple(
        RecordedTimeFacts(row.source, row.raw, row.at.astimezone(desk.zone), row.zone_stated)
        for row in session.scalars(statement)
    )


def _copy(desk: Desk, copy: Copy, path: str) -> CopyFacts:
    checked_at = copy.checked_at.astimezone(desk.zone) if copy.checked_at is not None else None
    return CopyFacts(copy.vault_id, path, copy.state, copy.read_back, checked_at)


def _links(desk: Desk, session: Session, recording_id: str) -> tuple[CaseLink, ...]:
    statement = (
        select(CaseFile, CaseRecording.linked_at)
        .join(CaseRecording, CaseRecording.case_id == CaseFile.id)
        .where(CaseRecording.recording_id == recording_id)
        .order_by(CaseFile.id)
    )
    return tuple(
        CaseLink(case.id, case.number, case.title, at.astimezone(desk.zone)) for case, at in session.execute(statement)
    )


def _custody(session: Session, recording_id: str) -> tuple[CustodyEvent, ...]:
    statement = (
        select(AuditEvent)
        .where(AuditEvent.object_type == "recording", AuditEvent.object_id == recording_id)
        .order_by(AuditEvent.seq)
    )
    return tuple(
        CustodyEvent(event.seq, event.at, event.actor, event.act, json.loads(event.facts))
        for event in session.scalars(statement)
    )
