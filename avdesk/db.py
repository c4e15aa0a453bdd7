"""The database: engine, sessions, upgrade at start-up, keyset paging. The only place that speaks a dialect."""

from __future__ import annotations

import base64
import binascii
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVarTuple

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Select, create_engine, event, literal, make_url, text, tuple_
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.exc import StaleDataError

from avdesk.errors import DatabaseTooNew, DatabaseUnreachable, StaleEdit, UsageError
from avdesk.models.base import UtcDateTime

Ts = TypeVarTuple("Ts")

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 0x61766465736B  # any fixed number: "avdesk"


@dataclass(frozen=True, slots=True)
class Database:
    """An open catalogue. Sessions are short; ORM objects never leave the services."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, alone among writers on SQLite. Raises :class:`StaleEdit`."""
        writer = self.engine.execution_options(avdesk_write=True)
        with Session(writer, expire_on_commit=False) as session, session.begin():
            yield session
            try:
                session.flush()
            except StaleDataError as error:
                raise StaleEdit from error

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, backups: Path, migrations: Path = MIGRATIONS) -> Database:
    """Open, upgrading when a revision is pending, after a backup into ``backups`` (SQLite).

    Raises :class:`DatabaseTooNew`, :class:`DatabaseUnreachable`.
    """
    engine = _engine(url)
    try:
        _upgrade(engine, backups, migrations)
    except OperationalError as error:
        engine.dispose()
        raise DatabaseUnreachable(database=_without_password(url), reason=str(error.orig)) from error
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{file}"


def _without_password(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": 10})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the begin event below says BEGIN, not the driver
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    database = connection.execute("PRAGMA database_list").fetchone()[2]
    if database and Path(database).stat().st_mode & 0o077:
        Path(database).chmod(0o600)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("avdesk_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _upgrade(engine: Engine, backups: Path, migrations: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    with engine.connect() as connection:
        if _revision(connection, scripts, engine) == head:
            return
    with engine.execution_options(avdesk_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        revision = _revision(connection, scripts, engine)
        if revision == head:
            return
        if revision is not None and connection.dialect.name == "sqlite":
            _back_up(engine, backups, revision)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection, scripts: ScriptDirectory, engine: Engine) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise DatabaseTooNew(database=_without_password(str(engine.url)), revision=revision)
    return revision


def _back_up(engine: Engine, backups: Path, revision: str) -> None:
    """A consistent copy through SQLite's backup API, durable before the upgrade begins."""
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = backups / f"avdesk-{revision}-{stamp}.sqlite3"
    target.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    for path in (target, backups):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def seek(
    statement: Select[*Ts],
    keys: Sequence[InstrumentedAttribute[datetime] | InstrumentedAttribute[str]],
    after: str | None,
) -> Select[*Ts]:
    """Order by ``keys``, newest first, and begin after a cursor made by :func:`cursor`."""
    statement = statement.order_by(*(key.desc() for key in keys))
    if after is None:
        return statement
    values = _decode(after, keys)
    return statement.where(
        tuple_(*keys) < tuple_(*(literal(value, key.type) for value, key in zip(values, keys, strict=True)))
    )


def cursor(*values: datetime | str) -> str:
    """An opaque place in a list."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _decode(
    after: str, keys: Sequence[InstrumentedAttribute[datetime] | InstrumentedAttribute[str]]
) -> list[datetime | str]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(after))
        if not isinstance(plain, list) or len(plain) != len(keys):
            raise ValueError(after)
        return [
            datetime.fromisoformat(value) if isinstance(key.type, UtcDateTime) else str(value)
            for value, key in zip(plain, keys, strict=True)
        ]
    except (ValueError, TypeError, binascii.Error) as error:
        raise UsageError("BAD_CURSOR", after=after) from error
