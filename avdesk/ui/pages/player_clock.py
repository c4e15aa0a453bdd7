"""The clock that pictures are shown by: the sound's, carried on between its words; without sound the PC's own."""

from __future__ import annotations

import time

BELIEVED = 2.0
"""Seconds: a sound that says to be further away counts otherwise than the pictures do, and is not followed."""


class Clock:
    """Seconds of the file. ``moment`` is the monotonic clock's."""

    def __init__(self) -> None:
        self._at = 0.0
        self._moment = 0.0
        self._rate = 1.0
        self._running = False
        self.drift = 0.0
        """How far the sound's last word was from what the clock said, in seconds."""

    @property
    def running(self) -> bool:
        return self._running

    def start(self, at: float, rate: float = 1.0) -> None:
        """Run from ``at`` on."""
        self._at, self._rate, self._moment, self._running = at, rate, time.monotonic(), True

    def stop(self, at: float | None = None) -> None:
        """Stand still, where it is or at ``at``."""
        self._at = self.now() if at is None else at
        self._running = False

    def now(self, moment: float | None = None) -> float:
        """The time of the file now, or at a moment."""
        if not self._running:
            return self._at
        return self._at + ((time.monotonic() if moment is None else moment) - self._moment) * self._rate

    def heard(self, at: float, moment: float) -> None:
        """The sound was at ``at`` seconds at that moment: go on from there."""
        if not self._running:
            return
        drift = at - self.now(moment)
        if abs(drift) <= BELIEVED:
            self.drift = drift
            self._at, self._moment = at, moment
