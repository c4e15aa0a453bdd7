"""Labels and values in two columns, and the pane at the right of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.widgets.cards import row_line
from avdesk.ui.widgets.labels import ElidedLabel, Label
from avdesk.ui.widgets.scroll import DownScroll


class FactsGrid(QWidget):
    """Rows of a quiet label and its value."""

    def __init__(self, *, kind: str = "second", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, value: str | QWidget, *, elide: bool = True, tone: str = "text") -> QWidget:
        """One more row; the widget that shows the value. ``elide=False`` wraps instead."""
        row = self._grid.rowCount()
        words = Label(label, self._kind, "text2")
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        shown = value if isinstance(value, QWidget) else self._value(value, elide, tone)
        if isinstance(value, str):
            shown.setAccessibleName(f"{label} {value}")
        self._grid.addWidget(shown, row, 1)
        return shown

    def clear(self) -> None:
        """Forget every row."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # else it would be shown once more, as a window
                widget.setParent(None)
                widget.deleteLater()

    def _value(self, value: str, elide: bool, tone: str) -> QWidget:
        if elide:
            return ElidedLabel(value, self._kind, tone)
        label = Label(value, self._kind, tone, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


class SidePane(QFrame):
    """The pane at the right, 292 wide, that scrolls: ``body`` is its column, ``foot`` stays at the bottom."""

    def __init__(self, title: str = "", *, width: int = 292, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "pane")
        self.setFixedWidth(theme.px(width))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(14, 12, 14, 12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body)
        whole.addStretch(1)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(14, 8, 14, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(DownScroll(inside), 1)
        column.addLayout(self.foot)
        if title:
            self.body.addWidget(Label(title, "panel"))

    def add_section(self, title: str) -> None:
        """A line and a panel head."""
        self.body.addWidget(row_line())
        self.body.addWidget(Label(title, "panel"))

    def clear(self) -> None:
        """Take everything out of ``body``."""
        _empty(self.body)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()  # else it would be shown once more, as a window
            widget.setParent(None)
            widget.deleteLater()
