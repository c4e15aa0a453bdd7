"""Opening a recording to be looked at: the only way to a file in a vault, and an event of its custody."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import EnvironmentFault, UsageError, VaultUnavailable
from avdesk.models import Copy, Ingest, Recording
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.services.recordings import RecordingFacts, show_recording
from avdesk.terms import CopyState, Right
from avdesk.vault.root import VaultPlace, VaultRoot, open_below, reason_of

_NEVER_THERE = (CopyState.FAILED, CopyState.AWAY)


@dataclass(frozen=True, slots=True)
class Viewing:
    """A recording that is looked at. ``file`` is its copy in ``vault_id``; ``state`` is what was last known of it.

    ``away`` names the vaults asked before that are not connected or do not have it.
    """

    file: str
    vault_id: str
    state: CopyState
    away: tuple[str, ...]
    recording: RecordingFacts


@service(Right.VIEW)
def open_for_viewing(desk: Desk, recording_id: str) -> Viewing:
    """The recording, and the file of its copy in the first vault of this PC that has it; audited as seen.

    Raises :class:`UsageError` for one that is unknown, :class:`VaultUnavailable` when no vault with a copy can be read,
    :class:`EnvironmentFault` with the reason ``COPY_MISSING`` when none has its file.
    """
    with desk.database.read() as session:
        row = session.scalars(visible(desk).where(Recording.id == plain(recording_id))).one_or_none()
        if row is None:
            raise UsageError("RECORDING_UNKNOWN", recordings=[recording_id])
        path = f"{session.get_one(Ingest, row.ingest_id).bag}/data/{row.stored_path}"
        states = _states(session, row.id)
    place, asked = _first_with(desk, states, path)
    with desk.database.write() as session:
        facts = {"vault_id": place.vault_id, "path": path}
        desk.record(session, "recording.viewed", ("recording", row.id), facts)
    away = tuple(asked)
    return Viewing(str(place.path / path), place.vault_id, states[place.vault_id], away, show_recording(desk, row.id))


def _states(session: Session, recording_id: str) -> dict[str, CopyState]:
    """Vault to the state of its copy; those that were never made are left out."""
    copies = session.scalars(select(Copy).where(Copy.recording_id == recording_id))
    return {copy.vault_id: CopyState(copy.state) for copy in copies if copy.state not in _NEVER_THERE}


def _first_with(desk: Desk, states: dict[str, CopyState], path: str) -> tuple[VaultPlace, list[str]]:
    """The place of the first vault that has the file now, and the vaults asked before. Raises as the service does."""
    asked: list[str] = []
    fault: EnvironmentFault = EnvironmentFault(file=path, reason="COPY_MISSING")
    for place in desk.vaults:
        if place.vault_id not in states:
            continue
        try:
            with VaultRoot(place) as vault:
                if _has(vault, path):
                    return place, asked
        except VaultUnavailable as unavailable:
            fault = unavailable
        asked.append(place.vault_id)
    raise fault


def _has(vault: VaultRoot, path: str) -> bool:
    """Whether a regular file lies there, no link followed. Raises :class:`VaultUnavailable` when that can't be told."""
    folder, name = Path(path).parent.as_posix(), Path(path).name
    try:
        descriptor = open_below(vault.descriptor, folder)
        try:
            return stat.S_ISREG(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise VaultUnavailable(path=str(vault.path), reason=reason_of(error), vault_id=vault.vault_id) from error
