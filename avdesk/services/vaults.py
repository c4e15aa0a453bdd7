"""Checking what lies in the vaults."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import UsageError, VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import CaseRecording, Copy, Ingest, Recording
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._cases import find_case
from avdesk.services._fixity import Checked, Expected, check_copy, check_tags, unexpected, write_down
from avdesk.services._matching import VaultReader
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import CopyState, IngestState, Right
from avdesk.vault.root import VaultPlace, VaultRoot


@dataclass(frozen=True, slots=True)
class FixityReport:
    """``checked`` and ``ok`` count copies; ``findings`` are complete. ``away``: vaults that could not be read."""

    checked: int
    ok: int
    findings: tuple[Finding, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bag:
    ingest_id: str
    path: str
    sealed: bool
    files: list[Expected]
    whole: bool


@service(Right.VERIFY)
def verify(
    desk: Desk,
    *,
    case_number: str | None = None,
    ingest_id: str | None = None,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> FixityReport:
    """Fixity check: read copies back from their media now and compare digests; whole bags also for strangers.

    Raises :class:`VaultUnavailable` when the first vault is away, :class:`UsageError`, :class:`Cancelled`.
    """
    control = control or Control()
    desk.first_vault  # noqa: B018 - refuses when there is none
    findings: list[Finding] = []
    away: list[str] = []
    checked = ok = 0
    for position, place in enumerate(desk.vaults):
        with desk.database.read() as session:
            bags = _bags(desk, session, place, case_number, ingest_id)
        try:
            with VaultRoot(place) as vault:
                for bag in bags:
                    found, good = _verify_bag(desk, VaultReader(vault), bag, on_progress, control)
                    findings.extend(found)
                    checked, ok = checked + len(bag.files), ok + good
        except VaultUnavailable:
            if position == 0:
                raise
            away.append(place.vault_id)
    facts: dict[str, object] = {"checked": checked, "ok": ok, "findings": len(findings)}
    with desk.database.write() as session:
        desk.record(session, "vault.verified", ("vault", desk.first_vault.vault_id), facts)
    return FixityReport(checked, ok, tuple(findings), tuple(away))


def _bags(
    desk: Desk, session: Session, place: VaultPlace, case_number: str | None, ingest_id: str | None
) -> list[_Bag]:
    statement = (
        visible(desk)
        .join(Copy, Copy.recording_id == Recording.id)
        .where(Copy.vault_id == place.vault_id, Copy.state != CopyState.FAILED, Copy.state != CopyState.AWAY)
    )
    if case_number is not None:
        case = find_case(session, case_number)
        linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
        statement = statement.where(Recording.id.in_(linked))
    if ingest_id is not None:
        if session.get(Ingest, plain(ingest_id)) is None:
            raise UsageError("INGEST_UNKNOWN", ingest_id=ingest_id)
        statement = statement.where(Recording.ingest_id == ingest_id)
    files: dict[str, list[Expected]] = defaultdict(list)
    for row in session.scalars(statement.order_by(Recording.ingest_id, Recording.stored_path)):
        files[row.ingest_id].append(Expected(row.id, row.stored_path, row.size, row.sha256))
    ingests = {row.id: row for row in session.scalars(select(Ingest).where(Ingest.bag.is_not(None)))}
    return [
        _Bag(row.id, row.bag, row.state == IngestState.SEALED, files[row.id], whole=case_number is None)
        for row in ingests.values()
        if row.bag is not None and row.id in files
    ]


def _verify_bag(
    desk: Desk, reader: VaultReader, bag: _Bag, on_progress: OnProgress, control: Control
) -> tuple[list[Finding], int]:
    found: list[Finding] = []
    copies: list[Checked] = []
    total = sum(expected.size for expected in bag.files)
    done = 0
    for position, expected in enumerate(bag.files):
        control.check()
        on_progress(
            Progress("verify", f"{bag.path}/data/{expected.stored_path}", position, len(bag.files), done, total)
        )
        copies.append(check_copy(reader, bag.path, expected))
        done += expected.size
    found.extend(copy.finding for copy in copies if copy.finding is not None)
    if bag.sealed and bag.whole:
        found.extend(check_tags(reader, bag.path))
        found.extend(unexpected(reader.vault, bag.path, {expected.stored_path for expected in bag.files}))
    write_down(desk, reader.vault.vault_id, copies)
    return found, sum(copy.state is CopyState.VERIFIED for copy in copies)
