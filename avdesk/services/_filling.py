"""Filling the bag: copy group by group, answer duplicates, rename into place, register."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from avdesk.errors import VaultUnavailable
from avdesk.media.facts import MediaFacts
from avdesk.media.worker import MediaWorker
from avdesk.policy import PROBE_SECONDS, SM3
from avdesk.recorders.names import kind_of
from avdesk.services._answering import EarlierCopies, duplicate
from avdesk.services._matching import by_digest, same_content
from avdesk.services._outcomes import CopyResult, FileOutcome, file_error
from avdesk.services._planning import MEDIA, PlannedFile
from avdesk.services._registering import Stored, register
from avdesk.services._run import Run
from avdesk.terms import CopyState, MatchedBy, Outcome, Stage
from avdesk.vault.bag import JournalLine, OpenBag
from avdesk.vault.copying import Copied, Copier, CopyJob, Destination
from avdesk.vault.digests import Digests

_IN_FLIGHT = 2


class Readable(Protocol):
    """Where the files lie that are copied."""

    def open_file(self, path: bytes) -> int:
        """A descriptor for reading. Raises ``OSError``."""

    def present(self) -> bool:
        """Whether it is still there; asked after an error."""


class Filling:
    """Copies jobs into the bags of one run, the first vault's bag first, and answers each of them.

    Without ``copies`` nothing counts as the duplicate of an earlier recording.
    """

    def __init__(self, run: Run, source: Readable, bags: Sequence[OpenBag], copies: EarlierCopies | None) -> None:
        self._run = run
        self._bags = bags
        self._copies = copies
        self._how = "derived" if copies is None else "collected"
        self._copier = Copier(
            source.open_file,
            source.present,
            [Destination.of(bag) for bag in bags],
            sm3=run.desk.policy[SM3],
            control=run.control,
            on_bytes=run.advance,
        )

    def fill(self, jobs: Sequence[CopyJob]) -> None:
        """Copy the next group while the one before is read back and registered."""
        run = self._run
        with (
            MediaWorker(seconds=run.desk.policy[PROBE_SECONDS]) as worker,
            ThreadPoolExecutor(1) as finisher,
        ):
            in_flight: deque[Future[None]] = deque()
            for group in self._copier.groups(self._until_stopped(jobs)):
                in_flight.append(finisher.submit(self._finish_group, group, worker))
                while len(in_flight) > _IN_FLIGHT:
                    in_flight.popleft().result()
            for future in in_flight:
                future.result()
        if self._copies is not None:
            self._copies.write_down()
        if run.stopped is None and self._copier.removed:
            run.stopped = "SOURCE_REMOVED"
        elif run.stopped is None and self._copier.cancelled:
            run.stopped = "CANCELLED"

    def _until_stopped(self, jobs: Sequence[CopyJob]) -> Iterator[CopyJob]:
        for job in jobs:
            if self._run.stopped is not None:
                return
            yield job

    def _finish_group(self, group: list[tuple[Copied, list[int]]], worker: MediaWorker) -> None:
        files = self._copier.verify(group)
        verified = [copied for copied in files if copied.status is Outcome.VERIFIED]
        adopted = self._adopt(verified if self._copies is None else self._without_duplicates(verified, self._copies))
        stored = [self._stored(copied, worker) for copied in adopted]
        try:
            with self._run.desk.database.write() as session:
                outcomes = register(session, self._run.desk, self._run.ingest_id, stored, self._how)
        except SQLAlchemyError as error:
            self._run.stopped = "CATALOGUE_FAILED"
            for copied in adopted:
                copied.fail(Outcome.FAILED, Stage.REGISTER, type(error).__name__)
        else:
            for outcome in outcomes:
                self._run.answer(outcome)
        for copied in files:
            if copied.status is not Outcome.VERIFIED:
                self._run.answer(_failed(copied))

    def _without_duplicates(self, files: Sequence[Copied], copies: EarlierCopies) -> list[Copied]:
        """Answer files whose content an *earlier* ingest has, with a copy that is good now; the others remain."""
        run = self._run
        with run.desk.database.read() as session:
            digests = [_digests(copied).sha256 for copied in files]
            known = by_digest(session, run.vaults[0].vault_id, digests, run.ingest_id)
        remaining = []
        for copied in files:
            candidates = known.get(_digests(copied).sha256, [])
            earlier = same_content(copied.job.path.rpartition(b"/")[2], copied.job.size, candidates)
            if earlier is None or not copies.are_good(earlier):
                remaining.append(copied)
                continue
            self._copier.discard(copied)
            run.answer(duplicate(copied.job, earlier, MatchedBy.CONTENT))
        return remaining

    def _adopt(self, files: Sequence[Copied]) -> list[Copied]:
        """Say in each bag's journal what comes, then rename it into place; what the first bag took."""
        for position, bag in enumerate(self._bags):
            here = [
                copied
                for copied in files
                if copied.status is Outcome.VERIFIED and copied.copies[position].state is CopyState.VERIFIED
            ]
            try:
                bag.journal(_journal_line(copied) for copied in here)
                refused = bag.adopt((copied.work, copied.job.stored_path) for copied in here)
            except VaultUnavailable as error:
                self._vault_lost(position, here, str(error.facts["reason"]))
                continue
            except OSError as error:
                self._vault_lost(position, here, error)
                continue
            for copied in here:
                if copied.work in refused:
                    _copy_failed(copied, position, refused[copied.work])
        return [copied for copied in files if copied.status is Outcome.VERIFIED]

    def _vault_lost(self, position: int, files: Sequence[Copied], why: OSError | str) -> None:
        if position == 0:
            self._run.stopped = "VAULT_UNAVAILABLE"
        for copied in files:
            _copy_failed(copied, position, why)

    def _stored(self, copied: Copied, worker: MediaWorker) -> Stored:
        """The metadata is read from the verified copy, so that the card is read once."""
        name = os.fsdecode(copied.job.path.rpartition(b"/")[2])
        media = MediaFacts()
        if kind_of(name) in MEDIA:
            place = self._run.vaults[0].path / self._bags[0].path / "data" / copied.job.stored_path
            media = worker.probe(place, name)
        away = [CopyResult(vault_id, CopyState.AWAY, None) for vault_id in self._run.away]
        copies = [CopyResult(copy.vault_id, copy.state, copy.read_back) for copy in copied.copies]
        return Stored(
            path=copied.job.path,
            stored_path=copied.job.stored_path,
            size=copied.job.size,
            mtime_ns=copied.job.mtime_ns,
            digests=_digests(copied),
            copies=(*copies, *away),
            media=media,
        )


