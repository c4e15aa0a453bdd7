"""Whether a file ends where it says it ends: a cheap walk over its outermost parts, nothing is decoded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from avdesk.media.formats import Format

_STANDARD_BOXES = frozenset((b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"meta", b"free", b"skip", b"wide", b"uuid"))
_BOX_TYPE = re.compile(rb"(?! {4})[ -~]{4}")
TAIL = 64 * 1024
_JPEG_END = b"\xff\xd9"
_PNG_END = b"IEND\xaeB`\x82"
_UNKNOWN_SIZES = (0, 0xFFFFFFFF)
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def cut_short(file: BinaryIO, size: int, format_: Format) -> dict[str, object] | None:
    """Facts of what is missing at the end of a file of ``size`` bytes; ``None`` when nothing that can be seen is.

    ``missing`` names a part that the format can't do without, ``part`` one that should reach to byte ``stated``.
    """
    if format_.demuxer == "mov":
        return _boxes(file, size, b"moov")
    if format_.family == "heif":
        return _boxes(file, size, b"meta")
    if format_.name in ("avi", "wav", "webp"):
        return _riff(file, size)
    if format_.name == "jpeg":
        return None if _jpeg_is_whole(file, size) else {"missing": "EOI"}
    if format_.name == "png":
        return None if _PNG_END in _tail(file, size, 0) else {"missing": "IEND"}
    return None


def _boxes(file: BinaryIO, size: int, needed: bytes) -> dict[str, object] | None:
    facts: dict[str, object] = {}
    seen = set()
    for kind, end in _walk_boxes(file, size):
        seen.add(kind)
        if end > size:
            facts = {"part": kind.decode("latin-1"), "stated": end, "size": size}
    if needed not in seen:
        facts["missing"] = needed.decode()
    return facts or None


def _walk_boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Type and stated end of each top-level box (ISO/IEC 14496-12); stops at what is no box, as some makers pad."""
    at = 0
    while at + 8 <= size:
        file.seek(at)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if not _BOX_TYPE.fullmatch(kind):
            return
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        elif length == 0:
            length = size - at
        if length < 8 or (at + length > size and kind not in _STANDARD_BOXES):
            return
        at += length
        yield kind, at


def _riff(file: BinaryIO, size: int) -> dict[str, object] | None:
    """A long AVI is several RIFF chunks, one after the other; a size that was never filled in says nothing."""
    at = 0
    while at + 12 <= size:
        file.seek(at)
        header = file.read(12)
        length = int.from_bytes(header[4:8], "little")
        if header[:4] != b"RIFF" or length in _UNKNOWN_SIZES:
            return None
        end = at + 8 + length
        if end > size:
            return {"part": header[8:12].decode("latin-1").strip(), "stated": end, "size": size}
        at = end + length % 2
    return None


def _tail(file: BinaryIO, size: int, start: int) -> bytes:
    file.seek(max(start, size - TAIL))
    return file.read(TAIL)


def _jpeg_is_whole(file: BinaryIO, size: int) -> bool:
    """Whether an end marker follows the picture's data, in which it can't occur by chance (ITU-T T.81, B.1.1.5)."""
    start = _jpeg_scan(file, size)
    if start is None:
        return False
    return _JPEG_END in _tail(file, size, start) or _contains(file, start, _JPEG_END)


def _jpeg_scan(file: BinaryIO, size: int) -> int | None:
    """Where the coded data of the picture, or what is no marker, begins; ``None`` when the file ends before."""
    at = 2
    while at + 4 <= size:
        file.seek(at)
        mark = file.read(4)
        if mark[0] != 0xFF:
            return at
        if mark[1] == 0xFF:
            at += 1
        elif mark[1] in _STANDALONE:
            at += 2
        elif mark[1] == 0xDA:
            return at + 2
        else:
            at += 2 + int.from_bytes(mark[2:4], "big")
    return None


def _contains(file: BinaryIO, start: int, wanted: bytes) -> bool:
    file.seek(start, os.SEEK_SET)
    before = b""
    while block := file.read(1 << 20):
        if wanted in before + block:
            return True
        before = block[-1:]
    return False
