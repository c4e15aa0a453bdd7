"""One collecting: from a plan to verified copies, registered group by group, in a sealed bag."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from avdesk.errors import Cancelled, IngestRunning, UsageError, VaultFull, VaultUnavailable
from avdesk.findings import Finding
from avdesk.media.facts import MediaFacts
from avdesk.media.worker import MediaWorker
from avdesk.models import Copy, Ingest, new_id
from avdesk.policy import PROBE_SECONDS, SM3
from avdesk.progress import Control, OnProgress, Progress
from avdesk.recorders.names import kind_of
from avdesk.recorders.scanning import Source
from avdesk.services._matching import Earlier, VaultReader, by_digest, by_id, of_ingest, same_content
from avdesk.services._outcomes import CopyResult, FileOutcome, file_error, with_recording
from avdesk.services._outcomes import save as save_outcomes
from avdesk.services._planning import MEDIA, IngestPlan, PlannedFile, space_for
from avdesk.services._reconciling import open_ingests, settle
from avdesk.services._registering import Stored, register
from avdesk.services._sealing import ingest_json, seal_bags
from avdesk.services._text import plain
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, IngestState, MatchedBy, Outcome, PlanState, Stage
from avdesk.vault.bag import INGEST, JournalLine, OpenBag, open_bag
from avdesk.vault.copying import Copied, Copier, CopyJob, Destination, digest_of_source
from avdesk.vault.names import stored_paths
from avdesk.vault.root import VaultPlace, VaultRoot, write_durably

_IN_FLIGHT = 2


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """``unticked``: path to reason, of files not to be collected; ``vault_ids``: only these, else all."""

    unticked: Mapping[str, str]
    vault_ids: Sequence[str]
    handed_in_by_id: str | None
    compare_contents: bool


class Collecting:
    """The state of one run. It ends with :attr:`outcomes` complete and the bag sealed, or left open to be resumed."""

    def __init__(
        self, desk: Desk, plan: IngestPlan, options: CollectOptions, on_progress: OnProgress, control: Control
    ) -> None:
        self.desk = desk
        self.plan = plan
        self.options = options
        self.control = control
        self.started_at = datetime.now(UTC)
        self.ingest_id = new_id()
        self.bag: str | None = None
        self.outcomes: dict[str, FileOutcome] = {}
        self.stopped: str | None = None
        self.changed_since_plan = False
        self.walk_findings: tuple[Finding, ...] = plan.findings
        self._on_progress = on_progress
        self._resumed: dict[bytes, Earlier] = {}
        self._bags: list[OpenBag] = []
        self._away: list[str] = []
        self._bytes_done = 0
        self._bytes_total = 0

    def run(self) -> None:
        """Collect.

        Raises :class:`VaultUnavailable`, :class:`VaultFull`, :class:`IngestRunning`, :class:`SourceMissing`.
        """
        with ExitStack() as stack:
            self._vaults = self._open_vaults(stack)
            self._require_space()
            source = stack.enter_context(Source(self.plan.choice.root, self.plan.choice.only))
            stack.callback(self._close_bags)
            self._resume()
            self._reader = VaultReader(self._vaults[0])
            jobs = self._first_outcomes(source)
            self._copy(source, jobs, stack)
            self._look_again(source)
            self._finish()

    # -- before the first byte ------------------------------------------------------------------------------------

    def _open_vaults(self, stack: ExitStack) -> list[VaultRoot]:
        """The first vault must be there; a second one that is away is a state of its copies."""
        places = [place for place in self.desk.vaults if self._wanted(place)]
        known = {place.vault_id for place in self.desk.vaults}
        unknown = [vault_id for vault_id in self.options.vault_ids if vault_id not in known]
        if unknown:
            raise UsageError("VAULT_UNKNOWN", vaults=unknown, known=sorted(known))
        if not places:
            raise VaultUnavailable(reason="NO_VAULT_ON_THIS_PC")
        vaults = [stack.enter_context(VaultRoot(places[0]))]
        for place in places[1:]:
            try:
                vaults.append(stack.enter_context(VaultRoot(place)))
            except VaultUnavailable:
                self._away.append(place.vault_id)
        return vaults

    def _wanted(self, place: VaultPlace) -> bool:
        return not self.options.vault_ids or place.vault_id in self.options.vault_ids

    def _require_space(self) -> None:
        """Before the first byte. Raises :class:`VaultFull` for the first vault; a full second one is left out."""
        wanted = [file for file in self.plan.files if self._selected(file) and file.state is not PlanState.COLLECTED]
        space = {row.vault_id: row for row in space_for(self.desk, wanted)}
        first = space[self._vaults[0].vault_id]
        if not first.enough and wanted:
            raise VaultFull(
                path=str(self._vaults[0].path), vault_id=first.vault_id, needed=first.needed, free=first.free
            )
        self._away += [vault.vault_id for vault in self._vaults[1:] if not space[vault.vault_id].enough]
        self._vaults = [vault for vault in self._vaults if vault.vault_id not in self._away]

    def _selected(self, file: PlannedFile) -> bool:
        return file.state is not PlanState.SKIPPED and file.path not in self.options.unticked

    def _resume(self) -> None:
        """Go on in the open bag of the same card in the same state; seal the open bag of the same card in another."""
        for ingest in open_ingests(self.desk):
            same_state = ingest.fingerprint == self.plan.fingerprint
            same_card = same_state or ingest.source_key == plain(self.plan.source_key)
            settled = settle(self.desk, ingest, self._vaults, seal=same_card and not same_state)
            if settled.state is IngestState.LIVE and same_card:
                raise IngestRunning(source=self.plan.source, ingest_id=ingest.id)
            if settled.state is IngestState.OPEN and same_state and settled.bags and not self._bags:
                self.ingest_id, self.bag, self._bags = ingest.id, ingest.bag, settled.bags
                with self.desk.database.read() as session:
                    self._resumed = of_ingest(session, self._vaults[0].vault_id, ingest.id)
            else:
                settled.close()

    # -- what needs no copy ----------------------------------------------------------------------------------------

    def _first_outcomes(self, source: Source) -> list[CopyJob]:
        """Answer what is skipped, not selected or collected earlier; the jobs are what remains."""
        named = stored_paths(os.fsencode(file.path) for file in self.plan.files if file.state is not PlanState.SKIPPED)
        with self.desk.database.read() as session:
            ids = [file.earlier for file in self.plan.files if file.earlier is not None]
            earlier = by_id(session, self._vaults[0].vault_id, ids)
        wanted = [file for file in self.plan.files if self._selected(file)]
        self._bytes_total = sum(file.size or 0 for file in wanted)
        jobs: list[CopyJob] = []
        try:
            for file in self.plan.files:
                path = os.fsencode(file.path)
                if not self._selected(file):
                    self._leave_out(file)
                    continue
                known = self._resumed.get(path) or earlier.get(file.earlier or "")
                stored_path = named[path]
                if known is not None:
                    stored_path = self._check_known(source, file, known, stored_path)
                if file.path not in self.outcomes:
                    jobs.append(CopyJob(path, stored_path, file.size or 0, int(file.mtime_ns or 0)))
        except Cancelled:
            self.stopped = "CANCELLED"
        return jobs

    def _leave_out(self, file: PlannedFile) -> None:
        if file.state is PlanState.SKIPPED:
            found = (Finding(file.reason or "SKIPPED", file.path),)
            self._set(file, Outcome.SKIPPED, findings=found)
        else:
            reason = self.options.unticked[file.path]
            self._set(file, Outcome.NOT_SELECTED, findings=(Finding("NOT_SELECTED", file.path, {"reason": reason}),))

    def _check_known(self, source: Source, file: PlannedFile, known: Earlier, stored_path: str) -> str:
        """Answer a file that was collected earlier, or give the stored path under which it is collected again.

        What an earlier run of this ingest registered, and everything when contents are compared, is read now on both
        sides; else name, size and mtime decide, and the card is not safe to erase.
        """
        resumed = known.ingest_id == self.ingest_id
        if not resumed and not self.options.compare_contents and file.matched_by is MatchedBy.NAME_SIZE_MTIME:
            self._bytes_total -= file.size or 0
            found = (Finding("NOT_COMPARED", file.path),)
            self._set(file, Outcome.DUPLICATE, matched_by=MatchedBy.NAME_SIZE_MTIME, known=known, findings=found)
            return stored_path
        try:
            descriptor = source.open_file(os.fsencode(file.path))
        except OSError:
            return stored_path  # copying meets the same error and answers it
        try:
            digest = digest_of_source(descriptor, os.fsencode(file.path), self.control, self._advance)
        except OSError:
            return stored_path
        finally:
            os.close(descriptor)
        if digest == known.sha256 and self._copy_is_good(known):
            self._set(file, Outcome.DUPLICATE, matched_by=MatchedBy.CONTENT, known=known, read_now=True)
            return stored_path
        self._bytes_total += file.size or 0
        return _beside(stored_path, digest) if resumed else stored_path

    def _copy_is_good(self, earlier: Earlier) -> bool:
        """Read the earlier copy back now; a bad one is written down, and the file is collected again."""
        try:
            digest, method = self._reader.digest(earlier.stored)
        except OSError:
            digest, method = None, None
        good = digest == earlier.sha256
        with self.desk.database.write() as session:
            copy = session.get(Copy, (earlier.recording_id, self._vaults[0].vault_id))
            if copy is not None:
                copy.state = CopyState.VERIFIED if good else CopyState.MISSING if digest is None else CopyState.DAMAGED
                copy.read_back, copy.checked_at = method, datetime.now(UTC)
            if not good:
                facts = {"vault_id": self._vaults[0].vault_id, "expected": earlier.sha256, "found": digest}
                self.desk.record(session, "copy.bad", ("recording", earlier.recording_id), facts)
        return good

    def _set(
        self,
        file: PlannedFile,
        status: Outcome,
        *,
        matched_by: MatchedBy | None = None,
        known: Earlier | None = None,
        findings: tuple[Finding, ...] = (),
        read_now: bool = False,
    ) -> None:
        self.outcomes[file.path] = FileOutcome(
            path=file.path,
            status=status,
            matched_by=matched_by,
            recording_id=known.recording_id if known is not None else None,
            size=file.size,
            findings=findings,
            mtime_ns=file.mtime_ns,
            read_now=read_now,
        )

    # -- copying ---------------------------------------------------------------------------------------------------

    def _copy(self, source: Source, jobs: Sequence[CopyJob], stack: ExitStack) -> None:
        if jobs and self.stopped is None:
            if not self._bags:
                self._open_bags()
            worker = stack.enter_context(MediaWorker(seconds=self.desk.policy[PROBE_SECONDS]))
            copier = Copier(
                source.open_file,
                source.present,
                [Destination.of(bag) for bag in self._bags],
                sm3=self.desk.policy[SM3],
                control=self.control,
                on_bytes=self._advance,
            )
            self._copy_groups(copier, jobs, worker)
            if copier.removed:
                self.stopped = "SOURCE_REMOVED"
            elif copier.cancelled:
                self.stopped = self.stopped or "CANCELLED"
        for job in jobs:
            if os.fsdecode(job.path) not in self.outcomes:
                self._not_reached(job)

    def _copy_groups(self, copier: Copier, jobs: Sequence[CopyJob], worker: MediaWorker) -> None:
        """Copy the next group while the one before is read back and registered."""
        with ThreadPoolExecutor(1) as finisher:
            in_flight: deque[Future[None]] = deque()
            for group in copier.groups(self._until_stopped(jobs)):
                in_flight.append(finisher.submit(self._finish_group, copier, group, worker))
                while len(in_flight) > _IN_FLIGHT:
                    in_flight.popleft().result()
            for future in in_flight:
                future.result()

    def _until_stopped(self, jobs: Sequence[CopyJob]) -> Iterator[CopyJob]:
        for job in jobs:
            if self.stopped is not None:
                return
            yield job

    def _finish_group(self, copier: Copier, group: list[tuple[Copied, list[int]]], worker: MediaWorker) -> None:
        files = copier.verify(group)
        for copied in files:
            if copied.status is not Outcome.VERIFIED:
                self._failed(copied)
        good = self._without_duplicates(copier, [copied for copied in files if copied.status is Outcome.VERIFIED])
        adopted = self._adopt(good)
        stored = [self._stored(copied, worker) for copied in adopted]
        try:
            with self.desk.database.write() as session:
                outcomes = register(session, self.desk, self.ingest_id, stored, "collected")
        except SQLAlchemyError as error:
            self.stopped = "CATALOGUE_FAILED"
            for copied in adopted:
                copied.fail(Outcome.FAILED, Stage.REGISTER, type(error).__name__)
                self._failed(copied)
            return
        for outcome in outcomes:
            self.outcomes[outcome.path] = outcome

    def _without_duplicates(self, copier: Copier, files: Sequence[Copied]) -> list[Copied]:
        """Answer files whose content an *earlier* ingest has, with a copy that is good now; the others remain."""
        digests = {copied.digests.sha256 for copied in files if copied.digests is not None}
        with self.desk.database.read() as session:
            known = by_digest(session, self._vaults[0].vault_id, digests, self.ingest_id)
        remaining = []
        for copied in files:
            candidates = known.get(copied.digests.sha256 if copied.digests is not None else "", [])
            earlier = same_content(copied.job.path.rpartition(b"/")[2], copied.job.size, candidates)
            if earlier is None or not self._copy_is_good(earlier):
                remaining.append(copied)
                continue
            copier.discard(copied)
            self.outcomes[os.fsdecode(copied.job.path)] = FileOutcome(
                path=os.fsdecode(copied.job.path),
                status=Outcome.DUPLICATE,
                matched_by=MatchedBy.CONTENT,
                recording_id=earlier.recording_id,
                size=copied.job.size,
                mtime_ns=str(copied.job.mtime_ns),
                read_now=True,
            )
        return remaining

    def _adopt(self, files: Sequence[Copied]) -> list[Copied]:
        """Say in each bag's journal what comes, then rename it into place."""
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
                self._vault_lost(position, here, "VAULT_UNAVAILABLE" if position else str(error.facts["reason"]))
                continue
            except OSError as error:
                self._vault_lost(position, here, error)
                continue
            for copied in here:
                if copied.work in refused:
                    _copy_failed(copied, position, refused[copied.work])
        for copied in files:
            if copied.status is not Outcome.VERIFIED:
                self._failed(copied)
        return [copied for copied in files if copied.status is Outcome.VERIFIED]

    def _vault_lost(self, position: int, files: Sequence[Copied], why: OSError | str) -> None:
        if position == 0:
            self.stopped = "VAULT_UNAVAILABLE"
        for copied in files:
            _copy_failed(copied, position, why)

    def _stored(self, copied: Copied, worker: MediaWorker) -> Stored:
        """The metadata is read from the verified copy, so that the card is read once."""
        name = os.fsdecode(copied.job.path.rpartition(b"/")[2])
        media = MediaFacts()
        if kind_of(name) in MEDIA:
            place = self._vaults[0].path / str(self.bag) / "data" / copied.job.stored_path
            media = worker.probe(Path(place), name)
        if copied.digests is None:
            raise RuntimeError("a verified file without digests")
        away = [CopyResult(vault_id, CopyState.AWAY, None) for vault_id in self._away]
        copies = [CopyResult(copy.vault_id, copy.state, copy.read_back) for copy in copied.copies]
        return Stored(
            path=copied.job.path,
            stored_path=copied.job.stored_path,
            size=copied.job.size,
            mtime_ns=copied.job.mtime_ns,
            digests=copied.digests,
            copies=(*copies, *away),
            media=media,
        )

    def _failed(self, copied: Copied) -> None:
        failure = copied.failure
        error = None
        if failure is not None:
            error = file_error(copied.status, failure.stage, failure.code, failure.offset)
        path = os.fsdecode(copied.job.path)
        self.outcomes[path] = FileOutcome(
            path=path,
            status=copied.status,
            size=copied.job.size,
            copies=tuple(CopyResult(copy.vault_id, CopyState.FAILED, None) for copy in copied.copies),
            error=error,
            mtime_ns=str(copied.job.mtime_ns),
        )

    def _not_reached(self, job: CopyJob) -> None:
        """A file whose turn never came, because the person stopped, the card was pulled or the vault went away."""
        path = os.fsdecode(job.path)
        status, code = {
            "CANCELLED": (Outcome.CANCELLED, "CANCELLED"),
            "SOURCE_REMOVED": (Outcome.UNREADABLE, "SOURCE_REMOVED"),
        }.get(self.stopped or "", (Outcome.FAILED, self.stopped or "NOT_REACHED"))
        self.outcomes[path] = FileOutcome(
            path=path,
            status=status,
            size=job.size,
            error=file_error(status, Stage.OPEN, code),
            mtime_ns=str(job.mtime_ns),
        )

    def _advance(self, path: bytes, count: int) -> None:
        self._bytes_done += count
        self._on_progress(
            Progress(
                "collect",
                os.fsdecode(path),
                len(self.outcomes),
                len(self.plan.files),
                self._bytes_done,
                max(self._bytes_total, self._bytes_done),
            )
        )

    # -- the bag ---------------------------------------------------------------------------------------------------

    def _open_bags(self) -> None:
        """A new bag with a readable name, the same in every vault, under its lock; then its row."""
        now = self.started_at.astimezone(self.desk.zone)
        number = 1
        while not self._bags:
            self.bag = f"{now:%Y/%m/%Y%m%d-%H%M}-{number:02d}"
            number += 1
            try:
                first = open_bag(self._vaults[0], self.bag, create=True)
            except FileExistsError:
                continue
            if first is not None:
                self._bags.append(first)
        for vault in self._vaults[1:]:
            second = open_bag(vault, self.bag or "", create=True)
            if second is not None:
                self._bags.append(second)
        with self.desk.database.write() as session:
            ingest = self._row()
            session.add(ingest)
            session.flush()
            facts = {"source": ingest.source, "bag": self.bag, "recorder": ingest.recorder}
            self.desk.record(session, "ingest.opened", ("ingest", self.ingest_id), facts)
            content = json.dumps(ingest_json(self.desk, session, ingest, (), None), sort_keys=True, indent=1)
            for bag in self._bags:
                write_durably(INGEST, bag.folder, content.encode() + b"\n")

    def _row(self) -> Ingest:
        recorder = self.plan.recorder
        return Ingest(
            id=self.ingest_id,
            bag=self.bag,
            state=IngestState.OPEN,
            source=plain(self.plan.source),
            source_key=plain(self.plan.source_key),
            fingerprint=self.plan.fingerprint,
            recorder={
                "profile": recorder.profile,
                "make": recorder.make,
                "model": recorder.model,
                "serial": recorder.serial,
                "asset_number": recorder.asset_number,
                "why": list(recorder.why),
            },
            operator_id=self.desk.person_id,
            handed_in_by_id=self.options.handed_in_by_id,
            started_at=self.started_at,
            safe_to_erase=False,
            reasons=[],
        )

    def _close_bags(self) -> None:
        for bag in self._bags:
            bag.close()

    def _look_again(self, source: Source) -> None:
        """Scan once more: a card that changed since the plan is not safe to erase."""
        if self.stopped == "SOURCE_REMOVED":
            self.changed_since_plan = True
            return
        again = source.scan()
        self.changed_since_plan = again.fingerprint != self.plan.fingerprint
        self.walk_findings = tuple(
            {finding.path: finding for finding in (*self.plan.findings, *again.findings)}.values()
        )

    def _finish(self) -> None:
        """Write every outcome down, seal, and close the row; a card or vault that went away leaves the bag open."""
        stays_open = self.stopped in ("SOURCE_REMOVED", "VAULT_UNAVAILABLE", "CATALOGUE_FAILED")
        ordered = [self.outcomes[file.path] for file in self.plan.files]
        with self.desk.database.write() as session:
            if session.get(Ingest, self.ingest_id) is None:
                session.add(self._row())
                session.flush()
            save_outcomes(session, self.ingest_id, ordered)
        if not stays_open:
            try:
                self._seal()
            except (OSError, VaultUnavailable):
                self.stopped = "NOT_SEALED"
        with self.desk.database.read() as session:
            filled = {outcome.path: outcome for outcome in with_recording(session, self.desk, ordered)}
        self.outcomes = {path: self._with_copies(outcome, filled[path]) for path, outcome in self.outcomes.items()}

    def _seal(self) -> None:
        with self.desk.database.read() as session:
            ingest = session.get_one(Ingest, self.ingest_id)
            empty = not of_ingest(session, self._vaults[0].vault_id, self.ingest_id)
            head = None if empty else seal_bags(self.desk, session, ingest, self._bags)
        if empty:
            for bag in self._bags:
                bag.remove()
            self.bag = None
        with self.desk.database.write() as session:
            ingest = session.get_one(Ingest, self.ingest_id)
            ingest.bag, ingest.audit_head = self.bag, head
            ingest.state, ingest.ended_at = IngestState.SEALED, datetime.now(UTC)

    @staticmethod
    def _with_copies(outcome: FileOutcome, filled: FileOutcome) -> FileOutcome:
        """A file that failed has no recording: what its copies came to stands only in this run."""
        return replace(filled, copies=filled.copies or outcome.copies, read_now=outcome.read_now)


def _journal_line(copied: Copied) -> JournalLine:
    if copied.digests is None:
        raise RuntimeError("a verified file without digests")
    job = copied.job
    return JournalLine(
        job.stored_path, job.path.hex(), job.size, job.mtime_ns, copied.digests.sha256, copied.digests.sm3
    )


def _copy_failed(copied: Copied, position: int, why: OSError | str) -> None:
    copied.copies[position].fail(Stage.WRITE, why)
    if position == 0:
        copied.fail(Outcome.FAILED, Stage.WRITE, why)


def _beside(stored_path: str, digest: str) -> str:
    """Another stored path in the same folder, for a file whose first place in the bag is taken by other content."""
    folder, slash, name = stored_path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    return f"{folder}{slash}{stem or name}~{digest[:8]}{dot}{extension if stem else ''}"
