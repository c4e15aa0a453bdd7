"""A part of an untrusted film or sound as a file of its own. Runs in the maker process only.

Copied as it is where the frame on the screen at its beginning is a key frame; else encoded anew, so that it begins with
exactly that frame. Every frame keeps its time.
"""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from avdesk.media.encoding import PictureEncoder, SoundEncoder
from avdesk.media.extracting import tick, tick_after
from avdesk.media.film import Film
from avdesk.media.formats import Format
from avdesk.media.opened import Fault, Numbered, open_known
from avdesk.media.source import open_source

Tell = Callable[[float], None]

_MP4_PICTURE = frozenset({"h264", "hevc", "mpeg4"})
_MP4_SOUND = frozenset({"aac", "mp3", "ac3", "eac3", "alac"})
_SOUND_FILES = {"aac": ("m4a", "mp4"), "mp3": ("mp3", "mp3"), "pcm_s16le": ("wav", "wav")}
_COPIED = frozenset({"mov", "matroska", "mpegts", "flv"})
"""What says of each frame when it is shown; of others only films are copied whose frames stand alone."""
_MUXERS = {"mp4": "mp4", "mkv": "matroska"}
_BUFFER = 256 * 1024
_MOST_WITHOUT_DTS = 64
_BACK = (0, 1, 5)
"""Seconds."""


class NoCopy(Exception):
    """The film can't be cut here without encoding it."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is cut out of a film. ``first`` and ``last``: numbers of frames; pts as in the file.

    ``begin_s`` is the time of the first frame and ``end_s`` where the last one gives way, both on the file's own clock.
    """

    first: int
    last: int
    first_pts: int
    end_pts: int
    begin_s: Fraction
    end_s: Fraction


@dataclass(frozen=True, slots=True)
class _Files:
    """The file that is read, and how it is opened."""

    path: Path
    format: Format

    def open(self) -> InputContainer:
        file = io.BufferedReader(open_source(self.path), _BUFFER)
        return av.open(file, "r", format=self.format.demuxer, metadata_errors="replace", buffer_size=_BUFFER)


def cut(path: Path, from_s: float, to_s: float, out: BinaryIO, tell: Tell) -> dict[str, object]:
    """Write what is on the screen from ``from_s`` to ``to_s`` seconds; what became of it.

    Raises :class:`OSError`, :class:`Fault`, ``MemoryError`` and what PyAV raises.
    """
    source, format_ = open_known(path)
    if format_.demuxer is None:
        raise Fault("NO_PICTURE")
    film = Film(source, format_)
    files = _Files(path, format_)
    if not film.has_picture:
        return _cut_sound(files, film, from_s, to_s, out, tell)
    table = Numbered.read(path, format_)
    span = _span(film, table, from_s, to_s)
    try:
        extension, last_pts = _copy(files, film, table, span, out, tell)
        mode = "copy"
    except (NoCopy, av.FFmpegError):
        out.seek(0)
        out.truncate()
        extension, last_pts = _encode(files, film, span, out, tell)
        mode = "encode"
    out.flush()
    return {
        "mode": mode,
        "extension": extension,
        "first_index": span.first,
        "last_index": table.number(last_pts),
        "first_s": float((span.first_pts - film.start) * film.time_base),
        "last_s": float((last_pts - film.start) * film.time_base),
    }


def _span(film: Film, table: Numbered, from_s: float, to_s: float) -> Span:
    first = table.shown_at(tick(film, from_s))
    last = max(table.last_before(tick_after(film, to_s)), first)
    first_pts, last_pts = table.pts(first), table.pts(last)
    end_pts = table.pts(last + 1) if last + 1 < len(table) else last_pts + round(1 / film.rate / film.time_base)
    end_pts = max(end_pts, last_pts + 1)
    return Span(first, last, first_pts, end_pts, first_pts * film.time_base, end_pts * film.time_base)


