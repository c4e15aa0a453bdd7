"""Which frames of a film are looked at. Runs in the analysing process only.

Key frames, at least 0.9 s apart: of all-intra films about one a second. Each is decoded for itself: of the key packets
alone, and the decoder is emptied after it. (All packets are read: told to discard others, FFmpeg's reader of MP4 gives
the key packets wrong times.) Where key frames are more than 5 s apart, frames between them are decoded,
one in every 5 s at most, as exact as the player's but without what no other frame needs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, BinaryIO, cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

NEAREST_S = 0.9
FARTHEST_S = 5.0
_BUFFER = 256 * 1024
_BREATH = 16

Open = Callable[[], InputContainer]
Breathe = Callable[[float], None]
"""Called between pieces of work, with the second of the film at hand."""


def open_film(file: BinaryIO, demuxer: str | None) -> InputContainer:
    """A container from the file's beginning. Raises what PyAV raises."""
    file.seek(0)
    return av.open(file, "r", format=demuxer, metadata_errors="replace", buffer_size=_BUFFER)


def picture_of(container: InputContainer) -> VideoStream | None:
    """The film's picture, not the cover of a piece of music; on this thread alone."""
    found = next((s for s in container.streams.video if not s.disposition & Disposition.attached_pic), None)
    if found is not None:
        found.thread_type = "NONE"
        found.codec_context.thread_count = 1
    return found


def start_of(container: InputContainer) -> float:
    """Seconds."""
    return 0.0 if container.start_time is None else container.start_time / av.time_base


class Film:
    """The frames of one film that are looked at. ``faults`` names packets that can't be decoded.

    ``end_s``: where its picture ends, as far as it was read.
    """

    def __init__(self, container: InputContainer, video: VideoStream, between: Open, breathe: Breathe) -> None:
        self._container = container
        self._video = video
        self._start = start_of(container)
        self._base = video.time_base or Fraction(1, 1000)
        self._open_between = between
        self._between: tuple[InputContainer, VideoStream] | None = None
        self._breathe = breathe
        self.faults: list[str] = []
        self.end_s = 0.0

    def frames(self) -> Iterator[tuple[float, VideoFrame]]:
        """Frames with their second, in the order of time.

        Raises what PyAV raises where the file itself ends wrongly.
        """
        last: tuple[float, int] | None = None
        for at, packet in self._keys():
            if last is not None and at - last[0] < NEAREST_S:
                continue
            if last is not None and at - last[0] > FARTHEST_S:
                yield from self._further(*last, at)
            frame = self._alone(packet)
            if frame is not None:
                yield at, frame
                last = at, packet.pts if packet.pts is not None else packet.dts or 0
        if last is not None and self.end_s - last[0] > FARTHEST_S:
            yield from self._further(*last, self.end_s)
        if self._between is not None:
            self._between[0].close()

    def _keys(self) -> Iterator[tuple[float, Packet[Any]]]:
        latest = -math.inf
        for number, packet in enumerate(self._container.demux(self._video)):
            if number % _BREATH == 0:
                self._breathe(max(latest, 0.0))
            pts = packet.pts if packet.pts is not None else packet.dts
            if not packet.size or pts is None:
                continue
            at = max(float(pts * self._base) - self._start, 0.0)
            self.end_s = max(self.end_s, at + float((packet.duration or 0) * self._base))
            if packet.is_keyframe and at > latest:
                latest = at
                yield at, packet

    def _alone(self, packet: Packet[Any]) -> VideoFrame | None:
        codec = self._video.codec_context
        try:
            frames = [*codec.decode(packet), *codec.decode(None)]
        except av.FFmpegError as error:
            self.faults.append(type(error).__name__)
            frames = []
        codec.flush_buffers()
        return next(iter(frames), None)

    def _further(self, at: float, pts: int, until: float) -> Iterator[tuple[float, VideoFrame]]:
        """Frames between a key frame and the next, which is ``until`` seconds."""
        parts = math.ceil((until - at) / FARTHEST_S)
        wanted = [at + (until - at) * part / parts for part in range(1, parts)]
        for now, frame in self._decoded(pts):
            if now >= until or not wanted:
                return
            if now >= wanted[0]:
                yield now, frame
                wanted = [later for later in wanted if later > now]

    def _decoded(self, pts: int) -> Iterator[tuple[float, VideoFrame]]:
        """All frames from the key frame at ``pts`` on that other frames need."""
        if self._between is None:
            opened = self._open_between()
            stream = cast("VideoStream", picture_of(opened))
            stream.codec_context.skip_frame = "NONREF"
            self._between = opened, stream
        container, video = self._between
        container.seek(pts, stream=video)
        for packet in container.demux(video):
            try:
                frames = packet.decode()
            except av.FFmpegError as error:
                self.faults.append(type(error).__name__)
                frames = []
            for frame in frames:
                if frame.pts is not None and frame.pts > pts:
                    yield float(frame.pts * self._base) - self._start, frame
            self._breathe(max(float((packet.pts or pts) * self._base) - self._start, 0.0))
