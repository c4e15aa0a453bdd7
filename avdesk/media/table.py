"""Which number each frame of a file has. Made in the decoder process, once for each file: it is kept on disk."""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import tempfile
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path

_HEAD = struct.Struct("<8sQqQI")
_MARK = b"avframe1"
"""Ends with the version: whoever changes what a table holds changes it."""
_ITEM = 8


class FrameTable:
    """The pts of all frames of a file in the order they are shown in."""

    def __init__(self, pts: array[int]) -> None:
        self._pts = pts

    @classmethod
    def of(cls, stamps: Iterable[int]) -> FrameTable:
        """Of frames in any order."""
        return cls(array("q", sorted(stamps)))

    def __len__(self) -> int:
        return len(self._pts)

    def number(self, pts: int, place: int = 0) -> int | None:
        """The place of a frame from 0 on; ``place`` among frames of the same pts. ``None`` for what isn't there."""
        at = bisect_left(self._pts, pts) + place
        return at if at < len(self._pts) and self._pts[at] == pts else None

    def alike(self, pts: int) -> int:
        """How many frames have this pts."""
        return bisect_right(self._pts, pts) - bisect_left(self._pts, pts)

    def save(self, cache: Path, size: int, changed: int) -> None:
        """Keep it for a file of ``size`` bytes, last ``changed`` (nanoseconds).

        Raises :class:`OSError`, ``OverflowError``.
        """
        body = zlib.compress(_differences(self._pts), 1)
        head = _HEAD.pack(_MARK, size, changed, len(self._pts), zlib.crc32(body))
        cache.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=cache.name, dir=cache.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(head + body)
            Path(name).replace(cache)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    @classmethod
    def load(cls, cache: Path, size: int, changed: int) -> FrameTable | None:
        """What was kept of this very file; ``None`` when there is nothing, or nothing that can be trusted."""
        try:
            data = cache.read_bytes()
            mark, kept_size, kept_changed, length, check = _HEAD.unpack_from(data)
            body = data[_HEAD.size :]
            if (mark, kept_size, kept_changed, check) != (_MARK, size, changed, zlib.crc32(body)):
                return None
            plain = zlib.decompressobj().decompress(body, length * _ITEM + 1)
            return cls(_summed(plain)) if len(plain) == length * _ITEM else None
        except (OSError, struct.error, zlib.error, OverflowError):
            return None


def _differences(pts: array[int]) -> bytes:
    return _little(array("q", (b - a for a, b in zip([0, *pts[:-1]], pts, strict=True)))).tobytes()


def _summed(plain: bytes) -> array[int]:
    steps = array("q")
    steps.frombytes(plain)
    at, made = 0, array("q")
    for step in _little(steps):
        at += step
        made.append(at)
    return made


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
