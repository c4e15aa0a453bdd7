"""A picture or a clip made from one untrusted file, in a process of its own with limits on time and memory."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from avdesk.errors import NotDecoded, UsageError
from avdesk.media.process import ChildProcess
from avdesk.progress import Control, OnProgress, Progress

FROZEN_OPTION = "--media-maker"
"""The packaged program, started with it as its first argument, hands over to :func:`avdesk.media.maker.main`."""

MEMORY = 2 << 30
"""Bytes of the process's own; frames of 8K in an encoder take about a quarter of it."""
_LEAST_SECONDS = 120.0
_SLOWEST_DISK = 10e6
_SLOWEST_WORK = 60
"""Seconds of work for a second of film; a share of it is enough on any PC."""
_LARGEST_PICTURE = 2 << 30
_ROOM = 1 << 30
_GROWTH = 20
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class FrameMade:
    """``index`` counts displayed frames from 0, ``None`` when that can't be told; ``pts`` as in the file.

    ``time_s`` from the beginning of the file, ``width`` and ``height`` in pixels as displayed.
    """

    index: int | None
    pts: int
    time_s: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ClipMade:
    """``mode``: ``copy`` or ``encode``. ``first_index`` and ``last_index``: which frames are in it, ``None`` for sound.

    ``first_s`` and ``last_s``: the times of its first and last frame in the file it was made from; of sound, where it
    begins and ends. ``extension`` fits its container.
    """

    mode: str
    extension: str
    first_index: int | None
    last_index: int | None
    first_s: float
    last_s: float


def make_frame(path: Path, out: BinaryIO, *, index: int | None, at_s: float = 0.0, control: Control) -> FrameMade:
    """Write the frame of that number, else the one on the screen at ``at_s``, as PNG into ``out``, a file on a disk.

    Raises :class:`UsageError` when there is no such frame, :class:`NotDecoded`, :class:`Cancelled`.
    """
    request = {"do": "frame", "path": os.path.abspath(path), "index": index, "at": float(at_s)}  # noqa: PTH100 - bytes
    seconds = _LEAST_SECONDS + path.stat().st_size / _SLOWEST_DISK
    match _ask(request, path, out, _LARGEST_PICTURE, seconds, _deaf, control):
        case {
            "index": int() | None as number,
            "pts": int(pts),
            "time_s": float(time_s),
            "width": int(width),
            "height": int(height),
        }:
            return FrameMade(number, pts, time_s, width, height)
    raise NotDecoded(file=path.name, reason="NONSENSE")


def make_clip(
    path: Path, out: BinaryIO, *, from_s: float, to_s: float, on_progress: OnProgress, control: Control
) -> ClipMade:
    """Write the film from the frame on the screen at ``from_s`` to the last one before ``to_s`` into ``out``, a file on
    a disk. Raises as :func:`make_frame` does.
    """
    request = {"do": "clip", "path": os.path.abspath(path), "from": float(from_s), "to": float(to_s)}  # noqa: PTH100
    size = path.stat().st_size
    seconds = _LEAST_SECONDS + size / _SLOWEST_DISK + (to_s - from_s) * _SLOWEST_WORK

    def tell(share: float) -> None:
        on_progress(Progress("clip", path.name, 0, 1, round(share * 1000), 1000))

    match _ask(request, path, out, size * _GROWTH + _ROOM, seconds, tell, control):
        case {
            "mode": "copy" | "encode" as mode,
            "extension": "mp4" | "mkv" | "m4a" | "wav" | "mp3" as extension,
            "first_index": int() | None as first,
            "last_index": int() | None as last,
            "first_s": float(first_s),
            "last_s": float(last_s),
        }:
            return ClipMade(mode, extension, first, last, first_s, last_s)
    raise NotDecoded(file=path.name, reason="NONSENSE")


def _deaf(_share: float) -> None:
    """A frame is made at once."""


def _ask(
    request: object,
    path: Path,
    out: BinaryIO,
    largest: int,
    seconds: float,
    tell: Callable[[float], None],
    control: Control,
) -> dict[str, object]:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    out.seek(0)
    out.truncate()
    descriptor = out.fileno()
    arguments = [str(MEMORY), str(largest), str(descriptor)]
    child = ChildProcess("avdesk.media.maker", FROZEN_OPTION, arguments, answers.put, descriptors=[descriptor])
    end = time.monotonic() + seconds
    try:
        child.tell(request)
        while time.monotonic() < end:
            control.check()
            try:
                answer = answers.get(timeout=_PATIENCE)
            except queue.Empty:
                continue
            match answer:
                case {"say": "working", "share": float(share)}:
                    tell(share)
                case {"say": "made", **facts}:
                    return {str(key): value for key, value in facts.items()}
                case {"say": "failed", "code": "NO_SUCH_FRAME", "frames": int(frames)}:
                    raise UsageError("NO_SUCH_FRAME", frames=frames)
                case {"say": "failed", "code": str(code)}:
                    raise NotDecoded(file=path.name, reason=code)
                case _:
                    raise NotDecoded(file=path.name, reason="CRASHED")
        raise NotDecoded(file=path.name, reason="TOO_SLOW")
    finally:
        child.end()
