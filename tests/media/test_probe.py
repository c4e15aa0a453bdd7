"""What is read in real files of every family, through the worker as in the product."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from avdesk.findings import Finding
from avdesk.media.worker import MediaWorker
from avdesk.terms import Kind, TimeSource
from tests.media.conftest import H264, Make

EAST = timezone(timedelta(hours=8))


def test_mp4(worker: MediaWorker, mp4: Path) -> None:
    facts = worker.probe(mp4)
    assert (facts.kind, facts.format, facts.width, facts.height) == (Kind.VIDEO, "mp4", 320, 240)
    assert (facts.video_codec, facts.audio_codec, facts.frame_rate) == ("h264", "aac", "30000/1001")
    assert facts.duration_s == pytest.approx(2.0, abs=0.1)
    (time,) = facts.times
    assert (time.source, time.at, time.zone_stated) == (
        TimeSource.CONTAINER,
        datetime(2026, 11, 23, 6, 15, tzinfo=UTC),
        True,
    )
    assert facts.findings == ()


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("a.mov", ("-c:v", "libx265", "-x265-params", "log-level=none"), (Kind.VIDEO, "mov", "hevc", "aac")),
        ("a.MTS", H264, (Kind.VIDEO, "mpegts", "h264", "aac")),
        ("a.m2ts", (*H264, "-mpegts_m2ts_mode", "1"), (Kind.VIDEO, "mpegts", "h264", "aac")),
        ("a.avi", ("-c:v", "mjpeg", "-c:a", "pcm_s16le"), (Kind.VIDEO, "avi", "mjpeg", "pcm_s16le")),
        ("a.mkv", H264, (Kind.VIDEO, "matroska", "h264", "aac")),
        ("a.mp3", ("-vn",), (Kind.AUDIO, "mp3", None, "mp3")),
        ("a.wav", ("-vn",), (Kind.AUDIO, "wav", None, "pcm_s16le")),
        ("a.m4a", ("-vn",), (Kind.AUDIO, "m4a", None, "aac")),
        ("audio.mp4", ("-vn",), (Kind.AUDIO, "mp4", None, "aac")),
        ("a.wma", ("-vn",), (Kind.AUDIO, "asf", None, "wmav2")),
    ],
)
def test_families(
    worker: MediaWorker,
    film: Make,
    name: str,
    arguments: tuple[str, ...],
    expected: tuple[Kind, str, str | None, str],
) -> None:
    facts = worker.probe(film(name, *arguments))
    assert (facts.kind, facts.format, facts.video_codec, facts.audio_codec) == expected
    assert facts.duration_s == pytest.approx(2.0, abs=0.3)
    assert facts.findings == ()
    assert (facts.width is None) == (facts.kind is Kind.AUDIO)


def test_telephone_names_itself_and_its_zone(worker: MediaWorker, film: Make) -> None:
    tags = {"creationdate": "2026-11-23T14:15:00+0800", "make": "示例", "model": "T9"}
    arguments = [part for name, value in tags.items() for part in ("-metadata", f"com.apple.quicktime.{name}={value}")]
    facts = worker.probe(film("phone.MOV", *H264, "-movflags", "use_metadata_tags", *arguments))
    assert (facts.make, facts.model) == ("示例", "T9")
    assert [(time.at, time.zone_stated) for time in facts.times] == [
        (datetime(2026, 11, 23, 14, 15, tzinfo=EAST), True)
    ]


def test_picture_of_a_song_is_no_video(worker: MediaWorker, film: Make, photo: Make) -> None:
    cover = photo("cover.jpg")
    song = ("-i", str(cover), "-map", "1:a", "-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic")
    facts = worker.probe(film("song.mp3", *song))
    assert (facts.kind, facts.video_codec, facts.width) == (Kind.AUDIO, None, None)


@pytest.mark.parametrize("name", ["a.JPG", "a.heic", "a.png", "a.webp", "a.avif"])
def test_photographs(worker: MediaWorker, photo: Make, name: str) -> None:
    path = photo(name, DateTimeOriginal="2026:11:23 14:15:00", OffsetTimeOriginal="+08:00", BodySerialNumber="5K20417")
    facts = worker.probe(path)
    assert (facts.kind, facts.width, facts.height) == (Kind.PHOTO, 320, 200)
    assert (facts.make, facts.model, facts.serial) == ("SHILI", "K9", "5K20417")
    (time,) = facts.times
    assert (time.source, time.raw) == (TimeSource.EXIF, "2026:11:23 14:15:00+08:00")
    assert (time.at, time.zone_stated) == (datetime(2026, 11, 23, 14, 15, tzinfo=EAST), True)
    assert facts.findings == ()


def test_placeholders_are_nothing(worker: MediaWorker, photo: Make) -> None:
    facts = worker.probe(photo("a.jpg", DateTimeOriginal="0000:00:00 00:00:00", BodySerialNumber="0000000"))
    assert (facts.serial, facts.times) == (None, ())


def test_raw_photograph_is_read_by_exiftool(worker: MediaWorker, tmp_path: Path) -> None:
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is missing")
    path = tmp_path / "odd\nname.DNG"
    Image.new("RGB", (64, 48)).save(path, format="TIFF")
    tags = ("-DateTimeOriginal=2026:11:23 14:15:00", "-DNGVersion=1 4 0 0", "-SerialNumber=0012345", "-Make=SHILI")
    subprocess.run(["exiftool", "-q", "-overwrite_original", *tags, path], check=True)
    facts = worker.probe(path)
    assert (facts.kind, facts.format, facts.width, facts.height) == (Kind.PHOTO, "dng", 64, 48)
    assert (facts.make, facts.serial) == ("SHILI", "0012345")
    assert [time.raw for time in facts.times] == ["2026:11:23 14:15:00"]
    assert worker.probe(path) == facts


def test_empty_file(worker: MediaWorker, tmp_path: Path) -> None:
    (tmp_path / "a.MP4").touch()
    assert worker.probe(tmp_path / "a.MP4").findings == (Finding("EMPTY"),)


def test_video_cut_in_half(worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
    half = mp4.read_bytes()[: mp4.stat().st_size // 2]
    (tmp_path / "half.MP4").write_bytes(half)
    facts = worker.probe(tmp_path / "half.MP4")
    assert (facts.kind, facts.duration_s) == (Kind.VIDEO, None)
    (finding,) = facts.findings
    assert (finding.code, finding.facts["missing"], finding.facts["part"]) == ("CUT_SHORT", "moov", "mdat")


def test_video_cut_in_half_with_its_index_first(worker: MediaWorker, film: Make, tmp_path: Path) -> None:
    whole = film("first.mp4", *H264, "-movflags", "+faststart").read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    facts = worker.probe(tmp_path / "half.mp4")
    assert facts.duration_s == pytest.approx(2.0, abs=0.1)
    (finding,) = facts.findings
    assert (finding.code, finding.facts) == (
        "CUT_SHORT",
        {"part": "mdat", "stated": len(whole), "size": len(whole) // 2},
    )


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_photograph_cut_in_half(worker: MediaWorker, photo: Make, name: str) -> None:
    path = photo(name)
    os.truncate(path, path.stat().st_size // 2)
    facts = worker.probe(path)
    assert (facts.kind, facts.width) == (Kind.PHOTO, 320)
    assert [finding.code for finding in facts.findings] == ["CUT_SHORT"]


def test_photograph_that_is_text(worker: MediaWorker, tmp_path: Path) -> None:
    (tmp_path / "a.JPG").write_text("not a picture\n")
    facts = worker.probe(tmp_path / "a.JPG")
    assert (facts.kind, facts.format) == (None, "text")
    assert facts.findings == (Finding("NOT_WHAT_NAME_SAYS", None, {"expected": "jpeg", "found": "text"}),)


def test_photograph_under_the_name_of_a_video(worker: MediaWorker, photo: Make) -> None:
    facts = worker.probe(photo("a.jpg"), "DSJ_5K20417_310086_20261123140210.MP4")
    assert (facts.kind, facts.width) == (Kind.PHOTO, 320)
    assert facts.findings == (Finding("NOT_WHAT_NAME_SAYS", None, {"expected": "mp4", "found": "jpeg"}),)


@pytest.mark.parametrize(("content", "found"), [(bytes(100_000), "zeros"), (b"\x01\x90" * 5000, None)])
def test_video_that_is_nothing(worker: MediaWorker, tmp_path: Path, content: bytes, found: str | None) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    facts = worker.probe(tmp_path / "a.mp4")
    assert facts.kind is None
    assert facts.findings == (Finding("NOT_WHAT_NAME_SAYS", None, {"expected": "mp4", "found": found}),)


def test_log_promises_nothing(worker: MediaWorker, tmp_path: Path) -> None:
    (tmp_path / "a.LOG").write_bytes(b"\x01\x90\xff" * 100)
    assert worker.probe(tmp_path / "a.LOG").findings == ()


def test_damaged_index(worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
    data = bytearray(mp4.read_bytes())
    moov = data.index(b"moov")
    data[moov + 4 : moov + 300] = struct.pack(">I", 0xFFFFFFF0) * 74
    (tmp_path / "a.mp4").write_bytes(data)
    facts = worker.probe(tmp_path / "a.mp4")
    assert (facts.kind, facts.format) == (Kind.VIDEO, "mp4")
    assert [finding.code for finding in facts.findings] == ["DAMAGED"]


def test_name_in_gbk(worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("现场执法".encode("gbk") + b".MP4")
    shutil.copy(mp4, path)
    assert worker.probe(path) == worker.probe(mp4)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/passwd"), lambda path: path.mkdir()])
def test_what_is_no_file_is_not_opened(worker: MediaWorker, tmp_path: Path, make: Make) -> None:
    make(tmp_path / "a.mp4")
    (finding,) = worker.probe(tmp_path / "a.mp4").findings
    assert finding.code == "UNREADABLE"
    assert finding.facts["error"] in ("EINVAL", "ELOOP")


def test_missing_file(worker: MediaWorker, tmp_path: Path) -> None:
    assert worker.probe(tmp_path / "gone.mp4").findings == (Finding("UNREADABLE", None, {"error": "ENOENT"}),)


def test_reading_leaves_no_trace(worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
    """Neither the time of last access nor pages in memory, except where the file system itself lives there."""
    path = tmp_path / "a.mp4"
    shutil.copy(mp4, path)
    fd = os.open(path, os.O_RDWR)
    os.fsync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)
    before = resident_pages(path)
    os.utime(path, ns=(10**18, 2 * 10**18))
    assert worker.probe(path).kind is Kind.VIDEO
    assert path.stat().st_atime_ns == 10**18
    assert resident_pages(path) == before


def resident_pages(path: Path) -> int:
    """Pages of a file in memory, as mincore(2) counts them."""
    libc = ctypes.CDLL(None, use_errno=True)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        flags = (ctypes.c_ubyte * -(-len(mapped) // mmap.PAGESIZE))()
        window = ctypes.c_char.from_buffer(mapped)
        failed = libc.mincore(ctypes.c_void_p(ctypes.addressof(window)), ctypes.c_size_t(len(mapped)), flags)
        del window
    assert not failed
    return sum(flag & 1 for flag in flags)
