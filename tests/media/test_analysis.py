"""What is found in footage made to be judged, by the real process; and what broken and hostile files do to it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import psutil
import pytest
from PIL import Image

from avdesk.media.analysis import PER_SECOND, Look, Measured, Span, Thresholds, judge, spans_of
from avdesk.media.analysis_worker import Analyser, Step
from avdesk.terms import AnalysisCode as Code
from tests import faultfs as faults
from tests.faultfs import Fault, Rule, faultfs
from tests.media.flawed import Coding, Part, write

DEFAULT = Thresholds(
    shortest_s=3,
    black_below=32,
    covered_below=90,
    underexposed_below=70,
    overexposed_above=50,
    blurred_below=500,
    frozen_below=15,
    silent_below=-60,
    clipped_above=50,
)
SMALL = Coding(size=(480, 270), rate=10, gop=10)
needs_fuse = pytest.mark.skipif(faults.missing() is not None, reason=f"FUSE: {faults.missing()}")

FLAWS = {
    "black": Code.BLACK_OR_COVERED,
    "black+clock": Code.BLACK_OR_COVERED,
    "black, noise": Code.BLACK_OR_COVERED,
    "hand": Code.BLACK_OR_COVERED,
    "hand+clock": Code.BLACK_OR_COVERED,
    "cloth": Code.BLACK_OR_COVERED,
    "frozen": Code.FROZEN,
    "frozen+clock": Code.FROZEN,
    "blurred": Code.BLURRED,
    "blurred much": Code.BLURRED,
    "blurred, noise": Code.BLURRED,
    "overexposed": Code.OVEREXPOSED,
    "white": Code.OVEREXPOSED,
    "underexposed": Code.UNDEREXPOSED,
}
GOOD = (
    *("walking", "walking+clock", "standing, noise", "standing, little noise", "talking", "night", "night+clock"),
    *("wall", "paper", "window", "swinging", "bright", "dim", "soft"),
)
BAD_SOUNDS = {
    "nothing": Code.SILENT,
    "dead microphone": Code.SILENT,
    "dead microphone, hum": Code.SILENT,
    "clipped": Code.CLIPPED,
    "clipped much": Code.CLIPPED,
}
GOOD_SOUNDS = ("speech", "speech, far", "speech, loud", "room", "quiet room", "speech, peaks cut")


@pytest.fixture(scope="module")
def analyser() -> Iterator[Analyser]:
    with Analyser() as made:
        yield made


def watch(_step: Step, _measured: Measured) -> None:
    """Nobody watches."""


def found(analyser: Analyser, path: Path, thresholds: Thresholds = DEFAULT) -> tuple[Span, ...]:
    measured = analyser.analyse(path, watch)
    assert measured.ended and measured.findings == []
    return spans_of(measured, thresholds)


def between(picture: str = "walking", sound: str | None = None) -> list[Part]:
    """Six seconds of it, and four as it should be on either side."""
    around = Part(4, "walking", None if sound is None else "speech")
    return [around, Part(6, picture, sound), around]


class TestPictures:
    @pytest.mark.parametrize(("picture", "code"), FLAWS.items())
    def test_a_flaw_is_found_where_it_is(self, analyser: Analyser, tmp_path: Path, picture: str, code: Code) -> None:
        (span,) = found(analyser, write(tmp_path / "film.mp4", between(picture), SMALL))
        assert span.code is code
        assert abs(span.from_ms - 4000) <= 1000 and abs(span.to_ms - 10_000) <= 1000

    @pytest.mark.parametrize("picture", GOOD)
    def test_what_only_looks_like_it_is_left_alone(self, analyser: Analyser, tmp_path: Path, picture: str) -> None:
        assert found(analyser, write(tmp_path / "film.mp4", between(picture), SMALL)) == ()

    def test_what_is_short_is_not_told(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(4), Part(2, "black"), Part(4)], SMALL)
        assert found(analyser, film) == ()
        (span,) = found(analyser, film, replace(DEFAULT, shortest_s=1))
        assert span.code is Code.BLACK_OR_COVERED

    @pytest.mark.parametrize(
        ("name", "coding"),
        [
            ("film.avi", Coding((480, 270), 10, 1, video="mjpeg", audio="pcm_s16le", options={"q": "5"})),
            ("film.mkv", Coding((480, 270), 10, 10, video="hevc", options={"x265-params": "log-level=none"})),
            ("film.ts", Coding((480, 270), 10, 10)),
            ("film.mov", Coding((480, 270), 10, 10, video="mpeg4", bits=800_000)),
        ],
    )
    def test_in_other_codings_too(self, analyser: Analyser, tmp_path: Path, name: str, coding: Coding) -> None:
        spans = found(analyser, write(tmp_path / name, between("hand+clock", "nothing"), coding))
        assert {span.code for span in spans} == {Code.BLACK_OR_COVERED, Code.SILENT} and len(spans) == 2
        assert all(abs(span.from_ms - 4000) <= 1000 and abs(span.to_ms - 10_000) <= 1000 for span in spans)


class TestWhichFrames:
    def times(self, analyser: Analyser, path: Path) -> list[float]:
        measured = analyser.analyse(path, watch)
        assert measured.ended and measured.findings == []
        return [look.at_ms / 1000 for look in measured.looks]

    def test_key_frames(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(8)], Coding((320, 180), 10, 20))
        assert self.times(analyser, film) == [0, 2, 4, 6]

    def test_one_a_second_where_every_frame_is_one(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.avi", [Part(8)], Coding((320, 180), 10, 1, video="mjpeg"))
        assert len(self.times(analyser, film)) == 9  # 0, 0.9, 1.8 …

    def test_frames_between_where_key_frames_are_far_apart(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(24)], Coding((320, 180), 10, 120))
        times = self.times(analyser, film)
        assert times[0] == 0 and max(b - a for a, b in pairwise(times)) < 5
        assert 12 in times and len(times) == 6, times

    def test_what_lies_between_them_is_found(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(2), Part(8, "black"), Part(20)], Coding((320, 180), 10, 300))
        (span,) = found(analyser, film)
        assert span.code is Code.BLACK_OR_COVERED and span.from_ms < 5000 and 7500 <= span.to_ms <= 12_500


class TestSound:
    @pytest.mark.parametrize(("sound", "code"), BAD_SOUNDS.items())
    @pytest.mark.parametrize("name", ["sound.m4a", "sound.wav"])
    def test_a_flaw_is_found_where_it_is(
        self, analyser: Analyser, tmp_path: Path, sound: str, code: Code, name: str
    ) -> None:
        parts = [replace(part, picture=None) for part in between(sound=sound)]
        coding = Coding(audio="aac" if name.endswith("m4a") else "pcm_s16le")
        (span,) = found(analyser, write(tmp_path / name, parts, coding))
        assert span.code is code
        assert abs(span.from_ms - 4000) <= 1000 and abs(span.to_ms - 10_000) <= 1000

    @pytest.mark.parametrize("sound", GOOD_SOUNDS)
    def test_what_only_sounds_like_it_is_left_alone(self, analyser: Analyser, tmp_path: Path, sound: str) -> None:
        parts = [replace(part, picture=None) for part in between(sound=sound)]
        assert found(analyser, write(tmp_path / "sound.m4a", parts)) == ()

    def test_the_waveform_has_ten_peaks_a_second(self, analyser: Analyser, tmp_path: Path) -> None:
        parts = [Part(3, None, "nothing"), Part(3, None, "clipped")]
        measured = analyser.analyse(write(tmp_path / "a.wav", parts, Coding(audio="pcm_s16le")), watch)
        assert PER_SECOND == 10 and len(measured.low) == len(measured.high) == 60
        assert set(measured.low[:30]) == set(measured.high[:30]) == {0}
        assert max(measured.high[30:]) == 127 and min(measured.low[30:]) == -127

    @pytest.mark.parametrize("rate", [8000, 11_025, 44_100])
    def test_windows_keep_to_the_clock_at_every_rate(self, analyser: Analyser, tmp_path: Path, rate: int) -> None:
        parts = [Part(20, None, "speech"), Part(5, None, "nothing"), Part(5, None, "speech")]
        (span,) = found(analyser, write(tmp_path / "a.wav", parts, Coding(audio="pcm_s16le", sound_rate=rate)))
        assert abs(span.from_ms - 20_000) <= 100 and abs(span.to_ms - 25_000) <= 400

    def test_sound_that_begins_late_is_where_it_is_heard(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mkv", [Part(5), Part(4, sound="speech")], SMALL)
        (span,) = found(analyser, film)
        assert span.code is Code.SILENT and abs(span.to_ms - 5000) <= 200

    def test_a_gap_of_hours_takes_no_memory(self, analyser: Analyser, tmp_path: Path) -> None:
        """A clock that was set while it recorded."""
        early, late = (write(tmp_path / f"{n}.mkv", [Part(4, sound="speech")], SMALL) for n in "ab")
        joined = tmp_path / "joined.mkv"
        inputs = ["-i", str(early), "-itsoffset", "36000", "-i", str(late)]
        maps = ["-map", "0:v", "-map", "1:a", "-c", "copy", "-copyts", str(joined)]
        subprocess.run(["ffmpeg", "-v", "error", *inputs, *maps], check=True)
        measured = analyser.analyse(joined, watch)
        assert measured.ended and measured.findings == [] and 360_030 <= len(measured.level) <= 360_050
        (silent,) = [span for span in spans_of(measured, DEFAULT) if span.code is Code.SILENT]
        assert silent.from_ms == 0 and abs(silent.to_ms - 36_000_000) <= 200

    def test_the_picture_ends_where_it_ends(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(6, "black", "speech"), Part(12, None, "speech")], SMALL)
        (span,) = found(analyser, film)
        assert span.code is Code.BLACK_OR_COVERED and 5900 <= span.to_ms <= 6100


class TestFilmstrip:
    def test_a_sheet_of_small_pictures_with_their_times(self, analyser: Analyser, tmp_path: Path) -> None:
        parts = [Part(10), Part(10, "white"), Part(10, "black")]
        strip = analyser.analyse(write(tmp_path / "film.mp4", parts, SMALL), watch).strip
        assert strip is not None and strip.width == 160 and strip.height == 90
        image = Image.open(io.BytesIO(strip.jpeg))
        assert image.size == (160 * 10, 90 * -(-len(strip.times_ms) // 10))
        for number, at_ms in enumerate(strip.times_ms):
            column, row = number % strip.columns, number // strip.columns
            level = image.convert("L").getpixel((column * 160 + 80, row * 90 + 45))
            assert isinstance(level, int | float)
            assert at_ms < 10_000 or (level > 200 if at_ms < 20_000 else level < 50)
        assert len(strip.times_ms) == 15

    def test_a_long_film_has_no_more_than_two_hundred(self, analyser: Analyser, tmp_path: Path) -> None:
        short = write(tmp_path / "short.mp4", [Part(60)], Coding((160, 90), 5, 5))
        long, words = tmp_path / "long.mp4", tmp_path / "list"
        words.write_text(f"file '{short}'\n" * 15)
        command = ["ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", str(words), "-c", "copy", str(long)]
        subprocess.run(command, check=True)
        strip = analyser.analyse(long, watch).strip
        assert strip is not None and len(strip.times_ms) == 200 and strip.times_ms[-1] > 890_000

    def test_a_recorder_held_upright(self, analyser: Analyser, tmp_path: Path) -> None:
        lying, upright = write(tmp_path / "lying.mp4", [Part(4)], SMALL), tmp_path / "upright.mp4"
        command = ["ffmpeg", "-v", "error", "-i", str(lying), "-c", "copy", "-metadata:s:v", "rotate=90", str(upright)]
        subprocess.run(command, check=True)
        strip = analyser.analyse(upright, watch).strip
        assert strip is not None and (strip.width, strip.height) == (90, 160)

    def test_sound_alone_has_none(self, analyser: Analyser, tmp_path: Path) -> None:
        assert analyser.analyse(write(tmp_path / "a.m4a", [Part(4, None, "speech")]), watch).strip is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds in a transport stream, which can be cut anywhere."""
    return write(tmp_path_factory.mktemp("whole") / "film.ts", [Part(12, sound="speech")], SMALL)


