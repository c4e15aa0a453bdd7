"""The small picture over the pointer on the seek bar."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from avdesk.ui.widgets.labels import Label

_ABOVE = 10


class FilmTip(QFrame):
    """A picture with its time below, never over the pointer itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput)
        self.setObjectName("player.film-tip")
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = Label("", "second")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self._picture)
        column.addWidget(self._words)

    def show_picture(self, picture: QImage, words: str, over: QPoint) -> None:
        """Show it in the middle above a point of the screen."""
        self._picture.setPixmap(QPixmap.fromImage(picture))
        self._words.setText(words)
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(max(over.x() - self.width() // 2, room.left()), room.right() - self.width())
        self.move(left, over.y() - self.height() - _ABOVE)
        self.show()
