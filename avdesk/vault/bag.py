"""A BagIt bag (RFC 8493) being filled and sealed; anyone can read and check it without avdesk.

OPEN: no ``bagit.txt``, so never valid by accident; work files in ``.incoming/<n>``. SEALED: manifests synced,
``bagit.txt`` last, payload read-only.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from avdesk.vault.medium import make_read_only, make_writable
from avdesk.vault.root import FOLDER, VaultRoot, exists, open_below, walk_files, write_durably

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FILES = "avdesk-files.jsonl"
INGEST = "avdesk-ingest.json"
TAG_FILES = ("bag-info.txt", "manifest-sha256.txt", FILES, INGEST)
_BAGIT = "bagit.txt"
_TAG_MANIFEST = "tagmanifest-sha256.txt"
_INCOMING = ".incoming"
_LOCK = "lock"
_JOURNAL = "journal.jsonl"
_HIDDEN = (".fuse_hidden", ".nfs")
_HIDDEN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What a file in ``data/`` is, written before it is renamed into place; ``original`` as hex of its bytes."""

    stored_path: str
    original: str
    size: int
    mtime_ns: int
    sha256: str
    sm3: str | None


class OpenBag:
    """A bag whose lock this process holds, in one vault. Use :func:`open_bag`."""

    def __init__(self, vault: VaultRoot, path: str, folder: int, incoming: int, lock: int) -> None:
        self.vault = vault
        self.path = path
        self.folder = folder
        self.incoming = incoming
        self._lock = lock
        self._removed = False
        self._data = open_below(folder, "data", create=True)

    def close(self) -> None:
        """Let the lock go; the bag stays as it is.

        A finished bag's work folder goes now, not before: FUSE and NFS keep a removed file under another name in it
        for as long as it is open, as the lock is.
        """
        os.close(self._data)
        os.close(self.incoming)
        with contextlib.suppress(OSError):  # of a vault that went away: closing gives the lock up all the same
            os.close(self._lock)
        with contextlib.suppress(OSError):  # as before
            if self._removed or self.sealed:
                self._remove_incoming()
        os.close(self.folder)
        if self._removed:
            self._remove_folder()

    def journal(self, lines: Iterable[JournalLine]) -> None:
        """Say durably what the next renames bring, so that a crash after them loses no name."""
        text = "".join("\n" + json.dumps([getattr(line, slot) for slot in JournalLine.__slots__]) for line in lines)
        if not text:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(_JOURNAL, flags, 0o600, dir_fd=self.incoming)
        with open(descriptor, "wb") as file:
            begun = os.fstat(descriptor).st_size > 0
            file.write(text.encode() + b"\n")
            file.flush()
            os.fsync(descriptor)
        if not begun:
            os.fsync(self.incoming)

    def journalled(self) -> dict[str, JournalLine]:
        """What the journal says, by stored path; a line cut by a crash is left out."""
        lines: dict[str, JournalLine] = {}
        with self.vault.faults(), contextlib.suppress(FileNotFoundError):
            descriptor = os.open(_JOURNAL, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self.incoming)
            with open(descriptor, "rb") as file:
                for raw in file:
                    with contextlib.suppress(ValueError, TypeError):
                        line = JournalLine(*json.loads(raw))
                        lines[line.stored_path] = line
        return lines

    def adopt(self, renames: Iterable[tuple[str, str]]) -> dict[str, OSError]:
        """Rename synced work files into ``data`` and sync every folder touched. Nothing is ever overwritten.

        Returns the error of each work file that stayed. Raises :class:`VaultUnavailable` when the vault was unmounted
        meanwhile, ``OSError`` when a folder could not be synced.
        """
        self.vault.require()
        folders: dict[str, int] = {}
        failed: dict[str, OSError] = {}
        try:
            for work, stored_path in renames:
                parent, _, name = stored_path.rpartition("/")
                try:
                    if parent not in folders:
                        folders[parent] = open_below(self._data, parent, create=True)
                    if exists(name, folders[parent]):
                        raise FileExistsError(errno.EEXIST, "in the way", stored_path)
                    os.rename(work, name, src_dir_fd=self.incoming, dst_dir_fd=folders[parent])
                except OSError as error:
                    failed[work] = error
            for descriptor in folders.values():
                os.fsync(descriptor)
        finally:
            for descriptor in folders.values():
                os.close(descriptor)
        return failed

    def discard(self, work: str) -> None:
        """Remove a work file that will not be adopted; where the vault refuses, reconciliation does it later."""
        with contextlib.suppress(OSError):
            os.unlink(work, dir_fd=self.incoming)

    def work_files(self) -> list[str]:
        """Work files left in ``.incoming`` by a run that ended early."""
        with self.vault.faults():
            return [name for name, _size in walk_files(self.incoming) if name.isdecimal()]

    def payload(self) -> list[tuple[str, int]]:
        """Stored path and size of everything in ``data``; -1 for what is no regular file."""
        with self.vault.faults():
            return walk_files(self._data)

    @property
    def sealed(self) -> bool:
        """Whether ``bagit.txt`` is there."""
        return exists(_BAGIT, self.folder)

    @contextlib.contextmanager
    def payload_folder(self, stored_path: str) -> Iterator[tuple[str, int]]:
        """Name and folder descriptor of a payload file."""
        parent, _, name = stored_path.rpartition("/")
        descriptor = open_below(self._data, parent)
        try:
            yield name, descriptor
        finally:
            os.close(descriptor)

    def quarantine(self, stored_path: str) -> str:
        """Take a payload file that nothing accounts for out of the bag; its new path, relative to the vault root."""
        place = f"quarantine/{self.path.rpartition('/')[2]}"
        with self.vault.faults(), contextlib.ExitStack() as opened:
            target = open_below(self.vault.descriptor, place, create=True)
            opened.callback(os.close, target)
            number = 1
            while exists(str(number), target):
                number += 1
            name, folder = opened.enter_context(self.payload_folder(stored_path))
            make_writable(folder)
            os.rename(name, str(number), src_dir_fd=folder, dst_dir_fd=target)
            os.fsync(folder)
            os.fsync(target)
        return f"{place}/{number}"

    def seal(
        self, info: Mapping[str, str], files: Iterable[Mapping[str, object]], ingest: Mapping[str, object]
    ) -> list[str]:
        """Write every tag file, ``bagit.txt`` last, and take the write bits from the payload. May be repeated.

        ``files`` need ``stored_path``, ``size`` (bytes) and ``sha256``; what they hold besides goes into the tag file.
        What they don't account for is no part of the bag: it goes into quarantine, and its new paths are returned.
        """
        self.vault.require()
        rows = sorted(files, key=lambda row: str(row["stored_path"]))
        known = {str(row["stored_path"]) for row in rows}
        strangers = [self.quarantine(path) for path, _size in self.payload() if path not in known]
        total = sum(int(str(row["size"])) for row in rows)
        content = {
            "bag-info.txt": _bag_info({**info, "Payload-Oxum": f"{total}.{len(rows)}"}),
            "manifest-sha256.txt": "".join(f"{row['sha256']}  data/{row['stored_path']}\n" for row in rows).encode(),
            FILES: "".join(json.dumps(row, sort_keys=True) + "\n" for row in rows).encode(),
            INGEST: json.dumps(ingest, sort_keys=True, indent=1).encode() + b"\n",
        }
        for name in TAG_FILES:
            write_durably(name, self.folder, content[name])
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in {**content, _BAGIT: DECLARATION}.items()}
        tag_manifest = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        write_durably(_TAG_MANIFEST, self.folder, tag_manifest.encode())
        write_durably(_BAGIT, self.folder, DECLARATION)
        self._protect(rows)
        self._empty_incoming()
        return strangers

    def remove(self) -> None:
        """Take away a bag into which nothing was put, when it is closed; one with a payload stays as it is."""
        if self.payload():
            return
        with self.vault.faults():
            self._remove_empty_folders()
            os.rmdir("data", dir_fd=self.folder)
            self._empty_incoming()
            for name in (*TAG_FILES, _TAG_MANIFEST):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=self.folder)
        self._removed = True

    def _remove_incoming(self) -> None:
        """Raises ``OSError`` when another program works on the bag again.

        FUSE hears of a closed file some time after ``close`` came back, and only then takes the hidden name away.
        """
        deadline = time.monotonic() + _HIDDEN_SECONDS
        while True:
            try:
                os.rmdir(_INCOMING, dir_fd=self.folder)
                return
            except OSError as error:
                full = error.errno in (errno.ENOTEMPTY, errno.EEXIST)
                if not full or time.monotonic() > deadline or not self._only_hidden_names():
                    raise
            time.sleep(0.01)

    def _only_hidden_names(self) -> bool:
        incoming = open_below(self.folder, _INCOMING)
        try:
            with os.scandir(incoming) as entries:
                return all(entry.name.startswith(_HIDDEN) for entry in entries)
        finally:
            os.close(incoming)

    def _remove_folder(self) -> None:
        parent, _, name = self.path.rpartition("/")
        with contextlib.suppress(OSError):  # somebody put something there: it stays
            descriptor = open_below(self.vault.descriptor, parent)
            try:
                os.rmdir(name, dir_fd=descriptor)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _remove_empty_folders(self) -> None:
        for path in sorted(_folders(self._data), key=len, reverse=True):
            parent, _, name = path.rpartition("/")
            descriptor = open_below(self._data, parent)
            try:
                os.rmdir(name, dir_fd=descriptor)
            finally:
                os.close(descriptor)

    def _protect(self, rows: Iterable[Mapping[str, object]]) -> None:
        for row in rows:
            with self.payload_folder(str(row["stored_path"])) as (name, folder):
                make_read_only(name, folder)
        for path in sorted(_folders(self._data), key=len, reverse=True):
            parent, _, name = path.rpartition("/")
            descriptor = open_below(self._data, parent)
            try:
                make_read_only(name, descriptor)
            finally:
                os.close(descriptor)
        make_read_only("data", self.folder)

    def _empty_incoming(self) -> None:
        for name, _size in walk_files(self.incoming):
            os.unlink(name, dir_fd=self.incoming)


