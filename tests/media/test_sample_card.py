"""The sample card is what it says: playable, dated, named as a body recorder names, and the same each time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import av
import pytest
from PIL import Image

from avdesk.errors import UsageError
from avdesk.media.sample_card import BIT_SQUARE, FRAME_BITS, SampleFile, write_sample_card
from avdesk.media.worker import MediaWorker
from avdesk.terms import Kind

EAST = timezone(timedelta(hours=8))
NAME = re.compile(r"DSJ_(?P<serial>[A-Z0-9]{7})_(?P<user>[A-Z0-9]{6})_(?P<at>\d{14})(_IMP)?\.(MP4|JPG|LOG)")


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "card"
    write_sample_card(folder)
    return folder


def files(card: Path) -> list[Path]:
    return sorted(path for path in card.rglob("*") if path.is_file())


def videos(card: Path) -> list[Path]:
    return sorted((card / "DCIM" / "VIDEO").iterdir())


def test_answer_lists_every_file_and_the_bytes_are_always_the_same(card: Path, tmp_path: Path) -> None:
    expected = [
        SampleFile(
            path.relative_to(card).as_posix(), path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in files(card)
    ]
    assert write_sample_card(tmp_path) == expected
    assert [path.parent.name for path in files(card)] == [*["PHOTO"] * 3, *["VIDEO"] * 3, "LOG", "RECORD"]


def test_names_and_times(card: Path) -> None:
    for path in files(card):
        named = NAME.fullmatch(path.name)
        stamp = named["at"] if named else path.stem.replace("_", "")
        assert path.stat().st_mtime == datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=EAST).timestamp()
        assert named is None or (named["serial"].strip("0") and named["user"].strip("0"))


def test_what_the_probe_says(card: Path) -> None:
    with MediaWorker() as worker:
        facts = {path: worker.probe(path) for path in files(card)}
    assert not [finding for found in facts.values() for finding in found.findings]
    assert [found.kind for found in facts.values()] == [*[Kind.PHOTO] * 3, *[Kind.VIDEO] * 3, None, Kind.AUDIO]
    assert [facts[path].video_codec for path in videos(card)] == ["h264", "h264", "hevc"]
    assert {facts[path].audio_codec for path in videos(card)} == {"aac"}
    for path, found in facts.items():
        for time in found.times:
            at = time.at if time.zone_stated else time.at.replace(tzinfo=EAST)
            assert at.timestamp() == path.stat().st_mtime
    assert all(found.times for path, found in facts.items() if path.suffix in (".MP4", ".JPG"))
    assert all(found.make and found.model and found.serial for path, found in facts.items() if path.suffix == ".JPG")


def test_other_players_play_it(card: Path) -> None:
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        pytest.skip("ffmpeg is missing")
    for path in [*videos(card), *(card / "RECORD").iterdir()]:
        played = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", path, "-f", "null", "-"], capture_output=True, text=True
        )
        assert (played.returncode, played.stderr) == (0, "")
    for path, codec in zip(videos(card), ["h264", "h264", "hevc"], strict=True):
        asked = [
            "ffprobe",
            "-v",
            "error",
            "-of",
            "json",
            "-show_entries",
            "stream=codec_name,nb_frames:format=duration",
        ]
        shown = json.loads(subprocess.run([*asked, path], check=True, capture_output=True, text=True).stdout)
        assert [stream["codec_name"] for stream in shown["streams"]] == [codec, "aac"]
        assert 6 <= float(shown["format"]["duration"]) <= 10
        assert int(shown["streams"][0]["nb_frames"]) == round(25 * float(shown["format"]["duration"]))
    for path in (card / "DCIM" / "PHOTO").iterdir():
        with Image.open(path) as picture:
            picture.load()


def test_each_frame_says_its_number(card: Path) -> None:
    for path in videos(card):
        with av.open(str(path)) as container:
            numbers = [_number(frame) for frame in container.decode(video=0)]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) >= 150


def _number(frame: av.VideoFrame) -> int:
    """The number in the squares at the lower left."""
    luma = memoryview(frame.planes[0])
    line = (frame.height - BIT_SQUARE // 2) * frame.planes[0].line_size
    bits = [luma[line + place * BIT_SQUARE + BIT_SQUARE // 2] > 128 for place in range(FRAME_BITS)]
    return int("".join("01"[bit] for bit in bits), 2)


def test_sound_is_heard(card: Path) -> None:
    for path in videos(card):
        with av.open(str(path)) as container:
            loudest = max(max(memoryview(frame.planes[0]).cast("B").cast("f")) for frame in container.decode(audio=0))
        assert loudest > 0.1


def test_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError) as caught:
        write_sample_card(tmp_path)
    assert (caught.value.code, caught.value.facts) == ("NOT_EMPTY", {"path": str(tmp_path)})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(UsageError) as caught:
        write_sample_card(tmp_path / "mine.txt")
    assert caught.value.code == "NOT_A_FOLDER"
