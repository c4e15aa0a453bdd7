"""The sound's process: what it plays, from where, and when it says what."""

from __future__ import annotations

import os
import queue
import signal
import time
import wave
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

pytest.importorskip("vlc", reason="libVLC is missing", exc_type=(ImportError, OSError, NameError))

from avdesk.media.sample_card import write_sample_card
from avdesk.ui.sound import Heard, Over, Sound, SoundEvent, Soundless

SILENT = ("--aout=dummy",)
WAIT = 20


class Heeded:
    """A sound, and what it said."""

    def __init__(self, options: Sequence[str] = SILENT) -> None:
        self.events: queue.SimpleQueue[SoundEvent] = queue.SimpleQueue()
        self.sound = Sound(self.events.put, options)

    def heard(self, turn: int) -> Heard:
        """The next time it says for this turn."""
        while True:
            event = self.events.get(timeout=WAIT)
            if isinstance(event, Heard) and event.turn == turn:
                return event
            assert not isinstance(event, Over), event

    def until_over(self, turn: int) -> list[Heard]:
        found: list[Heard] = []
        while not isinstance(event := self.events.get(timeout=WAIT), Over):
            found.append(event)
        assert event.turn == turn
        return found


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds") / "card"
    write_sample_card(folder)
    return folder


@pytest.fixture(scope="session")
def video(card: Path) -> Path:
    """8 seconds with a beep at each full second."""
    return card / "DCIM" / "VIDEO" / "DSJ_5K20417_310086_20261123140210.MP4"


@pytest.fixture
def heeded() -> Iterator[Heeded]:
    made = Heeded()
    yield made
    made.sound.close()


def test_it_says_where_it_is_while_it_plays(heeded: Heeded, video: Path) -> None:
    heeded.sound.open(video, "mp4")
    turn = heeded.sound.play(2.0)
    first, second = heeded.heard(turn), heeded.heard(turn)
    assert 2.0 <= first.at < 4.0
    assert second.at > first.at and second.moment > first.moment
    assert abs((second.at - first.at) - (second.moment - first.moment)) < 0.3


def test_words_of_an_earlier_turn_are_told_apart(heeded: Heeded, video: Path) -> None:
    heeded.sound.open(video, "mp4")
    first = heeded.sound.play(0.0)
    heeded.heard(first)
    second = heeded.sound.play(5.0)
    assert second != first
    assert 5.0 <= heeded.heard(second).at < 7.0


def test_it_pauses_and_goes_on_where_it_was(heeded: Heeded, video: Path) -> None:
    heeded.sound.open(video, "mp4")
    at = heeded.heard(heeded.sound.play(1.0)).at
    heeded.sound.pause()
    time.sleep(0.8)
    while not heeded.events.empty():
        heeded.events.get()
    assert heeded.heard(heeded.sound.play(None)).at < at + 1.0


def test_it_plays_to_the_end_and_again(heeded: Heeded, card: Path) -> None:
    heeded.sound.open(next((card / "RECORD").iterdir()), "wav")
    turn = heeded.sound.play(3.5)
    assert heeded.until_over(turn)[-1].at <= 5.5
    assert heeded.heard(heeded.sound.play(0.0)).at < 2.0


def test_a_file_without_sound_inside_is_over_at_once(heeded: Heeded, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing" * 1000)
    heeded.sound.open(tmp_path / "a.mp4", "mp4")
    assert heeded.until_over(heeded.sound.play(0.0)) == []


def beeps(path: Path) -> list[float]:
    """The seconds at which a recorded sound becomes loud."""
    with wave.open(str(path)) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        samples = array("h", file.readframes(file.getnframes()))[::channels]
    step = rate // 100
    loud = [max(map(abs, samples[at : at + step])) > 4500 for at in range(0, len(samples) - step, step)]
    return [place / 100 for place in range(1, len(loud)) if loud[place] and not loud[place - 1]]


def test_what_comes_out_is_the_files_own_sound(video: Path, tmp_path: Path) -> None:
    """Played into a file, from second 4 on: a beep each second."""
    recorded = tmp_path / "out.wav"
    heeded = Heeded(["--aout=afile", f"--audiofile-file={recorded}", "--audiofile-format=s16"])
    heeded.sound.open(video, "mp4")
    heeded.until_over(heeded.sound.play(4.0))
    heeded.sound.close()
    found = beeps(recorded)
    apart = [round(b - a, 1) for a, b in pairwise(found)]
    assert len(found) in (3, 4) and set(apart) == {1.0}, found


def test_it_is_as_loud_as_it_was_told_also_before_it_played(video: Path) -> None:
    """On a device that has a volume but no sound."""
    heeded = Heeded(["--aout=alsa", "--alsa-audio-device=null"])
    heeded.sound.set_volume(35, False)
    heeded.sound.open(video, "mp4")
    turn = heeded.sound.play(0.0)
    assert heeded.heard(turn).volume == 35
    for percent, muted, loud in ((35, True, 0), (90, False, 90), (0, False, 0)):
        heeded.sound.set_volume(percent, muted)
        turn = heeded.sound.play(0.0)
        assert heeded.heard(turn).volume == loud
    heeded.sound.close()


def test_a_dead_process_is_told_and_nothing_else_happens(heeded: Heeded, video: Path) -> None:
    heeded.sound.open(video, "mp4")
    os.kill(heeded.sound.pid, signal.SIGKILL)
    assert isinstance(heeded.events.get(timeout=WAIT), Soundless)
    heeded.sound.play(0.0)
    heeded.sound.pause()


def test_closing_ends_the_process(video: Path) -> None:
    heeded = Heeded()
    heeded.sound.open(video, "mp4")
    heeded.heard(heeded.sound.play(0.0))
    process = psutil.Process(heeded.sound.pid)
    heeded.sound.close()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    heeded.sound.close()
