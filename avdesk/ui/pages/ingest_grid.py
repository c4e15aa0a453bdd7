"""Cards side by side: as many columns as fit, all of one width, those of a row of one height."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from avdesk.ui import theme

_NARROWEST = 350


class CardGrid(QWidget):
    """Lays out widgets in the order it is given, anew when its width changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP)

    def set_cells(self, cells: Sequence[QWidget]) -> None:
        """Show these; others are taken out and stay their owner's."""
        self._cells = list(cells)
        self._columns = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max((self.width() + theme.GAP) // (theme.px(_NARROWEST) + theme.GAP), 1)
        alone = len(self._cells) == 1
        columns = 1 if alone else columns
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        while self._grid.takeAt(0) is not None:
            pass
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
            self._grid.setRowStretch(row, 0)
        for position, cell in enumerate(self._cells):
            self._grid.addWidget(cell, position // columns, position % columns)
            cell.show()
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        rows = -(-len(self._cells) // columns)
        for row in range(rows):
            self._grid.setRowMinimumHeight(row, theme.px(285))
        self._grid.setRowStretch(0 if alone else rows, 1)
        self._columns = columns
