"""A file system that passes everything through to a folder, except for the faults that its rules ask for.

In a test::

    with faultfs(card, mount) as card_reader:
        card_reader.set(Rule("DCIM/*.MP4", Fault.ERROR, offset=65536))            # EIO from byte 65536 on
        card_reader.set(Rule("a.JPG", Fault.FLIP, offset=100, skip=1, count=1))   # flipped at its second read only
        card_reader.pull()                                                        # the card is gone: ENOTCONN

By hand, with rules (a JSON list of their fields) that can be edited while it runs::

    python tests/faultfs.py ROOT MOUNT --rules FILE [--threads] [--cached]

It reads and writes without the kernel's page cache (``direct_io``) unless ``cached``, so that every read of a program
is a read here and can be counted. It serves one call at a time unless ``threads``, which a rule that hangs needs.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

MOUNT_SECONDS = 20.0
UNMOUNT_SECONDS = 5.0


class On(StrEnum):
    """The call that a rule waits for."""

    GETATTR = "getattr"
    OPEN = "open"
    READ = "read"
    WRITE = "write"
    FSYNC = "fsync"
    READDIR = "readdir"


class Fault(StrEnum):
    """What goes wrong.

    ``ERROR``: the call fails with ``error``; a read from byte ``offset`` on, writes once ``offset`` bytes are written
    to all the rule's files together. ``FLIP``: the lowest bit of byte ``offset`` as read. ``GROW``: a read makes the
    file ``size`` bytes longer, as a recorder that still writes. ``VANISH``: listed, but opening says that it is not
    there, and from then on so does everything. ``SLOW``: ``seconds`` per call. ``HANG``: until the rule is taken away.
    """

    ERROR = "error"
    FLIP = "flip"
    GROW = "grow"
    VANISH = "vanish"
    SLOW = "slow"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault of the files whose path below the root (no leading ``/``; ``*`` crosses folders) fits the glob ``path``.

    Of the calls that it fits, counted per file, it lets ``skip`` pass and then spoils ``count``, or all further ones.
    A read counts for ``ERROR`` and ``FLIP`` only when it reaches byte ``offset``.
    """

    path: str
    fault: Fault
    on: On = On.READ
    offset: int = 0
    size: int = 4096
    error: str = "EIO"
    seconds: float = 0.0
    skip: int = 0
    count: int | None = None


def missing() -> str | None:
    """Why this machine can't mount it, for ``pytest.skip``; ``None`` when it can."""
    if not Path("/dev/fuse").exists():
        return "/dev/fuse is missing"
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "/dev/fuse is not for this user"
    if os.geteuid() != 0 and not Path("/etc/mtab").exists():
        return "/etc/mtab is missing, without which fusermount unmounts for root only"
    return None if _fusermount() else "fusermount is missing"


def _fusermount() -> str | None:
    return shutil.which("fusermount3") or shutil.which("fusermount")


