"""How right and how fast picture and sound are judged.

    python benchmarks/analysis.py --table                  hits and misses on the footage of tests/media/flawed.py
    python benchmarks/analysis.py --speed /tmp/films       on one core, beside ffmpeg's own filters on the same frames

Both print tables for ``docs/BENCHMARKS.md``. The films for ``--speed`` (0.7 GB: five minutes and two hours of 1080p30
H.264 with AAC) are made first, in a folder that must not be there, and removed at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from avdesk import policy
from avdesk.media.analysis import Measured, Thresholds, spans_of
from avdesk.media.analysis_worker import Analyser, Step
from avdesk.terms import AnalysisCode as Code
from tests.media.flawed import (
    PICTURES,
    Coding,
    Levels,
    Part,
    Samples,
    _blur,
    _noise,
    _speech,
    _standing,
    _walking,
    write,
)
from tests.media.flawed import SOUNDS as ALL_SOUNDS
from tests.media.test_analysis import BAD_SOUNDS, FLAWS, GOOD, GOOD_SOUNDS

CORE = 0
NICE = 19
CODINGS = {
    "H.264 480x270": (Coding((480, 270), 10, 10), "mp4"),
    "H.264 1280x720, 1 Mbit/s": (Coding((1280, 720), 10, 20, bits=1_000_000), "mp4"),
    "H.265 640x360": (Coding((640, 360), 10, 10, video="hevc", options={"x265-params": "log-level=none"}), "mkv"),
    "MJPEG 640x360": (Coding((640, 360), 10, 1, video="mjpeg", audio="pcm_s16le", options={"q": "5"}), "avi"),
}
SOUND_CODINGS = {
    "AAC 16 kHz": (Coding(), "m4a"),
    "AAC 48 kHz": (Coding(sound_rate=48_000), "m4a"),
    "MP3 44.1 kHz": (Coding(audio="libmp3lame", sound_rate=44_100), "mp3"),
    "PCM 16 kHz": (Coding(audio="pcm_s16le"), "wav"),
    "A-law 8 kHz": (Coding(audio="pcm_alaw", sound_rate=8000), "wav"),
}
SECONDS = 8
AROUND = 4
DEFAULT = Thresholds(
    shortest_s=policy.ANALYSIS_SHORTEST.default,
    black_below=policy.ANALYSIS_BLACK.default,
    covered_below=policy.ANALYSIS_COVERED.default,
    underexposed_below=policy.ANALYSIS_UNDEREXPOSED.default,
    overexposed_above=policy.ANALYSIS_OVEREXPOSED.default,
    blurred_below=policy.ANALYSIS_BLURRED.default,
    frozen_below=policy.ANALYSIS_FROZEN.default,
    silent_below=policy.ANALYSIS_SILENT.default,
    clipped_above=policy.ANALYSIS_CLIPPED.default,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--speed", type=Path, metavar="DIR")
    wanted = parser.parse_args()
    if wanted.table:
        table()
    if wanted.speed:
        wanted.speed.mkdir(parents=True)
        try:
            speed(wanted.speed)
        finally:
            shutil.rmtree(wanted.speed)
    return 0


# hits and misses


@dataclass(frozen=True)
class Case:
    """A film whose middle is ``name``; ``code`` is what is wrong there, if anything."""

    name: str
    code: Code | None
    parts: tuple[Part, ...]


def picture_case(name: str) -> Case:
    return Case(name, FLAWS.get(name), (Part(AROUND), Part(SECONDS, name), Part(AROUND)))


def sound_case(name: str) -> Case:
    around = Part(AROUND, None, "speech")
    return Case(name, BAD_SOUNDS.get(name), (around, Part(SECONDS, None, name), around))


def table() -> None:
    """Seconds that are told against seconds that should be, a second on either side of a change left out."""
    hits, misses, wrong = Counter[Code](), Counter[Code](), Counter[Code]()
    spans, told, false = Counter[Code](), Counter[Code](), Counter[Code]()
    notes: list[str] = []
    films = 0
    with tempfile.TemporaryDirectory() as folder, Analyser() as analyser:
        for coding_name, case, coding, ending in cases():
            films += 1
            found = spans_of(measured(analyser, case, coding, Path(folder) / f"film.{ending}"), DEFAULT)
            if case.code is not None:
                spans[case.code] += 1
                told[case.code] += any(span.code is case.code for span in found)
            for span in found:
                if span.code is not case.code:
                    false[span.code] += 1
                    notes.append(f"{coding_name}, {case.name}: {span.code} {span.from_ms / 1000}-{span.to_ms / 1000} s")
            if case.code is not None and all(span.code is not case.code for span in found):
                notes.append(f"{coding_name}, {case.name}: no {case.code}")
            for second in seconds_of(coding):
                inside = AROUND <= second < AROUND + SECONDS
                at = {span.code for span in found if span.from_ms <= second * 1000 + 500 < span.to_ms}
                if case.code is not None and inside:
                    hits[case.code] += case.code in at
                    misses[case.code] += case.code not in at
                for code in at - ({case.code} if inside else set()):
                    wrong[code] += 1
    print(f"{films} films and sounds of {SECONDS + 2 * AROUND} s\n")
    print(
        "| code | there | found | found where there is none | seconds: recall | precision |\n|---|---|---|---|---|---|"
    )
    for code in Code:
        recall = hits[code] / max(hits[code] + misses[code], 1)
        precision = hits[code] / max(hits[code] + wrong[code], 1)
        print(f"| {code} | {spans[code]} | {told[code]} | {false[code]} | {recall:.3f} | {precision:.3f} |")
    print("\n" + ("\n".join(notes) or "No miss and no false find."))
    near()


def cases() -> Iterator[tuple[str, Case, Coding, str]]:
    for name, (coding, ending) in CODINGS.items():
        for picture in (*FLAWS, *GOOD):
            yield name, picture_case(picture), coding, ending
    for name, (coding, ending) in SOUND_CODINGS.items():
        for sound in (*BAD_SOUNDS, *GOOD_SOUNDS):
            yield name, sound_case(sound), coding, ending


def seconds_of(coding: Coding) -> list[int]:
    """Those that don't touch a change: nobody sees what happens between two looks."""
    apart = max(1, round(coding.gop / coding.rate)) if coding.video else 1
    edges = (AROUND, AROUND + SECONDS)
    return [s for s in range(SECONDS + 2 * AROUND) if all(not edge - apart <= s < edge + apart for edge in edges)]


