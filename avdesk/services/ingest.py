"""Collecting: what would be collected, collecting it, and putting in order what an interruption left."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from avdesk.findings import Finding
from avdesk.models import Ingest
from avdesk.progress import Control, OnProgress, ignore
from avdesk.services._collecting import Collecting
from avdesk.services._json import findings_json
from avdesk.services._outcomes import CopyResult, FileError, FileOutcome
from avdesk.services._people import find_person
from avdesk.services._planning import (
    SYSTEM_FILE,
    IngestPlan,
    PlannedFile,
    PlanTotals,
    RecorderFacts,
    Space,
    make_plan,
)
from avdesk.services._reconciling import open_ingests, settle
from avdesk.services._run import CollectOptions, Run
from avdesk.services._sources import SourceChoice, choices, require_apart
from avdesk.services.desk import Desk, service, without_sign_in
from avdesk.terms import CopyState, IngestState, Outcome, Right
from avdesk.vault.root import VaultRoot

_COLLECTED = (Outcome.VERIFIED, Outcome.DUPLICATE)
_BENIGN = (Outcome.SKIPPED, Outcome.NOT_SELECTED)


@dataclass(frozen=True, slots=True)
class IngestTotals:
    """``bytes``: of the files collected now."""

    files: int
    bytes: int
    verified: int
    duplicate: int
    failed: int
    unreadable: int
    skipped: int
    seconds: float


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One collecting. ``bag`` is relative to the vault root, ``None`` when nothing was new.

    ``stopped``: why it ended early, else ``None``; ``reasons``: everything that keeps the card from being erased.
    """

    ingest_id: str
    source: str
    bag: str | None
    recorder: RecorderFacts
    outcomes: tuple[FileOutcome, ...]
    totals: IngestTotals
    safe_to_erase: bool
    reasons: tuple[Finding, ...]
    stopped: str | None

    @property
    def complete(self) -> bool:
        """Whether every selected regular file is VERIFIED or DUPLICATE, and every folder was read."""
        walked = not any(reason.code == "WALK_ERROR" for reason in self.reasons)
        return walked and all(outcome.status in (*_COLLECTED, *_BENIGN) for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Reconciled:
    ingest_id: str
    state: IngestState
    adopted: int
    requeued: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    ingests: tuple[Reconciled, ...]


@without_sign_in
def choose(paths: Iterable[Path]) -> list[SourceChoice]:
    """Folders one by one, single files together by their folder. Raises :class:`SourceMissing`."""
    return choices(paths)


@service(Right.INGEST)
def plan(
    desk: Desk,
    source: SourceChoice,
    *,
    compare_contents: bool = False,
    probe: bool = True,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> IngestPlan:
    """What collecting this source would do; writes nothing. ``probe``: also read the metadata of new files.

    Raises :class:`SourceMissing`, :class:`UsageError` when source and vault overlap, :class:`Cancelled`.
    """
    require_apart(desk, source)
    return make_plan(
        desk,
        source,
        compare_contents=compare_contents,
        probe=probe,
        on_progress=on_progress,
        control=control or Control(),
    )


@service(Right.INGEST)
def ingest(
    desk: Desk,
    plan: IngestPlan,
    *,
    unticked: Mapping[str, str] | None = None,
    vault_ids: Collection[str] = (),
    handed_in_by: str | None = None,
    compare_contents: bool = False,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> IngestReport:
    """Collect what the plan says: copy, read back from the medium, compare, register; every file has its outcome.

    ``unticked``: path to reason, of files left out. Raises :class:`VaultUnavailable` and :class:`VaultFull` before the
    first byte, :class:`IngestRunning`, :class:`SourceMissing`, :class:`UsageError`.
    """
    began = time.monotonic()
    officer = None
    if handed_in_by is not None:
        with desk.database.read() as session:
            officer = find_person(session, handed_in_by).id
    options = CollectOptions(unticked or {}, tuple(vault_ids), officer, compare_contents)
    run = Run(desk, plan, options, control or Control(), on_progress)
    collecting = Collecting(run)
    collecting.collect()
    outcomes = tuple(run.outcomes[file.path] for file in plan.files)
    reasons = _reasons(collecting, outcomes)
    report = IngestReport(
        ingest_id=run.ingest_id,
        source=plan.source,
        bag=run.bag,
        recorder=plan.recorder,
        outcomes=outcomes,
        totals=_totals(outcomes, time.monotonic() - began),
        safe_to_erase=not reasons,
        reasons=reasons,
        stopped=run.stopped,
    )
    _write_down(desk, report)
    return report


@service(Right.INGEST)
def reconcile(desk: Desk) -> ReconcileReport:
    """Put in order what interrupted collecting left; bags that somebody works on are LIVE and are not touched."""
    waiting = open_ingests(desk, desk.first_vault.vault_id)
    if not waiting:
        return ReconcileReport(())
    rows = []
    with VaultRoot(desk.first_vault) as vault:
        for row in waiting:
            settled = settle(desk, row, [vault], seal=False)
            settled.close()
            rows.append(Reconciled(row.id, settled.state, settled.adopted, settled.requeued, settled.quarantined))
    return ReconcileReport(tuple(rows))


@without_sign_in
def unticked_by_pattern(
    plan: IngestPlan, select: Sequence[str], skip: Sequence[str], reason: str | None
) -> dict[str, str]:
    """Paths that glob patterns leave out; ``*`` also matches ``/``. ``select`` keeps only what it matches."""
    left_out = {}
    for file in plan.files:
        chosen = not select or any(fnmatchcase(file.path, pattern) for pattern in select)
        skipped = any(fnmatchcase(file.path, pattern) for pattern in skip)
        if skipped or not chosen:
            left_out[file.path] = (reason or "") if skipped else "SELECT"
    return left_out


def _reasons(collecting: Collecting, outcomes: Sequence[FileOutcome]) -> tuple[Finding, ...]:
    """Everything that keeps the card from being erased; complete, never first-only."""
    run = collecting.run
    reasons = list(collecting.walk_findings)
    for outcome in outcomes:
        if outcome.status in _COLLECTED:
            reasons.extend(_copies_short(run.desk, outcome))
            if not outcome.read_now:
                reasons.append(Finding("NOT_COMPARED", outcome.path))
        elif outcome.status is Outcome.SKIPPED:
            reasons.extend(finding for finding in outcome.findings if finding.code != SYSTEM_FILE)
        else:
            reasons.append(Finding(outcome.status.value, outcome.path))
    if collecting.card_changed:
        reasons.append(Finding("CARD_CHANGED"))
    if run.plan.only is not None:
        reasons.append(Finding("ONLY_CHOSEN_FILES"))
    if run.stopped is not None:
        reasons.append(Finding("STOPPED", None, {"why": run.stopped}))
    if not outcomes and not reasons:
        reasons.append(Finding("NOTHING_ON_SOURCE"))
    return tuple(reasons)


def _copies_short(desk: Desk, outcome: FileOutcome) -> list[Finding]:
    states = {copy.vault_id: copy.state for copy in outcome.copies}
    return [
        Finding(
            "COPY_NOT_VERIFIED",
            outcome.path,
            {"vault_id": place.vault_id, "vault": str(place.path), "state": states.get(place.vault_id)},
        )
        for place in desk.vaults
        if states.get(place.vault_id) is not CopyState.VERIFIED
    ]


def _totals(outcomes: Sequence[FileOutcome], seconds: float) -> IngestTotals:
    def count(*statuses: Outcome) -> int:
        return sum(outcome.status in statuses for outcome in outcomes)

    return IngestTotals(
        files=len(outcomes),
        bytes=sum(outcome.size or 0 for outcome in outcomes if outcome.status is Outcome.VERIFIED),
        verified=count(Outcome.VERIFIED),
        duplicate=count(Outcome.DUPLICATE),
        failed=count(Outcome.FAILED, Outcome.CHANGED, Outcome.MISSING, Outcome.CANCELLED),
        unreadable=count(Outcome.UNREADABLE),
        skipped=count(*_BENIGN),
        seconds=round(seconds, 3),
    )


def _write_down(desk: Desk, report: IngestReport) -> None:
    totals = report.totals
    facts: dict[str, object] = {
        "bag": report.bag,
        "files": totals.files,
        "bytes": totals.bytes,
        "verified": totals.verified,
        "duplicate": totals.duplicate,
        "failed": totals.failed,
        "unreadable": totals.unreadable,
        "skipped": totals.skipped,
        "safe_to_erase": report.safe_to_erase,
        "stopped": report.stopped,
    }
    with desk.database.write() as session:
        row = session.get_one(Ingest, report.ingest_id)
        row.safe_to_erase, row.reasons = report.safe_to_erase, findings_json(report.reasons)
        row.ended_at = datetime.now(UTC)
        desk.record(session, "ingest.ended", ("ingest", report.ingest_id), facts)


__all__ = [
    "CopyResult",
    "FileError",
    "FileOutcome",
    "IngestPlan",
    "IngestReport",
    "IngestTotals",
    "PlanTotals",
    "PlannedFile",
    "ReconcileReport",
    "Reconciled",
    "RecorderFacts",
    "SourceChoice",
    "Space",
    "choose",
    "ingest",
    "plan",
    "reconcile",
    "unticked_by_pattern",
]
