"""Text that people type, and text that comes from files, made fit for the catalogue and the audit chain."""

from __future__ import annotations

import unicodedata

from avdesk.errors import UsageError

_CONTROLS = ("Cc", "Cs", "Zl", "Zp")


def clean(field: str, text: str, limit: int) -> str:
    """Typed text in NFC without surrounding white space.

    Raises :class:`UsageError` when nothing of it can be seen, when it is longer than ``limit`` characters, and when it
    holds control characters or line breaks.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not any(unicodedata.category(character)[0] not in "CZ" for character in text):
        raise UsageError("EMPTY", field=field)
    if len(text) > limit:
        raise UsageError("TOO_LONG", field=field, limit=limit)
    if any(unicodedata.category(character) in _CONTROLS for character in text):
        raise UsageError("CONTROL_CHARACTER", field=field)
    return text


def typed(text: str) -> str:
    """Text as :func:`clean` stores it, for looking it up; what no catalogue can hold stands in it as an escape."""
    return unicodedata.normalize("NFC", plain(text)).strip()


def plain(text: str) -> str:
    """Any text as valid UTF-8 without NUL; what is not stands in it as an escape."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def cut(text: str | None, limit: int) -> str | None:
    """Text that a file states of itself: printable, at most ``limit`` characters, ``None`` when nothing is left."""
    if text is None:
        return None
    kept = "".join(character for character in plain(text) if unicodedata.category(character) != "Cc").strip()
    return kept[:limit] or None
