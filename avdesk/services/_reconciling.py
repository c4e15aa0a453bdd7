"""What a run that ended early left behind: adopted where its journal accounts for it, else taken aside."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select

from avdesk.media.facts import MediaFacts
from avdesk.media.worker import MediaWorker
from avdesk.models import Copy, Ingest, Recording
from avdesk.policy import PROBE_SECONDS
from avdesk.recorders.names import kind_of
from avdesk.services._matching import VaultReader, of_ingest
from avdesk.services._outcomes import CopyResult
from avdesk.services._planning import MEDIA
from avdesk.services._registering import Stored, register
from avdesk.services._sealing import close_ingest
from avdesk.services.desk import Desk
from avdesk.terms import CopyState, IngestState, ReadBack
from avdesk.vault.bag import JournalLine, OpenBag, open_bag
from avdesk.vault.digests import Digests
from avdesk.vault.root import VaultRoot


@dataclass(slots=True)
class Settled:
    """What was found of one open ingest. ``bags`` are held under their locks until closed."""

    state: IngestState
    bags: list[OpenBag] = field(default_factory=list)
    adopted: int = 0
    requeued: int = 0
    quarantined: int = 0

    def close(self) -> None:
        for bag in self.bags:
            bag.close()
        self.bags = []


def open_ingests(desk: Desk, vault_id: str) -> list[Ingest]:
    """Ingests into that vault that are not sealed, oldest first; one query."""
    unsealed = (Ingest.state == IngestState.OPEN, Ingest.vault_id == vault_id)
    with desk.database.read() as session:
        return list(session.scalars(select(Ingest).where(*unsealed).order_by(Ingest.id)))


def settle(desk: Desk, ingest: Ingest, vaults: Sequence[VaultRoot], *, seal: bool) -> Settled:
    """Bring one open ingest into order, if nobody works on it; ``seal``: its card will not come back as it was, as none
    does for what was made here from a recording.

    ``vaults``: open ones, the first vault first.
    """
    settled = Settled(IngestState.OPEN)
    try:
        first = open_bag(vaults[0], ingest.bag or "")
    except FileNotFoundError:
        return _without_bag(desk, ingest, settled, vaults[0])
    if first is None:
        settled.state = IngestState.LIVE
        return settled
    settled.bags.append(first)
    try:
        _put_in_order(desk, ingest, first, settled)
        for vault in vaults[1:]:
            _settle_second(desk, ingest, vault, settled)
        _note(desk, ingest, settled)
        if seal or first.sealed or ingest.derivation is not None:
            close_ingest(desk, ingest.id, settled.bags)
            settled.close()
            settled.state = IngestState.SEALED
    except BaseException:
        settled.close()
        raise
    return settled


def _without_bag(desk: Desk, ingest: Ingest, settled: Settled, vault: VaultRoot) -> Settled:
    """The bag is not there: with nothing registered it was never filled; else it is left open, for people to look."""
    with desk.database.read() as session:
        registered = of_ingest(session, vault.vault_id, ingest.id)
    if not registered:
        close_ingest(desk, ingest.id, ())
        settled.state = IngestState.SEALED
    return settled


def _put_in_order(desk: Desk, ingest: Ingest, bag: OpenBag, settled: Settled) -> None:
    journal = bag.journalled()
    reader = VaultReader(bag.vault)
    registered = _registered(desk, ingest)
    adopted: list[Stored] = []
    with MediaWorker(seconds=desk.policy[PROBE_SECONDS]) as worker:
        for stored_path, _size in bag.payload():
            if stored_path in registered:
                continue
            found = _accounted(bag, reader, journal.get(stored_path), worker)
            if found is None:
                bag.quarantine(stored_path)
                settled.quarantined += 1
            else:
                adopted.append(found)
    for work in bag.work_files():
        bag.discard(work)
        settled.requeued += 1
    if adopted:
        with desk.database.write() as session:
            register(session, desk, ingest.id, adopted, "adopted")
    settled.adopted = len(adopted)
    _read_doubtful(desk, bag, reader, registered)


def _registered(desk: Desk, ingest: Ingest) -> dict[str, tuple[str, str]]:
    """Id and SHA-256 of every recording of an ingest, by stored path."""
    columns = select(Recording.stored_path, Recording.id, Recording.sha256)
    with desk.database.read() as session:
        rows = session.execute(columns.where(Recording.ingest_id == ingest.id))
        return {stored_path: (recording_id, sha256) for stored_path, recording_id, sha256 in rows}


def _read_doubtful(desk: Desk, bag: OpenBag, reader: VaultReader, registered: Mapping[str, tuple[str, str]]) -> None:
    """Copies of registered recordings that are not called verified count again when they read back well now."""
    vault_id = bag.vault.vault_id
    with desk.database.read() as session:
        good = select(Copy.recording_id).where(Copy.vault_id == vault_id, Copy.state == CopyState.VERIFIED)
        verified = set(session.scalars(good.where(Copy.recording_id.in_(row[0] for row in registered.values()))))
    well: list[tuple[str, ReadBack]] = []
    for stored_path, _size in bag.payload():
        recording_id, sha256 = registered.get(stored_path, ("", ""))
        if not recording_id or recording_id in verified:
            continue
        with contextlib.suppress(OSError):
            digest, method = reader.digest(f"{bag.path}/data/{stored_path}")
            if digest == sha256:
                well.append((recording_id, method))
    if well:
        with desk.database.write() as session:
            for recording_id, method in well:
                copy = session.get(Copy, (recording_id, vault_id)) or Copy(recording_id=recording_id, vault_id=vault_id)
                copy.state, copy.read_back, copy.checked_at = CopyState.VERIFIED, method, datetime.now(UTC)
                session.add(copy)


def _accounted(bag: OpenBag, reader: VaultReader, line: JournalLine | None, worker: MediaWorker) -> Stored | None:
    """The file as its journal line says, when its content still has that digest."""
    if line is None:
        return None
    stored = f"{bag.path}/data/{line.stored_path}"
    try:
        digest, method = reader.digest(stored)
    except OSError:
        return None
    if digest != line.sha256:
        return None
    path = bytes.fromhex(line.original)
    name = os.fsdecode(path.rpartition(b"/")[2])
    media = worker.probe(bag.vault.path / stored, name) if kind_of(name) in MEDIA else MediaFacts()
    return Stored(
        path=path,
        stored_path=line.stored_path,
        size=line.size,
        mtime_ns=line.mtime_ns,
        digests=Digests(line.sha256, line.sm3),
        copies=(CopyResult(bag.vault.vault_id, CopyState.VERIFIED, ReadBack(method)),),
        media=media,
    )


def _settle_second(desk: Desk, ingest: Ingest, vault: VaultRoot, settled: Settled) -> None:
    """The same bag in another vault: what no recording accounts for is taken aside."""
    try:
        bag = open_bag(vault, ingest.bag or "")
    except FileNotFoundError:
        return
    if bag is None:
        return
    settled.bags.append(bag)
    registered = _registered(desk, ingest)
    for stored_path, _size in bag.payload():
        if stored_path not in registered:
            bag.quarantine(stored_path)
            settled.quarantined += 1
    _read_doubtful(desk, bag, VaultReader(vault), registered)
    for work in bag.work_files():
        bag.discard(work)


def _note(desk: Desk, ingest: Ingest, settled: Settled) -> None:
    if not (settled.adopted or settled.requeued or settled.quarantined):
        return
    facts = {
        "adopted": settled.adopted,
        "requeued": settled.requeued,
        "quarantined": settled.quarantined,
    }
    with desk.database.write() as session:
        desk.record(session, "ingest.reconciled", ("ingest", ingest.id), facts)
