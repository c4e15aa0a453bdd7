"""Video and audio files through FFmpeg (PyAV): headers only, no picture is asked for. Runs in the worker process."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import BinaryIO

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from avdesk.media.facts import MediaFacts, clean_text
from avdesk.media.formats import Format
from avdesk.media.times import container_times
from avdesk.terms import Kind

_MAKE = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
_MODEL = ("com.apple.quicktime.model", "com.android.model", "model", "originator")


class NoStreams(ValueError):
    """A container in which neither picture nor sound can be found."""


def read_container(file: BinaryIO, format_: Format) -> MediaFacts:
    """What a container's header says. Raises :class:`ValueError`, ``EOFError`` or :class:`OSError` when it is damaged.

    The demuxer is the one of the format found, so that no file can choose one that opens further files or addresses.
    """
    with av.open(file, "r", format=format_.demuxer, metadata_errors="replace") as container:
        video = next((s for s in container.streams.video if not s.disposition & Disposition.attached_pic), None)
        audio = next(iter(container.streams.audio), None)
        if video is None and audio is None:
            raise NoStreams
        tags = _tags(container)
        width, height = _picture_size(video)
        return MediaFacts(
            kind=Kind.AUDIO if video is None else Kind.VIDEO,
            format=format_.name,
            duration_s=_duration(container),
            width=width,
            height=height,
            video_codec=_codec(video),
            audio_codec=_codec(audio),
            frame_rate=_rate(video.average_rate) if video else None,
            make=_first(tags, _MAKE),
            model=_first(tags, _MODEL),
            times=container_times(tags),
        )


def _picture_size(video: VideoStream | None) -> tuple[int, int] | tuple[None, None]:
    if video is None or video.codec_context is None:
        return None, None
    width, height = video.codec_context.width, video.codec_context.height
    return (width, height) if width > 0 and height > 0 else (None, None)


def _tags(container: InputContainer) -> dict[str, str]:
    """The tags of the whole file, then those of its streams that the file does not have."""
    tags: dict[str, str] = {}
    for metadata in (container.metadata, *(stream.metadata for stream in container.streams)):
        for name, value in metadata.items():
            tags.setdefault(name, value)
    return tags


def _first(tags: dict[str, str], names: Iterable[str]) -> str | None:
    return next((text for name in names if (text := clean_text(tags.get(name)))), None)


def _duration(container: InputContainer) -> float | None:
    """Seconds; ``None`` when the file does not say, or says nonsense."""
    if container.duration is None or container.duration <= 0:
        return None
    seconds = container.duration / av.time_base
    return round(seconds, 6) if math.isfinite(seconds) else None


def _codec(stream: VideoStream | AudioStream | None) -> str | None:
    """FFmpeg's name of the codec, whichever of its decoders is used."""
    if stream is None or stream.codec_context is None:
        return None
    return clean_text(stream.codec_context.codec.canonical_name)


def _rate(rate: Fraction | None) -> str | None:
    return f"{rate.numerator}/{rate.denominator}" if rate else None
