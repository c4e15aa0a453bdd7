"""The keys of the player that are used most, in a quiet row that is always there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        self._kind = ""
        self._kinds: dict[QWidget, frozenset[str]] = {}
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        self._across.setSpacing(_BETWEEN)
        self._across.addStretch(1)
        self._all = _hint(("?",), translate("player", "all keys"))
        self._across.addWidget(self._all)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """The keys by the names of what they do, as they are now."""
        for before in self._kinds:
            before.deleteLater()
        self._kinds = {}
        moving, video, photo = frozenset({"video", "sound"}), frozenset({"video"}), frozenset({"photo"})
        for names, words, kinds in (
            (("play",), translate("player", "play"), moving),
            (("back", "stop", "on"), translate("player", "back, stop, on"), video),
            (("frame-before", "frame-after"), translate("player", "frame by frame"), video),
            (("back-5", "on-5"), translate("player", "5 s"), moving),
            (("marker-before", "marker-after"), translate("player", "marker before, after"), moving),
            (("mark-statement", "mark-violation"), translate("player", "mark"), moving | photo),
            (("loop-a", "loop-b"), translate("player", "repeat"), moving),
            (("snapshot",), translate("player", "snapshot"), video),
            (("go-to",), translate("player", "go to"), moving),
            (("larger", "smaller"), translate("player", "larger, smaller"), photo),
            (("whole",), translate("player", "whole picture"), photo),
            (("true",), translate("player", "true size"), photo),
            (("turn",), translate("player", "turn"), photo),
            (("full",), translate("player", "full screen"), moving | photo),
        ):
            caps = [keys[name] for name in names]
            hint = _hint(("1–9",) if caps == ["1", "9"] else caps, words)
            self._across.insertWidget(len(self._kinds), hint)
            self._kinds[hint] = kinds
        self.show_kind(self._kind)

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
