"""What narrows a list of recordings, and how that is asked of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, Text, and_, exists, func, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from avdesk.errors import UsageError
from avdesk.models import CaseRecording, Copy, Ingest, Marker, Person, Recording
from avdesk.services._cases import find_case
from avdesk.services._text import plain
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, Kind

Ts = TypeVarTuple("Ts")

_LONGEST_QUERY = 1000
_BAD = (CopyState.FAILED, CopyState.DAMAGED, CopyState.MISSING)


@dataclass(frozen=True, slots=True)
class RecordingFilter:
    """What narrows a list; all of it together. Days are days in the office's zone, ``to_day`` is the last one wanted.

    ``query``: a part of the path, of the name of who handed it in, of its card's recorder, or of a marker's text.
    ``kinds``: one of them, when there are any. ``untagged``: linked to no case. ``unverified``: a copy is bad, or none
    is known to be good.
    """

    case_number: str | None = None
    query: str | None = None
    day: date | None = None
    kind: Kind | None = None
    from_day: date | None = None
    to_day: date | None = None
    kinds: frozenset[Kind] = frozenset()
    untagged: bool = False
    unverified: bool = False


def narrow(desk: Desk, session: Session, statement: Select[*Ts], wanted: RecordingFilter) -> Select[*Ts]:
    """The statement, over recordings, with all conditions of the filter. Raises :class:`UsageError`."""
    if wanted.case_number is not None:
        case = find_case(session, wanted.case_number)
        linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
        statement = statement.where(Recording.id.in_(linked))
    if wanted.query is not None:
        query = plain(wanted.query).casefold()
        if len(query) > _LONGEST_QUERY:
            raise UsageError("TOO_LONG", field="query", limit=_LONGEST_QUERY)
        statement = statement.where(saying(session, query))
    conditions = [*_days(wanted, desk.zone), *_kinds(wanted)]
    if wanted.untagged:
        conditions.append(untagged())
    if wanted.unverified:
        conditions.append(unverified())
    return statement.where(*conditions)


def saying(session: Session, text: str) -> ColumnElement[bool]:
    """A recording whose path, or the name of whoever handed it in, or whose card's recorder, or one of whose markers
    contains ``text``, folded.

    All but the path is looked up among people, collectings and markers, which are few, so recordings are read once.
    """
    officer = Ingest.handed_in_by_id.in_(
        select(Person.id).where(func.lower(Person.name).contains(text, autoescape=True))
    )
    known = type_coerce(Ingest.recorder, Text)
    recorders = [each for each in session.scalars(select(known).distinct()) if text in _recorder_words(each)]
    ingests = select(Ingest.id).where(or_(officer, known.in_(recorders)))
    marked = select(Marker.recording_id).where(marker_saying(text))
    path = Recording.search_text.contains(text, autoescape=True)
    return or_(path, Recording.ingest_id.in_(ingests), Recording.id.in_(marked))


def marker_saying(text: str) -> ColumnElement[bool]:
    """A marker that was not removed and whose text contains ``text``, folded."""
    return and_(Marker.removed_at.is_(None), Marker.search_text.contains(text, autoescape=True))


def _recorder_words(stored: str) -> str:
    """Maker, model and numbers of a card's recorder, as they are stored, folded."""
    facts = json.loads(stored)
    said = [facts.get(key) for key in ("make", "model", "serial", "asset_number")] if isinstance(facts, dict) else []
    return " ".join(filter(None, said)).casefold()


def untagged() -> ColumnElement[bool]:
    """A recording that is linked to no case."""
    return ~exists().where(CaseRecording.recording_id == Recording.id)


def unverified() -> ColumnElement[bool]:
    """A recording with a bad copy, or with copies in vaults that are away and none that was read back well.

    Every recording has a copy from its registration on. Asked from the copies' side, where such ones are few.
    """
    away, good = aliased(Copy), aliased(Copy)
    read_back = exists().where(good.recording_id == away.recording_id, good.state == CopyState.VERIFIED)
    bad = select(Copy.recording_id).where(Copy.state.in_(_BAD))
    unknown = select(away.recording_id).where(away.state == CopyState.AWAY, ~read_back)
    return Recording.id.in_(union_all(bad, unknown))


def bounds(day: date, zone: timezone) -> tuple[datetime, datetime]:
    """First and first following moment of a day, as UTC. Raises :class:`UsageError` at the ends of the calendar."""
    start = datetime.combine(day, time(), zone)
    try:
        return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)
    except OverflowError as error:
        raise UsageError("DAY_OUT_OF_RANGE", day=day.isoformat()) from error


def within(day: date, zone: timezone) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Recorded on that day. Raises :class:`UsageError`."""
    start, end = bounds(day, zone)
    return Recording.recorded_at >= start, Recording.recorded_at < end


def _days(wanted: RecordingFilter, zone: timezone) -> list[ColumnElement[bool]]:
    found = [*within(wanted.day, zone)] if wanted.day is not None else []
    if wanted.from_day is not None:
        found.append(within(wanted.from_day, zone)[0])
    if wanted.to_day is not None:
        found.append(within(wanted.to_day, zone)[1])
    return found


def _kinds(wanted: RecordingFilter) -> list[ColumnElement[bool]]:
    """Several kinds are asked for as "none of the others": so they are read in the order of time, not kind by kind."""
    found = [Recording.kind == wanted.kind] if wanted.kind is not None else []
    if len(wanted.kinds) == 1:
        found.append(Recording.kind == next(iter(wanted.kinds)))
    elif wanted.kinds:
        found.append(Recording.kind.not_in(sorted(set(Kind) - wanted.kinds)))
    return found
