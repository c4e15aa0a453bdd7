"""Writing a copied file into the catalogue: one recording, its times, its copies, one audit event."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from avdesk.findings import Finding
from avdesk.media.facts import MediaFacts
from avdesk.models import Copy, RecordedTime, Recording, new_id
from avdesk.recorders.names import kind_of
from avdesk.services._derivation import origin_of, tie
from avdesk.services._json import findings_json
from avdesk.services._outcomes import CopyResult, FileOutcome
from avdesk.services._outcomes import save as save_outcomes
from avdesk.services._text import cut, plain
from avdesk.services._times import moments
from avdesk.services.desk import Desk
from avdesk.terms import Kind, Outcome
from avdesk.vault.digests import Digests


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies in a bag, with its digests compared. ``path`` are the bytes on the card, ``size`` in bytes."""

    path: bytes
    stored_path: str
    size: int
    mtime_ns: int
    digests: Digests
    copies: tuple[CopyResult, ...]
    media: MediaFacts
    findings: tuple[Finding, ...] = ()


def register(session: Session, desk: Desk, ingest_id: str, files: Sequence[Stored], act: str) -> list[FileOutcome]:
    """Add recordings in the caller's transaction; ``act`` names how they came: collected, adopted, derived.

    What was made from a recording is tied to it and to its cases.
    """
    origin = origin_of(session, ingest_id)
    rows = [_row(desk, ingest_id, stored) for stored in files]
    for row, _times, _outcome in rows:
        row.derived_from = origin.recording_id if origin is not None else None
        session.add(row)
    session.flush()
    for stored, (row, times, _outcome) in zip(files, rows, strict=True):
        session.add_all(times)
        add_copies(session, row.id, stored.copies)
        facts = {
            "ingest_id": ingest_id,
            "stored_path": stored.stored_path,
            "size": stored.size,
            "sha256": stored.digests.sha256,
            "copies": [_copy_facts(copy) for copy in stored.copies],
        }
        desk.record(session, "recording.registered", ("recording", row.id), {**facts, "how": act})
        if origin is not None:
            tie(session, desk, origin, row.id)
    outcomes = [outcome for _row, _times, outcome in rows]
    save_outcomes(session, ingest_id, outcomes)
    return outcomes


def _row(desk: Desk, ingest_id: str, stored: Stored) -> tuple[Recording, list[RecordedTime], FileOutcome]:
    name = stored.path.rpartition(b"/")[2]
    path = os.fsdecode(stored.path)
    found = _findings(path, stored)
    times = moments(os.fsdecode(name), stored.mtime_ns, stored.media.times, desk.zone)
    row = Recording(
        id=new_id(),
        ingest_id=ingest_id,
        original_path=stored.path,
        original_name=name,
        stored_path=stored.stored_path,
        search_text=plain(path).casefold(),
        size=stored.size,
        mtime_ns=stored.mtime_ns,
        sha256=stored.digests.sha256,
        sm3=stored.digests.sm3,
        kind=_kind(os.fsdecode(name), stored.media),
        recorded_at=times[0].at,
        recorded_at_source=times[0].source,
        findings=findings_json(found),
        **_media(stored.media),
    )
    read = [
        RecordedTime(
            recording_id=row.id,
            position=position,
            source=time.source,
            raw=plain(time.raw),
            at=time.at,
            zone_stated=time.zone_stated,
        )
        for position, time in enumerate(times)
    ]
    outcome = FileOutcome(
        path=path,
        status=Outcome.VERIFIED,
        recording_id=row.id,
        size=stored.size,
        findings=found,
        mtime_ns=str(stored.mtime_ns),
        read_now=True,
    )
    return row, read, outcome


def add_copies(session: Session, recording_id: str, copies: Sequence[CopyResult]) -> None:
    """The copies of a recording as they were just read back."""
    now = datetime.now(UTC)
    for copy in copies:
        session.add(
            Copy(
                recording_id=recording_id,
                vault_id=copy.vault_id,
                state=copy.state,
                read_back=copy.read_back,
                checked_at=now if copy.read_back is not None else None,
            )
        )


def _findings(path: str, stored: Stored) -> tuple[Finding, ...]:
    found = [Finding(finding.code, path, finding.facts) for finding in (*stored.media.findings, *stored.findings)]
    if stored.size == 0 and all(finding.code != "EMPTY" for finding in found):
        found.append(Finding("EMPTY", path))
    return tuple(found)


def _kind(name: str, media: MediaFacts) -> Kind:
    """By name; by content where the name says nothing."""
    named = kind_of(name)
    return media.kind if named is Kind.OTHER and media.kind is not None else named


def _media(media: MediaFacts) -> dict[str, object]:
    return {
        "duration_s": media.duration_s,
        "width": media.width,
        "height": media.height,
        "format": cut(media.format, 100),
        "video_codec": cut(media.video_codec, 50),
        "audio_codec": cut(media.audio_codec, 50),
        "frame_rate": cut(media.frame_rate, 30),
        "make": cut(media.make, 200),
        "model": cut(media.model, 200),
        "serial": cut(media.serial, 200),
    }


def _copy_facts(copy: CopyResult) -> dict[str, object]:
    return {"vault_id": copy.vault_id, "state": copy.state.value, "read_back": copy.read_back}
