"""Kinds, name patterns and system files."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avdesk.recorders.names import NameFacts, is_system_file, kind_of, name_facts
from avdesk.terms import Kind


def facts(name: str) -> NameFacts:
    found = name_facts(name)
    assert found is not None
    return found


def recorder_time(name: str) -> str | None:
    """Naive, as recorders are."""
    moment = facts(name).recorded_at
    return moment.isoformat() if moment is not None else None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[(f"A.{extension}", Kind.VIDEO) for extension in ("MP4", "mov", "avi", "MTS", "m2ts", "3gp", "mkv", "ts")],
        *[(f"A.{extension}", Kind.AUDIO) for extension in ("WAV", "mp3", "m4a", "aac", "wma", "amr", "opus", "flac")],
        *[(f"A.{extension}", Kind.PHOTO) for extension in ("JPG", "jpeg", "HEIC", "heif", "RW2", "ORF", "RAF", "DNG")],
        *[(f"A.{extension}", Kind.PHOTO) for extension in ("CR2", "CR3", "ARW", "NEF", "png", "tif")],
        *[(f"A.{ending}", Kind.SIDECAR) for ending in ("LOG", "XML", "THM", "LRV", "LRF", "SRT", "CPI", "MPL", "BDM")],
        ("DSJ_0000000_000000_20250221030623.TXT", Kind.SIDECAR),
        ("readme.txt", Kind.OTHER),
        ("报告.docx", Kind.OTHER),
        ("noextension", Kind.OTHER),
        (".mp4", Kind.OTHER),
        ("folder.mp4/noextension", Kind.OTHER),
        ("DCIM/100MEDIA/DJI_0001.MP4", Kind.VIDEO),
        ("A.ＭＰ４", Kind.OTHER),
        ("A.mp4 ", Kind.OTHER),
        ("A.mp4\n", Kind.OTHER),
    ],
)
def test_kind_by_extension(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("name", "pattern", "recorded_at"),
    [
        ("DSJ_0000000_000000_20250221030623.MP4", "gat947", "2025-02-21T03:06:23"),
        ("A11_2222222_222222_20260902180118_0001.mp4", "gat947", "2026-09-02T18:01:18"),
        ("NOR_0000000_000000_20221208_101416_0003.mp4", "gat947", "2022-12-08T10:14:16"),
        ("1234567_000001_20221208_101416.jpg", "gat947", "2022-12-08T10:14:16"),
        ("VDO_20200413_183030.MP4", "sonix", "2020-04-13T18:30:30"),
        ("SNX_0001.JPG", "sonix", None),
        ("C0215.MP4", "sony", None),
        ("C0215M01.XML", "sony", None),
        ("00000.MTS", "avchd", None),
        ("00000.CPI", "avchd", None),
        ("00000.MPL", "avchd", None),
        ("GX010123.MP4", "gopro", None),
        ("GL010123.LRV", "gopro", None),
        ("GH010123.THM", "gopro", None),
        ("GOPR0123.MP4", "gopro-first", None),
        ("DJI_0120.DNG", "dji", None),
        ("DJI_20240305143000_0001_D.MP4", "dji", "2024-03-05T14:30:00"),
        ("DJI_0001.LRF", "dji", None),
        ("IMG_0001.JPG", "dcf", None),
        ("MVI_0001.MP4", "dcf", None),
        ("DSCF0001.JPG", "dcf", None),
        ("P1010001.JPG", "dcf", None),
        ("_DSC0001.NEF", "dcf", None),
        ("IMG_0001.HEIC", "dcf", None),
        ("DSCF0001.RAF", "dcf", None),
        ("P1010001.ORF", "dcf", None),
        ("IMG_20240305_143000.jpg", "stamp", "2024-03-05T14:30:00"),
        ("VID_20240305_143000.mp4", "stamp", "2024-03-05T14:30:00"),
        ("REC20240305-143000.wav", "stamp", "2024-03-05T14:30:00"),
        ("20240305_143000.WAV", "audio", "2024-03-05T14:30:00"),
        ("240305_1430.mp3", "audio", "2024-03-05T14:30:00"),
        ("240305_143059.m4a", "audio", "2024-03-05T14:30:59"),
        ("20240305_143000.jpg", "bare-stamp", "2024-03-05T14:30:00"),
    ],
)
def test_every_pattern(name: str, pattern: str, recorded_at: str | None) -> None:
    for written in (name, name.lower(), name.upper(), f"some/folder/{name}"):
        assert facts(written).pattern == pattern
        assert recorder_time(written) == recorded_at


@pytest.mark.parametrize(
    "name",
    [
        "DSJ_0000000_000000_20250230030623.MP4",
        "DSJ_0000000_000000_20251301030623.MP4",
        "DSJ_0000000_000000_20250221240000.MP4",
        "DSJ_0000000_000000_20250221030660.MP4",
        "DSJ_0000000_000000_19890221030623.MP4",
        "DSJ_0000000_000000_21000221030623.MP4",
        "DSJ_0000000_000000_00000000000000.MP4",
        "IMG_20230229_120000.jpg",
        "240230_1430.mp3",
        "240305_2460.mp3",
    ],
)
def test_impossible_times_are_rejected_but_kept_as_written(name: str) -> None:
    assert facts(name).recorded_at is None
    assert (facts(name).raw_time or "") in name
    assert facts(name).raw_time


def test_the_first_and_the_last_year() -> None:
    assert recorder_time("VID_19900101_000000.mp4") == "1990-01-01T00:00:00"
    assert recorder_time("VID_20991231_235959.mp4") == "2099-12-31T23:59:59"
    assert recorder_time("VID_20240229_000000.mp4") == "2024-02-29T00:00:00"


def test_raw_time_is_the_text_of_the_name() -> None:
    assert facts("NOR_0000000_000000_20221208_101416_0003.mp4").raw_time == "20221208_101416"
    assert facts("DJI_20240305143000_0001_D.MP4").raw_time == "20240305143000"
    assert facts("240305_1430.mp3").raw_time == "240305_1430"
    assert facts("GX010123.MP4").raw_time is None


def test_zeros_are_placeholders() -> None:
    blank = facts("DSJ_0000000_000000_20250221030623.MP4")
    assert (blank.serial, blank.user) == (None, None)
    named = facts("A11_00A0001_000012_20260902180118_0001.mp4")
    assert (named.serial, named.user) == ("00A0001", "000012")


@pytest.mark.parametrize("mark", ["IMP", "_IMP", "_0001IMP", "_0001_IMP", "_imp"])
def test_a_key_file_is_marked(mark: str) -> None:
    assert facts(f"DSJ_1234567_000001_20250221030623{mark}.MP4").key_file
    assert not facts("DSJ_1234567_000001_20250221030623.MP4").key_file


def test_chapters_form_one_take() -> None:
    chapters = [facts(name) for name in ("GX010123.MP4", "GX020123.MP4", "GL010123.LRV", "GX010123.THM")]
    assert {chapter.take for chapter in chapters} == {"0123"}
    assert [chapter.sequence for chapter in chapters] == [1, 2, 1, 1]
    assert facts("GX010124.MP4").take == "0124"
    assert facts("GOPR0123.MP4").take == facts("GP010123.MP4").take == "0123"


def test_segments_form_one_take_only_when_the_name_says_so() -> None:
    first = facts("A11_1234567_000001_20260902180118_0001.mp4")
    second = facts("A11_1234567_000001_20260902180118_0002.mp4")
    later = facts("A11_1234567_000001_20260902190118_0003.mp4")
    assert first.take == second.take != later.take
    assert (first.sequence, second.sequence) == (1, 2)
    alone = facts("A11_1234567_000001_20260902180118.mp4")
    assert (alone.take, alone.sequence) == (None, None)


def test_a_clip_and_its_description_are_one_take() -> None:
    assert facts("C0215.MP4").take == facts("C0215M01.XML").take == "0215"


@pytest.mark.parametrize(
    "name",
    [
        "报告.docx",
        "IMG_1.JPG",
        "PXL_20240305_063000123.jpg",
        "DSJ_0000000_000000_２０２５０２２１０３０６２３.MP4",
        "IMG_0001.JPG\n",
        "xIMG_0001.JPG",
        "GX010123.docx",
        "",
        "/",
    ],
)
def test_other_names_say_nothing(name: str) -> None:
    assert name_facts(name) is None


@settings(database=None)
@given(st.text(max_size=60))
def test_any_text_is_a_name(name: str) -> None:
    kind_of(name)
    name_facts(name)
    is_system_file(name)


@pytest.mark.parametrize(
    "path",
    [
        "System Volume Information/IndexerVolumeGuid",
        "SYSTEM VOLUME INFORMATION/WPSettings.dat",
        "System Volume Information/tracking.log",
        ".Spotlight-V100/Store-V2/x/store.db",
        ".fseventsd/fseventsd-uuid",
        ".DS_Store",
        "DCIM/._.DS_Store",
        "DCIM/100MSDCF/Thumbs.db",
        "DCIM/THUMBS.DB",
        "desktop.ini",
        "DCIM/.nomedia",
    ],
)
def test_harmless_system_files(path: str) -> None:
    assert is_system_file(path)


@pytest.mark.parametrize(
    "path",
    [
        "$RECYCLE.BIN/S-1-5-21/$R123.mp4",
        "$RECYCLE.BIN/S-1-5-21/$I123.mp4",
        "RECYCLER/desktop.txt",
        ".Trashes/501/GX010123.MP4",
        ".Trash-1000/files/报告.docx",
        "FOUND.000/FILE0000.CHK",
        "lost+found/#12",
        "System Volume Information/DSJ_0000000_000000_20250221030623.MP4",
        ".Spotlight-V100/IMG_0001.JPG",
        "._IMG_0001.JPG",
        "._notes",
        "DCIM/System Volume Information/x.dat",
        "System Volume Information",
        "autorun.inf",
        "DCIM/.NOMEDIA",
        "ſystem Volume Information/x.dat",
        "Thumbs.db.mp4",
    ],
)
def test_what_may_be_evidence_is_no_system_file(path: str) -> None:
    assert not is_system_file(path)
