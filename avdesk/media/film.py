"""Exact frames of a video through FFmpeg (PyAV). Runs in the decoder process only.

The frame on the screen at a time is the last one whose pts is not after it. Rules measured for this program: seek by
pts, make sure that the first frame found is not too late, else go to earlier key frames; skip what no other frame needs
until shortly before the target.
"""

from __future__ import annotations

import io
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from avdesk.media.fitting import PIXEL, View, fitted
from avdesk.media.formats import Format
from avdesk.media.source import Source

NEAR = 24
"""So many frames before the target every frame is decoded."""
_BACK = (0.0, 1.0, 4.0, 15.0, 60.0)
_BUFFER = 256 * 1024
_UNSPECIFIED = 2
_HD = 720


class Film:
    """An open video or sound file.

    Raises what PyAV raises for a damaged one, :class:`ValueError` for one with neither picture nor sound.
    """

    def __init__(self, source: Source, format_: Format) -> None:
        self._file = io.BufferedReader(source, _BUFFER)
        self._demuxer = format_.demuxer
        self._container = self._open()
        self._video = self._find()
        audio = next(iter(self._container.streams.audio), None)
        if self._video is None and audio is None:
            raise ValueError("neither picture nor sound")
        self.has_picture = self._video is not None
        self.has_sound = audio is not None
        begins = self._container.start_time
        self.start_s = 0.0 if begins is None else begins / av.time_base
        length = self._container.duration
        self.duration_s = None if length is None or length <= 0 else length / av.time_base
        self.time_base = Fraction(1, 1000)
        self.rate = Fraction(0)
        if self._video is not None:
            self.time_base = self._video.time_base or self.time_base
            self.rate = self._video.average_rate or self._video.guessed_rate or Fraction(25)

    @property
    def size(self) -> tuple[int, int]:
        """Pixels as coded; nothing for sound alone."""
        codec = None if self._video is None else self._video.codec_context
        return (0, 0) if codec is None else (codec.width, codec.height)

    @property
    def shape(self) -> Fraction:
        """The width of a pixel by its height; what no camera has is not believed."""
        stated = None if self._video is None else self._video.sample_aspect_ratio
        return stated if stated and Fraction(1, 8) < stated < 8 else Fraction(1)

    @property
    def start(self) -> int:
        """The pts of the beginning of the file's time."""
        return math.floor(Fraction(self.start_s).limit_denominator(1_000_000) / self.time_base)

    def frames(self, wanted: int) -> Iterator[VideoFrame | None]:
        """The frame on the screen at pts ``wanted``, then those after it. ``None`` stands for work done meanwhile."""
        first = None if self._video is None else self._video.start_time
        wanted = wanted if first is None else max(wanted, first)
        for back in (*_BACK, None):
            held: VideoFrame | None = None
            decoded = self._decoded(wanted, back)
            for frame in decoded:
                if frame is None:
                    yield None
                elif _pts(frame) <= wanted:
                    held = frame
                elif held is None and back is not None:
                    break
                else:
                    if held is not None:
                        yield held
                    yield frame
                    yield from decoded
                    return
            else:
                if held is not None:
                    yield held
                    return

    def _decoded(self, wanted: int, back: float | None) -> Iterator[VideoFrame | None]:
        """All frames from a key frame on; ``back`` seconds before, or from the beginning of the file."""
        video = self._at(wanted, back)
        codec = video.codec_context
        near = wanted - math.ceil(NEAR / self.rate / self.time_base)
        for packet in self._container.demux(video):
            if packet.pts is not None:
                codec.skip_frame = "NONREF" if packet.pts < near else "DEFAULT"
            try:
                frames = packet.decode()
            except av.FFmpegError:
                frames = []  # damaged: what can't be decoded is not shown, the next key frame is
            for frame in frames:
                if frame.pts is None:
                    frame.pts = frame.dts
                if frame.pts is not None:
                    yield frame
            yield None

    def _at(self, wanted: int, back: float | None) -> VideoStream:
        if back is None:
            self._container.close()
            self._container = self._open()
            self._video = self._find()
        video = cast("VideoStream", self._video)
        if back is not None:
            self._container.seek(wanted - math.ceil(back / self.time_base), stream=video, backward=True)
        return video

    def _open(self) -> InputContainer:
        self._file.seek(0)
        return av.open(self._file, "r", format=self._demuxer, metadata_errors="replace", buffer_size=_BUFFER)

    def _find(self) -> VideoStream | None:
        found = next(
            (s for s in self._container.streams.video if not s.disposition & Disposition.attached_pic),
            None,
        )
        if found is not None:
            found.thread_type = "AUTO"
        return found


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


class FrameTable:
    """The pts of all frames of a file, read without decoding anything: which number a frame has."""

    def __init__(self, pts: array[int]) -> None:
        self._pts = pts

    @classmethod
    def read(cls, source: Source, format_: Format) -> FrameTable:
        """Go through the whole file. Raises what PyAV raises."""
        with av.open(
            io.BufferedReader(source, _BUFFER), "r", format=format_.demuxer, metadata_errors="replace"
        ) as file:
            video = next(s for s in file.streams.video if not s.disposition & Disposition.attached_pic)
            stamps = [
                packet.pts if packet.pts is not None else packet.dts
                for packet in file.demux(video)
                if packet.size and not packet.is_discard
            ]
        return cls(array("q", sorted(stamp for stamp in stamps if stamp is not None)))

    def __len__(self) -> int:
        return len(self._pts)

    def number(self, pts: int) -> int | None:
        """The place of a frame from 0 on; ``None`` when the table does not have it."""
        place = bisect_left(self._pts, pts)
        return place if place < len(self._pts) and self._pts[place] == pts else None


def _pts(frame: VideoFrame) -> int:
    return frame.pts if frame.pts is not None else 0


def _is_untagged_hd(frame: VideoFrame) -> bool:
    return frame.colorspace == _UNSPECIFIED and frame.height >= _HD and "yuv" in frame.format.name
