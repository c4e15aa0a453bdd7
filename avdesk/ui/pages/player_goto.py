"""Go to a time that is typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.ui import formats, theme
from avdesk.ui.pages.player_seek import exact
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.labels import Label

_PARTS = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)")
_PLAIN = str.maketrans("：。．０１２３４５６７８９", ":..0123456789")


def seconds_of(text: str) -> float | None:
    """``1:23:45.08``, ``23:45``, ``95.5`` in seconds, also as a Chinese keyboard types it; else ``None``."""
    found = _PARTS.fullmatch(text.strip().translate(_PLAIN))
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)


class GoToDialog(QDialog):
    """One field. What can't be reached is said under it, and nothing happens."""

    def __init__(self, now: float, whole: float, go: Callable[[float], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.go-to")
        self.setWindowTitle(translate("player", "Go to a time"))
        self.setMinimumWidth(theme.px(340))
        self._whole = whole
        self._go = go
        self.field = QLineEdit(exact(now))
        self.field.setObjectName("dialog.go-to.time")
        self.field.setAccessibleName(translate("player", "Time"))
        self.field.selectAll()
        self._hint = translate("player", "Hours:minutes:seconds, up to {end}.").format(end=formats.duration(whole))
        self._words = Label(self._hint, "second", "text2", wrap=True)
        go_on = PrimaryButton(translate("player", "Go"), self._wanted, name="dialog.go-to.go")
        go_on.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button(translate("player", "Cancel"), self.reject, name="dialog.go-to.cancel"))
        foot.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, 14)
        column.addWidget(self.field)
        column.addWidget(self._words)
        column.addLayout(foot)
        self.field.setFocus()

    def _wanted(self) -> None:
        at = seconds_of(self.field.text())
        if at is None or (self._whole and at > self._whole):
            said = (
                translate("player", "This is no time.")
                if at is None
                else translate("player", "This is beyond the end.")
            )
            self._words.setText(f"{said} {self._hint}")
            self.field.selectAll()
            self.field.setFocus()
            return
        self.accept()
        self._go(at)
