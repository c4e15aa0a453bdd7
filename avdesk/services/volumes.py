"""Mounted storage as the custodian sees it: recorders, plain storage, and what is left out with its reason."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import AvdeskError
from avdesk.recorders.names import is_system_file, kind_of
from avdesk.recorders.scanning import Scan, Source
from avdesk.recorders.volumes import MountWatch, Volume, volumes
from avdesk.services._planning import count_new, recorder_of
from avdesk.services.desk import Desk, service
from avdesk.terms import Kind, Right, VolumeState

MOST_FILES = 50_000
"""A volume with more files is listed without counting them."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """``other`` counts sidecars too."""

    video: int
    audio: int
    photo: int
    other: int


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    """Sizes in bytes. ``files`` and ``new`` are ``None`` where they were not counted; ``device_id`` is equal for all
    volumes of one device.
    """

    mount: str
    device: str
    device_id: str
    fstype: str
    uuid: str | None
    label: str | None
    port: str | None
    read_only: bool
    bytes_total: int
    bytes_free: int
    state: VolumeState
    profile: str | None
    why: tuple[str, ...]
    serial: str | None
    asset_number: str | None
    files: FileCounts | None
    new: int | None


@dataclass(frozen=True, slots=True)
class VolumeList:
    volumes: tuple[VolumeFacts, ...]


@service(Right.INGEST)
def list_volumes(desk: Desk) -> VolumeList:
    """Every mounted file system; those that count are looked into."""
    return VolumeList(tuple(_facts(desk, volume) for volume in volumes()))


@service(Right.INGEST)
def wait_for_volumes(desk: Desk, seconds: float) -> VolumeList:
    """The list at the first mount or unmount, at the latest after ``seconds``; the kernel tells."""
    with MountWatch() as watch:
        watch.wait(seconds)
    return list_volumes(desk)


def _facts(desk: Desk, volume: Volume) -> VolumeFacts:
    if volume.excluded is not None:
        return _described(volume, VolumeState.EXCLUDED, (volume.excluded.value,))
    if _holds_vault(desk, volume):
        return _described(volume, VolumeState.EXCLUDED, ("VAULT",))
    try:
        with Source(Path(volume.mount)) as source:
            scan = source.scan(MOST_FILES)
    except AvdeskError as error:
        return _described(volume, VolumeState.EXCLUDED, (error.code,))
    recorder = recorder_of(scan)
    whole = not any(finding.code == "TOO_MANY_FILES" for finding in scan.findings)
    state = VolumeState.RECORDER if recorder.profile is not None else VolumeState.STORAGE
    return _described(
        volume,
        state,
        recorder.why,
        profile=recorder.profile,
        serial=volume.serial or recorder.serial,
        files=_counts(scan) if whole else None,
        new=count_new(desk, scan) if whole else None,
    )


def _holds_vault(desk: Desk, volume: Volume) -> bool:
    return any(place.path.resolve().is_relative_to(volume.mount) for place in desk.vaults)


def _described(
    volume: Volume,
    state: VolumeState,
    why: Sequence[str],
    *,
    profile: str | None = None,
    serial: str | None = None,
    files: FileCounts | None = None,
    new: int | None = None,
) -> VolumeFacts:
    return VolumeFacts(
        mount=volume.mount,
        device=volume.device,
        device_id=volume.device_id,
        fstype=volume.fstype,
        uuid=volume.uuid,
        label=volume.label,
        port=volume.port,
        read_only=volume.read_only,
        bytes_total=volume.bytes_total,
        bytes_free=volume.bytes_free,
        state=state,
        profile=profile,
        why=tuple(why),
        serial=serial or volume.serial,
        asset_number=None,
        files=files,
        new=new,
    )


def _counts(scan: Scan) -> FileCounts:
    paths = [os.fsdecode(file.path) for file in scan.files]
    kinds = Counter(kind_of(path) for path in paths if not is_system_file(path))
    other = kinds[Kind.SIDECAR] + kinds[Kind.OTHER]
    return FileCounts(kinds[Kind.VIDEO], kinds[Kind.AUDIO], kinds[Kind.PHOTO], other)