class FaultFS:
    """A mounted file system with faults; ``mount`` is what a program sees, ``root`` what lies behind."""

    def __init__(self, root: Path, mount: Path, rules: Path, *, threads: bool) -> None:
        self.root = root
        self.mount = mount
        self._rules = rules
        self._threads = threads
        self._daemon: subprocess.Popen[bytes] | None = None

    def set(self, *rules: Rule) -> None:
        """From now on these rules and no others; counting starts anew for those that are new."""
        if not self._threads and any(rule.fault is Fault.HANG for rule in rules):
            raise ValueError("a rule that hangs needs threads=True")
        beside = self._rules.with_suffix(".new")
        beside.write_text(json.dumps([asdict(rule) for rule in rules]), "utf-8")
        beside.replace(self._rules)

    def clear(self) -> None:
        """No faults any more; what hangs goes on."""
        self.set()

    def pull(self) -> None:
        """Kill the file system under its mount: a card pulled out. Every call answers ``ENOTCONN`` from then on."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()

    def start(self, *options: str) -> None:
        """Mount. Raises :class:`RuntimeError` when that fails."""
        self.clear()
        command = [sys.executable, __file__, str(self.root), str(self.mount), "--rules", str(self._rules), *options]
        self._daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + MOUNT_SECONDS
        while not os.path.ismount(self.mount):
            if self._daemon.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.mount} could not be mounted")
            time.sleep(0.01)

    def stop(self) -> None:
        """Let go what hangs, unmount (when files are still open, from the tree at least), end the daemon."""
        self.clear()
        deadline = time.monotonic() + UNMOUNT_SECONDS
        while not self._unmount() and time.monotonic() < deadline:
            time.sleep(0.1)
        self._unmount("-z")
        if self._daemon is not None:
            try:
                self._daemon.wait(UNMOUNT_SECONDS)
            except subprocess.TimeoutExpired:
                self.pull()

    def _unmount(self, *options: str) -> bool:
        command = [_fusermount() or "fusermount", "-u", "-q", *options, str(self.mount)]
        return subprocess.run(command, capture_output=True).returncode == 0


@contextmanager
def faultfs(root: Path, mount: Path, *, threads: bool = False, cached: bool = False) -> Iterator[FaultFS]:
    """The folder ``root`` seen through ``mount`` (made when missing), without faults at first."""
    mount.mkdir(parents=True, exist_ok=True)
    rules = mount.parent / f".{mount.name}.faults"
    fs = FaultFS(root, mount, rules, threads=threads)
    try:
        fs.start(*(["--threads"] if threads else []), *(["--cached"] if cached else []))
        yield fs
    finally:
        fs.stop()
        rules.unlink()


class _Rules:
    """The rules as they stand in their file at this moment, and how often each has been met."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._text = ""
        self._now: tuple[Rule, ...] = ()
        self._met: Counter[tuple[Rule, str]] = Counter()
        self._lock = threading.Lock()

    def now(self) -> tuple[Rule, ...]:
        text = self._file.read_text("utf-8")
        with self._lock:
            if text != self._text:
                rows = json.loads(text)
                self._now = tuple(Rule(**{**row, "fault": Fault(row["fault"]), "on": On(row["on"])}) for row in rows)
                self._text = text
                for key in [key for key in self._met if key[0] not in self._now]:
                    del self._met[key]
            return self._now

    def fitting(self, path: str, on: On, fault: Fault) -> list[Rule]:
        return [rule for rule in self.now() if rule.fault is fault and rule.on is on and fnmatchcase(path, rule.path)]

    def meet(self, rule: Rule, path: str) -> bool:
        """Count one call that the rule fits: whether this one is spoilt."""
        with self._lock:
            spoilt = self.active(rule, path)
            self._met[rule, path] += 1
        return spoilt

    def met(self, rule: Rule, path: str) -> int:
        """Calls counted so far; for writes the bytes, under the path ``/``."""
        return self._met[rule, path]

    def active(self, rule: Rule, path: str) -> bool:
        """Whether the next call that the rule fits will be spoilt."""
        met = self._met[rule, path] + 1 - rule.skip
        return met > 0 and (rule.count is None or met <= rule.count)

    def spend(self, rule: Rule, wanted: int) -> int:
        """How many of ``wanted`` bytes the rule still lets be written."""
        with self._lock:
            granted = min(wanted, max(0, rule.offset - self._met[rule, "/"]))
            self._met[rule, "/"] += granted
        return granted


