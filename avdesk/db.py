"""The database: engine, sessions, upgrade at start-up, keyset paging. The only place that speaks a dialect."""

from __future__ import annotations

import base64
import binascii
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Row,
    Select,
    String,
    create_engine,
    event,
    func,
    inspect,
    literal,
    literal_column,
    make_url,
    select,
    table,
    tuple_,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.exc import StaleDataError

from avdesk.errors import DatabaseTooNew, DatabaseUnreachable, StaleEdit, UsageError
from avdesk.models.base import UtcDateTime

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Key = InstrumentedAttribute[datetime] | InstrumentedAttribute[str]

MIGRATIONS = Path(__file__).parent / "migrations"
MOST_ROWS = 100_000
"""A page never has more, whatever was asked for."""
PATIENCE_SECONDS = 10
"""How long a writer waits for another, and a connection for its server."""
_LOCK = 0x61766465736B
"""Any fixed number: "avdesk". PostgreSQL's writers and upgrades take turns by it, as SQLite's do by themselves."""
_MODE = "avdesk_mode"
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@dataclass(frozen=True, slots=True)
class Database:
    """An open catalogue. Sessions are short; ORM objects never leave the services."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with Session(self._reader(), autoflush=False) as session:
            yield session

    @contextmanager
    def read_rows(self) -> Iterator[Connection]:
        """As :meth:`read` for what wants columns only: a connection, which costs less than a session."""
        with self._reader().connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, alone among writers, so what it has read stays true until its end.

        Raises :class:`StaleEdit` when a row with a version was changed since it was read, in another transaction.
        """
        writer = self.engine.execution_options(**{_MODE: "write"})
        try:
            with Session(writer, expire_on_commit=False) as session, session.begin():
                _take_turn(session.connection())
                yield session
        except StaleDataError as error:
            raise StaleEdit from error

    @contextmanager
    def reachable(self) -> Iterator[None]:
        """Within it a database that is locked, full, damaged or away is :class:`DatabaseUnreachable`."""
        with _reachable(self.engine.url):
            yield

    def close(self) -> None:
        self.engine.dispose()

    def _reader(self) -> Engine:
        return self.engine.execution_options(**_SNAPSHOT) if _is_postgresql(self.engine) else self.engine


def open_database(
    address: str | URL, *, backups: Path, create: bool = False, migrations: Path = MIGRATIONS
) -> Database:
    """Open a catalogue, upgrading it when a revision is pending, after a backup into ``backups`` (SQLite).

    With ``create`` an empty database becomes one. Raises :class:`DatabaseTooNew`, :class:`DatabaseUnreachable`, the
    latter also for what is no catalogue.
    """
    url = _supported(address)
    if url.get_backend_name() == "sqlite":
        _require_file(url, create)
    engine = _engine(url)
    try:
        with _reachable(url):
            _upgrade(engine, backups, migrations, create)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def sqlite_url(file: Path) -> URL:
    """The address of a SQLite file, whatever characters its path has."""
    return URL.create("sqlite", database=str(file))


