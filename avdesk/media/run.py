"""One try at a frame from one place in a film on, and the frames after it. Runs in the decoder process only."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Protocol

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from avdesk.media.leading import Leading
from avdesk.media.stamps import Stamps

NEAR = 24
"""So many frames before the target every frame is decoded."""


class Pace(Enum):
    """What is decoded behind the frame asked for."""

    ALL = "ALL"
    KEYS_WHEN_LATE = "KEYS_WHEN_LATE"
    """Where it comes too late, key frames alone until it is in time again."""
    NEEDED = "NEEDED"
    """Frames that no other needs are left out, and key frames alone are decoded where it comes too late."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame with its pts; ``place`` among those of the same pts, ``None`` where it can't be told."""

    frame: VideoFrame
    pts: int
    place: int | None = 0


class Kept(deque[Shown]):
    """The last frames in front of the one wanted, as many as fit into ``room`` bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._left = room

    def keep(self, shown: Shown) -> None:
        """One more frame; the first ones give way."""
        self.append(shown)
        self._left -= _bytes(shown)
        while self._left < 0 and len(self) > 1:
            self._left += _bytes(self.popleft())

    def forget(self) -> None:
        """Begin anew."""
        self._left += sum(map(_bytes, self))
        self.clear()


class Reel(Protocol):
    """What a run needs of its film."""

    rate: Fraction
    time_base: Fraction
    late_until: int | None
    pace: Pace

    @property
    def video(self) -> VideoStream: ...

    @property
    def codec(self) -> str: ...

    def packets(self, wanted: int, back: float | None) -> Iterator[Packet[VideoStream]]: ...

    def stamps(self, back: float | None, first: Packet[VideoStream] | None) -> Stamps: ...

    def alone(self, packet: Packet[VideoStream]) -> Shown | None: ...


class Run:
    """From the key frame at least ``back`` seconds before the frame wanted; ``careful``: nothing is left out."""

    def __init__(self, reel: Reel, wanted: int, back: float | None, *, careful: bool, kept: Kept | None = None) -> None:
        self._reel = reel
        self._wanted = wanted
        self._back = back
        self._near = None if careful else wanted - math.ceil(NEAR / reel.rate / reel.time_base)
        self._kept = kept
        self._passed: int | None = None
        self._last: int | None = None
        self._place: int | None = 0 if back is None else None
        self._stamps: Stamps | None = None
        self._leading = Leading("")
        self._hasty = False
        self._flushed = False
        self.began: int | None = None
        """The pts or dts of the first packet."""
        self.found = False
        """Whether the frame wanted has come."""
        self.skipped = False
        """Whether the frame wanted may be one that was left out: long on the screen, and needed by no other."""

    def frames(self, before: int | None) -> Iterator[Shown | None]:
        """The frame wanted and those after it; nothing but ``None`` when it can't be told from here.

        ``before``: where the last try began, which need not be done again.
        """
        held: Shown | None = None
        for shown in self._stamped(before):
            if shown is None or self.found:
                yield shown
            elif shown.pts <= self._wanted:
                held = shown
                if self._kept is not None:
                    self._kept.keep(shown)
            else:
                if not self._is_found(held):
                    return
                if held is not None:
                    yield held
                yield shown
        if not self.found and held is not None and self._is_found(held):
            yield held

    def _is_found(self, held: Shown | None) -> bool:
        """Whether a frame is the one wanted, now that a later one has come."""
        self.skipped = self._passed is not None and (held is None or self._passed > held.pts)
        self.found = not self.skipped and (held is not None or self._back is None)
        return self.found

    def _stamped(self, before: int | None) -> Iterator[Shown | None]:
        for packet in self._reel.packets(self._wanted, self._back):
            if self._stamps is None:
                self.began = packet.pts if packet.pts is not None else packet.dts
                if self.began is not None and self.began == before and self._back is not None:
                    return
                self._stamps = self._reel.stamps(self._back, packet)
                self._leading = Leading(self._reel.codec)
            yield from self._take(packet, self._stamps)
            yield None
        if self._stamps is not None and not self._flushed:
            yield from self._come_out(drained(self._reel.video), self._stamps)

    def _take(self, packet: Packet[VideoStream], stamps: Stamps) -> Iterator[Shown]:
        if packet.size:
            pts = stamps.feed(packet)
            if self._leading.holds(packet, pts):
                return
            if self._makes_haste(packet, pts, stamps):
                if packet.is_keyframe and (shown := self._reel.alone(packet)):
                    yield shown
                return
            self._choose(pts, stamps)
        elif packet.dts is not None:
            return  # a place without a picture, which the decoder would take for the end
        else:
            self._flushed = True
        yield from self._come_out(decoded(packet), stamps)

    def _come_out(self, frames: list[VideoFrame], stamps: Stamps) -> Iterator[Shown]:
        for frame in frames:
            pts = stamps.stamp(frame)
            if pts is not None:
                yield self._placed(frame, pts)

    def _choose(self, pts: int | None, stamps: Stamps) -> None:
        """Whether the decoder may leave out the packet's frame."""
        if pts is None or not stamps.skipping:
            return
        early = self._near is not None and pts < self._near
        if early and not self.found:
            self._passed = pts if self._passed is None else max(self._passed, pts)
        needed = early or (self.found and self._reel.pace is Pace.NEEDED)
        self._reel.video.codec_context.skip_frame = "NONREF" if needed else "DEFAULT"

    def _makes_haste(self, packet: Packet[VideoStream], pts: int | None, stamps: Stamps) -> bool:
        """Whether time allows for key frames only. It ends at a key frame that is in time."""
        late = self._reel.late_until
        if self._reel.pace is Pace.ALL or not self.found or not stamps.skipping or pts is None or late is None:
            return False
        if pts < late:
            self._hasty = True
        elif self._hasty and packet.is_keyframe:
            self._hasty = False
            self._leading = Leading(self._reel.codec)
            self._leading.holds(packet, pts)
            self._reel.video.codec_context.flush_buffers()
        return self._hasty

    def _placed(self, frame: VideoFrame, pts: int) -> Shown:
        """``place`` is known where a frame of another pts came before, or nothing could."""
        if self._last is not None:
            self._place = 0 if pts != self._last else None if self._place is None else self._place + 1
        self._last = pts
        return Shown(frame, pts, self._place)


def _bytes(shown: Shown) -> int:
    return sum(plane.buffer_size for plane in shown.frame.planes)


def decoded(packet: Packet[VideoStream]) -> list[VideoFrame]:
    """The frames that come out when a packet goes in. What is damaged isn't shown; the next key frame is."""
    try:
        return packet.decode()
    except av.FFmpegError:
        return []


def drained(video: VideoStream) -> list[VideoFrame]:
    """The frames still in the decoder, which begins anew after it."""
    try:
        frames = video.codec_context.decode(None)
    except av.FFmpegError:
        frames = []
    video.codec_context.flush_buffers()
    return frames
