"""Reading what lies on a source: every entry by its bytes, no link followed, never out of the card."""

from __future__ import annotations

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

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file; ``path`` are the bytes relative to the source, ``size`` in bytes."""

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
    """Everything found, by bytes of path. ``findings`` are folders that could not be read (WALK_ERROR)."""

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
    """An open source: a mount or any folder, or chosen files of one folder.

    It works from a descriptor of its root, component by component, so paths may be longer than the system's limit and a
    folder that becomes a link in mid-work leads nowhere. Raises :class:`SourceMissing`.
    """

    def __init__(self, root: Path, only: Collection[bytes] | None = None) -> None:
        self.root = root
        self.only = frozenset(only) if only is not None else None
        try:
            self._descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise SourceMissing(path=str(root), reason=error.strerror) from error
        self.device = os.fstat(self._descriptor).st_dev
        self._folder: tuple[bytes, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._folder is not None:
            os.close(self._folder[1])
            self._folder = None
        os.close(self._descriptor)

    def present(self) -> bool:
        """Whether the same file system still lies at the root and answers."""
        try:
            found = self.root.stat()
            with os.scandir(self._descriptor) as entries:
                next(entries, None)
        except OSError:
            return False
        return found.st_dev == self.device

    def open_file(self, path: bytes) -> int:
        """A descriptor for reading. Raises ``OSError``; a file that is no longer regular is ENOENT."""
        folder, _, name = path.rpartition(b"/")
        descriptor = os.open(name, _FILE, dir_fd=self._open_cached(folder))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileNotFoundError(2, "no longer a regular file", os.fsdecode(path))
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
                for path, found in self._entries(folder):
                    if self.only is not None and path not in self.only:
                        continue
                    if stat.S_ISREG(found.st_mode):
                        files.append(SourceFile(path, found.st_size, found.st_mtime_ns))
                    elif stat.S_ISDIR(found.st_mode) and found.st_dev == self.device:
                        waiting.append(path)
                    else:
                        others.append(OtherEntry(path, _reason(found.st_mode)))
            except OSError as error:
                findings.append(Finding("WALK_ERROR", os.fsdecode(folder) or ".", {"reason": error.strerror or "EIO"}))
        files.sort(key=lambda file: file.path)
        others.sort(key=lambda other: other.path)
        return Scan(tuple(files), tuple(others), tuple(findings))

    def _entries(self, folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
        descriptor = self._open_folder(folder)
        try:
            prefix = folder + b"/" if folder else b""
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    try:
                        found = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # vanished while the folder was read
                    yield prefix + os.fsencode(entry.name), found
        finally:
            os.close(descriptor)

    def _open_folder(self, folder: bytes) -> int:
        descriptor = os.open(".", _FOLDER, dir_fd=self._descriptor)
        for part in folder.split(b"/") if folder else ():
            try:
                below = os.open(part, _FOLDER, dir_fd=descriptor)
            finally:
                os.close(descriptor)
            descriptor = below
        return descriptor

    def _open_cached(self, folder: bytes) -> int:
        """Most files lie in the folder of the file before."""
        if self._folder is None or self._folder[0] != folder:
            descriptor = self._open_folder(folder)
            if self._folder is not None:
                os.close(self._folder[1])
            self._folder = (folder, descriptor)
        return self._folder[1]


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
