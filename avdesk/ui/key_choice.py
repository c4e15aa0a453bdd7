"""Keys that the person changed: remembered per page by the name of what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence

from avdesk.ui.page import Key
from avdesk.ui.settings import Settings


def changed_keys(keys: Sequence[Key], settings: Settings, page: str) -> Sequence[Key]:
    """The keys of a page as the person wants them. A choice that two would share is not followed."""
    wanted = [replace(key, keys=settings.text(_entry(page, key.name)) or key.keys) if key.name else key for key in keys]
    taken = [key.keys for key in wanted]
    return [key if taken.count(key.keys) == 1 else before for key, before in zip(wanted, keys, strict=True)]


def remember_keys(choice: Mapping[str, str], keys: Sequence[Key], settings: Settings, page: str) -> None:
    """Remember sequences by name; those that are as they come are forgotten. ``keys`` are the page's as they come."""
    for key in keys:
        wanted = choice.get(key.name, key.keys)
        if wanted == QKeySequence(key.keys).toString(QKeySequence.SequenceFormat.PortableText):
            settings.forget(_entry(page, key.name))
        else:
            settings.set(_entry(page, key.name), wanted)


def _entry(page: str, name: str) -> str:
    return f"keys/{page}/{name}"
