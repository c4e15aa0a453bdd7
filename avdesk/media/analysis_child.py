"""The analysing process: one file after the other is measured, a step at a time, as often as the desk says "go on".

Run by :mod:`avdesk.media.analysis_worker` as ``python -m avdesk.media.analysis_child BYTES``. Sound and the sheet of
small pictures come first: they are what a person waits for. After every step it waits for the desk, which so pauses it.
"""

from __future__ import annotations

import base64
import io
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
import psutil
from av.stream import Discard
from numpy import integer
from numpy.typing import NDArray

from avdesk.media import analysis_sound
from avdesk.media.analysis import Look
from avdesk.media.analysis_frames import Film, open_film, picture_of
from avdesk.media.analysis_picture import Seen, look, seen
from avdesk.media.analysis_strip import strip
from avdesk.media.channel import send
from avdesk.media.formats import HEAD, identify
from avdesk.media.process import Waiting, confine, pipes
from avdesk.media.source import Source, error_name, open_source
from avdesk.media.structure import cut_short

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_LOOKS = 50_000
"""Frames that are looked at in one file: more than half a day of them."""
PART = 400_000
"""Bytes of a sheet in one message."""
_BUFFER = 256 * 1024
_NICE = 19
_STEP_S = 0.2
_WINDOWS = 3000
_LOOKS = 200
_DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, struct.error, TypeError)
_Rows = dict[str, list[NDArray[integer]]]


def main() -> None:
    """The process's entry."""
    confine(int(sys.argv[-1]))
    stand_back()
    answers, waiting = pipes()
    send(answers, {"say": "ready"})
    while True:
        match waiting.get():
            case {"do": "analyse", "path": str(path)}:
                Analysing(answers, waiting, Path(path)).run()
            case {"do": "go"}:
                pass  # the answer to the last word of a file that was given up
            case other:
                raise TypeError(other)


