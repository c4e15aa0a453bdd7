"""How good a single picture is, in figures. Runs in the analysing process only: OpenCV is loaded nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from avdesk.media.analysis import NO_DETAIL, Look, Strip

Luma = NDArray[np.uint8]

WIDTH = 480
"""Pixels to which a picture is reduced before it is measured: what can't be told there nobody misses at a glance."""
_BANDS = 8
"""The part above and below that recorders write into."""
_BLOCK = 16
_BRIGHTEST = 0.995
_BURNT = 248
_CONTRAST = 24
"""Levels that an edge must have to be judged: below that it may be noise."""
_EDGED = 50
"""A picture with edges in fewer than one of so many blocks has none."""
_SHARPER = 80
_LIVELIEST = 99.5
_PLANAR = ("yuv", "nv", "gray")
_LIMITED = np.clip(np.round((np.arange(256) - 16) * 255 / 219), 0, 255).astype(np.uint8)
"""Video's levels of 16 to 235 (ITU-R BT.601) as 0 to 255."""

cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture made small: what it was measured by, to be compared with the next."""

    middle: Luma


def seen(frame: VideoFrame) -> Seen:
    """The small middle of a frame, as levels of 0 to 255."""
    luma, full = _luma(frame)
    height, width = luma.shape
    if width > WIDTH:
        small = (WIDTH, max(round(height * WIDTH / width), 1))
        luma = np.asarray(cv2.resize(luma, small, interpolation=cv2.INTER_AREA), np.uint8)
    band = luma.shape[0] // _BANDS
    middle = luma[band : luma.shape[0] - band]
    return Seen(np.ascontiguousarray(middle) if full else np.asarray(cv2.LUT(middle, _LIMITED), np.uint8))


def _luma(frame: VideoFrame) -> tuple[Luma, bool]:
    """The levels of a frame, and whether they fill 0 to 255. Those that lie in a plane of their own are not copied."""
    format_ = frame.format
    own_plane = format_.name.startswith(_PLANAR) and (format_.is_planar or len(format_.components) == 1)
    if own_plane and format_.components[0].bits == 8:
        plane = frame.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        return rows[: frame.height, : frame.width], frame.color_range == ColorRange.JPEG
    made = frame.reformat(format="gray", dst_color_range=ColorRange.JPEG)
    return np.asarray(made.to_ndarray(), np.uint8), True


def look(at_ms: int, now: Seen, before: Seen | None) -> Look:
    """Measure a picture, and its difference from the one before."""
    middle = now.middle
    shares = np.cumsum(cv2.calcHist([middle], [0], None, [256], [0, 256]).ravel()) / middle.size
    still = moved = None
    if before is not None and before.middle.shape == middle.shape:
        still, moved = _change(middle, before.middle)
    return Look(
        at_ms=at_ms,
        brightest=int(np.searchsorted(shares, _BRIGHTEST)),
        burnt=int(1000 * (1 - shares[_BURNT - 1])),
        detail=_detail(middle),
        still=still,
        moved=moved,
    )


def _change(middle: Luma, before: Luma) -> tuple[int, int]:
    """Of the blocks' mean changes the median and a high one, in hundredths of a level."""
    height, width = middle.shape
    difference = np.asarray(cv2.absdiff(middle, before), np.float32)
    size = (max(width // _BLOCK, 1), max(height // _BLOCK, 1))
    blocks = cv2.resize(difference, size, interpolation=cv2.INTER_AREA)
    still, moved = np.percentile(blocks, (50, _LIVELIEST))
    return int(100 * still), int(100 * moved)


def _detail(middle: Luma) -> int:
    """How steep the edges are, as a share of their own height: neither light nor contrast makes a difference."""
    smooth = np.asarray(cv2.GaussianBlur(middle, (3, 3), 0), np.uint8)
    rows, columns = (smooth.shape[0] - 2) // _BLOCK, (smooth.shape[1] - 2) // _BLOCK
    if rows < 1 or columns < 1:
        return NO_DETAIL
    across = cv2.absdiff(smooth[1:-1, 2:], smooth[1:-1, :-2])
    down = cv2.absdiff(smooth[2:, 1:-1], smooth[:-2, 1:-1])
    steps = _blocks(np.asarray(cv2.max(across, down), np.uint8), rows, columns).max((1, 3))
    inner = _blocks(smooth[1:-1, 1:-1], rows, columns)
    heights = inner.max((1, 3)) - inner.min((1, 3))
    edged = heights >= _CONTRAST
    if np.count_nonzero(edged) < max(rows * columns // _EDGED, 1):
        return NO_DETAIL
    shares = 1000 * steps[edged].astype(np.int32) // heights[edged]
    return min(int(np.percentile(shares, _SHARPER)), 1000)


def _blocks(values: Luma, rows: int, columns: int) -> Luma:
    return values[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)


def sheet(pictures: Sequence[Luma], times_ms: Sequence[int], columns: int, quality: int) -> Strip:
    """Put pictures of one size, ``(height, width, 3) uint8 BGR``, on a sheet."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    canvas = np.zeros((rows * height, min(columns, len(pictures)) * width, 3), np.uint8)
    for number, picture in enumerate(pictures):
        top, left = number // columns * height, number % columns * width
        canvas[top : top + height, left : left + width] = picture
    _done, jpeg = cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return Strip(jpeg.tobytes(), columns, width, height, tuple(times_ms))
