"""The two views of the library, rows and tiles: one way of choosing in both.

A click makes a recording the current one and chooses nothing, so no choice is lost by a wrong click. The check, Ctrl
with a click and the space bar choose it; Shift chooses all up to it. On the head of a day they choose the whole day.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QWidget

from avdesk.terms import Kind
from avdesk.ui import theme
from avdesk.ui.pages.library_model import Index, LibraryModel
from avdesk.ui.pages.library_painting import (
    RowPainter,
    Span,
    TileDelegate,
    check_box,
    check_picture,
    on_screen,
    row_picture,
    tile_box,
)
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.texts import translate
from avdesk.ui.widgets.giving_columns import GivingColumns
from avdesk.ui.widgets.table import Table

_LOOK_MS = 60
_PICTURED = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)
_LEAST_NAME = 150
_GIVING = ("size", "case", "picture")
"""Columns that give way first where the names have no room; all of it is told in the details too."""
_WORDLESS = ("check", "picture")


class Choosing:
    """What a mouse or key does to the choice, in either view."""

    def __init__(self, model: LibraryModel) -> None:
        self.model = model
        self._from: int | None = None

    def click(self, row: int, on_check: bool, keys: Qt.KeyboardModifier) -> None:
        """A click on a recording."""
        if keys & Qt.KeyboardModifier.ShiftModifier and self._from is not None:
            self.reach(self._from, row)
            return
        self._from = row
        if on_check or keys & Qt.KeyboardModifier.ControlModifier:
            self.model.toggle(row)

    def reach(self, start: int, end: int) -> None:
        """Choose everything from one row to another."""
        self.model.check_rows(range(min(start, end), max(start, end) + 1))

    def forget(self) -> None:
        """Rows have moved: the next Shift has no beginning."""
        self._from = None

    def press(self, view: QAbstractItemView, event: QKeyEvent) -> bool:
        """A key that chooses or acts; false when the view goes on with it."""
        row = view.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self._from = row
            self.model.toggle(row)
        elif event.key() == Qt.Key.Key_Escape and self.model.checked:
            self.model.uncheck_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            view.activated.emit(view.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text(view, [row]))
        else:
            return False
        return True

    def go_on(self, view: QAbstractItemView, before: int, keys: Qt.KeyboardModifier) -> None:
        """A key has moved on from the row ``before``; with Shift what lies on the way is chosen."""
        after = view.currentIndex().row()
        if keys & Qt.KeyboardModifier.ShiftModifier and before >= 0 and after != before:
            self.reach(before, after)

    def keys(self, *, tiles: bool, plays: bool) -> list[tuple[str, str]]:
        """The keys of the view, and what they do."""
        told = [
            ("Up Down Left Right" if tiles else "Up Down", translate("library", "File or day before, next one")),
            ("Space", translate("library", "Choose it, or no longer; on a day all its files")),
            ("Shift+Up Shift+Down", translate("library", "Choose the files on the way")),
            ("Escape", translate("library", "Choose none")),
        ]
        if plays:
            told.append(("Return", translate("library", "Play it; of several chosen one after the other")))
        return [*told, ("Ctrl+C", translate("library", "Copy it as text"))]

    def text(self, view: QAbstractItemView, otherwise: Sequence[int]) -> str:
        """The recordings chosen, else those of some rows, as lines with tabs; the head first."""
        chosen = [row for row in range(len(self.model.items)) if self._is_wanted(row)]
        hidden = view.isColumnHidden if isinstance(view, Table) else None
        columns = [
            column
            for position, column in enumerate(self.model.columns)
            if column.key not in _WORDLESS and not (hidden(position) if hidden else column.hidden)
        ]
        lines = [[column.title for column in columns]]
        for row in map(self.model.recording, chosen or otherwise):
            if row is not None:
                lines.append([" ".join(column.text(row).split()) for column in columns])
        return "\n".join("\t".join(line) for line in lines)

    def _is_wanted(self, row: int) -> bool:
        recording = self.model.recording(row)
        return recording is not None and self.model.is_checked(recording)


class LibraryTable(Table):
    """Recordings as rows."""

    order_wanted = Signal()
    """The head of the times was clicked."""
    all_wanted = Signal()
    """The check in the head was clicked."""

    def __init__(self, model: LibraryModel, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(row_height=50, name="library.table", text=translate("library", "Recordings"), parent=parent)
        self.choosing = Choosing(model)
        self._model = model
        self._pictures = pictures
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self.ask_for_pictures)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setModel(model)
        self._rows = RowPainter(model, pictures)
        self._set_up_head()
        self.giving = GivingColumns(self, self.column("name"), _LEAST_NAME, tuple(map(self.column, _GIVING)))
        self._check = CheckHead(self, model)
        model.modelReset.connect(self._lay_out)
        model.rowsInserted.connect(self._lay_out_new)
        model.checks_changed.connect(self._paint_again)
        pictures.arrived.connect(self._repaint)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setMinimumSectionSize(theme.px(40))
        for position, column in enumerate(self._model.columns):
            self.setColumnWidth(position, theme.px(column.width))
            self.setColumnHidden(position, column.hidden)
        self.set_order(oldest_first=False)
        head.setSectionResizeMode(self.column("name"), QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(self.column("check"), QHeaderView.ResizeMode.Fixed)
        head.sectionClicked.connect(self._head_clicked)

    def column(self, key: str) -> int:
        """The position of a column."""
        return next(position for position, column in enumerate(self._model.columns) if column.key == key)

    def set_order(self, *, oldest_first: bool) -> None:
        """Show which way the times go."""
        order = Qt.SortOrder.AscendingOrder if oldest_first else Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(self.column("recorded"), order)
        self._order = order

    def ask_for_pictures(self) -> None:
        """Have the pictures of the rows in view made."""
        if not self.isVisible():
            return
        wanted = _pictured(self._model, self._rows_at(self.viewport().rect()))
        self._pictures.want(wanted, on_screen(self, row_picture()))

    def copy(self) -> None:
        """Copy the recordings chosen, else all that are loaded, as text with tabs."""
        everything = range(len(self._model.items))
        QGuiApplication.clipboard().setText(self.choosing.text(self, everything))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        if self.choosing.press(self, event):
            return
        super().keyPressEvent(event)
        self.choosing.go_on(self, before, event.modifiers())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.choosing.click(index.row(), self._on_check(event), event.modifiers())

    def _on_check(self, event: QMouseEvent) -> bool:
        """Whether it is in the column of the checks, where those of the days are too."""
        return self.columnAt(round(event.position().x())) == self.column("check")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._on_check(event):
            self.mousePressEvent(event)
        elif self._model.recording(index.row()) is not None:
            self.activated.emit(index)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.MouseMove, QEvent.Type.Leave):
            at = event.position().toPoint() if isinstance(event, QMouseEvent) else None
            self._hover(-1 if at is None else self.rowAt(at.y()))
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.of(self).colour("surface"))
        columns = [
            Span(column, self.columnViewportPosition(position), self.columnWidth(position))
            for position, column in enumerate(self._model.columns)
            if not self.isColumnHidden(position)
        ]
        for row in self._rows_at(event.rect()):
            self._rows.paint(painter, self, self._row_rect(row), row, columns)
        current = self.currentIndex().row()
        if self._model.item(current) is not None:
            painter.setPen(QPen(theme.of(self).colour("mark"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._row_rect(current).adjusted(1, 1, -1, -2))
        painter.end()

    def _rows_at(self, rect: QRect) -> range:
        """The rows that a part of the view shows."""
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        return range(first, (last if last >= 0 else len(self._model.items) - 1) + 1) if first >= 0 else range(0)

    def _row_rect(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def _lay_out(self) -> None:
        self.clearSpans()
        self.choosing.forget()
        self._lay_out_heads(0)
        self._look.start()

    def _lay_out_new(self, _parent: QModelIndex, first: int, _last: int) -> None:
        self._lay_out_heads(first)
        self._look.start()

    def _lay_out_heads(self, first: int) -> None:
        for row in self._model.heads():
            if row >= first:
                self.setSpan(row, 0, 1, len(self._model.columns))
                self.verticalHeader().resizeSection(row, theme.px(30))

    def _scrolled(self) -> None:
        self._look.start()
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.viewport().height():
            self._model.fetchMore(QModelIndex())

    def _hover(self, row: int) -> None:
        before, self._rows.hovered = self._rows.hovered, row
        for changed in {before, row} if before != row else ():
            self.viewport().update(self._row_rect(changed))

    def _head_clicked(self, section: int) -> None:
        self.horizontalHeader().setSortIndicator(self.column("recorded"), self._order)
        if section == self.column("check"):
            self.all_wanted.emit()
        elif section == self.column("recorded"):
            self.order_wanted.emit()

    def _paint_again(self) -> None:
        self.viewport().update()

    def _repaint(self, recording_id: str) -> None:
        row = self._model.row_of(recording_id)
        if row is not None:
            self.update(self._model.index(row, self.column("picture")))


class CheckHead(QWidget):
    """The check above all rows, laid over the head of the first column."""

    def __init__(self, table: LibraryTable, model: LibraryModel) -> None:
        super().__init__(table.horizontalHeader())
        self._model = model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model.checks_changed.connect(self.update)
        model.modelReset.connect(self.update)
        self.setGeometry(check_box(QRect(0, 0, theme.px(40), theme.px(29))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, check_picture(self, self._model.check_state()))
        painter.end()


class LibraryTiles(QListView):
    """Recordings as tiles."""

    def __init__(self, model: LibraryModel, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library.tiles")
        self.setAccessibleName(translate("library", "Recordings"))
        self.choosing = Choosing(model)
        self._model = model
        self._pictures = pictures
        self._tiles = TileDelegate(model, pictures, self)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self.ask_for_pictures)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setItemDelegate(self._tiles)
        self.setModel(model)
        model.modelReset.connect(self._look_soon)
        model.rowsInserted.connect(self._look_soon)
        model.checks_changed.connect(self._paint_again)
        pictures.arrived.connect(self._repaint)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def ask_for_pictures(self) -> None:
        """Have the pictures of the tiles in view made."""
        if not self.isVisible():
            return
        view = self.viewport().rect()
        wanted = [
            row for row in range(len(self._model.items)) if self.visualRect(self._model.index(row, 0)).intersects(view)
        ]
        self._pictures.want(_pictured(self._model, wanted), on_screen(self, self._tiles.picture_size()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """By the lines that are seen: Qt takes tiles near by, and heads of days, for what is above and below."""
        moves = QAbstractItemView.CursorAction
        row = self.currentIndex().row()
        if action in (moves.MoveUp, moves.MoveDown):
            row = self._beyond(row, 1 if action is moves.MoveDown else -1)
        elif action in (moves.MoveLeft, moves.MoveRight):
            row += 1 if action is moves.MoveRight else -1
        else:
            return super().moveCursor(action, modifiers)
        return self._model.index(min(max(row, 0), len(self._model.items) - 1), 0)

    def _beyond(self, row: int, step: int) -> int:
        """The row of the tile or head in the line above or below, the nearest one; the same row at the ends."""
        here = self.visualRect(self._model.index(row, 0))
        line: int | None = None
        found = row
        for other in range(row + step, len(self._model.items) if step > 0 else -1, step):
            there = self.visualRect(self._model.index(other, 0))
            if line is None and there.top() != here.top():
                line, found = there.top(), other
            elif line is not None and there.top() != line:
                break
            elif line is not None and abs(there.left() - here.left()) <= abs(self._left(found) - here.left()):
                found = other
        return found

    def _left(self, row: int) -> int:
        return self.visualRect(self._model.index(row, 0)).left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        if not self.choosing.press(self, event):
            super().keyPressEvent(event)
            self.choosing.go_on(self, before, event.modifiers())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            place = tile_box if self._model.recording(index.row()) is not None else check_box
            on_check = place(self.visualRect(index)).adjusted(-6, -6, 6, 6).contains(at)
            self.choosing.click(index.row(), on_check, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.recording(index.row()) is not None:
            self.activated.emit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tiles.width = self.viewport().width() - 2
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._look.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def _look_soon(self) -> None:
        self.choosing.forget()
        self._look.start()

    def _paint_again(self) -> None:
        self.viewport().update()

    def _scrolled(self) -> None:
        self._look.start()
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.viewport().height():
            self._model.fetchMore(QModelIndex())

    def _repaint(self, recording_id: str) -> None:
        row = self._model.row_of(recording_id)
        if row is not None:
            self.update(self._model.index(row, 0))


def _pictured(model: LibraryModel, rows: Sequence[int]) -> list[str]:
    found = [model.recording(row) for row in rows]
    return [row.recording_id for row in found if row is not None and row.kind in _PICTURED]
