"""Tables: the preset of every list, and the model and delegate that most of them need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from avdesk.ui import icons, theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.labels import SIGNS, elided_as

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


class Role(IntEnum):
    """What a cell tells beside its text."""

    SORT = Qt.ItemDataRole.UserRole + 1
    """A value that sorts natively: a number, a datetime, a text."""
    SECOND = Qt.ItemDataRole.UserRole + 2
    """The second line, 9 pt."""
    TONE = Qt.ItemDataRole.UserRole + 3
    """A colour token for the text."""
    CHIP = Qt.ItemDataRole.UserRole + 4
    """The text is a chip of this tone: ``ok warn bad sel`` or ``""``."""
    SIGN = Qt.ItemDataRole.UserRole + 5
    """The name of an icon before the text."""
    KIND = Qt.ItemDataRole.UserRole + 6
    """One of ``theme.TYPES`` for the first line; else ``body``."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of :class:`RowsModel`. ``sort`` gives a native value; ``key`` names it in remembered state."""

    key: str
    title: str
    text: Callable[[R], str]
    width: int = 120
    right: bool = False
    sort: Callable[[R], object] | None = None
    second: Callable[[R], str] | None = None
    chip: Callable[[R], str | None] | None = None
    sign: Callable[[R], str | None] | None = None
    tone: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    stretch: bool = False
    hidden: bool = False
    """Hidden until the person chooses it."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Dataclass rows in columns. With ``on_more``, scrolling to the end asks for the next page by that bound method.

    ``on_sort``: rows come in pages, so another order is asked for by that bound method; these rows stay as they are.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        on_more: Callable[[], object] | None = None,
        on_sort: Callable[[int, Qt.SortOrder], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._on_more = on_more
        self._on_sort = on_sort
        self._more = False
        self._asked = False

    def set_rows(self, rows: Sequence[R], *, more: bool = False) -> None:
        """Show these rows and no others; ``more``: a further page exists."""
        self.beginResetModel()
        self.rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def append(self, rows: Sequence[R], *, more: bool = False) -> None:
        """The next page."""
        self._more, self._asked = more, False
        if rows:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self._on_more is not None and self.canFetchMore(parent):
            self._asked = True
            self._on_more()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].right)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.right)
        told: Callable[[R], object] | None = {
            int(Qt.ItemDataRole.DisplayRole): column.text,
            int(Qt.ItemDataRole.ToolTipRole): column.tip or column.text,
            Role.SORT: column.sort or column.text,
            Role.SECOND: column.second,
            Role.CHIP: column.chip,
            Role.SIGN: column.sign,
            Role.TONE: column.tone,
        }.get(role)
        return None if told is None else told(row)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows that are there, by the native value; what is unknown comes last."""
        if not 0 <= column < len(self.columns):
            return
        if self._on_sort is not None:
            self._on_sort(column, order)
            return
        told = self.columns[column].sort or self.columns[column].text
        self.layoutAboutToBeChanged.emit()
        known = [row for row in self.rows if told(row) is not None]
        unknown = [row for row in self.rows if told(row) is None]
        known.sort(key=told, reverse=order is Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type]
        moved = {id(row): position for position, row in enumerate([*known, *unknown])}
        old = self.persistentIndexList()
        new = [self.index(moved[id(self.rows[index.row()])], index.column()) for index in old]
        self.rows = [*known, *unknown]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Paints two lines, signs and chips, all elided in the middle; subclasses paint more in :meth:`paint_cell`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        style = cell.widget.style() if cell.widget is not None else QGuiApplication.style()
        cell.state &= ~QStyle.StateFlag.State_HasFocus
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 8 + (24 if cell.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator else 0)
        self.paint_cell(painter, option, index, option.rect.adjusted(left, 0, -8, -1))
        painter.restore()

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint one cell inside ``rect``."""
        widget = option.widget
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        chip, second = index.data(Role.CHIP), index.data(Role.SECOND)
        if chip is not None and text:
            paint_chip(painter, widget, rect, text, str(chip), index.data(Role.SIGN))
            return
        sign = index.data(Role.SIGN)
        tone = str(index.data(Role.TONE) or "text")
        if sign:
            paint_icon(painter, widget, rect, str(sign), tone if tone != "text" else "text2")
            rect = rect.adjusted(24, 0, 0, 0)
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        right = bool(aligned & Qt.AlignmentFlag.AlignRight)
        kind = str(index.data(Role.KIND) or "body")
        paint_lines(painter, widget, rect, text, str(second or ""), tone=tone, right=right, kind=kind)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(32))


def paint_lines(
    painter: QPainter,
    widget: QWidget,
    rect: QRect,
    first: str,
    second: str = "",
    *,
    tone: str = "text",
    right: bool = False,
    kind: str = "body",
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> None:
    """One or two lines of text in the middle of ``rect``, elided."""
    colours = theme.of(widget)
    lines = [(first, kind, tone)] + ([(second, "second", "text2")] if second else [])
    heights = [_line_height(which) for _text, which, _tone in lines]
    top = rect.top() + (rect.height() - sum(heights)) // 2
    for (text, which, colour), height in zip(lines, heights, strict=True):
        painter.setFont(theme.font(which))
        painter.setPen(colours.colour(colour))
        line = QRect(rect.left(), top, rect.width(), height)
        painter.drawText(line, _RIGHT if right else _LEFT, elided_as(which, text, rect.width(), elide))
        top += height


def _line_height(kind: str) -> int:
    metrics = theme.metrics(kind)
    return round(metrics.ascent() * 1.18 + metrics.descent() * 0.6)


def paint_icon(painter: QPainter, widget: QWidget, rect: QRect, name: str, tone: str = "text2", size: int = 16) -> None:
    """An icon at the left of ``rect``, in its middle height."""
    at = QPoint(rect.left(), rect.top() + (rect.height() - size) // 2)
    painter.drawPixmap(at, icons.picture(widget, name, tone, size))


def paint_chip(
    painter: QPainter, widget: QWidget, rect: QRect, text: str, tone: str, icon: object = None, *, soft: bool = True
) -> int:
    """A chip at the left of ``rect``; its width. ``soft=False``: the sign and the word without a ground."""
    colours = theme.of(widget)
    ink = {"": "text2", "sel": "selt"}.get(tone, tone)
    ground = {"": "hover", "sel": "sel"}.get(tone, f"{tone}soft")
    sign = str(icon) if icon else SIGNS.get(tone)
    painter.setFont(theme.font("second"))
    start = 6 if soft else 0
    before = start + (18 if sign else 0)
    width = min(theme.metrics("second").horizontalAdvance(text) + before + 7, rect.width())
    height = theme.px(22)
    box = QRect(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
    if soft:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour(ground))
        painter.drawRoundedRect(QRectF(box), 4, 4)
    if sign:
        paint_icon(painter, widget, box.adjusted(start, 0, 0, 0), sign, ink, 14)
    painter.setPen(colours.colour(ink))
    words = box.adjusted(before, 0, -4 if soft else 0, 0)
    shown = elided_as("second", text, words.width() + 2, Qt.TextElideMode.ElideRight)
    painter.drawText(words, _LEFT, shown)
    return width


class Table(QTableView):
    """The preset of every table: rows, head, column choice, copying as text.

    ``activated`` (Enter, double click) comes from Qt; ``export_wanted`` when the person asks for the list as xlsx.
    """

    export_wanted = Signal()

    def __init__(self, *, row_height: int = 32, name: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.exports = False
        """Whether the menu of the head offers the export; the page sets it when a service does it."""
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(row_height))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setFixedHeight(theme.px(30))
        head.setStretchLastSection(True)
        head.setSectionsMovable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_head_menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground is painted here: when an opaque view scrolls Qt moves its picture and paints only what is new."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.of(self).colour("surface"))
        painter.end()
        super().paintEvent(event)

    def set_rows_model(self, model: RowsModel[R], *, sortable: bool = True) -> None:
        """Show a model with its columns' widths, hidden ones hidden."""
        self.setModel(model)
        head = self.horizontalHeader()
        for position, column in enumerate(model.columns):
            self.setColumnWidth(position, theme.px(column.width))
            self.setColumnHidden(position, column.hidden)
            if column.stretch:
                head.setStretchLastSection(False)
                head.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sortable)

    def rows_chosen(self) -> list[int]:
        """The selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def column_menu(self) -> QMenu:
        """The choice of columns, and the acts on what is shown."""
        menu = QMenu(self)
        model = self.model()
        for position in range(model.columnCount()):
            title = model.headerData(position, Qt.Orientation.Horizontal)
            if not title:
                continue
            action = QAction(str(title), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(position))
            action.setData(position)
            menu.addAction(action)
        menu.triggered.connect(self._toggle_column)
        menu.addSeparator()
        menu.addAction(translate("table", "Copy as text"), self.copy)
        if self.exports:
            menu.addAction(translate("table", "Export list as xlsx…"), self.export_wanted.emit)
        return menu

    def keys(self, enter: str = "") -> list[tuple[str, str]]:
        """The keys that the table takes by itself, and what they do; ``enter``: what the page does at Enter."""
        told = [("Up Down", translate("table", "Row before, next row"))]
        if self.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection:
            told.append(("Shift+Up Shift+Down", translate("table", "Select the rows on the way")))
            told.append(("Ctrl+A", translate("table", "Select all rows that are shown")))
        if enter:
            told.append(("Return", enter))
        return [*told, ("Ctrl+C", translate("table", "Copy the selected rows as text"))]

    def copy(self) -> None:
        """Copy the selected rows, or else all, as text with tabs."""
        QGuiApplication.clipboard().setText(as_text(self, self.rows_chosen() or None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open_head_menu(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _toggle_column(self, action: QAction) -> None:
        position = action.data()
        if not isinstance(position, int):
            return
        shown = sum(not self.isColumnHidden(index) for index in range(self.model().columnCount()))
        if action.isChecked() or shown > 1:
            self.setColumnHidden(position, not action.isChecked())


def as_text(view: QTableView, rows: Sequence[int] | None = None) -> str:
    """The visible columns as lines with tabs, the head first; ``rows`` ``None`` for all that are loaded."""
    model: QAbstractItemModel = view.model()
    head = view.horizontalHeader()
    shown = [head.logicalIndex(place) for place in range(head.count())]
    columns = [column for column in shown if not view.isColumnHidden(column)]
    lines = [[str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]]
    for row in rows if rows is not None else range(model.rowCount()):
        cells = (model.index(row, column).data() for column in columns)
        lines.append([_one_line(cell) for cell in cells])
    return "\n".join("\t".join(line) for line in lines)


def _one_line(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


class TableCard(QFrame):
    """The round frame of a table: the view has no border and a margin of 1, so that the head keeps the corners."""

    def __init__(self, table: QWidget, *, foot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pane")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.setSpacing(0)
        column.addWidget(table, 1)
        if foot is not None:
            column.addWidget(foot)