def stand_back() -> None:
    """Everything else on this machine goes first, on its processors and on its disks."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.IDLE_PRIORITY_CLASS)
        return
    os.nice(_NICE)
    if sys.platform == "linux":
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)


class Analysing:
    """One file, from its first byte to the word ``end``."""

    def __init__(self, answers: io.RawIOBase, waiting: Waiting, path: Path) -> None:
        self._answers = answers
        self._waiting = waiting
        self._path = path
        self._said = time.monotonic()
        self._findings: list[list[object]] = []
        self._total_ms = 0

    def run(self) -> None:
        """Measure as far as the file goes; what is wrong with it is told at the end."""
        try:
            source = open_source(self._path)
        except OSError as error:
            send(self._answers, {"say": "unreadable", "errno": error.errno or 0})
            return
        with source:
            self._measure(source)
            if source.error is not None:
                self._find("UNREADABLE", reason=error_name(source.error))
        send(self._answers, {"say": "end", "findings": self._findings})

    def _measure(self, source: Source) -> None:
        file: BinaryIO = self._watched(source)
        format_ = identify(file.read(HEAD))
        file.seek(0)
        if format_ is None or format_.demuxer is None:
            self._find("EMPTY" if source.size == 0 else "NOT_SHOWN")
            return
        cut = cut_short(file, source.size, format_)
        if cut is not None:
            self._find("CUT_SHORT")
        if self._step("CONTAINER", self._open, file, format_.demuxer):
            for name, work in (("SOUND", self._hear), ("STRIP", self._show), ("PICTURE", self._look)):
                self._step(name, work, file, format_.demuxer)

    def _step(self, name: str, work: Callable[[BinaryIO, str], None], file: BinaryIO, demuxer: str) -> bool:
        """Part of the work; where the file ends it, the next part goes on."""
        try:
            work(file, demuxer)
        except MemoryError:
            self._find("TOO_LARGE", part=name)
        except _DAMAGED as error:
            self._find("DAMAGED", part=name, reason=type(error).__name__)
        else:
            return True
        return False

    def _open(self, file: BinaryIO, demuxer: str) -> None:
        with open_film(file, demuxer) as container:
            length = container.duration
            self._total_ms = 0 if length is None or length <= 0 else length * 1000 // av.time_base
            streams = {"picture": picture_of(container) is not None, "sound": bool(container.streams.audio)}
        self._say({"say": "opened", "total_ms": self._total_ms, **streams})

    def _hear(self, file: BinaryIO, demuxer: str) -> None:
        with open_film(file, demuxer) as container:
            stream = next(iter(container.streams.audio), None)
            if stream is None:
                return
            for other in container.streams:
                if other is not stream:
                    other.discard = Discard.all
            stream.codec_context.thread_count = 1
            faults: list[str] = []
            windows = analysis_sound.Windows(stream.codec_context.sample_rate, stream.codec_context.channels)
            rows: _Rows = {"low": [], "high": [], "level": [], "clipped": []}
            try:
                for samples, at in analysis_sound.sounds(container, stream, faults):
                    windows.take(samples, at)
                    if windows.full:
                        self._find("ANALYSIS_LIMIT", part="SOUND")
                        break
                    if windows.ready:
                        self._tell_sound(windows, rows)
                        self._breathe("sound", windows.seconds)
            finally:
                self._tell_sound(windows, rows, last=True)
                self._tell_faults("SOUND", faults)

    def _tell_sound(self, windows: analysis_sound.Windows, rows: _Rows, *, last: bool = False) -> None:
        for measured in windows.windows(last=last):
            for name, values in measured.items():
                rows[name].append(values)
            if sum(len(part) for part in rows["low"]) >= _WINDOWS:
                self._say_sound(rows)
        if last:
            self._say_sound(rows)

    def _say_sound(self, rows: _Rows) -> None:
        packed = {name: _packed(b"".join(part.tobytes() for part in parts)) for name, parts in rows.items()}
        for parts in rows.values():
            parts.clear()
        self._say({"say": "sound", **packed})

    def _show(self, file: BinaryIO, demuxer: str) -> None:
        with open_film(file, demuxer) as container:
            video = picture_of(container)
            if video is None or not self._total_ms:
                return
            made = strip(container, video, self._total_ms / 1000, lambda at: self._breathe("strip", at))
        if made is None:
            return
        for start in range(0, len(made.jpeg), PART):
            self._say({"say": "sheet", "part": _packed(made.jpeg[start : start + PART])})
        shape = {"columns": made.columns, "width": made.width, "height": made.height}
        self._say({"say": "strip", "times_ms": list(made.times_ms), **shape})

    def _look(self, file: BinaryIO, demuxer: str) -> None:
        with open_film(file, demuxer) as container:
            video = picture_of(container)
            if video is None:
                return
            between = self._watched(open_source(self._path))
            film = Film(
                container,
                video,
                lambda: open_film(between, demuxer),
                lambda at: self._breathe("picture", at),
            )
            looks: list[Look] = []
            told, before = 0, None
            try:
                for at, frame in film.frames():
                    before = self._one(at, frame, before, looks)
                    if len(looks) >= _LOOKS:
                        told += self._tell_looks(looks)
                    if told + len(looks) >= MOST_LOOKS:
                        self._find("ANALYSIS_LIMIT", part="PICTURE")
                        break
            finally:
                between.close()
                told += self._tell_looks(looks)
                self._say({"say": "ends", "picture_ms": round(film.end_s * 1000)})
                self._tell_faults("PICTURE", film.faults)
            if not told:
                self._find("NO_FRAME")

    def _one(self, at: float, frame: av.VideoFrame, before: Seen | None, looks: list[Look]) -> Seen:
        now = seen(frame)
        looks.append(look(round(at * 1000), now, before))
        return now

    def _tell_looks(self, looks: list[Look]) -> int:
        rows = [[one.at_ms, one.brightest, one.burnt, one.detail, one.still, one.moved] for one in looks]
        looks.clear()
        if rows:
            self._say({"say": "looks", "rows": rows})
        return len(rows)

    def _tell_faults(self, part: str, faults: list[str]) -> None:
        if faults:
            self._find("PACKETS_DAMAGED", part=part, packets=len(faults), reason=faults[0])

    def _watched(self, source: Source) -> BinaryIO:
        """The file, with a word to the desk now and then while it is read: a reader may go far for its next packet."""
        return io.BufferedReader(_Watched(source, lambda: self._breathe("sound", 0.0)), _BUFFER)

    def _find(self, code: str, **facts: object) -> None:
        self._findings.append([code, facts])

    def _breathe(self, part: str, at: float) -> None:
        """Between pieces of work: often enough a word to the desk, so that it can pause and see that it goes on."""
        if time.monotonic() - self._said >= _STEP_S:
            self._say({"say": "at", "part": part, "at_ms": round(at * 1000)})

    def _say(self, message: object) -> None:
        """Tell, and wait until the desk says to go on."""
        send(self._answers, message)
        self._waiting.get()
        self._said = time.monotonic()


class _Watched(io.RawIOBase):
    """A source that says so whenever it is read."""

    def __init__(self, source: Source, on_read: Callable[[], None]) -> None:
        self._source = source
        self._on_read = on_read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._source.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._on_read()
        return self._source.readinto(buffer)

    def close(self) -> None:
        self._source.close()
        super().close()


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    main()
