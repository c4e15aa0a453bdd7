"""One exact frame of an untrusted file as a picture of full size. Runs in the maker process only."""

from __future__ import annotations

import io
import math
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pillow_heif
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image, ImageOps

from avdesk.media.film import Film
from avdesk.media.formats import Format
from avdesk.media.opened import Fault, Numbered, first, open_known
from avdesk.media.source import Source
from avdesk.media.still import LARGEST

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # LARGEST counts

_UNSPECIFIED = 2
_HD = 720
_SLACK = Fraction(1, 100)
"""Of a tick: a time that was printed as a decimal still finds the frame it was taken from."""


def extract(path: Path, number: int | None, at_s: float, out: BinaryIO) -> dict[str, object]:
    """Write the frame of that number, else the one on the screen at ``at_s`` seconds, as PNG; its facts.

    Raises :class:`OSError`, :class:`Fault`, ``MemoryError`` and what PyAV and Pillow raise.
    """
    source, format_ = open_known(path)
    if format_.demuxer is None:
        return _photograph(source, format_, number, out)
    film = Film(source, format_)
    if not film.has_picture:
        raise Fault("NO_PICTURE")
    table = Numbered.read(path, format_)
    shown = first(film, tick(film, at_s)) if number is None else table.find(film, number)
    width, height = _write(_upright(shown.frame, film.shape), out)
    time_s = float((shown.pts - film.start) * film.time_base)
    return {"index": table.number_of(shown), "pts": shown.pts, "time_s": time_s, "width": width, "height": height}


def tick(film: Film, seconds: float) -> int:
    """The pts of a time from the beginning of the file."""
    return film.start + math.floor(Fraction(seconds) / film.time_base + _SLACK)


def tick_after(film: Film, seconds: float) -> int:
    """The first pts that is not before that time."""
    return film.start + math.ceil(Fraction(seconds) / film.time_base - _SLACK)


def _photograph(source: Source, format_: Format, number: int | None, out: BinaryIO) -> dict[str, object]:
    if number not in (None, 0):
        raise Fault("NO_SUCH_FRAME", 1)
    with Image.open(io.BufferedReader(source), formats=[format_.picture or ""]) as image:
        if image.width * image.height > LARGEST:
            raise MemoryError
        upright = ImageOps.exif_transpose(image)
        width, height = _write(upright if upright.mode in ("L", "LA", "RGB", "RGBA") else upright.convert("RGB"), out)
    return {"index": 0, "pts": 0, "time_s": 0.0, "width": width, "height": height}


def _upright(frame: VideoFrame, shape: Fraction) -> Image.Image:
    """All its pixels, made square by stretching, never by leaving any out; turned as the recorder was held."""
    across = round(frame.width * max(shape, Fraction(1)))
    down = round(frame.height / min(shape, Fraction(1)))
    untagged_hd = frame.colorspace == _UNSPECIFIED and frame.height >= _HD and "yuv" in frame.format.name
    made = frame.reformat(
        across,
        down,
        "rgb24",
        src_colorspace=Colorspace.ITU709 if untagged_hd else None,
        interpolation=Interpolation.BICUBIC,
    )
    return Image.fromarray(np.rot90(made.to_ndarray(), round(frame.rotation / 90)))


def _write(image: Image.Image, out: BinaryIO) -> tuple[int, int]:
    image.save(out, "PNG")
    out.flush()
    return image.size
