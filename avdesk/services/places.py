"""Where vaults lie on this PC: how much room they have, and whether a folder can become one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from avdesk.errors import VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import Vault
from avdesk.recorders.volumes import Excluded, Volume, volumes
from avdesk.services._places import is_workspace
from avdesk.services.desk import Desk, service, without_sign_in
from avdesk.terms import Right, VaultRole
from avdesk.vault.root import MARKER, VaultPlace, VaultRoot, read_marker

LITTLE_SPACE = 20 * 2**30
"""Bytes below which a place is said to have little space: about a day of one recorder."""
_MEMORY = frozenset({"tmpfs", "ramfs"})
_FAT = frozenset({"vfat", "msdos", "fat", "fuseblk.vfat"})
_IGNORED = "lost+found"


@dataclass(frozen=True, slots=True)
class VaultSpace:
    """One vault of this PC. ``reason`` is ``None`` when it can be used now; sizes in bytes, ``None`` when it can't."""

    vault_id: str
    path: str
    role: VaultRole
    reason: str | None
    bytes_total: int | None
    bytes_free: int | None


@dataclass(frozen=True, slots=True)
class VaultSpaces:
    vaults: tuple[VaultSpace, ...]


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """What a folder would be as a vault; nothing was made. ``vault_id``: of the vault that lies there already.

    ``usable`` is false when it can't become one; ``findings`` say why, and what should give pause.
    """

    path: str
    fstype: str | None
    bytes_total: int
    bytes_free: int
    vault_id: str | None
    usable: bool
    findings: tuple[Finding, ...]


@without_sign_in
def is_set_up(workspace: Path) -> bool:
    """Whether there is a workspace, made by ``init``."""
    return is_workspace(workspace.absolute())


@service(Right.VIEW)
def vault_spaces(desk: Desk) -> VaultSpaces:
    """The vaults of this PC with their room, the first vault first."""
    with desk.database.read() as session:
        roles = {row.id: VaultRole(row.role) for row in session.scalars(select(Vault))}
    return VaultSpaces(tuple(_space(place, roles[place.vault_id]) for place in desk.vaults))


def _space(place: VaultPlace, role: VaultRole) -> VaultSpace:
    try:
        with VaultRoot(place) as vault:
            room = os.fstatvfs(vault.descriptor)
    except VaultUnavailable as error:
        return VaultSpace(place.vault_id, str(place.path), role, str(error.facts["reason"]), None, None)
    total, free = room.f_blocks * room.f_frsize, room.f_bavail * room.f_frsize
    return VaultSpace(place.vault_id, str(place.path), role, None, total, free)


@without_sign_in
def check_vault_place(path: Path) -> PlaceCheck:
    """Look at a folder, there already or not, as the place of a vault: its space, file system and marker."""
    path = path.absolute()
    above = _nearest(path)
    room = os.statvfs(above)
    volume = _volume_of(above)
    vault_id, faults = _marker(path)
    faults += [*_occupied(path, vault_id), *_not_writable(above, room.f_blocks)]
    free = room.f_bavail * room.f_frsize
    doubts = [*_doubts(volume), *_little_space(free, path)]
    return PlaceCheck(
        path=str(path),
        fstype=volume.fstype if volume is not None else None,
        bytes_total=room.f_blocks * room.f_frsize,
        bytes_free=free,
        vault_id=vault_id,
        usable=not faults,
        findings=(*faults, *doubts),
    )


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _volume_of(folder: Path) -> Volume | None:
    """The mounted volume that a folder lies on."""
    real = folder.resolve()
    holding = [volume for volume in volumes() if real.is_relative_to(volume.mount)]
    return max(holding, key=lambda volume: len(volume.mount), default=None)


def _marker(path: Path) -> tuple[str | None, list[Finding]]:
    if not (path / MARKER).exists():
        return None, []
    try:
        return read_marker(path), []
    except VaultUnavailable as error:
        return None, [Finding("VAULT_UNAVAILABLE", str(path), {**error.facts, "path": str(path)})]


def _occupied(path: Path, vault_id: str | None) -> Iterator[Finding]:
    if path.exists() and not path.is_dir():
        yield Finding("NO_FOLDER", str(path))
    elif vault_id is None and _has_things(path):
        yield Finding("FOLDER_NOT_EMPTY", str(path))


def _has_things(path: Path) -> bool:
    """Whether a folder that may be looked into holds anything but a marker, which is judged by itself."""
    if not path.is_dir() or not os.access(path, os.R_OK | os.X_OK) or (path / MARKER).exists():
        return False
    return any(entry.name != _IGNORED for entry in path.iterdir())


def _not_writable(above: Path, blocks: int) -> Iterator[Finding]:
    """Also what has no blocks, as ``/proc``: there is no disk."""
    if not blocks or not os.access(above, os.W_OK | os.X_OK):
        yield Finding("PLACE_NOT_WRITABLE", str(above))


def _doubts(volume: Volume | None) -> Iterator[Finding]:
    if volume is None:
        return
    if volume.fstype in _MEMORY:
        yield Finding("PLACE_IN_MEMORY", volume.mount)
    if volume.fstype in _FAT:
        yield Finding("PLACE_FILES_UP_TO_4_GIB", volume.mount, {"fstype": volume.fstype})
    if volume.excluded is Excluded.NETWORK:
        yield Finding("PLACE_IN_NETWORK", volume.mount)
    if volume.mount == "/":
        yield Finding("PLACE_ON_SYSTEM_DISK", volume.mount)


def _little_space(free: int, path: Path) -> Iterator[Finding]:
    if free < LITTLE_SPACE:
        yield Finding("PLACE_LITTLE_SPACE", str(path), {"free": free})
