"""An untrusted file opened to make something from it, and the numbers of its frames. Runs in the maker process only."""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from pathlib import Path

import av

from avdesk.media.film import FrameTable
from avdesk.media.formats import HEAD, Format, identify
from avdesk.media.source import Source, open_source

DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error, TypeError)
"""What PyAV and Pillow raise for what is not well formed."""


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
    def of(cls, path: Path, format_: Format) -> Numbered:
        """Goes through the whole file. Raises :class:`Fault` when there is no frame, and what PyAV raises."""
        with open_source(path) as source:
            table = cls.read(source, format_)
        if not isinstance(table, Numbered) or not len(table):
            raise Fault("NO_PICTURE")
        return table

    def pts(self, number: int) -> int:
        """Raises :class:`Fault` for a number that no frame has."""
        if not 0 <= number < len(self):
            raise Fault("NO_SUCH_FRAME", len(self))
        return self._pts[number]

    def shown_at(self, pts: int) -> int:
        """The number of the last frame that does not begin after ``pts``; before the first one, that one."""
        return max(bisect_right(self._pts, pts) - 1, 0)

    def last_before(self, pts: int) -> int:
        """The number of the last frame that begins before ``pts``, -1 when none does."""
        return bisect_left(self._pts, pts) - 1


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