def _copy(files: _Files, film: Film, table: Numbered, span: Span, out: BinaryIO, tell: Tell) -> tuple[str, int]:
    """The extension of the file, and the pts of its last frame, which may lie beyond what was asked for: frames that
    others need come along, and those between them. Raises :class:`NoCopy`.
    """
    if files.format.demuxer not in _COPIED and not film.is_intra:
        raise NoCopy
    with files.open() as pictures, files.open() as sounds:
        video, audio = _video(pictures), _audio(sounds)
        _seek_to_key(pictures, video, span)
        fits = _fits_mp4(video.codec_context.name, None if audio is None else audio.codec_context.name)
        extension = "mp4" if fits else "mkv"
        with av.open(out, "w", format=_MUXERS[extension]) as target:
            copied = _Copied(pictures, video, target.add_stream_from_template(video), span)
            heard = _copied_sound(sounds, audio, target, span) if audio is not None else iter(())
            _mux(target, span, tell, copied.packets(), heard)
    return extension, copied.last_pts


def _fits_mp4(picture: str, sound: str | None) -> bool:
    return picture in _MP4_PICTURE and (sound is None or sound in _MP4_SOUND)


def _seek_to_key(container: InputContainer, video: VideoStream, span: Span) -> None:
    """Go to the first frame of the span, or before it. Raises :class:`NoCopy` when it is no key frame.

    Streams without an index are sought in by guessing, and often too far.
    """
    for back in _BACK:
        place = span.first_pts - round(back / cast("Fraction", video.time_base))
        container.seek(place, stream=video, backward=True)
        if _comes_as_key(container, video, span.first_pts):
            container.seek(place, stream=video, backward=True)
            return
    raise NoCopy


def _comes_as_key(container: InputContainer, video: VideoStream, pts: int) -> bool:
    """Whether the packet of that pts comes next, or soon, and is a key frame."""
    for packet in container.demux(video):
        if packet.pts == pts:
            return packet.is_keyframe
        if packet.pts is None or (packet.dts is not None and packet.dts > pts):
            break
    return False


class _Copied:
    """The packets of the picture, in the order of decoding, their times beginning at 0."""

    def __init__(self, container: InputContainer, video: VideoStream, target: VideoStream, span: Span) -> None:
        self._container = container
        self._video = video
        self._target = target
        self._span = span
        self.last_pts = span.first_pts

    def packets(self) -> Iterator[Packet[Any]]:
        for packet in self._wanted():
            self.last_pts = max(self.last_pts, cast("int", packet.pts))
            yield _moved(packet, self._span.first_pts, self._target)

    def _wanted(self) -> Iterator[Packet[Any]]:
        span, end, begun = self._span, self._span.end_pts, False
        waiting: list[Packet[Any]] = []
        for packet in _timed(self._container.demux(self._video)):
            pts, dts = cast("int", packet.pts), cast("int", packet.dts)
            begun = begun or (pts == span.first_pts and packet.is_keyframe)
            if not begun or pts < span.first_pts:
                continue  # before the span, or a frame that needs what is before it
            if dts >= end:
                return
            waiting.append(packet)
            if pts < end:
                end = max(end, *(cast("int", each.pts) + 1 for each in waiting))
                yield from waiting
                waiting = []
        if not begun:
            raise NoCopy


def _timed(packets: Iterator[Packet[Any]]) -> Iterator[Packet[Any]]:
    """Each with a time of decoding, which Matroska does not give for the first ones after a jump.

    Raises :class:`NoCopy` for packets without a time of showing.
    """
    waiting: list[Packet[Any]] = []
    for packet in packets:
        if not packet.size:
            break
        if packet.pts is None or len(waiting) > _MOST_WITHOUT_DTS:
            raise NoCopy
        waiting.append(packet)
        if packet.dts is not None:
            yield from _numbered_back(waiting, packet.dts)
            waiting = []
    if waiting:
        yield from _numbered_back(waiting, min(cast("int", packet.pts) for packet in waiting))


def _numbered_back(packets: Sequence[Packet[Any]], last: int) -> Sequence[Packet[Any]]:
    for back, packet in enumerate(reversed(packets)):
        packet.dts = last - back
    return packets


