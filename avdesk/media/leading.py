"""Frames in front of the key frame that decoding begins with, which need what came before it: they can't be shown."""

from __future__ import annotations

import re

from av.packet import Packet
from av.video.stream import VideoStream

_MOST = 16
_LENGTH = 4
_RASL = (8, 9)
"""Rec. ITU-T H.265, table 7-1: leading pictures that can't be decoded when decoding begins at their key frame."""
_SLICES = range(32)
_START = re.compile(rb"\x00\x00\x01(.)", re.DOTALL)


class Leading:
    """Told of each packet from where decoding begins."""

    def __init__(self, codec: str) -> None:
        """``codec``: FFmpeg's name."""
        self._codec = codec
        self._key: int | None = None
        self._left = _MOST

    def holds(self, packet: Packet[VideoStream], pts: int | None) -> bool:
        """Whether the packet is of such a frame: shown before the key frame, but coded behind it."""
        if pts is None or not self._left:
            return False
        if self._key is None:
            self._key = pts
        elif pts > self._key:
            self._left = 0
        elif pts < self._key:
            self._left -= 1
            return self._codec != "hevc" or _is_rasl(bytes(packet))
        return False


def _is_rasl(data: bytes) -> bool:
    """By the first slice of the packet, with start codes or lengths before its parts."""
    if data.startswith((b"\0\0\1", b"\0\0\0\1")):
        kinds = [match[1][0] >> 1 & 63 for match in _START.finditer(data)]
    else:
        kinds = _kinds(data)
    return next((kind for kind in kinds if kind in _SLICES), None) in _RASL


def _kinds(data: bytes) -> list[int]:
    at, kinds = 0, []
    while at + _LENGTH < len(data):
        kinds.append(data[at + _LENGTH] >> 1 & 63)
        at += _LENGTH + int.from_bytes(data[at : at + _LENGTH], "big")
    return kinds
