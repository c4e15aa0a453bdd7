"""The database: what it keeps, in which order, for whom, and how it is upgraded; on SQLite and PostgreSQL alike."""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from avdesk import db
from avdesk.db import MIGRATIONS, Database, open_database, page, parts, sqlite_url
from avdesk.errors import DatabaseTooNew, DatabaseUnreachable, StaleEdit, UsageError
from avdesk.models import AuditEvent, Base, Person, PolicyValue, Unit, new_id
from avdesk.services._chain import append
from tests.conftest import sqlite_only

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAST_HEAD = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    {upgrade}
"""


def person(name: str, created_at: datetime = NOON) -> Person:
    return Person(id=new_id(), name=name, active=True, created_at=created_at)


def add(database: Database, *rows: Base) -> None:
    with database.write() as session:
        session.add_all(rows)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(sa.select(Person.name).order_by(Person.id)))


class TestColumns:
    def test_a_time_without_zone_is_refused(self, database: Database) -> None:
        with pytest.raises(StatementError, match="a time without zone"), database.write() as session:
            session.add(person("王示例", NOON.replace(tzinfo=None)))
            session.flush()
        assert names(database) == []

    @pytest.mark.parametrize(
        "at",
        [
            datetime(2026, 11, 23, 12, 0, 0, 123456, timezone(timedelta(hours=8))),
            datetime(1, 1, 2, tzinfo=UTC),
            datetime(9999, 12, 30, tzinfo=timezone(timedelta(hours=-12))),
        ],
    )
    def test_an_aware_time_comes_back_as_utc_to_the_microsecond(self, database: Database, at: datetime) -> None:
        add(database, person("王示例", at))
        with database.read() as session:
            found = session.scalars(sa.select(Person.created_at)).one()
        assert (found, found.tzinfo) == (at, UTC)

    def test_times_are_compared_whatever_their_zone(self, database: Database) -> None:
        add(database, person("早", NOON), person("晚", NOON + timedelta(microseconds=1)))
        later = Person.created_at > NOON.astimezone(timezone(timedelta(hours=8)))
        with database.read() as session:
            assert session.scalars(sa.select(Person.name).where(later)).all() == ["晚"]

    def test_json_keeps_file_names_that_are_no_text(self, database: Database) -> None:
        value = {"path": "\udcff\udc80.MP4", "more": [1, None, True, "𠮷\0"]}
        add(database, one := person("王示例"))
        add(
            database,
            PolicyValue(key="any", value=value, reason="r", changed_by_id=one.id, changed_at=NOON),
        )
        with database.read() as session:
            assert session.get_one(PolicyValue, "any").value == value

    def test_ids_are_ordered_by_time(self) -> None:
        made = [new_id() for _number in range(5000)]
        assert made == sorted(set(made))
        assert {len(one) for one in made} == {36}


class TestTransactions:
    def test_a_reader_sees_one_state(self, database: Database) -> None:
        add(database, person("甲"))
        with database.read() as session:
            first = session.scalars(sa.select(Person.name)).all()
            add(database, person("乙"))
            assert session.scalars(sa.select(Person.name)).all() == first == ["甲"]
        assert names(database) == ["甲", "乙"]

    def test_a_reader_changes_nothing(self, database: Database) -> None:
        with database.read() as session:
            session.add(person("甲"))
        assert names(database) == []

    def test_nothing_stays_of_a_transaction_that_fails(self, database: Database) -> None:
        with pytest.raises(KeyError), database.write() as session:
            session.add(person("甲"))
            session.flush()
            raise KeyError
        assert names(database) == []

    @pytest.mark.parametrize("flushed", [True, False])
    def test_a_stale_edit_is_shown_and_overwrites_nothing(self, database: Database, flushed: bool) -> None:
        add(database, person("甲"))
        with database.read() as session:
            mine = session.scalars(sa.select(Person)).one()
        with database.write() as session:
            session.scalars(sa.select(Person)).one().section = "法规科"
        with pytest.raises(StaleEdit), database.write() as session:
            session.add(mine)
            mine.section = "稽查科"
            if flushed:
                session.flush()
        with database.read() as session:
            found = session.scalars(sa.select(Person)).one()
            assert (found.section, found.version) == ("法规科", 2)

    def test_writers_take_turns(self, database: Database) -> None:
        """What one has read is still so when it writes: nobody counts twice from the same number."""
        add(database, Unit(id=1, name="0"))

        def count() -> None:
            for _turn in range(10):
                with database.write() as session:
                    unit = session.get_one(Unit, 1)
                    unit.name = str(int(unit.name) + 1)

        threads = [threading.Thread(target=count) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.read() as session:
            assert session.get_one(Unit, 1).name == "40"

    @sqlite_only
    def test_sqlite_is_set_up_for_evidence(self, database: Database) -> None:
        with database.read() as session:
            pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            assert [session.execute(sa.text(f"PRAGMA {name}")).scalar() for name in pragmas] == ["wal", 1, 2, 10_000]

    def test_a_reference_to_nothing_is_refused(self, database: Database) -> None:
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
            add(database, PolicyValue(key="any", value=1, reason="r", changed_by_id="nobody", changed_at=NOON))

    def test_a_locked_database_is_told_as_such(
        self, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(db, "PATIENCE_SECONDS", 0.1)
        impatient = open_database(database_url, backups=tmp_path)
        with (
            database.write(),
            pytest.raises(DatabaseUnreachable, match=r"lock(ed| timeout)"),
            impatient.reachable(),
            impatient.write(),
        ):
            pass
        impatient.close()

    def test_a_refused_statement_is_no_unreachable_database(self, database: Database) -> None:
        with pytest.raises(DBAPIError), database.reachable(), database.write() as session:
            session.execute(sa.text("SELECT nothing FROM nowhere_at_all(1)"))


_NO_PLACES: list[object] = [
    None,
    5,
    {},
    [],
    ["2026-11-23T12:00:00+00:00"],
    ["2026-11-23T12:00:00", "id"],
    ["2026-11-23T12:00:00+00:00", 5],
    ["2026-11-23T12:00:00+00:00", "\0"],
    ["2026-11-23T12:00:00+00:00", "\udcff"],
    ["2026-11-23T12:00:00+00:00", ["id"]],
    ["0001-01-01T00:00:00+14:00", "id"],
    ["id", "2026-11-23T12:00:00+00:00"],
    ["2026-11-23T12:00:00+00:00", "id", "more"],
]


class TestPages:
    @pytest.fixture
    def people(self, database: Database) -> list[str]:
        """Names in the order of a list: 17 people, many of them at the same moment."""
        rows = [person(f"{number:02}", NOON + timedelta(seconds=number % 3)) for number in range(17)]
        add(database, *rows)
        return [row.name for row in sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)]

    @pytest.mark.parametrize("limit", [1, 5, 17, 10**30])
    def test_no_row_is_lost_or_repeated_at_ties(self, database: Database, people: list[str], limit: int) -> None:
        found: list[str] = []
        after, pages = None, 0
        while pages == 0 or after is not None:
            with database.read() as session:
                rows, after = page(session, sa.select(Person), (Person.created_at, Person.id), limit, after)
            found += [row.name for (row,) in rows]
            assert len(rows) <= limit
            pages += 1
        assert found == people
        assert pages == -(-17 // limit)

    def test_a_row_added_meanwhile_moves_nothing(self, database: Database, people: list[str]) -> None:
        keys = (Person.created_at, Person.id)
        with database.read() as session:
            _rows, after = page(session, sa.select(Person), keys, 5, None)
        add(database, person("new", NOON + timedelta(days=1)))
        with database.read() as session:
            rows, _after = page(session, sa.select(Person), keys, 5, after)
        assert [row.name for (row,) in rows] == people[5:10]

    def test_a_row_gone_meanwhile_loses_nothing(self, database: Database, people: list[str]) -> None:
        keys = (Person.created_at, Person.id)
        with database.read() as session:
            rows, after = page(session, sa.select(Person), keys, 5, None)
            last = rows[-1][0].id
        with database.write() as session:
            session.delete(session.get_one(Person, last))
        with database.read() as session:
            rows, _after = page(session, sa.select(Person), keys, 5, after)
        assert [row.name for (row,) in rows] == people[5:10]

    def test_a_cursor_that_no_page_answered_is_refused(self, database: Database) -> None:
        made = [base64.urlsafe_b64encode(json.dumps(value).encode()).decode() for value in _NO_PLACES]
        for after in ("", "nonsense", "\udcff", "案", *made):
            with database.read() as session, pytest.raises(UsageError, match="BAD_CURSOR"):
                page(session, sa.select(Person), (Person.created_at, Person.id), 5, after)

    @given(st.text())
    def test_no_text_at_all_breaks_a_cursor(self, after: str) -> None:
        with Session() as session, pytest.raises(UsageError, match="BAD_CURSOR"):
            page(session, sa.select(Person), (Person.created_at, Person.id), 5, after)

    @pytest.mark.parametrize("limit", [0, -1])
    def test_a_page_without_rows_is_refused(self, limit: int) -> None:
        with Session() as session, pytest.raises(UsageError, match="BAD_LIMIT"):
            page(session, sa.select(Person), (Person.created_at, Person.id), limit, None)

    def test_many_values_are_taken_in_portions(self) -> None:
        assert [len(part) for part in parts(range(1001))] == [500, 500, 1]
        assert list(parts(())) == []


class TestSchema:
    def test_the_migrations_make_what_the_models_say(self, database: Database) -> None:
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_every_constraint_has_the_name_that_the_models_give_it(self, database: Database) -> None:
        found = sa.inspect(database.engine)
        for table in Base.metadata.tables.values():
            expected = {str(constraint.name) for constraint in table.constraints}
            named = {found.get_pk_constraint(table.name)["name"]}
            named |= {row["name"] for row in found.get_foreign_keys(table.name)}
            named |= {row["name"] for row in found.get_unique_constraints(table.name)}
            named |= {row["name"] for row in found.get_check_constraints(table.name)}
            assert named == expected, table.name

    def test_every_migration_is_named_by_its_revision(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        scripts = list(ScriptDirectory.from_config(config).walk_revisions())
        assert [script.revision for script in reversed(scripts)] == db._revisions(MIGRATIONS)

    @pytest.mark.parametrize("revision", db._revisions(MIGRATIONS))
    def test_the_audit_trail_is_append_only_after_every_revision(
        self, empty_database: str, revision: str, tmp_path: Path
    ) -> None:
        _upgrade_to(empty_database, revision)
        engine = sa.create_engine(empty_database)
        with Session(engine) as session, session.begin():
            append(session, "王示例", "pc", "tested", ("test", "1"), {})
        statements = [
            "UPDATE audit_event SET actor = 'x'",
            "UPDATE audit_event SET actor = 'x' WHERE seq = 1",
            "DELETE FROM audit_event WHERE seq = 1",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event" if engine.dialect.name == "postgresql" else _REPLACE,
        ]
        for statement in statements:
            with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(sa.text(statement))
        with Session(engine) as session:
            assert session.scalars(sa.select(AuditEvent.actor)).all() == ["王示例"]
        engine.dispose()


_REPLACE = """
INSERT OR REPLACE INTO audit_event
SELECT seq, at, 'x', workstation, act, object_type, object_id, facts, prev, hash FROM audit_event
"""


def _upgrade_to(address: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


@pytest.fixture
def later(tmp_path: Path) -> Iterator[_Later]:
    yield _Later(tmp_path / "migrations")


class _Later:
    """The migrations of a version to come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, upgrade: str) -> Path:
        text = PAST_HEAD.format(head=db._revisions(MIGRATIONS)[-1], upgrade=upgrade)
        (self.folder / "versions" / "9001_to_come.py").write_text(text)
        return self.folder


