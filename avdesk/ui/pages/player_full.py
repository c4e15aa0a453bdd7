"""The picture on the whole screen; what is under it hides while the pointer rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avdesk.ui.page import Key

REST = 2500
"""Milliseconds until what is under the picture hides."""


class FullScreen(QWidget):
    """A window of its own that holds the stage until it is left."""

    left = Signal()

    def __init__(self, stage: QWidget, foot: QWidget, keys: Sequence[Key], leave: Callable[[], object]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("player.full-screen")
        self.setWindowTitle("avdesk")
        self._foot = foot
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._hide_foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(stage)
        self._stage = stage
        for key in keys:
            QShortcut(QKeySequence(key.keys), self).activated.connect(key.act)
        self.left.connect(leave)
        self._watched = [stage, *stage.findChildren(QWidget)]
        for widget in self._watched:
            widget.installEventFilter(self)
        self._rest.start(REST)

    def release(self) -> QWidget:
        """The stage, to be put back."""
        self._rest.stop()
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._foot.show()
        self._stage.unsetCursor()
        return self._stage

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self._foot.show()
            self._stage.unsetCursor()
            self._rest.start(REST)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing this window leaves full screen and nothing else."""
        event.ignore()
        self.left.emit()

    def _hide_foot(self) -> None:
        if not self._foot.underMouse():
            self._foot.hide()
            self._stage.setCursor(Qt.CursorShape.BlankCursor)
