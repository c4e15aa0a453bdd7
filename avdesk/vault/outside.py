"""A file that leaves the vaults: written beside its name in a folder elsewhere, read back, and renamed over nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from avdesk.terms import ReadBack
from avdesk.vault.digests import Digesting
from avdesk.vault.medium import Medium, read_back
from avdesk.vault.root import exists, reason_of

_NO_REPLACE = 1
_NO_SUCH_CALL = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
_libc = ctypes.CDLL(None, use_errno=True)


class NotTaken(Exception):
    """The folder does not take a file; ``reason`` is an error's name, or ``DIGEST_MISMATCH``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutsideFile:
    """One file on its way into ``folder``, a descriptor. When the block ends without :meth:`keep`, nothing of it stays.

    What the folder refuses is :class:`NotTaken`, also a ``name`` that is taken: ``EEXIST``.
    """

    def __init__(self, folder: int, name: str) -> None:
        self._folder = folder
        self._name = name
        self._lies_at = f".{secrets.token_hex(8)}.part"
        self._kept = False
        try:
            if exists(name, folder):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
            self._descriptor = os.open(
                self._lies_at, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=folder
            )
        except OSError as error:
            raise NotTaken(reason_of(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what counts was synced and read back before
            os.close(self._descriptor)
        if not self._kept:
            with suppress(OSError):  # a folder that vanished took it along
                os.unlink(self._lies_at, dir_fd=self._folder)

    def write(self, piece: memoryview) -> None:
        try:
            while piece:
                piece = piece[os.write(self._descriptor, piece) :]
        except OSError as error:
            raise NotTaken(reason_of(error)) from error

    def begin_again(self) -> None:
        """Drop what was written: it came from a copy that is not good."""
        try:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
        except OSError as error:
            raise NotTaken(reason_of(error)) from error

    def finish(self, mtime_ns: int) -> None:
        """Give it the original's time where the file system can, and make it durable."""
        with suppress(OSError):
            os.utime(self._descriptor, ns=(mtime_ns, mtime_ns))
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise NotTaken(reason_of(error)) from error

    def digest(self, medium: Medium, watch: Callable[[memoryview], None]) -> tuple[str, ReadBack]:
        """SHA-256 of what lies on the medium now, and how that was read."""
        digesting = Digesting()

        def take(piece: memoryview) -> None:
            watch(piece)
            digesting.update(piece)

        try:
            method = read_back(self._lies_at, self._folder, medium, take)
        except OSError as error:
            raise NotTaken(reason_of(error)) from error
        return digesting.result().sha256, method

    def rename(self) -> None:
        """Give it its name, durably. One that exists already is never replaced: the reason is ``EEXIST``."""
        try:
            _rename_over_nothing(self._lies_at, self._name, self._folder)
            self._lies_at = self._name
            os.fsync(self._folder)
        except OSError as error:
            raise NotTaken(reason_of(error)) from error

    def keep(self) -> None:
        self._kept = True


def _rename_over_nothing(work: str, name: str, folder: int) -> None:
    """Raises ``OSError``. Where the file system can't refuse by itself, it is looked up before."""
    if _libc.renameat2(folder, os.fsencode(work), folder, os.fsencode(name), _NO_REPLACE) == 0:
        return
    number = ctypes.get_errno()
    if number not in _NO_SUCH_CALL:
        raise OSError(number, os.strerror(number), name)
    if exists(name, folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
    os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
