"""Marks a source text for translation where it stands; it is translated where it is shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, source: str) -> str:
    """``source`` as it is. Qt's own is the same, but its stub says ``object``."""
    return source
