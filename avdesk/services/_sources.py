"""What the custodian points at: a mount, any folder, or single files of one folder; and what is known of its volume."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import SourceMissing, UsageError
from avdesk.recorders.volumes import Volume, volumes
from avdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """``only`` are names of files in ``root`` when single files were chosen, else ``None``."""

    root: Path
    only: frozenset[bytes] | None = None

    @property
    def text(self) -> str:
        return str(self.root)


def choices(paths: Iterable[Path]) -> list[SourceChoice]:
    """Folders one by one; single files together by their folder. Raises :class:`SourceMissing`."""
    found: list[SourceChoice] = []
    files: dict[Path, set[bytes]] = defaultdict(set)
    for path in paths:
        path = path.absolute()
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            raise SourceMissing(path=str(path), reason=getattr(error, "strerror", None) or str(error)) from error
        if stat.S_ISDIR(mode):
            found.append(SourceChoice(path.resolve()))
        elif stat.S_ISREG(mode):
            files[path.parent.resolve()].add(os.fsencode(path.name))
        else:
            raise SourceMissing(path=str(path), reason="neither a folder nor a regular file")
    found.extend(SourceChoice(root, frozenset(names)) for root, names in files.items())
    return found


def require_apart(desk: Desk, choice: SourceChoice) -> None:
    """Raises :class:`UsageError` when the source and a vault lie in each other."""
    for place in desk.vaults:
        vault = place.path.resolve()
        holds = choice.only is None and vault.is_relative_to(choice.root)
        if holds or choice.root.is_relative_to(vault):
            raise UsageError("SOURCE_AND_VAULT_OVERLAP", source=str(choice.root), vault=str(vault))


def volume_of(choice: SourceChoice) -> Volume | None:
    """The mounted volume that the source lies on, when it is one that counts."""
    around = [
        volume for volume in volumes() if volume.excluded is None and choice.root.is_relative_to(Path(volume.mount))
    ]
    return max(around, key=lambda volume: len(volume.mount), default=None)


def source_key(choice: SourceChoice, volume: Volume | None) -> str:
    """What stays the same when a card is put in again: its file system's id and the folder in it, else the path."""
    if volume is None or volume.uuid is None:
        return f"path:{choice.text}"
    return f"uuid:{volume.uuid}:{choice.root.relative_to(volume.mount).as_posix()}"
