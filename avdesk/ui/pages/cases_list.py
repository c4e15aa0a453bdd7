"""The list of cases: all of them in the order chosen, a page at a time, narrowed by a text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseOrder, CasePage, CasePlace, CaseRow, find_cases
from avdesk.services.desk import Desk
from avdesk.ui import formats
from avdesk.ui.pages.cases_words import lacking
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate
from avdesk.ui.widgets.cards import EmptyState
from avdesk.ui.widgets.giving_columns import GivingColumns
from avdesk.ui.widgets.table import CellDelegate, Column, Index, Role, RowsModel, Table, TableCard, paint_lines

PAGE = 100
_TYPING = 80
"""How long after the last key the search begins, in milliseconds."""


def columns() -> tuple[Column[CaseRow], ...]:
    """The keys are what the catalogue can put all cases in order by."""
    return (
        Column(
            CaseOrder.TITLE,
            translate("cases", "Case"),
            lambda row: row.title,
            second=lambda row: row.number,
            tip=lambda row: f"{row.title}\n{row.number}",
            stretch=True,
        ),
        Column(CaseOrder.PARTY, translate("cases", "Party"), lambda row: row.party or "", width=124),
        Column(
            CaseOrder.RECORDINGS,
            translate("cases", "Footage"),
            lambda row: formats.number(row.recordings),
            width=80,
            right=True,
        ),
        Column(CaseOrder.MISSING, translate("cases", "Missing"), lacking, width=112, chip=_chip),
        Column(
            CaseOrder.OPENED,
            translate("cases", "Opened"),
            lambda row: f"{row.opened_at:%Y-%m-%d}",
            width=100,
            tip=lambda row: formats.moment(row.opened_at),
        ),
        Column(
            CaseOrder.DISC_NUMBER,
            translate("cases", "Disc number"),
            lambda row: row.disc_number or "",
            width=130,
            hidden=True,
        ),
    )


def _chip(row: CaseRow) -> str | None:
    return "warn" if lacking(row) else None


class NameDelegate(CellDelegate):
    """The name of a case says most at its beginning."""

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        first, second = str(index.data()), str(index.data(Role.SECOND))
        paint_lines(painter, option.widget, rect, first, second, elide=Qt.TextElideMode.ElideRight)


class CaseList(QWidget):
    """``chosen`` comes with the case's id when the person or :meth:`choose` chose another row."""

    chosen = Signal(str)
    opened = Signal()
    """Enter or a double click on the chosen case."""
    counted = Signal(int)
    new_wanted = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self._job: Job | None = None
        self._query = ""
        self._order, self._descending = CaseOrder.OPENED, True
        self._begun = False
        self._cursor: CasePlace | None = None
        self._wanted = ""
        self._current = ""
        self.loading = False
        """Whether a choice comes from rows that were read, not from the person."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self.load)
        self.model = RowsModel(columns(), on_more=self._load_more, on_sort=self._sort)
        self.table = Table(row_height=50, name="cases.list", text=translate("cases", "Cases"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.set_rows_model(self.model)
        self.table.exports = True
        keys = [column.key for column in self.model.columns]
        self.table.horizontalHeader().setSortIndicator(keys.index(CaseOrder.OPENED), Qt.SortOrder.DescendingOrder)
        self._giving = GivingColumns(self.table, 0, 260, (4, 1))
        self.table.setItemDelegateForColumn(0, NameDelegate(self.table))
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.activated.connect(self._activated)
        self._empty = EmptyState(
            "briefcase",
            translate("cases", "No cases yet"),
            translate("cases", "A case gathers its footage, and its disc labels are made from it."),
            (translate("cases", "New case"), self.new_wanted.emit),
            name="cases.empty",
        )
        self._nothing = EmptyState("search", translate("cases", "No case fits"), name="cases.nothing")
        self._stack = QStackedWidget()
        for widget in (self.table, self._empty, self._nothing):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TableCard(self._stack))
        self.setFocusProxy(self.table)

    @property
    def current(self) -> str:
        """The id of the chosen case, empty for none."""
        return self._current

    @property
    def shown(self) -> tuple[str, CaseOrder, bool]:
        """By what the cases are found, what they go by, and whether downwards."""
        return self._query, self._order, self._descending

    def restore_columns(self, settings: Settings) -> None:
        """Order, widths and choice of columns, and what the cases go by, as they were."""
        settings.restore_header("cases/columns", self.table.horizontalHeader())

    def save_columns(self, settings: Settings) -> None:
        self._giving.reveal()
        settings.save_header("cases/columns", self.table.horizontalHeader())

    def search(self, text: str) -> None:
        """Narrow the list, soon."""
        self._query = text.strip()
        self._timer.start()

    def choose(self, case_id: str) -> None:
        """Choose a case; when it is not among the rows that are loaded, it is chosen all the same."""
        self._wanted = case_id
        if not self._select(case_id) and case_id:
            self._become(case_id)

    def load(self) -> None:
        """Read the first page."""
        self._begun = True
        self._timer.stop()
        self._start(None)

    def _load_more(self) -> None:
        if self._cursor is not None:
            self._start(self._cursor)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        """All cases by a column; the catalogue does it, for most of them may not be loaded."""
        self._order = CaseOrder(self.model.columns[column].key)
        self._descending = order is Qt.SortOrder.DescendingOrder
        if self._begun:
            self.load()

    def _start(self, after: CasePlace | None) -> None:
        desk = self.desk
        query, order, descending = self.shown

        def work(_on_progress: OnProgress, _control: Control) -> tuple[CasePlace | None, CasePage]:
            return after, find_cases(desk, query, PAGE, after, order=order, descending=descending)

        if self._job is not None:
            self._job.cancel()
        self._job = self._runner.start(work, lane=QUERY, on_success=self._show, on_end=self._ended)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None

    def _show(self, answer: tuple[CasePlace | None, CasePage]) -> None:
        after, page = answer
        self._cursor = page.next
        more = page.next is not None
        if after is not None:
            self.model.append(page.cases, more=more)
            return
        self.loading = True
        self.model.set_rows(page.cases, more=more)
        self._stack.setCurrentIndex(0 if page.cases else 2 if self._query else 1)
        self.counted.emit(page.total)
        wanted = self._wanted or self._current
        if not (self._select(wanted) or wanted) and page.cases:
            self.table.selectRow(0)
        self.loading = False

    def _select(self, case_id: str) -> bool:
        for position, row in enumerate(self.model.rows):
            if row.case_id == case_id:
                self.table.selectRow(position)
                self.table.scrollTo(self.model.index(position, 0))
                self._become(case_id)
                return True
        self.table.selectionModel().clear()
        return False

    def _selected(self, *_changes: object) -> None:
        for row in self.table.rows_chosen():
            self._become(self.model.rows[row].case_id)

    def _become(self, case_id: str) -> None:
        self._wanted = ""
        if case_id != self._current:
            self._current = case_id
            self.chosen.emit(case_id)

    def _activated(self, _index: QModelIndex) -> None:
        self.opened.emit()
