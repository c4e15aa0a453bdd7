"""Recordings as rows of the library: with their cases, who handed them in, and whether their copies are good."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, Integer, Row, Select, Text, bindparam, case, func, select, tuple_, type_coerce

from avdesk.db import parts
from avdesk.models import CaseFile, CaseRecording, Copy, Ingest, Person, Recording
from avdesk.recorders.names import name_facts
from avdesk.services._narrowing import Narrowing, met
from avdesk.services._text import plain
from avdesk.services.desk import Desk, visible
from avdesk.terms import CopyState, Kind

_Found: TypeAlias = tuple[
    str,
    bytes,
    str,
    datetime,
    int,
    float | None,
    str,
    str | None,
    str | None,
    str,
    str,
    str | None,
    int | None,
    str,
    str,
    str | None,
]
"""``None`` last: of no case."""
_KEY_MARK = "IMP"
_STATES = (CopyState.DAMAGED, CopyState.MISSING, CopyState.FAILED, CopyState.VERIFIED, CopyState.AWAY)
"""Of the states of a recording's copies the first one here counts: one good copy is enough when others are away."""
_PLACES = {state.value: place for place, state in enumerate(_STATES)}
_FAULTS = tuple(None if state is CopyState.VERIFIED else state for state in _STATES)
_KINDS = {kind.value: kind for kind in Kind}
_OF_RECORDING = (
    Recording.id,
    Recording.original_path,
    Recording.kind,
    Recording.recorded_at,
    Recording.size,
    Recording.duration_s,
    Recording.sha256,
    Recording.make,
    Recording.model,
    type_coerce(Recording.findings, Text).label("findings"),
    Recording.ingest_id,
)


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
    desk: Desk, connection: Connection, asked: Narrowing, limit: int, after: Place | None, *, oldest_first: bool
) -> tuple[tuple[LibraryRow, ...], Place | None]:
    """At most ``limit`` rows in the order of time, and where to go on, ``None`` at the end."""
    statement = _page(visible(desk), asked.conditions, behind=after is not None, oldest_first=oldest_first)
    values = {**asked.values, "most": limit + 1}
    if after is not None:
        values |= {"at": after.recorded_at, "id": after.recording_id}
    rows = _rows(connection.execute(statement, values).all(), desk.zone)
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], Place(rows[limit - 1].recorded_at, rows[limit - 1].recording_id)


def named(desk: Desk, connection: Connection, recording_ids: Sequence[str]) -> Iterator[LibraryRow]:
    """The rows of these recordings, in this order; what is unknown is left out."""
    for part in parts(list(dict.fromkeys(map(plain, recording_ids)))):
        found = connection.execute(_whole(visible(desk).where(Recording.id.in_(part)))).all()
        known = {row.recording_id: row for row in _rows(found, desk.zone)}
        yield from (known[recording_id] for recording_id in part if recording_id in known)


@lru_cache
def _page(start: Select[Recording], conditions: frozenset[str], *, behind: bool, oldest_first: bool) -> Select[*_Found]:
    keys = (Recording.recorded_at, Recording.id)
    statement = met(start, conditions)
    if behind:
        place = tuple_(bindparam("at", type_=Recording.recorded_at.type), bindparam("id", type_=Recording.id.type))
        statement = statement.where(tuple_(*keys) > place if oldest_first else tuple_(*keys) < place)
    order = [key.asc() if oldest_first else key.desc() for key in keys]
    return _whole(statement.order_by(*order).limit(bindparam("most", type_=Integer)), oldest_first=oldest_first)


def _whole(recordings: Select[Recording], *, oldest_first: bool = False) -> Select[*_Found]:
    """These recordings in the order of time with all that a row tells, once for each case; of no case once.

    What belongs to a recording is looked up outside of the choice of them, so for none that is not on the page. JSON is
    left as it is stored: most of it need not be read.
    """
    page = recordings.with_only_columns(*_OF_RECORDING).subquery()
    each = page.c
    worst = select(func.min(case(_PLACES, value=Copy.state))).where(Copy.recording_id == each.id).scalar_subquery()
    told = select(
        *(each[column.key] for column in _OF_RECORDING[:-1]),
        type_coerce(Ingest.recorder, Text),
        Person.name,
        worst,
        CaseFile.id,
        CaseFile.number,
        CaseFile.title,
    )
    order = [key.asc() if oldest_first else key.desc() for key in (each.recorded_at, each.id)]
    return (
        told.join_from(page, Ingest, Ingest.id == each.ingest_id)
        .outerjoin(Person, Person.id == Ingest.handed_in_by_id)
        .outerjoin(CaseRecording, CaseRecording.recording_id == each.id)
        .outerjoin(CaseFile, CaseFile.id == CaseRecording.case_id)
        .order_by(*order, CaseFile.id)
    )


def _rows(found: Sequence[Row[*_Found]], zone: timezone) -> tuple[LibraryRow, ...]:
    recordings: dict[str, Row[*_Found]] = {}
    cases: dict[str, tuple[CaseOfRow, ...]] = {}
    for row in found:
        recordings[row[0]] = row
        if row[-1] is not None:
            cases[row[0]] = (*cases.get(row[0], ()), CaseOfRow(row[-3], row[-2], row[-1]))
    return tuple(_row(row, cases.get(recording_id, ()), zone) for recording_id, row in recordings.items())


def _row(found: Row[*_Found], cases: tuple[CaseOfRow, ...], zone: timezone) -> LibraryRow:
    recording_id, path, kind, at, size, duration, sha256, make, model, findings, recorder, officer, worst, *_ = found
    whole = os.fsdecode(path)
    return LibraryRow(
        recording_id,
        whole,
        _KINDS[kind],
        at.astimezone(zone),
        size,
        duration,
        sha256,
        _recorder(recorder, make, model),
        officer,
        _is_key_file(whole),
        _number(findings),
        cases,
        _FAULTS[-1 if worst is None else worst],
    )


def _is_key_file(path: str) -> bool:
    """Whether the recorder marked it; names without the letters of the mark are not looked at closely."""
    if _KEY_MARK not in path.rpartition("/")[2].upper():
        return False
    said = name_facts(path)
    return said is not None and said.key_file


@lru_cache(maxsize=1000)
def _recorder(stored: str | None, make: str | None, model: str | None) -> str:
    """Maker and model as the file itself says, else as the card was recognised; and the number of its recorder."""
    said = json.loads(stored) if stored else None
    of_card = said if isinstance(said, dict) else {}
    make, model = make or of_card.get("make"), model or of_card.get("model")
    if make and model and model.casefold().startswith(make.casefold()):
        make = None
    return " ".join(filter(None, (make, model, of_card.get("asset_number") or of_card.get("serial"))))


def _number(findings: str | None) -> int:
    if findings is None or findings == "[]":
        return 0
    said = json.loads(findings)
    return len(said) if isinstance(said, list) else 0
