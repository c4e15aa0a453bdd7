"""The picture on its dark ground: it draws what the decoder made, and says what to make: which part of a photograph,
how large a film."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avdesk.media.fitting import LARGEST_ZOOM, View
from avdesk.ui import icons, theme
from avdesk.ui.pages.player_adjust import Adjustment
from avdesk.ui.pages.player_processes import Frame

ZOOM_STEP = 1.25
_PATIENCE = 400
_SIGN = 56


class PictureView(QWidget):
    """Shows one :class:`Frame`, zoomed by the wheel and moved by dragging.

    Of a photograph the decoder makes the part that is seen; a film it makes whole, as large as the zoom and its own
    pixels ask for.
    """

    looked = Signal(object)
    """A :class:`View`: what is to be made from now on."""
    clicked = Signal()
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self.view = View(16, 9)
        self._picture = QSize()
        self._film = 0
        self._zooms = False
        self._adjustment = Adjustment()
        self._adjusted: QImage | None = None
        self._drag: QPointF | None = None
        self._sign = ""
        self._words = ""
        self._waits = QTimer(self)
        self._waits.setSingleShot(True)
        self._waits.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # what it shows

    def wait(self, words: str) -> None:
        """Nothing yet; if that lasts, the words say so."""
        self.show_sign("", "")
        self._words = words
        self._zooms = False
        self._film = 0
        self.view = View(self.view.width, self.view.height)
        self._waits.start(_PATIENCE)

    def show_sign(self, icon: str, words: str) -> None:
        """No picture: a sign and words in its place."""
        self._waits.stop()
        self._sign, self._words = icon, words
        self.update()

    def show_frame(self, frame: Frame | None) -> None:
        """Draw this from now on."""
        self.frame = frame
        self._adjusted = None
        if frame is not None:
            self._waits.stop()
        self.update()

    def adjust(self, adjustment: Adjustment) -> None:
        """Brighter, darker, with more contrast: the view only."""
        self._adjustment = adjustment
        self._adjusted = None
        self.update()

    def take_photograph(self, size: QSize) -> None:
        """What is shown is a photograph of that many pixels: it can be zoomed."""
        self._picture = size
        self._zooms = True

    def take_film(self, size: QSize) -> None:
        """What is shown moves; ``size`` in pixels as coded."""
        self._film = size.width() * size.height()
        self._zooms = True

    @property
    def wanted(self) -> View:
        """What the decoder is to make."""
        if not self._film:
            return self.view
        whole, own = self._whole(), self._turned()
        share = own.width() / whole.width() if whole.width() else 1.0
        zoom = max(self.view.zoom * min(share, 1.0), 1.0)
        room = (round(self.view.width * zoom), round(self.view.height * zoom))
        return View(*room, self.view.turns)

    @property
    def ratio(self) -> float:
        """Device pixels of the screen for one of the photograph; 0 while there is none."""
        whole = self._whole()
        size = self._turned()
        return whole.width() / size.width() if self._zooms and size.width() else 0.0

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller; the point under ``at`` (logical pixels) stays where it is."""
        self.zoom_to(self.view.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        if not self._zooms:
            return
        zoom = min(max(zoom, 1.0), max(LARGEST_ZOOM, self.true_zoom()))
        middle = QPointF(self.view.width, self.view.height) / 2
        point = (at * self.devicePixelRatioF() if at is not None else middle) - middle
        before = self._whole()
        after = before * (zoom / self.view.zoom)
        x = self.view.x + point.x() / before.width() - point.x() / after.width()
        y = self.view.y + point.y() / before.height() - point.y() / after.height()
        self._look(replace(self.view, zoom=zoom, x=x, y=y))

    def true_zoom(self) -> float:
        """The zoom at which a pixel of the photograph is one of the screen."""
        whole = self._whole() / self.view.zoom
        return self._turned().width() / whole.width() if whole.width() else 1.0

    def turn(self, quarters: int) -> None:
        """Show it turned; the file stays as it is."""
        turns = (self.view.turns + quarters) % 4
        self._look(replace(self.view, turns=turns, zoom=1.0, x=0.5, y=0.5))

    def target(self) -> QRectF:
        """Where the picture is drawn, in logical pixels."""
        if self.frame is None:
            return QRectF()
        if self._film and self.view.zoom > 1:
            return self._film_target()
        size = QSizeF(self.frame.picture.width, self.frame.picture.height)
        room = QSizeF(self.view.width, self.view.height)
        if not (size.width() <= room.width() and size.height() <= room.height() and self._is_snug(size, room)):
            size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (round(float(free) / 2) for free in (room.width() - size.width(), room.height() - size.height()))
        scale = self.devicePixelRatioF()
        return QRectF(left / scale, top / scale, size.width() / scale, size.height() / scale)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size() * self.devicePixelRatioF()
        self._look(replace(self.view, width=room.width(), height=room.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self)
        painter.fillRect(self.rect(), colours.colour("stage"))
        if self.frame is not None and self.frame.image is not None:
            if self._adjusted is None:
                self._adjusted = self._adjustment.apply(self.frame.image)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.target(), self._adjusted)
        elif self._words and not self._waits.isActive():
            self._paint_words(painter)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._zooms:
            event.ignore()
            return
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._zooms and self.view.zoom > 1:
            self._drag = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            by = (event.position() - self._drag) * self.devicePixelRatioF()
            self._drag = event.position()
            whole = self._whole()
            view = self.view
            self._look(replace(view, x=view.x - by.x() / whole.width(), y=view.y - by.y() / whole.height()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._drag is None:
            self.clicked.emit()
        self._drag = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    # inside

    def _look(self, view: View) -> None:
        view = self._within(view)
        if view != self.view:
            self.view = view
            self.update()
            self.looked.emit(self.wanted)

    def _within(self, view: View) -> View:
        """No further to a side than the picture goes."""
        if not self._zooms:
            return replace(view, zoom=1.0, x=0.5, y=0.5)
        fitting = self._fitting(view) * view.zoom
        across = min(view.width / fitting.width(), 1.0) / 2 if fitting.width() else 0.5
        down = min(view.height / fitting.height(), 1.0) / 2 if fitting.height() else 0.5
        return replace(view, x=min(max(view.x, across), 1 - across), y=min(max(view.y, down), 1 - down))

    def _film_target(self) -> QRectF:
        whole, scale = self._whole(), self.devicePixelRatioF()
        left = self.view.width / 2 - self.view.x * whole.width()
        top = self.view.height / 2 - self.view.y * whole.height()
        return QRectF(left / scale, top / scale, whole.width() / scale, whole.height() / scale)

    def _turned(self) -> QSizeF:
        """The whole picture in its own pixels, as it is turned. A film's frames know how they are turned and shaped."""
        if self._film:
            frame = self.frame.picture if self.frame is not None else None
            ratio = frame.width / frame.height if frame is not None else 16 / 9
            return QSizeF(math.sqrt(self._film * ratio), math.sqrt(self._film / ratio))
        size = QSizeF(self._picture)
        return size if self.view.turns % 2 == 0 else size.transposed()

    def _fitting(self, view: View) -> QSizeF:
        size = self._turned()
        if not self._film and (view.turns - self.view.turns) % 2:
            size.transpose()
        return size.scaled(QSizeF(view.width, view.height), Qt.AspectRatioMode.KeepAspectRatio)

    def _whole(self) -> QSizeF:
        """The whole photograph at this zoom, in device pixels."""
        return self._fitting(self.view) * self.view.zoom

    def _is_snug(self, size: QSizeF, room: QSizeF) -> bool:
        """Made for this very view, so that no pixel need be scaled."""
        return self.view.zoom > 1 or abs(size.width() - room.width()) <= 1 or abs(size.height() - room.height()) <= 1

    def _paint_words(self, painter: QPainter) -> None:
        colours = theme.DARK  # the ground is dark in both themes
        middle = self.rect().center()
        top = middle.y() - theme.px(48)
        if self._sign:
            sign = icons.pixmap(self._sign, colours.colours["text2"], _SIGN, self.devicePixelRatioF())
            painter.drawPixmap(middle.x() - _SIGN // 2, top, sign)
        painter.setFont(theme.font("body"))
        painter.setPen(colours.colour("text2"))
        words = QRectF(16, top + _SIGN + 12, self.width() - 32, theme.px(48))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._words)
