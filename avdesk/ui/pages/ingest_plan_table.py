"""The list of a card's files: days as head rows, a tick for each file that would be stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionButton, QStyleOptionViewItem, QWidget

from avdesk.terms import Kind, PlanState
from avdesk.ui import formats, theme
from avdesk.ui.pages.ingest_words import kinds_text, plan_note
from avdesk.ui.pages.ingest_work import CardWork, PlanRow
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.table import CellDelegate, Index, Role, Table, paint_lines

TICK, NAME, RECORDED, LENGTH, SIZE, STATE, NOTE = range(7)
_WIDTHS = {TICK: 34, RECORDED: 124, LENGTH: 72, SIZE: 86, STATE: 88}
_GIVING = (LENGTH, SIZE, RECORDED)
"""Which of them give way first, where the names have no room."""
_ROOT = QModelIndex()
_SIGNS = {
    Kind.VIDEO: "video",
    Kind.AUDIO: "microphone",
    Kind.PHOTO: "photo",
    Kind.SIDECAR: "file-text",
    Kind.OTHER: "file",
}
_CHIPS = {
    PlanState.NEW: ("sel", "plus"),
    PlanState.DIFFERS: ("warn", "alert-triangle"),
    PlanState.COLLECTED: ("", "circle-check"),
    PlanState.SKIPPED: ("", "ban"),
}
_SORTS: dict[int, Callable[[PlanRow], object]] = {
    NAME: lambda row: row.file.path.rpartition("/")[2],
    LENGTH: lambda row: row.file.duration_s,
    SIZE: lambda row: row.file.size,
    STATE: lambda row: list(PlanState).index(row.file.state),
    NOTE: lambda row: plan_note(row.file),
}


@dataclass(frozen=True, slots=True)
class DayRow:
    """The head of one day; ``day`` is ``None`` for files whose time nobody knows."""

    day: date | None
    rows: tuple[PlanRow, ...]


class PlanModel(QAbstractTableModel):
    """Rows of one card, those that the filters show."""

    def __init__(self, work: CardWork, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._files: list[PlanRow] = []
        self._order = (RECORDED, Qt.SortOrder.AscendingOrder)
        self.lines: list[DayRow | PlanRow] = []
        self._heads = (
            "",
            translate("ingest", "File name"),
            translate("ingest", "Recorded"),
            translate("ingest", "Length"),
            translate("ingest", "Size"),
            translate("ingest", "State"),
            translate("ingest", "Remark"),
        )

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show these, in the order that is chosen."""
        self.beginResetModel()
        self._files = list(rows)
        self._arrange()
        self.endResetModel()

    def ticks_changed(self) -> None:
        """Ticks, or the reason, were changed elsewhere."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, NOTE))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, TICK, TICK)

    def days(self) -> list[int]:
        """The lines that are heads of days."""
        return [position for position, line in enumerate(self.lines) if isinstance(line, DayRow)]

    def tickable(self, lines: Sequence[int] | None = None) -> list[PlanRow]:
        """What can be ticked in these lines, a day's all included; ``None``: in everything shown."""
        if lines is None:
            return [row for row in self._files if row.tickable]
        found: dict[tuple[int, str], PlanRow] = {}
        for position in lines:
            line = self.lines[position]
            found.update((row.key, row) for row in (line.rows if isinstance(line, DayRow) else (line,)) if row.tickable)
        return list(found.values())

    def state_of(self, rows: Sequence[PlanRow]) -> Qt.CheckState | None:
        """The tick for several files; ``None`` when none of them has one."""
        out = sum(row.key in self._work.unticked for row in rows)
        if not rows:
            return None
        if out == 0:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if out == len(rows) else Qt.CheckState.PartiallyChecked

    def toggle(self, lines: Sequence[int] | None = None) -> None:
        """Leave out what is ticked in these lines, or tick all of it when nothing is."""
        rows = self.tickable(lines)
        if rows:
            out = self.state_of(rows) is not Qt.CheckState.Unchecked
            self._work.untick({row.key for row in rows}, out)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if index.isValid() and index.column() == TICK and self.tickable([index.row()]):
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    def setData(self, index: Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle([index.row()])
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            return self.state_of(self.tickable([index.row()])) if column == TICK else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if isinstance(line, DayRow):
            return _day_data(line, column, role)
        return self._file_data(line, column, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By day when sorted by time, else one flat list; what is unknown comes last."""
        if column == TICK or column < 0:
            return
        self._order = (column, order)
        self.show_rows(self._files)

    def _arrange(self) -> None:
        column, order = self._order
        down = order is Qt.SortOrder.DescendingOrder
        if column != RECORDED:
            told = _SORTS[column]
            known = sorted((row for row in self._files if told(row) is not None), key=told, reverse=down)  # type: ignore[arg-type]
            self.lines = [*known, *(row for row in self._files if told(row) is None)]
            return
        days: dict[date | None, list[PlanRow]] = {}
        dated = [row for row in self._files if row.file.recorded_at is not None]
        dated.sort(key=lambda row: (row.file.recorded_at, row.file.path), reverse=down)
        for row in dated:
            days.setdefault(row.file.recorded_at.date() if row.file.recorded_at else None, []).append(row)
        undated = [row for row in self._files if row.file.recorded_at is None]
        if undated:
            days[None] = undated
        self.lines = []
        for day, rows in days.items():
            self.lines.append(DayRow(day, tuple(rows)))
            self.lines.extend(rows)

    def _file_data(self, row: PlanRow, column: int, role: int) -> object:
        file = row.file
        left_out = row.key in self._work.unticked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column, left_out)
        if role == Qt.ItemDataRole.ToolTipRole and column == RECORDED:
            return formats.moment(file.recorded_at)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return file.path if column in (TICK, NAME) else self._text(row, column, left_out)
        if role == Role.SIGN:
            return self._sign(row, column, left_out)
        if role == Role.CHIP:
            return ("warn" if left_out else _CHIPS[file.state][0]) if column == STATE else None
        if role == Role.TONE:
            return "text" if row.tickable and not left_out and column == NAME else "text2"
        if role == Role.KIND:
            return "second" if column == NOTE else "body"
        return None

    def _text(self, row: PlanRow, column: int, left_out: bool) -> str:
        file = row.file
        if column == NAME:
            return file.path.rpartition("/")[2]
        if column == RECORDED:
            return _short(file.recorded_at)
        if column == LENGTH:
            return formats.duration(file.duration_s)
        if column == SIZE:
            return formats.size(file.size) if file.size is not None else "—"
        if column == STATE:
            return translate("ingest", "Left out") if left_out else word(file.state)
        if column == NOTE:
            return (self._work.skip_reason if left_out else "") or plan_note(file)
        return ""

    def _sign(self, row: PlanRow, column: int, left_out: bool) -> str | None:
        if column == NAME:
            return _SIGNS[row.file.kind]
        if column == STATE:
            return "square-x" if left_out else _CHIPS[row.file.state][1]
        return None


def _short(at: datetime | None) -> str:
    """``11-24 09:12:33`` within this year: the list is of one card, and its days are heads."""
    return f"{at:%m-%d %H:%M:%S}" if at is not None and at.year == datetime.now(at.tzinfo).year else formats.moment(at)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (LENGTH, SIZE) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _day_data(line: DayRow, column: int, role: int) -> object:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == NAME:
        return formats.day(line.day) if line.day is not None else translate("ingest", "No time known")
    if role == Role.SECOND and column == NAME:
        size, count = sum(row.file.size or 0 for row in line.rows), len(line.rows)
        return translate("ingest", "·").join(
            [
                translate("ingest", "%n file(s)", None, count),
                formats.size(size),
                kinds_text(row.file for row in line.rows),
            ]
        )
    return None


class _PlanDelegate(CellDelegate):
    """Days on the ground of the page, their figures beside the day."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if isinstance(model, PlanModel) and isinstance(model.lines[index.row()], DayRow):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            if not selected:
                painter.fillRect(option.rect, theme.of(option.widget).colour("window"))
        super().paint(painter, option, index)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        model = index.model()
        if not isinstance(model, PlanModel) or not isinstance(model.lines[index.row()], DayRow):
            super().paint_cell(painter, option, index, rect)
            return
        if index.column() != NAME:
            return
        day, second = str(index.data() or ""), str(index.data(Role.SECOND) or "")
        painter.setFont(theme.font("row"))
        width = painter.fontMetrics().horizontalAdvance(day)
        paint_lines(painter, option.widget, rect, day, kind="row")
        paint_lines(painter, option.widget, rect.adjusted(width + 12, 0, 0, 0), second, kind="second", tone="text2")


class _TickHead(QHeaderView):
    """The head, with a tick for everything that is shown."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical)
        painter.restore()
        model = self.model()
        if logical != TICK or not isinstance(model, PlanModel):
            return
        state = model.state_of(model.tickable())
        if state is None:
            return
        option = QStyleOptionButton()
        option.initFrom(self)
        option.rect = QRect(rect.left() + 11, rect.top() + (rect.height() - 16) // 2, 16, 16)
        option.state = (
            QStyle.StateFlag.State_Enabled
            | {
                Qt.CheckState.Checked: QStyle.StateFlag.State_On,
                Qt.CheckState.Unchecked: QStyle.StateFlag.State_Off,
                Qt.CheckState.PartiallyChecked: QStyle.StateFlag.State_NoChange,
            }[state]
        )
        view = self.parentWidget()
        item = QStyleOptionViewItem()
        item.rect, item.state = option.rect, option.state
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, item, painter, view)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.logicalIndexAt(event.position().toPoint()) == TICK:
            self.ticked.emit()
            return
        super().mouseReleaseEvent(event)


class PlanTable(Table):
    """The table of the list. Space ticks what is selected; Ctrl+A selects everything shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="ingest.plan.table", text=translate("ingest", "Files of the card"), parent=parent)
        head = _TickHead(self)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setFixedHeight(theme.px(30))
        head.setSectionsMovable(False)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_columns)
        self.setHorizontalHeader(head)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(theme.px(24))
        head.ticked.connect(self._toggle_all)
        head.sectionResized.connect(self._resized)
        self._fits = self._fitting = False
        self.setItemDelegate(_PlanDelegate(self))

    def set_plan(self, model: PlanModel) -> None:
        """Show a list."""
        self._fits = False
        self.setModel(model)
        model.modelReset.connect(self._span_days)
        self.horizontalHeader().setSectionResizeMode(TICK, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSortIndicator(RECORDED, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._fits = True
        self._fit()
        self._span_days()

    @property
    def fits(self) -> bool:
        """Whether the columns follow the width; not once the person has chosen them."""
        return self._fits

    def keep_columns(self) -> None:
        """The columns were put as the person left them."""
        self._fits = False

    def keys(self, enter: str = "") -> list[tuple[str, str]]:
        first, *others = super().keys(enter)
        tick = translate("ingest", "Leave out what is selected, or take it again; on a day all its files")
        return [first, ("Space", tick), *others]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Name and remark share what the figures leave, so that nothing lies beyond the edge; figures give way."""
        if not self._fits:
            return
        self._fitting = True
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme.px(width))
        spare = self.viewport().width() - sum(theme.px(width) for width in _WIDTHS.values())
        for column in _GIVING:
            narrow = spare < theme.px(250)
            self.setColumnHidden(column, narrow)
            spare += theme.px(_WIDTHS[column]) if narrow else 0
        self.setColumnWidth(NAME, max(min(spare * 62 // 100, theme.px(360)), theme.px(120)))
        self._fitting = False

    def _resized(self, _section: int, before: int, after: int) -> None:
        """Dragged by the person, or hidden or shown by the choice of columns."""
        if not self._fitting and (QGuiApplication.mouseButtons() or 0 in (before, after)):
            self._fits = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.rows_chosen():
            self._toggle(self.rows_chosen())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def _toggle(self, lines: Sequence[int]) -> None:
        model = self.model()
        if isinstance(model, PlanModel):
            model.toggle(lines)

    def _toggle_all(self) -> None:
        model = self.model()
        if isinstance(model, PlanModel):
            model.toggle()

    def _span_days(self) -> None:
        model = self.model()
        self.clearSpans()
        if isinstance(model, PlanModel):
            for line in model.days():
                self.setSpan(line, NAME, 1, NOTE)

    def _open_columns(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))
