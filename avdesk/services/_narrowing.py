"""What narrows a list of recordings, and how that is asked of the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from avdesk.errors import UsageError
from avdesk.models import CaseRecording, Copy, Ingest, Marker, Person, Recording
from avdesk.services._cases import find_case_id
from avdesk.services._text import plain
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, Kind

Ts = TypeVarTuple("Ts")

_LONGEST_QUERY = 1000
_LITERALLY = str.maketrans({"/": "//", "%": "/%", "_": "/_"})
_STORED_RECORDER = type_coerce(Ingest.recorder, Text)
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


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a filter asks for: ``conditions`` by their names, and ``values`` for those that compare with something.

    A statement depends on the names only, so it is made once and sent again with other values.
    """

    conditions: frozenset[str]
    values: Mapping[str, object]

    def of_day(self, day: date, zone: timezone) -> Narrowing:
        """The same on one day, which must be among the days asked for. Raises :class:`UsageError`."""
        since, until = bounds(day, zone)
        return Narrowing(self.conditions | {"since", "until"}, {**self.values, "since": since, "until": until})


def narrowing(desk: Desk, connection: Connection, wanted: RecordingFilter) -> Narrowing:
    """The conditions of a filter, with what has to be looked up for them. Raises :class:`UsageError`."""
    values: dict[str, object] = {**_days(wanted, desk.zone), **_kinds(wanted)}
    if wanted.case_number is not None:
        values["case"] = find_case_id(connection, wanted.case_number)
    if wanted.query is not None:
        query = plain(wanted.query).casefold()
        if len(query) > _LONGEST_QUERY:
            raise UsageError("TOO_LONG", field="query", limit=_LONGEST_QUERY)
        values |= saying(connection, query)
    return Narrowing(frozenset([*values, *(name for name in _FLAGS if getattr(wanted, name))]), values)


def met(statement: Select[*Ts], conditions: frozenset[str]) -> Select[*Ts]:
    """The statement, over recordings, with these conditions; their values are given when it is sent."""
    return statement.where(*(make() for name, make in _CONDITIONS.items() if name in conditions))


def narrow(desk: Desk, connection: Connection, statement: Select[*Ts], wanted: RecordingFilter) -> Select[*Ts]:
    """The statement, over recordings, with all conditions of the filter. Raises :class:`UsageError`."""
    asked = narrowing(desk, connection, wanted)
    return met(statement, asked.conditions).params(dict(asked.values))


def saying(connection: Connection, text: str) -> dict[str, object]:
    """The values of the condition ``text``: what contains it, folded; which recorders do is looked up."""
    stored = connection.scalars(select(_STORED_RECORDER).distinct())
    return {"text": text.translate(_LITERALLY), "recorders": [each for each in stored if text in _recorder_words(each)]}


def marker_saying(text: str) -> ColumnElement[bool]:
    """A marker that was not removed and whose text contains ``text``, folded."""
    return _marker_contains(literal(text.translate(_LITERALLY), Text()))


def _contains_text() -> ColumnElement[bool]:
    """A recording whose path, or the name of whoever handed it in, or whose card's recorder, or one of whose markers
    contains the text. All but the path is looked up where there are few, so recordings are read once.
    """
    text = bindparam("text", type_=Text())
    officer = Ingest.handed_in_by_id.in_(select(Person.id).where(func.lower(Person.name).contains(text, escape="/")))
    recorder = _STORED_RECORDER.in_(bindparam("recorders", expanding=True))
    ingests = select(Ingest.id).where(or_(officer, recorder))
    marked = select(Marker.recording_id).where(_marker_contains(text))
    path = Recording.search_text.contains(text, escape="/")
    return or_(path, Recording.ingest_id.in_(ingests), Recording.id.in_(marked))


def _marker_contains(text: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(Marker.removed_at.is_(None), Marker.search_text.contains(text, escape="/"))


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


def _days(wanted: RecordingFilter, zone: timezone) -> Mapping[str, object]:
    """The first moment that is wanted, and the first one that no longer is."""
    since = [bounds(day, zone)[0] for day in (wanted.day, wanted.from_day) if day is not None]
    until = [bounds(day, zone)[1] for day in (wanted.day, wanted.to_day) if day is not None]
    return ({"since": max(since)} if since else {}) | ({"until": min(until)} if until else {})


def _kinds(wanted: RecordingFilter) -> Mapping[str, object]:
    """Several kinds are asked for as "none of the others": so they are read in the order of time, not kind by kind."""
    kinds = set(Kind) & (wanted.kinds or set(Kind)) & ({wanted.kind} if wanted.kind is not None else set(Kind))
    if len(kinds) == 1:
        return {"kind": kinds.pop()}
    return {"no_kind_of": sorted(set(Kind) - kinds)} if len(kinds) < len(Kind) else {}


_FLAGS = ("untagged", "unverified")
_CONDITIONS: dict[str, Callable[[], ColumnElement[bool]]] = {
    "case": lambda: Recording.id.in_(
        select(CaseRecording.recording_id).where(CaseRecording.case_id == bindparam("case"))
    ),
    "text": _contains_text,
    "since": lambda: Recording.recorded_at >= bindparam("since"),
    "until": lambda: Recording.recorded_at < bindparam("until"),
    "kind": lambda: Recording.kind == bindparam("kind"),
    "no_kind_of": lambda: Recording.kind.not_in(bindparam("no_kind_of", expanding=True)),
    "untagged": untagged,
    "unverified": unverified,
}
