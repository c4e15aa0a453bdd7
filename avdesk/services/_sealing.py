"""What a bag says of itself: the tag files, written from the catalogue."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import avdesk
from avdesk.models import AuditHead, Copy, Ingest, Person, RecordedTime, Recording
from avdesk.services._outcomes import FileOutcome, load
from avdesk.services._text import plain
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, IngestState
from avdesk.vault.bag import OpenBag

FORMAT = 1
_MEDIA = (
    "duration_s",
    "width",
    "height",
    "format",
    "video_codec",
    "audio_codec",
    "frame_rate",
    "make",
    "model",
    "serial",
)


def close_ingest(desk: Desk, ingest_id: str, bags: Sequence[OpenBag]) -> str | None:
    """Seal the bag of an ingest in every vault that has it, or take an empty one away; then close its row.

    Returns the bag's path, ``None`` when nothing was new. May be repeated after a crash. Raises ``OSError``,
    :class:`VaultUnavailable`.
    """
    with desk.database.read() as session:
        ingest = session.get_one(Ingest, ingest_id)
        rows = file_rows(session, ingest_id)
        head = session.scalars(select(AuditHead)).one().hash if rows and bags else None
        if head is not None:
            content = ingest_json(desk, session, ingest, load(session, desk, ingest_id), head)
            for bag in bags:
                files = [row for row in rows if _lies_in(row, bag.vault.vault_id)]
                bag.seal(_info(desk, session, ingest), files, content)
    if head is None:
        for bag in bags:
            bag.remove()
    with desk.database.write() as session:
        ingest = session.get_one(Ingest, ingest_id)
        ingest.state, ingest.ended_at, ingest.audit_head = IngestState.SEALED, datetime.now(UTC), head
        if head is None:
            ingest.bag = None
        desk.record(session, "ingest.closed", ("ingest", ingest_id), {"bag": ingest.bag})
        return ingest.bag


def ingest_json(
    desk: Desk, session: Session, ingest: Ingest, outcomes: Iterable[FileOutcome], head: str | None
) -> dict[str, object]:
    """``avdesk-ingest.json``: who, what, when, every outcome. Written when the bag is opened and when it is sealed."""
    return {
        "format": FORMAT,
        "software": f"avdesk {avdesk.__version__}",
        "ingest_id": ingest.id,
        "bag": ingest.bag,
        "unit": desk.unit,
        "source": ingest.source,
        "source_key": ingest.source_key,
        "fingerprint": ingest.fingerprint,
        "recorder": ingest.recorder,
        "derivation": ingest.derivation,
        "operator": person_json(session, ingest.operator_id),
        "handed_in_by": person_json(session, ingest.handed_in_by_id),
        "started_at": ingest.started_at.isoformat(),
        "sealed_at": datetime.now(UTC).isoformat() if head is not None else None,
        "audit_head": head,
        "outcomes": [_outcome_json(outcome) for outcome in outcomes],
    }


def person_json(session: Session, person_id: str | None) -> dict[str, object] | None:
    """One person as a tag file names them."""
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return None
    return {
        "person_id": person.id,
        "name": person.name,
        "enforcement_id": person.enforcement_id,
        "section": person.section,
    }


def file_rows(session: Session, ingest_id: str) -> list[dict[str, object]]:
    """A line of ``avdesk-files.jsonl`` for every recording of an ingest; ``size`` in bytes, ``mtime_ns`` as text."""
    of_ingest = select(Recording.id).where(Recording.ingest_id == ingest_id)
    times: dict[str, list[dict[str, object]]] = defaultdict(list)
    for time in session.scalars(
        select(RecordedTime).where(RecordedTime.recording_id.in_(of_ingest)).order_by(RecordedTime.position)
    ):
        times[time.recording_id].append(
            {"source": time.source, "raw": time.raw, "at": time.at.isoformat(), "zone_stated": time.zone_stated}
        )
    copies: dict[str, list[dict[str, object]]] = defaultdict(list)
    for copy in session.scalars(select(Copy).where(Copy.recording_id.in_(of_ingest)).order_by(Copy.vault_id)):
        copies[copy.recording_id].append({"vault_id": copy.vault_id, "state": copy.state, "read_back": copy.read_back})
    rows = session.scalars(select(Recording).where(Recording.ingest_id == ingest_id).order_by(Recording.stored_path))
    return [
        {
            "recording_id": row.id,
            "path": os.fsdecode(row.original_path),
            "stored_path": row.stored_path,
            "size": row.size,
            "mtime_ns": str(row.mtime_ns),
            "sha256": row.sha256,
            "sm3": row.sm3,
            "kind": row.kind,
            "times": times[row.id],
            "copies": copies[row.id],
            "findings": row.findings,
            "derived_from": row.derived_from,
            **{name: getattr(row, name) for name in _MEDIA},
        }
        for row in rows
    ]


def media_of(row: Mapping[str, object]) -> dict[str, object]:
    """The columns of a recording's metadata out of a line of ``avdesk-files.jsonl``."""
    return {name: row[name] for name in _MEDIA}


def _lies_in(row: Mapping[str, object], vault_id: str) -> bool:
    copies = row["copies"]
    return isinstance(copies, list) and any(
        copy["vault_id"] == vault_id and copy["state"] == CopyState.VERIFIED for copy in copies
    )


def _outcome_json(outcome: FileOutcome) -> dict[str, object]:
    fields = asdict(outcome)
    for name in ("recorded_at", "recorded_at_source", "duration_s", "kind", "read_now", "copies"):
        del fields[name]
    return fields


def _info(desk: Desk, session: Session, ingest: Ingest) -> dict[str, str]:
    operator = session.get_one(Person, ingest.operator_id)
    return {
        "Source-Organization": desk.unit,
        "Contact-Name": operator.name,
        "External-Identifier": ingest.id,
        "External-Description": plain(ingest.source),
        "Bagging-Date": datetime.now(desk.zone).date().isoformat(),
        "Bag-Software-Agent": f"avdesk {avdesk.__version__}",
    }
