"""Files of a plan that need no copy: left out, or collected earlier; and proof that an earlier copy is good now."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from avdesk.errors import Cancelled
from avdesk.findings import Finding
from avdesk.models import Copy
from avdesk.recorders.scanning import Source
from avdesk.services._matching import Earlier, VaultReader, by_id
from avdesk.services._outcomes import FileOutcome
from avdesk.services._planning import PlannedFile
from avdesk.services._run import Run
from avdesk.terms import CopyState, MatchedBy, Outcome, PlanState
from avdesk.vault.copying import CopyJob, source_digest
from avdesk.vault.names import stored_paths

_AT_ONCE = 64


def answer_without_copy(
    run: Run, source: Source, resumed: Mapping[bytes, Earlier], copies: EarlierCopies
) -> list[CopyJob]:
    """Answer what is skipped, not selected or collected earlier; the jobs are what remains.

    ``resumed`` is what an earlier run of this ingest registered, by path. When the person cancels, ``run.stopped`` says
    so.
    """
    named = stored_paths(os.fsencode(file.path) for file in run.plan.files if file.state is not PlanState.SKIPPED)
    with run.desk.database.read() as session:
        ids = [file.earlier for file in run.plan.files if file.earlier is not None]
        earlier = by_id(session, run.vaults[0].vault_id, ids)
    run.bytes_total = sum(file.size or 0 for file in run.plan.files if run.selected(file))
    jobs: list[CopyJob] = []
    try:
        for file in run.plan.files:
            path = os.fsencode(file.path)
            if not run.selected(file):
                _leave_out(run, file)
                continue
            known = resumed.get(path) or earlier.get(file.earlier or "")
            stored_path = named[path]
            if known is not None:
                stored_path = _check_known(run, source, file, known, copies, stored_path)
            if file.path not in run.outcomes:
                jobs.append(CopyJob(path, stored_path, file.size or 0, int(file.mtime_ns or 0)))
    except Cancelled:
        run.stopped = "CANCELLED"
    finally:
        copies.write_down()
    return jobs


def duplicate(file: CopyJob | PlannedFile, known: Earlier, by: MatchedBy) -> FileOutcome:
    """The outcome of a file that an earlier ingest has; matched by content means its source was read now."""
    compared = by is MatchedBy.CONTENT
    path = os.fsdecode(file.path) if isinstance(file, CopyJob) else file.path
    return FileOutcome(
        path=path,
        status=Outcome.DUPLICATE,
        matched_by=by,
        recording_id=known.recording_id,
        size=file.size,
        findings=() if compared else (Finding("NOT_COMPARED", path),),
        mtime_ns=str(file.mtime_ns),
        read_now=compared,
    )


def _leave_out(run: Run, file: PlannedFile) -> None:
    if file.state is PlanState.SKIPPED:
        status, finding = Outcome.SKIPPED, Finding(file.reason or "SKIPPED", file.path)
    else:
        facts = {"reason": run.options.unticked[file.path]}
        status, finding = Outcome.NOT_SELECTED, Finding("NOT_SELECTED", file.path, facts)
    run.answer(FileOutcome(file.path, status, size=file.size, findings=(finding,), mtime_ns=file.mtime_ns))


def _check_known(
    run: Run, source: Source, file: PlannedFile, known: Earlier, copies: EarlierCopies, stored_path: str
) -> str:
    """Answer a file that was collected earlier, or give the stored path under which it is collected again.

    What an earlier run of this ingest registered, and everything when contents are compared, is read now on both sides;
    else name, size and mtime decide, and the card is not safe to erase.
    """
    resumed = known.ingest_id == run.ingest_id
    if not resumed and not run.options.compare_contents and file.matched_by is MatchedBy.NAME_SIZE_MTIME:
        run.bytes_total -= file.size or 0
        run.answer(duplicate(file, known, MatchedBy.NAME_SIZE_MTIME))
        return stored_path
    path = os.fsencode(file.path)
    try:
        digest = source_digest(source.open_file, path, run.control, run.advance)
    except OSError:
        return stored_path  # copying meets the same error and answers it
    if digest == known.sha256 and copies.are_good(known):
        run.answer(duplicate(file, known, MatchedBy.CONTENT))
        return stored_path
    run.bytes_total += file.size or 0
    return _beside(stored_path, digest) if resumed else stored_path


def _beside(stored_path: str, digest: str) -> str:
    """Another stored path in the same folder, for a file whose first place in the bag is taken by other content."""
    folder, slash, name = stored_path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    return f"{folder}{slash}{stem or name}~{digest[:8]}{dot}{extension if stem else ''}"


class EarlierCopies:
    """Reads copies of earlier recordings back now, in every vault that is open, and writes down what it found."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._readers = [VaultReader(vault) for vault in run.vaults]
        self._found: list[tuple[Earlier, str, str | None, str | None]] = []

    def are_good(self, earlier: Earlier) -> bool:
        """Whether the first vault's copy is; what the others are stands in the catalogue afterwards."""
        verdicts = [self._read(reader, earlier) for reader in self._readers]
        if len(self._found) >= _AT_ONCE:
            self.write_down()
        return verdicts[0]

    def _read(self, reader: VaultReader, earlier: Earlier) -> bool:
        digest: str | None = None
        method: str | None = None
        try:
            digest, method = reader.digest(earlier.stored)
        except OSError:
            method = None
        self._found.append((earlier, reader.vault.vault_id, digest, method))
        return digest == earlier.sha256

    def write_down(self) -> None:
        """The state of every copy read since the last time; a bad one is an event of its recording."""
        if not self._found:
            return
        now = datetime.now(UTC)
        with self._run.desk.database.write() as session:
            for earlier, vault_id, digest, method in self._found:
                copy = session.get(Copy, (earlier.recording_id, vault_id))
                if copy is None:
                    continue  # this vault never had one
                good = digest == earlier.sha256
                copy.state = CopyState.VERIFIED if good else CopyState.MISSING if digest is None else CopyState.DAMAGED
                copy.read_back, copy.checked_at = method, now
                if not good:
                    facts = {"vault_id": vault_id, "expected": earlier.sha256, "found": digest}
                    self._run.desk.record(session, "copy.bad", ("recording", earlier.recording_id), facts)
        self._found.clear()
