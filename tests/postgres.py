"""A private PostgreSQL cluster for the tests: its own folder, a Unix socket only, nothing kept.

A conftest takes the fixtures by ``from tests.postgres import postgres_cluster, postgres_url``. Each xdist worker
starts its own cluster, at the first test that asks for it; a worker that is killed takes its cluster with it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
START_SECONDS = 60
STOP_SECONDS = 30
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class Cluster:
    """A running PostgreSQL 15 between ``start`` and ``stop``, or within ``with Cluster() as cluster``."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make the cluster and wait until it answers; raises RuntimeError with PostgreSQL's own words."""
        # A socket's path holds 107 bytes, so not below pytest's long folders.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        try:
            self._start(self.folder)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server at once and remove its folder; harmless when nothing runs."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)  # immediate: the data is thrown away
            try:
                self._server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def url(self, database: str) -> str:
        """The address of a database as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@/{quote(database)}?host={quote(str(self._running()), safe='')}"

    def create_database(self, template: str = "template1") -> str:
        """Make a database as a copy of ``template``, to which nobody may be connected, and return its name."""
        name = f"test_{uuid.uuid4().hex}"
        self._administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _administer(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self._running()), user="postgres", dbname="postgres", autocommit=True)

    def _running(self) -> Path:
        if self.folder is None:
            raise RuntimeError("the cluster is not running")
        return self.folder

    def _start(self, folder: Path) -> None:
        prefix = _without_root(folder)
        log = folder / "log"
        data = str(folder / "data")
        initdb = [str(PROGRAMS / "initdb"), "-D", data, "-U", "postgres", "-A", "trust"]
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run([*prefix, *initdb, *options], cwd=folder, capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(made.stderr)
        settings = {"unix_socket_directories": str(folder), **SETTINGS}
        arguments = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with log.open("wb") as output:
            self._server = subprocess.Popen(
                [*prefix, str(PROGRAMS / "postgres"), "-D", data, *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._wait_until_it_answers(self._server, log)

    def _wait_until_it_answers(self, server: subprocess.Popen[bytes], log: Path) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError as error:
                if server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(log.read_text("utf-8", "replace")) from error
                time.sleep(0.05)
            else:
                return


def _without_root(folder: Path) -> list[str]:
    """The command that runs a server program: it ends with this process, and is not root, which PostgreSQL refuses."""
    command = ["setpriv", "--pdeathsig", "QUIT"]
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        command += [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    return command


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A cluster for the whole session of one worker."""
    if not (PROGRAMS / "initdb").exists():
        pytest.skip(f"PostgreSQL 15 is not installed in {PROGRAMS}")
    with Cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The SQLAlchemy address of an empty database, which is dropped afterwards."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.url(name)
    postgres_cluster.drop_database(name)
