"""The clock that pictures follow."""

from __future__ import annotations

import time

from avdesk.ui.pages.player_clock import BELIEVED, Clock


def test_it_stands_where_it_was_put() -> None:
    clock = Clock()
    assert clock.now() == 0.0
    clock.stop(4.5)
    assert (clock.now(), clock.running) == (4.5, False)


def test_it_runs_at_its_rate_without_any_sound() -> None:
    clock = Clock()
    clock.start(10.0, 2.0)
    began = clock.now(time.monotonic())
    later = time.monotonic() + 3.0
    assert abs(clock.now(later) - began - 6.0) < 0.2
    clock.stop()
    assert clock.now(later) == clock.now()


def test_it_follows_what_the_sound_says() -> None:
    clock = Clock()
    clock.start(0.0)
    moment = time.monotonic() + 1.0
    clock.heard(0.8, moment)
    assert abs(clock.now(moment + 0.5) - 1.3) < 1e-6
    clock.heard(1.6, moment + 0.6)
    assert abs(clock.now(moment + 0.6) - 1.6) < 1e-6
    assert abs(clock.drift - 0.2) < 1e-6


def test_a_sound_that_counts_otherwise_is_not_followed() -> None:
    clock = Clock()
    clock.start(0.0)
    moment = time.monotonic() + 1.0
    before = clock.now(moment)
    clock.heard(before + BELIEVED + 1.0, moment)
    clock.heard(before - BELIEVED - 1.0, moment)
    assert clock.now(moment) == before


def test_a_late_word_does_not_start_it() -> None:
    clock = Clock()
    clock.stop(2.0)
    clock.heard(1.0, time.monotonic())
    assert (clock.now(), clock.running) == (2.0, False)