class _Operations:
    """The calls of the file system, in the form that mfusepy wants them; paths begin with ``/``."""

    use_ns = True

    def __init__(self, root: Path, rules: _Rules) -> None:
        self._root = str(root)
        self._rules = rules

    def _real(self, path: str) -> Path:
        return Path(self._root + path)

    def _raise(self, rule: Rule) -> OSError:
        return OSError(getattr(errno, rule.error), rule.error)

    def _before(self, path: str, on: On) -> None:
        """What befalls a call as a whole."""
        name = path[1:]
        for rule in self._rules.fitting(name, on, Fault.SLOW):
            if self._rules.meet(rule, name):
                time.sleep(rule.seconds)
        for rule in self._rules.fitting(name, on, Fault.HANG):
            if self._rules.meet(rule, name):
                while rule in self._rules.now():
                    time.sleep(0.02)
        if on not in (On.READ, On.WRITE):
            for rule in self._rules.fitting(name, on, Fault.ERROR):
                if self._rules.meet(rule, name):
                    raise self._raise(rule)

    def _vanished(self, path: str) -> bool:
        rules = [rule for rule in self._rules.now() if rule.fault is Fault.VANISH and fnmatchcase(path[1:], rule.path)]
        return any(self._rules.met(rule, path[1:]) > rule.skip for rule in rules)

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        self._before(path, On.GETATTR)
        if self._vanished(path):
            raise FileNotFoundError(errno.ENOENT, path)
        about = self._real(path).lstat() if fh is None else os.fstat(fh)
        names = ("st_mode", "st_ino", "st_nlink", "st_uid", "st_gid", "st_size", "st_blocks", "st_rdev")
        times = {f"st_{name}": getattr(about, f"st_{name}_ns") for name in ("atime", "mtime", "ctime")}
        return {**{name: getattr(about, name) for name in names}, **times}

    def readdir(self, path: str, fh: int) -> list[tuple[str, dict[str, int], int]]:
        self._before(path, On.READDIR)
        above = self._real(path).stat()
        entries = [
            (".", {"st_mode": above.st_mode, "st_ino": above.st_ino}, 0),
            ("..", {"st_mode": above.st_mode, "st_ino": 1}, 0),
        ]
        for entry in self._real(path).iterdir():
            if not self._vanished(f"{path.rstrip('/')}/{entry.name}"):
                about = entry.lstat()
                entries.append((entry.name, {"st_mode": about.st_mode, "st_ino": about.st_ino}, 0))
        return entries

    def readlink(self, path: str) -> str:
        return os.readlink(self._real(path))  # noqa: PTH115 - the text as it stands

    def open(self, path: str, flags: int) -> int:
        self._before(path, On.OPEN)
        for rule in self._rules.now():
            if rule.fault is Fault.VANISH and fnmatchcase(path[1:], rule.path) and self._rules.meet(rule, path[1:]):
                raise FileNotFoundError(errno.ENOENT, path)
        return os.open(self._real(path), flags & ~(os.O_DIRECT | os.O_APPEND))

    def create(self, path: str, mode: int, flags: int) -> int:
        return os.open(self._real(path), flags & ~(os.O_DIRECT | os.O_APPEND) | os.O_CREAT, mode)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        self._before(path, On.READ)
        name = path[1:]
        data = bytearray(os.pread(fh, size, offset))
        for rule in self._rules.fitting(name, On.READ, Fault.FLIP):
            if offset <= rule.offset < offset + len(data) and self._rules.meet(rule, name):
                data[rule.offset - offset] ^= 1
        for rule in self._rules.fitting(name, On.READ, Fault.ERROR):
            if offset < rule.offset < offset + size and self._rules.active(rule, name):
                del data[rule.offset - offset :]
            elif offset >= rule.offset and self._rules.meet(rule, name):
                raise self._raise(rule)
        for rule in self._rules.fitting(name, On.READ, Fault.GROW):
            if self._rules.meet(rule, name):
                with open(self._real(path), "ab") as file:
                    file.write(b"\x55" * rule.size)
        return bytes(data)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._before(path, On.WRITE)
        for rule in self._rules.fitting(path[1:], On.WRITE, Fault.ERROR):
            granted = self._rules.spend(rule, len(data))
            if not granted and data:
                raise self._raise(rule)
            data = data[:granted]
        return os.pwrite(fh, data, offset)

    def fallocate(self, path: str, mode: int, offset: int, size: int, fh: int) -> int:
        if mode:
            raise OSError(errno.EOPNOTSUPP, path)
        for rule in self._rules.fitting(path[1:], On.WRITE, Fault.ERROR):
            if size > rule.offset - self._rules.met(rule, "/"):
                raise self._raise(rule)
        os.posix_fallocate(fh, offset, size)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._before(path, On.FSYNC)
        os.fsync(fh)
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._before(path, On.FSYNC)
        return 0

    def release(self, path: str, fh: int) -> int:
        os.close(fh)
        return 0

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        os.truncate(self._real(path) if fh is None else fh, length)
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        about = os.statvfs(self._real(path))
        return {name: getattr(about, name) for name in dir(about) if name.startswith("f_")}

    def utimens(self, path: str, times: tuple[int, int]) -> int:
        os.utime(self._real(path), ns=times, follow_symlinks=False)
        return 0

    def chmod(self, path: str, mode: int) -> int:
        self._real(path).chmod(stat.S_IMODE(mode))
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        os.lchown(self._real(path), uid, gid)
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        self._real(path).mkdir(mode)
        return 0

    def rmdir(self, path: str) -> int:
        self._real(path).rmdir()
        return 0

    def unlink(self, path: str) -> int:
        self._real(path).unlink()
        return 0

    def rename(self, old: str, new: str) -> int:
        self._real(old).rename(self._real(new))
        return 0

    def symlink(self, target: str, source: str) -> int:
        self._real(target).symlink_to(source)
        return 0

    def link(self, target: str, source: str) -> int:
        self._real(target).hardlink_to(self._real(source))
        return 0


def main() -> None:
    """Mount and serve until unmounted."""
    import mfusepy  # needs libfuse, which a test that is going to be skipped does not

    parser = argparse.ArgumentParser(description="A pass-through file system with faults.")
    parser.add_argument("root", type=Path)
    parser.add_argument("mount", type=Path)
    parser.add_argument("--rules", type=Path, required=True)
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("--cached", action="store_true")
    asked = parser.parse_args()
    options = {"fsname": "faultfs", "attr_timeout": 0, "entry_timeout": 0, "negative_timeout": 0, "big_writes": True}
    mfusepy.FUSE(
        _Operations(asked.root.resolve(), _Rules(asked.rules.resolve())),
        str(asked.mount),
        foreground=True,
        nothreads=not asked.threads,
        direct_io=not asked.cached,
        use_ino=True,
        allow_other=os.geteuid() == 0,
        default_permissions=True,
        **options,
    )


if __name__ == "__main__":
    main()
