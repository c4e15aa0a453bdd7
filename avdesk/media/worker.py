"""Facts and small pictures of untrusted media files, read in a process of its own with limits on time and memory.

A file that hangs, crashes or bloats its reader costs one process and becomes a finding; the next file goes on with a
new one. Nothing that this process hears from the other is run or unpickled.
"""

from __future__ import annotations

import base64
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
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from avdesk.findings import Finding
from avdesk.media.channel import receive, send
from avdesk.media.facts import MediaFacts, from_message

_log = logging.getLogger(__name__)

START_SECONDS = 60.0
"""Importing the libraries takes under a second, but not from a cold disk in a busy machine."""

GRACE_SECONDS = 1.0
"""How long an ending process is waited for."""

FROZEN_OPTION = "--media-worker"
"""The packaged program, started with it as its first argument, hands over to :func:`avdesk.media.child.main`."""

_PACKAGES = Path(__file__).resolve().parents[2]
_LOGGED_BYTES = 2000
_JPEG = b"\xff\xd8\xff"


class MediaWorker:
    """One worker process, started at the first file, reused, and replaced after a file that it did not survive.

    ``seconds`` of wall-clock time per file and ``memory`` in bytes. Usable from several threads, one file at a time.
    """

    def __init__(self, *, seconds: float = 20.0, memory: int = 1 << 30) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: _Child | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later :meth:`probe` starts another."""
        with self._turn:
            self._drop()

    def probe(self, path: Path, name: str | None = None) -> MediaFacts:
        """The facts of the regular file at ``path``; ``name`` is its original name where the path has another.

        Never raises for what is in the file. Findings beside those of :func:`avdesk.media.probe.probe`:
        ``PROBE_TIMEOUT`` (``seconds``, whole), ``PROBE_CRASHED`` (``exit``: a status, negative for a signal).
        """
        request = {"path": os.path.abspath(path), "name": name}  # noqa: PTH100 - keeps bytes that are not UTF-8
        with self._turn:
            try:
                return from_message(self._ask(request))
            except TimeoutError:
                self._drop()
                return _one("PROBE_TIMEOUT", seconds=int(self._seconds))
            except (OSError, EOFError, ValueError) as error:
                status = self._drop()
                _log.warning("the media worker failed at %r: %s", request["path"], error)
                return _one("PROBE_CRASHED", exit=status)

    def thumbnail(self, path: Path) -> bytes | None:
        """A small JPEG that shows what is in the file, ``None`` when nothing can be shown: what is in it never raises.

        Raises :class:`OSError` when the file itself can't be read, or no process be started.
        """
        request = {"thumbnail": os.path.abspath(path)}  # noqa: PTH100 - keeps bytes that are not UTF-8
        with self._turn:
            try:
                jpeg, number = _thumbnail(self._ask(request))
            except TimeoutError:
                self._drop()
                return None
            except (EOFError, ValueError) as error:
                self._drop()
                _log.warning("the media worker failed at the thumbnail of %r: %s", request["thumbnail"], error)
                return None
        if number is not None:
            raise OSError(number, os.strerror(number))
        return jpeg

    def _ask(self, request: object) -> object:
        """A process that has died idle (of the system's own memory shortage, say) is no fault of the next file."""
        if self._child is not None:
            try:
                return self._child.ask(request, self._seconds)
            except BrokenPipeError:
                self._drop()
        self._child = _Child(self._memory)
        return self._child.ask(request, self._seconds)

    def _drop(self) -> int | None:
        child, self._child = self._child, None
        return None if child is None else child.end()


def _one(code: str, **facts: object) -> MediaFacts:
    return MediaFacts(findings=(Finding(code, None, facts),))


def _thumbnail(message: object) -> tuple[bytes | None, int | None]:
    """The picture or the system's error out of an answer. Raises :class:`ValueError` for anything else."""
    match message:
        case {"jpeg": None, "errno": int() | None as number}:
            return None, number
        case {"jpeg": str(text), "errno": None}:
            jpeg = base64.b64decode(text, validate=True)
            if jpeg.startswith(_JPEG):
                return jpeg, None
    raise ValueError("not a thumbnail")


class _Child:
    """A running worker process and the pipes to it."""

    def __init__(self, memory: int) -> None:
        """Raises :class:`OSError` when the process can't be started."""
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the process's end
        try:
            self._process = subprocess.Popen(
                _command(memory),
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._words,
                cwd=_PACKAGES.anchor,
                env=_surroundings(),
                start_new_session=True,
            )
        except OSError:
            self._words.close()
            raise
        self._ready = False
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, request: object, seconds: float) -> object:
        """Its answer. Raises ``TimeoutError``, ``BrokenPipeError`` if it had ended, ``EOFError`` if it ends."""
        if not self._ready:
            self._await_ready()
        send(cast("io.RawIOBase", self._process.stdin), request)
        return self._hear(seconds)

    def end(self) -> int | None:
        """End the process, and whatever it started; its exit status, ``None`` when the system can't end it yet.

        A process that waits for a failing device can't even be killed until the device gives up: nobody waits for it.
        """
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._listener.join(GRACE_SECONDS)
        self._kill()
        status = None
        try:
            status = self._process.wait(GRACE_SECONDS)
            self._listener.join(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            threading.Thread(target=self._process.wait, daemon=True).start()
        self._log_words(status)
        return status

    def _await_ready(self) -> None:
        try:
            self._ready = self._hear(START_SECONDS) == "ready"
        except TimeoutError as error:
            raise EOFError("the media worker does not start") from error

    def _hear(self, seconds: float) -> object:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty as error:
            raise TimeoutError from error
        if answer is None:
            raise EOFError("the media worker has ended")
        return answer

    def _listen(self) -> None:
        """Hand on each answer, and ``None`` when no more can come."""
        stream = cast("io.RawIOBase", self._process.stdout)
        with stream:
            try:
                while (answer := receive(stream)) is not None:
                    self._answers.put(answer)
            except ValueError as error:
                _log.warning("the media worker answered nonsense: %s", error)
        self._answers.put(None)

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _log_words(self, status: int | None) -> None:
        """What the process had to say, usually a traceback, goes to the log."""
        with self._words as words:
            words.seek(max(0, words.seek(0, os.SEEK_END) - _LOGGED_BYTES))
            said = words.read().decode("utf-8", "replace").strip()
        if said:
            _log.warning("the media worker (exit status %s) said: %s", status, said)


def _command(memory: int) -> list[str]:
    """``-P``: the folder at hand may be a card full of hostile modules. The packaged program calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_OPTION, str(memory)]
    return [sys.executable, "-P", "-W", "ignore", "-m", "avdesk.media.child", str(memory)]


def _surroundings() -> dict[str, str]:
    """The environment, with the folder of this package where modules are found, also when it is not installed."""
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
