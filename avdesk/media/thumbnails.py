"""A small picture of one untrusted file. Runs in the worker process only: here pixels and sound are decoded.

A film is shown by a frame near its tenth part, a photograph reduced and turned as its EXIF says, a sound as its wave.
"""

from __future__ import annotations

import io
import struct
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import pillow_heif
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw, ImageOps

from avdesk.media.formats import HEAD, Format, identify
from avdesk.media.source import open_source
from avdesk.terms import Kind

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # telephones make pictures beyond it; the limit on memory holds

LONGEST_SIDE = 480
"""Pixels: enough for the details of a recording on a screen of double density."""
QUALITY = 82
_SHARE = 10
_WAVE_SIZE = (480, 270)
_BARS = 80
_WAVE_GROUND, _WAVE_INK = (47, 58, 79), (174, 188, 212)
_LOUDEST = 32768

_NO_PICTURE = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error, MemoryError)
"""What PyAV and Pillow raise for content that can't be decoded, or wants more memory than is allowed."""


def thumbnail(path: Path) -> bytes | None:
    """A JPEG of at most ``LONGEST_SIDE`` pixels, ``None`` when there is nothing to show or it can't be decoded.

    Raises :class:`OSError` when the file itself can't be opened or its device fails.
    """
    with open_source(path) as source:
        file: BinaryIO = io.BufferedReader(source, 64 * 1024)
        found = identify(file.read(HEAD))
        file.seek(0)
        try:
            image = _picture(file, found) if found is not None else None
            jpeg = None if image is None else _encoded(image)
        except _NO_PICTURE:
            jpeg = None
        if source.error is not None:
            raise source.error
        return jpeg


def _picture(file: BinaryIO, found: Format) -> Image.Image | None:
    if found.picture is not None:
        return _photograph(file, found.picture)
    if found.demuxer is None:
        return None
    with av.open(file, "r", format=found.demuxer, metadata_errors="replace") as container:
        if any(not stream.disposition & Disposition.attached_pic for stream in container.streams.video):
            return _frame(container)
        return _wave(container) if found.kind is Kind.AUDIO or container.streams.audio else None


def _encoded(image: Image.Image) -> bytes:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _photograph(file: BinaryIO, format_: str) -> Image.Image:
    with Image.open(file, formats=[format_]) as image:
        image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # a JPEG is then decoded at a fraction of its size
        image.load()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return ImageOps.exif_transpose(image)


def _frame(container: InputContainer) -> Image.Image | None:
    """The key frame before the tenth part of the film; the first one where it can't be sought."""
    stream = next(each for each in container.streams.video if not each.disposition & Disposition.attached_pic)
    if container.duration is not None and container.duration > 0:
        try:
            container.seek(container.duration // _SHARE)
            frame = next(container.decode(stream), None)
        except av.FFmpegError:
            frame = None
        if frame is not None:
            return _upright(frame, stream.sample_aspect_ratio)
        container.seek(0)
    frame = next(container.decode(stream), None)
    return None if frame is None else _upright(frame, stream.sample_aspect_ratio)


def _upright(frame: VideoFrame, pixel: Fraction | None) -> Image.Image:
    """The frame with square pixels, small, turned as the recorder was held."""
    wide = frame.width * float(pixel or 1)
    share = min(1.0, LONGEST_SIDE / max(wide, frame.height))
    small = frame.reformat(max(round(wide * share), 2), max(round(frame.height * share), 2), "rgb24")
    image = Image.fromarray(small.to_ndarray())
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _wave(container: InputContainer) -> Image.Image | None:
    """Loudness at equal distances, by a short piece at each: an hour costs no more than a minute."""
    stream = next(iter(container.streams.audio), None)
    if stream is None or container.duration is None or container.duration <= 0:
        return None
    peaks = []
    for bar in range(_BARS):
        container.seek(container.duration * bar // _BARS)
        frame = next(container.decode(stream), None)
        sounds = [] if frame is None else AudioResampler("s16", "mono").resample(frame)
        peaks.append(max((float(np.abs(sound.to_ndarray().astype(np.int32)).max()) for sound in sounds), default=0.0))
    return _drawn([peak / _LOUDEST for peak in peaks])


def _drawn(peaks: list[float]) -> Image.Image:
    """Quiet recordings are raised so that speech can be told from silence."""
    width, height = _WAVE_SIZE
    image = Image.new("RGB", _WAVE_SIZE, _WAVE_GROUND)
    draw = ImageDraw.Draw(image)
    loudest = max(*peaks, 0.1)
    step = width / len(peaks)
    for number, peak in enumerate(peaks):
        half = max(round(peak / loudest * height * 0.38), 2)
        left = round(number * step + step * 0.2)
        draw.rectangle((left, height // 2 - half, left + round(step * 0.5), height // 2 + half), fill=_WAVE_INK)
    return image
