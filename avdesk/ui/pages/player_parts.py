"""Rows and buttons of the player's controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avdesk.ui.widgets.buttons import IconButton


def button_of(icon: str, words: str, act: Callable[[], object], name: str) -> IconButton:
    """A button with a sign."""
    made = IconButton(icon, words, act, name=name)
    made.setIconSize(QSize(20, 20))
    return made


def row_of(
    widget: QWidget,
    parts: Sequence[QWidget],
    *,
    spacing: int = 6,
    stretch_before: bool = False,
    stretch_after: bool = False,
) -> None:
    """Put the parts beside each other."""
    across = QHBoxLayout(widget)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(spacing)
    if stretch_before:
        across.addStretch(1)
    for part in parts:
        across.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    if stretch_after:
        across.addStretch(1)
