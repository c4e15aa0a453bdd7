"""Account of looking: which parts were on the screen, for how long; and whether the copy looked at is still good."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from avdesk.errors import AvdeskError
from avdesk.findings import Finding
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.viewing import Viewing, check_viewed, close_viewing
from avdesk.ui.runner import WRITE, Job, Runner

_log = logging.getLogger(__name__)
_LANE = "check-viewed"
_JUMP_MS = 500
"""What lies further apart than two looks at the clock was jumped over, not watched."""

Spans = list[tuple[int, int]]


class Watch(QObject):
    """One opening at a time."""

    found = Signal(object)
    """The findings about the copy that is looked at; none when it is good."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._desk: Desk | None = None
        self._recording_id = ""
        self._since = 0.0
        self._spans: Spans = []
        self._check: Job | None = None

    @property
    def checks(self) -> bool:
        """Whether the copy is being read."""
        return self._check is not None

    def begin(self, desk: Desk, viewing: Viewing) -> None:
        """A recording was opened: its copy is read and compared beside."""
        self._desk, self._recording_id = desk, viewing.recording.recording_id
        self._since, self._spans = time.monotonic(), []
        work = partial(_check, desk, self._recording_id, viewing.vault_id)
        self._check = self._runner.start(
            work, lane=_LANE, on_success=self._checked, on_error=self._unchecked, on_end=self._over
        )

    def see(self, seconds: float, *, playing: bool, rate: float) -> None:
        """This moment of the recording is on the screen."""
        now = max(round(seconds * 1000), 0)
        if self._spans:
            first, last = self._spans[-1]
            if playing and min(abs(now - last), abs(now - first)) <= _JUMP_MS * max(abs(rate), 1.0):
                self._spans[-1] = (min(first, now), max(last, now))
                return
            if first <= now <= last:
                return
        self._spans.append((now, now))

    def end(self) -> None:
        """It is closed: written down as soon as the catalogue is free."""
        closing = self._taken()
        if closing is not None:
            self._runner.start(closing, lane=WRITE)

    def end_now(self) -> None:
        """The window is closing: written down before it does."""
        closing = self._taken()
        if closing is not None:
            try:
                closing(_nothing, Control())
            except AvdeskError as error:
                _log.warning("what was watched is not written down: %s", error)

    def _taken(self) -> partial[None] | None:
        desk, self._desk = self._desk, None
        if self._check is not None:
            self._check.cancel()
            self._check = None
        if desk is None or not self._spans:
            return None
        seconds = round(time.monotonic() - self._since)
        return partial(_write_down, desk, self._recording_id, self._spans, seconds)

    def _checked(self, answer: tuple[str, Sequence[Finding]]) -> None:
        recording_id, findings = answer
        if recording_id == self._recording_id and self._desk is not None:
            self.found.emit(findings)

    def _unchecked(self, error: AvdeskError) -> None:
        """Its vault went away meanwhile: the player says so when it needs it."""
        _log.warning("the copy that is looked at was not checked: %s", error)

    def _over(self, job: Job) -> None:
        if job is self._check:
            self._check = None


def _check(
    desk: Desk, recording_id: str, vault_id: str, on_progress: OnProgress, control: Control
) -> tuple[str, Sequence[Finding]]:
    return recording_id, check_viewed(desk, recording_id, vault_id, on_progress=on_progress, control=control)


def _write_down(
    desk: Desk, recording_id: str, spans: Spans, seconds: int, _tell: OnProgress, _control: Control
) -> None:
    close_viewing(desk, recording_id, spans, seconds)


def _nothing(_progress: object) -> None:
    """Nobody looks on."""
