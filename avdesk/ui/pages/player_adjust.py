"""Brightness and contrast of the view, for dark footage. The file and what is saved of it stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from avdesk.media.fitting import PIXEL
from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.labels import Label

_MOST = 100
_HALVES = 50
"""Steps of brightness that halve the exponent of the tones: dark ones gain most, white stays white."""
_DOUBLES = 50
"""Steps of contrast that double the distance of a tone from the middle."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Both from -100 to 100; 0 is as recorded."""

    brightness: int = 0
    contrast: int = 0

    def apply(self, image: QImage) -> QImage:
        """The picture as it is looked at."""
        if self == Adjustment():
            return image
        import numpy as np  # only who adjusts a picture waits for it

        table = np.array(_tones(self), np.uint8)
        pixels = np.frombuffer(image.constBits(), np.uint8)
        toned = table[pixels]
        made = QImage(toned.data, image.width(), image.height(), image.width() * PIXEL, QImage.Format.Format_RGB32)
        return made.copy()


@cache
def _tones(adjustment: Adjustment) -> tuple[int, ...]:
    """What each of 256 tones becomes."""
    exponent = 2 ** (-adjustment.brightness / _HALVES)
    slope = 2 ** (adjustment.contrast / _DOUBLES)
    lifted = (255 * (tone / 255) ** exponent for tone in range(256))
    return tuple(min(max(round((tone - 127.5) * slope + 127.5), 0), 255) for tone in lifted)


class AdjustPopup(QFrame):
    """Two sliders and the way back, over the picture."""

    def __init__(self, adjusted: Callable[[Adjustment], object], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("player.adjust")
        self.setProperty("kind", "card")
        self._adjusted = adjusted
        self.brightness, self.contrast = (self._slider(name) for name in ("brightness", "contrast"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (words, slider) in enumerate(
            (
                (translate("player", "Brightness"), self.brightness),
                (translate("player", "Contrast"), self.contrast),
            )
        ):
            slider.setAccessibleName(words)
            grid.addWidget(Label(words, "body"), row, 0)
            grid.addWidget(slider, row, 1)
        back = Button(translate("player", "As recorded"), self.reset, size="small", name="player.adjust.reset")
        foot = QHBoxLayout()
        note = Label(translate("player", "Only the view: the file stays as it is."), "second", "text2")
        foot.addWidget(note, 1)
        foot.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addLayout(grid)
        column.addLayout(foot)

    def open_above(self, button: QWidget) -> None:
        """Show it over the button."""
        size = self.sizeHint()
        corner = button.mapToGlobal(QPoint(button.width() // 2, 0))
        room = button.screen().availableGeometry()
        left = min(max(corner.x() - size.width() // 2, room.left()), room.right() - size.width())
        self.move(left, corner.y() - size.height() - 6)
        self.show()
        self.brightness.setFocus()

    def reset(self) -> None:
        """Everything as recorded."""
        self.brightness.setValue(0)
        self.contrast.setValue(0)

    def _slider(self, name: str) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setObjectName(f"player.adjust.{name}")
        made.setRange(-_MOST, _MOST)
        made.setPageStep(10)
        made.setMinimumWidth(theme.px(180))
        made.valueChanged.connect(self._tell)
        return made

    def _tell(self, _value: int) -> None:
        self._adjusted(Adjustment(self.brightness.value(), self.contrast.value()))
