"""Columns give way on a narrow table, so that the one that says most stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from avdesk.ui import theme


class GivingColumns(QObject):
    """Hides ``columns`` one after the other until the stretched column ``first`` has ``least`` pixels of text size 1.

    Columns that the person chose or dropped are never touched: give only those that the table would show by itself.
    """

    def __init__(self, table: QTableView, first: int, least: int, columns: Sequence[int]) -> None:
        super().__init__(table)
        self._table, self._first, self._least = table, first, theme.px(least)
        self._columns = tuple(columns)
        self._hidden: set[int] = set()
        table.viewport().installEventFilter(self)

    def reveal(self) -> None:
        """Show what was hidden here, so that it is not remembered as the person's choice."""
        for column in tuple(self._hidden):
            self._show(column, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        table = self._table
        mine = [column for column in self._columns if not table.isColumnHidden(column) or column in self._hidden]
        count = table.model().columnCount()
        others = [
            column
            for column in range(count)
            if column not in (self._first, *self._columns) and not table.isColumnHidden(column)
        ]
        room = table.viewport().width() - self._least - sum(table.columnWidth(column) for column in others)
        widths = {column: table.columnWidth(column) or self._width(column) for column in mine}
        for column in reversed(mine):
            room -= widths[column]
            self._show(column, room >= 0)

    def _width(self, column: int) -> int:
        model = self._table.model()
        known = getattr(model, "columns", ())
        return theme.px(known[column].width) if known else self._table.horizontalHeader().defaultSectionSize()

    def _show(self, column: int, shown: bool) -> None:
        if shown:
            self._hidden.discard(column)
        else:
            self._hidden.add(column)
        self._table.setColumnHidden(column, not shown)
