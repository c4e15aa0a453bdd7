"""Names in a bag: the original where every system and ``bagit.py`` can bear it, else a safe one that shows it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

MAX_NAME = 200
MAX_PATH = 1000
"""Longest stored path in bytes; deeper folders are folded into one, so that other programs can open it by its path."""

_FORBIDDEN = frozenset('%<>:"|?*\\/')
_RESERVED = re.compile(r"^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_BREAKS = frozenset({"Cc", "Zl", "Zp", "Cs"})


def stored_paths(paths: Iterable[bytes]) -> dict[bytes, str]:
    """The stored path of every original path of one card; of twins the first in byte order keeps its name."""
    root = _Folder()
    ordered = sorted(paths)
    for path in ordered:
        folder = root
        for part in path.split(b"/"):
            folder = folder.entries.setdefault(part, _Folder())
    root.name_all()
    taken = {name.casefold() for name in root.names.values()}
    return {path: _fold(path, root.path_of(path), taken) for path in ordered}


@dataclass(slots=True)
class _Folder:
    entries: dict[bytes, _Folder] = field(default_factory=dict)
    names: dict[bytes, str] = field(default_factory=dict)

    def name_all(self) -> None:
        waiting = [self]
        while waiting:
            folder = waiting.pop()
            folder.names = _names(folder.entries)
            waiting.extend(folder.entries.values())

    def path_of(self, path: bytes) -> str:
        folder = self
        parts = []
        for part in path.split(b"/"):
            parts.append(folder.names[part])
            folder = folder.entries[part]
        return "/".join(parts)


def _names(originals: Iterable[bytes]) -> dict[bytes, str]:
    """Stored names of one folder, unique ignoring case."""
    taken: set[str] = set()
    names: dict[bytes, str] = {}
    changed: list[bytes] = []
    for original in sorted(originals):
        name = _bearable(original)
        if name is None or name.casefold() in taken:
            changed.append(original)
        else:
            taken.add(name.casefold())
            names[original] = name
    for original in changed:
        candidates = (_safe(original, mark) for mark in _marks(original, 8))
        name = next(name for name in candidates if name.casefold() not in taken)
        taken.add(name.casefold())
        names[original] = name
    return names


def _bearable(original: bytes) -> str | None:
    """The name itself when a bag can bear it."""
    try:
        name = original.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(original) > MAX_NAME or not unicodedata.is_normalized("NFC", name) or not _harmless(name):
        return None
    return name


def _harmless(name: str) -> bool:
    return not (
        name != name.strip()
        or name.endswith(".")
        or _RESERVED.match(name)
        or any(character in _FORBIDDEN or unicodedata.category(character) in _BREAKS for character in name)
    )


def _marks(original: bytes, digits: int) -> Iterator[str]:
    """What tells a safe name from others: some digits, and more for a card on which another file has that name."""
    digest = hashlib.sha256(original).hexdigest()
    yield from (digest[:length] for length in range(digits, len(digest) + 1, 8))
    yield from (f"{digest}-{number}" for number in count(2))


def _safe(original: bytes, mark: str) -> str:
    text = unicodedata.normalize("NFC", original.decode("utf-8", "replace"))
    stem, dot, extension = text.rpartition(".")
    if not dot or not stem:
        stem, extension = text, ""
    extension = "".join(character for character in extension if character.isascii() and character.isalnum())[:8]
    stem = "".join("_" if _unsafe(character) else character for character in stem).strip().rstrip(".").strip()
    tail = f"~{mark}" + (f".{extension}" if extension else "")
    if _RESERVED.match(stem + tail):
        stem = f"_{stem}"
    stem = stem.encode()[: MAX_NAME - len(tail)].decode("utf-8", "ignore").rstrip() or "_"
    return stem + tail


def _unsafe(character: str) -> bool:
    return character in _FORBIDDEN or character == "\ufffd" or unicodedata.category(character) in _BREAKS


def _fold(original: bytes, stored: str, taken: Container[str]) -> str:
    """A stored path that is too long, with one folder for all above the file; ``taken``: names beside that folder."""
    if len(stored.encode()) <= MAX_PATH:
        return stored
    candidates = (f"~{mark}" for mark in _marks(original.rpartition(b"/")[0], 16))
    folder = next(name for name in candidates if name not in taken)
    return f"{folder}/{stored.rpartition('/')[2]}"
