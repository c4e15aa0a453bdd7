"""What most tests stand on: a catalogue on each database, a workspace, who is signed in, and recordings in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from avdesk.db import Database, open_database, sqlite_url
from avdesk.services import ingest as collecting
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestReport
from avdesk.services.workspace import init, sign_in
from tests.commands import OPERATOR, UNIT
from tests.mounts import keep_apart
from tests.postgres import Cluster, postgres_cluster

__all__ = ["postgres_cluster"]

Collect = Callable[[Mapping[str, bytes]], IngestReport]

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Marks a test of what only SQLite has, a file say."""


def pytest_configure() -> None:
    """Each process that runs tests has mounts of its own."""
    keep_apart()


@pytest.fixture(autouse=True, scope="session")
def nobody_signed_in() -> Iterator[None]:
    """What the shell says about avdesk does not reach the tests."""
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("AVDESK_")]:
            environment.delenv(name)
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it; of the SQLite one there is not even the file."""
    if request.param == "sqlite":
        yield str(sqlite_url(tmp_path / "empty.sqlite3"))
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database()
    yield cluster.url(name)
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite catalogue without rows."""
    folder = tmp_path_factory.mktemp("migrated")
    file = folder / "avdesk.sqlite3"
    open_database(sqlite_url(file), backups=folder, create=True).close()
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL catalogue without rows."""
    name = postgres_cluster.create_database()
    backups = tmp_path_factory.mktemp("backups")
    open_database(postgres_cluster.url(name), backups=backups, create=True).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a catalogue without rows, which every workspace of the test uses."""
    if request.param == "sqlite":
        file = tmp_path / "avdesk.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        monkeypatch.setenv("AVDESK_DATABASE_URL", str(sqlite_url(file)))
        yield str(sqlite_url(file))
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database(request.getfixturevalue("migrated_template"))
    monkeypatch.setenv("AVDESK_DATABASE_URL", cluster.url(name))
    yield cluster.url(name)
    cluster.drop_database(name)


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """A catalogue without rows, open."""
    opened = open_database(database_url, backups=tmp_path / "backups")
    yield opened
    opened.close()


@pytest.fixture
def workspace(database_url: str, tmp_path: Path) -> Path:
    """A new workspace, on each database."""
    folder = tmp_path / "workspace"
    init(folder, UNIT, OPERATOR)
    return folder


@pytest.fixture
def desk(workspace: Path) -> Iterator[Desk]:
    """The person made by ``init``, signed in."""
    signed_in = sign_in(workspace, None)
    yield signed_in
    signed_in.close()


@pytest.fixture
def collect(desk: Desk, tmp_path: Path) -> Collect:
    """Collects files, given by path and content, from a folder made for them."""
    return lambda files: collect_files(desk, tmp_path, files)


def collect_files(desk: Desk, folder: Path, files: Mapping[str, bytes]) -> IngestReport:
    """Make a card below ``folder`` and collect it; what no worker need read takes some milliseconds."""
    card = make_card(folder, files)
    (source,) = collecting.choose([card])
    report = collecting.ingest(desk, collecting.plan(desk, source, probe=False))
    assert report.complete, report
    return report


def make_card(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A new folder below ``folder`` with these files."""
    number = sum(1 for _folder in folder.glob("card-*"))
    card = folder / f"card-{number}"
    for path, content in files.items():
        (card / path).parent.mkdir(parents=True, exist_ok=True)
        (card / path).write_bytes(content)
    return card
