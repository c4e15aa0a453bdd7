"""Looking through all recordings: rows by day, what they come to, and a choice of all that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, case, func
from sqlalchemy.orm import Session

from avdesk.errors import UsageError
from avdesk.models import CaseRecording, Recording
from avdesk.services._library_rows import CaseOfRow, LibraryRow, Place, page_of
from avdesk.services._narrowing import RecordingFilter, narrow, untagged, unverified, within
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
    wanted = wanted or RecordingFilter()
    with desk.database.read() as session:
        rows, following = page_of(desk, session, wanted, limit, after, oldest_first=oldest_first)
        return LibraryPage(rows, _days(desk, session, wanted, rows), following)


@service(Right.VIEW)
def total(desk: Desk, wanted: RecordingFilter | None = None) -> LibraryTotals:
    """How many recordings are wanted and how big they are. Raises :class:`UsageError`."""
    wanted = wanted or RecordingFilter()
    others = replace(wanted, untagged=False, unverified=False)
    with desk.database.read() as session:
        recordings, size, loose = _sums(desk, session, wanted)
        number = narrow(desk, session, visible(desk).with_only_columns(func.count(Recording.id)), others)
        if wanted.unverified:  # else the loose ones of the others were counted with the sums
            loose = session.scalar(number.where(untagged())) or 0
        doubtful = session.scalar(number.where(unverified())) or 0
        first = session.execute(visible(desk).with_only_columns(Recording.id).limit(1)).first()
    return LibraryTotals(recordings, size, loose, doubtful, anything=first is not None)


@service(Right.VIEW)
def choose_all(desk: Desk, wanted: RecordingFilter | None = None) -> Choice:
    """The newest recordings that are wanted, at most ``MOST_CHOSEN``. Raises :class:`UsageError`."""
    columns = visible(desk).with_only_columns(
        Recording.id, Recording.kind, Recording.recorded_at, Recording.size, Recording.duration_s
    )
    with desk.database.read() as session:
        statement = narrow(desk, session, columns, wanted or RecordingFilter())
        statement = statement.order_by(Recording.recorded_at.desc(), Recording.id.desc()).limit(MOST_CHOSEN + 1)
        found = session.execute(statement).all()
    chosen = tuple(
        ChosenRecording(recording_id, Kind(kind), at.astimezone(desk.zone), size, duration)
        for recording_id, kind, at, size, duration in found[:MOST_CHOSEN]
    )
    return Choice(chosen, len(found) <= MOST_CHOSEN)


def _sums(desk: Desk, session: Session, wanted: RecordingFilter) -> tuple[int, int, int]:
    """How many are wanted, their bytes, and how many of them are linked to no case.

    Of all recordings the linked ones are counted from their links, as looking for the links of each takes far longer.
    """
    sums = (func.count(Recording.id), func.sum(Recording.size))
    if wanted.untagged:
        recordings, size = session.execute(narrow(desk, session, visible(desk).with_only_columns(*sums), wanted)).one()
        return recordings, int(size or 0), recordings
    if wanted != RecordingFilter():
        each = visible(desk).with_only_columns(*sums, func.sum(_one_if(untagged())))
        recordings, size, loose = session.execute(narrow(desk, session, each, wanted)).one()
        return recordings, int(size or 0), int(loose or 0)
    recordings, size = session.execute(visible(desk).with_only_columns(*sums)).one()
    links = visible(desk).join(CaseRecording, CaseRecording.recording_id == Recording.id)
    linked = session.scalar(links.with_only_columns(func.count(CaseRecording.recording_id.distinct()))) or 0
    return recordings, int(size or 0), recordings - linked


def _days(desk: Desk, session: Session, wanted: RecordingFilter, rows: Sequence[LibraryRow]) -> tuple[DayTotals, ...]:
    """Days that begin and end on this page are added up from its rows; the first and the last one may reach beyond."""
    if not rows:
        return ()
    edges = {rows[0].recorded_at.date(), rows[-1].recorded_at.date()}
    days = dict.fromkeys(row.recorded_at.date() for row in rows)
    numbers = Counter(row.recorded_at.date() for row in rows)
    loose = Counter(row.recorded_at.date() for row in rows if not row.cases)
    sizes: Counter[date] = Counter()
    for row in rows:
        sizes[row.recorded_at.date()] += row.size
    return tuple(
        _day(desk, session, wanted, day)
        if day in edges and date.min < day < date.max
        else DayTotals(day, numbers[day], sizes[day], loose[day])
        for day in days
    )


def _day(desk: Desk, session: Session, wanted: RecordingFilter, day: date) -> DayTotals:
    sums = visible(desk).with_only_columns(
        func.count(Recording.id), func.sum(Recording.size), func.sum(_one_if(untagged()))
    )
    narrowed = narrow(desk, session, sums, wanted).where(*within(day, desk.zone))
    recordings, size, loose = session.execute(narrowed).one()
    return DayTotals(day, recordings, int(size or 0), int(loose or 0))


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0).cast(Integer)
