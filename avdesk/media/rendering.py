"""A decoded frame as the view asks for it. Runs in the decoder process only."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from avdesk.media.fitting import PIXEL, View, fitted

_UNSPECIFIED = 2
_HD = 720

_reformatter = VideoReformatter()
"""Keeps what it worked out for one size."""


def render(frame: VideoFrame, view: View, shape: Fraction, out: memoryview) -> tuple[int, int]:
    """Write a frame as BGRA, upright, in the size of the view; its width and height in pixels.

    One step converts and scales. ``shape`` is the width of a pixel by its height. The recorder's own rotation is
    applied.
    """
    turns = (view.turns + round(-frame.rotation / 90)) % 4
    if turns % 2 == 0:
        across, down = fitted(frame.width, frame.height, view, shape)
        lying = (across, down)
    else:
        across, down = fitted(frame.height, frame.width, view, 1 / shape)
        lying = (down, across)
    made = _reformatter.reformat(
        frame,
        *lying,
        "bgra",
        src_colorspace=Colorspace.ITU709 if _is_untagged_hd(frame) else None,
        interpolation=Interpolation.BILINEAR,
    )
    plane = made.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: lying[1], : lying[0] * PIXEL]
    pixels = rows.view(np.uint32)
    target = np.frombuffer(out, np.uint32, across * down).reshape(down, across)
    target[:] = np.rot90(pixels, -turns)
    return across, down


def _is_untagged_hd(frame: VideoFrame) -> bool:
    return frame.colorspace == _UNSPECIFIED and frame.height >= _HD and "yuv" in frame.format.name
