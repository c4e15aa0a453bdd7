"""Closing with work going on asks, waits, and gives up only on what does not answer, saying so."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from avdesk.progress import Control, OnProgress
from avdesk.ui.frame.closing import AskDialog, Closing
from avdesk.ui.runner import WRITE, JobState, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.buttons import Button
from tests.ui.pages_for_tests import add_pages


class Work:
    """Runs until it is let go or cancelled; a deaf one does not hear the cancel."""

    def __init__(self, *, deaf: bool = False) -> None:
        self.gate = threading.Event()
        self.deaf = deaf
        self.finished = False

    def __call__(self, _on_progress: OnProgress, control: Control) -> None:
        while not self.gate.wait(0.01):
            if not self.deaf:
                control.check()
        self.finished = True


@pytest.fixture
def window(shell: Shell, qtbot: QtBot, runner: Runner) -> Shell:
    add_pages(shell)
    shell.begin("ingest")
    qtbot.waitExposed(shell)
    qtbot.waitUntil(lambda: runner.jobs == (), timeout=20_000)
    return shell


def press(window: Shell, name: str) -> None:
    (dialog,) = window.findChildren(AskDialog)
    button = dialog.findChild(Button, f"dialog.closing.{name}")
    assert button is not None
    button.click()


def test_without_work_it_closes_at_once(window: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    assert window.findChildren(AskDialog) == []


def test_a_question_does_not_close(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    work = Work()
    runner.start(work, lane=WRITE, title="采集 DSJ-05")
    window.close()
    assert window.isVisible()
    (dialog,) = window.findChildren(AskDialog)
    assert {label.text() for label in dialog.findChildren(QLabel)} >= {"正在进行 1 项工作", "采集 DSJ-05"}
    press(window, "stay")
    assert window.isVisible()
    assert runner.jobs
    work.gate.set()


def test_stop_waits_until_it_has_stopped(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    work = Work()
    runner.start(work, lane=WRITE, title="采集 DSJ-05")
    window.close()
    with qtbot.waitSignal(window.closed, timeout=20_000):
        press(window, "stop")
    assert runner.jobs == ()
    assert not work.finished
    assert not window.closing.given_up


def test_close_when_done_lets_the_work_end(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    work = Work()
    runner.start(work, lane=WRITE, title="采集 DSJ-05")
    window.close()
    press(window, "wait")
    qtbot.wait(100)
    assert window.isVisible()
    with qtbot.waitSignal(window.closed, timeout=20_000):
        work.gate.set()
    assert work.finished


def test_a_lane_that_does_not_answer_is_named_and_left_only_when_told(
    window: Shell, runner: Runner, qtbot: QtBot
) -> None:
    window.closing = Closing(runner, window, patience=0.5)
    window.closing.closed.connect(window.close)
    work = Work(deaf=True)
    job = runner.start(work, lane=WRITE, title="采集 DSJ-05")
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    window.close()
    press(window, "stop")
    qtbot.waitUntil(lambda: window.closing.waiting is not None and window.closing.waiting.gives_up, timeout=20_000)
    waiting = window.closing.waiting
    assert waiting is not None
    assert any("采集 DSJ-05" in label.text() for label in waiting.findChildren(QLabel))
    assert window.isVisible()
    waiting.reject()
    assert waiting.isVisible()
    button = waiting.findChild(Button, "dialog.waiting.give-up")
    assert button is not None
    with qtbot.waitSignal(window.closed):
        button.click()
    assert window.closing.given_up
    work.gate.set()


def test_quiet_work_is_waited_for_without_a_question(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    work = Work()
    runner.start(work, lane=WRITE)
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    assert window.findChildren(AskDialog) == []
    assert runner.jobs == ()
