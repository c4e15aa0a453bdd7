"""The seek bar: where one is, how far it goes, and the time under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from avdesk.ui import formats, theme
from avdesk.ui.texts import translate

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_EDGE = 8
_APART = 92
_RING = 13


class SeekBar(QSlider):
    """A slider over the milliseconds of a file, drawn as a track with ticks. Click and drag go to any place."""

    sought = Signal(float)
    """The person wants this time, in seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("player.seek")
        self.setAccessibleName(translate("player", "Place in the recording"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(44))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dragged = False
        self.setRange(0, 0)

    def set_duration(self, seconds: float) -> None:
        """The length of the file; 0 when it is not known."""
        self.setRange(0, round(seconds * 1000))
        self.setEnabled(seconds > 0)
        self.update()

    def show_place(self, seconds: float) -> None:
        """Where playing is. The pointer has precedence while it drags."""
        if not self._dragged:
            self.setValue(round(seconds * 1000))
            self.setAccessibleDescription(
                translate("player", "{at} of {whole}").format(
                    at=formats.duration(seconds), whole=formats.duration(self.maximum() / 1000)
                )
            )

    def time_at(self, x: float) -> float:
        """The time at a place of the bar."""
        share = (x - _EDGE) / max(self.width() - 2 * _EDGE, 1)
        return min(max(share, 0.0), 1.0) * self.maximum() / 1000

    def place_of(self, seconds: float) -> float:
        """The place of a time."""
        share = seconds * 1000 / self.maximum() if self.maximum() else 0.0
        return _EDGE + share * (self.width() - 2 * _EDGE)

    def sizeHint(self) -> QSize:
        return QSize(400, theme.px(44))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.maximum():
            self._dragged = True
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._dragged:
            self._go(x)
        if self.maximum():
            words = exact(self.time_at(x))
            place = self.mapToGlobal(QPoint(round(x) - 24, -theme.px(44)))
            QToolTip.showText(place, words, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = False
            self._go(event.position().x())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        if self.maximum():
            self._paint_ticks(painter)
            self._paint_head(painter)
        painter.end()

    def _go(self, x: float) -> None:
        at = self.time_at(x)
        self.setValue(round(at * 1000))
        self.sought.emit(at)

    def _track(self) -> QRectF:
        return QRectF(_EDGE, theme.px(11), self.width() - 2 * _EDGE, 8)

    def _paint_track(self, painter: QPainter) -> None:
        colours = theme.of(self)
        track = self._track()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("track"))
        painter.drawRoundedRect(track, 4, 4)
        played = QRectF(track)
        played.setRight(self.place_of(self.value() / 1000))
        if played.width() > 1:
            painter.setBrush(colours.colour("mark"))
            painter.drawRoundedRect(played, 4, 4)

    def _paint_ticks(self, painter: QPainter) -> None:
        seconds = self.maximum() / 1000
        room = self.width() - 2 * _EDGE
        step = next((step for step in _STEPS if step / seconds * room >= theme.px(_APART)), _STEPS[-1])
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.of(self).colour("text3"))
        width = theme.px(80)
        for number in range(int(seconds // step) + 1):
            x = self.place_of(number * step)
            left = min(max(x - width / 2, 0.0), self.width() - width)
            where = Qt.AlignmentFlag.AlignHCenter
            if left != x - width / 2:
                where = Qt.AlignmentFlag.AlignLeft if x < width else Qt.AlignmentFlag.AlignRight
                left = _EDGE if x < width else self.width() - _EDGE - width
            words = QRectF(left, theme.px(25), width, theme.px(16))
            painter.drawText(words, where | Qt.AlignmentFlag.AlignVCenter, formats.duration(number * step))

    def _paint_head(self, painter: QPainter) -> None:
        colours = theme.of(self)
        track = self._track()
        x = self.place_of(self.value() / 1000)
        painter.setPen(QPen(colours.colour("text"), 2))
        painter.drawLine(QPointF(x, track.top() - 7), QPointF(x, track.bottom() + 7))
        painter.setBrush(colours.colour("surface"))
        painter.drawEllipse(QPointF(x, track.center().y()), _RING / 2, _RING / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("mark"), 2))
            painter.drawEllipse(QPointF(x, track.center().y()), _RING / 2 + 3, _RING / 2 + 3)


def exact(seconds: float) -> str:
    """A time with hundredths of a second, cut and never rounded up: ``0:23:41.08``."""
    hundredths = int(max(seconds, 0.0) * 100 + 1e-6)
    return f"{formats.duration(hundredths // 100)}.{hundredths % 100:02d}"
