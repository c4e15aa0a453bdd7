"""The desk's end of the analysing process: a file goes in, what was measured comes out, step by step.

Nothing that the process says is believed unchecked: it reads the files of strangers.
"""

from __future__ import annotations

import base64
import logging
import os
import queue
import sys
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from avdesk.findings import Finding
from avdesk.media.analysis import PER_SECOND, Look, Measured, Strip
from avdesk.media.process import ChildProcess

FROZEN_OPTION = "--media-analysis"
"""The packaged program, started with it as its first argument, hands over to :func:`avdesk.media.analysis_child.main`.
"""

MEMORY = 3 << 29
SILENCE_SECONDS = 30.0
"""A process that has not said anything for so long is given up."""
START_SECONDS = 60.0
_MODULE = "avdesk.media.analysis_child"
_MOST_WINDOWS = 25 * 3600 * PER_SECOND
_MOST_LOOKS = 60_000
_MOST_SHEET = 16 << 20
_MOST_PICTURES = 1000
_MOST_FINDINGS = 50
_JPEG = b"\xff\xd8\xff"
_PARTS = ("sound", "strip", "picture")
_SHARES = {"sound": (0, 15), "strip": (15, 10), "picture": (25, 75)}
"""Where each part begins and how much it is of the whole, in percent."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a file is, in per mille."""

    share: int


Watch = Callable[[Step, Measured], None]
"""Called at every step with what is there so far; it may wait, and what it raises ends the work on the file."""


