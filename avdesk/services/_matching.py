"""Whether a file of a card was collected earlier."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from avdesk.models import Copy, Ingest, Recording
from avdesk.recorders.scanning import SourceFile
from avdesk.terms import CopyState, ReadBack
from avdesk.vault.digests import Digesting
from avdesk.vault.medium import Medium, probe_medium, read_back
from avdesk.vault.root import VaultRoot, open_below

T = TypeVar("T")
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Earlier:
    """A recording that an earlier ingest has; ``stored`` is its path relative to the vault root."""

    recording_id: str
    ingest_id: str
    name: bytes
    original_path: bytes
    size: int
    mtime_ns: int
    sha256: str
    stored: str


def by_name_size_mtime(session: Session, vault_id: str, files: Sequence[SourceFile]) -> dict[bytes, Earlier]:
    """By path: files whose name, size and mtime an earlier, verified recording has."""
    found: dict[tuple[bytes, int, int], Earlier] = {}
    for part in _parts({(file.size, file.mtime_ns) for file in files}):
        marks = tuple_(Recording.size, Recording.mtime_ns).in_(part)
        for earlier in _run(session, _originals(vault_id).where(marks)):
            found[(earlier.name, earlier.size, earlier.mtime_ns)] = earlier
    names = {file.path: (file.path.rpartition(b"/")[2], file.size, file.mtime_ns) for file in files}
    return {path: found[mark] for path, mark in names.items() if mark in found}


def by_path(session: Session, vault_id: str, source_key: str, files: Sequence[SourceFile]) -> set[bytes]:
    """Paths that were collected from the same source before, whatever they held then."""
    found: set[bytes] = set()
    for part in _parts({file.path for file in files}):
        statement = _originals(vault_id).where(Ingest.source_key == source_key, Recording.original_path.in_(part))
        found.update(earlier.original_path for earlier in _run(session, statement))
    return found


def by_digest(
    session: Session, vault_id: str, sha256: Iterable[str], not_ingest: str | None
) -> dict[str, list[Earlier]]:
    """By digest: verified recordings of other ingests with the same content, oldest first."""
    found: dict[str, list[Earlier]] = {}
    for part in _parts(set(sha256)):
        statement = _originals(vault_id).where(Recording.sha256.in_(part)).order_by(Recording.id)
        if not_ingest is not None:
            statement = statement.where(Recording.ingest_id != not_ingest)
        for earlier in _run(session, statement):
            found.setdefault(earlier.sha256, []).append(earlier)
    return found


def of_ingest(session: Session, vault_id: str, ingest_id: str) -> dict[bytes, Earlier]:
    """By original path: what an ingest has registered so far."""
    statement = _earlier(vault_id).where(Recording.ingest_id == ingest_id)
    return {earlier.original_path: earlier for earlier in _run(session, statement)}


def by_id(session: Session, vault_id: str, ids: Sequence[str]) -> dict[str, Earlier]:
    """By id: verified recordings among these."""
    found: dict[str, Earlier] = {}
    for part in _parts(set(ids)):
        for earlier in _run(session, _earlier(vault_id).where(Recording.id.in_(part))):
            found[earlier.recording_id] = earlier
    return found


def same_content(name: bytes, size: int, candidates: Sequence[Earlier]) -> Earlier | None:
    """The earlier recording that this content is; an empty file says nothing, so there the name must agree too."""
    if size == 0:
        candidates = [earlier for earlier in candidates if earlier.name == name]
    return candidates[0] if candidates else None


class VaultReader:
    """Reads copies of one vault back, with what a probe of its medium showed."""

    def __init__(self, vault: VaultRoot) -> None:
        self.vault = vault
        self._medium: Medium | None = None

    def digest(self, stored: str, each: Callable[[memoryview], None] | None = None) -> tuple[str, ReadBack]:
        """SHA-256 of a copy, read from its medium now, and how; ``each`` sees every piece. Raises ``OSError``."""
        if self._medium is None:
            self._medium = probe_medium(self.vault.descriptor)
        parent, _, name = stored.rpartition("/")
        folder = open_below(self.vault.descriptor, parent)
        digesting = Digesting()

        def take(piece: memoryview) -> None:
            digesting.update(piece)
            if each is not None:
                each(piece)

        try:
            method = read_back(name, folder, self._medium, take)
        finally:
            os.close(folder)
        return digesting.result().sha256, method

    def holds(self, earlier: Earlier) -> bool:
        """Whether the copy is there with its size; says nothing of its content."""
        try:
            folder = open_below(self.vault.descriptor, earlier.stored.rpartition("/")[0])
        except OSError:
            return False
        try:
            status = os.stat(earlier.stored.rpartition("/")[2], dir_fd=folder, follow_symlinks=False)
        except OSError:
            return False
        finally:
            os.close(folder)
        return status.st_size == earlier.size


def _earlier(vault_id: str) -> Select[str, str, bytes, bytes, int, int, str, str | None, str]:
    return (
        select(
            Recording.id,
            Recording.ingest_id,
            Recording.original_name,
            Recording.original_path,
            Recording.size,
            Recording.mtime_ns,
            Recording.sha256,
            Ingest.bag,
            Recording.stored_path,
        )
        .join(Ingest, Ingest.id == Recording.ingest_id)
        .join(Copy, Copy.recording_id == Recording.id)
        .where(Copy.vault_id == vault_id, Copy.state == CopyState.VERIFIED)
    )


def _originals(vault_id: str) -> Select[str, str, bytes, bytes, int, int, str, str | None, str]:
    """What was made here from a recording stands for no file of a card, whatever it holds."""
    return _earlier(vault_id).where(Recording.derived_from.is_(None))


def _run(
    session: Session, statement: Select[str, str, bytes, bytes, int, int, str, str | None, str]
) -> Iterator[Earlier]:
    for row in session.execute(statement):
        recording_id, ingest_id, name, path, size, mtime_ns, sha256, bag, stored_path = row
        yield Earlier(recording_id, ingest_id, name, path, size, mtime_ns, sha256, f"{bag}/data/{stored_path}")


def _parts(values: set[T]) -> Iterator[list[T]]:
    rows = list(values)
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]