class TestBrokenFiles:
    def test_one_cut_short_goes_as_far_as_it_goes(self, analyser: Analyser, whole: Path, tmp_path: Path) -> None:
        cut = tmp_path / "cut.ts"
        cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        measured = analyser.analyse(cut, watch)
        assert measured.ended and 4 <= len(measured.looks) <= 8 and 40 <= len(measured.level) <= 80

    def test_an_index_that_is_missing(self, analyser: Analyser, tmp_path: Path) -> None:
        film = write(tmp_path / "film.mp4", [Part(4, sound="speech")], SMALL)
        film.write_bytes(film.read_bytes()[:-2000])
        measured = analyser.analyse(film, watch)
        assert measured.ended and {finding.code for finding in measured.findings} >= {"CUT_SHORT", "DAMAGED"}
        assert not measured.looks and not measured.level

    def test_damage_in_the_middle_is_passed(self, analyser: Analyser, whole: Path, tmp_path: Path) -> None:
        data = bytearray(whole.read_bytes())
        third = len(data) // 3
        data[third : third + 40_000] = os.urandom(40_000)
        hurt = tmp_path / "hurt.ts"
        hurt.write_bytes(data)
        measured = analyser.analyse(hurt, watch)
        assert measured.ended and measured.looks[-1].at_ms >= 10_000 and len(measured.level) >= 100

    @pytest.mark.parametrize(("content", "code"), [(b"", "EMPTY"), (b"words\n" * 99, "NOT_SHOWN"), (bytes(9999), "")])
    def test_what_is_no_film(self, analyser: Analyser, tmp_path: Path, content: bytes, code: str) -> None:
        (tmp_path / "x.mp4").write_bytes(content)
        measured = analyser.analyse(tmp_path / "x.mp4", watch)
        assert measured.ended and [finding.code for finding in measured.findings] == [code or "NOT_SHOWN"]

    def test_a_file_that_is_not_there(self, analyser: Analyser, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            analyser.analyse(tmp_path / "nothing.mp4", watch)

    def test_noise_behind_a_header(self, analyser: Analyser, whole: Path, tmp_path: Path) -> None:
        head = whole.read_bytes()[:8000]
        (tmp_path / "noise.ts").write_bytes(head + os.urandom(400_000))
        assert analyser.analyse(tmp_path / "noise.ts", watch).ended

    @needs_fuse
    def test_a_device_that_fails(self, analyser: Analyser, whole: Path, tmp_path: Path) -> None:
        card, mount = tmp_path / "card", tmp_path / "mount"
        card.mkdir()
        mount.mkdir()
        shutil.copy(whole, card / "film.ts")
        with faultfs(card, mount) as fs:
            fs.set(Rule("film.ts", Fault.ERROR, offset=200_000))
            measured = analyser.analyse(mount / "film.ts", watch)
        assert {"UNREADABLE"} <= {finding.code for finding in measured.findings}
        assert measured.ended

    def test_too_little_memory_costs_a_finding(self, tmp_path: Path, whole: Path) -> None:
        with Analyser(memory=60 << 20) as poor:
            measured = poor.analyse(whole, watch)
        assert measured.findings and not (measured.ended and measured.looks and measured.level)


def children() -> list[psutil.Process]:
    """The analysing processes of this one, the newest last."""
    own = psutil.Process().children()
    return [child for child in own if "avdesk.media.analysis_child" in " ".join(child.cmdline())]


class TestTheProcess:
    @needs_fuse
    def test_a_slow_device_is_waited_for(self, whole: Path, tmp_path: Path) -> None:
        """It gives something now and then: that is no silence."""
        card, mount = tmp_path / "card", tmp_path / "mount"
        card.mkdir()
        mount.mkdir()
        shutil.copy(whole, card / "film.ts")
        with faultfs(card, mount) as fs, Analyser(silence=2.0) as own:
            own.analyse(whole, watch)
            fs.set(Rule("film.ts", Fault.SLOW, seconds=0.4))
            measured = own.analyse(mount / "film.ts", watch)
        assert measured.ended and measured.findings == []

    def test_everything_else_goes_first(self, whole: Path) -> None:
        with Analyser() as own:
            seen: list[tuple[int, object, int]] = []

            def look(_step: Step, _measured: Measured) -> None:
                process = children()[-1]
                seen.append((process.nice(), process.ionice().ioclass, process.num_threads()))

            own.analyse(whole, look)
        assert seen and all((nice, io_class) == (19, psutil.IOPRIO_CLASS_IDLE) for nice, io_class, _threads in seen)
        assert max(threads for _nice, _io_class, threads in seen) <= 4  # its own, the pipe's, none of a library's

    def test_one_that_is_killed_costs_one_file(self, whole: Path) -> None:
        with Analyser() as own:

            def kill(_step: Step, _measured: Measured) -> None:
                children()[-1].kill()

            measured = own.analyse(whole, kill)
            assert [finding.code for finding in measured.findings] == ["ANALYSIS_CRASHED"] and not measured.ended
            assert own.analyse(whole, watch).ended

    def test_one_that_says_nothing_is_given_up(self, whole: Path) -> None:
        with Analyser(silence=1.0) as own:
            stopped: list[psutil.Process] = []

            def stop(_step: Step, _measured: Measured) -> None:
                if not stopped:
                    stopped.append(children()[-1])
                    stopped[0].suspend()

            measured = own.analyse(whole, stop)
            assert [finding.code for finding in measured.findings] == ["ANALYSIS_TIMEOUT"]
            assert not stopped[0].is_running() or stopped[0].status() == psutil.STATUS_ZOMBIE
            assert own.analyse(whole, watch).ended

    def test_its_whole_time_is_bounded(self, whole: Path) -> None:
        with Analyser(seconds=0.0) as own:
            measured = own.analyse(whole, watch)
        assert [finding.code for finding in measured.findings] == ["ANALYSIS_TIMEOUT"]

    def test_what_the_watcher_raises_ends_it(self, whole: Path) -> None:
        class Enough(Exception):
            pass

        def stop(_step: Step, _measured: Measured) -> None:
            raise Enough

        with Analyser() as own:
            with pytest.raises(Enough):
                own.analyse(whole, stop)
            assert own.analyse(whole, watch).ended

    def test_it_tells_how_far_it_is(self, analyser: Analyser, whole: Path) -> None:
        shares: list[int] = []
        analyser.analyse(whole, lambda step, _measured: shares.append(step.share))
        assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1000


class TestJudging:
    LOOK = Look(0, 200, 0, 900, None, None)

    @pytest.mark.parametrize(
        ("change", "thresholds", "code"),
        [
            ({"brightest": 31}, {}, Code.BLACK_OR_COVERED),
            ({"brightest": 32}, {}, Code.UNDEREXPOSED),
            ({"brightest": 69}, {}, Code.UNDEREXPOSED),
            ({"brightest": 70}, {}, None),
            ({"brightest": 89, "detail": -1}, {}, Code.BLACK_OR_COVERED),
            ({"brightest": 90, "detail": -1}, {}, None),
            ({"burnt": 500}, {}, None),
            ({"burnt": 501}, {}, Code.OVEREXPOSED),
            ({"detail": 499}, {}, Code.BLURRED),
            ({"detail": 500}, {}, None),
            ({"detail": -1}, {}, None),
            ({"brightest": 20}, {"black_below": 10, "underexposed_below": 0}, None),
        ],
    )
    def test_at_the_threshold(self, change: dict[str, int], thresholds: dict[str, int], code: Code | None) -> None:
        verdict = judge(replace(self.LOOK, **change), replace(DEFAULT, **thresholds))
        assert (verdict[0] if verdict else None) is code

    def test_a_single_better_look_does_not_part_a_span(self) -> None:
        looks = [replace(self.LOOK, at_ms=n * 1000, detail=900 if n == 5 else 300) for n in range(11)]
        measured = Measured(has_picture=True, picture_ms=11_000, looks=looks)
        assert spans_of(measured, DEFAULT) == (Span(Code.BLURRED, 0, 11_000, 300),)

    def test_nothing_measured_is_nothing_found(self) -> None:
        assert spans_of(Measured(), DEFAULT) == ()
