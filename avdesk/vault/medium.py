"""The medium below a vault: making writes durable, and reading back what really lies on it.

A read that succeeds with O_DIRECT proves nothing by itself: some file systems serve it from memory. So each destination
is probed once, and what the probe showed is what the report says.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import mmap
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from avdesk.terms import ReadBack

CHUNK = 4 << 20
_PAGE = mmap.PAGESIZE
_PROBE_SIZE = 256 << 10
_CACHESTAT = 451
_SYNC_FILE_RANGE_WRITE = 2
_MEMORY_OR_NETWORK = frozenset({"fuse", "nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs"})

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_libc.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]


@dataclass(frozen=True, slots=True)
class Medium:
    """How copies on one destination are read back; ``device`` is the block device below a FUSE file system, if any."""

    method: ReadBack
    device: str | None


def probe_medium(folder: int) -> Medium:
    """Find out by a small file in ``folder`` (a descriptor) how a read-back here must be done.

    A vault that is full or read-only takes no such file; it is still read, and each reading shows by itself whether
    its pages were gone from memory.
    """
    fstype, device = _file_system(os.fstat(folder).st_dev)
    indirect = fstype == "fuseblk" or fstype.partition(".")[0] in _MEMORY_OR_NETWORK
    below = device if indirect else None
    try:
        return Medium(_probe(folder, direct=not indirect), below)
    except OSError:
        return Medium(ReadBack.CACHE_DROPPED, below)


def _probe(folder: int, *, direct: bool) -> ReadBack:
    name = f".probe-{os.getpid()}-{os.urandom(4).hex()}"
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        os.write(descriptor, os.urandom(_PROBE_SIZE))
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        if resident_pages(descriptor, _PROBE_SIZE):
            return ReadBack.CACHED
        return ReadBack.DIRECT if direct and _direct_leaves_nothing(name, folder) else ReadBack.CACHE_DROPPED
    finally:
        os.unlink(name, dir_fd=folder)
        os.close(descriptor)


def _direct_leaves_nothing(name: str, folder: int) -> bool:
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_DIRECT | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.EOPNOTSUPP):
            return False
        raise
    try:
        with mmap.mmap(-1, _PROBE_SIZE) as buffer:
            read = os.preadv(descriptor, [buffer], 0)
        return read == _PROBE_SIZE and not resident_pages(descriptor, _PROBE_SIZE)
    except OSError as error:
        if error.errno == errno.EINVAL:
            return False
        raise
    finally:
        os.close(descriptor)


def read_back(name: str, folder: int, medium: Medium, each: Callable[[memoryview], None]) -> ReadBack:
    """Read a synced file from its medium, chunk by chunk, and leave nothing of it in memory.

    ``name`` is relative to ``folder`` (a descriptor). Returns how it was really read. Raises ``OSError``; what is no
    regular file (and might never answer) is not there.
    """
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(errno.ENOENT, "no regular file", name)
        size = status.st_size
        drop(descriptor, medium)
        dropped = resident_pages(descriptor, size) == 0
        if not dropped:
            method = ReadBack.CACHED
        elif medium.method is ReadBack.DIRECT and _read_direct(name, folder, each):
            return ReadBack.DIRECT
        else:
            method = medium.method if medium.method is not ReadBack.DIRECT else ReadBack.CACHE_DROPPED
        for chunk in read_chunks(descriptor, size):
            each(chunk)
        drop(descriptor, medium)
        return method
    finally:
        os.close(descriptor)


def _read_direct(name: str, folder: int, each: Callable[[memoryview], None]) -> bool:
    """False, before anything was handed on, when this file can't be read past the cache."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECT | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.EINVAL:
            return False
        raise
    try:
        size = os.fstat(descriptor).st_size
        for chunk in read_chunks(descriptor, size):
            each(chunk)
        return True
    finally:
        os.close(descriptor)


def buffer_size(size: int) -> int:
    """Bytes of a buffer in whole pages for a file of ``size`` bytes; a small file needs no large one cleared for it."""
    return min(CHUNK, (size // _PAGE + 1) * _PAGE)


def read_chunks(descriptor: int, size: int) -> Iterator[memoryview]:
    """The ``size`` bytes of a file in page-aligned pieces; each is valid until the next is asked for.

    Nothing is read past its end, which would be unaligned for O_DIRECT.
    """
    buffer = mmap.mmap(-1, buffer_size(size))
    view = memoryview(buffer)
    offset = 0
    try:
        while offset < size:
            count = os.preadv(descriptor, [view], offset)
            if count == 0:
                return
            offset += count
            yield view[:count]
    finally:
        view.release()
        with contextlib.suppress(BufferError):  # the last piece is still in the caller's hands
            buffer.close()


def drop(descriptor: int, medium: Medium) -> None:
    """Forget the pages of a synced file, also those of the block device below a FUSE file system."""
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    if medium.device is None:
        return
    try:
        below = os.open(medium.device, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return  # only root may; the file's own pages are gone all the same
    try:
        os.posix_fadvise(below, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(below)


class _Range(ctypes.Structure):
    _fields_ = (("off", ctypes.c_uint64), ("len", ctypes.c_uint64))


class _Cachestat(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("cache", "dirty", "writeback", "evicted", "recently"))


def resident_pages(descriptor: int, size: int) -> int:
    """How many pages of a file are in memory, by cachestat, on older kernels by mincore."""
    if size == 0:
        return 0
    answer = _Cachestat()
    asked = _Range(0, 0)
    if _libc.syscall(_CACHESTAT, descriptor, ctypes.byref(asked), ctypes.byref(answer), 0) == 0:
        return int(answer.cache)
    return _resident_by_mincore(descriptor, size)


def _resident_by_mincore(descriptor: int, size: int) -> int:
    pages = (size + _PAGE - 1) // _PAGE
    address = _libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_SHARED, descriptor, 0)
    if address == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "mmap")
    try:
        flags = (ctypes.c_ubyte * pages)()
        if _libc.mincore(address, size, flags):
            raise OSError(ctypes.get_errno(), "mincore")
        return sum(flag & 1 for flag in flags)
    finally:
        _libc.munmap(address, size)


def start_writing_out(descriptor: int, offset: int, count: int) -> None:
    """Let the kernel begin to write a range now, so that the sync at the end is short; errors show at the sync."""
    if hasattr(_libc, "sync_file_range"):
        _libc.sync_file_range(
            descriptor, ctypes.c_int64(offset), ctypes.c_int64(count), ctypes.c_uint(_SYNC_FILE_RANGE_WRITE)
        )


def make_read_only(name: str, folder: int) -> None:
    """Take the write bits from a file or folder, where the file system keeps any."""
    mode = stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    try:
        os.chmod(name, mode & ~0o222, dir_fd=folder)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
            raise


def make_writable(folder: int) -> None:
    """Let its owner change the entries of a folder (a descriptor) that was made read-only."""
    mode = stat.S_IMODE(os.fstat(folder).st_mode)
    if not mode & stat.S_IWUSR:
        os.fchmod(folder, mode | stat.S_IWUSR)


def _file_system(device: int) -> tuple[str, str | None]:
    """Type and block device of the file system with that number, from the mount table."""
    number = f"{os.major(device)}:{os.minor(device)}"
    fstype, found = "unknown", None
    with open("/proc/self/mountinfo", "rb") as table:
        for line in table:
            head, _, tail = line.partition(b" - ")
            if head.split()[2].decode() == number:
                fstype, source = (part.decode("utf-8", "surrogateescape") for part in tail.split()[:2])
                found = source if source.startswith("/dev/") else None
    return fstype, found
