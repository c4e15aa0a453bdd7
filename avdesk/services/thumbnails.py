"""Small pictures of recordings, made once and kept in the workspace's cache: no evidence, they can be made anew."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.db import parts
from avdesk.errors import VaultUnavailable
from avdesk.media.worker import MediaWorker
from avdesk.models import Copy, Ingest, Recording
from avdesk.progress import Control
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import CopyState, Kind, Right
from avdesk.vault.root import VaultPlace, VaultRoot

_PICTURE, _NOTHING = "thumb.jpg", "thumb.none"
_SHOWN = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)
_THERE = (CopyState.VERIFIED, CopyState.DAMAGED)
_SECONDS = 8.0
_LONGEST_ID = 36


class Thumbnailer(MediaWorker):
    """The process that decodes, with little patience; who shows pictures keeps one and closes it."""

    def __init__(self) -> None:
        super().__init__(seconds=_SECONDS)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """``file``: the JPEG in the cache, ``None`` when there is nothing to show, or no copy can be read now."""

    recording_id: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class _Original:
    recording_id: str
    path: str
    vaults: frozenset[str]


@service(Right.VIEW)
def thumbnails(
    desk: Desk, recording_ids: Sequence[str], worker: Thumbnailer, *, control: Control | None = None
) -> tuple[Thumbnail, ...]:
    """The pictures of these recordings, in this order; those that are not in the cache are made now.

    What was made now is one audit event. That nothing can be shown of a content is remembered too; that its vault is
    away is not. Raises :class:`Cancelled`.
    """
    control = control or Control()
    wanted = list(dict.fromkeys(recording_ids))
    missing = [recording_id for recording_id in wanted if not _is_settled(_folder(desk, recording_id))]
    made: list[str] = []
    try:
        if missing:
            with desk.database.read() as session:
                originals = _originals(desk, session, missing)
            for original in originals:
                control.check()
                if _make(desk, original, worker):
                    made.append(original.recording_id)
    finally:
        if made:
            with desk.database.write() as session:
                desk.record(session, "thumbnails.made", ("thumbnails", made[0]), {"recordings": made})
    files = [(recording_id, _folder(desk, recording_id) / _PICTURE) for recording_id in wanted]
    return tuple(Thumbnail(recording_id, file if file.exists() else None) for recording_id, file in files)


def _folder(desk: Desk, recording_id: str) -> Path:
    """The recording's own folder in the cache; an id with anything but letters, digits and dashes has none."""
    safe = "".join(character for character in recording_id if character.isalnum() or character == "-")
    return desk.workspace / "cache" / (safe[:_LONGEST_ID] or "-")


def _is_settled(folder: Path) -> bool:
    return (folder / _PICTURE).exists() or (folder / _NOTHING).exists()


def _originals(desk: Desk, session: Session, ids: Sequence[str]) -> list[_Original]:
    """Where the wanted recordings lie, in the order asked; those of kinds that show nothing are left out."""
    found: dict[str, _Original] = {}
    for part in parts([plain(recording_id) for recording_id in ids]):
        statement = visible(desk).where(Recording.id.in_(part), Recording.kind.in_(_SHOWN))
        copies: dict[str, set[str]] = {}
        good = select(Copy.recording_id, Copy.vault_id).where(Copy.recording_id.in_(part))
        for recording_id, vault_id in session.execute(
            good.where(Copy.state.in_((CopyState.VERIFIED, CopyState.DAMAGED)))
        ):
            copies.setdefault(recording_id, set()).add(vault_id)
        columns = (Recording.id, Recording.stored_path, Ingest.bag)
        places = statement.join(Ingest, Ingest.id == Recording.ingest_id).with_only_columns(*columns)
        for recording_id, stored_path, bag in session.execute(places):
            vaults = frozenset(copies.get(recording_id, ()))
            found[recording_id] = _Original(recording_id, f"{bag}/data/{stored_path}", vaults)
    return [found[recording_id] for recording_id in ids if recording_id in found]


def _make(desk: Desk, original: _Original, worker: Thumbnailer) -> bool:
    """Make one picture from the first vault that gives the file; whether one was made."""
    for place in desk.vaults:
        if place.vault_id not in original.vaults or not _is_there(place):
            continue
        try:
            jpeg = worker.thumbnail(place.path / original.path)
        except OSError:
            continue
        _keep(_folder(desk, original.recording_id), jpeg)
        return jpeg is not None
    return False


def _is_there(place: VaultPlace) -> bool:
    try:
        VaultRoot(place).close()
    except VaultUnavailable:
        return False
    return True


def _keep(folder: Path, jpeg: bytes | None) -> None:
    """Put the picture, or that there is none, into the cache; a cache that can't be written is done without."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if jpeg is None:
            (folder / _NOTHING).touch()
            return
        work = folder / f".{secrets.token_hex(8)}.part"
        work.write_bytes(jpeg)
        work.replace(folder / _PICTURE)
