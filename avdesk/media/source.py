"""One untrusted file, opened so that reading it changes nothing and leaves nothing of it in memory."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def error_name(error: OSError) -> str:
    """The system's short name of an error: ``EIO``."""
    return errno.errorcode.get(error.errno or 0, "UNKNOWN")


def _open_quietly(path: Path) -> int:
    """Open for reading: no link followed, no pipe waited for, the time of last access kept where that is allowed."""
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return os.open(path, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        return os.open(path, flags)


def open_source(path: Path) -> Source:
    """Raises :class:`OSError` when the file can't be opened, or is not a regular one (``EINVAL``)."""
    fd = _open_quietly(path)
    about = os.fstat(fd)
    if not stat.S_ISREG(about.st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "not a regular file")
    return Source(fd, about.st_size)


class Source(io.RawIOBase):
    """The bytes of a regular file, ``size`` of them.

    The first error of the device is kept in ``error`` and then reads as the end of the file, so that no library between
    here and the caller can swallow it, and none keeps asking a failing device.
    """

    def __init__(self, fd: int, size: int) -> None:
        self._fd = fd
        self.size = size
        self.error: OSError | None = None

    @property
    def state(self) -> tuple[int, int]:
        """Size in bytes and last change in nanoseconds: when both are the same, so is the content."""
        about = os.fstat(self._fd)
        return about.st_size, about.st_mtime_ns

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return os.lseek(self._fd, offset, whence)

    def fileno(self) -> int:
        return self._fd

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self.error is not None:
            return 0
        try:
            data = os.read(self._fd, len(memoryview(buffer)))
        except OSError as error:
            self.error = error
            return 0
        memoryview(buffer)[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            if sys.platform == "linux":
                os.posix_fadvise(self._fd, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(self._fd)
        super().close()
