"""The search box: cases and recordings by a few characters."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from avdesk.models import CaseFile, Ingest, Marker, Person, Recording
from avdesk.services._case_numbers import parse_case_number
from avdesk.services._narrowing import marker_saying, met, saying
from avdesk.services._text import typed
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, MarkerKind, Right

_LONGEST = 200
_BRACKETS = str.maketrans({"[": "〔", "(": "〔", "]": "〕", ")": "〕"})
"""A part of a number is compared with its brackets as they are normalised; NFKC has made the wide ones narrow."""


@dataclass(frozen=True, slots=True)
class FoundCase:
    case_id: str
    number: str
    title: str
    party: str | None


@dataclass(frozen=True, slots=True)
class FoundRecording:
    """``officer``: who handed it in."""

    recording_id: str
    path: str
    kind: Kind
    recorded_at: datetime
    officer: str | None


@dataclass(frozen=True, slots=True)
class FoundMarker:
    """A time of a recording, ``at_s`` seconds from its beginning; ``path`` and ``recorded_at`` are the recording's."""

    marker_id: str
    recording_id: str
    at_s: float
    kind: MarkerKind
    text: str
    path: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """At most the number asked for of each, newest first."""

    cases: tuple[FoundCase, ...]
    recordings: tuple[FoundRecording, ...]
    markers: tuple[FoundMarker, ...] = ()


@service(Right.VIEW)
def find(desk: Desk, text: str, limit: int = 6) -> Found:
    """Cases whose number, name or party contains ``text``, markers whose text does, and recordings whose path, who
    handed them in, whose recorder, or a marker of which does; nothing for no text.
    """
    text = typed(text)[:_LONGEST]
    if not text:
        return Found((), ())
    with desk.database.read() as session:
        recordings = _recordings(desk, session, text, limit)
        return Found(_cases(session, text, limit), recordings, _markers(desk, session, text, limit))


def _cases(session: Session, text: str, limit: int) -> tuple[FoundCase, ...]:
    folded = text.casefold()
    columns = (CaseFile.number, CaseFile.title, CaseFile.party)
    contains = [func.lower(column).contains(folded, autoescape=True) for column in columns]
    number = CaseFile.normalised.contains(parse_case_number(text).normalised.translate(_BRACKETS), autoescape=True)
    statement = select(CaseFile).where(or_(number, *contains)).order_by(CaseFile.id.desc()).limit(limit)
    return tuple(FoundCase(row.id, row.number, row.title, row.party) for row in session.scalars(statement))


def _recordings(desk: Desk, session: Session, text: str, limit: int) -> tuple[FoundRecording, ...]:
    statement = (
        met(visible(desk), frozenset({"text"})).order_by(Recording.recorded_at.desc(), Recording.id.desc()).limit(limit)
    )
    rows = session.scalars(statement, saying(session.connection(), text.casefold())).all()
    handed_in = select(Ingest.id, Person.name).join(Person, Person.id == Ingest.handed_in_by_id)
    handed_in = handed_in.where(Ingest.id.in_({row.ingest_id for row in rows}))
    officers = {row[0]: row[1] for row in session.execute(handed_in)}
    return tuple(
        FoundRecording(
            row.id,
            os.fsdecode(row.original_path),
            Kind(row.kind),
            row.recorded_at.astimezone(desk.zone),
            officers.get(row.ingest_id),
        )
        for row in rows
    )


def _markers(desk: Desk, session: Session, text: str, limit: int) -> tuple[FoundMarker, ...]:
    statement = (
        visible(desk)
        .join(Marker, Marker.recording_id == Recording.id)
        .where(marker_saying(text.casefold()))
        .with_only_columns(Marker, Recording.original_path, Recording.recorded_at)
        .order_by(Marker.id.desc())
        .limit(limit)
    )
    return tuple(
        FoundMarker(
            marker_id=row.id,
            recording_id=row.recording_id,
            at_s=row.from_ms / 1000,
            kind=MarkerKind(row.kind),
            text=row.text,
            path=os.fsdecode(path),
            recorded_at=at.astimezone(desk.zone),
        )
        for row, path, at in session.execute(statement)
    )
