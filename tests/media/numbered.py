"""Films whose frames carry their number as eight black or white bars, and reading the number back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

BITS = 8
RATE = 25
TICKS = 12_800
"""Of a second; a frame lasts 512 of them."""
SOUND_RATE = 48_000


def bars(number: int, width: int, height: int) -> np.ndarray:
    """A picture of that number, the highest bit left, over a ground that changes too."""
    picture = np.full((height, width, 3), 60 + number % 64, np.uint8)
    for bit in range(BITS):
        left, right = bit * width // BITS, (bit + 1) * width // BITS
        picture[height // 4 : height * 3 // 4, left:right] = 235 if number >> (BITS - 1 - bit) & 1 else 16
    return picture


def number_of(picture: Image.Image) -> int:
    """The number that a picture carries."""
    grey = np.asarray(picture.convert("L"), np.int32)
    height, width = grey.shape
    row = grey[height * 3 // 8 : height * 5 // 8]
    number = 0
    for bit in range(BITS):
        middle = (2 * bit + 1) * width // (2 * BITS)
        level = row[:, middle - 2 : middle + 3].mean()
        assert level < 80 or level > 170, "neither black nor white"
        number = number << 1 | int(level > 125)
    return number


def make_film(
    path: Path,
    *,
    codec: str = "libx264",
    frames: int = 50,
    stamps: Sequence[int] | None = None,
    size: tuple[int, int] = (160, 96),
    pixels: str = "yuv420p",
    group: int = 25,
    b_frames: int = 2,
    turned: int = 0,
    sound: str | None = None,
) -> Path:
    """A film; ``stamps`` are the pts of its frames in :data:`TICKS`, ``turned`` degrees against the clock."""
    with av.open(str(path), "w") as target:
        options = {"g": str(group), "bf": str(b_frames)} | (
            {"sc_threshold": "0"} if codec in ("libx264", "mpeg4") else {}
        )
        video = cast("VideoStream", target.add_stream(codec, rate=RATE, options=options))
        video.width, video.height, video.pix_fmt = *size, pixels
        if stamps is not None:
            video.codec_context.time_base = Fraction(1, TICKS)
        if turned:
            video.set_display_rotation(turned)
        audio = None if sound is None else cast("AudioStream", target.add_stream(sound, rate=SOUND_RATE, layout="mono"))
        pictures = list(stamps) if stamps is not None else [number * TICKS // RATE for number in range(frames)]
        _write(target, video, pictures, size)
        if audio is not None:
            _write_sound(target, audio, frames / RATE)
    return path


def _write(target: OutputContainer, video: VideoStream, stamps: Iterable[int], size: tuple[int, int]) -> None:
    for number, pts in enumerate(stamps):
        frame = VideoFrame.from_ndarray(bars(number, *size), "rgb24")
        frame.pts, frame.time_base = pts, Fraction(1, TICKS)
        target.mux(video.encode(frame))
    target.mux(video.encode(None))


def _write_sound(target: OutputContainer, audio: AudioStream, seconds: float) -> None:
    for frame in tone(seconds):
        target.mux(audio.encode(frame))
    target.mux(audio.encode(None))


def tone(seconds: float) -> Iterator[AudioFrame]:
    """A sound that rises by 100 Hz each tenth of a second, from 400 Hz on, so that each place can be told."""
    for tenth in range(math.ceil(seconds * 10)):
        count = SOUND_RATE // 10
        times = np.arange(count) / SOUND_RATE
        wave = (np.sin(2 * np.pi * pitch(tenth) * times) * 12_000).astype(np.int16)
        frame = AudioFrame.from_ndarray(wave.reshape(1, -1), "s16", "mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, tenth * count, Fraction(1, SOUND_RATE)
        yield frame


def pitch(tenth: int) -> int:
    """Hertz in that tenth of a second."""
    return 400 + 100 * (tenth % 40)


def pitch_at(path: Path, seconds: float) -> float:
    """Hertz of what is heard at a time of a file, over a twentieth of a second."""
    with av.open(str(path)) as source:
        audio = source.streams.audio[0]
        heard = np.zeros(round(SOUND_RATE * 30), np.float32)
        for frame in source.decode(audio):
            data = frame.to_ndarray().astype(np.float32)
            mono = data[0] if frame.format.is_planar or data.shape[0] == 1 else data.reshape(-1)
            at = round((frame.time or 0) * frame.sample_rate)
            if at >= 0:
                heard[at : at + len(mono)] = mono
            rate = frame.sample_rate
    begin = round(seconds * rate)
    piece = heard[begin : begin + rate // 20]
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 8 * len(piece)))
    return float(np.argmax(spectrum) * rate / (8 * len(piece)))


def numbers_in(path: Path) -> list[tuple[int, float]]:
    """The number of every frame of a film, and its time in seconds from the first one."""
    with av.open(str(path)) as source:
        video = source.streams.video[0]
        shown = [
            (number_of(Image.fromarray(frame.to_ndarray(format="rgb24"))), frame.time or 0.0)
            for frame in source.decode(video)
        ]
    return [(number, round(time - shown[0][1], 4)) for number, time in shown]


def make_sound(path: Path, codec: str, seconds: float) -> Path:
    """A file with nothing but the rising tone."""
    with av.open(str(path), "w") as target:
        _write_sound(target, cast("AudioStream", target.add_stream(codec, rate=SOUND_RATE, layout="mono")), seconds)
    return path
