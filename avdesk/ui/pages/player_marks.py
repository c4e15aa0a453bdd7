"""The list of markers at the side of the player."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avdesk.ui import formats, theme
from avdesk.ui.pages.player_markers import SIGNS, Placed
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.table import paint_lines

_PLACED = Qt.ItemDataRole.UserRole
_ROW = 44
_BADGE = 20
_TIME = 64

Index = QModelIndex | QPersistentModelIndex


class MarkList(QListWidget):
    """One row each: the key of its kind, what it says, when. A click goes there."""

    chosen = Signal(str)
    """The id of a marker that is gone to."""
    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("player.markers")
        self.setAccessibleName(translate("player", "Markers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._go)
        self.itemDoubleClicked.connect(self._edit)

    def fill(self, markers: Sequence[Placed], chosen: str) -> None:
        """Show these, with one of them lit."""
        if list(markers) != self._placed():
            self._put(markers)
        for row, placed in enumerate(markers):
            if placed.marker.marker_id == chosen:
                self.setCurrentRow(row)
                self.scrollToItem(self.item(row))
                return
        self.setCurrentRow(-1)

    def _placed(self) -> list[Placed]:
        return [self.item(row).data(_PLACED) for row in range(self.count())]

    def _put(self, markers: Sequence[Placed]) -> None:
        self.clear()
        for placed in markers:
            item = QListWidgetItem()
            item.setData(_PLACED, placed)
            told = f"{placed.words} {formats.duration(placed.at)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            item.setToolTip(f"{told}\n{placed.marker.author}")
            self.addItem(item)
        self.setMaximumHeight(theme.px(_ROW) * len(markers) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        key = event.key()
        if item is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(item)
        elif item is not None and key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            self._go(item)
            (self.edit_wanted if key == Qt.Key.Key_F2 else self.remove_wanted).emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_PLACED).marker.marker_id)

    def _edit(self, item: QListWidgetItem) -> None:
        self._go(item)
        self.edit_wanted.emit()


class _Rows(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        placed: Placed = index.data(_PLACED)
        colours = theme.of(option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, colours.colour("sel"))
        rect = option.rect.adjusted(theme.px(14), 0, -theme.px(14), 0)
        badge = QRect(0, 0, theme.px(_BADGE), theme.px(_BADGE))
        badge.moveCenter(rect.center())
        badge.moveLeft(rect.left())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("badsolid" if chosen else "accent"))
        painter.drawRoundedRect(QRectF(badge), 4, 4)
        painter.setPen(colours.colour("onaccent"))
        painter.setFont(theme.font("row"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, SIGNS.get(placed.marker.kind, "·"))
        words = rect.adjusted(badge.width() + theme.px(10), 0, -theme.px(_TIME), 0)
        span = "" if placed.to is None else f"{formats.duration(placed.at)} – {formats.duration(placed.to)}"
        second = " ".join(filter(None, (span, placed.marker.text)))
        paint_lines(painter, option.widget, words, word(placed.marker.kind), second, kind="row")
        time = QRect(rect.right() - theme.px(_TIME), rect.top(), theme.px(_TIME), rect.height())
        paint_lines(painter, option.widget, time, formats.duration(placed.at), right=True)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(_ROW))
