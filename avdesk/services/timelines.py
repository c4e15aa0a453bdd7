"""Recordings on one line of time: the consecutive segments of one recorder, or those that were chosen together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from avdesk.db import parts
from avdesk.errors import UsageError
from avdesk.models import Ingest, Recording
from avdesk.policy import TIMELINE_GAP
from avdesk.recorders.names import name_facts
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, Right

_MOVING = (Kind.VIDEO, Kind.AUDIO)
_DAY = timedelta(hours=12)
_MOST = 500
_MOST_PHOTOGRAPHS = 60
_LONGEST_GAP_S = 300.0
"""A gap between recordings that were chosen together takes no more room than this."""

_OVERLAP_S = 5.0
"""Recorders let segments overlap a little, and write their times in whole seconds."""
_SEAM_S = 2.0
"""What is shorter is no gap: the times are whole seconds."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One recording on the line; ``starts_s`` and ``duration_s`` in seconds of the line, which begins with 0."""

    recording_id: str
    name: str
    kind: Kind
    recorded_at: datetime
    starts_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing was recorded: ``length_s`` is its room on the line, ``seconds`` how long it really was."""

    starts_s: float
    length_s: float
    seconds: float


@dataclass(frozen=True, slots=True)
class DayPhotograph:
    """A photograph of the same day from the same recorder or person."""

    recording_id: str
    name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...]
    photographs: tuple[DayPhotograph, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    recording_id: str
    name: str
    kind: Kind
    at: datetime
    duration_s: float
    recorder: str
    person: str | None

    @property
    def ends(self) -> datetime:
        return self.at + timedelta(seconds=self.duration_s)


@service(Right.VIEW)
def timeline_of(desk: Desk, recording_id: str) -> Timeline:
    """The recording with what the same recorder recorded just before and after it.

    Segments belong together while no more than the policy ``timeline.gap_minutes`` lies between them. Raises
    :class:`UsageError` for an unknown recording.
    """
    with desk.database.read() as session:
        (here,) = _candidates(desk, session, [recording_id])
        near = _near(desk, session, here) if here.kind in _MOVING else [here]
        photographs = _photographs(desk, session, here)
    most = timedelta(minutes=desk.policy[TIMELINE_GAP])
    segments, gaps = _line(_run(near, here, most), None)
    return Timeline(segments, gaps, photographs)


@service(Right.VIEW)
def timeline_of_chosen(desk: Desk, recording_ids: Sequence[str]) -> Timeline:
    """Videos and sound recordings that were chosen together, in the order of their times.

    Raises :class:`UsageError` for an unknown recording.
    """
    with desk.database.read() as session:
        chosen = _candidates(desk, session, recording_ids)
    moving = sorted((one for one in chosen if one.kind in _MOVING), key=_order)
    segments, gaps = _line(moving, _LONGEST_GAP_S)
    return Timeline(segments, gaps, ())


def _candidates(desk: Desk, session: Session, recording_ids: Sequence[str]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for part in parts([plain(recording_id) for recording_id in recording_ids]):
        rows = session.execute(visible(desk).where(Recording.id.in_(part)).join(Ingest).add_columns(Ingest))
        found.extend(_candidate(row, ingest) for row, ingest in rows)
    missing = set(recording_ids) - {one.recording_id for one in found}
    if missing:
        raise UsageError("RECORDING_UNKNOWN", recordings=sorted(missing))
    return found


def _near(desk: Desk, session: Session, here: _Candidate) -> list[_Candidate]:
    """What the same recorder recorded within half a day of it, in order."""
    window = Recording.recorded_at.between(here.at - _DAY, here.at + _DAY)
    statement = visible(desk).where(Recording.kind == here.kind, window, Recording.duration_s.is_not(None))
    rows = session.execute(statement.join(Ingest).add_columns(Ingest).order_by(Recording.recorded_at).limit(_MOST))
    near = [_candidate(row, ingest) for row, ingest in rows]
    same = [one for one in near if one.recorder == here.recorder and one.recording_id != here.recording_id]
    return sorted([*same, here], key=_order)


def _photographs(desk: Desk, session: Session, here: _Candidate) -> tuple[DayPhotograph, ...]:
    local = here.at.astimezone(desk.zone)
    begins = local.replace(hour=0, minute=0, second=0, microsecond=0)
    window = (Recording.recorded_at >= begins, Recording.recorded_at < begins + timedelta(days=1))
    statement = visible(desk).where(Recording.kind == Kind.PHOTO, *window, Recording.id != here.recording_id)
    rows = session.execute(statement.join(Ingest).add_columns(Ingest).order_by(Recording.recorded_at).limit(_MOST))
    taken = (_candidate(row, ingest) for row, ingest in rows)
    same = [one for one in taken if one.recorder == here.recorder or (one.person and one.person == here.person)]
    nearest = sorted(same, key=lambda one: abs(one.at - here.at))[:_MOST_PHOTOGRAPHS]
    return tuple(
        DayPhotograph(one.recording_id, one.name, one.at.astimezone(desk.zone)) for one in sorted(nearest, key=_order)
    )


def _candidate(row: Recording, ingest: Ingest) -> _Candidate:
    path = os.fsdecode(row.original_path)
    named = name_facts(PurePosixPath(path).name)
    card = ingest.recorder if isinstance(ingest.recorder, dict) else {}
    by_name = named.serial if named is not None else None
    recorder = row.serial or by_name or card.get("asset_number") or card.get("serial") or ingest.source_key
    person = (named.user if named is not None else None) or ingest.handed_in_by_id
    name = PurePosixPath(path).name
    kind = Kind(row.kind)
    return _Candidate(row.id, name, kind, row.recorded_at, row.duration_s or 0.0, str(recorder), person)


def _run(near: Sequence[_Candidate], here: _Candidate, most: timedelta) -> list[_Candidate]:
    """The unbroken run of segments that ``here`` is in. What overlaps another is no segment of the same recording."""
    place = near.index(here)
    run = [here]
    for one in near[place + 1 :]:
        if not _follows(run[-1], one, most):
            break
        run.append(one)
    for one in reversed(near[:place]):
        if not _follows(one, run[0], most):
            break
        run.insert(0, one)
    return run


def _follows(before: _Candidate, after: _Candidate, most: timedelta) -> bool:
    return -timedelta(seconds=_OVERLAP_S) <= after.at - before.ends <= most


def _line(run: Iterable[_Candidate], longest_gap: float | None) -> tuple[tuple[Segment, ...], tuple[Gap, ...]]:
    segments: list[Segment] = []
    gaps: list[Gap] = []
    ends_s = 0.0
    before: _Candidate | None = None
    for one in run:
        seconds = (one.at - before.ends).total_seconds() if before is not None else 0.0
        if seconds > _SEAM_S:
            length = seconds if longest_gap is None else min(seconds, longest_gap)
            gaps.append(Gap(ends_s, length, seconds))
            ends_s += length
        segments.append(Segment(one.recording_id, one.name, one.kind, one.at, ends_s, one.duration_s))
        ends_s += one.duration_s
        before = one
    return tuple(segments), tuple(gaps)


def _order(one: _Candidate) -> tuple[datetime, str]:
    return one.at, one.recording_id
