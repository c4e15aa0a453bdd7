"""The seek bar: where one is, and all that is known of the line of time, drawn from what was worked out before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from avdesk.ui import formats, theme
from avdesk.ui.pages.player_film_tip import FilmTip
from avdesk.ui.pages.player_line import Band, Line, Wave
from avdesk.ui.texts import translate

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_EDGE = 8
_APART = 92
_RING = 13
_NAMES = 48
"""The room of the lanes' names."""
_FLAGS, _PLAIN, _WAVE, _LANE, _TICKS = 18, 30, 40, 13, 18
_NEAR = 4
"""Pixels beside something that still count as on it."""


class SeekBar(QSlider):
    """A slider over the milliseconds of the line. Click and drag go to any place."""

    sought = Signal(float)
    """The person wants this place, in seconds of the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("player.seek")
        self.setAccessibleName(translate("player", "Place in the recording"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line = Line()
        self.picture_at: Callable[[float], QImage | None] = _no_picture
        """The small picture of a place, for the pointer."""
        self._tip = FilmTip(self)
        self._dragged = False
        self._still: QPixmap | None = None
        self._played: QPixmap | None = None
        self.setRange(0, 0)
        self._take_room()

    def show_line(self, line: Line) -> None:
        """What is drawn from now on."""
        self.line = line
        self.setRange(0, round(line.length * 1000))
        self.setEnabled(line.length > 0)
        self._take_room()
        self._draw_anew()

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
        share = (x - self._left()) / max(self._room(), 1)
        return min(max(share, 0.0), 1.0) * self.maximum() / 1000

    def place_of(self, seconds: float) -> float:
        """The place of a time."""
        share = seconds * 1000 / self.maximum() if self.maximum() else 0.0
        return self._left() + share * self._room()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.maximum():
            self._dragged = True
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._dragged:
            self._go(x)
        if self.maximum():
            self._tell(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = False
            self._go(event.position().x())

    def leaveEvent(self, event: QEvent) -> None:
        self._tip.hide()
        super().leaveEvent(event)

    def hideEvent(self, event: QEvent) -> None:
        self._tip.hide()
        super().hideEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._draw_anew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._still is None or self._played is None:
            self._still, self._played = self._drawn("wave"), self._drawn("mark")
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        if self.maximum():
            x = self.place_of(self.value() / 1000)
            painter.setClipRect(QRectF(0, self._top(), x, self._bar()))
            painter.drawPixmap(0, 0, self._played)
            painter.setClipping(False)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_head(painter, x)
        painter.end()

    # places

    def _take_room(self) -> None:
        lanes = 2 * _LANE if self.line.analysed else 0
        self.setFixedHeight(theme.px(self._flags() + (_WAVE if self._is_rich() else _PLAIN) + lanes + _TICKS))

    def _is_rich(self) -> bool:
        return bool(self.line.waves) or self.line.analysed

    def _flags(self) -> int:
        return _FLAGS if self.line.flags else 4

    def _left(self) -> float:
        return theme.px(_NAMES) if self._is_rich() else _EDGE

    def _room(self) -> float:
        return self.width() - self._left() - _EDGE

    def _top(self) -> float:
        return float(theme.px(self._flags()))

    def _bar(self) -> float:
        return float(theme.px(_WAVE if self._is_rich() else _PLAIN))

    def _track(self) -> QRectF:
        """The bar itself: as high as the wave, or a thin one in its middle."""
        high = self._bar() - 8 if self._is_rich() else 8.0
        return QRectF(self._left(), self._top() + (self._bar() - high) / 2, self._room(), high)

    def _lane(self, number: int) -> QRectF:
        high = theme.px(_LANE)
        return QRectF(self._left(), self._top() + self._bar() + number * high + high / 2 - 3, self._room(), 6)

    # acts

    def _go(self, x: float) -> None:
        at = self.time_at(x)
        self.setValue(round(at * 1000))
        self.sought.emit(at)

    def _tell(self, x: float) -> None:
        """The time under the pointer, what is there, and its small picture."""
        at = self.time_at(x)
        near = _NEAR / max(self._room(), 1) * self.maximum() / 1000
        words = "\n".join(filter(None, (exact(at), self.line.words_at(at, near))))
        picture = self.picture_at(at)
        place = self.mapToGlobal(QPoint(round(x), 0))
        if picture is None:
            self._tip.hide()
            QToolTip.showText(place - QPoint(24, theme.px(44)), words, self)
        else:
            QToolTip.hideText()
            self._tip.show_picture(picture, words, place)

    # drawing

    def _draw_anew(self) -> None:
        self._still = self._played = None
        self.update()

    def _drawn(self, ink: str) -> QPixmap:
        """Everything but the head, in the colour of what is still to come or was played."""
        scale = self.devicePixelRatioF()
        made = QPixmap(self.size() * scale)
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter, ink)
        for wave in self.line.waves:
            self._paint_wave(painter, wave, ink)
        self._paint_gaps(painter)
        if self.line.analysed:
            self._paint_lanes(painter)
        if self.maximum():
            self._paint_ticks(painter)
        self._paint_flags(painter)
        painter.end()
        return made

    def _paint_track(self, painter: QPainter, ink: str) -> None:
        colours = theme.of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        rich = self._is_rich()
        painter.setBrush(colours.colour("hover" if rich else ("mark" if ink == "mark" else "track")))
        painter.drawRoundedRect(self._track(), 4, 4)
        if rich:
            self._paint_name(painter, self._track(), translate("player", "Wave"))
        painter.setPen(QPen(colours.colour("text3"), 1))
        for seam in self.line.seams:
            x = self.place_of(seam)
            painter.drawLine(QPointF(x, self._track().top() - 2), QPointF(x, self._track().bottom() + 2))

    def _paint_wave(self, painter: QPainter, wave: Wave, ink: str) -> None:
        """A bar for each third pixel: the loudest there."""
        track = self._track()
        middle, half = track.center().y(), track.height() / 2 - 2
        begins = self.place_of(wave.starts)
        ends = self.place_of(min(wave.starts + len(wave.peaks) / wave.per_second, self.line.length))
        painter.setPen(QPen(theme.of(self).colour(ink), 2))
        x = begins + 1
        while x < ends - 1:
            first = int((x - begins) / max(ends - begins, 1) * len(wave.peaks))
            last = max(int((x + 3 - begins) / max(ends - begins, 1) * len(wave.peaks)), first + 1)
            high = max(max(wave.peaks[first:last], default=0) / 255 * half, 0.5)
            painter.drawLine(QPointF(x, middle - high), QPointF(x, middle + high))
            x += 3

    def _paint_gaps(self, painter: QPainter) -> None:
        colours = theme.of(self)
        for gap in self.line.gaps:
            left = self.place_of(gap.starts_s)
            width = max(self.place_of(gap.starts_s + gap.length_s) - left, 4)
            box = QRectF(left, self._track().top(), width, self._track().height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("surface"))
            painter.drawRect(box)
            painter.setPen(QPen(colours.colour("warnsolid"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            painter.save()
            painter.setClipRect(box)
            x = left - box.height()
            while x < left + width:
                painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
                x += 5
            painter.restore()

    def _paint_lanes(self, painter: QPainter) -> None:
        for number, (name, bands) in enumerate(
            (
                (translate("player", "Picture"), self.line.picture),
                (translate("player", "Sound"), self.line.sound),
            )
        ):
            lane = self._lane(number)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.of(self).colour("hover"))
            painter.drawRoundedRect(lane, 3, 3)
            self._paint_name(painter, lane, name)
            self._paint_bands(painter, lane, bands)

    def _paint_bands(self, painter: QPainter, lane: QRectF, bands: Sequence[Band]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for band in bands:
            left = self.place_of(band.starts)
            painter.setBrush(theme.of(self).colour(band.tone))
            painter.drawRoundedRect(
                QRectF(left, lane.top(), max(self.place_of(band.ends) - left, 3), lane.height()), 2, 2
            )

    def _paint_name(self, painter: QPainter, beside: QRectF, name: str) -> None:
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.of(self).colour("text3"))
        high = theme.px(14)
        room = QRectF(_EDGE, beside.center().y() - high / 2, self._left() - _EDGE - 4, high)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_ticks(self, painter: QPainter) -> None:
        seconds = self.maximum() / 1000
        step = next((step for step in _STEPS if step / seconds * self._room() >= theme.px(_APART)), _STEPS[-1])
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.of(self).colour("text3"))
        width, top = theme.px(80), self.height() - theme.px(_TICKS)
        for number in range(int(seconds // step) + 1):
            x = self.place_of(number * step)
            left = min(max(x - width / 2, 0.0), self.width() - width)
            where = Qt.AlignmentFlag.AlignHCenter
            if left != x - width / 2:
                where = Qt.AlignmentFlag.AlignLeft if x < width else Qt.AlignmentFlag.AlignRight
                left = _EDGE if x < width else self.width() - _EDGE - width
            words = QRectF(left, top, width, theme.px(16))
            painter.drawText(words, where | Qt.AlignmentFlag.AlignVCenter, formats.duration(number * step))

    def _paint_flags(self, painter: QPainter) -> None:
        colours = theme.of(self)
        high = theme.px(14)
        painter.setFont(theme.font("tick"))
        for flag in sorted(self.line.flags, key=lambda flag: flag.chosen):
            x = self.place_of(flag.at)
            box = QRectF(x - 6, 1, 12, high - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("badsolid" if flag.chosen else "accent"))
            if flag.to is not None:
                end = self.place_of(flag.to)
                painter.drawRect(QRectF(x, high, max(end - x, 2), 2))
            painter.drawRoundedRect(box, 2, 2)
            painter.drawPolygon(QPolygonF([QPointF(x - 4, high), QPointF(x + 4, high), QPointF(x, high + 4)]))
            painter.setPen(colours.colour("onaccent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, flag.sign)

    def _paint_head(self, painter: QPainter, x: float) -> None:
        colours = theme.of(self)
        track = self._track()
        last = self._lane(1).bottom() if self.line.analysed else track.bottom() + 7
        painter.setPen(QPen(colours.colour("text"), 2))
        painter.drawLine(QPointF(x, track.top() - 7), QPointF(x, last))
        painter.setBrush(colours.colour("surface"))
        middle = QPointF(x, track.center().y())
        painter.drawEllipse(middle, _RING / 2, _RING / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("mark"), 2))
            painter.drawEllipse(middle, _RING / 2 + 3, _RING / 2 + 3)


def _no_picture(_at: float) -> QImage | None:
    return None


def exact(seconds: float) -> str:
    """A time with hundredths of a second, cut and never rounded up: ``0:23:41.08``."""
    hundredths = int(max(seconds, 0.0) * 100 + 1e-6)
    return f"{formats.duration(hundredths // 100)}.{hundredths % 100:02d}"
