"""The faults are seen by plain system calls: a test that relies on one must not pass because it never came."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import faultfs as module
from tests.faultfs import Fault, FaultFS, On, Rule, faultfs

pytestmark = pytest.mark.skipif(module.missing() is not None, reason=f"FUSE: {module.missing()}")

CONTENT = bytes(range(256)) * 1024


@pytest.fixture
def card(tmp_path: Path) -> Iterator[FaultFS]:
    root = tmp_path / "root"
    (root / "DCIM").mkdir(parents=True)
    (root / "DCIM" / "a.MP4").write_bytes(CONTENT)
    (root / "DCIM" / "b.JPG").write_bytes(b"picture")
    with faultfs(root, tmp_path / "mount") as card:
        yield card


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read_all(path: Path, step: int = 65536) -> tuple[bytes, OSError | None]:
    """What plain reads give, and the error that ends them."""
    fd = os.open(path, os.O_RDONLY)
    data = b""
    try:
        while part := os.read(fd, step):
            data += part
    except OSError as error:
        return data, error
    finally:
        os.close(fd)
    return data, None


def flipped(at: int) -> bytes:
    return CONTENT[:at] + bytes([CONTENT[at] ^ 1]) + CONTENT[at + 1 :]


def test_without_rules_everything_passes_through(card: FaultFS) -> None:
    folder = card.mount / "DCIM"
    assert names(folder) == ["a.MP4", "b.JPG"]
    assert read_all(folder / "a.MP4") == (CONTENT, None)
    name = os.fsdecode("执法".encode("gbk") + b".txt")
    (folder / name).write_bytes(b"new")
    os.utime(folder / name, ns=(1, 1_700_000_000_123_456_789))
    (folder / name).rename(folder / "later.txt")
    there = card.root / "DCIM" / "later.txt"
    assert (there.read_bytes(), there.stat().st_mtime_ns) == (b"new", 1_700_000_000_123_456_789)
    assert os.statvfs(card.mount).f_bavail > 0
    (folder / "later.txt").unlink()
    assert not there.exists()


def test_read_error_from_an_offset_on(card: FaultFS) -> None:
    card.set(Rule("DCIM/*.MP4", Fault.ERROR, offset=100_000))
    data, error = read_all(card.mount / "DCIM" / "a.MP4")
    assert data == CONTENT[:100_000]
    assert error is not None
    assert error.errno == errno.EIO
    assert read_all(card.mount / "DCIM" / "b.JPG") == (b"picture", None)
    card.clear()
    assert read_all(card.mount / "DCIM" / "a.MP4") == (CONTENT, None)


def test_read_error_that_passes(card: FaultFS) -> None:
    card.set(Rule("DCIM/b.JPG", Fault.ERROR, count=1))
    assert read_all(card.mount / "DCIM" / "b.JPG")[1] is not None
    assert read_all(card.mount / "DCIM" / "b.JPG") == (b"picture", None)


def test_vanishes_after_it_was_listed(card: FaultFS) -> None:
    card.set(Rule("DCIM/b.JPG", Fault.VANISH))
    path = card.mount / "DCIM" / "b.JPG"
    assert "b.JPG" in names(path.parent)
    assert path.stat().st_size == 7
    with pytest.raises(FileNotFoundError):
        path.read_bytes()
    assert not path.exists()
    assert "b.JPG" not in names(path.parent)


def test_vanishes_after_it_was_opened_once(card: FaultFS) -> None:
    card.set(Rule("DCIM/b.JPG", Fault.VANISH, skip=1), Rule("DCIM/b.JPG", Fault.ERROR, error="ENOENT", offset=3))
    data, error = read_all(card.mount / "DCIM" / "b.JPG")
    assert data == b"pic"
    assert error is not None
    assert error.errno == errno.ENOENT
    with pytest.raises(FileNotFoundError):
        (card.mount / "DCIM" / "b.JPG").read_bytes()


@pytest.mark.parametrize(
    ("skip", "count", "seen"),
    [(0, None, [True, True, True]), (0, 1, [True, False, False]), (1, 1, [False, True, False])],
)
def test_flipped_bit(card: FaultFS, skip: int, count: int | None, seen: list[bool]) -> None:
    card.set(Rule("DCIM/a.MP4", Fault.FLIP, offset=70_000, skip=skip, count=count))
    reads = [read_all(card.mount / "DCIM" / "a.MP4")[0] for _ in seen]
    assert reads == [flipped(70_000) if bad else CONTENT for bad in seen]
    assert (card.root / "DCIM" / "a.MP4").read_bytes() == CONTENT


def test_flipped_bit_is_seen_through_the_page_cache(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.MP4").write_bytes(CONTENT)
    with faultfs(tmp_path / "root", tmp_path / "mount", cached=True) as card:
        card.set(Rule("a.MP4", Fault.FLIP, offset=70_000))
        assert (card.mount / "a.MP4").read_bytes() == flipped(70_000)


def test_grows_while_it_is_read(card: FaultFS) -> None:
    card.set(Rule("DCIM/b.JPG", Fault.GROW, size=10, count=3))
    data, error = read_all(card.mount / "DCIM" / "b.JPG", step=4)
    assert error is None
    assert data == b"picture" + b"\x55" * 30
    assert (card.mount / "DCIM" / "b.JPG").stat().st_size == 37


@pytest.mark.parametrize("name", ["ENOSPC", "EIO"])
def test_write_error_after_so_many_bytes(card: FaultFS, name: str) -> None:
    card.set(Rule("new/*", Fault.ERROR, On.WRITE, offset=150_000, error=name))
    (card.mount / "new").mkdir()
    (card.mount / "new" / "one").write_bytes(CONTENT[:100_000])
    fd = os.open(card.mount / "new" / "two", os.O_WRONLY | os.O_CREAT)
    with pytest.raises(OSError) as caught:
        os.posix_fallocate(fd, 0, 100_000)
    assert caught.value.errno == getattr(errno, name)
    assert os.write(fd, CONTENT[:100_000]) == 50_000
    with pytest.raises(OSError) as caught:
        os.write(fd, b"more")
    os.close(fd)
    assert caught.value.errno == getattr(errno, name)
    assert (card.root / "new" / "two").read_bytes() == CONTENT[:50_000]


def test_fsync_error(card: FaultFS) -> None:
    card.set(Rule("*.part", Fault.ERROR, On.FSYNC))
    fd = os.open(card.mount / "x.part", os.O_WRONLY | os.O_CREAT)
    assert os.write(fd, b"taken") == 5
    with pytest.raises(OSError) as caught:
        os.fsync(fd)
    card.clear()
    os.fsync(fd)
    os.close(fd)
    assert caught.value.errno == errno.EIO


def test_slow_reads(card: FaultFS) -> None:
    card.set(Rule("DCIM/b.JPG", Fault.SLOW, seconds=0.3))
    before = time.monotonic()
    assert (card.mount / "DCIM" / "b.JPG").read_bytes() == b"picture"
    assert time.monotonic() - before >= 0.3


def test_hangs_until_released_while_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a").write_bytes(b"hangs")
    (tmp_path / "root" / "b").write_bytes(b"goes on")
    with faultfs(tmp_path / "root", tmp_path / "mount", threads=True) as card:
        card.set(Rule("a", Fault.HANG))
        got: list[bytes] = []
        reader = threading.Thread(target=lambda: got.append((card.mount / "a").read_bytes()))
        reader.start()
        reader.join(0.5)
        assert (card.mount / "b").read_bytes() == b"goes on"
        assert reader.is_alive()
        card.clear()
        reader.join(10)
        assert got == [b"hangs"]


def test_hanging_needs_threads(card: FaultFS) -> None:
    with pytest.raises(ValueError, match="threads"):
        card.set(Rule("*", Fault.HANG))


@pytest.mark.parametrize(
    ("on", "call"),
    [
        (On.READDIR, lambda mount: names(mount / "DCIM")),
        (On.GETATTR, lambda mount: (mount / "DCIM").stat()),
        (On.OPEN, lambda mount: os.open(mount / "DCIM" / "a.MP4", os.O_RDONLY)),
    ],
)
def test_errors_of_whole_calls(card: FaultFS, on: On, call: object) -> None:
    assert callable(call)
    card.set(Rule("DCIM*", Fault.ERROR, on, error="EIO"))
    with pytest.raises(OSError) as caught:
        call(card.mount)
    assert caught.value.errno == errno.EIO
    assert names(card.mount) == ["DCIM"]


def test_pulled_card(card: FaultFS) -> None:
    fd = os.open(card.mount / "DCIM" / "a.MP4", os.O_RDONLY)
    assert os.read(fd, 10) == CONTENT[:10]
    card.pull()
    with pytest.raises(OSError) as caught:
        os.read(fd, 10)
    with pytest.raises(OSError):
        os.close(fd)
    assert caught.value.errno in (errno.ENOTCONN, errno.ECONNABORTED)
    with pytest.raises(OSError) as caught:
        names(card.mount)
    assert caught.value.errno == errno.ENOTCONN


def test_command_line_takes_rules_from_a_file(tmp_path: Path) -> None:
    for name in ("root", "mount"):
        (tmp_path / name).mkdir()
    (tmp_path / "root" / "a").write_bytes(b"abc")
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps([{"path": "a", "fault": "flip", "on": "read"}]))
    command = [sys.executable, module.__file__, str(tmp_path / "root"), str(tmp_path / "mount"), "--rules", str(rules)]
    with subprocess.Popen(command) as daemon:
        try:
            deadline = time.monotonic() + module.MOUNT_SECONDS
            while not os.path.ismount(tmp_path / "mount"):
                assert daemon.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.01)
            assert (tmp_path / "mount" / "a").read_bytes() == b"`bc"
            rules.write_text("[]")
            assert (tmp_path / "mount" / "a").read_bytes() == b"abc"
        finally:
            subprocess.run(["fusermount", "-u", "-z", str(tmp_path / "mount")])
            daemon.kill()
    assert not os.path.ismount(tmp_path / "mount")


def test_nothing_stays_mounted(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a").write_bytes(b"abc")
    with faultfs(tmp_path / "root", tmp_path / "mount") as card:
        card.pull()
    assert not os.path.ismount(tmp_path / "mount")
    assert names(tmp_path / "mount") == []
    assert names(tmp_path) == ["mount", "root"]
