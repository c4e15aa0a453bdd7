"""Cases as rows of a list: found by a text, in any order, with how much belongs to each and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from avdesk.db import MOST_ROWS
from avdesk.errors import UsageError
from avdesk.models import AuditEvent, CaseFile, CaseRecording
from avdesk.services._case_numbers import searchable
from avdesk.services._text import plain
from avdesk.services.desk import Desk

_PORTION = 2000


class CaseOrder(StrEnum):
    """What a list of cases goes by. ``MISSING``: those without footage, those without labels, the rest."""

    OPENED = "opened"
    TITLE = "title"
    PARTY = "party"
    RECORDINGS = "recordings"
    MISSING = "missing"
    DISC_NUMBER = "disc_number"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    case_id: str
    number: str
    normalised: str
    title: str
    party: str | None
    disc_number: str | None
    opened_at: datetime
    recordings: int
    version: int


@dataclass(frozen=True, slots=True)
class CaseRow(CaseFacts):
    """A case in the window's list; ``labelled``: its labels were made."""

    labelled: bool


@dataclass(frozen=True, slots=True)
class CasePlace:
    """Where a page ended: what its last row goes by, ``None`` when that is unknown, and which case it is."""

    value: str | int | datetime | None
    case_id: str


@dataclass(frozen=True, slots=True)
class CaseWish:
    """Which cases, and in which order. ``query``: a part of number (as typed or normalised), title or party."""

    query: str = ""
    order: CaseOrder = CaseOrder.OPENED
    descending: bool = True


def page_of(
    desk: Desk, session: Session, wish: CaseWish, limit: int, after: CasePlace | None
) -> tuple[tuple[CaseRow, ...], CasePlace | None]:
    """At most ``limit`` rows, and where to go on, ``None`` at the end; what is unknown comes last in either direction.

    Raises :class:`UsageError` for a limit below one.
    """
    if limit < 1:
        raise UsageError("BAD_LIMIT", limit=limit)
    limit = min(limit, MOST_ROWS)
    number, labelled = _number(), _labelled()
    key = _key(wish.order, number, labelled)
    statement = select(CaseFile, number, labelled, key)
    statement = statement.where(*narrowing(wish.query))
    if after is not None:
        statement = statement.where(_behind(key, after, descending=wish.descending))
    ways = (each.desc() if wish.descending else each.asc() for each in (key, CaseFile.id))
    found = session.execute(statement.order_by(key.is_(None), *ways).limit(limit + 1)).all()
    rows = tuple(row_of(desk, each, number or 0, bool(made)) for each, number, made, _key_value in found[:limit])
    return rows, CasePlace(found[limit - 1][3], rows[-1].case_id) if len(found) > limit else None


def all_of(desk: Desk, session: Session, wish: CaseWish) -> Iterator[CaseRow]:
    """Every row, a portion at a time."""
    after: CasePlace | None = None
    while True:
        rows, after = page_of(desk, session, wish, _PORTION, after)
        yield from rows
        if after is None:
            return


def count_of(session: Session, query: str) -> int:
    """How many cases there are."""
    return session.scalar(select(func.count()).select_from(CaseFile).where(*narrowing(query))) or 0


def narrowing(query: str) -> list[ColumnElement[bool]]:
    """The conditions of a query; none when there is nothing in it."""
    text = plain(query).strip()
    if not text:
        return []
    parts_of = (CaseFile.number, CaseFile.title, CaseFile.party)
    fits = [func.lower(column).contains(text.lower(), autoescape=True) for column in parts_of]
    if number := searchable(text):
        fits.append(CaseFile.normalised.contains(number, autoescape=True))
    return [or_(*fits)]


def counted() -> Select[CaseFile, int]:
    """Every case with the number of its recordings."""
    return select(CaseFile, _number())


def facts_of(desk: Desk, found: CaseFile, recordings: int) -> CaseFacts:
    return CaseFacts(
        found.id,
        found.number,
        found.normalised,
        found.title,
        found.party,
        found.disc_number,
        found.opened_at.astimezone(desk.zone),
        recordings,
        found.version,
    )


def row_of(desk: Desk, found: CaseFile, recordings: int, labelled: bool) -> CaseRow:
    facts = facts_of(desk, found, recordings)
    return CaseRow(**{name: getattr(facts, name) for name in CaseFacts.__slots__}, labelled=labelled)


def _number() -> ColumnElement[int]:
    linked = select(func.count()).select_from(CaseRecording).where(CaseRecording.case_id == CaseFile.id)
    return linked.correlate(CaseFile).scalar_subquery()


def _labelled() -> ColumnElement[bool]:
    return exists().where(
        AuditEvent.object_type == "case", AuditEvent.object_id == CaseFile.id, AuditEvent.act == "labels.made"
    )


def _key(order: CaseOrder, number: ColumnElement[int], labelled: ColumnElement[bool]) -> ColumnElement[Any]:
    keys: dict[CaseOrder, ColumnElement[Any]] = {
        CaseOrder.OPENED: CaseFile.opened_at.expression,
        CaseOrder.TITLE: CaseFile.title.expression,
        CaseOrder.PARTY: CaseFile.party.expression,
        CaseOrder.RECORDINGS: number,
        CaseOrder.MISSING: case((number == 0, 0), (labelled, 2), else_=1),
        CaseOrder.DISC_NUMBER: CaseFile.disc_number.expression,
    }
    return keys[order]


def _behind(key: ColumnElement[Any], place: CasePlace, *, descending: bool) -> ColumnElement[bool]:
    further = CaseFile.id < place.case_id if descending else CaseFile.id > place.case_id
    if place.value is None:
        return and_(key.is_(None), further)
    value = literal(place.value, key.type)
    return or_(key.is_(None), key < value if descending else key > value, and_(key == value, further))