def parts(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """``values`` in portions small enough to stand in one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def page(
    session: Session, statement: Select[*Ts], keys: Sequence[Key], limit: int, after: str | None
) -> tuple[Sequence[Row[*Ts]], str | None]:
    """At most ``limit`` rows of a statement, newest first, and the cursor of what follows, ``None`` at the end.

    ``keys`` are columns of the statement's first entity that together are unique: no row is lost or repeated at ties.
    Raises :class:`UsageError` for a limit below one and for a cursor that no page has answered.
    """
    if limit < 1:
        raise UsageError("BAD_LIMIT", limit=limit)
    limit = min(limit, MOST_ROWS)
    statement = statement.order_by(*(key.desc() for key in keys)).limit(limit + 1)
    if after is not None:
        place = zip(_decode(after, keys), keys, strict=True)
        statement = statement.where(tuple_(*keys) < tuple_(*(literal(value, key.type) for value, key in place)))
    rows = session.execute(statement).all()
    if len(rows) <= limit:
        return rows, None
    last = next(iter(rows[limit - 1]))
    return rows[:limit], _encode([getattr(last, key.key) for key in keys])


def _encode(values: Sequence[datetime | str]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _decode(after: str, keys: Sequence[Key]) -> list[datetime | str]:
    """The values of a cursor; only what :func:`_encode` can have made is accepted."""
    try:
        plain = json.loads(base64.b64decode(after, altchars="-_", validate=True))
        values = [
            datetime.fromisoformat(value).astimezone(UTC) if isinstance(key.type, UtcDateTime) else value
            for value, key in zip(plain, keys, strict=True)
        ]
        if _encode(values) != after or not all(text.isprintable() for text in plain):
            raise ValueError(after)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error) as error:
        raise UsageError("BAD_CURSOR", after=after) from error
    return values


def _supported(address: str | URL) -> URL:
    """The address with the driver that is installed. What is no address is not repeated: it may hold a password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnreachable(database="(AVDESK_DATABASE_URL)", reason="not a database URL") from error
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    name = url.database or ":memory:"
    if url.drivername not in ("sqlite", "postgresql+psycopg") or name.startswith((":memory:", "file:")):
        raise DatabaseUnreachable(database=_without_password(url), reason="neither sqlite:///FILE nor postgresql://…")
    return url


def _require_file(url: URL, create: bool) -> None:
    """The file is made before SQLite does it, so that nobody else can ever read it or the files beside it."""
    file = Path(str(url.database))
    try:
        os.close(os.open(file, os.O_RDWR | (os.O_CREAT if create else 0), 0o600))
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise DatabaseUnreachable(database=str(file), reason=reason) from error


def _without_password(url: URL) -> str:
    return url.render_as_string(hide_password=True)


@contextmanager
def _reachable(url: URL) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if _is_bug(error):
            raise
        raise DatabaseUnreachable(database=_without_password(url), reason=str(error.orig).strip()) from error


def _is_bug(error: DBAPIError) -> bool:
    """Whether the statement is wrong, not the world."""
    if isinstance(error.orig, sqlite3.OperationalError) and error.orig.sqlite_errorcode == sqlite3.SQLITE_ERROR:
        return True
    return not isinstance(error, OperationalError) and type(error) is not DatabaseError


def _is_postgresql(engine: Engine | Connection) -> bool:
    return engine.dialect.name == "postgresql"


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        patience = {} if "connect_timeout" in url.query else {"connect_timeout": PATIENCE_SECONDS}
        return create_engine(url, connect_args=patience)
    engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the begin event below says BEGIN, not the driver
    _switch_to_wal(connection)
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Of programs that start at once on a new file one switches; SQLite itself does not wait for it here."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get(_MODE)
    if mode == "upgrade":  # a table may be made anew; no pragma works once the transaction has begun
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN" if mode is None else "BEGIN IMMEDIATE")


def _take_turn(connection: Connection) -> None:
    """What BEGIN IMMEDIATE does on SQLite, and with the same patience."""
    if _is_postgresql(connection):
        connection.execute(select(func.set_config("lock_timeout", f"{round(PATIENCE_SECONDS * 1000)}ms", True)))
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _upgrade(engine: Engine, backups: Path, migrations: Path, create: bool) -> None:
    known = _revisions(migrations)
    with engine.connect() as connection:
        if _revision(connection, known, create) == known[-1]:
            return
    with engine.execution_options(**{_MODE: "upgrade"}).begin() as connection:
        _take_turn(connection)
        revision = _revision(connection, known, create)
        if revision == known[-1]:
            return
        if revision is not None and not _is_postgresql(connection):
            _back_up(engine, backups, revision)
        _migrate(connection, migrations)
    engine.dispose()  # the connection that upgraded does not check foreign keys


def _revisions(migrations: Path) -> list[str]:
    """Every revision, oldest first; a migration's file is named by it, ``0001_first_catalogue.py``."""
    return sorted(file.name.partition("_")[0] for file in (migrations / "versions").glob("[0-9]*_*.py"))


def _revision(connection: Connection, known: Sequence[str], create: bool) -> str | None:
    """The revision that the database has, ``None`` when it is empty and shall become a catalogue."""
    tables = inspect(connection).get_table_names()
    revision: str | None = None
    if "alembic_version" in tables:
        version = select(literal_column("version_num", String)).select_from(table("alembic_version"))
        revision = connection.execute(version).scalar()
    if revision is None and (tables or not create):
        reason = "it holds other things than a catalogue" if tables else "it is empty"
        raise DatabaseUnreachable(database=_without_password(connection.engine.url), reason=reason)
    if revision is not None and revision not in known:
        raise DatabaseTooNew(database=_without_password(connection.engine.url), revision=revision)
    return revision


def _migrate(connection: Connection, migrations: Path) -> None:
    from alembic import command  # here, because it takes as long to import as all the rest
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if not _is_postgresql(connection):
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the upgrade broke references: {broken}")


def _back_up(engine: Engine, backups: Path, revision: str) -> None:
    """A consistent copy through SQLite's backup API, durable before the upgrade begins.

    Raises :class:`DatabaseUnreachable` when it can't be written; then nothing is upgraded.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = backups / f"avdesk-{revision}-{stamp}.sqlite3"
    work = target.with_suffix(".part")
    try:
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        work.unlink(missing_ok=True)
        work.touch(mode=0o600, exist_ok=False)
        with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(work)) as copy:
            source.backup(copy)
        _sync(work)
        work.rename(target)
        _sync(backups)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnreachable(database=str(target), reason=f"no backup could be written: {error}") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
