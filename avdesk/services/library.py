"""Looking through all recordings: rows by day, what they come to, and a choice of all that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, Integer, Select, case, func

from avdesk.errors import UsageError
from avdesk.models import CaseRecording, Recording
from avdesk.services._library_rows import CaseOfRow, LibraryRow, Place, page_of
from avdesk.services._narrowing import Narrowing, RecordingFilter, met, narrow, narrowing, untagged, unverified
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, Right

__all__ = [
    "MOST_CHOSEN",
    "CaseOfRow",
    "Choice",
    "ChosenRecording",
    "DayTotals",
    "LibraryPage",
    "LibraryRow",
    "LibraryTotals",
    "Place",
    "browse",
    "choose_all",
    "total",
]

MOST_CHOSEN = 10_000
"""So many recordings can be chosen at once."""


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What a day holds of the recordings that are wanted, also of those not on this page."""

    day: date
    recordings: int
    bytes: int
    untagged: int


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """``days``: of every day that a row of the page lies in. ``next``: where to go on, ``None`` at the end."""

    rows: tuple[LibraryRow, ...]
    days: tuple[DayTotals, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class LibraryTotals:
    """``untagged`` and ``unverified``: how many there would be, were these wanted alone beside the other conditions.

    ``anything``: whether there is any recording at all.
    """

    recordings: int
    bytes: int
    untagged: int
    unverified: int
    anything: bool


@dataclass(frozen=True, slots=True)
class ChosenRecording:
    """What a choice is worked on by; ``size`` in bytes, ``recorded_at`` in the office's zone."""

    recording_id: str
    kind: Kind
    recorded_at: datetime
    size: int
    duration_s: float | None


@dataclass(frozen=True, slots=True)
class Choice:
    """``whole`` is false when there are more than can be chosen at once."""

    recordings: tuple[ChosenRecording, ...]
    whole: bool


@service(Right.VIEW)
def browse(
    desk: Desk,
    wanted: RecordingFilter | None = None,
    *,
    limit: int = 100,
    after: Place | None = None,
    oldest_first: bool = False,
) -> LibraryPage:
    """A page of recordings in the order of time. Raises :class:`UsageError`."""
    if limit < 1:
        raise UsageError("BAD_LIMIT", limit=limit)
    with desk.database.read_rows() as connection:
        asked = narrowing(desk, connection, wanted or RecordingFilter())
        rows, following = page_of(desk, connection, asked, limit, after, oldest_first=oldest_first)
        return LibraryPage(rows, _days(desk, connection, asked, rows), following)


@service(Right.VIEW)
def total(desk: Desk, wanted: RecordingFilter | None = None) -> LibraryTotals:
    """How many recordings are wanted and how big they are. Raises :class:`UsageError`."""
    number = visible(desk).with_only_columns(func.count(Recording.id))
    with desk.database.read_rows() as connection:
        asked = narrowing(desk, connection, wanted or RecordingFilter())
        others = met(number, asked.conditions - {"untagged", "unverified"})
        recordings, size, loose = _sums(desk, connection, asked)
        if "unverified" in asked.conditions:  # else the loose ones of the others were counted with the sums
            loose = connection.scalar(others.where(untagged()), asked.values) or 0
        doubtful = connection.scalar(others.where(unverified()), asked.values) or 0
        first = connection.execute(visible(desk).with_only_columns(Recording.id).limit(1)).first()
    return LibraryTotals(recordings, size, loose, doubtful, anything=first is not None)


@service(Right.VIEW)
def choose_all(desk: Desk, wanted: RecordingFilter | None = None) -> Choice:
    """The newest recordings that are wanted, at most ``MOST_CHOSEN``. Raises :class:`UsageError`."""
    columns = visible(desk).with_only_columns(
        Recording.id, Recording.kind, Recording.recorded_at, Recording.size, Recording.duration_s
    )
    with desk.database.read_rows() as connection:
        statement = narrow(desk, connection, columns, wanted or RecordingFilter())
        statement = statement.order_by(Recording.recorded_at.desc(), Recording.id.desc()).limit(MOST_CHOSEN + 1)
        found = connection.execute(statement).all()
    chosen = tuple(
        ChosenRecording(recording_id, Kind(kind), at.astimezone(desk.zone), size, duration)
        for recording_id, kind, at, size, duration in found[:MOST_CHOSEN]
    )
    return Choice(chosen, len(found) <= MOST_CHOSEN)


def _sums(desk: Desk, connection: Connection, asked: Narrowing) -> tuple[int, int, int]:
    """How many are wanted, their bytes, and how many of them are linked to no case.

    Of all recordings the linked ones are counted from their links, as looking for the links of each takes far longer.
    """
    if asked.conditions and "untagged" not in asked.conditions:
        return _sizes(desk, connection, asked)
    sums = met(visible(desk).with_only_columns(func.count(Recording.id), func.sum(Recording.size)), asked.conditions)
    recordings, size = connection.execute(sums, asked.values).one()
    if asked.conditions:
        return recordings, int(size or 0), recordings
    links = visible(desk).join(CaseRecording, CaseRecording.recording_id == Recording.id)
    linked = connection.scalar(links.with_only_columns(func.count(CaseRecording.recording_id.distinct()))) or 0
    return recordings, int(size or 0), recordings - linked


def _sizes(desk: Desk, connection: Connection, asked: Narrowing) -> tuple[int, int, int]:
    statement = _sums_of(visible(desk), asked.conditions)
    recordings, size, loose = connection.execute(statement, asked.values).one()
    return recordings, int(size or 0), int(loose or 0)


def _days(desk: Desk, connection: Connection, asked: Narrowing, rows: Sequence[LibraryRow]) -> tuple[DayTotals, ...]:
    """Days that begin and end on this page are added up from its rows; the first and the last one may reach beyond."""
    days = [_summed(day, list(each)) for day, each in groupby(rows, key=lambda row: row.recorded_at.date())]
    for place in {0, len(days) - 1} if days else ():
        day = days[place].day
        if date.min < day < date.max:
            days[place] = DayTotals(day, *_sizes(desk, connection, asked.of_day(day, desk.zone)))
    return tuple(days)


def _summed(day: date, rows: Sequence[LibraryRow]) -> DayTotals:
    return DayTotals(day, len(rows), sum(row.size for row in rows), sum(not row.cases for row in rows))


@lru_cache
def _sums_of(start: Select[Recording], conditions: frozenset[str]) -> Select[int, int, int]:
    """How many recordings meet the conditions, their bytes, and how many of them are linked to no case."""
    sums = start.with_only_columns(func.count(Recording.id), func.sum(Recording.size), func.sum(_one_if(untagged())))
    return met(sums, conditions)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0).cast(Integer)