def open_bag(vault: VaultRoot, path: str, *, create: bool = False) -> OpenBag | None:
    """The bag at ``path`` (relative to the vault root) under its lock, or ``None`` when somebody else holds it.

    Raises ``FileNotFoundError`` when it is not there and not to be made, ``FileExistsError`` when it is there already,
    :class:`VaultUnavailable`, :class:`VaultFull`.
    """
    vault.require()
    if not path:
        raise FileNotFoundError(errno.ENOENT, "a bag without a name")
    with vault.faults(), contextlib.ExitStack() as opened:
        if create:
            _make_folder(vault, path)
        folder = open_below(vault.descriptor, path)
        opened.callback(os.close, folder)
        incoming = open_below(folder, _INCOMING, create=True)
        opened.callback(os.close, incoming)
        lock = os.open(_LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=incoming)
        opened.callback(os.close, lock)
        if not _take(lock) or not _is_in_place(lock, incoming):
            return None
        bag = OpenBag(vault, path, folder, incoming, lock)
        opened.pop_all()
        return bag


def _make_folder(vault: VaultRoot, path: str) -> None:
    parent, _, name = path.rpartition("/")
    above = open_below(vault.descriptor, parent, create=True)
    try:
        os.mkdir(name, 0o700, dir_fd=above)
        os.fsync(above)
    finally:
        os.close(above)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_in_place(lock: int, incoming: int) -> bool:
    """Whether the lock is still the bag's: somebody may have finished it between our opening and our locking."""
    try:
        return os.path.samestat(os.fstat(lock), os.stat(_LOCK, dir_fd=incoming, follow_symlinks=False))
    except FileNotFoundError:
        return False


def is_locked(vault: VaultRoot, path: str) -> bool:
    """Whether somebody works on the bag now; makes nothing. Raises :class:`VaultUnavailable`."""
    with vault.faults(), contextlib.suppress(FileNotFoundError):
        folder = open_below(vault.descriptor, f"{path}/{_INCOMING}")
        try:
            lock = os.open(_LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        finally:
            os.close(folder)
        try:
            return not _take(lock)
        finally:
            os.close(lock)
    return False


def _folders(root: int) -> list[str]:
    """Every folder below, by path."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        path = waiting.pop()
        descriptor = open_below(root, path)
        try:
            with os.scandir(descriptor) as entries:
                below = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        finally:
            os.close(descriptor)
        paths = [f"{path}/{name}" if path else name for name in below]
        found.extend(paths)
        waiting.extend(paths)
    return found


def _bag_info(info: Mapping[str, str]) -> bytes:
    """Values on one line each, in the order of their labels."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in info.items()).encode()


__all__ = ["DECLARATION", "FILES", "FOLDER", "INGEST", "JournalLine", "OpenBag", "is_locked", "open_bag"]
