"""The keys of the player that are used most, in a quiet row that is always there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.dialogs.keys import shown
from avdesk.ui.pages.player_parts import row_of
from avdesk.ui.texts import translate
from avdesk.ui.widgets.cards import KeyCap
from avdesk.ui.widgets.labels import Label

_KEYS_ROW = 30
_BETWEEN = 14


class Hints(QFrame):
    """The keys that are used most, in a quiet row."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self.setFixedHeight(theme.px(_KEYS_ROW))
        self._kinds: dict[QWidget, frozenset[str]] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        across.setSpacing(_BETWEEN)
        moving, video, photo = frozenset({"video", "sound"}), frozenset({"video"}), frozenset({"photo"})
        for keys, words, kinds in (
            (("Space",), translate("player", "play"), moving),
            (("J", "K", "L"), translate("player", "back, stop, on"), video),
            ((",", "."), translate("player", "frame by frame"), video),
            (("Left", "Right"), translate("player", "5 s"), moving),
            (("[", "]"), translate("player", "marker before, after"), moving),
            (("1–9",), translate("player", "mark"), moving),
            (("A", "B"), translate("player", "repeat"), moving),
            (("S",), translate("player", "snapshot"), video),
            (("G",), translate("player", "go to"), moving),
            (("+", "-"), translate("player", "larger, smaller"), photo),
            (("0",), translate("player", "whole picture"), photo),
            (("Z",), translate("player", "true size"), photo),
            (("R",), translate("player", "turn"), photo),
            (("F",), translate("player", "full screen"), moving | photo),
        ):
            hint = _hint(keys, words)
            self._kinds[hint] = kinds
            across.addWidget(hint)
        across.addStretch(1)
        self._all = _hint(("?",), translate("player", "all keys"))
        across.addWidget(self._all)
        self.show_kind("")

    def show_kind(self, kind: str) -> None:
        """The keys of a kind of recording, as many as have room; ``?`` tells them all."""
        self._kind = kind
        room = self.width() - 2 * theme.MARGIN - self._all.sizeHint().width() - _BETWEEN
        for hint, kinds in self._kinds.items():
            if kind in kinds:
                room -= hint.sizeHint().width() + _BETWEEN
            if kind in kinds and room >= 0:
                hint.show()
            else:
                hint.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_kind(self._kind)


def _hint(keys: Sequence[str], words: str) -> QWidget:
    made = QWidget()
    caps: list[QWidget] = [KeyCap(shown(key)) for key in keys]
    row_of(made, [*caps, Label(words, "second", "text2")], spacing=4)
    return made
