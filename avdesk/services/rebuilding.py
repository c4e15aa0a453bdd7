"""A catalogue from the bags alone: a lost database is no lost custody."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.models import Copy, Ingest, IngestOutcome, Person, RecordedTime, Recording, Vault, new_id
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._deriving import FOLDER
from avdesk.services._fixity import Expected, check_copy, check_tags, payload_of, read_tag, tag_manifest, unexpected
from avdesk.services._matching import VaultReader
from avdesk.services._places import save_places
from avdesk.services._reconciling import settle
from avdesk.services._sealing import FORMAT, media_of
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service
from avdesk.terms import CopyState, IngestState, Right, VaultRole
from avdesk.vault.bag import FILES, INGEST
from avdesk.vault.root import VaultPlace, VaultRoot, exists, open_below, read_marker


@dataclass(frozen=True, slots=True)
class RebuildReport:
    bags: int
    recordings: int
    findings: tuple[Finding, ...]


@service(Right.VAULTS)
def rebuild(
    desk: Desk, vault_path: Path, *, on_progress: OnProgress = ignore, control: Control | None = None
) -> RebuildReport:
    """Read every bag of a vault, check every copy in it now, and write down what they say.

    The vault is taken where it lies, in the place of the one that ``init`` made, which is empty. Raises
    :class:`UsageError` when the workspace has recordings, :class:`VaultUnavailable`.
    """
    control = control or Control()
    with desk.database.read() as session:
        if session.scalar(select(func.count()).select_from(Recording)):
            raise UsageError("WORKSPACE_HAS_RECORDINGS", path=str(desk.workspace))
    place = VaultPlace(read_marker(vault_path), vault_path.absolute())
    findings: list[Finding] = []
    recordings = 0
    with VaultRoot(place) as vault:
        _take(desk, place)
        bags = _bags_in(vault)
        for position, bag in enumerate(bags):
            control.check()
            on_progress(Progress("rebuild", bag, position, len(bags), 0, 0))
            found, count = _rebuild_bag(desk, vault, bag)
            findings.extend(found)
            recordings += count
    facts: dict[str, object] = {"bags": len(bags), "recordings": recordings, "findings": len(findings)}
    with desk.database.write() as session:
        desk.record(session, "workspace.rebuilt", ("vault", place.vault_id), facts)
    return RebuildReport(len(bags), recordings, tuple(findings))


def _take(desk: Desk, place: VaultPlace) -> None:
    with desk.database.write() as session:
        for row in session.scalars(select(Vault)):
            row.role = VaultRole.SECOND
        known = session.get(Vault, place.vault_id)
        if known is None:
            session.add(Vault(id=place.vault_id, role=VaultRole.FIRST, added_at=datetime.now(UTC)))
        else:
            known.role = VaultRole.FIRST
        desk.record(session, "vault.taken", ("vault", place.vault_id), {})
    save_places(desk.workspace, [place])


def _bags_in(vault: VaultRoot) -> list[str]:
    """Bags by their place ``yyyy/mm/<bag id>``, oldest first; those of what was made from recordings come last."""
    derived = FOLDER.rstrip("/")
    below = _years_in(vault, derived) if derived in _folders(vault, "") else []
    return [*_years_in(vault, ""), *below]


def _years_in(vault: VaultRoot, above: str) -> list[str]:
    bags = []
    for year in _folders(vault, above):
        if year.isdecimal():
            place = f"{above}/{year}" if above else year
            for month in _folders(vault, place):
                bags += [f"{place}/{month}/{bag}" for bag in _folders(vault, f"{place}/{month}")]
    return sorted(bags)


def _folders(vault: VaultRoot, path: str) -> list[str]:
    descriptor = open_below(vault.descriptor, path)
    try:
        with os.scandir(descriptor) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    finally:
        os.close(descriptor)


def _rebuild_bag(desk: Desk, vault: VaultRoot, bag: str) -> tuple[list[Finding], int]:
    if not payload_of(vault, bag) and not _has(vault, bag, INGEST):
        return [], 0  # made in the moment before a crash, and never filled
    try:
        content = json.loads(read_tag(vault, bag, INGEST))
        if content["format"] != FORMAT:
            return [Finding("BAG_OF_OTHER_FORMAT", bag, {"format": content["format"]})], 0
        if not _has(vault, bag, "bagit.txt"):
            return _rebuild_open(desk, vault, bag, content)
        rows = [json.loads(line) for line in read_tag(vault, bag, FILES).splitlines()]
        return _rebuild_sealed(desk, vault, bag, content, rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [Finding("BAG_NOT_READABLE", bag, {"reason": plain(str(error))})], 0


def _has(vault: VaultRoot, bag: str, name: str) -> bool:
    descriptor = open_below(vault.descriptor, bag)
    try:
        return exists(name, descriptor)
    finally:
        os.close(descriptor)


def _rebuild_open(desk: Desk, vault: VaultRoot, bag: str, content: Mapping[str, object]) -> tuple[list[Finding], int]:
    """A bag that was never sealed: what its journal accounts for is adopted; the card can still be put in again."""
    with desk.database.write() as session:
        ingest = _add_ingest(session, desk, vault.vault_id, bag, content, IngestState.OPEN)
    settled = settle(desk, ingest, [vault], seal=False)
    settled.close()
    facts = {"adopted": settled.adopted, "quarantined": settled.quarantined}
    return [Finding("BAG_WAS_OPEN", bag, facts)], settled.adopted


def _rebuild_sealed(
    desk: Desk, vault: VaultRoot, bag: str, content: Mapping[str, object], rows: Sequence[Mapping[str, object]]
) -> tuple[list[Finding], int]:
    reader = VaultReader(vault)
    findings = check_tags(reader, bag)
    if FILES not in tag_manifest(vault, bag):
        findings.append(Finding("TAG_FILE_NOT_IN_MANIFEST", f"{bag}/{FILES}"))
    expected = [
        Expected(str(row["recording_id"]), str(row["stored_path"]), int(str(row["size"])), str(row["sha256"]))
        for row in rows
    ]
    copies = {each.recording_id: check_copy(reader, bag, each) for each in expected}
    findings += [copy.finding for copy in copies.values() if copy.finding is not None]
    findings += unexpected(vault, bag, {each.stored_path for each in expected})
    with desk.database.write() as session:
        ingest = _add_ingest(session, desk, vault.vault_id, bag, content, IngestState.SEALED)
        for row in rows:
            copy = copies[str(row["recording_id"])]
            _add_recording(session, desk, ingest.id, row, vault.vault_id, copy.state, copy.method)
            origin = row.get("derived_from")
            if origin is not None and session.get(Recording, str(origin)) is None:
                findings.append(Finding("ORIGINAL_UNKNOWN", bag, {"recording_id": str(origin)}))
        session.flush()
        _add_outcomes(session, ingest.id, content)
    return findings, len(rows)


def _add_ingest(
    session: Session, desk: Desk, vault_id: str, bag: str, content: Mapping[str, object], state: IngestState
) -> Ingest:
    officer = _person(session, desk, content["handed_in_by"])
    ingest = Ingest(
        id=str(content["ingest_id"]),
        vault_id=vault_id,
        bag=bag,
        state=state,
        source=str(content["source"]),
        source_key=str(content["source_key"]),
        fingerprint=str(content["fingerprint"]),
        recorder=content["recorder"],
        operator_id=_person(session, desk, content["operator"]) or desk.person_id,
        handed_in_by_id=officer,
        started_at=datetime.fromisoformat(str(content["started_at"])),
        safe_to_erase=False,
        reasons=[],
        derivation=content.get("derivation"),
    )
    session.add(ingest)
    session.flush()
    desk.record(session, "ingest.rebuilt", ("ingest", ingest.id), {"bag": bag})
    return ingest


def _person(session: Session, desk: Desk, named: object) -> str | None:
    """Matched by enforcement ID, else by name; else added."""
    if not isinstance(named, dict):
        return None
    by = Person.enforcement_id == named["enforcement_id"] if named["enforcement_id"] else Person.name == named["name"]
    person = session.scalars(select(Person).where(by).order_by(Person.created_at)).first()
    if person is None and named["enforcement_id"]:
        same_name = (Person.name == named["name"], Person.enforcement_id.is_(None))
        person = session.scalars(select(Person).where(*same_name).order_by(Person.created_at)).first()
        if person is not None:
            person.enforcement_id = named["enforcement_id"]
            facts = {"enforcement_id": person.enforcement_id, "from": "bag"}
            desk.record(session, "person.identified", ("person", person.id), facts)
    if person is None:
        person = Person(
            id=new_id(),
            name=named["name"],
            enforcement_id=named["enforcement_id"],
            section=named["section"],
            active=True,
            created_at=datetime.now(UTC),
        )
        session.add(person)
        session.flush()
        facts = {"name": person.name, "enforcement_id": person.enforcement_id, "from": "bag"}
        desk.record(session, "person.added", ("person", person.id), facts)
    return person.id


def _add_recording(
    session: Session,
    desk: Desk,
    ingest_id: str,
    row: Mapping[str, object],
    vault_id: str,
    state: CopyState,
    method: str | None,
) -> None:
    path = os.fsencode(str(row["path"]))
    times = row["times"]
    if not isinstance(times, list):
        raise TypeError("times")
    origin = row.get("derived_from")
    recording = Recording(
        derived_from=origin if origin is not None and session.get(Recording, str(origin)) is not None else None,
        id=str(row["recording_id"]),
        ingest_id=ingest_id,
        original_path=path,
        original_name=path.rpartition(b"/")[2],
        stored_path=row["stored_path"],
        search_text=plain(os.fsdecode(path)).casefold(),
        size=row["size"],
        mtime_ns=int(str(row["mtime_ns"])),
        sha256=row["sha256"],
        sm3=row["sm3"],
        kind=row["kind"],
        recorded_at=datetime.fromisoformat(times[0]["at"]),
        recorded_at_source=times[0]["source"],
        findings=row["findings"],
        **media_of(row),
    )
    session.add(recording)
    session.flush()
    for position, time in enumerate(times):
        session.add(
            RecordedTime(
                recording_id=recording.id,
                position=position,
                source=time["source"],
                raw=time["raw"],
                at=datetime.fromisoformat(time["at"]),
                zone_stated=time["zone_stated"],
            )
        )
    now = datetime.now(UTC)
    session.add(Copy(recording_id=recording.id, vault_id=vault_id, state=state, read_back=method, checked_at=now))
    facts = {"ingest_id": ingest_id, "stored_path": row["stored_path"], "sha256": row["sha256"], "state": state.value}
    desk.record(session, "recording.rebuilt", ("recording", recording.id), facts)


def _add_outcomes(session: Session, ingest_id: str, content: Mapping[str, object]) -> None:
    """Outcomes as the bag tells them; a duplicate of a recording that no bag has any more keeps no reference."""
    outcomes = content["outcomes"]
    if not isinstance(outcomes, list):
        raise TypeError("outcomes")
    for outcome in outcomes:
        recording_id = outcome["recording_id"]
        if recording_id is not None and session.get(Recording, recording_id) is None:
            recording_id = None
        session.add(
            IngestOutcome(
                ingest_id=ingest_id,
                path=os.fsencode(outcome["path"]),
                size=outcome["size"],
                mtime_ns=int(outcome["mtime_ns"]) if outcome["mtime_ns"] is not None else None,
                status=outcome["status"],
                matched_by=outcome["matched_by"],
                recording_id=recording_id,
                error=outcome["error"],
                findings=outcome["findings"],
            )
        )
