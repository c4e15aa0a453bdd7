"""How large a picture becomes in a view."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from avdesk.media.ring import SLOT_BYTES

PIXEL = 4
LARGEST_ZOOM = 16.0


@dataclass(frozen=True, slots=True)
class View:
    """What the window shows of a picture.

    ``width`` and ``height`` in device pixels; ``turns`` are quarter turns clockwise; ``zoom`` 1 fits the whole picture;
    ``x`` and ``y`` from 0 to 1 say which point of the turned picture is in the middle.
    """

    width: int
    height: int
    turns: int = 0
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


Box = tuple[float, float, float, float]


def fitted(width: int, height: int, view: View, shape: Fraction = Fraction(1)) -> tuple[int, int]:
    """The largest size of a picture that fits into the view and a slot.

    ``width`` and ``height`` are of the picture as it is turned already, ``shape`` is a pixel's width by its height.
    """
    ratio = Fraction(width, height) * shape
    room = (max(view.width, 1), max(view.height, 1))
    across = min(room[0], round(room[1] * ratio))
    down = min(room[1], round(room[0] / ratio))
    while across * down * PIXEL > SLOT_BYTES:
        across, down = across * 3 // 4, down * 3 // 4
    return max(across, 1), max(down, 1)


def zoomed(width: int, height: int, view: View) -> tuple[Box, tuple[int, int]]:
    """The part of a turned picture that the view shows (left, top, right, bottom), and the size it is shown in."""
    whole = fitted(width, height, view)
    across, down = whole[0] * view.zoom, whole[1] * view.zoom
    size = (min(view.width, round(across)), min(view.height, round(down)))
    share = (size[0] / across, size[1] / down)
    left, top = (_edge(at, part) for at, part in zip((view.x, view.y), share, strict=True))
    box = (left * width, top * height, (left + share[0]) * width, (top + share[1]) * height)
    return box, fitted(size[0], size[1], View(size[0], size[1]))


def _edge(middle: float, part: float) -> float:
    return min(max(middle - part / 2, 0.0), 1.0 - part)
