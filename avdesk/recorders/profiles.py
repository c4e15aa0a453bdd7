"""Recorder profiles are data files; a card is recognised by its folders first, by its file names second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from avdesk import resources
from avdesk.recorders.names import NameFacts, check_names, is_system_file, kind_of, name_facts, pattern_ids
from avdesk.resources import Table
from avdesk.terms import Kind

_WILDCARDS = {"#": "[0-9]", "?": "[^/]", "*": "[^/]*"}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Folders at the root of a card that betray its recorder.

    All of ``paths`` must be there; below one of them a file must lie whose name fits one of ``patterns`` and one of
    ``kinds``, where such are given. ``make`` and ``model`` are more exact than those of the profile.
    """

    paths: tuple[re.Pattern[str], ...]
    depths: tuple[int, ...]
    literal: int
    patterns: frozenset[str]
    kinds: frozenset[Kind]
    make: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One family of recorders. ``names`` are the name patterns that suffice without any folder."""

    id: str
    name_zh: str
    name_en: str
    make: str | None
    model: str | None
    names: frozenset[str]
    folders: tuple[Fingerprint, ...]

    @property
    def patterns(self) -> frozenset[str]:
        """All name patterns that speak for this family."""
        return self.names.union(*(folder.patterns for folder in self.folders))


@dataclass(frozen=True, slots=True)
class RecorderMatch:
    """Which recorder a card comes from, and why: ``folder:<path on the card>`` and ``name:<pattern> (<files>)``."""

    profile: str
    make: str | None
    model: str | None
    serial: str | None
    why: tuple[str, ...]


def recognise(paths: Iterable[str]) -> RecorderMatch | None:
    """Name the recorder whose card holds these files, ``None`` for plain storage.

    ``paths`` are relative to the root of the card, with ``/``; a path that ends with ``/`` is a folder. A fingerprint
    that also asks for names beats one that does not, then the longer literal path, then more fitting names. Without a
    fitting folder names decide when at least half of the files, sidecars aside, bear them.
    """
    card = _survey(paths)
    return _by_folder(card) or _by_name(card)


@cache
def load_profiles() -> tuple[Profile, ...]:
    """All profiles, by id. Raises :class:`avdesk.errors.BadResource` with file, key and reason."""
    profiles: dict[str, Profile] = {}
    for file in resources.toml_files("profiles"):
        table = Table.of(file)
        profile = _read_profile(table)
        if profile.id in profiles:
            table.refuse("id", "another profile has it")
        profiles[profile.id] = profile
    return tuple(profiles[key] for key in sorted(profiles))


def check_resources() -> None:
    """Read every data file of recorders. Raises :class:`avdesk.errors.BadResource` with file, key and reason."""
    check_names()
    load_profiles()


@dataclass(slots=True)
class _Folder:
    """What lies below one folder of a card, at any depth."""

    patterns: Counter[str] = field(default_factory=Counter)
    kinds: set[Kind] = field(default_factory=set)


@dataclass(slots=True)
class _Card:
    """What recognition needs to know of a card, gathered in one pass."""

    folders: dict[str, _Folder] = field(default_factory=dict)
    by_depth: dict[int, list[str]] = field(default_factory=dict)
    patterns: Counter[str] = field(default_factory=Counter)
    main_patterns: Counter[str] = field(default_factory=Counter)
    main_files: int = 0
    serials: dict[str, Counter[str]] = field(default_factory=dict)

    def folder(self, path: str) -> _Folder:
        known = self.folders.get(path)
        if known is None:
            known = self.folders[path] = _Folder()
            self.by_depth.setdefault(path.count("/") + 1, []).append(path)
        return known


def _survey(paths: Iterable[str]) -> _Card:
    card = _Card()
    deepest = max(
        (depth for profile in load_profiles() for folder in profile.folders for depth in folder.depths), default=0
    )
    for path in paths:
        if is_system_file(path):
            continue
        folder, _slash, name = path.removeprefix("/").rpartition("/")
        above = list(_ancestors(folder, deepest))
        if not name:
            for step in above:
                card.folder(step)
            continue
        _count_file(card, above, name_facts(name), kind_of(name))
    return card


def _count_file(card: _Card, above: list[str], facts: NameFacts | None, kind: Kind) -> None:
    for step in above:
        folder = card.folder(step)
        folder.kinds.add(kind)
        if facts is not None:
            folder.patterns[facts.pattern] += 1
    main = kind is not Kind.SIDECAR
    card.main_files += main
    if facts is None:
        return
    card.patterns[facts.pattern] += 1
    card.main_patterns[facts.pattern] += main
    if facts.serial is not None:
        card.serials.setdefault(facts.pattern, Counter())[facts.serial] += 1


def _ancestors(folder: str, deepest: int) -> Iterator[str]:
    """The folder and those above it, down to a depth: ``a/b/c`` gives ``a``, ``a/b``, ``a/b/c``."""
    end = -1
    for _depth in range(deepest if folder else 0):
        end = folder.find("/", end + 1)
        if end < 0:
            yield folder
            return
        yield folder[:end]


def _by_folder(card: _Card) -> RecorderMatch | None:
    best: tuple[tuple[bool, int, int], Profile, Fingerprint, tuple[str, ...]] | None = None
    for profile in load_profiles():
        named = sum(card.patterns[pattern] for pattern in profile.patterns)
        for fingerprint in profile.folders:
            rank = (bool(fingerprint.patterns), fingerprint.literal, named)
            if best is not None and rank <= best[0]:
                continue
            found = _find(card, fingerprint)
            if found is not None:
                best = (rank, profile, fingerprint, found)
    if best is None:
        return None
    _rank, profile, fingerprint, found = best
    return _match(card, profile, fingerprint, found)


def _find(card: _Card, fingerprint: Fingerprint) -> tuple[str, ...] | None:
    """The folders of the card that fit a fingerprint, one per path of it; ``None`` when it does not fit."""
    found: list[str] = []
    content = False
    for path, depth in zip(fingerprint.paths, fingerprint.depths, strict=True):
        here = [folder for folder in card.by_depth.get(depth, ()) if path.fullmatch(folder)]
        if not here:
            return None
        holding = [folder for folder in here if _holds(card.folders[folder], fingerprint)]
        content = content or bool(holding)
        found.append(min(holding or here))
    return tuple(found) if content else None


def _holds(folder: _Folder, fingerprint: Fingerprint) -> bool:
    kinds_fit = not fingerprint.kinds or bool(fingerprint.kinds & folder.kinds)
    names_fit = not fingerprint.patterns or any(folder.patterns[pattern] for pattern in fingerprint.patterns)
    return kinds_fit and names_fit


def _by_name(card: _Card) -> RecorderMatch | None:
    counts = {profile: sum(card.main_patterns[name] for name in profile.names) for profile in load_profiles()}
    profile = max(counts, key=lambda candidate: counts[candidate], default=None)
    if profile is None or not counts[profile] or 2 * counts[profile] < card.main_files:
        return None
    return _match(card, profile, None, ())


def _match(card: _Card, profile: Profile, fingerprint: Fingerprint | None, folders: tuple[str, ...]) -> RecorderMatch:
    named = sorted((-card.patterns[pattern], pattern) for pattern in profile.patterns if card.patterns[pattern])
    return RecorderMatch(
        profile=profile.id,
        make=(fingerprint and fingerprint.make) or profile.make,
        model=(fingerprint and fingerprint.model) or profile.model,
        serial=_serial(card, profile),
        why=(*(f"folder:{folder}" for folder in folders), *(f"name:{pattern} ({-count})" for count, pattern in named)),
    )


def _serial(card: _Card, profile: Profile) -> str | None:
    """The only serial in the names, or the one that is more frequent than every other."""
    serials: Counter[str] = Counter()
    for pattern in profile.patterns:
        serials.update(card.serials.get(pattern, {}))
    ranked = serials.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _read_profile(table: Table) -> Profile:
    names = table.words("names", pattern_ids())
    folders = tuple(_read_fingerprint(entry) for entry in table.tables("folder"))
    if not names and not folders:
        table.refuse("folder", "a profile needs folders or names")
    profile = Profile(
        id=table.text("id"),
        name_zh=table.text("name_zh"),
        name_en=table.text("name_en"),
        make=table.optional_text("make"),
        model=table.optional_text("model"),
        names=frozenset(names),
        folders=folders,
    )
    table.end()
    return profile


def _read_fingerprint(table: Table) -> Fingerprint:
    paths = table.texts("paths")
    if not paths:
        table.refuse("paths", "must name at least one folder")
    for path in paths:
        if "" in path.split("/"):
            table.refuse("paths", f"{path!r} must be relative, without empty parts")
    fingerprint = Fingerprint(
        paths=tuple(_glob(path) for path in paths),
        depths=tuple(path.count("/") + 1 for path in paths),
        literal=sum(sum(sign not in "#?*/" for sign in path) for path in paths),
        patterns=frozenset(table.words("patterns", pattern_ids())),
        kinds=frozenset(Kind(kind) for kind in table.words("kinds", [kind.value for kind in Kind])),
        make=table.optional_text("make"),
        model=table.optional_text("model"),
    )
    table.end()
    return fingerprint


def _glob(path: str) -> re.Pattern[str]:
    """``#`` is one digit, ``?`` one character, ``*`` any run of characters, none of them a ``/``; case is ignored."""
    text = "".join(_WILDCARDS.get(sign) or re.escape(sign) for sign in path)
    return re.compile(text, re.ASCII | re.IGNORECASE)
