"""What the office may set: every policy with its type, bounds, default and the article it comes from.

Values live in the database and are read through ``desk.policy``; layers below the services get values, never this
registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache
from typing import Generic, TypeVar

from avdesk.errors import UsageError

T = TypeVar("T", bool, int, str)

_ZONE = re.compile(r"([+-])([0-9]{2}):([0-9]{2})")
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_FIELD = re.compile(r"\{(year|number)(?::0([1-9])d)?\}")
_LONGEST_PATTERN = 60


@dataclass(frozen=True, slots=True)
class Policy(Generic[T]):
    """One setting. ``parse`` turns typed text into a value and raises ``ValueError`` for a bad one."""

    key: str
    default: T
    article: str | None
    parse: Callable[[str], T]


def _boolean(text: str) -> bool:
    try:
        return {"true": True, "false": False}[text.lower()]
    except KeyError:
        raise ValueError("true or false") from None


def _zone(text: str) -> str:
    parse_zone(text)
    return text


@cache
def parse_zone(text: str) -> timezone:
    """``+08:00`` as a time zone. Raises ``ValueError``."""
    found = _ZONE.fullmatch(text)
    if found and int(found[3]) < 60:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        offset = -offset if found[1] == "-" else offset
        if _WEST <= offset <= _EAST:
            return timezone(offset)
    raise ValueError("an offset such as +08:00, from -12:00 to +14:00")


def _whole(low: int, high: int) -> Callable[[str], int]:
    pattern = "-?[0-9]{1,9}" if low < 0 else "[0-9]{1,9}"

    def parse(text: str) -> int:
        if not re.fullmatch(pattern, text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def format_number(pattern: str, *, year: int, number: int) -> str:
    """A number of a series in its pattern; ``{number:04d}`` has at least four digits."""
    values = {"year": year, "number": number}
    return _FIELD.sub(lambda field: f"{values[field[1]]:0{field[2] or 1}d}", pattern)


def is_yearly(pattern: str) -> bool:
    """Whether numbers begin anew in every year: only where the year stands in them, else two would be the same."""
    return any(field[1] == "year" for field in _FIELD.finditer(pattern))


def _pattern(text: str) -> str:
    rest = _FIELD.sub("", text)
    numbered = any(field[1] == "number" for field in _FIELD.finditer(text))
    if not numbered or len(text) > _LONGEST_PATTERN or not rest.isprintable() or set(rest) & set("{}"):
        raise ValueError(
            f"text of up to {_LONGEST_PATTERN} characters with {{number}}, such as {{year}}-{{number:04d}}"
        )
    return text


TIME_ZONE = Policy("time.zone", "+08:00", None, _zone)
"""The zone assumed for a recorder's own time where it states none."""
SM3 = Policy("digest.sm3", False, None, _boolean)
"""Compute SM3 beside SHA-256 while the source is read."""
DISC_NUMBER_PATTERN = Policy("disc_number.pattern", "{year}-{number:04d}", "16", _pattern)
"""How a disc number (标号) is written; the copy is added as -1 or -2."""
DISC_NUMBER_START = Policy("disc_number.start", 1, "16", _whole(1, 999_999))
"""The first number of a year, where the paper register already runs."""
PROBE_SECONDS = Policy("media.probe_seconds", 20, None, _whole(1, 600))
"""How long the reading of one file's metadata may take before it is given up, in seconds."""
TIMELINE_GAP = Policy("timeline.gap_minutes", 5, None, _whole(0, 600))
"""How many minutes may lie between two recordings of one recorder that are played as one."""
ANALYSIS_ENABLED = Policy("analysis.enabled", True, "11", _boolean)
"""Look through picture and sound of what was collected, in the background."""
ANALYSIS_SHORTEST = Policy("analysis.shortest_s", 3, "11", _whole(1, 600))
"""What lasts less than so many seconds is not told."""
ANALYSIS_BLACK = Policy("analysis.black_below", 32, "11", _whole(0, 255))
"""A picture is black when its brightest half percent is below this level (0 black, 255 white)."""
ANALYSIS_COVERED = Policy("analysis.covered_below", 90, "11", _whole(0, 255))
"""A picture without any detail is covered when its brightest half percent is below this level."""
ANALYSIS_UNDEREXPOSED = Policy("analysis.underexposed_below", 70, "11", _whole(0, 255))
"""A picture is underexposed when its brightest half percent is below this level and it is not black."""
ANALYSIS_OVEREXPOSED = Policy("analysis.overexposed_above", 50, "11", _whole(1, 100))
"""A picture is overexposed when more than so many percent of it are burnt out."""
ANALYSIS_BLURRED = Policy("analysis.blurred_below", 500, "11", _whole(0, 1000))
"""A picture is blurred when its sharpest edges rise by less than so many per mille of their height at once."""
ANALYSIS_FROZEN = Policy("analysis.frozen_below", 15, "11", _whole(0, 1000))
"""A picture stands still when it changes by less than so many hundredths of a level."""
ANALYSIS_SILENT = Policy("analysis.silent_below_db", -60, "11", _whole(-110, -20))
"""Sound is silent below this level, in dB below full scale."""
ANALYSIS_CLIPPED = Policy("analysis.clipped_above", 50, "11", _whole(0, 1000))
"""Sound is clipped when more than so many per mille of a second's samples are at nine tenths of the limit and more."""

POLICIES: tuple[Policy[bool] | Policy[int] | Policy[str], ...] = (
    TIME_ZONE,
    SM3,
    DISC_NUMBER_PATTERN,
    DISC_NUMBER_START,
    PROBE_SECONDS,
    TIMELINE_GAP,
    ANALYSIS_ENABLED,
    ANALYSIS_SHORTEST,
    ANALYSIS_BLACK,
    ANALYSIS_COVERED,
    ANALYSIS_UNDEREXPOSED,
    ANALYSIS_OVEREXPOSED,
    ANALYSIS_BLURRED,
    ANALYSIS_FROZEN,
    ANALYSIS_SILENT,
    ANALYSIS_CLIPPED,
)


def named(key: str) -> Policy[bool] | Policy[int] | Policy[str]:
    """The policy of that key. Raises :class:`UsageError`."""
    for policy in POLICIES:
        if policy.key == key:
            return policy
    raise UsageError("UNKNOWN_POLICY", key=key, known=[policy.key for policy in POLICIES])


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """The values in force; a key that was never changed has its default."""

    changed: Mapping[str, bool | int | str]

    def __getitem__(self, policy: Policy[T]) -> T:
        value = self.changed.get(policy.key, policy.default)
        if type(value) is not type(policy.default):
            raise TypeError(policy.key)
        return value
