"""Every family of recorders by an invented card, plain storage, and what a wrong data file gets."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from avdesk import resources
from avdesk.errors import BadResource
from avdesk.recorders import names
from avdesk.recorders.profiles import RecorderMatch, check_resources, load_profiles, recognise

GAT947 = "DSJ_1234567_000001_20250221030623.MP4"


def match(*paths: str) -> RecorderMatch:
    found = recognise(paths)
    assert found is not None
    return found


CARDS: list[tuple[str, str | None, list[str]]] = [
    ("gat947", None, ["1234567/20250221/" + GAT947]),
    ("gat947", None, ["DCIM/VIDEO/" + GAT947, "DCIM/PHOTO/DSJ_1234567_000001_20250221030700.JPG"]),
    ("gat947", None, ["DCIM/100MEDIA/" + GAT947]),
    ("gat947", None, ["DCIM/Camera/" + GAT947]),
    ("gat947", None, [GAT947, "LOG/20250221.log"]),
    ("sonix", None, ["DCIM/VIDEO/a.mp4", "DCIM/PHOTO/b.jpg"]),
    ("sonix", None, ["DCIM/100SONIX/SNX_0001.AVI"]),
    ("sonix", None, ["EMG/VDO_20200413_183030.MP4"]),
    ("sonix", None, ["VDO_20200413_183030.MP4"]),
    ("sony-xavc", "Sony", ["PRIVATE/M4ROOT/CLIP/C0215.MP4", "PRIVATE/M4ROOT/CLIP/C0215M01.XML"]),
    ("sony-xavc", "Sony", ["PRIVATE/M4ROOT/CLIP/C0001.MP4", "PRIVATE/AVCHD/BDMV/INDEX.BDM"]),
    ("sony-xavc", "Sony", ["DCIM/100MSDCF/DSC00001.JPG"]),
    ("sony-xavc", "Sony", ["C0215.MP4", "C0215M01.XML"]),
    ("avchd", None, ["PRIVATE/AVCHD/BDMV/STREAM/00000.MTS", "PRIVATE/AVCHD/BDMV/CLIPINF/00000.CPI"]),
    ("avchd", None, ["PRIVATE/AVCHD/BDMV/STREAM/00000.MTS", "DCIM/100MSDCF/DSC00001.JPG"]),
    ("avchd", None, ["AVCHD/BDMV/STREAM/00000.MTS"]),
    ("gopro", "GoPro", ["DCIM/100GOPRO/GX010123.MP4", "DCIM/100GOPRO/GL010123.LRV"]),
    ("gopro", "GoPro", ["GX010123.MP4", "GX020123.MP4", "note.txt"]),
    ("dji", "DJI", ["DCIM/DJI_001/DJI_20240305143000_0001_D.MP4"]),
    ("dji", "DJI", ["DCIM/100MEDIA/DJI_0120.DNG"]),
    ("phone", None, ["DCIM/Camera/IMG_20240305_143000.jpg"]),
    ("phone", None, ["内部存储/DCIM/Camera/VID_20240305_143000.mp4"]),
    ("phone", "Apple", ["DCIM/100APPLE/IMG_0001.HEIC"]),
    ("audio-recorder", None, ["RECORD/20240305_143000.WAV"]),
    ("audio-recorder", None, ["VOICE/001.wma"]),
    ("audio-recorder", None, ["FOLDER_A/240305_1430.mp3"]),
    ("audio-recorder", None, ["240305_1430.mp3"]),
    ("dcf", "Canon", ["DCIM/100CANON/IMG_0001.JPG"]),
    ("dcf", "Canon", ["DCIM/101EOS5D/MVI_0001.MOV"]),
    ("dcf", "Nikon", ["DCIM/100NIKON/DSCN0001.JPG"]),
    ("dcf", "Nikon", ["DCIM/100NCD90/DSC_0001.NEF"]),
    ("dcf", "Fujifilm", ["DCIM/100_FUJI/DSCF0001.RAF"]),
    ("dcf", "Panasonic", ["DCIM/100_PANA/P1000001.RW2"]),
    ("dcf", "Olympus", ["DCIM/100OLYMP/P1010001.ORF"]),
    ("dcf", None, ["DCIM/100ABCDE/ABCD0001.JPG"]),
    ("dcf", None, ["DCIM/照片.jpg"]),
    ("dcf", None, ["DCIM/100ABCDE/"]),
]


@pytest.mark.parametrize(("profile", "make", "paths"), CARDS)
def test_every_family(profile: str, make: str | None, paths: list[str]) -> None:
    for written in (paths, [path.lower() for path in paths], [*paths, "System Volume Information/WPSettings.dat"]):
        found = match(*written)
        assert (found.profile, found.make) == (profile, make)


def test_every_profile_has_a_card_above() -> None:
    assert {profile.id for profile in load_profiles()} == {profile for profile, _make, _paths in CARDS}


@pytest.mark.parametrize(
    "paths",
    [
        [],
        ["报告.docx", "2024/预算.xlsx", "readme.txt"],
        ["报告.docx", "预算.xlsx", "备注.txt", "VID_20240305_143000.mp4"],
        ["照片/IMG_0001.JPG", "照片/IMG_0002.JPG"],
        ["RECORD/会议记录.docx"],
        ["Archive/20240305/报告.docx"],
        ["DCIM/报告.docx"],
        ["备份/DCIM/100GOPRO/报告.docx"],
        ["System Volume Information/WPSettings.dat", ".DS_Store"],
        ["EMG/报告.docx"],
    ],
)
def test_plain_storage(paths: list[str]) -> None:
    assert recognise(paths) is None


def test_why_names_folders_and_names() -> None:
    clips = [f"PRIVATE/M4ROOT/CLIP/C{number:04}.MP4" for number in range(12)]
    assert match(*clips).why == ("folder:PRIVATE/M4ROOT/CLIP", "name:sony (12)")
    assert match("dcim/video/a.mp4", "dcim/photo/a.jpg").why == ("folder:dcim/video", "folder:dcim/photo")
    assert match(GAT947).why == ("name:gat947 (1)",)


def test_the_more_frequent_serial_counts_and_placeholders_never() -> None:
    def card(*serials: str) -> str | None:
        files = [f"DCIM/DSJ_{serial}_000001_202502210306{n:02}.MP4" for n, serial in enumerate(serials)]
        return match(*files).serial

    assert card("1234567") == "1234567"
    assert card("0000000", "0000000", "1234567") == "1234567"
    assert card("1234567", "7654321", "7654321") == "7654321"
    assert card("1234567", "7654321") is None
    assert card("0000000") is None


@pytest.mark.parametrize(
    ("path", "profile"),
    [
        (lambda n: f"DCIM/{n:05}/IMG_{n % 10000:04}.JPG", "dcf"),
        (lambda n: f"1234567/{20000000 + n}/DSJ_1234567_000001_20250221030623_{n:05}.MP4", "gat947"),
        (lambda n: f"DCIM/照片{n}.JPG", "dcf"),
        (lambda n: f"{'a/' * 60}{n}.docx", None),
    ],
)
def test_twenty_thousand_paths(path: Callable[[int], str], profile: str | None) -> None:
    found = recognise(path(number) for number in range(20_000))
    assert (found and found.profile) == profile


@pytest.fixture
def data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data files that the product reads instead of its own."""
    shutil.copytree(resources.path("profiles"), tmp_path / "profiles")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    readers = (names._patterns, names._kinds, names._system_files, load_profiles)
    for reader in readers:
        reader.cache_clear()
    yield tmp_path / "profiles"
    monkeypatch.undo()
    for reader in readers:
        reader.cache_clear()


