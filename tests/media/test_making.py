"""Frames and clips from the real maker process: what is asked for is what is made, to the frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import av
import pytest
from PIL import ExifTags, Image

from avdesk.errors import Cancelled, NotDecoded, UsageError
from avdesk.media.making import ClipMade, FrameMade, make_clip, make_frame
from avdesk.progress import Control, ignore
from tests.media.numbered import RATE, TICKS, make_film, make_sound, number_of, numbers_in, pitch, pitch_at

UNEVEN = [0, 512, 1024, 1800, 2000, 4000, 4512, 5024, 9000, 9512, 12_000, 12_100]
LATE = [25_600 + 512 * number for number in range(30)]
FILMS: dict[str, dict[str, Any]] = {
    "plain.mp4": {},
    "long-group.mkv": {"group": 250, "frames": 60},
    "uneven.mp4": {"stamps": UNEVEN},
    "late.mkv": {"stamps": LATE},
    "stream.ts": {},
    "mjpeg.avi": {"codec": "mjpeg", "pixels": "yuvj420p", "frames": 20, "b_frames": 0},
    "hevc.mp4": {"codec": "libx265", "frames": 30},
    "odd.mkv": {"size": (163, 97), "pixels": "yuv444p", "frames": 20},
    "one.mp4": {"frames": 1},
}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbered")
    for name, facts in FILMS.items():
        make_film(folder / name, **facts)
    make_film(folder / "sound.mp4", sound="aac")
    make_film(folder / "sound.mkv", sound="pcm_s16le")
    make_film(folder / "turned.mp4", turned=90)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Iterator[BinaryIO]:
    with (tmp_path / "made").open("w+b") as file:
        yield file


def frame(path: Path, out: BinaryIO, index: int | None = None, at_s: float = 0.0) -> tuple[FrameMade, Image.Image]:
    made = make_frame(path, out, index=index, at_s=at_s, control=Control())
    picture = Image.open(out.name)
    picture.load()
    assert (picture.format, picture.size) == ("PNG", (made.width, made.height))
    return made, picture


def clip(path: Path, out: BinaryIO, from_s: float, to_s: float) -> tuple[ClipMade, Path]:
    made = make_clip(path, out, from_s=from_s, to_s=to_s, on_progress=ignore, control=Control())
    file = Path(out.name).with_suffix(f".{made.extension}")
    file.write_bytes(Path(out.name).read_bytes())
    return made, file


def stamps(path: Path) -> list[float]:
    """The times of all frames in seconds, the file's beginning at 0."""
    with av.open(str(path)) as source:
        begin = (source.start_time or 0) / av.time_base
        return sorted((frame.time or 0.0) - begin for frame in source.decode(source.streams.video[0]))


