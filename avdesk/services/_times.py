"""The times a recording carries, each with its source; the best one is its recorded time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from avdesk.media.facts import ReadTime
from avdesk.recorders.names import name_facts
from avdesk.terms import TimeSource

_ORDER = {source: position for position, source in enumerate(TimeSource)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """``at`` is aware; ``zone_stated`` is false when the office's zone was assumed."""

    source: TimeSource
    raw: str
    at: datetime
    zone_stated: bool


def moments(name: str, mtime_ns: int, read: Iterable[ReadTime], zone: timezone) -> tuple[Moment, ...]:
    """Every time known of a file, best source first; the last is always its mtime."""
    found: list[Moment] = []
    named = name_facts(name)
    if named is not None and named.recorded_at is not None and named.raw_time is not None:
        found.append(Moment(TimeSource.FILENAME, named.raw_time, named.recorded_at.replace(tzinfo=zone), False))
    for time in read:
        at = time.at if time.zone_stated else time.at.replace(tzinfo=zone)
        found.append(Moment(time.source, time.raw[:100], at, time.zone_stated))
    found.append(Moment(TimeSource.MTIME, str(mtime_ns), at_ns(mtime_ns), True))
    return tuple(sorted(found, key=lambda moment: _ORDER[moment.source]))


def at_ns(mtime_ns: int) -> datetime:
    """A file's mtime as aware UTC; what no calendar holds becomes its nearest end."""
    try:
        return _EPOCH + timedelta(microseconds=mtime_ns // 1000)
    except OverflowError:
        return _EPOCH if mtime_ns < 0 else datetime(9999, 12, 30, tzinfo=UTC)
