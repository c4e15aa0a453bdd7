"""What the window needs of cards: which are in, word of their coming and going, and a first look into one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from avdesk.progress import Control, OnProgress, ignore
from avdesk.recorders.names import name_facts
from avdesk.recorders.profiles import load_profiles
from avdesk.recorders.scanning import Source
from avdesk.recorders.volumes import MountWatch, volumes
from avdesk.services.desk import Desk, service
from avdesk.services.ingest import IngestPlan, SourceChoice, plan
from avdesk.services.volumes import MOST_FILES
from avdesk.terms import Right


class VolumeWatch(Protocol):
    """Word from the kernel: ``fileno`` is for an event loop that waits for an *exceptional* condition; whatever came,
    :func:`list_cards` says what is there now. To be closed.
    """

    def fileno(self) -> int: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CardVolume:
    """One mounted volume that counts, not looked into. ``device_id`` is equal for all volumes of one device; sizes in
    bytes.
    """

    mount: str
    device_id: str
    fstype: str
    uuid: str | None
    label: str | None
    port: str | None
    serial: str | None
    bytes_total: int


@dataclass(frozen=True, slots=True)
class CardLook:
    """What a first look showed. ``plan`` is ``None`` when there are more files than were asked for.

    ``users``: the numbers of people that the recorder wrote into its file names, the commonest first.
    """

    plan: IngestPlan | None
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecorderName:
    """The name of a family of recorders in both languages."""

    zh: str
    en: str


@service(Right.INGEST)
def watch_cards(desk: Desk) -> VolumeWatch:
    """Watch for mounts and unmounts from now on. Nothing is polled by a clock."""
    return MountWatch()


@service(Right.INGEST)
def list_cards(desk: Desk) -> tuple[CardVolume, ...]:
    """The volumes that can be collected from, in the kernel's order; those that hold a vault are none.

    Nothing on them is read, so it answers at once, at the latest when a file system does not.
    """
    vaults = [place.path.resolve() for place in desk.vaults]
    return tuple(
        CardVolume(
            mount=volume.mount,
            device_id=volume.device_id,
            fstype=volume.fstype,
            uuid=volume.uuid,
            label=volume.label,
            port=volume.port,
            serial=volume.serial,
            bytes_total=volume.bytes_total,
        )
        for volume in volumes()
        if volume.excluded is None and not any(vault.is_relative_to(volume.mount) for vault in vaults)
    )


@service(Right.INGEST)
def look_into(
    desk: Desk,
    source: SourceChoice,
    *,
    most: int | None = MOST_FILES,
    probe: bool = False,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> CardLook:
    """The plan of a card, with who seems to have recorded; a source of more than ``most`` files is left alone.

    Raises :class:`SourceMissing`, :class:`UsageError` when source and vault overlap, :class:`Cancelled`.
    """
    if most is not None and _is_vast(source, most):
        return CardLook(None, ())
    made = plan(desk, source, probe=probe, on_progress=on_progress, control=control)
    named = (name_facts(file.path) for file in made.files)
    users = Counter(facts.user for facts in named if facts is not None and facts.user is not None)
    return CardLook(made, tuple(user for user, _count in users.most_common()))


@service(Right.VIEW)
def recorder_names(desk: Desk) -> dict[str, RecorderName]:
    """The name of every family of recorders, by the ``profile`` of a plan."""
    return {profile.id: RecorderName(profile.name_zh, profile.name_en) for profile in load_profiles()}


def _is_vast(source: SourceChoice, most: int) -> bool:
    with Source(source.root, source.only) as opened:
        scan = opened.scan(most)
    return len(scan.files) > most or any(finding.code == "TOO_MANY_FILES" for finding in scan.findings)