class TestFrame:
    @pytest.mark.parametrize("name", FILMS)
    def test_every_frame_by_its_number_and_by_its_time(self, films: Path, out: BinaryIO, name: str) -> None:
        times = stamps(films / name)
        for index in {0, 1, len(times) // 2, len(times) - 1} & set(range(len(times))):
            made, picture = frame(films / name, out, index)
            assert (made.index, number_of(picture)) == (index, index)
            assert made.time_s == pytest.approx(times[index], abs=1e-4)
            again, picture = frame(films / name, out, at_s=made.time_s)
            assert (again, number_of(picture)) == (made, index)

    def test_a_time_between_frames_shows_the_one_before(self, films: Path, out: BinaryIO) -> None:
        for at_s, index in ((1799 / TICKS, 2), (3999 / TICKS, 4), (11_999 / TICKS, 9), (100, 11)):
            made, picture = frame(films / "uneven.mp4", out, at_s=at_s)
            assert (made.index, number_of(picture)) == (index, index)

    def test_it_is_turned_as_it_is_displayed(self, films: Path, out: BinaryIO) -> None:
        made, picture = frame(films / "turned.mp4", out, 7)
        assert (made.width, made.height) == (96, 160)
        assert number_of(picture.rotate(-90, expand=True)) == 7

    def test_a_number_that_no_frame_has(self, films: Path, out: BinaryIO) -> None:
        for index in (50, -1, 10**12):
            with pytest.raises(UsageError) as caught:
                frame(films / "plain.mp4", out, index)
            assert (caught.value.code, caught.value.facts["frames"]) == ("NO_SUCH_FRAME", 50)

    def test_a_photograph_is_one_frame(self, tmp_path: Path, out: BinaryIO) -> None:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        Image.new("RGB", (40, 20), "red").save(tmp_path / "photo.jpg", exif=exif)
        made, _picture = frame(tmp_path / "photo.jpg", out, 0)
        assert made == FrameMade(0, 0, 0.0, 20, 40)
        with pytest.raises(UsageError):
            frame(tmp_path / "photo.jpg", out, 1)

    def test_what_has_no_picture_is_told_why(self, films: Path, tmp_path: Path, out: BinaryIO) -> None:
        (tmp_path / "empty.mp4").touch()
        (tmp_path / "words.mp4").write_text("words")
        (tmp_path / "cut.mp4").write_bytes((films / "plain.mp4").read_bytes()[:600])
        for name, reason in (("empty.mp4", "EMPTY"), ("words.mp4", "NOT_SHOWN"), ("cut.mp4", "DAMAGED")):
            with pytest.raises(NotDecoded) as caught:
                frame(tmp_path / name, out, 0)
            assert caught.value.facts["reason"] == reason

    def test_the_original_is_not_touched(self, films: Path, out: BinaryIO) -> None:
        before = (films / "plain.mp4").read_bytes(), (films / "plain.mp4").stat()
        frame(films / "plain.mp4", out, 3)
        clip(films / "plain.mp4", out, 0, 1)
        after = (films / "plain.mp4").stat()
        assert before[0] == (films / "plain.mp4").read_bytes()
        assert (before[1].st_mtime_ns, before[1].st_atime_ns) == (after.st_mtime_ns, after.st_atime_ns)


class TestClip:
    def test_at_a_key_frame_it_is_copied(self, films: Path, out: BinaryIO) -> None:
        made, file = clip(films / "sound.mp4", out, 1.0, 1.6)
        assert (made.mode, made.extension, made.first_index, made.first_s) == ("copy", "mp4", 25, 1.0)
        shown = numbers_in(file)
        assert [number for number, _time in shown[:15]] == list(range(25, 40))
        assert [time for _number, time in shown] == pytest.approx([index / RATE for index in range(len(shown))])
        assert made.last_index is not None
        assert (made.last_index, made.last_s) == (24 + len(shown), (24 + len(shown)) / RATE)
        assert len(shown) <= 15 + 3  # frames that others need come along

    @pytest.mark.parametrize("name", ["plain.mp4", "stream.ts", "sound.mkv", "mjpeg.avi", "turned.mp4"])
    def test_every_usual_container_is_copied_from(self, films: Path, out: BinaryIO, name: str) -> None:
        from_s, first = (0.4, 10) if name == "mjpeg.avi" else (1.0, 25)
        made, file = clip(films / name, out, from_s, from_s + 0.32)
        assert (made.mode, made.first_index) == ("copy", first)
        if name != "turned.mp4":
            assert [number for number, _time in numbers_in(file)][:8] == list(range(first, first + 8))

    @pytest.mark.parametrize("name", [*FILMS, "sound.mp4", "sound.mkv"])
    def test_elsewhere_it_is_encoded_and_begins_with_the_frame_asked_for(
        self, films: Path, out: BinaryIO, name: str
    ) -> None:
        times = stamps(films / name)
        first, last = len(times) // 3, max(len(times) * 2 // 3, len(times) // 3)
        end = times[last + 1] if last + 1 < len(times) else times[last] + 1 / RATE
        made, file = clip(films / name, out, times[first], end)
        shown = numbers_in(file)
        assert made.last_index is not None
        assert (made.first_index, made.last_index) == (first, first + len(shown) - 1)
        assert [number for number, _time in shown] == list(range(first, made.last_index + 1))
        if made.mode == "encode":
            assert made.last_index == last
        wanted = [times[index] - times[first] for index in range(first, made.last_index + 1)]
        assert [time for _number, time in shown] == pytest.approx(wanted, abs=2e-3)
        assert made.first_s == pytest.approx(times[first], abs=1e-4)
        assert made.last_s == pytest.approx(times[made.last_index], abs=1e-4)

    @pytest.mark.parametrize("name", ["sound.mp4", "sound.mkv"])
    @pytest.mark.parametrize("from_s", [0.0, 0.48, 1.0])
    def test_the_sound_belongs_to_the_picture(self, films: Path, out: BinaryIO, name: str, from_s: float) -> None:
        made, file = clip(films / name, out, from_s, 2.0)
        assert made.mode == ("encode" if from_s == 0.48 else "copy")
        for at in (0.23, 0.63):
            tenth = int((made.first_s + at) * 10)
            assert pitch_at(file, at) == pytest.approx(pitch(tenth), abs=25)

    def test_a_turned_film_stays_turned(self, films: Path, out: BinaryIO) -> None:
        for from_s, mode in ((1.0, "copy"), (0.2, "encode")):
            made, file = clip(films / "turned.mp4", out, from_s, 1.8)
            assert made.mode == mode
            with av.open(str(file)) as source:
                assert next(source.decode(video=0)).rotation == 90

    @pytest.mark.parametrize(
        ("name", "codec", "mode"),
        [("a.wav", "pcm_s16le", "copy"), ("a.m4a", "aac", "copy"), ("a.ogg", "libopus", "encode")],
    )
    def test_sound_alone(self, tmp_path: Path, out: BinaryIO, name: str, codec: str, mode: str) -> None:
        made, file = clip(make_sound(tmp_path / name, codec, 2), out, 0.5, 1.5)
        assert (made.mode, made.first_index) == (mode, None)
        assert pitch_at(file, 0.22) == pytest.approx(pitch(7), abs=25)
        with av.open(str(file)) as source:
            assert source.duration is not None and abs(source.duration / av.time_base - 1) < 0.1

    def test_it_can_be_stopped(self, films: Path, out: BinaryIO) -> None:
        control = Control()
        control.cancel()
        with pytest.raises(Cancelled):
            make_clip(films / "plain.mp4", out, from_s=0, to_s=1, on_progress=ignore, control=control)

    def test_a_photograph_has_no_clip(self, tmp_path: Path, out: BinaryIO) -> None:
        Image.new("RGB", (40, 20)).save(tmp_path / "photo.png")
        with pytest.raises(NotDecoded):
            clip(tmp_path / "photo.png", out, 0, 1)
