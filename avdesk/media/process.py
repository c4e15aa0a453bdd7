"""A process that does one dangerous thing for the window, and the pipes to it; what it says arrives on a thread."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, cast

from avdesk.media.channel import receive, send

_log = logging.getLogger(__name__)

GRACE_SECONDS = 1.0
_PACKAGES = Path(__file__).resolve().parents[2]
_LARGEST_OUTPUT = 1 << 20
_LOGGED_BYTES = 2000


class Waiting(Protocol):
    """Requests not yet taken."""

    def get(self, block: bool = True, timeout: float | None = None) -> object:
        """The next one. Raises ``queue.Empty`` when none is there, at once or after ``timeout`` seconds."""


class ChildProcess:
    """Runs the module ``module`` of this package with ``arguments``, until :meth:`end`.

    ``on_message`` is called on a thread of its own with each message, and with ``None`` once when no more can come.
    In the packaged program ``option`` as its first argument stands for the module.
    """

    def __init__(
        self,
        module: str,
        option: str,
        arguments: Sequence[str],
        on_message: Callable[[object], None],
        *,
        descriptors: Sequence[int] = (),
    ) -> None:
        """Raises :class:`OSError` when the process can't be started."""
        self._name = module
        self._on_message = on_message
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the process's end
        try:
            self._process = subprocess.Popen(
                _command(module, option, arguments),
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._words,
                cwd=_PACKAGES.anchor,
                env=_surroundings(),
                start_new_session=True,
                pass_fds=tuple(descriptors) if sys.platform != "win32" else (),
            )
        except OSError:
            self._words.close()
            raise
        self._listener = threading.Thread(target=self._listen, name=module, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, message: object) -> bool:
        """Send a message; false when the process has ended."""
        stream = cast("io.RawIOBase", self._process.stdin)
        try:
            send(stream, message)
        except (BrokenPipeError, ValueError):
            return False
        return True

    def end(self) -> None:
        """End the process and wait for it, unless the system can't end it yet: then nobody waits."""
        if self._process.stdin is None or self._process.stdin.closed:
            return
        self._process.stdin.close()
        self._kill()
        try:
            status: int | None = self._process.wait(GRACE_SECONDS)
            self._listener.join(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            status = None
            threading.Thread(target=self._process.wait, daemon=True).start()
        self._log_words(status)

    def _listen(self) -> None:
        stream = cast("io.RawIOBase", self._process.stdout)
        with stream:
            try:
                while (message := receive(stream)) is not None:
                    self._on_message(message)
            except ValueError as error:
                _log.warning("%s answered nonsense: %s", self._name, error)
        self._on_message(None)

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _log_words(self, status: int | None) -> None:
        with self._words as words:
            words.seek(max(0, words.seek(0, os.SEEK_END) - _LOGGED_BYTES))
            said = words.read().decode("utf-8", "replace").strip()
        if said:
            _log.warning("%s (exit status %s) said: %s", self._name, status, said)


def _command(module: str, option: str, arguments: Sequence[str]) -> list[str]:
    """``-P``: the folder at hand may be a card full of hostile modules. The packaged program calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, option, *arguments]
    return [sys.executable, "-P", "-W", "ignore", "-m", module, *arguments]


def _surroundings() -> dict[str, str]:
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def confine(memory: int, output: int = _LARGEST_OUTPUT) -> None:
    """In the process itself: at most ``memory`` bytes of its own, no core file, no file over ``output`` bytes."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def stand_back() -> None:
    """In a thread: leave the processor to the others."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)


def pipes() -> tuple[io.RawIOBase, Waiting]:
    """In the process itself: where answers go, and the requests as they come.

    The pipes are kept from libraries that write to standard output. The process ends at once with its input, whatever
    it is doing.
    """
    requests = io.FileIO(os.dup(sys.stdin.fileno()), "rb", closefd=False)
    answers = io.FileIO(os.dup(sys.stdout.fileno()), "wb", closefd=False)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    waiting: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(requests, waiting), daemon=True).start()
    return answers, waiting


def _take_in(requests: io.RawIOBase, waiting: queue.SimpleQueue[object]) -> None:
    while (request := receive(requests)) is not None:
        waiting.put(request)
    os._exit(0)
