"""Markers as rows of the catalogue."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from avdesk.db import parts
from avdesk.models import Marker as MarkerRow
from avdesk.models import Person
from avdesk.services.desk import Desk
from avdesk.terms import MarkerKind


@dataclass(frozen=True, slots=True)
class Marker:
    """What a person saw or heard, ``at_s`` seconds from the recording's beginning, up to ``to_s`` when it is a span.

    ``at``: when it was made. ``version``: what an edit must name, so that nobody overwrites another's.
    """

    marker_id: str
    recording_id: str
    at_s: float
    to_s: float | None
    kind: MarkerKind
    text: str
    author: str
    at: datetime
    version: int


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, rounded up: then the frame on the screen at them is the one that was marked."""
    return math.ceil(round(seconds * 1000, 3))


def there() -> Select[MarkerRow, str]:
    """Every marker that was not removed, with the name of its author."""
    statement = select(MarkerRow, Person.name).join(Person, Person.id == MarkerRow.author_id)
    return statement.where(MarkerRow.removed_at.is_(None))


def markers_of(desk: Desk, session: Session, recording_ids: Sequence[str]) -> dict[str, list[Marker]]:
    """By recording, in the order of their times."""
    found: dict[str, list[Marker]] = defaultdict(list)
    order = (MarkerRow.recording_id, MarkerRow.from_ms, MarkerRow.id)
    for part in parts(recording_ids):
        for row, author in session.execute(there().where(MarkerRow.recording_id.in_(part)).order_by(*order)):
            found[row.recording_id].append(marker_of(desk, row, author))
    return found


def marker_of(desk: Desk, row: MarkerRow, author: str) -> Marker:
    """A row as it leaves the services."""
    return Marker(
        marker_id=row.id,
        recording_id=row.recording_id,
        at_s=row.from_ms / 1000,
        to_s=None if row.to_ms is None else row.to_ms / 1000,
        kind=MarkerKind(row.kind),
        text=row.text,
        author=author,
        at=row.created_at.astimezone(desk.zone),
        version=row.version,
    )
