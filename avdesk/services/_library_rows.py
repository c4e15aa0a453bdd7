"""Recordings as rows of the library: with their cases, who handed them in, and whether their copies are good."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, Select, literal, select, tuple_
from sqlalchemy.orm import Session

from avdesk.db import parts
from avdesk.models import CaseFile, CaseRecording, Copy, Ingest, Person, Recording
from avdesk.recorders.names import name_facts
from avdesk.services._narrowing import RecordingFilter, narrow
from avdesk.services._text import plain
from avdesk.services.desk import Desk, visible
from avdesk.terms import CopyState, Kind

_Found: TypeAlias = Row[
    str, bytes, str, datetime, int, float | None, str, str | None, str | None, object, object, str | None
]
_KEY_MARK = "IMP"
_FAULTS = (CopyState.DAMAGED, CopyState.MISSING, CopyState.FAILED)


@dataclass(frozen=True, slots=True)
class CaseOfRow:
    case_id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One recording; ``size`` in bytes, ``duration_s`` in seconds.

    ``recorder``: maker, model and number of what recorded it, as far as known. ``officer``: who handed it in.
    ``key_file``: its recorder marked it as important in its name. ``findings``: how many things are to be said of it.
    ``fault``: what is wrong with its copies; ``AWAY`` when none could be read.
    """

    recording_id: str
    path: str
    kind: Kind
    recorded_at: datetime
    size: int
    duration_s: float | None
    sha256: str
    recorder: str
    officer: str | None
    key_file: bool
    findings: int
    cases: tuple[CaseOfRow, ...]
    fault: CopyState | None

    @property
    def name(self) -> str:
        """The name of the file without its folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended; the next one begins behind it. ``recorded_at`` is aware."""

    recorded_at: datetime
    recording_id: str


def page_of(
    desk: Desk, session: Session, wanted: RecordingFilter, limit: int, after: Place | None, *, oldest_first: bool
) -> tuple[tuple[LibraryRow, ...], Place | None]:
    """At most ``limit`` rows in the order of time, and where to go on, ``None`` at the end."""
    keys = (Recording.recorded_at, Recording.id)
    statement = narrow(desk, session, _statement(desk), wanted)
    statement = statement.order_by(*(key.asc() if oldest_first else key.desc() for key in keys)).limit(limit + 1)
    if after is not None:
        place = tuple_(literal(after.recorded_at, Recording.recorded_at.type), literal(after.recording_id))
        statement = statement.where(tuple_(*keys) > place if oldest_first else tuple_(*keys) < place)
    found = session.execute(statement).all()
    rows = _complete(desk, session, found[:limit])
    return rows, Place(rows[-1].recorded_at, rows[-1].recording_id) if len(found) > limit else None


def named(desk: Desk, session: Session, recording_ids: Sequence[str]) -> Iterator[LibraryRow]:
    """The rows of these recordings, in this order; what is unknown is left out."""
    for part in parts(list(dict.fromkeys(map(plain, recording_ids)))):
        found = session.execute(_statement(desk).where(Recording.id.in_(part))).all()
        known = {row.recording_id: row for row in _complete(desk, session, found)}
        yield from (known[recording_id] for recording_id in part if recording_id in known)


def _statement(
    desk: Desk,
) -> Select[str, bytes, str, datetime, int, float | None, str, str | None, str | None, object, object, str | None]:
    return (
        visible(desk)
        .join(Ingest, Ingest.id == Recording.ingest_id)
        .outerjoin(Person, Person.id == Ingest.handed_in_by_id)
        .with_only_columns(
            Recording.id,
            Recording.original_path,
            Recording.kind,
            Recording.recorded_at,
            Recording.size,
            Recording.duration_s,
            Recording.sha256,
            Recording.make,
            Recording.model,
            Recording.findings,
            Ingest.recorder,
            Person.name,
        )
    )


def _complete(desk: Desk, session: Session, found: Sequence[_Found]) -> tuple[LibraryRow, ...]:
    ids = [row[0] for row in found]
    cases, states = _cases(session, ids), _states(session, ids)
    return tuple(_row(desk, row, tuple(cases[row[0]]), states[row[0]]) for row in found)


def _row(desk: Desk, found: _Found, cases: tuple[CaseOfRow, ...], states: Sequence[str]) -> LibraryRow:
    recording_id, path, kind, at, size, duration, sha256, make, model, findings, recorder, officer = found
    whole = os.fsdecode(path)
    return LibraryRow(
        recording_id=recording_id,
        path=whole,
        kind=Kind(kind),
        recorded_at=at.astimezone(desk.zone),
        size=size,
        duration_s=duration,
        sha256=sha256,
        recorder=_recorder(recorder, make, model),
        officer=officer,
        key_file=_is_key_file(whole),
        findings=len(findings) if isinstance(findings, list) else 0,
        cases=cases,
        fault=fault_of(states),
    )


def _is_key_file(path: str) -> bool:
    """Whether the recorder marked it; names without the letters of the mark are not looked at closely."""
    if _KEY_MARK not in path.rpartition("/")[2].upper():
        return False
    said = name_facts(path)
    return said is not None and said.key_file


def fault_of(states: Sequence[str]) -> CopyState | None:
    """What is wrong with the copies of a recording, the worst first; ``AWAY`` when none could be read."""
    for fault in _FAULTS:
        if fault in states:
            return fault
    return None if CopyState.VERIFIED in states else CopyState.AWAY


def _recorder(recorder: object, make: str | None, model: str | None) -> str:
    """Maker and model as the file itself says, else as the card was recognised; and the number of its recorder."""
    of_card = recorder if isinstance(recorder, dict) else {}
    make, model = make or of_card.get("make"), model or of_card.get("model")
    if make and model and model.casefold().startswith(make.casefold()):
        make = None
    return " ".join(filter(None, (make, model, of_card.get("asset_number") or of_card.get("serial"))))


def _cases(session: Session, ids: Sequence[str]) -> dict[str, list[CaseOfRow]]:
    found: dict[str, list[CaseOfRow]] = defaultdict(list)
    statement = select(CaseRecording.recording_id, CaseFile.id, CaseFile.number, CaseFile.title)
    statement = statement.join(CaseFile, CaseFile.id == CaseRecording.case_id).order_by(CaseFile.id)
    for part in parts(ids):
        for recording_id, *case in session.execute(statement.where(CaseRecording.recording_id.in_(part))):
            found[recording_id].append(CaseOfRow(*case))
    return found


def _states(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in parts(ids):
        copies = select(Copy.recording_id, Copy.state).where(Copy.recording_id.in_(part))
        for recording_id, state in session.execute(copies):
            found[recording_id].append(state)
    return found
