"""Running numbers of registers, given in the transaction that uses them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy.orm import Session

from avdesk.models import NumberSeries
from avdesk.policy import format_number, is_yearly

_ALL_YEARS = 0


def next_number(session: Session, name: str, *, year: int, pattern: str, start: int) -> str:
    """The next number of a series; the first one is ``start``, in every year anew when the pattern has the year."""
    key = _key(name, year, pattern)
    row = session.get(NumberSeries, key, with_for_update=True)
    if row is None:
        row = NumberSeries(name=name, year=key[1], last=start - 1)
        session.add(row)
    row.last = max(row.last + 1, start)
    return format_number(pattern, year=year, number=row.last)


def numbers_to_come(session: Session, name: str, *, year: int, pattern: str, start: int) -> Iterator[str]:
    """The numbers that :func:`next_number` would give from now on; none is given."""
    row = session.get(NumberSeries, _key(name, year, pattern))
    first = max(row.last + 1, start) if row is not None else start
    return (format_number(pattern, year=year, number=number) for number in count(first))


def _key(name: str, year: int, pattern: str) -> tuple[str, int]:
    return name, year if is_yearly(pattern) else _ALL_YEARS