def _copied_sound(
    container: InputContainer, audio: AudioStream, target: OutputContainer, span: Span
) -> Iterator[Packet[Any]]:
    stream = target.add_stream_from_template(audio)
    return _sound_packets(container, audio, stream, span.begin_s, span.end_s)


def _sound_packets(
    container: InputContainer, audio: AudioStream, stream: AudioStream, begin_s: Fraction, end_s: Fraction
) -> Iterator[Packet[Any]]:
    """The packets of the sound that begin within the span."""
    base = cast("Fraction", audio.time_base)
    origin = round(begin_s / base)
    container.seek(origin, stream=audio, backward=True)
    for packet in container.demux(audio):
        if not packet.size or packet.pts is None or packet.pts < origin:
            continue
        if packet.pts * base >= end_s:
            return
        packet.dts = packet.pts
        yield _moved(packet, origin, stream)


def _moved(packet: Packet[Any], origin: int, stream: VideoStream | AudioStream) -> Packet[Any]:
    packet.pts = cast("int", packet.pts) - origin
    packet.dts = cast("int", packet.dts) - origin
    packet.stream = stream
    return packet


def _encode(files: _Files, film: Film, span: Span, out: BinaryIO, tell: Tell) -> tuple[str, int]:
    with files.open() as sounds:
        audio = _audio(sounds)
        extension = PictureEncoder.extension()
        with av.open(out, "w", format=_MUXERS[extension]) as target:
            pictures = PictureEncoder(target, film, span.first_pts, span.end_pts)
            heard: Iterator[Packet[Any]] = iter(())
            if audio is not None:
                heard = SoundEncoder(target, audio).packets(sounds, span.begin_s, span.end_s)
            _mux(target, span, tell, pictures.packets(), heard)
    return extension, pictures.last_pts


def _cut_sound(files: _Files, film: Film, from_s: float, to_s: float, out: BinaryIO, tell: Tell) -> dict[str, object]:
    """Sound alone, to the packet when it is copied, to the sample when it is encoded."""
    origin = Fraction(film.start_s).limit_denominator(1_000_000)
    begin_s, end_s = origin + Fraction(from_s), origin + Fraction(to_s)
    span = Span(0, 0, 0, 0, begin_s, end_s)
    with files.open() as container:
        audio = _audio(container)
        if audio is None:
            raise Fault("NO_PICTURE")
        extension, muxer = _SOUND_FILES.get(audio.codec_context.name, ("m4a", "mp4"))
        copies = audio.codec_context.name in _SOUND_FILES
        with av.open(out, "w", format=muxer) as target:
            if copies:
                stream = target.add_stream_from_template(audio)
                packets = _sound_packets(container, audio, stream, begin_s, end_s)
            else:
                packets = SoundEncoder(target, audio).packets(container, begin_s, end_s)
            if not _mux(target, span, tell, packets):
                raise Fault("NO_SUCH_TIME")
    out.flush()
    mode = "copy" if copies else "encode"
    length = float(end_s - origin)
    ends = length if film.duration_s is None else min(length, film.duration_s)
    sound = {"first_index": None, "last_index": None, "first_s": float(from_s), "last_s": ends}
    return {"mode": mode, "extension": extension, **sound}


def _mux(target: OutputContainer, span: Span, tell: Tell, *streams: Iterator[Packet[Any]]) -> int:
    """Write the packets of all streams in the order of their times; how many there were."""
    length = float(span.end_s - span.begin_s) or 1.0
    count = 0
    for packet in heapq.merge(*streams, key=_seconds):
        count += 1
        tell(_seconds(packet) / length)
        target.mux(packet)
    return count


def _seconds(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)


def _video(container: InputContainer) -> VideoStream:
    return next(each for each in container.streams.video if not each.disposition & Disposition.attached_pic)


def _audio(container: InputContainer) -> AudioStream | None:
    return next(iter(container.streams.audio), None)
