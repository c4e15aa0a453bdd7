"""Verified copying: one read of the source feeds the digests and every destination, in groups.

A group: read and write · sync · read back from the medium · compare. What comes out is :class:`Copied` per file;
renaming into place and registering are the caller's, so that both happen together. Each file has its own outcome:
nothing that is wrong with one stops the others.
"""

from __future__ import annotations

import errno
import mmap
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from avdesk.errors import Cancelled
from avdesk.progress import Control
from avdesk.terms import CopyState, Outcome, ReadBack, Stage
from avdesk.vault.bag import OpenBag
from avdesk.vault.digests import Digesting, Digests
from avdesk.vault.medium import CHUNK, Medium, buffer_size, probe_medium, read_back, start_writing_out

GROUP_FILES = 64
GROUP_SECONDS = 0.5
LONG_FILE = 64 << 20
"""From this size in bytes on a file is a group by itself."""
_BUFFERS = 4
_WRITE_OUT = 2 * CHUNK
_SYNC_THREADS = 8
_SMALL = 1 << 20


@dataclass(frozen=True, slots=True)
class CopyJob:
    """A file to be copied: bytes of its path on the source, where it is to be stored, size in bytes as scanned."""

    path: bytes
    stored_path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and why; ``code`` is an errno's name or a word of ours, ``offset`` in bytes."""

    stage: Stage
    code: str
    offset: int | None = None


@dataclass(slots=True)
class Copied:
    """What became of one job. ``copies`` stand in the order of the destinations."""

    job: CopyJob
    work: str
    status: Outcome = Outcome.VERIFIED
    failure: Failure | None = None
    digests: Digests | None = None
    copies: list[CopyOutcome] = field(default_factory=list)

    def fail(self, status: Outcome, stage: Stage, error: OSError | str, offset: int | None = None) -> None:
        self.status = status
        self.failure = failure(stage, error, offset)


@dataclass(slots=True)
class CopyOutcome:
    """One copy of one file in one vault."""

    vault_id: str
    state: CopyState = CopyState.VERIFIED
    read_back: ReadBack | None = None
    failure: Failure | None = None

    def fail(self, stage: Stage, error: OSError | str, offset: int | None = None) -> None:
        self.state = CopyState.FAILED
        self.failure = failure(stage, error, offset)


@dataclass(frozen=True, slots=True)
class Destination:
    """An open bag and how its medium is read back."""

    bag: OpenBag
    medium: Medium

    @classmethod
    def of(cls, bag: OpenBag) -> Destination:
        return cls(bag, probe_medium(bag.incoming))


def failure(stage: Stage, error: OSError | str, offset: int | None = None) -> Failure:
    """An error of the system or a code of ours, as a fact."""
    if isinstance(error, str):
        return Failure(stage, error, offset)
    return Failure(stage, errno.errorcode.get(error.errno or 0, "EIO"), offset)


