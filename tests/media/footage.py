"""Footage as recorders make it, each frame with its number painted into it, and the number read back from a picture.

The lower half of a frame is a grid of black and white fields: 20 bits of the number, then 12 check bits. They outlive
every codec here, scaling, and being turned back; a frame that is torn, grey or upside down fails the check.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

COLUMNS, ROWS = 8, 4
_NUMBER_BITS, _CHECK_BITS = 20, 12
_SOUND_RATE = 48_000
_DELAY_TAG = b"\x00\x00\x01\xb2DivX503b1393p\x00"
"""User data of MPEG-4 that says: a B-frame lies in one packet with the frame before it."""
_NOT_CODED = b"\x00\x00\x01\xb6\x51\x80\x00"


def _check(number: int) -> int:
    return zlib.crc32(number.to_bytes(4, "big")) & ((1 << _CHECK_BITS) - 1)


def paint(number: int, width: int, height: int, *, textured: bool = False) -> NDArray[np.uint8]:
    """The brightness of frame ``number`` as (height, width); ``textured`` gives the encoder something to do."""
    picture = np.empty((height, width), np.uint8)
    top = height // 2
    row = np.arange(width, dtype=np.uint16) + number * 3
    picture[:top] = ((row[None, :] + np.arange(top, dtype=np.uint16)[:, None]) % 200 + 20).astype(np.uint8)
    if textured:
        noise = np.random.default_rng(7).integers(0, 60, (top + 64, width + 64), np.uint8)
        shift = (number * 2) % 64
        picture[:top] = picture[:top] // 2 + noise[shift : shift + top, shift : shift + width]
    code = number << _CHECK_BITS | _check(number)
    fields = np.array([code >> place & 1 for place in range(COLUMNS * ROWS)], np.uint8).reshape(ROWS, COLUMNS)
    across = np.minimum(np.arange(width) * COLUMNS // width, COLUMNS - 1)
    down = np.minimum(np.arange(height - top) * ROWS // (height - top), ROWS - 1)
    picture[top:] = 16 + fields[down][:, across] * 219
    return picture


def read(picture: NDArray[np.uint8]) -> int | None:
    """The number in a picture, (height, width) or with colours behind; ``None`` when it has none that is whole."""
    grey = picture if picture.ndim == 2 else picture[:, :, :3].mean(axis=2)
    height, width = grey.shape
    code = 0
    for place in range(COLUMNS * ROWS):
        middle = ((place % COLUMNS + 0.5) * width / COLUMNS, height / 2 * (1 + (place // COLUMNS + 0.5) / ROWS))
        reach = (max(width // COLUMNS // 6, 1), max(height // 2 // ROWS // 6, 1))
        x, y = int(middle[0]), int(middle[1])
        part = grey[max(y - reach[1], 0) : y + reach[1], max(x - reach[0], 0) : x + reach[0]]
        code |= int(part.mean() > 126) << place
    number = code >> _CHECK_BITS
    return number if number < 1 << _NUMBER_BITS and _check(number) == code & ((1 << _CHECK_BITS) - 1) else None


def evenly(rate: int = 25, first: int = 0) -> Callable[[int], Fraction]:
    """The time of each frame in seconds."""
    return lambda number: first + Fraction(number, rate)


def unevenly(number: int) -> Fraction:
    """Steps of 10 to 70 ms, and now and then a still scene of three seconds."""
    steps = (10, 40, 70, 20, 33, 41, 66)
    whole, rest = divmod(number, len(steps))
    return Fraction(whole * sum(steps) + sum(steps[:rest]) + 3000 * (number // 45), 1000)


@dataclass(frozen=True)
class Footage:
    """How a file is made. ``times`` gives a frame's time in seconds, ``hidden`` so many frames an edit list leaves out.

    ``sound`` is a codec, ``sound_s`` its length in seconds (as the picture if ``None``), ``turned`` degrees clockwise.
    """

    name: str
    codec: str = "libx264"
    options: Mapping[str, str] = field(default_factory=dict)
    frames: int = 120
    size: tuple[int, int] = (320, 180)
    pixels: str = "yuv420p"
    times: Callable[[int], Fraction] = field(default_factory=evenly)
    base: Fraction = Fraction(1, 12800)
    format: str | None = None
    container: Mapping[str, str] = field(default_factory=dict)
    sound: str | None = None
    sound_s: float | None = None
    turned: int = 0
    shape: Fraction = Fraction(1)
    hidden: int = 0
    packed: bool = False
    interlaced: bool = False
    textured: bool = False
    rate: int = 25

    def make(self, folder: Path) -> Path:
        """Write the file; its path."""
        path = folder / self.name
        with av.open(str(path), "w", format=self.format, container_options=dict(self.container)) as file:
            video = self._video(file)
            audio = _add_sound(file, self.sound) if self.sound else None
            self._write(file, video, audio)
        return path

    def _video(self, file: OutputContainer) -> VideoStream:
        stream = file.add_stream(self.codec, rate=self.rate, options=dict(self.options))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = *self.size, self.pixels
        stream.time_base = stream.codec_context.time_base = self.base
        if self.shape != 1:
            stream.codec_context.sample_aspect_ratio = self.shape
        if self.interlaced:
            stream.codec_context.flags |= 1 << 18 | 1 << 29
        if self.turned:
            stream.set_display_rotation(-self.turned)
        return stream

    def _write(self, file: OutputContainer, video: VideoStream, audio: AudioStream | None) -> None:
        packets = self._packets(video)
        length = self.sound_s if self.sound_s is not None else float(self.times(self.frames) - self.times(0))
        sounds = _sound(audio, length) if audio is not None else iter(())
        ahead = next(sounds, None)
        for packet in _pack(packets) if self.packed else packets:
            while ahead is not None and ahead.pts * ahead.time_base <= packet.dts * packet.time_base:
                file.mux(ahead)
                ahead = next(sounds, None)
            file.mux(packet)
        while ahead is not None:
            file.mux(ahead)
            ahead = next(sounds, None)

    def _packets(self, video: VideoStream) -> Iterator[Packet]:
        hidden = int(self.times(self.hidden) / self.base) if self.hidden else 0
        for number in range(self.frames):
            frame = VideoFrame(*self.size, self.pixels)
            _fill(frame, self._painted(number))
            frame.pts, frame.time_base = int(self.times(number) / self.base), self.base
            yield from _shifted(video.encode(frame), hidden)
        yield from _shifted(video.encode(None), hidden)

    def _painted(self, number: int) -> NDArray[np.uint8]:
        """Lying in the file as the camera was held."""
        width, height = self.size if self.turned % 180 == 0 else self.size[::-1]
        return np.rot90(paint(number, width, height, textured=self.textured), self.turned // 90)


def _shifted(packets: list[Packet], by: int) -> Iterator[Packet]:
    for packet in packets:
        packet.pts -= by
        packet.dts -= by
        yield packet


def _pack(packets: Iterator[Packet]) -> Iterator[Packet]:
    """As DivX packed them: each B-frame with the frame before it, and a frame that is none in its place."""
    held: Packet | None = None
    for packet in packets:
        if held is None:
            held = packet
        elif packet.pts is not None and packet.pts < held.pts:
            yield _packet(_tagged(bytes(held)) + bytes(packet), held)
            held = _packet(_NOT_CODED, packet)
        else:
            yield _packet(_tagged(bytes(held)), held)
            held = packet
    if held is not None:
        yield _packet(_tagged(bytes(held)), held)


def _tagged(data: bytes) -> bytes:
    at = data.find(b"\x00\x00\x01\xb6")
    return data[:at] + _DELAY_TAG + data[at:] if b"\x00\x00\x01\xb3" in data[:at] else data


def _packet(data: bytes, like: Packet) -> Packet:
    made = Packet(data)
    made.stream, made.time_base = like.stream, like.time_base
    made.pts, made.dts, made.is_keyframe = like.dts, like.dts, like.is_keyframe
    return made


def _fill(frame: VideoFrame, grey: NDArray[np.uint8]) -> None:
    deep = frame.format.components[0].bits > 8
    for place, plane in enumerate(frame.planes):
        kind = np.uint16 if deep else np.uint8
        rows = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
        rows[:, : plane.width] = (128 if place else grey) * np.array(4 if deep else 1, np.uint16)


def _add_sound(file: OutputContainer, codec: str) -> AudioStream:
    narrow = codec == "libopencore_amrnb"
    stream = file.add_stream(
        codec, rate=8000 if narrow else _SOUND_RATE, options={"strict": "-2"} if codec == "vorbis" else {}
    )
    assert isinstance(stream, AudioStream)
    stream.codec_context.layout = "stereo" if codec == "vorbis" else "mono"
    stream.codec_context.bit_rate = 12_200 if narrow else 96_000
    return stream


def _sound(stream: AudioStream, seconds: float) -> Iterator[Packet]:
    rate, layout = stream.codec_context.rate, stream.codec_context.layout.name
    kind = stream.codec_context.format.name
    resampler = av.AudioResampler(kind, layout, rate, frame_size=stream.codec_context.frame_size or 1024)
    for first in range(0, int(seconds * rate), 1024):
        wave = np.sin(np.arange(first, first + 1024) * (2 * np.pi * 440 / rate)) * 9000
        frame = AudioFrame.from_ndarray(wave.astype(np.int16)[None, :], "s16", "mono")
        frame.rate, frame.pts, frame.time_base = rate, first, Fraction(1, rate)
        for made in resampler.resample(frame):
            yield from stream.encode(made)
    for made in resampler.resample(None):
        yield from stream.encode(made)
    yield from stream.encode(None)


def write_sound(path: Path, codec: str, seconds: float = 2.0, format_: str | None = None) -> Path:
    """A file with sound alone."""
    with av.open(str(path), "w", format=format_) as file:
        for packet in _sound(_add_sound(file, codec), seconds):
            file.mux(packet)
    return path
