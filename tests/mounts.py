"""Really mounted file systems for the tests: images made, mounted through loop devices, and always taken away again.

ext4 is the kernel's; exFAT, NTFS and FAT go through FUSE. Known of ``fusefat``: months are off by one, short names come
in upper case, the volume label shows as an empty file, and it tells no size.

    with mounted_image(tmp_path, "exfat", fill=card) as mount: ...
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FILE_SYSTEMS = ("ext4", "exfat", "ntfs", "vfat")
_SERVERS = ("mount.exfat-fuse", "ntfs-3g", "fusefat")
_PROGRAMS = (
    *_SERVERS,
    *("losetup", "mount", "umount", "blkid", "mcopy", "debugfs", "mkfs.ext4", "mkfs.exfat", "mkfs.ntfs", "mkfs.vfat"),
)
_CAP_SYS_ADMIN = 21
_CLONE_NEWNS = 0x20000
_PATIENCE_SECONDS = 10


def obstacle() -> str | None:
    """Why nothing can be mounted here, ``None`` when all is there."""
    if os.geteuid() != 0:
        return "mounting images needs root"
    if not _may_mount():
        return "mounting images needs the capability SYS_ADMIN"
    for device in ("/dev/loop-control", "/dev/fuse"):
        if not Path(device).exists():
            return f"mounting images needs {device}"
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    return f"mounting images needs {', '.join(missing)}" if missing else None


def _may_mount() -> bool:
    status = Path("/proc/self/status").read_text()
    effective = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective, 16) >> _CAP_SYS_ADMIN & 1)


def keep_apart() -> None:
    """From now on others see no mounts of this process, nor it what they mount: a window under test would show them."""
    if obstacle() is None and ctypes.CDLL(None).unshare(_CLONE_NEWNS) == 0:
        _run("mount", "--make-rprivate", "/")


_OBSTACLE = obstacle()
requires_root_mounts = pytest.mark.skipif(_OBSTACLE is not None, reason=_OBSTACLE or "")
"""Marks a test that mounts images; skipped with the reason where that is impossible."""


@contextmanager
def mounted_image(
    folder: Path,
    fs: str,
    size_mb: int = 48,
    *,
    read_only: bool = False,
    label: str | None = None,
    fill: Path | None = None,
    name: str = "card",
) -> Iterator[Path]:
    """A fresh image in a folder of its own below ``folder``, mounted at a folder called ``name``; gives that folder.

    ``size_mb`` in MiB; ``fill`` is a folder whose content the image holds from the beginning.
    """
    place = Path(tempfile.mkdtemp(prefix=f"{fs}-", dir=folder))
    image = place / "image"
    make_image(image, fs, size_mb, label=label, fill=fill)
    with mount_image(image, fs, place / name, read_only=read_only) as point:
        yield point


def make_image(image: Path, fs: str, size_mb: int = 48, *, label: str | None = None, fill: Path | None = None) -> None:
    """Make an image with one file system on it. Those of ext4 have no ``lost+found``, like those of a recorder."""
    with image.open("xb") as file:
        file.truncate(size_mb << 20)
    _run(*_make_command(fs, label), str(image))
    if fs == "ext4":
        _run("debugfs", "-w", "-R", "rmdir lost+found", str(image))
    if fill is None:
        return
    content = sorted(str(entry) for entry in fill.iterdir())
    if fs == "vfat":
        _run("mcopy", "-s", "-m", "-Q", "-i", str(image), *content, "::/", LC_ALL="C.UTF-8")
        return
    with tempfile.TemporaryDirectory(dir=image.parent) as point, mount_image(image, fs, Path(point, "fill")) as filled:
        _run("cp", "-a", *content, str(filled))


def _make_command(fs: str, label: str | None) -> list[str]:
    commands = {
        "ext4": ["mkfs.ext4", "-q", "-F", "-m", "0"],
        "exfat": ["mkfs.exfat"],
        "ntfs": ["mkfs.ntfs", "-F", "-Q", "-q"],
        "vfat": ["mkfs.vfat"],
    }
    return [*commands[fs], *(["-n" if fs == "vfat" else "-L", label] if label else [])]


@contextmanager
def mount_image(image: Path, fs: str, point: Path, *, read_only: bool = False) -> Iterator[Path]:
    """Mount an image at a folder, which is made when missing. It is unmounted in the end, busy or not."""
    point.mkdir(exist_ok=True)
    with loop_device(image, read_only=read_only) as device:
        _mount(device, fs, point, read_only)
        server = server_of(device)
        try:
            yield point
        finally:
            unmount(point)
            if server is not None:
                _await_end(server)


def _mount(device: str, fs: str, point: Path, read_only: bool) -> None:
    mode = "ro" if read_only else "rw"
    commands = {
        "ext4": ["mount", "-t", "ext4", "-o", mode, device, str(point)],
        "exfat": ["mount.exfat-fuse", "-o", mode, device, str(point)],
        "ntfs": ["ntfs-3g", "-o", mode, device, str(point)],
        "vfat": ["fusefat", "-o", f"{'ro' if read_only else 'rw+'},allow_other,fsname={device}", device, str(point)],
    }
    _run(*commands[fs])
    if not os.path.ismount(point):
        raise OSError(f"{fs} is not mounted at {point}")


@contextmanager
def loop_device(image: Path, *, read_only: bool = False) -> Iterator[str]:
    """A loop device over an image, e.g. ``/dev/loop3``; detached in the end (by the kernel when still in use)."""
    command = ["losetup", "--find", "--show", *(["--read-only"] if read_only else []), str(image)]
    for attempt in range(5):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            break
        time.sleep(0.1 * (attempt + 1))  # another process took the same free device
    else:
        raise OSError(f"no loop device: {done.stderr}")
    device = done.stdout.strip()
    try:
        yield device
    finally:
        _run("losetup", "--detach", device)


def unmount(point: Path) -> None:
    """Take away everything that is mounted at a folder; what stays busy is detached lazily."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while _is_listed(point):
        lazy = ["-l"] if time.monotonic() > deadline else []
        if subprocess.run(["umount", *lazy, str(point)], capture_output=True).returncode != 0:
            time.sleep(0.1)


