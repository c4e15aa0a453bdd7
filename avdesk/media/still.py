"""A photograph, turned and cut as the view asks. Runs in the decoder process only."""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image, ImageOps

from avdesk.media.fitting import View, zoomed
from avdesk.media.formats import Format
from avdesk.media.source import Source

LARGEST = 250_000_000
"""Pixels; what claims to have more is refused."""
_TURNS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # LARGEST counts


class Still:
    """An open photograph. Raises what Pillow raises for a damaged one, ``MemoryError`` for one too large."""

    def __init__(self, source: Source, format_: Format) -> None:
        with Image.open(io.BufferedReader(source), formats=[format_.picture or ""]) as image:
            if image.width * image.height > LARGEST:
                raise MemoryError
            image.load()
            upright = ImageOps.exif_transpose(image)
            self._image = _on_white(upright)
        self._turned = (0, self._image)

    @property
    def size(self) -> tuple[int, int]:
        """Pixels, as the camera was held."""
        return self._image.size

    def render(self, view: View, out: memoryview) -> tuple[int, int]:
        """Write what the view shows as BGRA; its width and height in pixels."""
        image = self._turn(view.turns % 4)
        box, size = zoomed(image.width, image.height, view)
        larger = size[0] > box[2] - box[0]
        method = Image.Resampling.BICUBIC if larger else Image.Resampling.LANCZOS
        made = image.resize(size, method, box=box, reducing_gap=2.0)
        data = made.tobytes("raw", "BGRX")
        out[: len(data)] = data
        return size

    def _turn(self, turns: int) -> Image.Image:
        if self._turned[0] != turns:
            how = _TURNS[turns]
            self._turned = (turns, self._image if how is None else self._image.transpose(how))
        return self._turned[1]


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, in eight bits a colour."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda level: level / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")
