"""Reading what lies on a source: every regular file, nothing followed, nothing changed, and never out of the card."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from avdesk.errors import SourceMissing
from avdesk.findings import Finding
from avdesk.recorders.scanning import OtherEntry, Scan, Source, SourceFile
from tests.faultfs import Fault, FaultFS, On, Rule, faultfs, missing
from tests.mounts import mounted_image, requires_root_mounts

requires_faultfs = pytest.mark.skipif(missing() is not None, reason=missing() or "")


def make(card: Path, *paths: str) -> None:
    for number, path in enumerate(paths):
        (card / path).parent.mkdir(parents=True, exist_ok=True)
        (card / path).write_bytes(b"x" * number)


def scan(root: Path, only: list[bytes] | None = None) -> Scan:
    with Source(root, only) as source:
        return source.scan()


def paths(found: Scan) -> list[bytes]:
    return [file.path for file in found.files]


def test_every_file_with_its_size_and_time(tmp_path: Path) -> None:
    make(tmp_path, "DCIM/100MEDIA/A.MP4", "DCIM/B.JPG", "c.log", ".hidden/d", "现场/e")
    os.utime(tmp_path / "DCIM" / "B.JPG", ns=(0, 1_700_000_000_123_456_789))
    found = scan(tmp_path)
    assert paths(found) == sorted([b"DCIM/100MEDIA/A.MP4", b"DCIM/B.JPG", b"c.log", b".hidden/d", "现场/e".encode()])
    assert found.files[2] == SourceFile(b"DCIM/B.JPG", 1, 1_700_000_000_123_456_789)
    assert (found.others, found.findings) == ((), ())


def test_an_empty_source(tmp_path: Path) -> None:
    assert scan(tmp_path) == Scan((), (), ())


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, "file")
    for root in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(SourceMissing):
            Source(root)


def test_names_of_any_bytes(tmp_path: Path) -> None:
    names = [b"\xd6\xd0\xce\xc4", b"new\nline", b"a" * 255, "e\u0301".encode(), "é".encode(), b"\xff", b" "]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(name)
    assert paths(scan(tmp_path)) == sorted(names)
    with Source(tmp_path) as source:
        for name in names:
            descriptor = source.open_file(name)
            assert os.read(descriptor, 300) == name
            os.close(descriptor)


@requires_root_mounts
def test_what_is_no_regular_file_is_named_and_never_opened(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "ext4", 16) as card, socket.socket(socket.AF_UNIX) as listening:
        make(card, "DCIM/A.MP4")
        (card / "in").symlink_to("DCIM/A.MP4")
        (card / "out").symlink_to("/etc/passwd")
        (card / "folder").symlink_to("DCIM")
        (card / "loop").symlink_to(".")
        (card / "dangling").symlink_to("nowhere")
        os.mkfifo(card / "fifo")
        os.mknod(card / "zero", 0o666 | 0o020000, os.makedev(1, 5))
        os.mknod(card / "loop0", 0o666 | 0o060000, os.makedev(7, 0))
        listening.bind(os.path.relpath(card / "socket"))
        (card / "mount").mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "none", card / "mount"], check=True)
        try:
            (card / "mount" / "not of this card").touch()
            found = scan(card)
        finally:
            subprocess.run(["umount", card / "mount"], check=True)
    assert paths(found) == [b"DCIM/A.MP4"]
    links = [OtherEntry(name, "LINK") for name in (b"dangling", b"folder", b"in", b"loop", b"out")]
    others = [
        OtherEntry(b"fifo", "FIFO"),
        OtherEntry(b"loop0", "DEVICE"),
        OtherEntry(b"mount", "OTHER_FILE_SYSTEM"),
        OtherEntry(b"socket", "SOCKET"),
        OtherEntry(b"zero", "DEVICE"),
    ]
    assert list(found.others) == sorted([*links, *others], key=lambda other: other.path)
    assert found.findings == ()


def make_deep(card: Path, depth: int, name: str, content: bytes) -> bytes:
    """Nested folders with a file in the last one, however long its path; they go with the image they are on."""
    here = os.open(card, os.O_RDONLY)
    for _step in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    descriptor = os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(descriptor, content)
    os.close(descriptor)
    os.close(here)
    return b"/".join([name.encode()] * depth + [b"file"])


@requires_root_mounts
@pytest.mark.parametrize(("depth", "name"), [(60, "d" * 200), (1200, "d")])
def test_a_path_longer_than_the_system_takes(tmp_path: Path, depth: int, name: str) -> None:
    with mounted_image(tmp_path, "ext4", 32) as card:
        path = make_deep(card, depth, name, b"deep")
        with Source(card) as source:
            assert paths(source.scan()) == [path]
            descriptor = source.open_file(path)
            assert os.read(descriptor, 10) == b"deep"
            os.close(descriptor)


def test_only_the_chosen_files(tmp_path: Path) -> None:
    make(tmp_path, "a", "b", "c", "DCIM/a")
    (tmp_path / "link").symlink_to("a")
    found = scan(tmp_path, [b"a", b"c", b"link", b"gone"])
    assert (paths(found), found.others) == ([b"a", b"c"], (OtherEntry(b"link", "LINK"),))
    assert scan(tmp_path, [b"a"]).fingerprint != scan(tmp_path).fingerprint


def test_it_stops_at_the_most_files_asked_for(tmp_path: Path) -> None:
    make(tmp_path, *(f"{folder}/f{number}" for folder in "abcdef" for number in range(10)))
    with Source(tmp_path) as source:
        found = source.scan(most=25)
        assert 25 <= len(found.files) < 60
        assert found.findings == (Finding("TOO_MANY_FILES", None, {"most": 25}),)


def test_the_fingerprint_is_of_the_whole_state(tmp_path: Path) -> None:
    make(tmp_path, "DCIM/a", "DCIM/b")
    before = scan(tmp_path).fingerprint
    assert scan(tmp_path).fingerprint == before
    seen = {before}
    changes: list[Callable[[], object]] = [
        lambda: (tmp_path / "DCIM" / "a").write_bytes(b"longer"),
        lambda: os.utime(tmp_path / "DCIM" / "b", (1, 1)),
        lambda: (tmp_path / "DCIM" / "b").rename(tmp_path / "DCIM" / "c"),
        (tmp_path / "new").touch,
        (tmp_path / "DCIM" / "c").unlink,
    ]
    for change in changes:
        change()
        after = scan(tmp_path).fingerprint
        assert after not in seen
        seen.add(after)


def test_times_that_no_catalogue_can_keep_are_held_within_64_bits(tmp_path: Path) -> None:
    make(tmp_path, "future", "past")
    os.utime(tmp_path / "future", ns=(0, 15 * 10**18))
    os.utime(tmp_path / "past", (-(2**31), -(2**31)))
    future, past = scan(tmp_path).files
    assert future.mtime_ns == min((tmp_path / "future").stat().st_mtime_ns, (1 << 63) - 1)
    assert past.mtime_ns == -(2**31) * 10**9


# -- opening ----------------------------------------------------------------------------------------------------------


def test_what_became_something_else_is_gone(tmp_path: Path) -> None:
    make(tmp_path, "secret", "card/fifo", "card/link", "card/folder/x", "card/file")
    card = tmp_path / "card"
    with Source(card) as source:
        source.scan()
        for name in ("fifo", "link", "file"):
            (card / name).unlink()
        os.mkfifo(card / "fifo")
        (card / "link").symlink_to("../secret")
        (card / "folder").rename(tmp_path / "elsewhere")
        (card / "folder").symlink_to("../elsewhere")
        for path in (b"fifo", b"link", b"file"):
            with pytest.raises(FileNotFoundError):
                source.open_file(path)
        with pytest.raises(NotADirectoryError):
            source.open_file(b"folder/x")


@requires_root_mounts
def test_reading_leaves_no_trace_on_the_card(tmp_path: Path) -> None:
    """Times of access stay, of files and of folders, also where every access would be written down."""
    with mounted_image(tmp_path, "ext4", 16) as card:
        make(card, "DCIM/100MEDIA/A.MP4")
        subprocess.run(["mount", "-o", "remount,strictatime", card], check=True)
        everything = [card, *card.rglob("*")]
        for path in everything:
            os.utime(path, (1, 1))
        with Source(card) as source:
            source.scan()
            descriptor = source.open_file(b"DCIM/100MEDIA/A.MP4")
            os.read(descriptor, 1)
            os.close(descriptor)
            assert source.present()
        assert {path.stat().st_atime for path in everything} == {1}


# -- a card that fails ------------------------------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[FaultFS]:
    make(tmp_path / "behind", "A/f0", "A/f1", "A/f2", "B/g0", "B/g1", "h0")
    with ExitStack() as stack:
        yield stack.enter_context(faultfs(tmp_path / "behind", tmp_path / "card"))


@requires_faultfs
def test_a_folder_that_cannot_be_read(faulty: FaultFS) -> None:
    faulty.set(Rule("A", Fault.ERROR, On.READDIR))
    found = scan(faulty.mount)
    assert paths(found) == [b"B/g0", b"B/g1", b"h0"]
    assert found.findings == (Finding("WALK_ERROR", "A", {"reason": "EIO"}),)


@requires_faultfs
def test_a_root_that_cannot_be_read(faulty: FaultFS) -> None:
    faulty.set(Rule("", Fault.ERROR, On.READDIR))
    assert scan(faulty.mount).findings == (Finding("WALK_ERROR", ".", {"reason": "EIO"}),)


@requires_faultfs
def test_a_file_of_which_the_card_tells_nothing_is_listed_and_its_neighbours_too(faulty: FaultFS) -> None:
    faulty.set(Rule("A/f1", Fault.ERROR, On.GETATTR))
    found = scan(faulty.mount)
    assert paths(found) == [b"A/f0", b"A/f1", b"A/f2", b"B/g0", b"B/g1", b"h0"]
    assert found.files[1] == SourceFile(b"A/f1", 0, 0)
    with Source(faulty.mount) as source, pytest.raises(OSError, match="Input/output"):
        source.open_file(b"A/f1")


@requires_faultfs
def test_a_folder_of_which_the_card_tells_nothing(faulty: FaultFS) -> None:
    faulty.set(Rule("A", Fault.ERROR, On.GETATTR))
    found = scan(faulty.mount)
    assert paths(found) == [b"B/g0", b"B/g1", b"h0"]
    assert found.findings == (Finding("WALK_ERROR", "A", {"reason": "EIO"}),)


@requires_faultfs
def test_a_file_that_vanishes_while_it_is_listed(faulty: FaultFS) -> None:
    faulty.set(Rule("A/f1", Fault.ERROR, On.GETATTR, error="ENOENT"))
    assert paths(scan(faulty.mount)) == [b"A/f0", b"A/f2", b"B/g0", b"B/g1", b"h0"]


@requires_faultfs
def test_a_pulled_card_is_no_longer_present(faulty: FaultFS) -> None:
    with Source(faulty.mount) as source:
        assert source.present()
        faulty.pull()
        assert not source.present()
        assert source.scan().findings[0].code == "WALK_ERROR"


@requires_root_mounts
def test_a_card_whose_device_went_away_is_not_present_though_its_root_is_in_memory(tmp_path: Path) -> None:
    """The node of the device goes with the device; the kernel still answers from memory."""
    with mounted_image(tmp_path, "ext4", 16) as card:
        make(card, "a")
        node = tmp_path / "node"
        device = card.stat().st_dev
        os.mknod(node, 0o600 | 0o060000, device)
        other = tmp_path / "other"
        other.mkdir()
        subprocess.run(["umount", card], check=True)
        subprocess.run(["mount", "-t", "ext4", node, other], check=True)
        try:
            with Source(other) as source:
                assert source.present()
                node.unlink()
                assert [entry.name for entry in other.iterdir()] == ["a"]
                assert not source.present()
        finally:
            subprocess.run(["umount", other], check=True)


@requires_root_mounts
def test_another_card_at_the_same_place_is_not_this_one(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "ext4", 16) as card, Source(card) as source:
        assert source.present()
        subprocess.run(["mount", "-t", "tmpfs", "none", card], check=True)
        assert not source.present()
        subprocess.run(["umount", card], check=True)
