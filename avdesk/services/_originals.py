"""One recording as a file in the vaults: where its copies lie, and whether one is still as it was registered."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import CopyDamaged, EnvironmentFault, UsageError, VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import Copy, Ingest, Recording
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services._fixity import Expected, check_copy, write_down
from avdesk.services._matching import VaultReader
from avdesk.services._text import plain
from avdesk.services.desk import Desk, visible
from avdesk.terms import CopyState
from avdesk.vault.root import VaultPlace, VaultRoot, open_below, reason_of

_NEVER_THERE = (CopyState.FAILED, CopyState.AWAY)


@dataclass(frozen=True, slots=True)
class Original:
    """A recording's file. ``states``: vault to what was last known of its copy; those never made are left out."""

    recording_id: str
    name: str
    bag: str
    expected: Expected
    states: Mapping[str, CopyState]

    @property
    def path(self) -> str:
        """Relative to the vault root."""
        return f"{self.bag}/data/{self.expected.stored_path}"


def original_of(desk: Desk, session: Session, recording_id: str) -> Original:
    """Raises :class:`UsageError` for an unknown recording."""
    row = session.scalars(visible(desk).where(Recording.id == plain(recording_id))).one_or_none()
    if row is None:
        raise UsageError("RECORDING_UNKNOWN", recordings=[recording_id])
    copies = session.scalars(select(Copy).where(Copy.recording_id == row.id))
    return Original(
        recording_id=row.id,
        name=os.fsdecode(row.original_name),
        bag=str(session.get_one(Ingest, row.ingest_id).bag),
        expected=Expected(row.id, row.stored_path, row.size, row.sha256),
        states={copy.vault_id: CopyState(copy.state) for copy in copies if copy.state not in _NEVER_THERE},
    )


def first_with(desk: Desk, original: Original) -> tuple[VaultPlace, list[str]]:
    """The place of the first vault of this PC that has the file now, and the vaults asked before.

    Raises :class:`VaultUnavailable` when no vault with a copy can be read, :class:`EnvironmentFault` with the reason
    ``COPY_MISSING`` when none has its file.
    """
    asked: list[str] = []
    fault: EnvironmentFault = EnvironmentFault(file=original.path, reason="COPY_MISSING")
    for place in desk.vaults:
        if place.vault_id not in original.states:
            continue
        try:
            with VaultRoot(place) as vault:
                if _has(vault, original.path):
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


def check_now(
    desk: Desk, original: Original, place: VaultPlace, on_progress: OnProgress, control: Control
) -> Finding | None:
    """Read the copy in that vault back from its medium and write down how it was found; what is wrong with it.

    Nothing of it stays in memory. Raises :class:`VaultUnavailable`, :class:`Cancelled`; then nothing is written down.
    """
    done = 0

    def watch(piece: memoryview) -> None:
        nonlocal done
        control.check()
        done += len(piece)
        on_progress(Progress("verify", original.path, 0, 1, done, original.expected.size))

    with VaultRoot(place) as vault:
        found = check_copy(VaultReader(vault), original.bag, original.expected, watch)
    write_down(desk, place.vault_id, [found])
    return found.finding


def require_good(desk: Desk, original: Original, on_progress: OnProgress, control: Control) -> tuple[VaultPlace, Path]:
    """The vault and file of a copy that was read just now and is as it was registered.

    Raises :class:`CopyDamaged`, and as :func:`first_with` and :func:`check_now` do.
    """
    place, _asked = first_with(desk, original)
    finding = check_now(desk, original, place, on_progress, control)
    if finding is not None:
        raise CopyDamaged(finding)
    return place, place.path / original.path
