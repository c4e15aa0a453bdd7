"""The decoder process of the player: opens one file after the other, and fills the ring with the pictures asked for.

Run by :mod:`avdesk.media.player` as ``python -m avdesk.media.decoder BYTES RING``. Requests are answered in order; a
new ``show`` ends the one before. Pictures behind the one asked for are decoded ahead as far as slots are free.
"""

from __future__ import annotations

import io
import logging
import queue
import struct
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path, PurePath

import av
from av.video.frame import VideoFrame

from avdesk.media.channel import send
from avdesk.media.film import Film, FrameTable, render
from avdesk.media.fitting import PIXEL, View
from avdesk.media.formats import HEAD, Format, identify
from avdesk.media.process import Waiting, confine, pipes
from avdesk.media.ring import SLOTS, Ring
from avdesk.media.source import Source, error_name, open_source
from avdesk.media.still import Still
from avdesk.media.structure import cut_short

AHEAD_BYTES = 64 << 20
"""Decoded ahead at most, but never fewer pictures than :data:`FEWEST`."""
FEWEST = 3

_DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error, TypeError)

_log = logging.getLogger(__name__)

Item = VideoFrame | Still


class Fault(Exception):
    """Why a file is not shown: ``EMPTY``, ``UNREADABLE``, ``NOT_SHOWN`` (of no kind that is), ``DAMAGED``,
    ``CUT_SHORT``, ``TOO_LARGE``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def main() -> None:
    """The process's entry."""
    confine(int(sys.argv[-2]))
    ring = Ring.attach(sys.argv[-1])
    answers, waiting = pipes()
    Decoder(answers, waiting, ring).serve()


