"""Which time a decoded frame has. Runs in the decoder process only.

Most files say a frame's pts. An AVI says only in which order frames are to be decoded, a bare elementary stream not
even that; what FFmpeg guesses there is wrong as soon as there are B-frames. Their frames are counted instead.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream


class Stamps(Protocol):
    """Told of each packet before it is decoded and of each frame as it comes out."""

    skipping: bool
    """Whether frames that no other needs may be left undecoded."""

    def feed(self, packet: Packet[VideoStream]) -> int | None:
        """The pts of the packet's frame as far as it is known before."""

    def stamp(self, frame: VideoFrame) -> int | None:
        """The frame's pts; ``None`` when it can't be told."""


class Stated(Stamps):
    """The file says it."""

    skipping = True

    def feed(self, packet: Packet[VideoStream]) -> int | None:
        if packet.pts is None:
            packet.pts = packet.dts
        return packet.pts

    def stamp(self, frame: VideoFrame) -> int | None:
        return frame.pts


class Counted(Stamps):
    """Frames come out in the order they are shown in, one for each packet: the n-th has the n-th packet's time.

    Where decoding begins in mid-file, frames before the first key frame may be missing. So counting begins at the
    second one: all that precede it in the file are shown before it, and so were those behind it that have come out.
    """

    skipping = False

    def __init__(self, *, whole: bool, first: int = 0, duration: int | None = None) -> None:
        """``whole``: nothing before is missing. Where packets have no time, ``first`` and ``duration`` give it."""
        self._fed: list[int] = []
        self._out: list[int] = []
        self._next: int | None = 0 if whole else None
        self._keys = 0
        self._whole = whole
        self._first = first
        self._duration = duration

    def feed(self, packet: Packet[VideoStream]) -> int | None:
        if self._duration is not None:
            packet.pts = packet.dts = self._first + len(self._fed) * self._duration
        elif packet.dts is not None:
            packet.pts = packet.dts
        if packet.pts is not None:
            self._fed.append(packet.pts)
        return packet.pts

    def stamp(self, frame: VideoFrame) -> int | None:
        mark = frame.pts
        if mark is None:
            return None
        if frame.key_frame:
            self._keys += 1
            if self._whole or self._keys > 1:
                self._next = bisect_left(self._fed, mark) + sum(other > mark for other in self._out)
            self._out.clear()
        self._out.append(mark)
        if self._next is None or self._next >= len(self._fed):
            return None
        self._next += 1
        return self._fed[self._next - 1]
