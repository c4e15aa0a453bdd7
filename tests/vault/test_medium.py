"""The medium below a vault: what a read-back can claim, and that it sees what lies on the medium."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from avdesk.terms import ReadBack
from avdesk.vault.digests import Digesting
from avdesk.vault.medium import Medium, make_read_only, make_writable, probe_medium, read_back, resident_pages
from avdesk.vault.root import FOLDER
from tests.mounts import device_at, make_image, mount_image, requires_root_mounts

CONTENT = random.Random(3).randbytes(9_000_001)
METHODS = [("ext4", ReadBack.DIRECT), ("exfat", ReadBack.CACHE_DROPPED), ("ntfs", ReadBack.CACHE_DROPPED)]


@contextmanager
def folder_at(path: Path) -> Iterator[int]:
    descriptor = os.open(path, FOLDER)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def tmpfs(point: Path, options: str = "size=64m") -> Iterator[Path]:
    point.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", point], check=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", point], check=True)


def write_synced(path: Path, content: bytes = CONTENT) -> None:
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def resident(path: Path) -> int:
    """Bytes of a file that are in memory, as another program sees it."""
    said = subprocess.run(
        ["fincore", "--json", "--bytes", "--output", "RES", path], capture_output=True, text=True, check=True
    )
    return int(json.loads(said.stdout)["fincore"][0]["res"])


def read(path: Path, medium: Medium | None = None) -> tuple[str, ReadBack]:
    digesting = Digesting()
    with folder_at(path.parent) as folder:
        method = read_back(path.name, folder, medium or probe_medium(folder), digesting.update)
    return digesting.result().sha256, method


def sha256(content: bytes) -> str:
    digesting = Digesting()
    digesting.update(content)
    return digesting.result().sha256


@requires_root_mounts
@pytest.mark.parametrize(("fs", "method"), METHODS)
def test_after_a_read_back_nothing_of_the_copy_is_in_memory(tmp_path: Path, fs: str, method: ReadBack) -> None:
    make_image(tmp_path / "image", fs)
    with mount_image(tmp_path / "image", fs, tmp_path / "vault") as point:
        copy = point / "copy"
        write_synced(copy)
        assert resident(copy) > len(CONTENT) // 2  # the kernel may take pages away at any time
        with folder_at(point) as folder:
            medium = probe_medium(folder)
        assert medium == Medium(method, None if fs == "ext4" else device_at(point))
        assert read(copy, medium) == (sha256(CONTENT), method)
        assert resident(copy) == 0
        assert [entry.name for entry in point.iterdir() if entry.name != "lost+found"] == ["copy"]


@requires_root_mounts
@pytest.mark.parametrize(("fs", "method"), METHODS)
def test_a_bit_flipped_on_the_medium_is_seen_though_memory_holds_the_good_copy(
    tmp_path: Path, fs: str, method: ReadBack
) -> None:
    image = tmp_path / "image"
    make_image(image, fs)
    with mount_image(image, fs, tmp_path / "vault") as point:
        copy = point / "copy"
        write_synced(copy)
        subprocess.run(["sync", "--file-system", point], check=True)
        flip(image, CONTENT[5_000_000:5_000_100])
        assert copy.read_bytes() == CONTENT  # from memory
        digest, how = read(copy)
        assert (digest != sha256(CONTENT), how) == (True, method)
        assert copy.read_bytes() != CONTENT


def flip(image: Path, pattern: bytes) -> None:
    """One bit of the place in an image where a pattern lies."""
    with open(image, "r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        place = content.find(pattern)
        assert place >= 0
        content[place] ^= 1
        content.flush()


@requires_root_mounts
def test_memory_is_called_memory(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "vault") as point:
        write_synced(point / "copy")
        assert read(point / "copy") == (sha256(CONTENT), ReadBack.CACHED)


@requires_root_mounts
def test_pages_that_cannot_be_dropped_are_told(tmp_path: Path) -> None:
    """Somebody holds the file in memory (as a player does): the weakest reading counts, whatever the medium can."""
    make_image(tmp_path / "image", "ext4")
    with mount_image(tmp_path / "image", "ext4", tmp_path / "vault") as point:
        copy = point / "copy"
        write_synced(copy)
        with open(copy, "r+b") as file, mmap.mmap(file.fileno(), 1 << 20) as held:
            address = ctypes.addressof(ctypes.c_char.from_buffer(held))
            libc = ctypes.CDLL(None, use_errno=True)
            assert libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(1 << 20)) == 0
            assert read(copy) == (sha256(CONTENT), ReadBack.CACHED)
            libc.munlock(ctypes.c_void_p(address), ctypes.c_size_t(1 << 20))
        assert read(copy) == (sha256(CONTENT), ReadBack.DIRECT)


@requires_root_mounts
@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, (4 << 20) - 1, 4 << 20, (4 << 20) + 1])
def test_sizes_around_a_page_and_a_buffer(tmp_path: Path, size: int) -> None:
    make_image(tmp_path / "image", "ext4", 16)
    with mount_image(tmp_path / "image", "ext4", tmp_path / "vault") as point:
        write_synced(point / "copy", CONTENT[:size])
        assert read(point / "copy") == (sha256(CONTENT[:size]), ReadBack.DIRECT)


@requires_root_mounts
def test_a_full_or_read_only_vault_is_still_read_back(tmp_path: Path) -> None:
    image, point = tmp_path / "image", tmp_path / "vault"
    make_image(image, "ext4", 24)
    with mount_image(image, "ext4", point):
        write_synced(point / "copy")
        with open(point / "ballast", "wb") as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(bytes(4096))
                file.flush()
        assert read(point / "copy") == (sha256(CONTENT), ReadBack.CACHE_DROPPED)
        assert resident(point / "copy") == 0
        assert sorted(entry.name for entry in point.iterdir()) == ["ballast", "copy"]
    with mount_image(image, "ext4", point, read_only=True):
        assert read(point / "copy") == (sha256(CONTENT), ReadBack.CACHE_DROPPED)


def test_what_is_no_file_is_not_there_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    for name in ("fifo", "folder", "none"):
        with pytest.raises(FileNotFoundError):
            read(tmp_path / name)
    with pytest.raises(OSError, match="symbolic links"):
        read(tmp_path / "link")


def test_resident_pages_by_both_ways_of_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels before 6.5 have no cachestat; mincore answers there."""
    write_synced(tmp_path / "file", bytes(40_960))
    with open(tmp_path / "file", "rb") as file:
        assert resident_pages(file.fileno(), 40_960) == 10
        monkeypatch.setattr("avdesk.vault.medium._CACHESTAT", 100_000)
        assert resident_pages(file.fileno(), 40_960) == 10


@requires_root_mounts
@pytest.mark.parametrize("fs", ["ext4", "exfat", "ntfs"])
def test_write_bits_are_taken_where_there_are_any(tmp_path: Path, fs: str) -> None:
    make_image(tmp_path / "image", fs, 16)
    with mount_image(tmp_path / "image", fs, tmp_path / "vault") as point, folder_at(point) as folder:
        (point / "file").write_bytes(b"x")
        (point / "folder").mkdir()
        before = (point / "file").stat().st_mode
        make_read_only("file", folder)
        make_read_only("folder", folder)
        after = (point / "file").stat().st_mode
        assert after == (before & ~0o222 if fs == "ext4" else before)
        with folder_at(point / "folder") as read_only:
            make_writable(read_only)
        assert (point / "folder").stat().st_mode & 0o200
