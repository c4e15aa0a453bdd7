"""Work beside the window: the only place in ``ui`` that starts threads.

Each *lane* does one work at a time, in the order it was given: ``query`` for reading the catalogue, ``write`` for
changing it, ``volume:<device id>`` for everything that touches one card. Signals are connected on the GUI thread,
before the work is submitted, to bound methods.
"""

from __future__ import annotations

import inspect
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from avdesk.errors import AvdeskError, Cancelled, EnvironmentFault
from avdesk.progress import Control, OnProgress, Progress
from avdesk.ui.garbage import Garbage

T = TypeVar("T")
Work = Callable[[OnProgress, Control], T]

QUERY, WRITE = "query", "write"
ANALYSIS = "analysis"
"""The lane of work that can be stopped at any time and goes on by itself later."""
_VOLUME = "volume:"
_LASTING = frozenset({QUERY, WRITE})
_INTERVAL = 0.1
_NICE = 10
_log = logging.getLogger(__name__)


def volume_lane(device_id: str) -> str:
    """The lane of everything that touches one device."""
    return f"{_VOLUME}{device_id}"


def is_volume(lane: str) -> bool:
    """Whether it is the lane of a device."""
    return lane.startswith(_VOLUME)


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Bug:
    """A fault of the program, with its traceback."""

    trace: str