class Decoder:
    """One file at a time, and the stream of pictures from the place last asked for."""

    def __init__(self, answers: io.RawIOBase, waiting: Waiting, ring: Ring) -> None:
        self._answers = answers
        self._turn = threading.Lock()
        self._waiting = waiting
        self._slots = [ring.slot(number) for number in range(SLOTS)]
        self._free = set(range(SLOTS))
        self._source: Source | None = None
        self._file: Film | Still | None = None
        self._table: FrameTable | None = None
        self._opened = 0
        self._generation = 0
        self._view = View(1, 1)
        self._shape = Fraction(1)
        self._late_until: int | None = None
        self._stream: Iterator[Item | None] | None = None
        self._ready: Item | None = None
        self._room = SLOTS

    def serve(self) -> None:
        """Never returns: the process ends with its input."""
        while True:
            stream = self._stream
            busy = stream is not None and (self._ready is None or self._has_room())
            try:
                self._obey(self._waiting.get(block=not busy))
            except queue.Empty:
                if stream is not None:
                    self._work(stream)

    def _say(self, message: object) -> None:
        with self._turn:
            send(self._answers, message)

    def _obey(self, request: object) -> None:
        match request:
            case {"do": "open", "path": str(path), "name": str(name), "file": int(number)}:
                self._open(Path(path), name, number)
            case {"do": "show", "generation": int(generation), "pts": int(pts), "view": list(view)}:
                self._generation, self._view = generation, View(*view)
                self._show(pts)
            case {"do": "look", "view": list(view)}:
                self._view = View(*view)
            case {"do": "hurry", "pts": int(pts)}:
                self._late_until = pts
            case {"do": "free", "slot": int(slot)}:
                self._free.add(slot)
            case other:
                raise TypeError(other)

    def _open(self, path: Path, name: str, number: int) -> None:
        self._stream = self._ready = self._file = self._table = None
        self._opened = number
        if self._source is not None:
            self._source.close()
            self._source = None
        try:
            self._source = source = open_source(path)
        except OSError as error:
            self._fail("UNREADABLE", error_name(error))
            return
        cut = False
        try:
            format_ = _identify(source, name)
            cut = _is_cut(source, format_)
            self._file = file = Film(source, format_) if format_.demuxer else Still(source, format_)
        except Fault as fault:
            self._fail(fault.code)
        except MemoryError:
            self._fail("TOO_LARGE")
        except _DAMAGED as error:
            self._fail("CUT_SHORT" if cut else "DAMAGED", type(error).__name__)
        else:
            self._shape = file.shape if isinstance(file, Film) else Fraction(1)
            self._say(self._facts(file, format_, cut))
            if isinstance(file, Film) and file.has_picture:
                threading.Thread(target=self._count, args=(path, format_, number), daemon=True).start()

    def _facts(self, file: Film | Still, format_: Format, cut: bool) -> dict[str, object]:
        width, height = file.size
        facts: dict[str, object] = {
            "say": "opened",
            "file": self._opened,
            "format": format_.name,
            "width": width,
            "height": height,
            "cut": cut,
            "picture": True,
            "sound": False,
            "duration": None,
            "start": 0,
            "time_base": [1, 1],
            "rate": [0, 1],
        }
        if isinstance(file, Film):
            facts |= {
                "picture": file.has_picture,
                "sound": file.has_sound,
                "duration": file.duration_s,
                "start": file.start,
                "time_base": list(file.time_base.as_integer_ratio()),
                "rate": list(file.rate.as_integer_ratio()),
            }
        return facts

    def _fail(self, code: str, reason: str | None = None) -> None:
        if self._source is not None and self._source.error is not None:
            code, reason = "UNREADABLE", error_name(self._source.error)
        self._stream = self._ready = None
        self._say({"say": "failed", "file": self._opened, "code": code, "reason": reason})

    def _count(self, path: Path, format_: Format, number: int) -> None:
        """On a thread of its own: the table of all frames. A file that can't be gone through has none."""
        try:
            table = FrameTable.read(open_source(path), format_)
        except (*_DAMAGED, MemoryError):
            return
        if number == self._opened and len(table):
            self._table = table
            self._say({"say": "counted", "file": number, "frames": len(table)})

    def _show(self, pts: int) -> None:
        self._late_until = self._ready = self._stream = None
        match self._file:
            case Still() as still:
                self._stream = iter((still,))
            case Film(has_picture=True) as film:
                self._stream = film.frames(pts)

    def _work(self, stream: Iterator[Item | None]) -> None:
        """One step: one picture into the ring, or a little decoding."""
        item, self._ready = self._ready, None
        try:
            if item is not None:
                self._put(item)
            else:
                self._ready = self._in_time(next(stream))
        except StopIteration:
            self._end()
        except MemoryError:
            self._fail("TOO_LARGE")
        except _DAMAGED as error:
            _log.warning("decoding ends: %s", error)
            self._end()

    def _in_time(self, item: Item | None) -> Item | None:
        """What the window no longer has time for is decoded but not shown."""
        if self._late_until is not None and isinstance(item, VideoFrame) and (item.pts or 0) < self._late_until:
            return None
        return item

    def _end(self) -> None:
        """No more pictures: the end, or what can't be read any more."""
        self._stream = None
        if self._source is not None and self._source.error is not None:
            self._fail("UNREADABLE")
        else:
            self._say({"say": "end", "generation": self._generation})

    def _has_room(self) -> bool:
        return len(self._free) > SLOTS - self._room

    def _put(self, item: Item) -> None:
        slot, pts, number = min(self._free), 0, None
        if isinstance(item, Still):
            width, height = item.render(self._view, self._slots[slot])
        else:
            width, height = render(item, self._view, self._shape, self._slots[slot])
            pts = item.pts or 0
            number = self._table.number(pts) if self._table else None
        self._room = min(max(AHEAD_BYTES // (width * height * PIXEL), FEWEST), SLOTS)
        self._send(slot, pts, number, width, height)

    def _send(self, slot: int, pts: int, number: int | None, width: int, height: int) -> None:
        self._free.discard(slot)
        self._say(
            {
                "say": "picture",
                "generation": self._generation,
                "slot": slot,
                "pts": pts,
                "number": number,
                "width": width,
                "height": height,
            }
        )


def _identify(source: Source, name: str) -> Format:
    """Raises :class:`Fault` for what is not shown."""
    if source.size == 0:
        raise Fault("EMPTY")
    found = _format(source)
    if found is None or not (found.demuxer or found.picture):
        raise Fault("NOT_SHOWN")
    if found.picture == "TIFF" and PurePath(name).suffix.lower() not in (".tif", ".tiff"):
        raise Fault("NOT_SHOWN")  # a RAW photograph: Pillow would show the stamp-sized picture in it
    return found


def _format(source: Source) -> Format | None:
    source.seek(0)
    head = source.read(HEAD) or b""
    source.seek(0)
    return identify(head)


def _is_cut(source: Source, format_: Format) -> bool:
    reader = io.BufferedReader(source)
    try:
        return cut_short(reader, source.size, format_) is not None
    finally:
        reader.detach()
        source.seek(0)


if __name__ == "__main__":
    main()
