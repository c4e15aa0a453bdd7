"""Collecting that ended before its card was through, and waits for the card to come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from avdesk.errors import VaultUnavailable
from avdesk.models import Copy, Ingest, IngestOutcome, Recording
from avdesk.services._json import findings_of
from avdesk.services._reconciling import open_ingests
from avdesk.services.desk import Desk, service
from avdesk.terms import CopyState, Outcome, Right
from avdesk.vault.bag import is_locked
from avdesk.vault.root import VaultRoot

_COLLECTED = (Outcome.VERIFIED, Outcome.DUPLICATE)
_LEFT_OUT = (Outcome.SKIPPED, Outcome.NOT_SELECTED)


@dataclass(frozen=True, slots=True)
class Interruption:
    """One collecting that can be gone on with. ``source_key`` and ``fingerprint`` are those of a plan of that card.

    ``collected`` of ``files`` have been; ``files`` is ``None`` when the program ended before it could write that down.
    ``at``: when it ended, else when it began. ``stopped``: why it ended, ``None`` when the program itself did.
    """

    ingest_id: str
    source: str
    source_key: str
    fingerprint: str
    profile: str | None
    serial: str | None
    at: datetime
    collected: int
    files: int | None
    stopped: str | None


@service(Right.INGEST)
def list_interruptions(desk: Desk) -> tuple[Interruption, ...]:
    """What waits for its card, the latest first; not what is being collected at this moment."""
    if not desk.vaults:
        return ()
    of_cards = [row for row in open_ingests(desk, desk.first_vault.vault_id) if row.derivation is None]
    waiting = _without_live(desk, of_cards)
    with desk.database.read() as session:
        found = [_interruption(desk, session, row) for row in waiting]
    return tuple(sorted(found, key=lambda row: row.at, reverse=True))


def _without_live(desk: Desk, waiting: Sequence[Ingest]) -> list[Ingest]:
    try:
        with VaultRoot(desk.first_vault) as vault:
            return [row for row in waiting if row.bag is not None and not is_locked(vault, row.bag)]
    except VaultUnavailable:
        return [row for row in waiting if row.bag is not None]  # nothing can be collected into it now


def _interruption(desk: Desk, session: Session, row: Ingest) -> Interruption:
    statuses = select(IngestOutcome.status, func.count()).where(IngestOutcome.ingest_id == row.id)
    counts = {Outcome(status): count for status, count in session.execute(statuses.group_by(IngestOutcome.status))}
    recorder = row.recorder if isinstance(row.recorder, dict) else {}
    whys = [str(finding.facts.get("why")) for finding in findings_of(row.reasons) if finding.code == "STOPPED"]
    return Interruption(
        ingest_id=row.id,
        source=row.source,
        source_key=row.source_key,
        fingerprint=row.fingerprint,
        profile=recorder.get("profile"),
        serial=recorder.get("serial"),
        at=(row.ended_at or row.started_at).astimezone(desk.zone),
        collected=sum(counts.get(status, 0) for status in _COLLECTED) if counts else _registered(session, row),
        files=sum(count for status, count in counts.items() if status not in _LEFT_OUT) if whys else None,
        stopped=whys[0] if whys else None,
    )


def _registered(session: Session, row: Ingest) -> int:
    """Recordings of an ingest with a good copy in the vault that was its first."""
    good = select(func.count(Recording.id)).join(Copy, Copy.recording_id == Recording.id)
    mine = (Recording.ingest_id == row.id, Copy.vault_id == row.vault_id, Copy.state == CopyState.VERIFIED)
    return session.scalar(good.where(*mine)) or 0
