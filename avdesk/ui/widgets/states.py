"""States that are told by shape first: the ring of a card, the bar of a disk."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.widgets.labels import Label

RING_STATES = ("empty", "run", "ok", "warn")
_WORD_TONES = {"empty": "text2", "run": "mark", "ok": "ok", "warn": "warn"}


class Ring(QWidget):
    """The 44 px shape: ``empty`` dashed, ``run`` an arc with its per cent, ``ok`` a disc with a tick, ``warn`` a
    triangle: four shapes that are readable in grey.
    """

    def __init__(self, state: str = "empty", percent: int = 0, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._percent, self._size = state, percent, size
        self.setFixedSize(size, size)

    def show_state(self, state: str, percent: int = 0) -> None:
        """Show another state."""
        if (state, percent) != (self._state, self._percent):
            self._state, self._percent = state, percent
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._size / 44, self._size / 44)
        paint = {"run": self._paint_run, "ok": self._paint_ok, "warn": self._paint_warn}.get(
            self._state, self._paint_empty
        )
        paint(painter, theme.of(self))
        painter.end()

    def _paint_empty(self, painter: QPainter, colours: theme.Theme) -> None:
        pen = QPen(colours.colour("field"), 2.5)
        pen.setDashPattern([2.2, 1.6])
        painter.setPen(pen)
        painter.drawEllipse(QRectF(3, 3, 38, 38))

    def _paint_run(self, painter: QPainter, colours: theme.Theme) -> None:
        ring = QRectF(3, 3, 38, 38)
        painter.setPen(QPen(colours.colour("track"), 4))
        painter.drawEllipse(ring)
        pen = QPen(colours.colour("mark"), 4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -round(self._percent * 3.6 * 16))
        words = QFont(theme.font("tick"))
        words.setPixelSize(12)
        painter.setFont(words)
        painter.setPen(colours.colour("text"))
        painter.drawText(QRectF(0, 0, 44, 44), Qt.AlignmentFlag.AlignCenter, f"{self._percent}%")

    def _paint_ok(self, painter: QPainter, colours: theme.Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("oksolid"))
        painter.drawEllipse(QRectF(1, 1, 42, 42))
        painter.setPen(_stroke(colours, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(13, 22.5), QPointF(19.5, 29), QPointF(31, 16)]))

    def _paint_warn(self, painter: QPainter, colours: theme.Theme) -> None:
        triangle = QPainterPath(QPointF(22, 4))
        triangle.lineTo(42, 39)
        triangle.lineTo(2, 39)
        triangle.closeSubpath()
        pen = QPen(colours.colour("warnsolid"), 4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(colours.colour("warnsolid"))
        painter.drawPath(triangle)
        painter.setPen(_stroke(colours, 3.4))
        painter.drawLine(QPointF(22, 16), QPointF(22, 26))
        painter.drawPoint(QPointF(22, 32.5))


def _stroke(colours: theme.Theme, width: float) -> QPen:
    pen = QPen(colours.colour("onsolid"), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


class StateRing(QWidget):
    """A ring with its word below."""

    def __init__(
        self, state: str = "empty", word: str = "", percent: int = 0, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._ring = Ring(state, percent)
        self._word = Label(word, "second")
        self._word.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._word, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.setMinimumWidth(theme.px(52))
        self.show_state(state, word, percent)

    def show_state(self, state: str, word: str, percent: int = 0) -> None:
        """Show another state; ``word`` always says it too."""
        self._ring.show_state(state, percent)
        self._word.setText(word)
        self._word.set_tone(_WORD_TONES[state])
        self.setAccessibleName(f"{word} {percent}%" if state == "run" else word)


class Progress(QProgressBar):
    """A thin bar. ``size="strip"``: 4 high, else 8."""

    def __init__(self, *, size: str = "", name: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("form", size)
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setAccessibleName(text)

    def set_share(self, done: float, total: float) -> None:
        """Show ``done`` of ``total``."""
        self.setValue(round(1000 * done / total) if total else 0)


class SpaceBar(QWidget):
    """How full a disk is: what is used, and what this work would add."""

    def __init__(self, *, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = self._more = 0.0
        self.setFixedHeight(6)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_shares(self, used: float, more: float = 0.0) -> None:
        """Both as shares of the whole, 0 to 1."""
        self._used, self._more = min(max(used, 0.0), 1.0), min(max(more, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = theme.of(self)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), colours.colour("track"))
        used = self.width() * self._used
        painter.fillRect(QRectF(0, 0, used, 6), colours.colour("wave"))
        if self._more:
            painter.fillRect(QRectF(used, 0, max(self.width() * self._more, 3), 6), colours.colour("mark"))
        painter.end()
