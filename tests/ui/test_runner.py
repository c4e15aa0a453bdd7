"""Work beside the window: lanes, progress, cancel, pause, the two families of errors."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from avdesk.errors import AvdeskError, VaultFull
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services.desk import Desk
from avdesk.services.people import list_people
from avdesk.ui.runner import QUERY, WRITE, Bug, Job, JobState, Runner, volume_lane


class Taker(QObject):
    """Takes what comes, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[AvdeskError] = []
        self.progress: list[Progress] = []
        self.ended: list[Job] = []
        self.bugs: list[Bug] = []
        self.threads: set[QThread] = set()

    def take(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(QThread.currentThread())

    def fail(self, error: AvdeskError) -> None:
        self.errors.append(error)
        self.threads.add(QThread.currentThread())

    def tell(self, progress: Progress) -> None:
        self.progress.append(progress)
        self.threads.add(QThread.currentThread())

    def end(self, job: Job) -> None:
        self.ended.append(job)

    def break_(self, bug: Bug) -> None:
        self.bugs.append(bug)


def step(number: int) -> Progress:
    return Progress("test", None, number, 100, number, 100)


def test_answer_comes_on_the_window_s_thread(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    worked_on: list[int] = []

    def work(on_progress: OnProgress, _control: Control) -> str:
        worked_on.append(threading.get_ident())
        on_progress(step(1))
        return "done"

    job = runner.start(work, lane=QUERY, on_success=taker.take, on_progress=taker.tell, on_end=taker.end)
    qtbot.waitUntil(lambda: bool(taker.ended))
    assert taker.values == ["done"]
    assert taker.ended == [job]
    assert job.state is JobState.DONE
    assert taker.threads == {QThread.currentThread()}
    assert worked_on != [threading.get_ident()]
    assert runner.jobs == ()


def test_one_lane_works_in_turn_and_lanes_beside_each_other(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    order: list[str] = []
    gate, met = threading.Event(), threading.Barrier(2, timeout=20)

    def waits(_on_progress: OnProgress, _control: Control) -> None:
        met.wait()
        gate.wait(20)
        order.append("first")

    def follows(_on_progress: OnProgress, _control: Control) -> None:
        order.append("second")

    def beside(_on_progress: OnProgress, _control: Control) -> None:
        met.wait()  # both must be running at once
        gate.set()

    runner.start(waits, lane=volume_lane("a"), on_end=taker.end)
    runner.start(follows, lane=volume_lane("a"), on_end=taker.end)
    runner.start(beside, lane=volume_lane("b"), on_end=taker.end)
    qtbot.waitUntil(lambda: len(taker.ended) == 3, timeout=30_000)
    assert order == ["first", "second"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_work_on_a_card_leaves_the_processor_to_the_window(runner: Runner, qtbot: QtBot) -> None:
    """What is asked of the catalogue is waited for, and has the window's own priority."""
    taker = Taker()

    def nice(_on_progress: OnProgress, _control: Control) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    for lane in (QUERY, volume_lane("usb-1")):
        runner.start(nice, lane=lane, on_success=taker.take)
        qtbot.waitUntil(lambda: not runner.jobs)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert taker.values[0] == own
    assert own < taker.values[1]  # type: ignore[operator]


def test_progress_comes_at_most_ten_times_a_second_and_the_last_always(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    began = time.monotonic()

    def work(on_progress: OnProgress, _control: Control) -> None:
        for number in range(1, 2001):
            on_progress(step(number))
            time.sleep(0.0002)

    runner.start(work, lane=WRITE, on_progress=taker.tell, on_end=taker.end)
    qtbot.waitUntil(lambda: bool(taker.ended), timeout=30_000)
    passed = time.monotonic() - began
    assert taker.progress[-1].files_done == 2000
    assert len(taker.progress) <= passed * 10 + 2


def test_cancel_stops_at_the_next_chunk(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    running = threading.Event()

    def work(_on_progress: OnProgress, control: Control) -> None:
        while True:
            running.set()
            control.check()
            time.sleep(0.001)

    job = runner.start(work, lane=WRITE, on_success=taker.take, on_error=taker.fail, on_end=taker.end)
    running.wait(20)
    job.cancel()
    qtbot.waitUntil(lambda: bool(taker.ended), timeout=30_000)
    assert (taker.values, taker.errors, job.state) == ([], [], JobState.CANCELLED)


def test_work_that_was_cancelled_before_it_began_never_begins(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    gate = threading.Event()
    begun: list[int] = []

    def waits(_on_progress: OnProgress, _control: Control) -> None:
        gate.wait(20)

    def work(_on_progress: OnProgress, _control: Control) -> None:
        begun.append(1)

    runner.start(waits, lane=WRITE, on_end=taker.end)
    job = runner.start(work, lane=WRITE, on_end=taker.end)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(taker.ended) == 2, timeout=30_000)
    assert job.state is JobState.CANCELLED
    assert begun == []


def test_closing_waits_for_what_stops_and_names_what_does_not(dressed: object) -> None:
    runner, running, gate = Runner(), threading.Semaphore(0), threading.Event()

    def stops(_on_progress: OnProgress, control: Control) -> None:
        running.release()
        while True:
            control.check()
            time.sleep(0.001)

    def waits(_on_progress: OnProgress, _control: Control) -> None:
        running.release()
        gate.wait(60)

    runner.start(stops, lane=QUERY)
    runner.start(stops, lane=QUERY)
    stubborn = runner.start(waits, lane=WRITE)
    assert running.acquire(timeout=20) and running.acquire(timeout=20)
    assert runner.close(patience=0.2) == [stubborn]
    gate.set()
    assert stubborn.is_over(20)


def test_pause_and_resume(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    count = [0]

    def work(_on_progress: OnProgress, control: Control) -> int:
        while count[0] < 200:
            control.check()
            count[0] += 1
            time.sleep(0.002)
        return count[0]

    job = runner.start(work, lane=WRITE, on_success=taker.take, on_end=taker.end)
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    job.pause()
    assert job.state is JobState.PAUSED
    qtbot.wait(50)
    held = count[0]
    qtbot.wait(100)
    assert count[0] == held < 200
    job.resume()
    qtbot.waitUntil(lambda: bool(taker.ended), timeout=30_000)
    assert taker.values == [200]


def test_the_world_s_errors_go_to_the_page_or_else_to_the_message_bar(runner: Runner, qtbot: QtBot) -> None:
    page, bar = Taker(), Taker()
    runner.failed.connect(bar.fail)
    runner.broke.connect(bar.break_)

    def work(_on_progress: OnProgress, _control: Control) -> None:
        raise VaultFull(path="/vault")

    runner.start(work, lane=WRITE, on_error=page.fail)
    runner.start(work, lane=WRITE, on_end=page.end)
    qtbot.waitUntil(lambda: bool(page.ended))
    assert [error.code for error in page.errors] == ["VAULT_FULL"]
    assert [error.code for error in bar.errors] == ["VAULT_FULL"]
    assert bar.bugs == []


def test_what_the_system_refuses_is_the_world_s(runner: Runner, qtbot: QtBot, tmp_path: Path) -> None:
    taker = Taker()
    missing = tmp_path / "missing"

    def work(_on_progress: OnProgress, _control: Control) -> bytes:
        return missing.read_bytes()

    runner.start(work, lane=QUERY, on_error=taker.fail)
    qtbot.waitUntil(lambda: bool(taker.errors))
    assert (taker.errors[0].code, taker.errors[0].facts["file"]) == ("ENVIRONMENT", str(missing))


def test_anything_else_is_a_bug_with_its_traceback(runner: Runner, qtbot: QtBot) -> None:
    taker = Taker()
    runner.failed.connect(taker.fail)
    runner.broke.connect(taker.break_)

    def work(_on_progress: OnProgress, _control: Control) -> None:
        raise RuntimeError("not foreseen")

    job = runner.start(work, lane=QUERY, on_error=taker.fail, on_end=taker.end)
    qtbot.waitUntil(lambda: bool(taker.bugs))
    assert "RuntimeError: not foreseen" in taker.bugs[0].trace
    assert (taker.errors, job.state) == ([], JobState.FAILED)


def test_callbacks_must_be_bound_methods(runner: Runner) -> None:
    with pytest.raises(TypeError, match="bound method"):
        runner.start(lambda _on_progress, _control: None, lane=QUERY, on_success=lambda _value: None)
    assert runner.jobs == ()


def test_a_page_that_is_gone_gets_nothing(runner: Runner, qtbot: QtBot) -> None:
    gate, stays = threading.Event(), Taker()
    goes = Taker()
    values = goes.values

    def work(_on_progress: OnProgress, _control: Control) -> str:
        gate.wait(20)
        return "late"

    runner.start(work, lane=QUERY, on_success=goes.take, on_end=stays.end)
    goes.deleteLater()
    qtbot.waitUntil(lambda: not _alive(goes))
    gate.set()
    qtbot.waitUntil(lambda: bool(stays.ended))
    assert values == []


def _alive(thing: QObject) -> bool:
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


def test_work_keeps_the_desk_that_it_was_submitted_with(
    runner: Runner, qtbot: QtBot, desk: Desk, empty_desk: Desk
) -> None:
    taker = Taker()
    gate = threading.Event()
    holder = {"desk": desk}
    captured = holder["desk"]

    def work(_on_progress: OnProgress, _control: Control) -> str:
        gate.wait(20)
        list_people(captured)
        return captured.person_id

    runner.start(work, lane=QUERY, on_success=taker.take, on_end=taker.end)
    holder["desk"] = empty_desk  # somebody else sits down
    gate.set()
    qtbot.waitUntil(lambda: bool(taker.ended))
    assert taker.values == [desk.person_id]
    assert desk.person_id != empty_desk.person_id
