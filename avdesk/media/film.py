"""Exact frames of a video through FFmpeg (PyAV). Runs in the decoder process only.

The frame on the screen at a time is the last one whose pts is not after it. Rules measured for this program: seek by
pts, begin at a key frame, make sure that the first frame found is not too late, else go to earlier key frames; skip
what no other frame needs until shortly before the target, and look whether the target was among it.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable, Iterator
from fractions import Fraction

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition
from av.video.stream import VideoStream

from avdesk.media.formats import Format
from avdesk.media.leading import Leading
from avdesk.media.run import Kept, Pace, Run, Shown, decoded, drained
from avdesk.media.source import Source
from avdesk.media.stamps import Counted, Stamps, Stated
from avdesk.media.table import FrameTable

_BACK = (0.0, 1.0, 4.0, 15.0, 60.0)
_BUFFER = 256 * 1024
_BARE = frozenset(("h264", "hevc"))
"""Elementary streams: no times at all."""
_BARE_BASE = Fraction(1, 90_000)
_BARE_RATE = Fraction(25)
_FASTEST, _SLOWEST = 1000, Fraction(1, 1000)
_KEYLESS = 300
_INTRA = frozenset(("mjpeg", "rawvideo", "prores", "dvvideo", "huffyuv", "ffvhuff", "jpeg2000", "png"))


class Film:
    """An open video or sound file.

    Raises what PyAV raises for a damaged one, :class:`ValueError` for one with neither picture nor sound.
    """

    def __init__(self, source: Source, format_: Format) -> None:
        self._file = io.BufferedReader(source, _BUFFER)
        self._demuxer = format_.demuxer
        self._container = self._open()
        self._video = self._find()
        self._bare = self._demuxer in _BARE
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
            self.time_base = _BARE_BASE if self._bare else self._video.time_base or self.time_base
            self.rate = _believed(self._video.average_rate) or _believed(self._video.guessed_rate) or _BARE_RATE
        self.late_until: int | None = None
        """Frames before this pts come too late."""
        self.pace = Pace.ALL
        """What is decoded behind the frame that was asked for."""

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

    def frames(self, wanted: int, kept: Kept | None = None) -> Iterator[Shown | None]:
        """The frame on the screen at pts ``wanted``, then those after it. ``None`` stands for work done meanwhile.

        ``kept`` takes the frames before it that were decoded on the way, and it itself.
        """
        wanted = max(wanted, self._first())
        began: int | None = None
        for back in (None,) if self._bare else (*_BACK, None):
            for careful in (True,) if kept is not None else (False, True):
                if kept is not None:
                    kept.forget()
                run = Run(self, wanted, back, careful=careful, kept=kept)
                yield from run.frames(began)
                if run.found:
                    return
                if not run.skipped:
                    break
            began = run.began

    def key_frame(self, wanted: int) -> Iterator[Shown | None]:
        """The key frame on the screen at pts ``wanted``, or the last one before; the first of the file if none is.

        ``None`` stands for work done meanwhile.
        """
        for back in (*_BACK, None):
            for packet in self.packets(wanted, back):
                yield None
                if not packet.size or not packet.is_keyframe or packet.is_discard:
                    continue
                found = self.alone(packet)
                if found is not None and (found.pts <= wanted or back is None):
                    yield found
                    return
                if found is not None:
                    break

    def alone(self, packet: Packet[VideoStream]) -> Shown | None:
        """The frame of a key frame's packet, decoded at once."""
        pts = Stated().feed(packet)
        codec = self.video.codec_context
        codec.flush_buffers()
        codec.skip_frame = "DEFAULT"
        frames = [*decoded(packet), *drained(self.video)]
        return Shown(frames[0], pts) if frames and pts is not None else None

    def packets(self, wanted: int, back: float | None) -> Iterator[Packet[VideoStream]]:
        """From a key frame on: the last at least ``back`` seconds before, or the first one of the file."""
        if back is None:
            self._container.close()
            self._container = self._open()
            self._video = self._find()
        else:
            try:
                self._container.seek(wanted - math.ceil(back / self.time_base), stream=self.video, backward=True)
            except av.FFmpegError:
                return  # nothing is there, or the file can't be sought in: it is begun from its beginning
        waiting: list[Packet[VideoStream]] | None = []
        for packet in self._demuxed():
            if waiting is None:
                yield packet
                continue
            waiting.append(packet)
            if packet.is_keyframe and packet.size:
                yield packet
                waiting = None
            elif len(waiting) == _KEYLESS or not packet.size:
                yield from waiting  # a stream without key frames, refreshed bit by bit
                waiting = None

    def _demuxed(self) -> Iterator[Packet[VideoStream]]:
        """As far as the file can be read. PyAV knows only the streams that were there when it was opened."""
        with contextlib.suppress(av.FFmpegError, IndexError):
            yield from self._container.demux(self.video)

    def stamps(self, back: float | None, first: Packet[VideoStream] | None) -> Stamps:
        """How the frames of this file get their time, from the packet ``first`` on."""
        if self._bare:
            return Counted(whole=True, duration=round(1 / self.rate / self.time_base))
        if self._demuxer == "avi" and not self.is_intra:
            return Counted(whole=back is None or first is None or not first.dts)
        return Stated()

    @property
    def is_intra(self) -> bool:
        """Whether each frame stands alone."""
        return self.codec in _INTRA

    @property
    def codec(self) -> str:
        """FFmpeg's name of the picture's codec."""
        return self.video.codec_context.codec.canonical_name

    @property
    def video(self) -> VideoStream:
        """The picture. Raises :class:`ValueError` where there is none, or none any more: the file has changed."""
        if self._video is None:
            raise ValueError("no picture")
        return self._video

    def table(self, stop: Callable[[], bool]) -> FrameTable | None:
        """Which frames are shown, by going through the whole file without decoding; ``None`` once it is to ``stop``.

        Raises what PyAV raises.
        """
        stamps = self.stamps(None, None)
        leading = Leading(self.codec)
        found = []
        for packet in self.packets(0, None):
            if stop():
                return None
            pts = stamps.feed(packet) if packet.size else None
            if pts is not None and not leading.holds(packet, pts) and not packet.is_discard:
                found.append(pts)
        return FrameTable.of(found)

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()
        self._file.close()

    def _first(self) -> int:
        first = None if self._bare or self._demuxer == "avi" else self.video.start_time
        return 0 if first is None else first

    def _open(self) -> InputContainer:
        self._file.seek(0)
        return av.open(self._file, "r", format=self._demuxer, metadata_errors="replace", buffer_size=_BUFFER)

    def _find(self) -> VideoStream | None:
        """The picture, of a codec that FFmpeg knows; nothing else is read from the file any more."""
        films = (s for s in self._container.streams.video if not s.disposition & Disposition.attached_pic)
        found = next((s for s in films if s.codec_context is not None), None)
        if found is not None:
            found.thread_type = "AUTO"
            for stream in self._container.streams:
                if stream.index != found.index:
                    stream.discard = Discard.all
        return found


def _believed(rate: Fraction | None) -> Fraction | None:
    return rate if rate and _SLOWEST < rate < _FASTEST else None
