"""Stored names: what every system and ``bagit.py`` can bear, one for one with what stood on the card."""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from avdesk.vault.names import MAX_NAME, MAX_PATH, stored_paths
from tests.vault.hard_names import HARD_NAMES

RESERVED = [
    "CON",
    "PRN",
    "AUX",
    "NUL",
    "CONIN$",
    "CONOUT$",
    *[f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"],
]

hard = st.sampled_from(sorted({*HARD_NAMES, *(word.encode() for word in RESERVED)}))
pieces = st.one_of(
    hard,
    st.binary(max_size=12),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b" ", b".", b"\n", "\u3000".encode(), "\u00a0".encode(), b"%", "\u2028".encode(), b"~", b"a" * 100]
    ),
)
names = (
    st.lists(pieces, min_size=1, max_size=4)
    .map(lambda parts: b"".join(parts).replace(b"/", b"").replace(b"\0", b"")[:255])
    .filter(lambda name: name not in (b"", b".", b".."))
)
folders = st.lists(names, min_size=1, max_size=25, unique=True)


def bearable(name: str) -> bool:
    """The rule of the design, written down a second time and in another way."""
    return (
        len(name.encode()) <= 200
        and unicodedata.normalize("NFC", name) == name
        and not re.search(r'[%<>:"|?*\\\x00-\x1f\x7f-\x9f\u2028\u2029]', name)
        and not (name[0].isspace() or name[-1].isspace() or name[-1] == ".")
        and name.partition(".")[0].rstrip().upper() not in RESERVED
    )


def original(name: bytes) -> str | None:
    """The name as text when it may be kept, twins apart."""
    try:
        text = name.decode()
    except UnicodeDecodeError:
        return None
    return text if bearable(text) else None


def safe(name: bytes) -> str:
    (stored,) = stored_paths([name]).values()
    return stored


@settings(max_examples=400, deadline=None)
@given(folders)
@example(list(HARD_NAMES))
def test_every_name_is_bearable_and_unique_ignoring_case(originals: list[bytes]) -> None:
    stored = stored_paths(originals)
    assert stored.keys() == set(originals)
    assert all(bearable(name) and "/" not in name for name in stored.values())
    assert len({name.casefold() for name in stored.values()}) == len(stored)


@settings(max_examples=400, deadline=None)
@given(folders, st.randoms())
def test_the_order_of_the_names_does_not_matter(originals: list[bytes], shuffler: object) -> None:
    stored = stored_paths(originals)
    shuffler.shuffle(originals)  # type: ignore[attr-defined]
    assert stored_paths(originals) == stored


@settings(max_examples=400, deadline=None)
@given(folders)
@example(list(HARD_NAMES))
def test_of_twins_the_first_in_byte_order_keeps_its_name_and_who_can_keep_it_does(originals: list[bytes]) -> None:
    stored = stored_paths(originals)
    taken: set[str] = set()
    for name in sorted(originals):
        text = original(name)
        if text is not None and text.casefold() not in taken:
            taken.add(text.casefold())
            assert stored[name] == text
        else:
            mark = hashlib.sha256(name).hexdigest()[:8]
            assert re.search(rf"~{mark}[0-9a-f-]*(\.[A-Za-z0-9]{{1,8}})?$", stored[name])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(names, min_size=1, max_size=4).map(b"/".join), min_size=1, max_size=12, unique=True))
def test_trees_stay_trees(paths: list[bytes]) -> None:
    """Folders are named like files, once for all that is in them; no two files meet."""
    kept = [path for path in paths if not any(other.startswith(path + b"/") for other in paths)]
    stored = stored_paths(kept)
    assert len({name.casefold() for name in stored.values()}) == len(kept)
    assert all(len(name.encode()) <= MAX_PATH for name in stored.values())
    parts: dict[bytes, str] = {}
    for path, name in stored.items():
        if name.startswith("~") and name.count("/") < path.count(b"/"):
            continue  # folded
        steps, named = path.split(b"/"), name.split("/")
        assert len(steps) == len(named) and all(map(bearable, named))
        for depth in range(1, len(steps)):
            folder = b"/".join(steps[:depth])
            assert parts.setdefault(folder, "/".join(named[:depth])) == "/".join(named[:depth])


