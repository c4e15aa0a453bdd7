"""All keys of the window and of the page in front: what ``?`` shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.cards import KeyCap, row_line
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.labels import Label


class KeysDialog(QDialog):
    """``groups``: a title each, and pairs of keys, with spaces between them, and what they do.

    ``change`` leads to other keys, where there may be.
    """

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        parent: QWidget | None = None,
        *,
        change: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.keys")
        self.setWindowTitle(translate("shell", "All keys"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(10)
        for position, (title, keys) in enumerate(groups):
            if position:
                column.addWidget(row_line())
            column.addWidget(Label(title, "panel"))
            column.addLayout(_grid(keys))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        close = PrimaryButton(translate("shell", "Close"), self.accept, name="dialog.keys.close")
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.MARGIN, 8, theme.MARGIN, 12)
        if change is not None:
            self._change = change
            foot.addWidget(Button(translate("shell", "Change keys…"), self._leave, name="dialog.keys.change"))
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        height = min(inside.sizeHint().height() + theme.px(64), theme.px(620))
        resize_within(self, QSize(theme.px(560), height))
        close.setFocus()

    def _leave(self) -> None:
        self.accept()
        self._change()


def _grid(keys: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, theme.px(130))
    grid.setColumnStretch(1, 1)
    for row, (sequence, text) in enumerate(keys):
        grid.addWidget(_caps(sequence.split(" ")), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(text, wrap=True), row, 1)
    return grid


def _caps(sequences: Sequence[str]) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(4)
    for sequence in sequences:
        across.addWidget(KeyCap(shown(sequence)))
    return made


def shown(sequence: str) -> str:
    """A key as people read it."""
    words = {
        "Space": translate("shell", "Space"),
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "Return": "Enter",
        "Escape": "Esc",
    }
    native = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText) or sequence
    return "+".join(words.get(part, part) for part in native.split("+")) if native != "+" else "+"
