"""An untrusted file opened to make something from it, and the numbers of its frames. Runs in the maker process only."""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from pathlib import Path

import av

from avdesk.media.film import Film
from avdesk.media.formats import HEAD, Format, identify
from avdesk.media.run import Kept, Shown
from avdesk.media.source import Source, open_source
from avdesk.media.table import FrameTable

DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error, TypeError)
"""What PyAV and Pillow raise for what is not well formed."""

_ALIKE_BYTES = 256 << 20
"""So much of the frames around one is looked at where several have the same time."""


class Fault(Exception):
    """Why nothing is made: ``EMPTY``, ``NOT_SHOWN`` (of no kind that is), ``NO_PICTURE``, ``DAMAGED``,
    ``NO_SUCH_FRAME``, ``NO_SUCH_TIME``. ``frames``: how many there are.
    """

    def __init__(self, code: str, frames: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.frames = frames


class Numbered(FrameTable):
    """Which frame stands at a number, and which number is on the screen at a time."""

    @classmethod
    def read(cls, path: Path, format_: Format) -> Numbered:
        """Goes through the whole file. Raises :class:`Fault` when there is no frame, and what PyAV raises."""
        film = Film(open_source(path), format_)
        table = film.table(lambda: False) if film.has_picture else None
        film.close()
        if table is None or not len(table):
            raise Fault("NO_PICTURE")
        return cls(table._pts)

    def pts(self, number: int) -> int:
        """Raises :class:`Fault` for a number that no frame has."""
        if not 0 <= number < len(self):
            raise Fault("NO_SUCH_FRAME", len(self))
        return self._pts[number]

    def number_of(self, shown: Shown) -> int | None:
        """The number of a decoded frame, ``None`` where that can't be told."""
        return None if shown.place is None and self.alike(shown.pts) > 1 else self.number(shown.pts, shown.place or 0)

    def shown_at(self, pts: int) -> int:
        """The number of the last frame that does not begin after ``pts``; before the first one, that one."""
        return max(bisect_right(self._pts, pts) - 1, 0)

    def last_before(self, pts: int) -> int:
        """The number of the last frame that begins before ``pts``, -1 when none does."""
        return bisect_left(self._pts, pts) - 1

    def find(self, film: Film, number: int) -> Shown:
        """The frame of that number, also one of several that have the same time. Raises :class:`Fault`."""
        pts = self.pts(number)
        kept = Kept(_ALIKE_BYTES) if self.alike(pts) > 1 else None
        found: list[Shown] = [first(film, pts, kept), *(kept or ())]
        for shown in found:
            if self.number_of(shown) == number:
                return shown
        raise Fault("DAMAGED")


def first(film: Film, pts: int, kept: Kept | None = None) -> Shown:
    """The frame on the screen at ``pts``. Raises :class:`Fault` when none can be decoded."""
    for shown in film.frames(pts, kept):
        if shown is not None:
            return shown
    raise Fault("DAMAGED")


def open_known(path: Path) -> tuple[Source, Format]:
    """The file and what it is. Raises :class:`OSError`, :class:`Fault` for what is not shown."""
    source = open_source(path)
    if source.size == 0:
        raise Fault("EMPTY")
    head = source.read(HEAD) or b""
    source.seek(0)
    format_ = identify(head)
    if format_ is None or not (format_.demuxer or format_.picture):
        raise Fault("NOT_SHOWN")
    return source, format_
