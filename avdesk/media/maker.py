"""The process that makes a picture or a clip from one untrusted file; what it makes goes into an open file it is given.

Run by :mod:`avdesk.media.making` as ``python -m avdesk.media.maker MEMORY OUTPUT DESCRIPTOR``.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from avdesk.media.channel import send
from avdesk.media.process import confine, pipes
from avdesk.media.source import error_name

NICE = 5
PAUSE_SECONDS = 0.2

Tell = Callable[[float], None]


def main() -> None:
    """The process's entry: one request, one answer."""
    memory, largest, descriptor = map(int, sys.argv[-3:])
    confine(memory, largest)
    if sys.platform != "win32":
        os.nice(NICE)
    answers, waiting = pipes()
    with open(descriptor, "r+b", closefd=False) as out:
        send(answers, _answer(waiting.get(), out, _teller(answers)))
    waiting.get()  # the desk ends this process


def _teller(answers: io.RawIOBase) -> Tell:
    """Says which share of the work is done, not too often."""
    last = time.monotonic()

    def tell(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PAUSE_SECONDS:
            last = now
            send(answers, {"say": "working", "share": min(max(share, 0.0), 1.0)})

    return tell


def _answer(request: object, out: BinaryIO, tell: Tell) -> dict[str, object]:
    from avdesk.media.opened import DAMAGED, Fault  # after the limits are set, and not in the desk's own process

    try:
        return {"say": "made", **_make(request, out, tell)}
    except Fault as fault:
        return {"say": "failed", "code": fault.code, "frames": fault.frames}
    except MemoryError:
        return {"say": "failed", "code": "TOO_LARGE", "frames": None}
    except OSError as error:
        return {"say": "failed", "code": error_name(error), "frames": None}
    except DAMAGED as error:
        print(repr(error), file=sys.stderr)
        return {"say": "failed", "code": "DAMAGED", "frames": None}


def _make(request: object, out: BinaryIO, tell: Tell) -> dict[str, object]:
    from avdesk.media.cutting import cut
    from avdesk.media.extracting import extract

    match request:
        case {"do": "frame", "path": str(path), "index": int() | None as index, "at": float(at)}:
            return extract(Path(path), index, at, out)
        case {"do": "clip", "path": str(path), "from": float(start), "to": float(end)}:
            return cut(Path(path), start, end, out, tell)
    raise TypeError(request)


if __name__ == "__main__":
    main()