class Copier:
    """Copies the files of one source into the bags of one ingest; the first destination decides an outcome.

    ``open_source`` gives a descriptor for a path; ``source_present`` is asked after an error; ``on_bytes`` hears how
    many bytes more were read and of which file. After :meth:`groups` has ended, ``cancelled`` and ``removed`` say why
    it ended early.
    """

    def __init__(
        self,
        open_source: Callable[[bytes], int],
        source_present: Callable[[], bool],
        destinations: Sequence[Destination],
        *,
        sm3: bool,
        control: Control,
        on_bytes: Callable[[bytes, int], None],
        first_work: int = 1,
    ) -> None:
        self._open_source = open_source
        self._source_present = source_present
        self._destinations = destinations
        self._sm3 = sm3
        self._control = control
        self._on_bytes = on_bytes
        self._next_work = first_work
        self.cancelled = False
        self.removed = False

    def groups(self, jobs: Iterable[CopyJob]) -> Iterator[list[tuple[Copied, list[int]]]]:
        """Groups whose files are written but not yet synced, each with the open descriptors of its work files."""
        group: list[tuple[Copied, list[int]]] = []
        began = time.monotonic()
        with ExitStack() as stack:
            lanes = [stack.enter_context(ThreadPoolExecutor(1)) for _ in range(2 + len(self._destinations))]
            for job in jobs:
                if group and (
                    max(job.size, group[-1][0].job.size) >= LONG_FILE
                    or len(group) >= GROUP_FILES
                    or time.monotonic() - began >= GROUP_SECONDS
                ):
                    yield group
                    group = []
                if not group:
                    began = time.monotonic()
                try:
                    self._control.check()
                    group.append(self._write(job, lanes))
                except Cancelled:
                    self.cancelled = True
                    break
                if self.removed:
                    break
        if group:
            yield group

    def verify(self, group: list[tuple[Copied, list[int]]]) -> list[Copied]:
        """Sync, read back from every medium and compare; work files of what failed are removed."""
        with ThreadPoolExecutor(_SYNC_THREADS) as threads:
            list(threads.map(self._sync, *zip(*group, strict=True)))
            files = [copied for copied, _descriptors in group]
            for position, destination in enumerate(self._destinations):
                for copied in files:
                    self._read_back(copied, copied.copies, position, destination)
        for copied in files:
            if copied.status is not Outcome.VERIFIED:
                self.discard(copied)
        return files

    def discard(self, copied: Copied) -> None:
        """Remove the work files of a file that is not to be adopted."""
        for destination in self._destinations:
            destination.bag.discard(copied.work)

    def _write(self, job: CopyJob, lanes: Sequence[Executor]) -> tuple[Copied, list[int]]:
        copied = Copied(job, str(self._next_work))
        self._next_work += 1
        source = self._open(copied)
        if source is None:
            return copied, []
        descriptors: list[int] = []
        try:
            descriptors = self._create(copied)
            if copied.status is Outcome.VERIFIED:
                self._stream(source, copied, descriptors, lanes)
        except BaseException:
            for descriptor in descriptors:
                _close(descriptor)
            self.discard(copied)
            raise
        finally:
            _close_source(source)
        return copied, descriptors

    def _open(self, copied: Copied) -> int | None:
        """A descriptor of the source file when it is as it was planned; else its outcome is said."""
        try:
            source = self._open_source(copied.job.path)
        except OSError as error:
            gone = error.errno in (errno.ENOENT, errno.ENOTDIR)
            copied.fail(Outcome.MISSING if gone else Outcome.UNREADABLE, Stage.OPEN, error)
            self._notice_removal(copied)
            return None
        try:
            if _as_planned(source, copied.job):
                return source
            copied.fail(Outcome.CHANGED, Stage.OPEN, "CHANGED_SINCE_PLAN")
        except OSError as error:
            copied.fail(Outcome.UNREADABLE, Stage.OPEN, error)
            self._notice_removal(copied)
        _close_source(source)
        return None

    def _notice_removal(self, copied: Copied) -> None:
        if not self._source_present():
            self.removed = True
            copied.fail(Outcome.UNREADABLE, copied.failure.stage if copied.failure else Stage.READ, "SOURCE_REMOVED")

    def _create(self, copied: Copied) -> list[int]:
        """Work files in every destination; -1 stands for one that could not be made."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptors = []
        for destination in self._destinations:
            outcome = CopyOutcome(destination.bag.vault.vault_id)
            copied.copies.append(outcome)
            try:
                descriptors.append(os.open(copied.work, flags, 0o600, dir_fd=destination.bag.incoming))
            except OSError as error:
                descriptors.append(-1)
                self._copy_failed(copied, outcome, Stage.WRITE, error)
        return descriptors

    def _copy_failed(
        self, copied: Copied, outcome: CopyOutcome, stage: Stage, error: OSError | str, offset: int | None = None
    ) -> None:
        outcome.fail(stage, error, offset)
        if outcome is copied.copies[0]:
            copied.fail(Outcome.FAILED, stage, error, offset)

    def _stream(self, source: int, copied: Copied, descriptors: list[int], lanes: Sequence[Executor]) -> None:
        digesting = Digesting(sm3=self._sm3)
        writers = [_Writer(descriptor) for descriptor in descriptors]
        small = copied.job.size < _SMALL
        takers = [*digesting.updates, *(writer.write for writer in writers)]
        offset = 0
        try:
            for chunk, busy in _source_chunks(source, copied.job.size):
                self._control.check()
                if small:
                    for take in takers:
                        take(chunk, offset)
                else:  # one lane each, so that the pieces reach every taker in their order
                    busy.extend(lane.submit(take, chunk, offset) for lane, take in zip(lanes, takers, strict=False))
                offset += len(chunk)
                self._on_bytes(copied.job.path, len(chunk))
            unchanged = offset == copied.job.size and _as_planned(source, copied.job)
        except OSError as error:
            copied.fail(Outcome.UNREADABLE, Stage.READ, error, offset)
            self._notice_removal(copied)
            return
        for writer, outcome in zip(writers, copied.copies, strict=True):
            if writer.error is not None and outcome.state is CopyState.VERIFIED:
                self._copy_failed(copied, outcome, Stage.WRITE, writer.error, writer.offset)
        if not unchanged:
            copied.fail(Outcome.CHANGED, Stage.READ, "CHANGED_WHILE_READ", offset)
        copied.digests = digesting.result()

    def _sync(self, copied: Copied, descriptors: list[int]) -> None:
        for descriptor, outcome in zip(descriptors, copied.copies, strict=False):
            if descriptor < 0:
                continue
            try:
                if copied.status is Outcome.VERIFIED and outcome.state is CopyState.VERIFIED:
                    _set_time(descriptor, copied.job.mtime_ns)
                    os.fsync(descriptor)
            except OSError as error:
                self._copy_failed(copied, outcome, Stage.SYNC, error)
            finally:
                _close(descriptor)

    def _read_back(
        self, copied: Copied, copies: Sequence[CopyOutcome], position: int, destination: Destination
    ) -> None:
        if copied.status is not Outcome.VERIFIED or copied.digests is None:
            return
        outcome = copies[position]
        if outcome.state is not CopyState.VERIFIED:
            return
        digesting = Digesting()
        try:
            bag = destination.bag
            outcome.read_back = read_back(copied.work, bag.incoming, destination.medium, digesting.update)
        except OSError as error:
            self._copy_failed(copied, outcome, Stage.READ_BACK, error)
            return
        if digesting.result().sha256 != copied.digests.sha256:
            self._copy_failed(copied, outcome, Stage.COMPARE, "DIGEST_MISMATCH")


class _Writer:
    """Writes one work file; after its first error it writes no more."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.error: OSError | None = None
        self.offset = 0

    def write(self, chunk: memoryview, offset: int) -> None:
        if self._descriptor < 0 or self.error is not None:
            return
        written = 0
        try:
            while written < len(chunk):
                written += os.pwrite(self._descriptor, chunk[written:], offset + written)
        except OSError as error:
            self.error = error
            self.offset = offset + written
            return
        if (offset + len(chunk)) % _WRITE_OUT == 0:
            start_writing_out(self._descriptor, offset + len(chunk) - _WRITE_OUT, _WRITE_OUT)


