"""Putting what was made from a recording into every vault, as collecting does it: one file in a bag of its own."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import BinaryIO, cast

from sqlalchemy.orm import Session

from avdesk.errors import Cancelled, EnvironmentFault, VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import Ingest, Recording
from avdesk.progress import Control, OnProgress
from avdesk.recorders.names import kind_of
from avdesk.services._derivation import Derivation
from avdesk.services._filling import Filling, not_reached
from avdesk.services._opening import close_bags, new_bags, open_vaults, remove, require_space
from avdesk.services._outcomes import FileOutcome, with_recording
from avdesk.services._outcomes import save as save_outcomes
from avdesk.services._planning import IngestPlan, PlannedFile, PlanTotals, RecorderFacts
from avdesk.services._run import CollectOptions, Run
from avdesk.services._sealing import close_ingest, ingest_json
from avdesk.services._times import at_ns
from avdesk.services.desk import Desk
from avdesk.terms import IngestState, Outcome, PlanState
from avdesk.vault.bag import INGEST, OpenBag
from avdesk.vault.copying import CopyJob
from avdesk.vault.names import stored_paths
from avdesk.vault.root import write_durably

FOLDER = "derived/"
"""Below the root of each vault, above the year."""
_STAYS_OPEN = ("VAULT_UNAVAILABLE", "CATALOGUE_FAILED")


@dataclass(frozen=True, slots=True)
class Product:
    """A file that was made, as a source of one file; ``path`` is its name."""

    file: BinaryIO
    path: bytes

    def open_file(self, _path: bytes) -> int:
        """A descriptor of it, at its beginning."""
        descriptor = os.dup(self.file.fileno())
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def present(self) -> bool:
        """A file of this PC does not go away."""
        return True


@contextmanager
def workroom(desk: Desk) -> Iterator[BinaryIO]:
    """A file without a name, so that nothing of it stays, whatever happens. Raises :class:`EnvironmentFault`."""
    folder = desk.workspace / "cache"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
    except OSError as error:
        raise EnvironmentFault(file=str(folder), reason=error.strerror) from error
    with file:
        yield cast("BinaryIO", file)


def store(
    desk: Desk, file: BinaryIO, name: str, derivation: Derivation, on_progress: OnProgress, control: Control
) -> tuple[FileOutcome, tuple[Finding, ...]]:
    """Put the file into a bag in every vault, read it back, register and seal; how it is known from now on.

    Its time is the original's at the beginning of what was taken from it. Raises :class:`VaultUnavailable`,
    :class:`VaultFull`, :class:`EnvironmentFault` when the first vault did not take it, :class:`Cancelled`; then nothing
    stays of it.
    """
    product = Product(file, os.fsencode(name))
    with desk.database.read() as session:
        planned = _planned(session, product, derivation)
    run = Run(desk, _plan(derivation, planned), CollectOptions({}, (), None, False), control, on_progress)
    with ExitStack() as stack:
        open_vaults(run, stack)
        require_space(run)
        bags = new_bags(run, FOLDER)
        stack.callback(close_bags, bags)
        try:
            _write_row(run, derivation, bags)
        except BaseException:
            remove(bags)
            raise
        job = CopyJob(product.path, stored_paths([product.path])[product.path], planned.size or 0, _mtime(planned))
        Filling(run, product, bags, None).fill([job])
        return _finish(run, planned, bags)


def _planned(session: Session, product: Product, derivation: Derivation) -> PlannedFile:
    """The file as it is, with the time that it shows as its own."""
    original = session.get_one(Recording, derivation.recording_id)
    begins = original.recorded_at + timedelta(seconds=derivation.first_s)
    product.file.flush()
    descriptor = product.file.fileno()
    moment = round(begins.timestamp() * 1000) * 1_000_000
    os.utime(descriptor, ns=(moment, moment))
    about = os.fstat(descriptor)
    name = os.fsdecode(product.path)
    return PlannedFile(
        path=name,
        size=about.st_size,
        mtime=at_ns(about.st_mtime_ns),
        mtime_ns=str(about.st_mtime_ns),
        kind=kind_of(name),
        recorded_at=None,
        duration_s=None,
        state=PlanState.NEW,
        matched_by=None,
        reason=None,
        earlier=None,
    )


def _mtime(planned: PlannedFile) -> int:
    return int(planned.mtime_ns or 0)


def _plan(derivation: Derivation, planned: PlannedFile) -> IngestPlan:
    size = planned.size or 0
    return IngestPlan(
        source=derivation.path,
        source_key=f"derived:{derivation.recording_id}",
        only=None,
        fingerprint="",
        recorder=RecorderFacts(None, None, None, None, None, ()),
        files=(planned,),
        space=(),
        totals=PlanTotals(1, size, 1, size, 0, 0, 0),
        findings=(),
    )


def _write_row(run: Run, derivation: Derivation, bags: list[OpenBag]) -> None:
    """The row of the bag, and what the bag says of itself as long as it is open: enough to bring it into order."""
    desk = run.desk
    with desk.database.write() as session:
        original = session.get_one(Recording, derivation.recording_id)
        ingest = Ingest(
            id=run.ingest_id,
            vault_id=run.vaults[0].vault_id,
            bag=run.bag,
            state=IngestState.OPEN,
            source=run.plan.source,
            source_key=run.plan.source_key,
            fingerprint=sha256(run.ingest_id.encode()).hexdigest(),
            recorder=session.get_one(Ingest, original.ingest_id).recorder,
            operator_id=desk.person_id,
            started_at=run.started_at,
            safe_to_erase=False,
            reasons=[],
            derivation=derivation.json,
        )
        session.add(ingest)
        session.flush()
        facts = {"source": ingest.source, "bag": run.bag, "derived_from": derivation.recording_id}
        desk.record(session, "ingest.opened", ("ingest", run.ingest_id), facts)
        content = json.dumps(ingest_json(desk, session, ingest, (), None), sort_keys=True, indent=1)
        for bag in bags:
            write_durably(INGEST, bag.folder, content.encode() + b"\n")


def _finish(run: Run, planned: PlannedFile, bags: list[OpenBag]) -> tuple[FileOutcome, tuple[Finding, ...]]:
    """Seal the bag, or take it away when nothing came into it; one that can't be sealed now is sealed later."""
    outcome = run.outcomes.get(planned.path) or not_reached(planned, run.stopped)
    findings: tuple[Finding, ...] = ()
    with run.desk.database.write() as session:
        save_outcomes(session, run.ingest_id, [outcome])
    if run.stopped not in _STAYS_OPEN:
        try:
            close_ingest(run.desk, run.ingest_id, bags)
        except (OSError, VaultUnavailable):
            findings = (Finding("STOPPED", None, {"why": "NOT_SEALED"}),)
    if outcome.status is Outcome.CANCELLED:
        raise Cancelled
    if outcome.status is not Outcome.VERIFIED:
        reason = outcome.error.code if outcome.error is not None else outcome.status.value
        raise EnvironmentFault(file=str(run.vaults[0].path), reason=reason)
    with run.desk.database.read() as session:
        (known,) = with_recording(session, run.desk, [outcome])
    return known, findings
