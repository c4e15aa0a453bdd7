"""Running numbers of registers, given in the transaction that uses them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from avdesk.models import NumberSeries
from avdesk.policy import format_number


def next_number(session: Session, name: str, *, year: int, pattern: str, start: int) -> str:
    """The next number of a series in that year; the first one is ``start``."""
    row = session.get(NumberSeries, (name, year), with_for_update=True)
    if row is None:
        row = NumberSeries(name=name, year=year, last=start - 1)
        session.add(row)
    row.last = max(row.last + 1, start)
    return format_number(pattern, year=year, number=row.last)
