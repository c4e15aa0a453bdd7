"""A small real recorder card for trying the program: playable videos, photographs, a voice recording, a vendor's log.

Layout and names are those of a GA/T 947 body recorder; person, number and scene are invented. Each video frame carries
the recorder's clock and the frame's number, as text and as a row of 16 black or white squares (highest bit first), so
that what is shown can be told from what was asked for. At each full second there is a beep.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import wave
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import cast

import av
from av.video.stream import VideoStream
from PIL import ExifTags, Image, ImageDraw, ImageFont

from avdesk import resources
from avdesk.errors import UsageError

ZONE = timezone(timedelta(hours=8))
DAY = datetime(2026, 11, 23, tzinfo=ZONE)
MAKE, MODEL, SERIAL, USER = "SHILI", "DSJ-V8", "5K20417", "310086"

FRAME_RATE = 25
VIDEO_SIZE = (640, 360)
PHOTO_SIZE = (1280, 960)
SOUND_RATE = 32000
VOICE_RATE = 16000
FRAME_BITS = 16
BIT_SQUARE = 12


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file of the card: ``path`` relative to it, ``size`` in bytes, ``sha256`` in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Take:
    """One recording to be made: when it begins, how long it is in seconds, and in which colours."""

    at: datetime
    seconds: int
    sky: tuple[int, int, int]
    codec: str = "libx264"
    suffix: str = ""


def _at(hour: int, minute: int, second: int) -> datetime:
    return DAY.replace(hour=hour, minute=minute, second=second)


_VIDEOS = (
    _Take(_at(14, 2, 10), 8, (88, 112, 140)),
    _Take(_at(14, 9, 36), 6, (120, 100, 84), suffix="_IMP"),
    _Take(_at(14, 21, 4), 6, (84, 116, 92), codec="hevc"),
)
_PHOTOS = (
    _Take(_at(14, 4, 32), 0, (150, 170, 190)),
    _Take(_at(14, 11, 8), 0, (190, 170, 150)),
    _Take(_at(14, 16, 50), 0, (160, 185, 165)),
)
_VOICE_AT = _at(14, 15, 0)
_VOICE_SECONDS = 5
_LOG_AT = _at(14, 0, 0)


def write_sample_card(folder: Path) -> list[SampleFile]:
    """Write the card into ``folder``, made when missing; the files by path. The same bytes on each call of a version.

    Raises :class:`UsageError` ``NOT_EMPTY`` when something is there already, ``NOT_A_FOLDER`` when it is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError("NOT_A_FOLDER", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UsageError("NOT_EMPTY", path=str(folder))
    for take in _VIDEOS:
        name = f"{_stem(take.at)}{take.suffix}.MP4"
        _put(folder / "DCIM" / "VIDEO" / name, take.at, partial(_write_video, take))
    for take in _PHOTOS:
        _put(folder / "DCIM" / "PHOTO" / f"{_stem(take.at)}.JPG", take.at, partial(_write_photo, take))
    _put(folder / "RECORD" / f"{_VOICE_AT:%Y%m%d_%H%M%S}.WAV", _VOICE_AT, _write_voice)
    _put(folder / "LOG" / f"{_stem(_LOG_AT)}.LOG", _LOG_AT, _write_log)
    return [_described(path, folder) for path in sorted(folder.rglob("*")) if path.is_file()]


def _stem(at: datetime) -> str:
    return f"DSJ_{SERIAL}_{USER}_{at:%Y%m%d%H%M%S}"


def _put(path: Path, at: datetime, write: Callable[[Path], None]) -> None:
    """One file, with the time at which it was recorded as its modification time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path)
    os.utime(path, (at.timestamp(), at.timestamp()))


def _described(path: Path, folder: Path) -> SampleFile:
    data = path.read_bytes()
    return SampleFile(path.relative_to(folder).as_posix(), len(data), hashlib.sha256(data).hexdigest())


def _write_video(take: _Take, path: Path) -> None:
    """H.264 or H.265 and AAC, a key frame each second, the index at the end of the file as recorders leave it."""
    with av.open(str(path), "w", format="mp4", container_options={"fflags": "+bitexact"}) as container:
        container.metadata["creation_time"] = f"{take.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000000Z"
        video = cast(
            "VideoStream", container.add_stream(take.codec, rate=FRAME_RATE, options=_ENCODER_OPTIONS[take.codec])
        )
        video.width, video.height = VIDEO_SIZE
        video.pix_fmt = "yuv420p"
        sound = container.add_stream("aac", rate=SOUND_RATE, layout="mono", options={"flags": "+bitexact"})
        background = _scene(VIDEO_SIZE, take.sky)
        for number in range(take.seconds * FRAME_RATE):
            picture = av.VideoFrame.from_image(_draw_frame(background, take.at, number))  # type: ignore[no-untyped-call]
            picture.pts, picture.time_base = number, Fraction(1, FRAME_RATE)
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        for samples in _sound(take.seconds):
            container.mux(sound.encode(samples))
        container.mux(sound.encode(None))


_ENCODER_OPTIONS = {
    "libx264": {"preset": "veryfast", "crf": "26", "g": str(FRAME_RATE), "threads": "1", "flags": "+bitexact"},
    "hevc": {
        "preset": "ultrafast",
        "x265-params": f"crf=30:keyint={FRAME_RATE}:pools=none:frame-threads=1:log-level=none",
        "flags": "+bitexact",
    },
}


def _draw_frame(background: Image.Image, began: datetime, number: int) -> Image.Image:
    """Frame ``number`` (from 0) of a take: somebody walks through the scene while the clock runs."""
    picture = background.copy()
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    at = began + timedelta(seconds=number / FRAME_RATE)
    left = number * 3 % width
    draw.ellipse((left, height * 0.52, left + 26, height * 0.52 + 26), fill=(224, 188, 160))
    draw.rectangle((left - 4, height * 0.52 + 26, left + 30, height * 0.86), fill=(40, 52, 84))
    draw.rectangle((0, 0, width, 30), fill=(0, 0, 0))
    clock = f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"
    draw.text((8, 4), f"{clock}   #{number:05d}   {SERIAL}", fill=(255, 255, 255), font=_font(18))
    _draw_bits(draw, number, height)
    return picture


def _draw_bits(draw: ImageDraw.ImageDraw, number: int, height: int) -> None:
    top = height - BIT_SQUARE
    for place in range(FRAME_BITS):
        lit = number >> (FRAME_BITS - 1 - place) & 1
        left = place * BIT_SQUARE
        draw.rectangle((left, top, left + BIT_SQUARE - 1, height), fill=(255, 255, 255) if lit else (0, 0, 0))


def _scene(size: tuple[int, int], sky: tuple[int, int, int]) -> Image.Image:
    """A street: sky, a building with windows and a door, the pavement."""
    width, height = size
    picture = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.8, width, height), fill=(96, 94, 90))
    draw.rectangle((width * 0.3, height * 0.2, width * 0.9, height * 0.8), fill=(188, 176, 158))
    for row in (0.27, 0.47):
        for column in range(5):
            left = width * (0.35 + column * 0.11)
            draw.rectangle((left, height * row, left + width * 0.07, height * (row + 0.12)), fill=(72, 92, 112))
    draw.rectangle((width * 0.56, height * 0.63, width * 0.64, height * 0.8), fill=(84, 60, 44))
    return picture


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = resources.path("fonts", "NotoSansSC-Regular.ttf")
    return ImageFont.truetype(str(file), size) if file.exists() else ImageFont.load_default(size)


def _sound(seconds: int) -> Iterable[av.AudioFrame]:
    """A beep of a tenth of a second at each full second, over a low hum; in frames of a tenth of a second."""
    step = SOUND_RATE // 10
    for start in range(0, seconds * SOUND_RATE, step):
        tone, loudness = (1000, 9000) if start % SOUND_RATE == 0 else (110, 1500)
        turn = math.tau * tone / SOUND_RATE
        samples = array("h", (round(loudness * math.sin(turn * n)) for n in range(start, start + step)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=step)
        frame.planes[0].update(_little_endian(samples))
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
        yield frame


def _write_photo(take: _Take, path: Path) -> None:
    picture = _scene(PHOTO_SIZE, take.sky)
    draw = ImageDraw.Draw(picture)
    stamp = f"{take.at:%Y-%m-%d %H:%M:%S}   {SERIAL}"
    draw.text((24, PHOTO_SIZE[1] - 64), stamp, fill=(255, 210, 64), font=_font(36))
    exif = Image.Exif()
    moment = f"{take.at:%Y:%m:%d %H:%M:%S}"
    exif.update({ExifTags.Base.Make: MAKE, ExifTags.Base.Model: MODEL, ExifTags.Base.DateTime: moment})
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: moment,
            ExifTags.Base.DateTimeDigitized: moment,
            ExifTags.Base.BodySerialNumber: SERIAL,
        }
    )
    picture.save(path, "JPEG", quality=88, exif=exif)


def _write_voice(path: Path) -> None:
    """Something like speech: a voice's overtones, four syllables a second."""
    turn = math.tau * 140 / VOICE_RATE
    samples = array("h")
    for n in range(_VOICE_SECONDS * VOICE_RATE):
        syllable = max(0.0, math.sin(math.tau * 4 * n / VOICE_RATE))
        tones = sum(math.sin(turn * n * overtone) / overtone for overtone in (1, 2, 3, 5, 7))
        samples.append(round(7000 * syllable * tones))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(VOICE_RATE)
        file.writeframes(_little_endian(samples))


def _little_endian(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def _write_log(path: Path) -> None:
    lines = [f"{_LOG_AT:%Y-%m-%d %H:%M:%S} POWER ON {MODEL} SN={SERIAL} USER={USER} BAT=96% FREE=58213MB"]
    for take in _VIDEOS:
        ended = take.at + timedelta(seconds=take.seconds)
        lines += [f"{take.at:%Y-%m-%d %H:%M:%S} REC START", f"{ended:%Y-%m-%d %H:%M:%S} REC STOP"]
    lines += [f"{take.at:%Y-%m-%d %H:%M:%S} PHOTO" for take in _PHOTOS]
    path.write_bytes("".join(f"{line}\r\n" for line in sorted(lines)).encode("ascii"))
