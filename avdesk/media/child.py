"""The worker process: paths come by its standard input, facts or small pictures go out; it holds itself to its limits.

Run by :mod:`avdesk.media.worker` as ``python -m avdesk.media.child BYTES``; it ends when its input does.
"""

from __future__ import annotations

import base64
import errno
import io
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from avdesk.media.channel import receive, send
from avdesk.media.facts import to_message

NICE = 10
LARGEST_OUTPUT = 1 << 20


def main() -> None:
    """Keep the pipes for this module alone: a library that writes to standard output must not break the answers.

    They are closed by the end of the process only, so that whoever sees them end can ask for its exit status.
    """
    requests = io.FileIO(os.dup(sys.stdin.fileno()), "rb", closefd=False)
    answers = io.FileIO(os.dup(sys.stdout.fileno()), "wb", closefd=False)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit(int(sys.argv[-1]))
    serve(requests, answers)


def limit(memory: int) -> None:
    """Hold this process to ``memory`` bytes of its own, no core file, no big file written, and a low priority.

    ``RLIMIT_DATA`` and not ``RLIMIT_AS``: the libraries reserve far more address space than they ever use.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
        os.nice(NICE)


def serve(requests: io.RawIOBase, answers: io.RawIOBase) -> None:
    """Answer requests one after the other. Never returns: the process ends with its input, whatever it is doing."""
    from avdesk.media.probe import probe  # after the limits are set, and not in the desk's own process
    from avdesk.media.thumbnails import thumbnail

    pending: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(requests, pending), daemon=True).start()
    send(answers, "ready")
    while True:
        match pending.get():
            case {"path": str(path), "name": str() | None as name}:
                send(answers, to_message(probe(Path(path), name)))
            case {"thumbnail": str(path)}:
                send(answers, _told(thumbnail, Path(path)))
            case other:
                raise TypeError(other)


def _told(thumbnail: Callable[[Path], bytes | None], path: Path) -> dict[str, object]:
    try:
        jpeg = thumbnail(path)
    except OSError as error:
        return {"jpeg": None, "errno": error.errno or errno.EIO}
    return {"jpeg": None if jpeg is None else base64.b64encode(jpeg).decode(), "errno": None}


def _take_in(requests: io.RawIOBase, pending: queue.SimpleQueue[object]) -> None:
    """End the process at once when the desk has closed the pipe or is gone, even in the middle of a hanging file."""
    while (request := receive(requests)) is not None:
        pending.put(request)
    os._exit(0)


if __name__ == "__main__":
    main()
