"""The window's end of the process that plays sound."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from avdesk.media.process import ChildProcess

FROZEN_OPTION = "--sound"
"""The packaged program, started with it, hands over to :func:`avdesk.ui.sound_process.main`."""

_MODULE = "avdesk.ui.sound_process"
_DEMUXERS = {
    "mp4": "mp4",
    "mov": "mp4",
    "3gp": "mp4",
    "m4a": "mp4",
    "avi": "avi",
    "mpegts": "ts",
    "mpeg": "ps",
    "matroska": "mkv",
    "asf": "asf",
    "wav": "wav",
    "flac": "flac",
    "ogg": "ogg",
    "mp3": "es",
    "aac": "es",
    "flv": "avformat",
    "amr": "avformat",
}
"""Format to VLC's demuxer: named, so that no file can choose one that opens further files or addresses."""


@dataclass(frozen=True, slots=True)
class Heard:
    """At ``moment`` on the monotonic clock the sound was at ``at`` seconds of the file, ``volume`` per cent loud."""

    turn: int
    at: float
    moment: float
    volume: int


@dataclass(frozen=True, slots=True)
class Over:
    """No more sound comes."""

    turn: int


@dataclass(frozen=True, slots=True)
class Soundless:
    """No sound can be played: libVLC is not there, or its process has ended."""


SoundEvent = Heard | Over | Soundless


class Channels(StrEnum):
    """What is heard of two channels: as recorded, changed over, or one of them on both sides."""

    STEREO = "stereo"
    SWAPPED = "swapped"
    LEFT = "left"
    RIGHT = "right"


class Sound:
    """One process for the sound of one file after the other. ``on_event`` is called on a thread of its own."""

    def __init__(self, on_event: Callable[[SoundEvent], None], options: Sequence[str] | None = None) -> None:
        """``options`` are VLC's for its output. Raises :class:`OSError` when the process can't be started."""
        self._on_event = on_event
        self._turn = 0
        if options is None:
            options = () if has_sound_device() else ("--aout=dummy",)
        self._process = ChildProcess(_MODULE, FROZEN_OPTION, list(options), self._hear)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def open(self, path: Path, format_: str) -> None:
        """What :meth:`play` plays; ``format_`` as :mod:`avdesk.media.formats` names it."""
        self._process.tell({"do": "open", "path": str(path), "demux": _DEMUXERS.get(format_, "")})

    def play(self, at: float | None, rate: float = 1.0) -> int:
        """Play from ``at`` seconds, or on from where it paused; the turn that its events will name."""
        self._turn += 1
        self._process.tell(
            {"do": "play", "turn": self._turn, "at": None if at is None else float(at), "rate": float(rate)}
        )
        return self._turn

    def pause(self) -> None:
        """Be silent, and remember the place."""
        self._turn += 1
        self._process.tell({"do": "pause"})

    def set_volume(self, percent: int, muted: bool) -> None:
        """How loud, from 0 to 200 per cent."""
        self._process.tell({"do": "volume", "percent": percent, "muted": muted})

    def set_channels(self, channels: Channels) -> None:
        """Which channels are heard."""
        self._process.tell({"do": "channels", "channels": channels.value})

    def close(self) -> None:
        """End the process."""
        self._process.end()

    def _hear(self, message: object) -> None:
        match message:
            case {"say": "time", "turn": int(turn), "at": float(at), "moment": float(moment), "volume": int(volume)}:
                self._on_event(Heard(turn, at, moment, volume))
            case {"say": "over", "turn": int(turn)}:
                self._on_event(Over(turn))
            case {"say": "soundless"} | None:
                self._on_event(Soundless())
            case _:
                raise ValueError("not an event of the sound")


def has_sound_device() -> bool:
    """Whether this PC can be heard at all."""
    if sys.platform != "linux":
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.environ.get("PULSE_SERVER") or (runtime and Path(runtime, "pulse", "native").exists()):
        return True
    return any(Path("/dev/snd").glob("pcm*p"))
