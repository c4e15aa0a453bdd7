"""Fields of a form: a label, the field, and what is wrong with it right below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.widgets.labels import SIGNS, Icon, Label, Note

_EDGE = 3
"""Pixels of the border of a field and what lies beside it."""


class FieldRow(QWidget):
    """A field with its label above it, or ``across`` pixels wide at its left, and a note below when there is one."""

    def __init__(self, text: str, field: QWidget, *, across: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.label = Label(text, tone="text2")
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(text)
        self._said = ""
        self._note = Note("text2", "")
        self._note.hide()
        whole = QHBoxLayout(self) if across else QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8 if across else 4)
        if across:
            self.label.setFixedWidth(theme.px(across))
            self.label.setMinimumHeight(theme.px(32))
        whole.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(self._note)
        whole.addLayout(column, 1)

    @property
    def said(self) -> str:
        """What the note says, empty when there is none."""
        return self._said

    def say(self, tone: str, text: str) -> None:
        """A note below the field; ``bad`` also borders it in red. An empty text takes the note away."""
        theme.set_property(self.field, "state", "bad" if tone == "bad" and text else "")
        self._said = text
        self._note.setVisible(bool(text))
        self._note.say(tone, text, icon=SIGNS.get(tone))
        self.field.setAccessibleDescription(text)


class DayField(QDateEdit):
    """A date with its calendar. Only keys and the calendar change it: Qt has buttons for stepping below its border,
    seen by nobody and pressed by a click on the edge, and takes the wheel for stepping too.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        arrow = self.rect().adjusted(self.lineEdit().geometry().right() + _EDGE, _EDGE, -_EDGE, -_EDGE)
        if arrow.contains(event.position().toPoint()):
            super().mousePressEvent(event)
        else:
            self.lineEdit().setFocus(Qt.FocusReason.MouseFocusReason)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SearchField(QLineEdit):
    """A field with a magnifying glass; Esc empties it, and leaves the rest to the page when it is empty."""

    def __init__(self, hint: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._icon = Icon("search", "text2", 16, self)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._icon.move(11, (self.height() - 16) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