def measured(analyser: Analyser, case: Case, coding: Coding, file: Path) -> Measured:
    file.unlink(missing_ok=True)
    return analyser.analyse(write(file, case.parts, coding), unwatched)


def unwatched(_step: Step, _measured: Measured) -> None:
    """Nobody watches."""


def near() -> None:
    """How far something must go before it is told: one film for each step."""
    coding = CODINGS["H.264 480x270"][0]
    print("\n| close to the threshold | told | not told |\n|---|---|---|")
    steps: list[tuple[str, Sequence[float], str]] = [
        ("UNDEREXPOSED: the scene's light, share of it", (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5), "light"),
        ("OVEREXPOSED: the scene's light, times", (1.5, 1.8, 2.1, 2.4, 2.7, 3.0), "light"),
        ("BLURRED: blur, per mille of the height", (2, 4, 6, 8, 10, 12, 15), "blur"),
        ("FROZEN: noise of a still scene, levels", (0, 0.2, 0.4, 0.6, 0.8, 1, 1.5), "noise"),
        ("BLACK_OR_COVERED: a grey without detail, level", (10, 25, 40, 60, 80, 100, 120), "grey"),
        ("SILENT: noise, dB below full scale", (-75, -70, -65, -62, -58, -55, -50), "sound"),
        ("CLIPPED: speech, times what fits", (1.0, 1.1, 1.2, 1.4, 1.7, 2, 3), "clip"),
    ]
    with tempfile.TemporaryDirectory() as folder, Analyser() as analyser:
        for title, values, kind in steps:
            code = Code(title.partition(":")[0])
            told: dict[bool, list[str]] = {True: [], False: []}
            for value in values:
                name = f"{kind} {value}"
                part = made(kind, name, value)
                file = Path(folder) / ("film.mp4" if part.picture else "sound.m4a")
                file.unlink(missing_ok=True)
                found = spans_of(analyser.analyse(write(file, [part], coding), unwatched), DEFAULT)
                told[any(span.code is code for span in found)].append(f"{value:g}")
            print(f"| {title} | {' '.join(told[True])} | {' '.join(told[False])} |")


def made(kind: str, name: str, value: float) -> Part:
    """A scene or a sound of that strength, under a name of its own."""

    def light(at: float, width: int, height: int) -> tuple[Levels, float]:
        return _walking(at, width, height) * value, 1.5

    def blur(at: float, width: int, height: int) -> tuple[Levels, float]:
        return _blur(_walking(at, width, height), value / 1000), 1.5

    def noise(at: float, width: int, height: int) -> tuple[Levels, float]:
        return _standing(at, width, height), value

    def grey(_at: float, width: int, height: int) -> tuple[Levels, float]:
        return _standing(0.0, width, height) * 0 + value, 3.0

    def sound(seconds: int, rate: int) -> Samples:
        return _noise(value)(seconds, rate)

    def clip(seconds: int, rate: int) -> Samples:
        return _speech(value)(seconds, rate)

    sounds = {"sound": sound, "clip": clip}
    if kind in sounds:
        ALL_SOUNDS[name] = sounds[kind]
        return Part(SECONDS, None, name)
    PICTURES[name] = {"light": light, "blur": blur, "noise": noise, "grey": grey}[kind]
    return Part(SECONDS, name)


# speed


