"""The player's decoder beside mpv on the same 1080p files: seeks, steps, opening, playing, and memory.

    python benchmarks/player.py FOLDER [--turns 500] [--hours 2] [--opens 200]

FOLDER takes up to 3 GB and is emptied of them at the end. Each frame carries its number in its pixels.

What is timed is, on our side, from the question (``Decoder.show``) to the picture that answers it lying in the ring in
the window's size. On mpv's, from ``seek … absolute+exact`` over its JSON IPC to its ``playback-restart`` event, which
it sends when the frame of the new place has been handed to its video output (``--vo=null``, so that it need neither
convert, scale nor draw it). Files are asked in turns, so that a busy moment meets both.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import resource
import socket
import statistics
import subprocess
import sys
import time
from bisect import bisect_right
from fractions import Fraction
from pathlib import Path

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from avdesk.media.player import Counted, Decoder, End, Event, Opened, Picture, View
from tests.media import footage
from tests.media.footage import Footage, unevenly

HD = (1920, 1080)
WINDOW = View(1280, 720)
FAST = {"preset": "ultrafast", "crf": "28"}
FILES = (
    Footage("h264.mp4", options={"g": "250", "bf": "3", "preset": "veryfast"}, textured=True, frames=1500, size=HD),
    Footage(
        "h265.mp4",
        codec="libx265",
        options={"preset": "ultrafast", "x265-params": "keyint=120:bframes=3:log-level=none"},
        textured=True,
        frames=750,
        size=HD,
    ),
    Footage("vfr.mp4", options={**FAST, "g": "250", "bf": "2"}, times=unevenly, textured=True, frames=1000, size=HD),
    Footage(
        "mjpeg.avi",
        codec="mjpeg",
        options={"q": "5"},
        pixels="yuvj420p",
        base=Fraction(1, 25),
        textured=True,
        frames=750,
        size=HD,
    ),
    Footage(
        "avchd.mts",
        options={**FAST, "g": "50", "bf": "2"},
        base=Fraction(1, 90_000),
        format="mpegts",
        container={"mpegts_m2ts_mode": "1"},
        textured=True,
        frames=1000,
        size=HD,
    ),
)


class Ours:
    """A decoder process, asked one question at a time."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.decoder = Decoder(self._events.put)

    def hear(self, *kinds: type[Event]) -> Event:
        while True:
            event = self._events.get(timeout=120)
            if isinstance(event, kinds):
                return event
            if isinstance(event, Picture):
                self.decoder.free(event)

    def open(self, path: Path) -> Opened:
        self.decoder.open(path, path.name)
        event = self.hear(Opened)
        assert isinstance(event, Opened)
        self.facts = event
        return event

    def pts(self, at: float) -> int:
        return self.facts.start + int(at / self.facts.time_base)

    def answer(self, generation: int) -> Picture:
        while True:
            event = self.hear(Picture)
            assert isinstance(event, Picture)
            if event.generation == generation:
                return event
            self.decoder.free(event)

    def show(self, pts: int) -> tuple[float, Picture]:
        began = time.perf_counter()
        picture = self.answer(self.decoder.show(pts, WINDOW))
        return time.perf_counter() - began, picture

    def number(self, picture: Picture) -> int | None:
        lent = self.decoder.pixels(picture)
        made = footage.read(np.frombuffer(lent, np.uint8).reshape(picture.height, picture.width, 4))
        lent.release()
        self.decoder.free(picture)
        return made


class Mpv:
    """An mpv that stands still, driven over its JSON IPC."""

    def __init__(self, folder: Path, *files: Path, paused: bool = True) -> None:
        self._path = folder / "mpv.sock"
        self.process = subprocess.Popen(
            [
                *("mpv", "--no-config", "--vo=null", "--ao=null", "--no-audio", "--hr-seek=yes", "--keep-open=yes"),
                *("--idle=yes", "--really-quiet", f"--input-ipc-server={self._path}"),
                *(["--pause"] if paused else []),
                *map(str, files),
            ],
            stdin=subprocess.DEVNULL,
        )
        self._socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self._socket.connect(str(self._path))
                break
            except OSError:
                time.sleep(0.01)
        self._file = self._socket.makefile("rwb")

    def tell(self, *words: object) -> None:
        self._file.write(json.dumps({"command": words}).encode() + b"\n")
        self._file.flush()

    def wait(self, event: str) -> None:
        while json.loads(self._file.readline()).get("event") != event:
            pass

    def timed(self, event: str, *words: object) -> float:
        began = time.perf_counter()
        self.tell(*words)
        self.wait(event)
        return time.perf_counter() - began

    def close(self) -> None:
        self.tell("quit")
        self.process.wait(10)
        self._socket.close()
        self._path.unlink(missing_ok=True)


def p(times: list[float], share: float) -> float:
    """A percentile in milliseconds."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


def beside(name: str, ours: list[float], theirs: list[float], wrong: int | str = "") -> None:
    ratio = p(ours, 0.95) / p(theirs, 0.95)
    print(
        f"{name:22} ours p50/p95 {p(ours, 0.5):7.1f} {p(ours, 0.95):7.1f} ms"
        f"  mpv {p(theirs, 0.5):7.1f} {p(theirs, 0.95):7.1f} ms  ratio of p95 {ratio:.2f}  wrong {wrong}",
        flush=True,
    )


def seeks(folder: Path, made: Footage, turns: int) -> None:
    """Paused, to any time; then steps forward and back."""
    path = folder / made.name
    stamps = [float(made.times(number)) for number in range(made.frames)]
    ours, mpv = Ours(), Mpv(folder)
    facts = ours.open(path)
    mpv.timed("playback-restart", "loadfile", str(path))
    chance = random.Random(made.name)
    times: tuple[list[float], list[float]] = ([], [])
    wrong = 0
    for _turn in range(turns):
        at = chance.uniform(0, stamps[-1])
        taken, picture = ours.show(ours.pts(at))
        told = facts.seconds(picture.pts)
        place = bisect_right(stamps, at - stamps[0]) - 1
        wrong += ours.number(picture) != place or abs(told - stamps[place]) > 0.01
        times[0].append(taken)
        times[1].append(mpv.timed("playback-restart", "seek", at, "absolute+exact"))
    beside(f"{made.name} seek", *times, wrong)
    steps(ours, mpv, made, turns)
    ours.decoder.close()
    mpv.close()


def steps(ours: Ours, mpv: Mpv, made: Footage, turns: int) -> None:
    """Back one frame at a time, and forward: each is a question, and each answer is read."""
    times: tuple[list[float], list[float]] = ([], [])
    wrong, number, picture = 0, made.frames // 2, None
    chance = random.Random(1)
    pts = None
    for turn in range(turns):
        if turn % 50 == 0:
            number = chance.randrange(60, made.frames - 60)
            at = float(made.times(number)) + 0.002
            _taken, picture = ours.show(ours.pts(at))
            pts = picture.pts
            wrong += ours.number(picture) != number
            mpv.timed("playback-restart", "seek", at, "absolute+exact")
        taken, picture = ours.show((pts or 0) - 1)
        number -= 1
        pts = picture.pts
        wrong += ours.number(picture) != number
        times[0].append(taken)
        times[1].append(mpv.timed("playback-restart", "frame-back-step"))
    beside(f"{made.name} step back", *times, wrong)
    wrong = 0
    for _round in range(max(turns // 50, 1)):
        number = chance.randrange(0, made.frames - 60)
        generation = ours.decoder.show(ours.pts(float(made.times(number)) + 0.002), WINDOW)
        for forward in range(50):
            wrong += ours.number(ours.answer(generation)) != number + forward
    print(f"{made.name + ' step forward':22} {max(turns // 50, 1) * 50} steps, wrong {wrong}", flush=True)


def opening(folder: Path, hours: float, runs: int = 9) -> None:
    """From nothing but a running process to the first picture of a long file."""
    path = folder / "long.mp4"
    make_long(folder / "h264.mp4", path, hours)
    ours, mpv = Ours(), Mpv(folder)
    times: tuple[list[float], list[float]] = ([], [])
    for _run in range(runs):
        began = time.perf_counter()
        facts = ours.open(path)
        ours.decoder.free(ours.show(facts.start)[1])
        times[0].append(time.perf_counter() - began)
        times[1].append(mpv.timed("playback-restart", "loadfile", str(path)))
    beside(f"open {hours:g} h", *times)
    began = time.perf_counter()
    ours.open(path)
    counted = ours.hear(Counted)
    print(f"table of {counted.frames} frames after {time.perf_counter() - began:.1f} s in the background", flush=True)
    cache = folder / "cache" / "frames.bin"
    for _run in range(2):
        began = time.perf_counter()
        ours.decoder.open(path, path.name, cache)
        ours.hear(Counted)
        taken = time.perf_counter() - began
        while not cache.exists():
            time.sleep(0.05)
    print(f"kept table: there after {taken * 1000:.0f} ms, {cache.stat().st_size} bytes", flush=True)
    ours.decoder.close()
    mpv.close()


def make_long(short: Path, path: Path, hours: float) -> None:
    """The same minute again and again, without encoding it anew."""
    again = int(hours * 3600 * 25 / 1500)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-stream_loop", str(again), "-i", short, "-c", "copy", path], check=True
    )


def playing(folder: Path, seconds: float = 20.0) -> None:
    """1080p30 on one core: which frames were there in time, as the window would show them."""
    path = folder / "thirty.mp4"
    Footage(
        path.name,
        options={"g": "60", "bf": "2", "preset": "veryfast"},
        times=footage.evenly(30),
        rate=30,
        textured=True,
        frames=int(30 * seconds),
        size=HD,
    ).make(folder)
    ours = Ours()
    psutil.Process(ours.decoder.pid).cpu_affinity([0])
    for thread in psutil.Process(ours.decoder.pid).threads():
        os.sched_setaffinity(thread.id, {0})
    facts = ours.open(path)
    generation = ours.decoder.show(facts.start, WINDOW)
    began = late = shown = 0.0
    while isinstance(event := ours.hear(Picture, End), Picture):
        if event.generation == generation:
            now = time.perf_counter()
            began = began or now
            due = began + 0.1 + facts.seconds(event.pts)
            shown += 1
            late += now > due + 1 / 30
            time.sleep(max(due - now, 0))
        ours.decoder.free(event)
    used = sum(psutil.Process(ours.decoder.pid).cpu_times()[:2])
    print(
        f"play 1080p30, one core: {shown:.0f} pictures, {late:.0f} late by a frame ({late / max(shown, 1):.1%}),"
        f" {used / seconds:.0%} of the core",
        flush=True,
    )
    ours.decoder.close()


def memory(folder: Path, opens: int) -> None:
    """Resident memory of the decoder over many openings."""
    ours = Ours()
    process = psutil.Process(ours.decoder.pid)
    sizes = []
    for turn in range(opens):
        made = FILES[turn % len(FILES)]
        facts = ours.open(folder / made.name)
        ours.decoder.free(ours.show(facts.start + int(2 / facts.time_base))[1])
        sizes.append(process.memory_info().rss / 1e6)
    early, end = statistics.mean(sizes[20:40]), statistics.mean(sizes[-20:])
    print(f"memory over {opens} opens: {early:.0f} MB after 20-40, {end:.0f} MB at the end, most {max(sizes):.0f} MB")
    ours.decoder.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--opens", type=int, default=200)
    options = parser.parse_args()
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    for made in FILES:
        if not (folder / made.name).exists():
            made.make(folder)
    for made in FILES:
        seeks(folder, made, options.turns)
    opening(folder, options.hours)
    playing(folder)
    memory(folder, options.opens)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"most memory of any process: {children.ru_maxrss / 1000:.0f} MB")
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


if __name__ == "__main__":
    main()
