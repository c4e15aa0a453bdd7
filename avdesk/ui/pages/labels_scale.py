"""How many pixels a millimetre has on this screen, whether that can be believed, and measuring it with a ruler."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import Label

_LOW, _HIGH = 60.0, 360.0
_ASSUMED = 96.0
_LINE = 400


@dataclass(frozen=True, slots=True)
class Scale:
    """``pixels`` a millimetre; ``true`` when the screen told it credibly or somebody measured it."""

    pixels: float
    true: bool


def plausible(across: float, down: float, width_mm: float, height_mm: float) -> bool:
    """Whether dots an inch that a screen reports are its own: square, sensible, and not the 96 or 100 that stand for
    nothing.
    """
    if width_mm <= 0 or height_mm <= 0 or not (_LOW <= across <= _HIGH and _LOW <= down <= _HIGH):
        return False
    if abs(across - down) / across > 0.04:
        return False
    return not any(abs(across - made_up) < 0.1 and abs(down - made_up) < 0.1 for made_up in (72, 96, 100))


def scale_of(screen: QScreen, settings: Settings) -> Scale:
    """The scale of a screen."""
    measured = settings.number(_key(screen))
    if measured > 0:
        return Scale(measured, True)
    across, down = screen.physicalDotsPerInchX(), screen.physicalDotsPerInchY()
    size = screen.physicalSize()
    if plausible(across, down, size.width(), size.height()):
        return Scale((across + down) / 2 / 25.4, True)
    return Scale(_ASSUMED / 25.4, False)


def remember(screen: QScreen, settings: Settings, pixels: float) -> None:
    """Keep what was measured; ``pixels`` a millimetre, 0 forgets it."""
    settings.set(_key(screen), pixels)


def _key(screen: QScreen) -> str:
    size = screen.geometry()
    return f"labels/pixels/{screen.name() or 'screen'}-{size.width()}x{size.height()}".replace(" ", "_")


class _Line(QWidget):
    """A line of a known number of pixels, with an upright at both ends."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LINE + 20, 32)
        self.setAccessibleName(translate("labels", "Line to measure"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.of(self).colour("text"), 1))
        left, right, middle = 10.0, 10.0 + _LINE, 16.0
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for end in (left, right):
            painter.drawLine(QPointF(end, 6), QPointF(end, 26))
        painter.end()


class CalibrationDialog(QDialog):
    """Asks how long a line is on this screen; ``pixels`` a millimetre follow from it."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels.calibrate")
        self.setWindowTitle(translate("labels", "True size on this screen"))
        self._field = QDoubleSpinBox()
        self._field.setObjectName("labels.calibrate.length")
        self._field.setRange(_LINE / (_HIGH / 25.4), _LINE / (_LOW / 25.4))
        self._field.setDecimals(1)
        self._field.setSuffix(" mm")
        self._field.setValue(_LINE / scale.pixels)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("labels", "Cancel"), self.reject, name="labels.calibrate.cancel"))
        accept = PrimaryButton(translate("labels", "Use this"), self.accept, name="labels.calibrate.accept")
        accept.setDefault(True)
        acts.addWidget(accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        hint = translate("labels", "Hold a ruler to the screen and measure the line from upright to upright.")
        column.addWidget(Label(hint, wrap=True))
        column.addWidget(_Line(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(FieldRow(translate("labels", "Its length"), self._field, across=90))
        column.addLayout(acts)
        self._field.setFocus()
        self._field.selectAll()

    @property
    def pixels(self) -> float:
        return _LINE / self._field.value()
