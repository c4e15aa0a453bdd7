"""How long work tells where it is, and how it is paused and stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from avdesk.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a long work is. Sizes in bytes; ``path`` is the file at hand, ``stage`` a word of the work's own."""

    stage: str
    path: str | None
    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int


OnProgress = Callable[[Progress], None]


def ignore(_progress: Progress) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Control:
    """Pause and cancel, set from another thread; the work calls :meth:`check` at every chunk."""

    _running: threading.Event = field(default_factory=threading.Event)
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._running.set()

    def pause(self) -> None:
        self._running.clear()
        if self._cancelled.is_set():  # what was cancelled must not wait
            self._running.set()

    def resume(self) -> None:
        self._running.set()

    def cancel(self) -> None:
        self._cancelled.set()
        self._running.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def check(self) -> None:
        """Wait while paused. Raises :class:`Cancelled` once cancelled."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled
