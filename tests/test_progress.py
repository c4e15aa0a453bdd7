"""Pausing and stopping long work from another thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from avdesk.errors import Cancelled
from avdesk.progress import Control, Progress, ignore


@contextmanager
def worker(control: Control) -> Iterator[tuple[threading.Thread, list[str]]]:
    """Somebody who checks once, and says what came of it."""
    said: list[str] = []

    def work() -> None:
        try:
            control.check()
            said.append("went on")
        except Cancelled:
            said.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    yield thread, said
    thread.join(10)
    assert not thread.is_alive()


def test_work_goes_on_when_nobody_says_anything() -> None:
    control = Control()
    control.check()
    assert not control.cancelled


def test_paused_work_waits_until_it_may_go_on() -> None:
    control = Control()
    control.pause()
    with worker(control) as (thread, said):
        thread.join(0.1)
        assert thread.is_alive() and said == []
        control.resume()
    assert said == ["went on"]


def test_paused_work_can_be_stopped() -> None:
    control = Control()
    control.pause()
    with worker(control) as (_thread, said):
        control.cancel()
    assert said == ["stopped"] and control.cancelled


@pytest.mark.parametrize("afterwards", ["resume", "pause", "cancel"])
def test_stopped_work_stays_stopped(afterwards: str) -> None:
    control = Control()
    control.cancel()
    getattr(control, afterwards)()
    with worker(control) as (_thread, said):
        pass
    assert said == ["stopped"]


def test_each_has_a_control_of_its_own() -> None:
    one, other = Control(), Control()
    one.cancel()
    other.check()
    with pytest.raises(Cancelled):
        one.check()


def test_nobody_need_watch() -> None:
    ignore(Progress("copy", None, 0, 1, 0, 1))