class Job(QObject):
    """One submitted work. All signals are emitted on the GUI thread; ``ended`` last, whatever came of it."""

    progressed = Signal(object)
    """A :class:`Progress`, at most ten times a second."""
    succeeded = Signal(object)
    failed = Signal(object)
    """An :class:`AvdeskError`."""
    changed = Signal(object)
    """The job itself, whenever its state changes."""
    ended = Signal(object)
    """The job itself."""
    _arrived = Signal(object)

    def __init__(self, lane: str, title: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self.lane = lane
        self.title = title
        self.state = JobState.WAITING
        self.progress: Progress | None = None
        self.began: float | None = None
        """Seconds on the monotonic clock."""
        self.error: AvdeskError | None = None
        self.bug: Bug | None = None
        self.control = Control()
        self.future: Future[None] | None = None
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def matters(self) -> bool:
        """Whether a person would mind its being stopped."""
        return self.title is not None and self.lane != ANALYSIS

    @property
    def over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    def pause(self) -> None:
        """Stop at the next chunk until :meth:`resume`."""
        if self.state is JobState.RUNNING:
            self.control.pause()
            self._become(JobState.PAUSED)

    def resume(self) -> None:
        if self.state is JobState.PAUSED:
            self.control.resume()
            self._become(JobState.RUNNING)

    def is_over(self, patience: float) -> bool:
        """Whether its thread has left it, waiting ``patience`` seconds for that."""
        return self.future is None or self.future.done() or not wait([self.future], max(patience, 0)).not_done

    def cancel(self) -> None:
        """Stop at the next chunk; work that has not begun never does."""
        self.control.cancel()

    def run(self, work: Work[object]) -> None:
        """On the lane's thread: do the work, and tell the GUI thread what comes of it."""
        self._arrived.emit(_Began(time.monotonic()))
        throttle = _Throttle(self._arrived.emit)
        ended: object
        try:
            self.control.check()
            ended = _Result(work(throttle, self.control))
        except Cancelled as stopped:
            ended = stopped
        except AvdeskError as error:
            ended = error
        except OSError as error:
            _log.warning("refused by the system", exc_info=error)
            ended = _fault(error)
        except Exception as error:  # noqa: BLE001 - a bug: shown with a report that can be copied
            _log.error("a fault in work on %s", self.lane, exc_info=error)
            ended = Bug(traceback.format_exc())
        throttle.flush()
        self._arrived.emit(ended)

    def _take(self, message: object) -> None:
        if isinstance(message, Progress):
            self.progress = message
            self.progressed.emit(message)
        elif isinstance(message, _Began):
            self.began = message.at
            if self.state is JobState.WAITING:
                self._become(JobState.RUNNING)
        else:
            self._end(message)

    def _end(self, message: object) -> None:
        if isinstance(message, _Result):
            self._become(JobState.DONE)
            self.succeeded.emit(message.value)
        elif isinstance(message, Cancelled):
            self._become(JobState.CANCELLED)
        elif isinstance(message, AvdeskError):
            self.error = message
            self._become(JobState.FAILED)
            self.failed.emit(message)
        elif isinstance(message, Bug):
            self.bug = message
            self._become(JobState.FAILED)
        self.ended.emit(self)

    def _become(self, state: JobState) -> None:
        self.state = state
        self.changed.emit(self)


class Runner(QObject):
    """Runs work on lanes. One per window."""

    started = Signal(object)
    """A :class:`Job` was submitted."""
    ended = Signal(object)
    """A :class:`Job` is over."""
    failed = Signal(object)
    """An :class:`AvdeskError` that nobody else takes."""
    broke = Signal(object)
    """A :class:`Bug`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._jobs: list[Job] = []
        self.garbage = Garbage(self)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What is not over, in the order it was submitted."""
        return tuple(self._jobs)

    def start(
        self,
        work: Work[T],
        *,
        lane: str,
        on_success: Callable[[T], object] | None = None,
        on_error: Callable[[AvdeskError], object] | None = None,
        on_progress: Callable[[Progress], object] | None = None,
        on_end: Callable[[Job], object] | None = None,
        title: str | None = None,
    ) -> Job:
        """Submit work to a lane. The callbacks are bound methods, called on the GUI thread.

        An :class:`AvdeskError` goes to ``on_error``, else to the message bar; a bug to the crash report; after a cancel
        only ``on_end`` is called. With a ``title`` the job stands in the task strip.
        """
        job = Job(lane, title, self)
        for signal, callback in (
            (job.progressed, on_progress),
            (job.succeeded, on_success),
            (job.failed, on_error or self.failed.emit),
            (job.ended, on_end),
        ):
            if callback is not None:
                if not (inspect.ismethod(callback) or inspect.isbuiltin(callback)):
                    raise TypeError(f"{callback!r} is no bound method")
                signal.connect(callback)
        job.ended.connect(self._forget)
        self._jobs.append(job)
        self.started.emit(job)
        job.future = self._executor(lane).submit(job.run, work)
        return job

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for job in self.jobs:
            job.cancel()

    def close(self, patience: float) -> list[Job]:
        """Take no more work and ask what goes on to stop; what did not end within ``patience`` seconds."""
        self.cancel_all()
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)
        self._lanes.clear()
        self.garbage.close()
        end = time.monotonic() + patience
        return [job for job in self._jobs if not job.is_over(end - time.monotonic())]

    def _executor(self, lane: str) -> ThreadPoolExecutor:
        if lane not in self._lanes:
            begin = None if lane in _LASTING else _stand_back
            self._lanes[lane] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane, initializer=begin)
        return self._lanes[lane]

    def _forget(self, job: Job) -> None:
        self._jobs.remove(job)
        if job.bug is not None:
            self.broke.emit(job.bug)
        self.ended.emit(job)
        if job.lane not in _LASTING and all(other.lane != job.lane for other in self._jobs):
            executor = self._lanes.pop(job.lane, None)
            if executor is not None:
                executor.shutdown(wait=False)
        job.deleteLater()


def _stand_back() -> None:
    """Leave the processor to the window when both want it; what this thread starts inherits that."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


@dataclass(frozen=True, slots=True)
class _Began:
    at: float


@dataclass(frozen=True, slots=True)
class _Result:
    value: object


class _Throttle:
    """Passes on at most ten a second, and the last one in any case."""

    def __init__(self, send: Callable[[object], None]) -> None:
        self._send = send
        self._sent = 0.0
        self._kept: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._sent < _INTERVAL:
            self._kept = progress
            return
        self._sent, self._kept = now, None
        self._send(progress)

    def flush(self) -> None:
        if self._kept is not None:
            self._send(self._kept)


def _fault(error: OSError) -> EnvironmentFault:
    file = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    return EnvironmentFault(file=file, reason=error.strerror or type(error).__name__)
