"""Cards, panes, lines, chips and what an empty page says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.labels import SIGNS, Icon, Label


class Card(QFrame):
    """A card or pane with a column of things: ``card.body`` is its layout. ``state``: ``run`` has a blue border."""

    def __init__(self, kind: str = "card", *, margin: int = 16, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - 2, margin, margin - 2)
        self.body.setSpacing(8)

    def set_state(self, state: str) -> None:
        theme.set_property(self, "state", state)


def row_line(parent: QWidget | None = None) -> QFrame:
    """A thin line across."""
    line = QFrame(parent)
    line.setProperty("kind", "row-line")
    line.setFixedHeight(1)
    return line


def column_line(parent: QWidget | None = None) -> QFrame:
    """A thin line down."""
    line = QFrame(parent)
    line.setProperty("kind", "column-line")
    line.setFixedWidth(1)
    return line


class Chip(QFrame):
    """A small word with its sign on a soft ground. ``tone``: ``ok``, ``warn``, ``bad``, ``sel`` or nothing."""

    def __init__(self, text: str, tone: str = "", *, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setProperty("state", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(22))
        self._icon = Icon(icon or SIGNS.get(tone, "tag"), _ink(tone), 14)
        if icon is None and tone not in SIGNS:
            self._icon.hide()
        self._text = Label(text)
        across = QHBoxLayout(self)
        across.setContentsMargins(6, 0, 7, 0)
        across.setSpacing(4)
        across.addWidget(self._icon)
        across.addWidget(self._text)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, tone: str = "", icon: str | None = None) -> None:
        """Show another state."""
        self._icon.set(icon or SIGNS.get(tone, "tag"), _ink(tone))
        self._icon.setVisible(icon is not None or tone in SIGNS)
        self._text.setText(text)
        self.setAccessibleName(text)
        theme.set_property(self, "state", tone)
        theme.set_property(self._text, "tone", _ink(tone))


def _ink(tone: str) -> str:
    return {"": "text2", "sel": "selt"}.get(tone, tone)


class EmptyState(QWidget):
    """What belongs here, and the act that fills it."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        hint: str = "",
        act: tuple[str, Callable[[], object]] | None = None,
        *,
        primary: bool = True,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        centre = Qt.AlignmentFlag.AlignHCenter
        tile = QFrame()
        tile.setProperty("kind", "icon-tile")
        tile.setFixedSize(44, 44)
        inside = QVBoxLayout(tile)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Icon(icon, "text2", 24), 0, Qt.AlignmentFlag.AlignCenter)
        self._sentence = Label(sentence, "row", wrap=True)
        self._hint = Label(hint, "second", "text2", wrap=True)
        if not hint:
            self._hint.hide()
        inner = QWidget()
        inner.setMaximumWidth(theme.px(520))
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addWidget(inner, 8)
        across.addStretch(1)
        column = QVBoxLayout(inner)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(tile, 0, centre)
        for label in (self._sentence, self._hint):
            label.setAlignment(centre)
            column.addWidget(label)
        self.button: Button | None = None
        if act is not None:
            made = PrimaryButton if primary else Button
            self.button = made(act[0], act[1], name=f"{name}.act" if name else "")
            column.addSpacing(6)
            column.addWidget(self.button, 0, centre)
        column.addStretch(3)

    def say(self, sentence: str, hint: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class KeyCap(QFrame):
    """A key, drawn as a cap."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "key")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        across = QHBoxLayout(self)
        across.setContentsMargins(7, 1, 7, 1)
        across.addWidget(Label(text, "second", "text2"))
