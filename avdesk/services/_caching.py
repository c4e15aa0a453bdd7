"""Where the originals of recordings lie now, for work that reads them and keeps what it made in the cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.db import parts
from avdesk.errors import VaultUnavailable
from avdesk.models import Copy, Ingest, Recording
from avdesk.services._text import plain
from avdesk.services.desk import Desk, visible
from avdesk.terms import CopyState, Kind
from avdesk.vault.root import VaultPlace, VaultRoot

_LONGEST_ID = 36


@dataclass(frozen=True, slots=True)
class Original:
    """``path`` is relative to a vault's root, ``vaults`` those that have it."""

    recording_id: str
    path: str
    vaults: frozenset[str]


def cache_folder(desk: Desk, recording_id: str) -> Path:
    """The recording's own folder in the cache; an id with anything but letters, digits and dashes has none."""
    safe = "".join(character for character in recording_id if character.isalnum() or character == "-")
    return desk.workspace / "cache" / (safe[:_LONGEST_ID] or "-")


def originals_of(desk: Desk, session: Session, ids: Sequence[str], kinds: Sequence[Kind]) -> list[Original]:
    """Where the wanted recordings lie, in the order asked; those of other kinds are left out."""
    found: dict[str, Original] = {}
    for part in parts([plain(recording_id) for recording_id in ids]):
        statement = visible(desk).where(Recording.id.in_(part), Recording.kind.in_(kinds))
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
            found[recording_id] = Original(recording_id, f"{bag}/data/{stored_path}", vaults)
    return [found[recording_id] for recording_id in ids if recording_id in found]


def files_of(desk: Desk, original: Original) -> Iterator[Path]:
    """Its files in the vaults that are there now, the first vault first."""
    for place in desk.vaults:
        if place.vault_id in original.vaults and _is_there(place):
            yield place.path / original.path


def _is_there(place: VaultPlace) -> bool:
    try:
        VaultRoot(place).close()
    except VaultUnavailable:
        return False
    return True
