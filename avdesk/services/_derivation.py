"""Where a recording that was made here comes from: what its bag says of it, and its ties to what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.models import CaseFile, CaseRecording, Ingest, Recording
from avdesk.services._markers import milliseconds
from avdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Derivation:
    """``how``: ``snapshot`` or ``clip``; ``mode`` of a clip: ``copy`` or ``encode``.

    ``recording_id`` of what it was made from, ``path`` of its copy in the vault ``vault_id`` that was read, ``sha256``
    as that copy was read for it. ``from_s`` and ``to_s`` as asked for, in seconds from its beginning; ``first_s`` and
    ``last_s`` the times of the first and last frame that are really in it, ``first_index`` and ``last_index`` their
    numbers, ``None`` for sound; ``pts`` of the frame of a snapshot.
    """

    how: str
    recording_id: str
    vault_id: str
    path: str
    sha256: str
    from_s: float
    to_s: float | None
    first_s: float
    last_s: float
    first_index: int | None
    last_index: int | None
    pts: int | None
    mode: str | None

    @property
    def json(self) -> dict[str, object]:
        """As it lies in the catalogue and in the bag."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a bag's recordings were made from, and how; times in milliseconds."""

    recording_id: str | None
    how: str
    from_ms: int
    to_ms: int | None


def origin_of(session: Session, ingest_id: str) -> Origin | None:
    """``None`` for what came from a card. Its recording is ``None`` when the catalogue does not have it."""
    said = session.get_one(Ingest, ingest_id).derivation
    if not isinstance(said, Mapping):
        return None
    known = session.get(Recording, str(said["recording_id"]))
    to_s = said["to_s"]
    return Origin(
        recording_id=None if known is None else known.id,
        how=str(said["how"]),
        from_ms=milliseconds(float(said["from_s"])),
        to_ms=None if to_s is None else milliseconds(float(to_s)),
    )


def tie(session: Session, desk: Desk, origin: Origin, recording_id: str) -> None:
    """Write into the custody of the original what was made from it, and link that to the original's cases."""
    if origin.recording_id is None:
        return
    facts = {"derived": recording_id, "how": origin.how, "from_ms": origin.from_ms, "to_ms": origin.to_ms}
    desk.record(session, "recording.derived", ("recording", origin.recording_id), facts)
    cases = select(CaseFile).join(CaseRecording, CaseRecording.case_id == CaseFile.id)
    for case in session.scalars(cases.where(CaseRecording.recording_id == origin.recording_id).order_by(CaseFile.id)):
        now = datetime.now(UTC)
        session.add(
            CaseRecording(case_id=case.id, recording_id=recording_id, linked_by_id=desk.person_id, linked_at=now)
        )
        about = {"case_id": case.id, "number": case.number}
        desk.record(session, "recording.linked", ("recording", recording_id), about)