def not_reached(file: PlannedFile, stopped: str | None) -> FileOutcome:
    """A file whose turn never came: the person stopped, the card was pulled, or the vault went away."""
    status, code = {
        "CANCELLED": (Outcome.CANCELLED, "CANCELLED"),
        "SOURCE_REMOVED": (Outcome.UNREADABLE, "SOURCE_REMOVED"),
    }.get(stopped or "", (Outcome.FAILED, stopped or "NOT_REACHED"))
    error = file_error(status, Stage.OPEN, code)
    return FileOutcome(file.path, status, size=file.size, error=error, mtime_ns=file.mtime_ns)


def _failed(copied: Copied) -> FileOutcome:
    failure = copied.failure
    return FileOutcome(
        path=os.fsdecode(copied.job.path),
        status=copied.status,
        size=copied.job.size,
        copies=tuple(CopyResult(copy.vault_id, CopyState.FAILED, None) for copy in copied.copies),
        error=file_error(copied.status, failure.stage, failure.code, failure.offset) if failure else None,
        mtime_ns=str(copied.job.mtime_ns),
    )


def _digests(copied: Copied) -> Digests:
    if copied.digests is None:
        raise RuntimeError("a verified file without digests")
    return copied.digests


def _journal_line(copied: Copied) -> JournalLine:
    job, digests = copied.job, _digests(copied)
    return JournalLine(job.stored_path, job.path.hex(), job.size, job.mtime_ns, digests.sha256, digests.sm3)


def _copy_failed(copied: Copied, position: int, why: OSError | str) -> None:
    copied.copies[position].fail(Stage.WRITE, why)
    if position == 0:
        copied.fail(Outcome.FAILED, Stage.WRITE, why)
