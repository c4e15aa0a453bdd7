"""The frame shown is the frame said: for everything that recorders make, read from the pixels of the decoder process.

``FOOTAGE_TURNS`` says how many seeks and steps each file gets (``make torture``: 500).
"""

from __future__ import annotations

import os
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from avdesk.media.player import Counted, Opened
from tests.media import footage
from tests.media.variants import MADE, MENDED
from tests.media.watched import VIEW, Watched

TURNS = int(os.environ.get("FOOTAGE_TURNS", "40"))
SPOILT = 6
"""The last frames of a file that was cut: some can't be decoded."""
UNTIMED = ("avi", "h264", "h265")
SOUND_NAMES = {footage.name: footage for footage in MADE}

Frames = list[tuple[int, int]]
Library = Callable[[str], Path]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Makes each file once."""
    folder = tmp_path_factory.mktemp("footage")
    made = {each.name: each.make for each in MADE} | MENDED

    def get(name: str) -> Path:
        if name in MENDED:
            for other in SOUND_NAMES:
                if other.partition(".")[0] in name and other.endswith(Path(name).suffix):
                    get(other)
            for base in ("h264.ts", "h264.mkv", "mjpeg.avi", "open.ts", "h265.ts", "mpeg2.ts", "mpeg4.ts"):
                get(base)
        return folder / name if (folder / name).exists() else made[name](folder)

    return get


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    made = Watched()
    yield made
    made.decoder.close()


def displayed(path: Path) -> Frames:
    """Pts and painted number of all frames, decoded one after the other with nothing left out and no seek."""
    with av.open(str(path)) as file:
        video = next(s for s in file.streams.video if not s.disposition & Disposition.attached_pic)
        frames = [
            (frame.pts, footage.read(np.rot90(frame.to_ndarray(format="gray"), round(frame.rotation / 90))))
            for packet in file.demux(video)
            for frame in _decoded(packet)
        ]
    if path.suffix[1:] in UNTIMED:
        frames = [(pts, number) for pts, (_guess, number) in zip(_counted(path, len(frames)), frames, strict=True)]
    return [(pts, number) for pts, number in frames if pts is not None and number is not None]


def _counted(path: Path, length: int) -> list[int]:
    """Where a file has no time for a frame: those of its packets in order, or none but the rate."""
    with av.open(str(path)) as file:
        stamps = [packet.dts for packet in file.demux(file.streams.video[0]) if packet.size]
    return [place * 3600 for place in range(length)] if None in stamps else sorted(stamps)[:length]


def _decoded(packet: av.Packet) -> list[av.VideoFrame]:
    try:
        return packet.decode()
    except av.FFmpegError:
        return []


def expected(name: str, frames: Frames) -> None:
    """What is displayed is what was made: all frames but those that an edit list hides or that were cut off."""
    numbers = [number for _pts, number in frames]
    if name.startswith("cut"):
        numbers = numbers[:-SPOILT]
    if name in SOUND_NAMES:
        made = SOUND_NAMES[name]
        assert numbers == list(range(made.hidden, made.frames))
    else:
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) and len(numbers) > 40


@pytest.mark.parametrize("name", [*SOUND_NAMES, *MENDED])
def test_the_frame_shown_is_the_frame_said(watched: Watched, library: Library, name: str) -> None:
    path = library(name)
    frames = displayed(path)
    expected(name, frames)
    facts = watched.open(path)
    assert isinstance(facts, Opened), facts
    counted = watched.next(Counted)
    assert isinstance(counted, Counted)
    if name.startswith("cut"):
        frames = frames[:-SPOILT]
    else:
        assert counted == Counted(facts.file, len(frames))
    stamps = [pts for pts, _number in frames]
    chance = random.Random(name)
    turns = min(TURNS, 12) if name.startswith("4k") else TURNS
    for wanted in _places(stamps, chance, turns, whole=len(stamps) == counted.frames):
        place = max(bisect_right(stamps, wanted) - 1, 0)
        shown = watched.show(wanted)
        assert shown is not None
        assert (shown.pts, shown.number, watched.read(shown)) == (stamps[place], place, frames[place][1]), wanted
    _step(watched, frames, chance, turns, last=counted.frames - 1)


def _places(stamps: list[int], chance: random.Random, turns: int, *, whole: bool) -> list[int]:
    """Between frames, at frames, and at and beyond both ends."""
    between = [chance.randint(stamps[0], stamps[-1]) for _ in range(turns // 2)]
    exact = [chance.choice(stamps) for _ in range(turns // 2)]
    return [*between, *exact, stamps[0], stamps[-1], stamps[0] - 10**4, *([stamps[-1] + 10**6] if whole else [])]


def _step(watched: Watched, frames: Frames, chance: random.Random, turns: int, *, last: int) -> None:
    """Forward by what follows, back by what is on the screen one tick before; both ways to the ends."""
    for _round in range(max(turns // 20, 1)):
        place = chance.randrange(len(frames))
        generation = watched.decoder.show(frames[place][0], VIEW)
        place = bisect_right(frames, (frames[place][0], 1 << 30)) - 1
        for forward in range(10):
            shown = watched.follow(generation)
            if place + forward == len(frames):
                assert shown is None or len(frames) <= last
                break
            assert shown is not None
            at = place + forward
            assert (shown.number, watched.read(shown)) == (at, frames[at][1])
        pts = frames[place][0]
        for _back in range(10):
            at = bisect_right(frames, (pts - 1, 1 << 30)) - 1
            shown = watched.show(pts - 1)
            assert shown is not None
            assert (shown.number, watched.read(shown)) == (max(at, 0), frames[max(at, 0)][1])
            pts = shown.pts
