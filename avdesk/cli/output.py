"""How answers leave the program: JSON on stdout, words on stderr."""

from __future__ import annotations

import dataclasses
import io
import json
import math
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from avdesk.progress import Control, Progress


def to_json(value: object) -> str:
    """One ASCII document; surrogate escapes stay ``\\udcXX``."""
    return json.dumps(_plain(value), ensure_ascii=True, allow_nan=False)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value


def fit_streams() -> None:
    """What the terminal's encoding does not have is escaped, as Python does on stderr by itself."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def emit(text: str) -> None:
    """The answer, on stdout. A reader that went away early is no fault; raises ``OSError`` when it can't be written."""
    if not text or sys.stdout is None:
        return
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
        if not isinstance(error, BrokenPipeError):
            raise


def say(text: str) -> None:
    """A line for people, on stderr; what the terminal can't show is escaped."""
    with suppress(OSError):  # nobody is there to read it
        if sys.stderr is not None:
            print(shown(text), file=sys.stderr, flush=True)


def shown(text: str) -> str:
    """Text for a terminal: control characters and lone surrogates as escapes, so that no file name can play tricks."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode()
        for character in text
    )


def size(count: int) -> str:
    """Bytes in binary units."""
    value = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} TiB"


class ProgressLine:
    """A line on a terminal's stderr, at most ten times a second, with the time left; silent elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = 0.0
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self._shown or now - self._last < 0.1:
            return
        self._last = now
        parts = [progress.stage, f"{progress.files_done}/{progress.files_total}"]
        if progress.bytes_total:
            rate = progress.bytes_done / max(now - self._began, 0.001)
            left = (progress.bytes_total - progress.bytes_done) / rate if rate else 0
            percent = 100 * progress.bytes_done / progress.bytes_total
            parts += [f"{percent:.0f} %", f"{size(int(rate))}/s", f"{left:.0f} s left"]
        line = "  ".join([*parts, shown(progress.path or "")])[:100]
        print(f"\r{line:<{self._width}}", end="", file=sys.stderr, flush=True)
        self._width = len(line)

    def end(self) -> None:
        """Clear the line."""
        if self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)


@contextmanager
def watched() -> Iterator[tuple[ProgressLine, Control]]:
    """Progress on the terminal while work goes on; Ctrl+C asks it to stop in good order, a second one ends it."""
    control = Control()
    before = signal.getsignal(signal.SIGINT)

    def stop(_signal: int, _frame: object) -> None:
        control.cancel()
        signal.signal(signal.SIGINT, before)

    progress = ProgressLine()
    signal.signal(signal.SIGINT, stop)
    try:
        yield progress, control
    finally:
        signal.signal(signal.SIGINT, before)
        progress.end()
