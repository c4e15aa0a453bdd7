"""Footage made to be judged: what cameras and microphones do wrong, and what only looks like it.

Scenes are drawn with numpy, always the same for the same name, and coded as recorders code them. Each picture or sound
is one of :data:`PICTURES` or :data:`SOUNDS`; :func:`write` puts any of them one after the other into a real file.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Samples = NDArray[np.float32]
Levels = NDArray[np.float32]

cv2.setNumThreads(1)


@dataclass(frozen=True)
class Part:
    """So many seconds of one picture and one sound; ``None``: the file has none of it."""

    seconds: int
    picture: str | None = "walking"
    sound: str | None = None


@dataclass(frozen=True)
class Coding:
    """How a file is coded. ``gop`` in frames, ``bits`` of picture a second (0: constant quality)."""

    size: tuple[int, int] = (640, 360)
    rate: int = 15
    gop: int = 15
    bits: int = 0
    video: str = "libx264"
    audio: str = "aac"
    sound_rate: int = 16_000
    options: dict[str, str] = field(default_factory=dict)


def write(path: Path, parts: Sequence[Part], coding: Coding | None = None) -> Path:
    """A file with these parts; its container is chosen by its name."""
    coding = coding or Coding()
    with av.open(str(path), "w") as container:
        video = _video(container, coding) if any(part.picture for part in parts) else None
        audio = None
        if any(part.sound for part in parts):
            audio = cast("AudioStream", container.add_stream(coding.audio, rate=coding.sound_rate, layout="mono"))
        start = 0
        for part in parts:
            if video is not None and part.picture is not None:
                _write_picture(container, video, part, start, coding)
            if audio is not None and part.sound is not None:
                _write_sound(container, audio, part, start, coding)
            start += part.seconds
        for stream in (video, audio):
            if stream is not None:
                container.mux(stream.encode(None))  # type: ignore[arg-type]
    return path


def _video(container: av.container.OutputContainer, coding: Coding) -> VideoStream:
    options = {"threads": "1", **coding.options}
    if coding.video == "libx264":
        options = {"preset": "veryfast", "keyint_min": str(coding.gop), "sc_threshold": "0", **options}
    stream = cast("VideoStream", container.add_stream(coding.video, rate=coding.rate, options=options))
    stream.width, stream.height = coding.size
    stream.pix_fmt = "yuvj420p" if coding.video == "mjpeg" else "yuv420p"
    stream.gop_size = coding.gop
    if coding.bits:
        stream.bit_rate = coding.bits
    return stream


def _write_picture(
    container: av.container.OutputContainer, video: VideoStream, part: Part, start: int, coding: Coding
) -> None:
    full = coding.video == "mjpeg"
    for number, luma in enumerate(pictures(str(part.picture), coding.size, coding.rate, part.seconds)):
        frame = _frame(luma, full)
        frame.pts, frame.time_base = start * coding.rate + number, Fraction(1, coding.rate)
        container.mux(video.encode(frame))


def _frame(luma: Luma, full: bool) -> av.VideoFrame:
    height, width = luma.shape
    table = np.arange(256) if full else np.round(np.arange(256) * 219 / 255) + 16
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = table.astype(np.uint8)[luma]
    return av.VideoFrame.from_ndarray(planes, format="yuvj420p" if full else "yuv420p")


def _write_sound(
    container: av.container.OutputContainer, audio: AudioStream, part: Part, start: int, coding: Coding
) -> None:
    rate = coding.sound_rate
    samples = np.clip(SOUNDS[str(part.sound)](part.seconds, rate), -1, 1)
    whole = np.round(samples * 32767).astype(np.int16)
    for at in range(0, len(whole), 1024):
        piece = np.ascontiguousarray(whole[at : at + 1024])[None]
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), start * rate + at
        container.mux(audio.encode(frame))


# pictures: levels of 0 (black) to 255, before noise


def pictures(name: str, size: tuple[int, int], rate: int, seconds: int) -> Iterator[Luma]:
    """The frames of the picture of that name."""
    width, height = size
    random = np.random.default_rng(zlib.crc32(name.encode()))
    for number in range(seconds * rate):
        levels, noise = PICTURES[name](number / rate, width, height)
        if noise:
            levels = levels + random.normal(0, noise, (height, width)).astype(np.float32)
        luma = np.clip(np.round(levels), 0, 255).astype(np.uint8)
        yield _clocked(luma, number / rate) if name.endswith("+clock") else luma


def _clocked(luma: Luma, at: float) -> Luma:
    """What recorders burn into the picture: a running clock above, the unit's name below."""
    height, width = luma.shape
    size = height / 600
    for text, down in ((f"2026-11-23 14:31:{at:06.3f}", 0.08), ("DSJ-02 4100012 PS0002", 0.96)):
        cv2.putText(luma, text, (width // 40, int(height * down)), cv2.FONT_HERSHEY_SIMPLEX, size, 250, 2)
    return luma


def _room(width: int, height: int, seed: int = 5) -> Levels:
    """A room wider than the picture: wall, shelves full of boxes, a counter."""
    random = np.random.default_rng(seed)
    wide = width * 2
    room = np.full((height, wide), 150, np.float32)
    room += np.linspace(-25, 25, wide, dtype=np.float32)
    for row in range(4):
        top = int(height * (0.12 + 0.17 * row))
        left = 0
        while left < wide:
            across = int(width * random.uniform(0.012, 0.05))
            tall = int(height * random.uniform(0.08, 0.14))
            level = float(random.uniform(50, 215))
            room[top + int(height * 0.15) - tall : top + int(height * 0.15), left : left + across] = level
            left += across + max(width // 320, 1)
    room[int(height * 0.82) :] = 95
    return room


def _view(at: float, width: int, height: int, speed: float) -> Levels:
    left = int((np.sin(at * speed) + 1) * width / 2.2)
    return _cached_room(width, height)[:, left : left + width].copy()


_rooms: dict[tuple[int, int], Levels] = {}


def _cached_room(width: int, height: int) -> Levels:
    if (width, height) not in _rooms:
        _rooms[width, height] = _room(width, height)
    return _rooms[width, height]


def _person(levels: Levels, at: float, size: float = 1.0, speed: float = 0.5) -> Levels:
    height, width = levels.shape
    x = int((0.5 + 0.35 * np.sin(at * speed)) * width)
    half, top = int(width * 0.06 * size), int(height * (0.82 - 0.5 * size))
    levels[top : int(height * 0.82), x - half : x + half] = 45
    cv2.circle(levels, (x, top), max(int(half * 0.7), 2), 190, -1)
    return levels


def _blur(levels: Levels, share: float) -> Levels:
    """Out of focus by that share of the picture's height."""
    return cast("Levels", cv2.GaussianBlur(levels, (0, 0), levels.shape[0] * share))


def _walking(at: float, width: int, height: int) -> Levels:
    return _person(_view(at, width, height, 0.35), at)


def _standing(at: float, width: int, height: int) -> Levels:
    return _view(0.7, width, height, 0.35)


def _night(at: float, width: int, height: int) -> Levels:
    levels = _walking(at, width, height) * 0.11 + 8
    for across in (0.2, 0.52, 0.81):
        x = int((across + 0.02 * np.sin(at)) * width)
        cv2.circle(levels, (x, int(height * 0.3)), max(height // 22, 2), 240, -1)
    return levels


def _hand(at: float, width: int, height: int) -> Levels:
    """Skin on the lens: dark, without any detail, some light between the fingers."""
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    glow = 34 * np.exp(-(((across / width - 0.85 - 0.03 * np.sin(at)) / 0.3) ** 2) - ((down / height - 0.4) / 0.5) ** 2)
    return cast("Levels", 22 + 8 * down / height + glow)


def _wall(at: float, width: int, height: int) -> Levels:
    """Close to a white wall: hardly anything to be sharp at."""
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    return cast("Levels", 186 + 22 * np.sin(across / width * 2.2 + at * 0.3) + 9 * down / height)


def _paper(at: float, width: int, height: int) -> Levels:
    """A sheet of white paper with lines of text fills the picture."""
    levels = np.full((height, width), 222, np.float32)
    random = np.random.default_rng(11)
    shift = int(height * 0.02 * np.sin(at))
    for line in range(14):
        y, x = int(height * (0.06 + line * 0.066)) + shift, int(width * 0.08)
        while x < width * 0.9:
            across = int(width * random.uniform(0.01, 0.035))
            levels[max(y, 0) : y + max(height // 60, 2), x : x + across] = 50
            x += across + max(width // 120, 2)
    return levels


def _window(at: float, width: int, height: int) -> Levels:
    """Against the light: a window burns out, the room is there."""
    levels = _walking(at, width, height) * 0.55
    levels[int(height * 0.1) : int(height * 0.65), int(width * 0.3) : int(width * 0.75)] = 255
    return _person(levels, at)


def _swinging(at: float, width: int, height: int) -> Levels:
    """The recorder is turned quickly for a second in every five."""
    levels = _view(at, width, height, 0.35)
    if at % 5 < 1:
        levels = cast("Levels", cv2.blur(levels, (max(width // 8, 3), 1)))
    return _person(levels, at)


Draw = Callable[[float, int, int], tuple[Levels, float]]


def _with(draw: Callable[[float, int, int], Levels], noise: float = 1.5) -> Draw:
    return lambda at, width, height: (draw(at, width, height), noise)


def _exposed(gain: float, lift: float, noise: float = 1.5) -> Draw:
    return lambda at, width, height: (_walking(at, width, height) * gain + lift, noise)


def _unsharp(share: float, noise: float = 1.5) -> Draw:
    return lambda at, width, height: (_blur(_walking(at, width, height), share), noise)


PICTURES: dict[str, Draw] = {
    # as it should be
    "walking": _with(_walking),
    "walking+clock": _with(_walking),
    "standing, noise": _with(_standing, 3.5),
    "standing, little noise": _with(_standing, 1.2),
    "talking": lambda at, width, height: (_person(_standing(at, width, height), at, 0.5, 1.5), 0.0),
    "night": _with(_night, 5),
    "night+clock": _with(_night, 5),
    "wall": _with(_wall, 2),
    "paper": _with(_paper),
    "window": _with(_window),
    "swinging": _with(_swinging),
    # not as it should be
    "black": lambda at, width, height: (np.full((height, width), 3, np.float32), 1.0),
    "black+clock": lambda at, width, height: (np.full((height, width), 3, np.float32), 1.0),
    "black, noise": lambda at, width, height: (np.full((height, width), 14, np.float32), 6.0),
    "hand": _with(_hand, 4),
    "hand+clock": _with(_hand, 4),
    "cloth": lambda at, width, height: (np.full((height, width), 46, np.float32) + 3 * float(np.sin(at)), 4.0),
    "frozen": lambda at, width, height: (_walking(2.0, width, height), 0.0),
    "frozen+clock": lambda at, width, height: (_walking(2.0, width, height), 0.0),
    "blurred": _unsharp(0.014),
    "blurred much": _unsharp(0.035),
    "blurred, noise": _unsharp(0.02, 4),
    "overexposed": _exposed(2.6, 40),
    "white": lambda at, width, height: (np.full((height, width), 254, np.float32), 1.0),
    "underexposed": _exposed(0.22, 4, 2.5),
    # close to it, and still as it should be
    "bright": _exposed(1.25, 15),
    "dim": _exposed(0.45, 6, 2.5),
    "soft": _unsharp(0.003),
}


# sounds: -1 to 1


def _noise(level_db: float, seed: int = 3) -> Callable[[int, int], Samples]:
    """White noise of that level (RMS, dB below full scale)."""

    def make(seconds: int, rate: int) -> Samples:
        random = np.random.default_rng(seed)
        return cast("Samples", random.normal(0, 10 ** (level_db / 20), seconds * rate).astype(np.float32))

    return make


def _speech(peak: float, room_db: float = -52.0) -> Callable[[int, int], Samples]:
    """Syllables of a voice with pauses, over the noise of a room; beyond 1 it is cut, as a microphone does."""

    def make(seconds: int, rate: int) -> Samples:
        at = np.arange(seconds * rate, dtype=np.float32) / rate
        syllable = np.maximum(np.sin(np.pi * 2 * 3.3 * at), 0) * (np.sin(np.pi * 2 * 0.31 * at) > -0.6)
        voice = sum(np.sin(np.pi * 2 * 137 * at * tone) / tone for tone in (1, 2, 3, 5, 7))
        said = np.asarray(voice) * syllable
        said = said / np.abs(said).max() * peak
        return cast("Samples", np.clip(said + _noise(room_db)(seconds, rate), -1, 1).astype(np.float32))

    return make


def _hum(level_db: float) -> Callable[[int, int], Samples]:
    """A hum of the mains, as of a lead without a microphone."""

    def make(seconds: int, rate: int) -> Samples:
        at = np.arange(seconds * rate, dtype=np.float32) / rate
        return cast("Samples", (10 ** (level_db / 20) * 1.414 * np.sin(np.pi * 100 * at)).astype(np.float32))

    return make


SOUNDS: dict[str, Callable[[int, int], Samples]] = {
    # as it should be
    "speech": _speech(0.35),
    "speech, far": _speech(0.03),
    "speech, loud": _speech(0.93),
    "room": _noise(-50),
    "quiet room": _noise(-56),
    # not as it should be
    "nothing": lambda seconds, rate: np.zeros(seconds * rate, np.float32),
    "dead microphone": _noise(-74),
    "dead microphone, hum": _hum(-68),
    "clipped": _speech(3.0),
    "clipped much": _speech(9.0),
    # close to it, and still as it should be
    "speech, peaks cut": _speech(1.02),
}