HEAD = max(file.stem.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
NEW_COLUMN = 'op.add_column("person", sa.Column("nickname", sa.String(length=50), nullable=True))'
ANEW = """with op.batch_alter_table("person") as table:
        table.alter_column("section", type_=sa.String(length=200))"""


class TestUpgrade:
    def test_a_pending_revision_is_applied(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        add(database, person("甲"))
        database.close()
        upgraded = open_database(database_url, backups=tmp_path / "backups", migrations=later.write(NEW_COLUMN))
        with upgraded.read() as session:
            assert session.execute(sa.text("SELECT name, nickname FROM person")).all() == [("甲", None)]
        upgraded.close()

    @sqlite_only
    def test_a_whole_copy_is_kept_before_an_upgrade(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        add(database, person("甲"))  # still in the write-ahead log
        backups = tmp_path / "backups"
        open_database(database_url, backups=backups, migrations=later.write(NEW_COLUMN)).close()
        (kept,) = backups.iterdir()
        assert kept.name.startswith(f"avdesk-{HEAD}-2") and kept.suffix == ".sqlite3"
        assert (_mode(kept), _mode(backups)) == (0o600, 0o700)
        with closing(sqlite3.connect(kept)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
            assert [row[1] for row in copy.execute("SELECT * FROM person")] == ["甲"]

    @sqlite_only
    def test_without_a_pending_revision_no_copy_is_made(self, database: Database, tmp_path: Path) -> None:
        assert not (tmp_path / "backups").exists()

    @sqlite_only
    def test_nothing_is_upgraded_where_no_copy_can_be_kept(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        (tmp_path / "backups").write_text("a file")
        with pytest.raises(DatabaseUnreachable, match="no backup could be written"):
            open_database(database_url, backups=tmp_path / "backups", migrations=later.write(NEW_COLUMN))
        assert _revision(database_url) == HEAD

    def test_an_upgrade_that_fails_leaves_everything_as_it_was(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        database.close()
        folder = later.write(f"{NEW_COLUMN}\n    raise KeyError")
        with pytest.raises(KeyError):
            open_database(database_url, backups=tmp_path / "backups", migrations=folder)
        assert _revision(database_url) == HEAD
        assert "nickname" not in _columns(database_url, "person")

    def test_a_table_others_refer_to_can_be_made_anew(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        add(database, one := person("甲"))
        add(database, PolicyValue(key="any", value=1, reason="r", changed_by_id=one.id, changed_at=NOON))
        database.close()
        upgraded = open_database(database_url, backups=tmp_path / "backups", migrations=later.write(ANEW))
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"), upgraded.write() as session:
            session.delete(session.get_one(Person, one.id))
        upgraded.close()

    @sqlite_only
    def test_an_upgrade_that_breaks_references_is_none(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        add(database, one := person("甲"))
        add(database, PolicyValue(key="any", value=1, reason="r", changed_by_id=one.id, changed_at=NOON))
        with pytest.raises(RuntimeError, match="broke references"):
            open_database(
                database_url, backups=tmp_path / "backups", migrations=later.write('op.execute("DELETE FROM person")')
            )
        assert names(database) == ["甲"]

    def test_a_newer_database_is_refused_and_not_touched(
        self, database: Database, database_url: str, later: _Later, tmp_path: Path
    ) -> None:
        add(database, person("甲"))
        database.close()
        open_database(database_url, backups=tmp_path / "backups", migrations=later.write(NEW_COLUMN)).close()
        before = _content(tmp_path)
        with pytest.raises(DatabaseTooNew, match="9001"):
            open_database(database_url, backups=tmp_path / "backups")
        assert _content(tmp_path) == before
        assert _revision(database_url) == "9001"

    def test_several_programs_may_start_at_once(self, empty_database: str, tmp_path: Path) -> None:
        """Each finds a whole catalogue; one of them made it."""
        addresses = [empty_database]
        if empty_database.startswith("sqlite"):
            addresses += [f"{empty_database}-{number}" for number in range(5)]
        command = [sys.executable, "-m", "tests.at_once", "open", str(tmp_path / "backups"), *addresses]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
        assert (done.returncode, done.stderr) == (0, "")
        assert {_revision(address) for address in addresses} == {db._revisions(MIGRATIONS)[-1]}
        assert not (tmp_path / "backups").exists()


def test_only_db_and_the_migrations_speak_a_dialect() -> None:
    """Everywhere else one SQL for all databases: no raw text, no pragma, no dialect's own constructs."""
    dialects = re.compile(r"import.*\btext\b|exec_driver_sql|PRAGMA|sqlalchemy\.dialects|dialect\.name|psycopg")
    allowed = {"base.py", "0001_first_catalogue.py"}
    found = {
        file.name
        for folder in ("models", "services", "cli", "migrations")
        for file in (MIGRATIONS.parent / folder).rglob("*.py")
        if dialects.search(_code(file))
    }
    assert found <= allowed, found


def _code(file: Path) -> str:
    """The code of a file without its comments and docstrings."""
    return ast.unparse(_WithoutWords().visit(ast.parse(file.read_text("utf-8"))))


class _WithoutWords(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Pass() if isinstance(node.value, ast.Constant) else node


class TestOpening:
    def test_an_empty_database_is_taken_only_when_asked(self, empty_database: str, tmp_path: Path) -> None:
        with pytest.raises(DatabaseUnreachable):
            open_database(empty_database, backups=tmp_path)
        open_database(empty_database, backups=tmp_path, create=True).close()
        open_database(empty_database, backups=tmp_path).close()

    def test_what_holds_other_things_is_left_alone(self, empty_database: str, tmp_path: Path) -> None:
        engine = sa.create_engine(empty_database)
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE theirs (id integer PRIMARY KEY)"))
        engine.dispose()
        with pytest.raises(DatabaseUnreachable, match="other things"):
            open_database(empty_database, backups=tmp_path, create=True)
        assert _columns(empty_database, "theirs") == {"id"}

    @sqlite_only
    def test_nobody_else_can_read_the_files(self, tmp_path: Path, database_url: str) -> None:
        """Also not the write-ahead log, whatever the shell's mask."""
        before = os.umask(0)
        try:
            made = open_database(sqlite_url(tmp_path / "new.sqlite3"), backups=tmp_path, create=True)
            add(made, person("甲"))
        finally:
            os.umask(before)
        assert {file.name: _mode(file) for file in tmp_path.glob("new.sqlite3*")} == {
            "new.sqlite3": 0o600,
            "new.sqlite3-wal": 0o600,
            "new.sqlite3-shm": 0o600,
        }
        made.close()

    @pytest.mark.parametrize("name", ["a?b#c%20d'e.sqlite3", "目录 with space.sqlite3", "a&mode=ro.sqlite3"])
    def test_any_file_name_will_do(self, tmp_path: Path, name: str) -> None:
        open_database(sqlite_url(tmp_path / name), backups=tmp_path, create=True).close()
        assert (tmp_path / name).stat().st_size > 0

    @pytest.mark.parametrize(
        "address",
        [
            "nonsense",
            "",
            "http://example.com/x",
            "mysql://root:geheim@db/avdesk",
            "sqlite://",
            "sqlite:///:memory:",
            "sqlite:///file:x?uri=true",
            "postgresql+psycopg2://postgres:geheim@db/avdesk",
            "postgresql://u:geheim@h:99999999/d",
            "postgresql://postgres:geheim@localhost:1/avdesk?connect_timeout=2",
            "postgresql://postgres:geheim@/avdesk?host=/nowhere",
            "sqlite:////nowhere/avdesk.sqlite3",
            "sqlite:////dev/null/avdesk.sqlite3",
            "sqlite:////tmp",
        ],
    )
    def test_what_cannot_be_reached_is_told_without_the_password(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(DatabaseUnreachable) as caught:
            open_database(address, backups=tmp_path)
        assert "geheim" not in str(caught.value)
        assert caught.value.facts["reason"]

    @pytest.mark.parametrize(
        "content", [b"not a database, but long enough to be read as one" * 50, b"SQLite format 3\0"]
    )
    def test_a_file_that_is_no_database_is_told_as_such(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "x.sqlite3").write_bytes(content)
        with pytest.raises(DatabaseUnreachable):
            open_database(sqlite_url(tmp_path / "x.sqlite3"), backups=tmp_path)
        assert (tmp_path / "x.sqlite3").read_bytes() == content

    @pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
    def test_every_way_to_write_postgresql_is_understood(
        self, postgres_cluster: object, migrated_template: str, scheme: str, tmp_path: Path
    ) -> None:
        address = postgres_cluster.url(migrated_template).replace("postgresql+psycopg", scheme)  # type: ignore[attr-defined]
        open_database(address, backups=tmp_path).close()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _content(folder: Path) -> dict[str, bytes]:
    """Databases only: files beside them come and go with connections."""
    return {str(path): path.read_bytes() for path in folder.rglob("*.sqlite3")}


def _revision(address: str) -> str:
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        found: str = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    return found


def _columns(address: str, table: str) -> set[str]:
    engine = sa.create_engine(address)
    found = {column["name"] for column in sa.inspect(engine).get_columns(table)}
    engine.dispose()
    return found
