"""Recorded times as files state them, and those that no recorder can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from avdesk.media.facts import ReadTime, clean_text
from avdesk.terms import TimeSource

EARLIEST, LATEST = 1990, 2099
"""Years outside are a clock that was never set: 0000, 1904 (QuickTime's zero), 1970 (Unix's), 1980 (FAT's)."""

_STAMP = re.compile(
    r"(\d{4})[-:](\d{2})[-:](\d{2})[T ](\d{2})[-:](\d{2})[-:](\d{2})(\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)

EXIF_DATES = (  # EXIF 2.32: date, offset, fraction of a second; best first
    ("DateTimeOriginal", "OffsetTimeOriginal", "SubsecTimeOriginal"),
    ("DateTimeDigitized", "OffsetTimeDigitized", "SubsecTimeDigitized"),
    ("DateTime", "OffsetTime", "SubsecTime"),
)

_CONTAINER_DATES = (  # a container's tags as FFmpeg names them, best first
    "com.apple.quicktime.creationdate",
    "creation_time",
    "date",
)


def read_stamp(source: TimeSource, raw: str) -> ReadTime | None:
    """A date and time in EXIF's, ISO 8601's or FFmpeg's spelling; ``None`` when it is none, or impossible."""
    found = _STAMP.fullmatch(raw.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{(fraction or '')[:7]}{zone or ''}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= at.year <= LATEST:
        return None
    return ReadTime(source, raw.strip(), at.astimezone(UTC) if zone == "Z" else at, zone is not None)


def distinct(times: Iterable[ReadTime | None]) -> tuple[ReadTime, ...]:
    """The times that could be read, each moment once, in the order given."""
    kept: dict[datetime, ReadTime] = {}
    for time in times:
        if time is not None:
            kept.setdefault(time.at, time)
    return tuple(kept.values())


def exif_times(values: Mapping[str, object]) -> tuple[ReadTime, ...]:
    """The times of a photograph out of its EXIF values by name; the offset, when stated, is part of the raw text."""
    return distinct(_exif_time(values, *names) for names in EXIF_DATES)


def _exif_time(values: Mapping[str, object], date: str, offset: str, fraction: str) -> ReadTime | None:
    stamp = clean_text(values.get(date))
    if stamp is None:
        return None
    part = clean_text(values.get(fraction)) or ""
    zone = clean_text(values.get(offset)) or ""
    exact = read_stamp(TimeSource.EXIF, f"{stamp}{'.' + part if part.isdecimal() else ''}{zone}")
    return exact or read_stamp(TimeSource.EXIF, stamp)


def container_times(tags: Mapping[str, str]) -> tuple[ReadTime, ...]:
    """The times of a video or audio file out of its container's tags; broadcast WAVE keeps day and time apart."""
    stamps = [tags[name] for name in _CONTAINER_DATES if name in tags]
    if "origination_date" in tags and "origination_time" in tags:
        stamps.append(f"{tags['origination_date']} {tags['origination_time']}")
    return distinct(read_stamp(TimeSource.CONTAINER, stamp) for stamp in stamps)
