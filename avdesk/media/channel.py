"""Messages between the desk and its media worker: JSON with its length before it, nothing that could run code."""

from __future__ import annotations

import io
import json
import struct

LONGEST_MESSAGE = 1 << 20
_LENGTH = struct.Struct(">I")


def send(stream: io.RawIOBase, message: object) -> None:
    """Write one message; paths that are not UTF-8 travel as surrogate escapes. Raises :class:`OSError`."""
    body = json.dumps(message).encode("ascii")
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def receive(stream: io.RawIOBase) -> object | None:
    """The next message; ``None`` at the end of the stream, also within a message.

    Raises :class:`ValueError` for what is no message, or longer than ``LONGEST_MESSAGE``.
    """
    prefix = _exactly(stream, _LENGTH.size)
    if prefix is None:
        return None
    (length,) = _LENGTH.unpack(prefix)
    if length > LONGEST_MESSAGE:
        raise ValueError("message too long")
    body = _exactly(stream, length)
    return None if body is None else json.loads(body)


def _exactly(stream: io.RawIOBase, size: int) -> bytes | None:
    """So many bytes, or ``None`` when the stream ends before."""
    data = b""
    while len(data) < size:
        part = stream.read(size - len(data))
        if not part:
            return None
        data += part
    return data
