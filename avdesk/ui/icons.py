"""Icons: Tabler's outlines, in the colour of their word and sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from avdesk import resources
from avdesk.ui import theme

_NAME, _COLOUR, _SIZE = "iconName", "iconColour", "iconPixels"
_GAP = 4


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture. ``colour`` is ``#RRGGBB``, ``size`` logical pixels, ``ratio`` the screen's scale."""
    source = resources.path("icons", f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def picture(widget: QWidget, name: str, colour: str = "text2", size: int = 16) -> QPixmap:
    """An icon in the colour of a token, in the theme and at the scale that ``widget`` is shown in."""
    return pixmap(name, theme.of(widget).colours[colour], size, widget.devicePixelRatioF())


def icon(widget: QWidget, name: str, colour: str = "text2", size: int = 16) -> QIcon:
    """An icon for what takes a ``QIcon``; the disabled one is grey."""
    made = QIcon(picture(widget, name, colour, size))
    made.addPixmap(picture(widget, name, "disabled", size), QIcon.Mode.Disabled)
    return made


def put(button: QAbstractButton, name: str, colour: str = "text2", size: int = 16) -> None:
    """Give a button an icon that follows the theme; beside a word it stands 4 px further off than Qt would put it."""
    button.setProperty(_NAME, name)
    button.setProperty(_COLOUR, colour)
    button.setProperty(_SIZE, size)
    gap = _GAP if isinstance(button, QPushButton) and button.text() else 0
    button.setIconSize(QSize(size + gap, size))
    button.setIcon(_spaced(button, icon(button, name, colour, size), size, gap))


def clear(button: QAbstractButton) -> None:
    """Take the icon of a button away."""
    button.setProperty(_NAME, None)
    button.setIcon(QIcon())


def repaint(app: QApplication) -> None:
    """After a change of theme: give every button its icon anew."""
    for widget in app.allWidgets():
        name = widget.property(_NAME)
        if isinstance(widget, QAbstractButton) and isinstance(name, str):
            put(widget, name, str(widget.property(_COLOUR)), int(widget.property(_SIZE)))


def _spaced(button: QAbstractButton, made: QIcon, size: int, gap: int) -> QIcon:
    """The icon with room at the side of the word."""
    if not gap:
        return made
    ratio = button.devicePixelRatioF()
    left = gap if button.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
    spaced = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        ground = QPixmap(QSize(size + gap, size) * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        painter.drawPixmap(left, 0, made.pixmap(QSize(size, size), ratio, mode))
        painter.end()
        spaced.addPixmap(ground, mode)
    return spaced
