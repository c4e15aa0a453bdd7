"""A vault root: a folder with a marker, held by a descriptor so that nothing lands below an empty mount point."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from avdesk.errors import UsageError, VaultFull, VaultUnavailable

MARKER = "avdesk-vault.json"
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class VaultPlace:
    """Where a vault lies on this PC."""

    vault_id: str
    path: Path


def create_vault(path: Path, vault_id: str) -> VaultPlace:
    """Make the folder and its marker; an existing vault keeps its id. A folder with other things in it is refused."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (path / MARKER).exists():
        return VaultPlace(read_marker(path), path)
    if any(entry.name != "lost+found" for entry in path.iterdir()):
        raise UsageError("FOLDER_NOT_EMPTY", path=str(path))
    folder = os.open(path, FOLDER)
    try:
        write_durably(MARKER, folder, json.dumps({"vault_id": vault_id}).encode() + b"\n")
    finally:
        os.close(folder)
    return VaultPlace(vault_id, path)


def read_marker(path: Path) -> str:
    """The id of the vault at ``path``. Raises :class:`VaultUnavailable` with the reason."""
    try:
        marker = json.loads((path / MARKER).read_bytes())
        return str(UUID(str(marker["vault_id"])))
    except FileNotFoundError:
        raise VaultUnavailable(path=str(path), reason="NO_MARKER" if path.is_dir() else "NO_FOLDER") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VaultUnavailable(path=str(path), reason="BAD_MARKER", detail=str(error)) from error


class VaultRoot:
    """An open vault; every path in it is reached from its descriptor. Raises :class:`VaultUnavailable`."""

    def __init__(self, place: VaultPlace) -> None:
        self.vault_id = place.vault_id
        self.path = place.path
        if read_marker(place.path) != place.vault_id:
            raise VaultUnavailable(path=str(place.path), reason="OTHER_VAULT", vault_id=place.vault_id)
        try:
            self.descriptor = os.open(place.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise VaultUnavailable(path=str(place.path), reason=reason_of(error)) from error
        self._identity = os.fstat(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        os.close(self.descriptor)

    def require(self) -> None:
        """Raises :class:`VaultUnavailable` when another file system now lies at the place of this vault."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise VaultUnavailable(path=str(self.path), reason=reason_of(error)) from error
        if (found.st_dev, found.st_ino) != (self._identity.st_dev, self._identity.st_ino):
            raise VaultUnavailable(path=str(self.path), reason="UNMOUNTED", vault_id=self.vault_id)

    @contextlib.contextmanager
    def faults(self) -> Iterator[None]:
        """What the system refuses in here is this vault's fault: :class:`VaultFull`, else :class:`VaultUnavailable`.

        That something is not there, or there already, is left to the caller.
        """
        try:
            yield
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError as error:
            fault = VaultFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else VaultUnavailable
            raise fault(path=str(self.path), reason=reason_of(error), vault_id=self.vault_id) from error

    def free(self) -> int:
        """Bytes that may still be written."""
        room = os.fstatvfs(self.descriptor)
        return room.f_bavail * room.f_frsize


def reason_of(error: OSError) -> str:
    """The name of an error of the system, e.g. ``EROFS``."""
    return errno.errorcode.get(error.errno or 0, "EIO")


def open_below(folder: int, path: str, *, create: bool = False) -> int:
    """A descriptor of a folder below another, no link followed; made, and its parent synced, when ``create``."""
    descriptor = os.open(".", FOLDER, dir_fd=folder)
    for part in path.split("/") if path else ():
        try:
            below = _enter(descriptor, part, create=create)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


def _enter(folder: int, name: str, *, create: bool) -> int:
    if create:
        try:
            os.mkdir(name, 0o700, dir_fd=folder)
        except FileExistsError:
            pass
        else:
            os.fsync(folder)
    return os.open(name, FOLDER, dir_fd=folder)


def write_durably(name: str, folder: int, content: bytes) -> None:
    """Write a small file beside its place, sync it, rename it, sync the folder."""
    work = f".{name}.new"
    descriptor = os.open(
        work, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=folder
    )
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


def exists(name: str, folder: int) -> bool:
    """Whether an entry of that name is there, of any kind."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def walk_files(folder: int, prefix: str = "") -> list[tuple[str, int]]:
    """Every regular file below a folder with its size, by path; other entries too, with size -1."""
    found: list[tuple[str, int]] = []
    waiting = [prefix]
    while waiting:
        path = waiting.pop()
        descriptor = open_below(folder, path)
        try:
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    name = f"{path}/{entry.name}" if path else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(name)
                        continue
                    status = entry.stat(follow_symlinks=False)
                    found.append((name, status.st_size if stat.S_ISREG(status.st_mode) else -1))
        finally:
            os.close(descriptor)
    return sorted(found)