class Analyser:
    """One process, started at the first file, reused, and replaced after a file that it did not survive.

    ``seconds`` of its work on one file at most, waiting not counted; ``memory`` in bytes. For one thread.
    """

    def __init__(self, *, seconds: float = 3600.0, silence: float = SILENCE_SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._silence = silence
        self._memory = memory
        self._process: ChildProcess | None = None
        self._heard: queue.SimpleQueue[object] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later :meth:`analyse` starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def analyse(self, path: Path, watch: Watch) -> Measured:
        """What is in the regular file at ``path``, as far as it goes: what is in it never raises.

        Findings: ``NOT_SHOWN``, ``EMPTY``, ``CUT_SHORT``, ``DAMAGED`` and ``TOO_LARGE`` (``part``),
        ``PACKETS_DAMAGED`` (``part``, ``packets``), ``NO_FRAME``, ``ANALYSIS_LIMIT`` (longer than is looked at),
        ``UNREADABLE`` (``reason``: ``EIO``), ``ANALYSIS_TIMEOUT`` (``seconds``), ``ANALYSIS_CRASHED``. Raises
        :class:`OSError` when the file can't be opened or no process be started, and what ``watch`` raises.
        """
        measured = Measured()
        try:
            self._talk(os.path.abspath(path), measured, watch)  # noqa: PTH100 - keeps bytes that are not UTF-8
        except TimeoutError as error:
            self.close()
            measured.findings.append(Finding("ANALYSIS_TIMEOUT", None, {"seconds": int(error.args[0])}))
        except (EOFError, ValueError) as error:
            self.close()
            _log.warning("the analysing process failed at %r: %s", path, error)
            measured.findings.append(Finding("ANALYSIS_CRASHED"))
        except BaseException:
            self.close()
            raise
        return measured

    def _talk(self, path: str, measured: Measured, watch: Watch) -> None:
        process = self._running()
        spent, share, total_ms, sheet = 0.0, 0, 0, bytearray()
        if not process.tell({"do": "analyse", "path": path}):
            raise EOFError("the analysing process has ended")
        while not measured.ended:
            patience = min(self._silence, self._seconds - spent)
            if patience <= 0:
                raise TimeoutError(self._seconds)
            asked = time.monotonic()
            message = self._hear(patience)
            spent += time.monotonic() - asked
            match message:
                case {"say": "unreadable", "errno": int(number)}:
                    raise OSError(number, os.strerror(number), path)
                case {"say": "opened", "total_ms": int(length), "picture": bool(picture), "sound": bool(sound)}:
                    measured.has_picture, measured.has_sound = picture, sound
                    total_ms = measured.picture_ms = max(length, 0)
                case {"say": "sheet", "part": str(part)} if len(sheet) < _MOST_SHEET:
                    sheet += base64.b64decode(part, validate=True)
                case {"say": "strip"}:
                    measured.strip = _strip(message, bytes(sheet))
                case _:
                    _take(message, measured)
            if not measured.ended:
                share = max(share, _share(message, total_ms))
                watch(Step(share), measured)
                process.tell({"do": "go"})

    def _running(self) -> ChildProcess:
        """The process, ready; one that has died idle is no fault of the next file."""
        if self._process is not None and self._heard.empty():
            return self._process
        self.close()
        self._heard = queue.SimpleQueue()
        self._process = ChildProcess(_MODULE, FROZEN_OPTION, [str(self._memory)], self._heard.put)
        if self._hear(START_SECONDS) != {"say": "ready"}:
            raise EOFError("the analysing process does not start")
        return self._process

    def _hear(self, seconds: float) -> object:
        try:
            message = self._heard.get(timeout=seconds)
        except queue.Empty as error:
            raise TimeoutError(seconds) from error
        if message is None:
            raise EOFError("the analysing process has ended")
        return message


def _take(message: object, measured: Measured) -> None:
    """Raises :class:`ValueError` for what no process in its right mind says."""
    match message:
        case {"say": "at", "part": str(part), "at_ms": int()} if part in _PARTS:
            return
        case {"say": "sound", "low": str(low), "high": str(high), "level": str(level), "clipped": str(clipped)}:
            packed = ((measured.low, low), (measured.high, high), (measured.level, level), (measured.clipped, clipped))
            for values, text in packed:
                values.extend(unpacked(values.typecode, text))
            if len({len(values) for values, _text in packed}) != 1 or len(measured.low) > _MOST_WINDOWS:
                raise ValueError("not windows of sound")
        case {"say": "ends", "picture_ms": int(end)} if end >= 0:
            measured.picture_ms = end
        case {"say": "looks", "rows": list(rows)} if len(measured.looks) + len(rows) <= _MOST_LOOKS:
            for row in rows:
                measured.looks.append(look_of(row, measured.looks[-1].at_ms if measured.looks else -1))
        case {"say": "end", "findings": list(rows)} if len(rows) <= _MOST_FINDINGS:
            measured.findings += [_finding(row) for row in rows]
            measured.ended = True
        case _:
            raise ValueError("not a word of the analysing process")


def unpacked(code: str, text: str) -> array[int]:
    """Little-endian numbers of that type code, in base 64. Raises :class:`ValueError`."""
    values = array(code)
    values.frombytes(base64.b64decode(text, validate=True))
    if sys.byteorder == "big":
        values.byteswap()
    return values


def look_of(row: object, after_ms: int) -> Look:
    """A look out of a list, later than ``after_ms``. Raises :class:`ValueError`."""
    match row:
        case [int(at), int(brightest), int(burnt), int(detail), int() | None as still, int() | None as moved]:
            if at > after_ms and 0 <= brightest < 256 and 0 <= burnt <= 1000 and -1 <= detail <= 1000:
                return Look(at, brightest, burnt, detail, still, moved)
    raise ValueError("not a look")


def _strip(message: object, jpeg: bytes) -> Strip:
    match message:
        case {"times_ms": list(times), "columns": int(columns), "width": int(width), "height": int(height)}:
            sound = all(isinstance(at, int) for at in times) and 0 < len(times) <= _MOST_PICTURES
            if sound and min(columns, width, height) > 0 and jpeg.startswith(_JPEG):
                return Strip(jpeg, columns, width, height, tuple(times))
    raise ValueError("not a strip")


def _finding(row: object) -> Finding:
    match row:
        case [str(code), dict(facts)] if len(code) < 50 and all(_is_fact(fact) for fact in facts.items()):
            return Finding(code, None, facts)
    raise ValueError("not a finding")


def _is_fact(fact: tuple[object, object]) -> bool:
    name, value = fact
    return isinstance(name, str) and (isinstance(value, int) or (isinstance(value, str) and len(value) < 100))


def _share(message: object, total_ms: int) -> int:
    match message:
        case {"say": "at", "part": str(part), "at_ms": int(at)} if total_ms:
            begin, share = _SHARES[part]
            return begin * 10 + share * 10 * min(max(at, 0), total_ms) // total_ms
        case {"say": "strip"}:
            return _SHARES["picture"][0] * 10
    return 0