def _source_chunks(source: int, size: int) -> Iterator[tuple[memoryview, list[Future[None]]]]:
    """Pieces of a source of ``size`` bytes in rotating buffers; one is read into again when its futures are done.

    A file that grows as fast as it is read would never end: the piece that goes beyond ``size`` is the last.
    """
    count = 1 if size < _SMALL else _BUFFERS
    buffers = [(memoryview(mmap.mmap(-1, buffer_size(size))), list[Future[None]]()) for _ in range(count)]
    try:
        turn = offset = 0
        while offset <= size:
            view, busy = buffers[turn]
            _settle(busy)
            read = os.readv(source, [view])
            if read == 0:
                return
            offset += read
            yield view[:read], busy
            turn = (turn + 1) % len(buffers)
    finally:
        for _view, busy in buffers:
            _settle(busy)
        os.posix_fadvise(source, 0, 0, os.POSIX_FADV_DONTNEED)


def _settle(busy: list[Future[None]]) -> None:
    while busy:
        busy.pop().result()


def source_digest(
    open_source: Callable[[bytes], int], path: bytes, control: Control, on_bytes: Callable[[bytes, int], None]
) -> str:
    """SHA-256 of a file of the source, read from its medium now, not from memory.

    Raises ``OSError``, :class:`Cancelled`.
    """
    source = open_source(path)
    try:
        os.posix_fadvise(source, 0, 0, os.POSIX_FADV_DONTNEED)
        digesting = Digesting()
        for chunk, _busy in _source_chunks(source, os.fstat(source).st_size):
            control.check()
            digesting.update(chunk)
            on_bytes(path, len(chunk))
        return digesting.result().sha256
    finally:
        _close_source(source)


def _as_planned(source: int, job: CopyJob) -> bool:
    found = os.fstat(source)
    mtime_ns = min(max(found.st_mtime_ns, -(1 << 63)), (1 << 63) - 1)  # as the scan gives it
    return (found.st_size, mtime_ns) == (job.size, job.mtime_ns)


def _set_time(descriptor: int, mtime_ns: int) -> None:
    """The copy shows the original's time where its file system can; the catalogue has it in any case."""
    with suppress(OSError):
        os.utime(descriptor, ns=(mtime_ns, mtime_ns))


def _close_source(descriptor: int) -> None:
    """A card that was pulled answers with an error here too; what was wrong with the file is known by then."""
    with suppress(OSError):
        os.close(descriptor)


def _close(descriptor: int) -> None:
    """Close a work file. An error tells nothing new: what counts is the sync before and the read-back after."""
    if descriptor >= 0:
        with suppress(OSError):
            os.close(descriptor)