def test_the_data_files_are_well_formed(data_files: Path) -> None:
    check_resources()


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("gopro.toml", 'id = "gopro"', "", "id"),
        ("gopro.toml", 'id = "gopro"', 'id = "dji"', "id"),
        ("gopro.toml", "make", "maker", "maker"),
        ("gopro.toml", '"gopro-first"', '"gopro-last"', "names"),
        ("gopro.toml", '["DCIM/###GOPRO"]', "[]", "folder[0].paths"),
        ("gopro.toml", '"DCIM/###GOPRO"', '"/DCIM"', "folder[0].paths"),
        ("avchd.toml", '["video"]', '["film"]', "folder[0].kinds"),
        ("gat947.toml", 'patterns = ["gat947"]', 'patterns = "gat947"', "folder[0].patterns"),
        ("names/patterns.toml", r"^C(?P<num>", r"^C(?P<number>", "pattern[9].regex"),
        ("names/patterns.toml", r"^C(?P<num>", r"^C((?P<num>", "pattern[9].regex"),
        ("names/patterns.toml", '"C0215.MP4"', '"C215.MP4"', "pattern[9].samples"),
        ("names/patterns.toml", 'sequence = "chap"', 'sequence = "seq"', "pattern[1].sequence"),
        ("names/patterns.toml", 'id = "gopro"', 'id = "dji"', "pattern"),
        ("names/kinds.toml", '"mp4"', '"MP4"', "video"),
        ("names/kinds.toml", '"wav"', '"mp4"', "audio"),
        ("names/system.toml", "ignore_case = true", "ignore_case = 1", "windows.ignore_case"),
        ("names/system.toml", "[android]", "[andriod]", "android"),
    ],
)
def test_a_wrong_data_file_is_refused(data_files: Path, file: str, old: str, new: str, key: str) -> None:
    path = data_files / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadResource) as refusal:
        check_resources()
    assert refusal.value.facts["key"] == key
    assert refusal.value.facts["reason"]
    assert Path(str(refusal.value.facts["file"])).parent.is_relative_to(data_files)


def test_a_broken_data_file_is_refused_with_its_line(data_files: Path) -> None:
    (data_files / "gopro.toml").write_text("id = \n", "utf-8")
    with pytest.raises(BadResource, match="line 1"):
        check_resources()


def test_a_new_family_is_a_data_file(data_files: Path) -> None:
    text = 'id = "mill"\nname_zh = "样机"\nname_en = "Mill"\n[[folder]]\npaths = ["MILL/##"]\nmodel = "M1"\n'
    (data_files / "mill.toml").write_text(text, "utf-8")
    assert match("MILL/07/x.bin") == RecorderMatch("mill", None, "M1", None, ("folder:MILL/07",))
    assert recognise(["MILL/7/x.bin"]) is None
