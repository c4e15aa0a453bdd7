"""What the name of a file says: its kind, and what a recorder wrote into it. All rules are data files."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from avdesk import resources
from avdesk.resources import Table
from avdesk.terms import Kind

_GROUPS = frozenset(
    {"prefix", "pfx", "serial", "user", "date", "time", "seq", "imp", "ext", "enc", "chap", "num", "lens"}
)
_YEARS = range(1990, 2100)
_SYSTEMS = ("windows", "macos", "android")
_MEDIA = frozenset({Kind.VIDEO, Kind.AUDIO, Kind.PHOTO})


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a recorder wrote into a file name.

    ``raw_time`` is the time as it stands in the name; ``recorded_at`` the same as a naive, recorder-local time,
    ``None`` when the name has none or an impossible one. ``serial`` and ``user`` are ``None`` when the name has none or
    only zeros. ``key_file`` is the mark of an important file (``IMP``). ``take`` is equal in all files of one take
    within a folder; ``sequence`` is the number of the clip, or of the chapter where there is a take of chapters.
    """

    pattern: str
    raw_time: str | None
    recorded_at: datetime | None
    serial: str | None
    user: str | None
    key_file: bool
    take: str | None
    sequence: int | None


@dataclass(frozen=True, slots=True)
class _Pattern:
    id: str
    regex: re.Pattern[str]
    sequence: str | None
    take: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kinds:
    by_extension: dict[str, Kind]
    sidecar_when_named: frozenset[str]


@dataclass(frozen=True, slots=True)
class _SystemFiles:
    """Names and root folders, as they are and in lower case for the systems that ignore case."""

    names: frozenset[str]
    folders: frozenset[str]
    names_lower: frozenset[str]
    folders_lower: frozenset[str]


def kind_of(name: str) -> Kind:
    """What a file is, judged by the extension of its name (or path) alone."""
    base = _base(name)
    extension = _lower(base.rpartition(".")[2]) if "." in base[1:] else ""
    kinds = _kinds()
    if extension in kinds.sidecar_when_named and name_facts(base) is not None:
        return Kind.SIDECAR
    return kinds.by_extension.get(extension, Kind.OTHER)


def name_facts(name: str) -> NameFacts | None:
    """What a recorder wrote into this name (or the last part of a path), ``None`` when no recorder names files so."""
    base = _base(name)
    for pattern in _patterns():
        match = pattern.regex.fullmatch(base)
        if match is not None:
            return _facts(pattern, match)
    return None


def is_system_file(path: str) -> bool:
    """Whether a path, relative to the root of its volume, is a harmless file that an operating system left there."""
    base = _base(path)
    if kind_of(base) in _MEDIA:
        return False
    system = _system_files()
    if base in system.names or _lower(base) in system.names_lower:
        return True
    root, slash, _rest = path.removeprefix("/").partition("/")
    return bool(slash) and (root in system.folders or _lower(root) in system.folders_lower)


def pattern_ids() -> tuple[str, ...]:
    """The ids of all name patterns, in the order in which they are tried."""
    return tuple(pattern.id for pattern in _patterns())


def check_names() -> None:
    """Read all data files about names. Raises :class:`avdesk.errors.BadResource` with file, key and reason."""
    _patterns()
    _kinds()
    _system_files()


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _lower(text: str) -> str:
    """Lower case for ASCII only: other letters would fold into names that a system holds apart."""
    return text.lower() if text.isascii() else text


def _facts(pattern: _Pattern, match: re.Match[str]) -> NameFacts:
    groups = match.groupdict()
    sequence = groups[pattern.sequence] if pattern.sequence else None
    shared = [groups[group] for group in pattern.take]
    dated = groups.get("date") is not None and groups.get("time") is not None
    return NameFacts(
        pattern=pattern.id,
        raw_time=match.string[match.start("date") : match.end("time")] if dated else None,
        recorded_at=_moment(groups["date"], groups["time"]) if dated else None,
        serial=_unless_placeholder(groups.get("serial")),
        user=_unless_placeholder(groups.get("user")),
        key_file=bool(groups.get("imp")),
        take="_".join(shared) if shared and sequence is not None else None,
        sequence=int(sequence) if sequence is not None else None,
    )


def _moment(date: str, time: str) -> datetime | None:
    """A naive time from ``yyyymmdd`` or ``yymmdd`` and ``hhmmss`` or ``hhmm``; ``None`` for no such moment."""
    date = "20" + date if len(date) == 6 else date
    clock = (int(time[0:2]), int(time[2:4]), int(time[4:6] or "0"))
    if int(date[:4]) not in _YEARS:
        return None
    try:
        return datetime(int(date[:4]), int(date[4:6]), int(date[6:8]), *clock)  # noqa: DTZ001 - a recorder names no zone
    except ValueError:
        return None


def _unless_placeholder(text: str | None) -> str | None:
    return text if text and text.strip("0") else None


def _table(name: str) -> Table:
    file = resources.path("profiles", "names", name)
    return Table.of(file)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    table = _table("patterns.toml")
    patterns = tuple(_read_pattern(entry) for entry in table.tables("pattern"))
    table.end()
    ids = [pattern.id for pattern in patterns]
    if not ids or len(set(ids)) != len(ids):
        table.refuse("pattern", "there must be patterns, each with an id of its own")
    return patterns


def _read_pattern(table: Table) -> _Pattern:
    regex = table.regex("regex")
    groups = set(regex.groupindex)
    if not groups <= _GROUPS:
        table.refuse("regex", f"unknown groups: {', '.join(sorted(groups - _GROUPS))}")
    if ("date" in groups) != ("time" in groups):
        table.refuse("regex", "date and time go together")
    sequence = table.optional_text("sequence")
    if sequence is not None and sequence not in groups:
        table.refuse("sequence", f"the pattern has no group {sequence!r}")
    take = table.words("take", groups)
    if take and sequence is None:
        table.refuse("take", "needs a sequence")
    for sample in table.texts("samples"):
        if regex.fullmatch(sample) is None:
            table.refuse("samples", f"{sample!r} does not fit the pattern")
    pattern = _Pattern(table.text("id"), regex, sequence, take)
    table.end()
    return pattern


@cache
def _kinds() -> _Kinds:
    table = _table("kinds.toml")
    by_extension: dict[str, Kind] = {}
    for kind in (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO, Kind.SIDECAR):
        for extension in table.texts(kind.value):
            if extension in by_extension or extension != extension.lower():
                table.refuse(kind.value, f"{extension!r} stands twice or is not in lower case")
            by_extension[extension] = kind
    when_named = frozenset(table.texts("sidecar_when_named"))
    table.end()
    return _Kinds(by_extension, when_named)


@cache
def _system_files() -> _SystemFiles:
    table = _table("system.toml")
    found: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for name in _SYSTEMS:
        system = table.table(name)
        ignore_case = system.flag("ignore_case")
        for key in ("names", "folders"):
            found[key, ignore_case] |= {_lower(text) if ignore_case else text for text in system.texts(key)}
        system.end()
    table.end()
    return _SystemFiles(
        names=frozenset(found["names", False]),
        folders=frozenset(found["folders", False]),
        names_lower=frozenset(found["names", True]),
        folders_lower=frozenset(found["folders", True]),
    )