@pytest.mark.parametrize(
    "name",
    [
        "DSJ_0000000_000000_20250221030623.MP4",
        "现场 执法 视频(1).mp4",
        "😀 🎥.jpg",
        "it's.jpg",
        "x.part",
        ".hidden",
        "~",
        "-rf",
        "$(x) `y` ; & = + , @ # ! { } [ ]",
        "a.b.c",
        "CONTENT.TXT",
        "COM10",
        "null.txt",
        "字" * 66 + "ab",
        "\u200b.x",
        "\U0010ffff",
    ],
)
def test_kept_as_they_are(name: str) -> None:
    assert safe(name.encode()) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a%0Ab.mp4", "a_0Ab~{}.mp4"),
        (b"new\nline.mp4", "new_line~{}.mp4"),
        ("line\u2028end.mp4".encode(), "line_end~{}.mp4"),
        ("中文.jpg".encode("gbk"), "____~{}.jpg"),
        (b'he said "no".JPG', "he said _no_~{}.JPG"),
        (b"trailing dot.", "trailing dot~{}"),
        (b"trailing space ", "trailing space~{}"),
        (b"x.mp4 ", "x~{}.mp4"),
        ("表意空格\u3000".encode(), "表意空格~{}"),
        ("\u00a0lead".encode(), "lead~{}"),
        (b"...", "_~{}"),
        (b"   ", "_~{}"),
        (b"con", "con~{}"),
        (b"Nul.tar.gz", "_Nul.tar~{}.gz"),
        (b"AUX .txt", "AUX~{}.txt"),
        ("e\u0301.jpg".encode(), "é~{}.jpg"),
        (b"a" * 251 + b".jpg", "a" * 187 + "~{}.jpg"),
        ("字".encode() * 85, "字" * 63 + "~{}"),
        (b"a<b>.ex-te.nsion!", "a_b_.ex-te~{}.nsion"),
        (b"x:.abcdefghijk", "x_~{}.abcdefgh"),
    ],
)
def test_safe_names_show_what_they_were(name: bytes, shown: str) -> None:
    assert safe(name) == shown.format(hashlib.sha256(name).hexdigest()[:8])


def test_twins_by_case_and_by_normal_form() -> None:
    composed, decomposed = "é.jpg".encode(), "e\u0301.jpg".encode()
    stored = stored_paths([b"IMG.JPG", b"img.jpg", b"Img.Jpg", composed, decomposed])
    assert (stored[b"IMG.JPG"], stored[composed]) == ("IMG.JPG", "é.jpg")
    for twin, stem, extension in ((b"img.jpg", "img", "jpg"), (b"Img.Jpg", "Img", "Jpg"), (decomposed, "é", "jpg")):
        assert stored[twin] == f"{stem}~{hashlib.sha256(twin).hexdigest()[:8]}.{extension}"


def test_twin_folders() -> None:
    stored = stored_paths([b"DCIM/a", b"dcim/a"])
    assert stored[b"DCIM/a"] == "DCIM/a"
    assert stored[b"dcim/a"] == f"dcim~{hashlib.sha256(b'dcim').hexdigest()[:8]}/a"


def test_somebody_took_the_safe_names_before() -> None:
    """A card may hold any names, also those that others would be given: it ends, and all differ."""
    bad = b"a?"
    digest = hashlib.sha256(bad).hexdigest()
    taken = [f"a_~{digest[:digits]}".encode() for digits in range(8, 65, 8)] + [f"a_~{digest}-2".encode()]
    stored = stored_paths([bad, *taken])
    assert stored[bad] == f"a_~{digest}-3"
    assert all(stored[name] == name.decode() for name in taken)


def test_deep_folders_are_folded_into_one() -> None:
    deep = b"/".join([b"d" * 200] * 60)
    stored = stored_paths([deep + b"/x.MP4", deep + b"/y?.MP4", b"DCIM/z.MP4"])
    folder = f"~{hashlib.sha256(deep).hexdigest()[:16]}"
    assert stored[deep + b"/x.MP4"] == f"{folder}/x.MP4"
    assert stored[deep + b"/y?.MP4"].startswith(f"{folder}/y_~")
    assert stored[b"DCIM/z.MP4"] == "DCIM/z.MP4"
    there = stored_paths([deep + b"/x.MP4", folder.encode() + b"/x.MP4"])
    assert there[folder.encode() + b"/x.MP4"] == f"{folder}/x.MP4"
    assert there[deep + b"/x.MP4"] == f"~{hashlib.sha256(deep).hexdigest()[:24]}/x.MP4"


def test_the_longest_name_has_room_for_what_is_written_beside_it() -> None:
    """``.<name>.new`` and the like must stay below the 255 bytes that file systems take."""
    assert len(safe(b"x" * 255).encode()) == MAX_NAME < 255 - len(".new") - 1


def test_unique_by_the_table_of_ntfs(tmp_path: Path) -> None:
    """Windows ignores case by a table of its own, which stands on every NTFS volume."""
    image = tmp_path / "image"
    image.touch()
    subprocess.run(["truncate", "-s", "16M", image], check=True)
    subprocess.run(["mkfs.ntfs", "-F", "-Q", "-q", image], check=True)
    content = image.read_bytes()
    start = content.index(struct.pack("<98H", *range(97), ord("A")))
    upper = struct.unpack_from("<65536H", content, start)
    twins: dict[int, list[str]] = {}
    for code in (code for code in range(65536) if not 0xD800 <= code < 0xE000):
        twins.setdefault(upper[code], []).append(chr(code))
    groups = [group for group in twins.values() if len(group) > 1]
    assert len(groups) > 500
    for group in groups:
        stored = stored_paths([f"{character}.x".encode() for character in group]).values()
        assert len({"".join(chr(upper[ord(letter)]) for letter in name) for name in stored}) == len(group)
