"""Small pictures: the sheet of paper on which the first position is picked, and each of the two labels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from avdesk.services.labels import LabelPreview, Stock
from avdesk.ui import theme
from avdesk.ui.pages.labels_paint import PAPER, paint_drawing, paint_paper
from avdesk.ui.texts import translate
from avdesk.ui.widgets.labels import ElidedLabel, Label


def copy_word(copy: int) -> str:
    """``Copy 1/2`` or ``Copy 2/2``."""
    return translate("labels", "Copy 1/2") if copy == 1 else translate("labels", "Copy 2/2")


class SheetPicker(QWidget):
    """The sheets that will be printed; a click on a position of the first one starts there, arrow keys do too."""

    picked = Signal(int)
    """The position, from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels.sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._stock: Stock | None = None
        self._start = 1
        self._hover = 0
        self._name()

    @property
    def start(self) -> int:
        return self._start

    @property
    def sheets(self) -> int:
        """How many sheets the two labels take."""
        return 1 if self._stock is None else -(-(self._start + 1) // len(self._stock.positions))

    def show_stock(self, stock: Stock, start: int) -> None:
        """Show a stock with the first label at ``start``."""
        self._stock, self._start = stock, min(start, len(stock.positions))
        self.setFixedSize(self.sizeHint())
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        if self._stock is None:
            return QSize(1, 1)
        page = self._page()
        return QSize(round(self.sheets * (page.width() + 12) - 8), round(page.height() + 4))

    def position_at(self, point: QPointF) -> int:
        """The position of the first sheet under a point; 0 for none."""
        count = len(self._stock.positions) if self._stock is not None else 0
        return next((index for index in range(1, count + 1) if self._box(index, 0).contains(point)), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stock is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self)
        for sheet in range(self.sheets):
            painter.setPen(QPen(colours.colour("edge"), 1))
            painter.setBrush(PAPER)
            page = self._page()
            painter.drawRect(QRectF(2.5 + sheet * (page.width() + 12), 2.5, page.width() - 1, page.height() - 1))
        for index in range(1, len(self._stock.positions) * self.sheets + 1):
            self._paint_position(painter, index)
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("mark"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pick(self.position_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = self.position_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if position else Qt.CursorShape.ArrowCursor)
        if position != self._hover:
            self._hover = position
            self.update()
        if position:
            text = translate("labels", "Start at position {number}").format(number=position)
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = 0
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
        }.get(Qt.Key(event.key()), 0)
        count = len(self._stock.positions) if self._stock is not None else 0
        if step and 1 <= self._start + step <= count:
            self._pick(self._start + step)
            return
        super().keyPressEvent(event)

    def _pick(self, position: int) -> None:
        if self._stock is not None and position and position != self._start:
            self.show_stock(self._stock, position)
            self.picked.emit(position)

    def _page(self) -> QRectF:
        """The size of a sheet in pixels; one of A4 is 92 wide, two are 64."""
        scale = theme.px(92 if self.sheets == 1 else 64) / 210
        width, height = self._stock.page if self._stock is not None else (210.0, 297.0)
        return QRectF(0, 0, width * scale, height * scale)

    def _box(self, index: int, sheet: int) -> QRectF:
        """Where a position is painted; ``index`` from 1 on the sheet."""
        if self._stock is None:
            return QRectF()
        scale = self._page().width() / self._stock.page[0]
        x, y = self._stock.positions[index - 1]
        left = 2 + sheet * (self._page().width() + 12)
        return QRectF(left + x * scale, 2 + y * scale, self._stock.label[0] * scale, self._stock.label[1] * scale)

    def _paint_position(self, painter: QPainter, number: int) -> None:
        if self._stock is None:
            return
        sheet, index = divmod(number - 1, len(self._stock.positions))
        box = self._box(index + 1, sheet)
        copy = number - self._start + 1
        used = copy in (1, 2)
        hover = sheet == 0 and self._hover == index + 1
        light = theme.LIGHT
        painter.setPen(QPen(light.colour("mark" if used or hover else "edge"), 1, Qt.PenStyle.SolidLine))
        painter.setBrush(light.colour("sel" if used else "hover" if hover else "surface"))
        if self._stock.is_ring:
            painter.drawEllipse(box)
            if not used:
                hole = self._stock.hole / self._stock.label[0] * box.width() / 2
                painter.setBrush(PAPER)
                painter.drawEllipse(box.center(), hole, hole)
        else:
            painter.drawRect(box)
        if used:
            painter.setPen(light.colour("selt"))
            painter.setFont(theme.font("tick"))
            word = f"{copy}/2" if self._stock.is_ring else copy_word(copy)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _name(self) -> None:
        text = translate("labels", "First position on the sheet: {number}").format(number=self._start)
        self.setAccessibleName(text)


class LabelThumb(QWidget):
    """A small picture of one copy with its word and number; a click shows it large."""

    chosen = Signal(int)

    def __init__(self, copy: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = copy
        self.setObjectName(f"labels.thumb.{copy}")
        self.setAccessibleName(copy_word(copy))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = _Picture()
        self._number = ElidedLabel("", "second", "text2")
        self._state = Label("", "second", "text2")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Label(copy_word(copy)))
        words.addWidget(self._number)
        words.addWidget(self._state)
        words.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self._picture)
        across.addLayout(words, 1)

    def show_label(self, stock: Stock, preview: LabelPreview, *, current: bool) -> None:
        """Show the label of this copy; ``current``: it is the one shown large."""
        label = preview.labels[self.copy - 1]
        self._number.setText(next(item.text for item in label.items if item.item == "disc_number"))
        verified = translate("labels", "Disc verified") if label.verified else translate("labels", "Disc not verified")
        self._state.setText(verified)
        self._picture.show_label(stock, preview, self.copy, current)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit(self.copy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.copy)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._picture.set_focus(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._picture.set_focus(False)
        super().focusOutEvent(event)


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(86, 86)
        self._shown: tuple[Stock, LabelPreview, int] | None = None
        self._current = self._focus = False

    def show_label(self, stock: Stock, preview: LabelPreview, copy: int, current: bool) -> None:
        self._shown, self._current = (stock, preview, copy), current
        self.update()

    def set_focus(self, focus: bool) -> None:
        self._focus = focus
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self)
        strong = self._current or self._focus
        painter.setPen(QPen(colours.colour("mark" if strong else "edge"), 2 if strong else 1))
        painter.setBrush(PAPER)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        if self._shown is not None:
            stock, preview, copy = self._shown
            scale = (self.width() - 8) / max(stock.label)
            painter.translate(QPointF(4, 4))
            if stock.is_ring:
                paint_paper(painter, stock, scale)
            paint_drawing(painter, preview.drawings[copy - 1], scale)
        painter.end()
