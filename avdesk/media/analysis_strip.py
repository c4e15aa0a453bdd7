"""Small pictures from all over a film, on one sheet. Runs in the analysing process only."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from avdesk.media.analysis import Strip
from avdesk.media.analysis_frames import start_of
from avdesk.media.analysis_picture import Luma, sheet

MOST = 200
"""Pictures on a sheet."""
LONGEST_SIDE = 160
"""Pixels of each."""
COLUMNS = 10
_APART_S = 2.0
_QUALITY = 72
_ODD = 8
"""Pixels more than so many times as wide as high are not believed."""


def strip(
    container: InputContainer, video: VideoStream, length_s: float, breathe: Callable[[float], None]
) -> Strip | None:
    """The key frames nearest before equal distances, each once; ``None`` when none can be decoded.

    Raises what PyAV raises where the file itself ends wrongly.
    """
    number = min(max(math.ceil(length_s / _APART_S), 1), MOST)
    start, base = start_of(container), video.time_base or Fraction(1, 1000)
    found: dict[int, Luma] = {}
    size: tuple[int, int] | None = None
    for place in range(number):
        wanted = length_s * (place + 0.5) / number
        breathe(wanted)
        frame = _key_frame(container, video, math.floor((wanted + start) / base))
        if frame is None or frame.pts is None:
            continue
        at_ms = max(round((float(frame.pts * base) - start) * 1000), 0)
        if at_ms not in found:
            size = size or _size(frame, video.sample_aspect_ratio)
            found[at_ms] = _small(frame, size)
    times = sorted(found)
    return sheet([found[at] for at in times], times, COLUMNS, _QUALITY) if times else None


def _key_frame(container: InputContainer, video: VideoStream, pts: int) -> VideoFrame | None:
    """The key frame before a place; of one that is damaged nothing."""
    container.seek(pts, stream=video)
    codec = video.codec_context
    for packet in container.demux(video):
        if not packet.size:
            return None
        if packet.is_keyframe:
            try:
                frames = [*codec.decode(packet), *codec.decode(None)]
            except av.FFmpegError:
                frames = []
            codec.flush_buffers()
            return next(iter(frames), None)
    return None


def _size(frame: VideoFrame, pixel: Fraction | None) -> tuple[int, int]:
    """Width and height of every picture, before it is turned."""
    shape = float(pixel) if pixel and Fraction(1, _ODD) < pixel < _ODD else 1.0
    wide = frame.width * shape
    share = LONGEST_SIDE / max(wide, frame.height)
    return max(round(wide * share), 2), max(round(frame.height * share), 2)


def _small(frame: VideoFrame, size: tuple[int, int]) -> Luma:
    """BGR, turned as the recorder was held."""
    picture = frame.reformat(*size, "bgr24").to_ndarray()
    return np.ascontiguousarray(np.rot90(picture, round(frame.rotation / 90) % 4))
