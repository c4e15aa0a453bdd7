"""Analysis beside the window: it waits its turn, gives way, stops when told, and is seen in the task strip."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import psutil
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from avdesk.progress import Control, OnProgress
from avdesk.services.analysis import waiting_for_analysis
from avdesk.services.desk import Desk
from avdesk.services.policies import set_policy
from avdesk.services.workspace import sign_in
from avdesk.ui.frame.analysing import QUIET_MS, Analysing
from avdesk.ui.frame.closing import AskDialog
from avdesk.ui.runner import ANALYSIS, Job, JobState, Runner, volume_lane
from avdesk.ui.shell import Shell

WAIT = 30_000


class Jobs:
    """The jobs that the runner was given, and what to do as soon as the analysis begins."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.began: list[Job] = []
        self.states: list[JobState] = []
        self.at_once: Callable[[Job], object] | None = None
        runner.started.connect(self._took)

    @property
    def analyses(self) -> list[Job]:
        return [job for job in self.began if job.lane == ANALYSIS and job.title is not None]

    def _took(self, job: Job) -> None:
        self.began.append(job)
        if job.lane == ANALYSIS and job.title is not None:
            job.changed.connect(self._changed)
            if self.at_once is not None:
                act, self.at_once = self.at_once, None
                act(job)

    def _changed(self, job: Job) -> None:
        self.states.append(job.state)


class Card:
    """A card that is being collected until it is done: the lane and the title that collecting has."""

    def __init__(self, runner: Runner) -> None:
        self.done = threading.Event()
        self._runner = runner

    def collect(self, _job: object = None) -> None:
        self._runner.start(self._work, lane=volume_lane("card"), title="采集 DSJ-05")

    def _work(self, _on_progress: OnProgress, _control: Control) -> None:
        self.done.wait(WAIT / 1000)


@pytest.fixture
def jobs(runner: Runner) -> Jobs:
    return Jobs(runner)


@pytest.fixture
def card(runner: Runner) -> Iterator[Card]:
    made = Card(runner)
    yield made
    made.done.set()


@pytest.fixture
def analysing(shell: Shell, runner: Runner, jobs: Jobs) -> Iterator[Analysing]:
    """On the real window with the sample card collected, impatient."""
    made = Analysing(runner, lambda: shell.desk, runner, quiet_ms=50)
    shell.show()
    yield made
    made.end()


def left(desk: Desk) -> int:
    return waiting_for_analysis(desk).left


def test_what_waits_is_analysed_and_seen_in_the_strip(
    analysing: Analysing, shell: Shell, jobs: Jobs, qtbot: QtBot
) -> None:
    total = left(shell.desk)
    assert total == 4
    figures: set[str] = set()
    analysing.analysed.connect(lambda: figures.update(task.figures() for task in shell.task_strip.tasks))
    jobs.at_once = lambda job: job.progressed.connect(
        lambda _progress: figures.update(task.figures() for task in shell.task_strip.tasks)
    )
    with qtbot.waitSignal(analysing.analysed, timeout=WAIT):
        analysing.begin()
    qtbot.waitUntil(lambda: not jobs.runner.jobs, timeout=WAIT)
    (job,) = jobs.analyses
    assert job.title == "画面分析" and job.state is JobState.DONE and left(shell.desk) == 0
    assert any(text.startswith(("0 / 4", "1 / 4", "2 / 4", "3 / 4", "4 / 4")) for text in figures), figures
    assert not any("analysis_child" in " ".join(child.cmdline()) for child in psutil.Process().children())
    assert shell.task_strip.tasks == ()


def test_it_does_not_begin_while_anything_goes_on(
    analysing: Analysing, runner: Runner, jobs: Jobs, card: Card, qtbot: QtBot
) -> None:
    card.collect()
    analysing.begin()
    qtbot.wait(400)
    assert jobs.analyses == []
    card.done.set()
    qtbot.waitUntil(lambda: len(jobs.analyses) == 1 and not runner.jobs, timeout=WAIT)


def test_it_gives_way_to_a_card_and_goes_on_afterwards(
    analysing: Analysing, shell: Shell, jobs: Jobs, card: Card, qtbot: QtBot
) -> None:
    jobs.at_once = card.collect
    analysing.begin()
    qtbot.waitUntil(lambda: JobState.PAUSED in jobs.states, timeout=WAIT)
    qtbot.wait(300)
    assert jobs.states[-1] is JobState.PAUSED and left(shell.desk) > 0
    card.done.set()
    qtbot.waitUntil(lambda: not jobs.runner.jobs, timeout=WAIT)
    assert jobs.states[-1] is JobState.DONE and left(shell.desk) == 0


def test_stopped_by_a_person_it_stays_so_until_something_is_collected(
    analysing: Analysing, shell: Shell, jobs: Jobs, card: Card, qtbot: QtBot
) -> None:
    jobs.at_once = Job.cancel
    analysing.begin()
    qtbot.waitUntil(lambda: jobs.states[-1:] == [JobState.CANCELLED], timeout=WAIT)
    qtbot.wait(300)
    assert len(jobs.analyses) == 1 and left(shell.desk) == 4
    card.collect()
    card.done.set()
    qtbot.waitUntil(lambda: len(jobs.analyses) == 2 and not jobs.runner.jobs, timeout=WAIT)
    assert left(shell.desk) == 0


def test_off_by_the_rules_it_does_nothing(analysing: Analysing, shell: Shell, jobs: Jobs, qtbot: QtBot) -> None:
    set_policy(shell.desk, "analysis.enabled", "false", "试")
    with closing(sign_in(shell.desk.workspace, None)) as later:
        shell.take_desk(later)
        analysing.begin()
        qtbot.waitUntil(lambda: bool(jobs.began), timeout=WAIT)
        qtbot.waitUntil(lambda: not jobs.runner.jobs, timeout=WAIT)
        assert jobs.analyses == []


def test_when_the_rules_change_it_begins_anew(analysing: Analysing, shell: Shell, jobs: Jobs, qtbot: QtBot) -> None:
    jobs.at_once = lambda job: QTimer.singleShot(0, job, analysing.renew)
    analysing.begin()
    qtbot.waitUntil(lambda: len(jobs.analyses) == 2 and not jobs.runner.jobs, timeout=WAIT)
    assert JobState.CANCELLED in jobs.states and left(shell.desk) == 0


def test_a_vault_that_is_away_ends_it_early(analysing: Analysing, shell: Shell, jobs: Jobs, qtbot: QtBot) -> None:
    vault = shell.desk.first_vault.path
    vault.rename(vault.with_name("elsewhere"))
    analysing.begin()
    qtbot.waitUntil(lambda: len(jobs.analyses) == 1 and not jobs.runner.jobs, timeout=WAIT)
    assert jobs.states[-1] is JobState.DONE and left(shell.desk) == 4


def test_closing_does_not_ask_because_of_it(analysing: Analysing, shell: Shell, jobs: Jobs, qtbot: QtBot) -> None:
    asked: list[object] = []

    def close(_job: Job) -> None:
        shell.close()
        asked.extend(shell.findChildren(AskDialog))

    jobs.at_once = close
    with qtbot.waitSignal(shell.closed, timeout=WAIT):
        analysing.begin()
    assert asked == [] and not jobs.runner.jobs


def test_a_window_that_has_just_opened_has_time() -> None:
    assert QUIET_MS >= 5000