def server_of(device: str) -> int | None:
    """The process id of the FUSE server of a device; killing it is a pulled card, stopping it one that hangs."""
    for process in Path("/proc").glob("[0-9]*"):
        words = _words(process)
        if words and Path(words[0]).name in _SERVERS and device in words:
            return int(process.name)
    return None


def device_at(point: Path) -> str:
    """The device that is mounted at a folder."""
    return next(line[1] for line in _table() if line[0] == os.fsencode(point)).decode()


def _is_listed(point: Path) -> bool:
    return any(line[0] == os.fsencode(point) for line in _table())


def _table() -> list[tuple[bytes, bytes]]:
    """Mount points and sources, as ``/proc/self/mounts`` has them (independent of the product's own reading)."""
    lines = [line.split(b" ") for line in Path("/proc/self/mounts").read_bytes().splitlines()]
    return [(line[1].decode("unicode_escape").encode("latin-1"), line[0]) for line in lines]


def _await_end(process: int) -> None:
    """A FUSE server may still be writing when ``umount`` has returned; one that waits to be reaped has no words."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while _words(Path("/proc", str(process))) and time.monotonic() < deadline:
        time.sleep(0.02)


def _words(process: Path) -> list[str]:
    """The command line of a process, empty when it has ended."""
    try:
        return [os.fsdecode(word) for word in (process / "cmdline").read_bytes().split(b"\0") if word]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _run(*command: str, **environment: str) -> None:
    """Run a program that must succeed. Its output goes to a file: a server that stays behind would hold a pipe open."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, env={**os.environ, **environment})
        if done.returncode != 0:
            output.seek(0)
            raise OSError(f"{' '.join(command)}: {output.read().decode(errors='replace')}")
