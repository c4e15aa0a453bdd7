"""The workspace: where this PC keeps its catalogue, and which vaults lie where; making one and signing in."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.db import Database, open_database, sqlite_url
from avdesk.errors import Refused, UsageError, WorkspaceMissing
from avdesk.models import Person, Unit, Vault, new_id
from avdesk.policy import PolicyValues
from avdesk.services._chain import append
from avdesk.services._places import configuration, is_workspace, load_places, save_places
from avdesk.services._policies import values_in_force
from avdesk.services._text import clean, plain, typed
from avdesk.services.desk import Desk, without_sign_in
from avdesk.terms import Right, VaultRole
from avdesk.vault.root import VaultPlace, create_vault


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    workspace: str
    vaults: tuple[NewVault, ...]
    person_id: str


@dataclass(frozen=True, slots=True)
class NewVault:
    vault_id: str
    path: str


@without_sign_in
def default_workspace() -> Path:
    """``AVDESK_WORKSPACE``, else the platform's data folder."""
    named = os.environ.get("AVDESK_WORKSPACE")
    return Path(named) if named else Path(platformdirs.user_data_dir("avdesk", appauthor=False))


@without_sign_in
def init(workspace: Path, unit: str, operator: str, vault: Path | None = None) -> NewWorkspace:
    """Make a workspace with its catalogue, its first vault and its first person; one that was begun is completed.

    Where the catalogue is there already (PostgreSQL, shared by several PCs) only this PC's part is made. Raises
    :class:`UsageError` when there is a workspace already, the vault's folder holds other things, or the catalogue is
    another unit's; :class:`DatabaseUnreachable`.
    """
    workspace = workspace.absolute()
    unit, operator = clean("unit", unit, 200), clean("operator", operator, 100)
    if is_workspace(workspace):
        raise UsageError("WORKSPACE_EXISTS", path=str(workspace))
    _make_folders(workspace)
    place = create_vault((vault or workspace / "vault").absolute(), new_id())
    database = _open(workspace, {}, create=True)
    try:
        with database.reachable(), database.write() as session:
            person_id = _first_rows(session, unit, operator, place)
    finally:
        database.close()
    save_places(workspace, [place])
    return NewWorkspace(str(workspace), (NewVault(place.vault_id, str(place.path)),), person_id)


def _make_folders(workspace: Path) -> None:
    """A folder that was there with something in it keeps its mode: it may be anything, a home say."""
    if workspace.exists() and not workspace.is_dir():
        raise UsageError("NOT_A_FOLDER", path=str(workspace))
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(workspace.iterdir()):
        workspace.chmod(0o700)
    for folder in ("cache", "logs", "backups"):
        (workspace / folder).mkdir(mode=0o700, exist_ok=True)


def _first_rows(session: Session, unit: str, operator: str, place: VaultPlace) -> str:
    now = datetime.now(UTC)
    known = session.get(Unit, 1)
    if known is None:
        session.add(Unit(id=1, name=unit))
    elif known.name != unit:
        raise UsageError("OTHER_UNIT", unit=unit, known=known.name)
    person = session.scalars(select(Person).where(Person.name == operator).order_by(Person.created_at)).first()
    if person is None:
        person = Person(id=new_id(), name=operator, active=True, created_at=now)
        session.add(person)
    if session.get(Vault, place.vault_id) is None:
        first = session.scalars(select(Vault).where(Vault.role == VaultRole.FIRST)).first()
        role = VaultRole.FIRST if first is None else VaultRole.SECOND
        session.add(Vault(id=place.vault_id, role=role, added_at=now))
    facts = {"unit": unit, "vault_id": place.vault_id, "by": person.id}
    append(session, operator, _workstation(), "workspace.initialised", ("person", person.id), facts)
    return person.id


@without_sign_in
def sign_in(workspace: Path, operator: str | None) -> Desk:
    """The Desk of the person who works here now.

    Until accounts exist that is the person made by ``init``, with all rights; ``operator`` must name that person.
    Raises :class:`WorkspaceMissing`, :class:`Refused`, :class:`DatabaseTooNew`, :class:`DatabaseUnreachable`.
    """
    workspace = workspace.absolute()
    places = load_places(workspace)
    database = _open(workspace, configuration(workspace), create=False)
    try:
        with database.reachable(), database.read() as session:
            person = session.scalars(select(Person).order_by(Person.created_at, Person.id)).first()
            unit = session.get(Unit, 1)
            values = values_in_force(session)
            roles = {row.id: VaultRole(row.role) for row in session.scalars(select(Vault))}
        if person is None or unit is None:
            raise WorkspaceMissing(path=str(workspace), reason="its catalogue has no person")
        if operator is not None and typed(operator) not in (person.name, person.enforcement_id):
            raise Refused("BAD_PASSWORD")
        return Desk(
            person_id=person.id,
            person_name=person.name,
            unit=unit.name,
            rights=frozenset(Right),
            workstation=_workstation(),
            workspace=workspace,
            database=database,
            vaults=_in_order(places, roles),
            policy=PolicyValues(values),
        )
    except BaseException:
        database.close()
        raise


def _workstation() -> str:
    return plain(socket.gethostname())


def _in_order(places: list[VaultPlace], roles: Mapping[str, VaultRole]) -> tuple[VaultPlace, ...]:
    known = [place for place in places if place.vault_id in roles]
    return tuple(sorted(known, key=lambda place: roles[place.vault_id] is not VaultRole.FIRST))


def _open(workspace: Path, settings: Mapping[str, object], *, create: bool) -> Database:
    """The catalogue of ``AVDESK_DATABASE_URL``, else of ``avdesk.toml``, else the workspace's own file."""
    address = os.environ.get("AVDESK_DATABASE_URL") or settings.get("database")
    return open_database(
        str(address) if address else sqlite_url(workspace / "avdesk.sqlite3"),
        backups=workspace / "backups",
        create=create,
    )
