"""Reading what lies on a source: every entry by its bytes, no link followed, never out of the card."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from avdesk.errors import SourceMissing
from avdesk.findings import Finding
from avdesk.recorders.mountinfo import read_mounts

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file; ``path`` are the bytes relative to the source, ``size`` in bytes.

    ``mtime_ns`` is held within 64 bits (to the year 2262), which is what a catalogue can keep. Of a file that the card
    lists but says nothing of, both are 0: opening it will tell why.
    """

    path: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """What is no regular file, with its reason: LINK, FIFO, SOCKET, DEVICE, OTHER_FILE_SYSTEM."""

    path: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything found, by bytes of path. ``findings`` are folders, and entries of no known kind, that could not be
    read (WALK_ERROR).
    """

    files: tuple[SourceFile, ...]
    others: tuple[OtherEntry, ...]
    findings: tuple[Finding, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over path, size and mtime of every file: the same card in the same state."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(b"%d:%s,%d,%d\n" % (len(file.path), file.path, file.size, file.mtime_ns))
        return digest.hexdigest()


class Source:
    """An open source: a mount or any folder, or chosen files of one folder. Reading it changes nothing on it.

    It works from a descriptor of its root, component by component, so paths may be longer than the system's limit and a
    folder that becomes a link in mid-work leads nowhere. Raises :class:`SourceMissing`.
    """

    def __init__(self, root: Path, only: Collection[bytes] | None = None) -> None:
        self.root = root
        self.only = frozenset(only) if only is not None else None
        try:
            self._descriptor = _open(os.fsencode(root), _FOLDER & ~os.O_NOFOLLOW)
        except OSError as error:
            raise SourceMissing(path=str(root), reason=error.strerror) from error
        self.device = os.fstat(self._descriptor).st_dev
        self._node = _device_node(self.device)
        self._folder = (b"", self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._keep(b"", self._descriptor)
        os.close(self._descriptor)

    def present(self) -> bool:
        """Whether the same file system still lies at the root and answers, and its device is there.

        The root alone may still be in memory when the card is out.
        """
        try:
            found = self.root.stat()
            with os.scandir(self._descriptor) as entries:
                next(entries, None)
        except OSError:
            return False
        return found.st_dev == self.device and (self._node is None or self._node.exists())

    def open_file(self, path: bytes) -> int:
        """A descriptor for reading. Raises ``OSError``; a file that is no longer regular is ENOENT.

        Closing it may raise ``OSError`` too when the card was pulled.
        """
        folder, _, name = path.rpartition(b"/")
        try:
            descriptor = _open(name, _FILE, self._open_folder(folder))
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise _not_regular(path) from error
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise _not_regular(path)
        return descriptor

    def scan(self, most: int | None = None) -> Scan:
        """Read the whole tree, or only the chosen files; at ``most`` files it stops with TOO_MANY_FILES."""
        files: list[SourceFile] = []
        others: list[OtherEntry] = []
        findings: list[Finding] = []
        waiting = [b""]
        while waiting:
            if most is not None and len(files) >= most:
                findings.append(Finding("TOO_MANY_FILES", None, {"most": most}))
                break
            folder = waiting.pop()
            try:
                for entry in self._entries(folder):
                    match entry:
                        case SourceFile():
                            files.append(entry)
                        case OtherEntry():
                            others.append(entry)
                        case Finding():
                            findings.append(entry)
                        case bytes():
                            waiting.append(entry)
            except OSError as error:
                findings.append(_walk_error(folder or b".", error))
        files.sort(key=lambda file: file.path)
        others.sort(key=lambda other: other.path)
        return Scan(tuple(files), tuple(others), tuple(findings))

    def _entries(self, folder: bytes) -> Iterator[SourceFile | OtherEntry | Finding | bytes | None]:
        """What lies in a folder; the path of a folder below."""
        prefix = folder + b"/" if folder else b""
        with os.scandir(self._open_folder(folder)) as entries:
            for entry in entries:
                path = prefix + os.fsencode(entry.name)
                if self.only is None or path in self.only:
                    yield self._judge(path, entry)

    def _judge(self, path: bytes, entry: os.DirEntry[str]) -> SourceFile | OtherEntry | Finding | bytes | None:
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return None  # vanished while the folder was read
        except OSError as error:
            return _untold(path, entry, error)
        if stat.S_ISREG(found.st_mode):
            return SourceFile(path, found.st_size, min(max(found.st_mtime_ns, _FIRST), _LAST))
        if stat.S_ISDIR(found.st_mode) and found.st_dev == self.device:
            return path
        return OtherEntry(path, _reason(found.st_mode))

    def _open_folder(self, folder: bytes) -> int:
        """A descriptor of a folder, kept until another is asked for.

        Most files lie in the folder of the file before, and most folders in the one that was read before them.
        """
        known, here = self._folder
        if folder == known:
            return here
        inside = folder.startswith(known + b"/") if known else True
        descriptor = _open(b".", _FOLDER, here if inside else self._descriptor)
        for part in filter(None, folder[len(known) if inside else 0 :].split(b"/")):
            try:
                below = _open(part, _FOLDER, descriptor)
            finally:
                os.close(descriptor)
            descriptor = below
        self._keep(folder, descriptor)
        return descriptor

    def _keep(self, folder: bytes, descriptor: int) -> None:
        if self._folder[1] != self._descriptor:
            os.close(self._folder[1])
        self._folder = (folder, descriptor)


def _open(name: bytes, flags: int, folder: int | None = None) -> int:
    """Open without changing the time of access, so that reading leaves no trace on a card; where that is allowed."""
    try:
        return os.open(name, flags | getattr(os, "O_NOATIME", 0), dir_fd=folder)
    except PermissionError:
        return os.open(name, flags, dir_fd=folder)


def _untold(path: bytes, entry: os.DirEntry[str], error: OSError) -> SourceFile | Finding:
    """An entry whose size and time the card does not tell: a file when at least its folder says so."""
    try:
        if entry.is_file(follow_symlinks=False):
            return SourceFile(path, 0, 0)
    except OSError:
        pass  # the folder does not say it either
    return _walk_error(path, error)


def _walk_error(path: bytes, error: OSError) -> Finding:
    return Finding("WALK_ERROR", os.fsdecode(path), {"reason": _code(error)})


def _not_regular(path: bytes) -> FileNotFoundError:
    return FileNotFoundError(errno.ENOENT, "no longer a regular file", os.fsdecode(path))


def _code(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "EIO")


def _device_node(device: int) -> Path | None:
    """The node of the block device that a file system lies on, directly or through a server in user space."""
    number = f"{os.major(device)}:{os.minor(device)}"
    source = next((mount.source for mount in read_mounts() if mount.number == number), "")
    node = Path(source)
    return node if node.is_absolute() and node.is_block_device() else None


def _reason(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "LINK"
    if stat.S_ISFIFO(mode):
        return "FIFO"
    if stat.S_ISSOCK(mode):
        return "SOCKET"
    if stat.S_ISDIR(mode):
        return "OTHER_FILE_SYSTEM"
    return "DEVICE"
