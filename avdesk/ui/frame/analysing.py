"""Looks through picture and sound of what was collected while nothing else goes on; whatever else begins goes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services.analysis import Analyser, AnalysisWaiting, analyse, waiting_for_analysis
from avdesk.services.desk import Desk
from avdesk.ui.runner import ANALYSIS, Job, JobState, Runner, is_volume
from avdesk.ui.texts import translate

QUIET_MS = 8000
"""So long nothing else must have gone on."""
LATER_MS = 600_000
"""When nothing waits, or no vault gives it, so long passes until the next look; after collecting it is at once."""
_BATCH = 20


class Analysing(QObject):
    """No page and no widget: at most one job on a lane of its own, seen in the task strip alone."""

    analysed = Signal()
    """More recordings were analysed."""

    def __init__(
        self, runner: Runner, desk: Callable[[], Desk | None], parent: QObject, *, quiet_ms: int = QUIET_MS
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._desk = desk
        self._quiet_ms = quiet_ms
        self._job: Job | None = None
        self._done = 0
        self._renewing = False
        self._refused = False
        """A person stopped it: nothing until something new was collected."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """The window is open."""
        self._runner.started.connect(self._other_began)
        self._runner.ended.connect(self._other_ended)
        self._timer.start(self._quiet_ms)

    def end(self) -> None:
        """The window is closing; what goes on is stopped with all the rest."""
        self._timer.stop()
        self._runner.started.disconnect(self._other_began)
        self._runner.ended.disconnect(self._other_ended)

    def renew(self) -> None:
        """The rules changed: what is judged by the old ones stops."""
        self._refused = False
        if self._job is not None:
            self._renewing = True
            self._job.cancel()
        else:
            self._timer.start(self._quiet_ms)

    def _other_began(self, job: Job) -> None:
        if job.lane == ANALYSIS:
            return
        if self._timer.isActive() and self._timer.interval() == self._quiet_ms:
            self._timer.start(self._quiet_ms)
        self._stand_aside()

    def _other_ended(self, job: Job) -> None:
        if job.lane == ANALYSIS:
            return
        if is_volume(job.lane) and job.matters:
            self._refused = False
            self._timer.start(self._quiet_ms)
        self._stand_aside()

    def _stand_aside(self, _job: object = None) -> None:
        """Pause while a card is read or collected, go on afterwards."""
        if self._job is None:
            return
        if any(is_volume(job.lane) for job in self._runner.jobs):
            self._job.pause()
        else:
            self._job.resume()

    def _look(self) -> None:
        """Nothing went on for a while: see what waits."""
        desk = self._desk()
        if self._job is not None or self._refused or desk is None:
            return
        if self._runner.jobs:
            self._timer.start(self._quiet_ms)
            return

        def work(_on_progress: OnProgress, _control: Control) -> AnalysisWaiting:
            return waiting_for_analysis(desk, 1)

        self._job = self._runner.start(
            work, lane=ANALYSIS, on_success=self._found, on_error=self._fail, on_end=self._looked
        )

    def _found(self, waiting: AnalysisWaiting) -> None:
        desk = self._desk()
        if not waiting.left or desk is None:
            return
        self._done = 0
        self._job = self._runner.start(
            _Work(desk),
            lane=ANALYSIS,
            title=translate("shell", "Picture analysis"),
            on_error=self._fail,
            on_progress=self._progressed,
            on_end=self._ended,
        )
        self._job.changed.connect(self._stand_aside)

    def _looked(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._rest()

    def _progressed(self, progress: Progress) -> None:
        if progress.files_done != self._done:
            self._done = progress.files_done
            self.analysed.emit()

    def _ended(self, job: Job) -> None:
        self._job = None
        self.analysed.emit()
        self._refused = job.state is JobState.CANCELLED and not self._renewing
        self._rest()

    def _rest(self) -> None:
        self._timer.start(self._quiet_ms if self._renewing else LATER_MS)
        self._renewing = False

    def _fail(self, _error: AvdeskError) -> None:
        """The next look may succeed; whoever needs the catalogue says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Work:
    """All that waits, newest first, some at a time; ends early when no vault gives any of them."""

    desk: Desk

    def __call__(self, on_progress: OnProgress, control: Control) -> None:
        done, after = 0, None
        total = waiting_for_analysis(self.desk, 1).left
        with Analyser() as worker:
            while ids := waiting_for_analysis(self.desk, _BATCH, after=after).recording_ids:
                counted = _Counted(on_progress, done, total)
                report = analyse(self.desk, ids, worker, on_progress=counted, control=control)
                if not report.analysed:
                    return
                done, after = done + len(ids), ids[-1]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The progress of a batch as part of the whole."""

    on_progress: OnProgress
    before: int
    total: int

    def __call__(self, progress: Progress) -> None:
        done = self.before + progress.files_done
        self.on_progress(replace(progress, files_done=done, files_total=max(self.total, done)))