def speed(folder: Path) -> None:
    """Everything on core 0 and at the lowest priority, ffmpeg too; seconds of the wall and of the processor."""
    os.sched_setaffinity(0, {CORE})
    five, two_hours = films(folder)
    length = duration(five)
    print(
        f"{five.stat().st_size >> 20} MiB, {length:.0f} s of 1920x1080, 30 frames a second, a key frame each second\n"
    )
    print("| on one core | wall s | processor s | x real time | frames |\n|---|---|---|---|---|")
    with Analyser() as analyser:
        analyser.analyse(folder / "clip.mp4", unwatched)  # libraries are loaded
        ours = timed(lambda: analyser.analyse(five, unwatched), analyser)
        row("avdesk: picture, sound, waveform, filmstrip", ours, length, len(ours.measured.looks))
        row("avdesk: picture alone", ours.part("picture"), length, len(ours.measured.looks))
    filters = "blackdetect,freezedetect,blurdetect,signalstats"
    for name, chain in ((filters, filters), (f"the same at 480x270: {filters}", f"scale=480:270:flags=area,{filters}")):
        theirs, frames = ffmpeg(five, chain)
        row(f"ffmpeg -skip_frame nokey, {name}", theirs, length, frames)
        print(f"avdesk (picture) to ffmpeg: {ours.part('picture').wall / theirs.wall:.2f} x", file=sys.stderr)
    length = duration(two_hours)
    with Analyser() as analyser:
        analyser.analyse(folder / "clip.mp4", unwatched)
        ours = timed(lambda: analyser.analyse(two_hours, until_strip), analyser)
    print(f"\nwaveform and filmstrip of {length / 3600:.2f} h ({two_hours.stat().st_size >> 20} MiB): ", end="")
    print(f"{ours.wall:.1f} s ({ours.processor:.1f} s of the processor); 30 s allowed")


class Enough(Exception):
    """The filmstrip is there; what follows is not wanted."""


def until_strip(_step: Step, measured: Measured) -> None:
    if measured.strip is not None:
        raise Enough


def films(folder: Path) -> tuple[Path, Path]:
    """Five minutes and two hours, put together from a clip of 30 s without coding anew."""
    coding = Coding((1920, 1080), 30, 30, bits=600_000, sound_rate=48_000, options={"preset": "ultrafast"})
    names = ("walking+clock", "standing, little noise", "night+clock")
    clip = write(folder / "clip.mp4", [Part(10, name, "speech") for name in names], coding)
    return repeated(clip, 10, folder / "five.mp4"), repeated(clip, 240, folder / "hours.mp4")


def repeated(clip: Path, times: int, target: Path) -> Path:
    words = target.with_suffix(".txt")
    words.write_text(f"file '{clip}'\n" * times, "utf-8")
    command = ["ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", str(words), "-c", "copy", str(target)]
    subprocess.run(command, check=True)
    return target


def duration(file: Path) -> float:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(file)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@dataclass(frozen=True)
class Taken:
    wall: float
    processor: float
    measured: Measured
    parts: dict[str, float]

    def part(self, name: str) -> Taken:
        """A part's share of the wall's time; its share of the processor's is taken to be the same."""
        share = self.parts[name] / self.wall
        return replace(self, wall=self.parts[name], processor=self.processor * share)


def timed(work: object, analyser: Analyser) -> Taken:
    """Run ``work`` and see when the sound and the filmstrip were there."""
    process = analyser._process
    assert process is not None and callable(work)
    before, began = processor_of(process.pid), time.monotonic()
    strip_at = [0.0]
    real = analyser.analyse

    def watching(path: Path, watch: object) -> Measured:
        def seen(step: Step, measured: Measured) -> None:
            if measured.strip is not None and not strip_at[0]:
                strip_at[0] = time.monotonic() - began
                last[0] = processor_of(process.pid) - before
            watch(step, measured)  # type: ignore[operator]

        return real(path, seen)

    last = [0.0]
    analyser.analyse = watching  # type: ignore[method-assign]
    measured = Measured()
    try:
        measured = work()
    except Enough:
        wall = time.monotonic() - began
        return Taken(wall, last[0], measured, {"picture": 0.0})
    finally:
        analyser.analyse = real  # type: ignore[method-assign]
    wall = time.monotonic() - began
    return Taken(wall, processor_of(process.pid) - before, measured, {"picture": wall - strip_at[0]})


def processor_of(pid: int) -> float:
    """Seconds of the processor that a running process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ffmpeg(file: Path, filters: str) -> tuple[Taken, int]:
    """Key frames only, one thread, nothing written; the frames that it counts itself."""
    command = ["nice", "-n", str(NICE), "ffmpeg", "-nostdin", "-threads", "1", "-skip_frame", "nokey", "-i", str(file)]
    command += ["-filter_threads", "1", "-an", "-vf", filters, "-fps_mode", "passthrough", "-f", "null", "-"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, spent, Measured(), {}), int(re.findall(r"frame=\s*(\d+)", done.stderr)[-1])


def row(name: str, taken: Taken, length: float, frames: int) -> None:
    times = length / taken.wall
    print(f"| {name} | {taken.wall:.2f} | {taken.processor:.2f} | {times:.0f} | {frames} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
