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

from avdesk.media.backwards import backwards
from avdesk.media.channel import send
from avdesk.media.film import Film
from avdesk.media.fitting import PIXEL, View
from avdesk.media.formats import HEAD, Format, identify, needs_makers_player
from avdesk.media.process import Waiting, confine, pipes, stand_back
from avdesk.media.rendering import render
from avdesk.media.ring import SLOTS, Ring
from avdesk.media.run import Pace, Shown
from avdesk.media.source import Source, error_name, open_source
from avdesk.media.still import Still
from avdesk.media.structure import cut_short
from avdesk.media.table import FrameTable

AHEAD_BYTES = 64 << 20
"""Decoded ahead at most, but never fewer pictures than :data:`FEWEST`."""
FEWEST = 3

_PATIENCE = 0.5
"""Seconds that counting waits for the first picture."""
_EVERY_FRAME = 2.0
"""Times real time: up to here each frame is shown, as far as there is time."""
_NEEDED = 4.0
_MOST_PICTURES = 50
"""Shown in a second above that speed."""

_DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error, TypeError)

_log = logging.getLogger(__name__)

Item = Shown | Still


class Fault(Exception):
    """Why a file is not shown: ``EMPTY``, ``UNREADABLE``, ``NOT_SHOWN`` (of no kind that is),
    ``MAKERS_PLAYER`` (of a kind that only its maker's program shows), ``DAMAGED``, ``CUT_SHORT``, ``TOO_LARGE``.
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
        self._begun = threading.Event()
        self._generation = 0
        self._view = View(1, 1)
        self._shape = Fraction(1)
        self._base = Fraction(1)
        self._rate = 1.0
        self._sent: int | None = None
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
            case {"do": "open", "path": str(path), "name": str(name), "file": int(number), "cache": cache}:
                self._open(Path(path), name, number, Path(cache) if cache else None)
            case {"do": "show", "generation": int(generation), "pts": int(pts), "view": list(view), "rate": rate}:
                self._generation, self._view = generation, View(*view)
                self._show(pts, float(rate))
            case {"do": "look", "view": list(view)}:
                self._view = View(*view)
            case {"do": "hurry", "pts": int(pts)}:
                self._be_late(pts)
            case {"do": "free", "slot": int(slot)}:
                self._free.add(slot)
            case other:
                raise TypeError(other)

    def _open(self, path: Path, name: str, number: int, cache: Path | None) -> None:
        self._stream = self._ready = self._file = self._table = None
        self._opened = number
        self._begun.set()
        self._begun = threading.Event()
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
            self._base = file.time_base if isinstance(file, Film) else Fraction(1)
            self._say(self._facts(file, format_, cut))
            if isinstance(file, Film) and file.has_picture:
                self._number(path, format_, number, cache)

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

    def _number(self, path: Path, format_: Format, number: int, cache: Path | None) -> None:
        """Have the table of all frames: the one that was kept, or one made in the background."""
        kept = None if cache is None or self._source is None else FrameTable.load(cache, *self._source.state)
        if kept is not None:
            self._take_table(kept, number)
            return
        counting = (path, format_, number, cache, self._begun)
        threading.Thread(target=self._count, args=counting, daemon=True).start()

    def _count(self, path: Path, format_: Format, number: int, cache: Path | None, begun: threading.Event) -> None:
        """On a thread of its own, once the first picture is made. A file that can't be gone through has no table."""
        begun.wait(_PATIENCE)
        stand_back()
        try:
            with open_source(path) as source:
                film = Film(source, format_)
                table = film.table(lambda: number != self._opened)
                film.close()
                if table and number == self._opened:
                    self._take_table(table, number)
                    if cache is not None and source.error is None:
                        table.save(cache, *source.state)
        except (*_DAMAGED, MemoryError) as error:
            _log.warning("no table of frames: %s", error)

    def _take_table(self, table: FrameTable, number: int) -> None:
        self._table = table
        self._say({"say": "counted", "file": number, "frames": len(table)})

    def _show(self, pts: int, rate: float) -> None:
        self._late_until = self._ready = self._stream = self._sent = None
        self._rate = rate
        match self._file:
            case Still() as still:
                self._stream = iter((still,))
            case Film(has_picture=True) as film:
                film.late_until, film.pace = None, _pace(rate)
                self._stream = film.frames(pts) if rate > 0 else backwards(film, pts, sparse=rate < -_EVERY_FRAME)

    def _be_late(self, pts: int) -> None:
        self._late_until = pts
        if isinstance(self._file, Film):
            self._file.late_until = pts

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
        """What the window has no time for, or could not show so fast, is decoded but not shown."""
        if not isinstance(item, Shown) or self._sent is None:
            return item
        if abs(self._rate) > _EVERY_FRAME:
            apart = abs(item.pts - self._sent) * self._base
            return item if apart >= Fraction(abs(self._rate)) / _MOST_PICTURES else None
        if self._late_until is None or self._rate < 0:
            return item
        return item if item.pts >= self._late_until else None

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
        self._begun.set()
        if isinstance(item, Still):
            width, height = item.render(self._view, self._slots[slot])
        else:
            width, height = render(item.frame, self._view, self._shape, self._slots[slot])
            pts = self._sent = item.pts
            number = self._find_number(item)
        self._room = min(max(AHEAD_BYTES // (width * height * PIXEL), FEWEST), SLOTS)
        self._send(slot, pts, number, width, height)

    def _find_number(self, shown: Shown) -> int | None:
        table = self._table
        if table is None:
            return None
        if shown.place is None:
            return table.number(shown.pts) if table.alike(shown.pts) == 1 else None
        return table.number(shown.pts, shown.place)

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


def _pace(rate: float) -> Pace:
    if rate <= _EVERY_FRAME:
        return Pace.ALL
    return Pace.KEYS_WHEN_LATE if rate <= _NEEDED else Pace.NEEDED


def _identify(source: Source, name: str) -> Format:
    """Raises :class:`Fault` for what is not shown."""
    if source.size == 0:
        raise Fault("EMPTY")
    source.seek(0)
    head = source.read(HEAD) or b""
    source.seek(0)
    found = identify(head)
    if found is None or not (found.demuxer or found.picture):
        makers = needs_makers_player(head, PurePath(name).suffix[1:].lower())
        raise Fault("MAKERS_PLAYER" if makers else "NOT_SHOWN")
    if found.picture == "TIFF" and PurePath(name).suffix.lower() not in (".tif", ".tiff"):
        raise Fault("NOT_SHOWN")  # a RAW photograph: Pillow would show the stamp-sized picture in it
    return found


def _is_cut(source: Source, format_: Format) -> bool:
    reader = io.BufferedReader(source)
    try:
        return cut_short(reader, source.size, format_) is not None
    finally:
        reader.detach()
        source.seek(0)


if __name__ == "__main__":
    main()
