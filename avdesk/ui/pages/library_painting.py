"""How recordings are painted, as rows and as tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from avdesk.services.library import DayTotals, LibraryRow
from avdesk.terms import CopyState, Kind
from avdesk.ui import formats, icons, theme
from avdesk.ui.pages.library_model import (
    LibraryColumn,
    LibraryModel,
    LibraryRole,
    day_words,
    second_line,
    shown,
    state_word,
)
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.texts import translate
from avdesk.ui.widgets.labels import elided_as
from avdesk.ui.widgets.table import paint_chip, paint_icon, paint_lines

Index = QModelIndex | QPersistentModelIndex
KIND_ICONS = {Kind.VIDEO: "movie", Kind.AUDIO: "microphone", Kind.PHOTO: "photo", Kind.SIDECAR: "file-text"}
BOX = 16
_ROW_PICTURE = QSize(72, 40)
_EDGE = 8
_TILE = 168


def row_picture() -> QSize:
    return QSize(theme.px(_ROW_PICTURE.width()), theme.px(_ROW_PICTURE.height()))


def on_screen(widget: QWidget, size: QSize) -> QSize:
    """Pixels of the screen that ``size`` takes."""
    return (QSize(size) * widget.devicePixelRatioF()).expandedTo(QSize(1, 1))


@dataclass(frozen=True, slots=True)
class Span:
    """Where a column is seen, in pixels of the view."""

    column: LibraryColumn
    left: int
    width: int


class RowPainter:
    """Paints the rows of the list. A cell's delegate would do too, but each call of one waits for work on other threads
    to let go of Python, and a row has eight cells.
    """

    def __init__(self, model: LibraryModel, pictures: Pictures) -> None:
        self._model = model
        self._pictures = pictures
        self._ways: dict[str, Callable[[QPainter, QWidget, QRect, LibraryRow], None]] = {
            "check": self._paint_check,
            "picture": self._paint_picture,
            "name": _paint_name,
            "recorded": _paint_recorded,
            "case": _paint_case,
            "state": _paint_state,
        }
        self.hovered = -1
        """The row below the mouse."""

    def paint(self, painter: QPainter, widget: QWidget, rect: QRect, row: int, columns: Sequence[Span]) -> None:
        """Paint a recording into the columns that are seen, or the head of a day over all of them."""
        item = self._model.items[row]
        if isinstance(item, DayTotals):
            _paint_day(painter, widget, rect, item, self._model.today(), self._model.day_state(row))
            return
        self._paint_ground(painter, widget, rect, item, row)
        for span in columns:
            cell = QRect(span.left, rect.top(), span.width, rect.height())
            painter.setClipRect(cell)
            self._paint_cell(painter, widget, cell, item, span.column)
        painter.setClipping(False)

    def _paint_ground(self, painter: QPainter, widget: QWidget, rect: QRect, item: LibraryRow, row: int) -> None:
        colours = theme.of(widget)
        token = "surface"
        if self._model.is_checked(item):
            token = "sel"
        elif row == self.hovered:
            token = "hover"
        painter.fillRect(rect, colours.colour(token))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.colour("hover"))

    def _paint_cell(
        self, painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow, column: LibraryColumn
    ) -> None:
        inside = rect.adjusted(_EDGE, 0, -_EDGE, -1)
        way = self._ways.get(column.key)
        if way is None:
            paint_lines(painter, widget, inside, column.text(row), tone="text2", right=column.right)
        else:
            way(painter, widget, rect if column.key in ("check", "picture") else inside, row)

    def _paint_check(self, painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
        state = Qt.CheckState.Checked if self._model.is_checked(row) else Qt.CheckState.Unchecked
        paint_check(painter, widget, check_box(rect), state)

    def _paint_picture(self, painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
        size = row_picture()
        place = QRect(rect.left() + 4, rect.top() + (rect.height() - size.height()) // 2, size.width(), size.height())
        paint_picture(painter, widget, place, row, self._pictures.find(row.recording_id, on_screen(widget, size)))


class TileDelegate(QStyledItemDelegate):
    """Paints recordings as tiles below the heads of their days."""

    def __init__(self, model: LibraryModel, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._pictures = pictures
        self.width = theme.px(_TILE)
        """Logical pixels that the tiles of a line fill together, and the head of a day alone."""

    def picture_size(self) -> QSize:
        """Logical pixels of the picture of a tile: as many tiles as fit, and no gap at the right."""
        across = max(self.width // (theme.px(_TILE) + 2 * _EDGE), 1)
        wide = self.width // across - 2 * _EDGE
        return QSize(wide, wide * 9 // 16)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if isinstance(index.data(LibraryRole.ITEM), DayTotals):
            return QSize(max(self.width, theme.px(100)), theme.px(30))
        size = self.picture_size()
        return QSize(size.width() + 2 * _EDGE, size.height() + theme.px(44) + _EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(LibraryRole.ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, DayTotals):
            _paint_day(
                painter, option.widget, option.rect, item, self._model.today(), self._model.day_state(index.row())
            )
            if _is_current(option.widget, index):
                painter.setPen(QPen(theme.of(option.widget).colour("mark"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        elif isinstance(item, LibraryRow):
            self._paint_tile(painter, option, index, item)
        painter.restore()

    def _paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: LibraryRow) -> None:
        widget, colours = option.widget, theme.of(option.widget)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(colours.colour("mark"), 2) if _is_current(widget, index) else Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("sel" if self._model.is_checked(row) else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        size = self.picture_size()
        place = QRect(option.rect.left() + _EDGE, option.rect.top() + _EDGE, size.width(), size.height())
        paint_picture(painter, widget, place, row, self._pictures.find(row.recording_id, on_screen(widget, size)))
        state = Qt.CheckState.Checked if self._model.is_checked(row) else Qt.CheckState.Unchecked
        paint_check(painter, widget, tile_box(option.rect), state)
        words = QRect(place.left() + 2, place.bottom() + 2, place.width() - 4, theme.px(40))
        sign = _sign(row)
        if sign is not None:
            paint_icon(painter, widget, words.adjusted(words.width() - 16, 0, 0, 0), sign[0], sign[1], 16)
            words.adjust(0, 0, -20, 0)
        told = [
            formats.clock(row.recorded_at),
            row.cases[0].number if row.cases else translate("library", "Not linked"),
        ]
        paint_lines(painter, widget, words, shown(row.name), "·".join(told))


def _is_current(view: QWidget, index: Index) -> bool:
    current: QModelIndex = getattr(view, "currentIndex", QModelIndex)()
    return current.row() == index.row()


def _sign(row: LibraryRow) -> tuple[str, str] | None:
    """What a tile has no room to say in words."""
    if row.fault is not None:
        return ("alert-triangle", "warn") if row.fault is CopyState.AWAY else ("circle-x", "bad")
    return None if row.cases else ("tag", "warn")


def check_box(rect: QRect) -> QRect:
    """Where the check of a row lies in its cell."""
    return QRect(rect.left() + 14, rect.top() + (rect.height() - BOX) // 2, BOX, BOX)


def tile_box(rect: QRect) -> QRect:
    """Where the check of a tile lies."""
    return QRect(rect.left() + _EDGE + 6, rect.top() + _EDGE + 6, BOX, BOX)


def paint_check(painter: QPainter, widget: QWidget, box: QRect, state: Qt.CheckState) -> None:
    """A check with its three states."""
    colours = theme.of(widget)
    off = state is Qt.CheckState.Unchecked
    painter.setPen(QPen(colours.colour("field" if off else "accent"), 1))
    painter.setBrush(colours.colour("surface" if off else "accent"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if not off:
        name = "check" if state is Qt.CheckState.Checked else "minus"
        painter.drawPixmap(box.topLeft() + QPoint(2, 2), icons.picture(widget, name, "onaccent", 12))


def check_picture(widget: QWidget, state: Qt.CheckState) -> QPixmap:
    """The check as a picture, for the head of the list."""
    made = QPixmap(on_screen(widget, QSize(BOX, BOX)))
    made.setDevicePixelRatio(widget.devicePixelRatioF())
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_check(painter, widget, QRect(0, 0, BOX, BOX), state)
    painter.end()
    return made


def paint_picture(painter: QPainter, widget: QWidget, place: QRect, row: LibraryRow, picture: QPixmap | None) -> None:
    """A picture with round corners and the length at its lower right; without one the sign of its kind."""
    colours = theme.of(widget)
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if picture is not None:
        painter.drawPixmap(place, picture)
    else:
        painter.fillRect(place, colours.colour("press"))
        name = KIND_ICONS.get(row.kind, "file")
        small = place.height() < theme.px(60)
        size = 20 if small else 28
        middle = place.center() - QPoint(size // 2, size // 2) + QPoint(1, 1)
        if small and row.duration_s is not None:  # beside the length, not below it
            middle -= QPoint(place.width() // 4, 4)
        painter.drawPixmap(middle, icons.picture(widget, name, "text3", size))
    if row.duration_s is not None:
        paint_length(painter, place, formats.duration(row.duration_s))
    painter.restore()


def paint_length(painter: QPainter, place: QRect, text: str) -> None:
    """How long a recording is, on its picture."""
    painter.setFont(theme.font("tick"))
    metrics = painter.fontMetrics()
    wide, high = metrics.horizontalAdvance(text) + 8, metrics.height()
    box = QRect(place.right() - wide + 1, place.bottom() - high + 1, wide, high)
    ground = QColor(theme.LIGHT.colours["stage"])
    ground.setAlphaF(0.78)
    painter.fillRect(box, ground)
    painter.setPen(theme.LIGHT.colour("onaccent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_day(
    painter: QPainter, widget: QWidget, rect: QRect, totals: DayTotals, today: date, state: Qt.CheckState
) -> None:
    colours = theme.of(widget)
    painter.fillRect(rect, colours.colour("window"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.colour("line"))
    paint_check(painter, widget, check_box(rect), state)
    left = rect.left() + theme.px(40) + 4
    near = formats.near_day(totals.day, today)
    date = formats.day(totals.day) if totals.day.year == today.year else formats.day_in_print(totals.day)
    parts = [
        (near, "row", "text"),
        (date, "row" if not near else "body", "text"),
        (day_words(totals), "second", "text3"),
    ]
    for text, kind, tone in parts:
        if not text:
            continue
        painter.setFont(theme.font(kind))
        painter.setPen(colours.colour(tone))
        room = QRect(left, rect.top(), max(rect.right() - left - _EDGE, 0), rect.height())
        told = elided_as(kind, text, room.width(), Qt.TextElideMode.ElideRight)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)
        left += theme.metrics(kind).horizontalAdvance(told) + 12


def _paint_name(painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
    """The name and its second line, with what its recorder marked it by."""
    if not row.key_file:
        paint_lines(painter, widget, rect, shown(row.name), second_line(row), kind="row")
        return
    key = translate("library", "Key file")
    metrics = theme.metrics("second")
    wide = metrics.horizontalAdvance(key) + 13
    told = elided_as("second", second_line(row), max(rect.width() - wide - 8, 0), Qt.TextElideMode.ElideRight)
    left = rect.left() + metrics.horizontalAdvance(told) + 8
    paint_lines(painter, widget, rect, shown(row.name), told, kind="row")
    line = QRect(left, rect.center().y() + 2, min(wide, rect.right() - left), theme.px(20))
    paint_chip(painter, widget, line, key, "")


def _paint_recorded(painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
    paint_lines(painter, widget, rect, formats.clock(row.recorded_at), right=True)


def _paint_case(painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
    if not row.cases:
        paint_chip(painter, widget, rect, translate("library", "Not linked"), "warn", "tag")
        return
    first = row.cases[0].number
    if len(row.cases) > 1:
        more = translate("library", "%n more", None, len(row.cases) - 1)
        first = translate("library", "{number} and {more}").format(number=first, more=more)
    paint_lines(painter, widget, rect, first, row.cases[0].title, elide=Qt.TextElideMode.ElideRight)


def _paint_state(painter: QPainter, widget: QWidget, rect: QRect, row: LibraryRow) -> None:
    tone = "ok" if row.fault is None else ("warn" if row.fault is CopyState.AWAY else "bad")
    paint_chip(painter, widget, rect, state_word(row.fault), tone, soft=False)
