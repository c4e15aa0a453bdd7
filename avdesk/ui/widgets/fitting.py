"""Windows that are never larger than what they stand on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


def resize_within(window: QWidget, wanted: QSize) -> None:
    """Give a window the size that is wanted, as far as its parent's window, else the screen, has room for it."""
    parent = window.parentWidget()
    room = parent.window().size() if parent is not None else window.screen().availableSize()
    window.resize(wanted.boundedTo(room))
