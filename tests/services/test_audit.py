"""The audit chain: what it says is checked by a program of the tests' own, and every way to bend it is found."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rfc8785
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avdesk.db import open_database, sqlite_url
from avdesk.errors import AuditHeadMissing, EnvironmentFault, UsageError
from avdesk.findings import Finding
from avdesk.models import AuditEvent, AuditHead
from avdesk.services._chain import append, line_of
from avdesk.services._chain_check import Link, holds, judge
from avdesk.services.audit import export_audit, verify_audit
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.people import add_person, list_people
from avdesk.services.policies import set_policy
from avdesk.services.workspace import init, sign_in
from tests.commands import OPERATOR, UNIT
from tests.conftest import Collect, sqlite_only

ORIGIN = "0" * 64
LENGTH = 9
"""Events of the chain that is bent: the workspace's first one and eight changes of a policy."""
LOG = {"LOG/DSJ_5K20417_310086_20261123140000.LOG": b"power on\n"}


def own_hash(line: Mapping[str, Any]) -> str:
    """What CLI.md promises, computed from an exported line alone."""
    bare = {key: value for key, value in line.items() if key not in ("hash", "sig", "key")}
    return hashlib.sha256(rfc8785.dumps(bare)).hexdigest()


def exported(desk: Desk, folder: Path) -> list[dict[str, Any]]:
    output = folder / "audit.jsonl"
    export_audit(desk, output)
    return [json.loads(line) for line in output.read_bytes().splitlines()]


class TestExport:
    def test_anybody_can_follow_the_chain_from_its_lines(self, desk: Desk, collect: Collect, tmp_path: Path) -> None:
        report = collect(LOG)
        add_case(desk, "平石医保罚字〔2026〕7号", "惠民示例大药房违规使用医保基金案 𠮷", "惠民示例大药房")
        link_recordings(desk, "平石医保罚字〔2026〕7号", [str(report.outcomes[0].recording_id)])
        previous = ORIGIN
        lines = exported(desk, tmp_path)
        for seq, line in enumerate(lines, start=1):
            assert set(line) == {"seq", "at", "actor", "workstation", "act", "object", "facts", "prev", "hash"}
            assert set(line["object"]) == {"type", "id"}
            assert (line["seq"], line["prev"]) == (seq, previous)
            assert own_hash(line) == line["hash"]
            previous = line["hash"]
        acts = {line["act"] for line in lines}
        assert {"workspace.initialised", "recording.registered", "case.added", "recording.linked"} <= acts
        found = verify_audit(desk)
        assert (found.events, found.ok, found.head, found.findings) == (len(lines), True, previous, ())

    def test_each_line_is_in_its_canonical_form(self, desk: Desk, tmp_path: Path) -> None:
        add_person(desk, "张示例", "310086")
        exported(desk, tmp_path)
        for line in (tmp_path / "audit.jsonl").read_bytes().splitlines():
            assert rfc8785.dumps(json.loads(line)) == line

    def test_an_old_file_is_replaced_only_by_a_whole_one(self, desk: Desk, tmp_path: Path) -> None:
        output = tmp_path / "audit.jsonl"
        output.write_text("old")
        export_audit(desk, output)
        assert output.read_bytes().startswith(b"{")
        assert [path.name for path in tmp_path.glob(".*")] == []

    def test_a_place_that_cannot_be_written_is_told(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        for name in ("missing/audit.jsonl", "", "x" * 300, "file/below.jsonl", "workspace/cache"):
            with pytest.raises(EnvironmentFault) as caught:
                export_audit(desk, tmp_path / name)
            assert caught.value.facts["file"] == str(tmp_path / name) and caught.value.facts["reason"]

    def test_no_output_takes_the_place_of_evidence(self, desk: Desk) -> None:
        for name in ("vault/2026/x.jsonl", "vault/avdesk-vault.json", "avdesk.toml", "avdesk.sqlite3"):
            with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
                export_audit(desk, desk.workspace / name)
        assert (desk.workspace / "vault" / "avdesk-vault.json").read_bytes().startswith(b'{"vault_id"')


class TestFacts:
    def test_what_no_fact_may_be_is_refused(self, desk: Desk) -> None:
        nested = [[{"a": 0.0}]]
        for fact in (1.5, float("nan"), 2**53, -(2**53), b"x", {"schlüssel": 1}, {1: 1}, {1, 2}, "\udcff", nested):
            with pytest.raises(ValueError), desk.database.write() as session:
                desk.record(session, "tested", ("test", "1"), {"fact": fact})
        assert verify_audit(desk).events == 1

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**53) + 1, 2**53 - 1)
            | st.text(st.characters(exclude_categories=["Cs"])),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner)
            ),
            max_leaves=8,
        )
    )
    @sqlite_only
    def test_facts_come_back_as_they_were(self, desk: Desk, fact: object) -> None:
        with desk.database.write() as session:
            event = append(session, "王示例", "pc", "tested", ("test", "1"), {"fact": fact})
        with desk.database.read() as session:
            line = line_of(session.get_one(AuditEvent, event.seq))
        assert line["facts"] == {"fact": fact}
        assert own_hash(line) == line["hash"]

    def test_numbers_in_nanoseconds_and_odd_text_survive_every_database(self, desk: Desk) -> None:
        facts = {"text": "\0 𠮷 \u2028 %", "most": 2**53 - 1, "none": None, "list": [True, {"a": []}]}
        with desk.database.write() as session:
            seq = desk.record(session, "tested", ("test", "1"), facts)
        with desk.database.read() as session:
            assert line_of(session.get_one(AuditEvent, seq))["facts"] == {**facts, "by": desk.person_id}
        assert verify_audit(desk).ok


def test_writers_in_several_processes_make_one_chain(desk: Desk, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.at_once", "append", str(desk.workspace), "15"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
    found = verify_audit(desk)
    assert (found.events, found.findings) == (1 + 4 * 15, ())
    actors = [line["facts"].get("name", "").partition(" ")[0] for line in exported(desk, tmp_path)[1:]]
    assert len(set(actors)) == 4


@pytest.fixture(scope="module")
def nine_events(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A chain of nine events, which every test bends in a copy of its own."""
    folder = tmp_path_factory.mktemp("chain")
    init(folder, UNIT, OPERATOR)
    with closing(sign_in(folder, None)) as desk:
        for number in range(LENGTH - 1):
            set_policy(desk, "media.probe_seconds", str(number + 1), "试")
        assert verify_audit(desk).events == LENGTH
    yield desk


class TestTampering:
    """Somebody with the file and ``sqlite3`` at hand, the triggers dropped."""

    @pytest.fixture
    def desk(self, nine_events: Desk, tmp_path: Path) -> Iterator[Desk]:
        file = tmp_path / "avdesk.sqlite3"
        shutil.copy(nine_events.workspace / "avdesk.sqlite3", file)
        desk = replace(nine_events, database=open_database(sqlite_url(file), backups=tmp_path))
        yield desk
        desk.close()

    @pytest.fixture
    def bent(self, desk: Desk, tmp_path: Path) -> Callable[..., list[tuple[str, object]]]:
        """Bend the chain by SQL; gives code and seq of what is found."""

        def bend(*statements: str | Callable[[sqlite3.Connection], object]) -> list[tuple[str, object]]:
            desk.database.close()
            with closing(sqlite3.connect(tmp_path / "avdesk.sqlite3", isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = OFF")
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    connection.execute(f"DROP TRIGGER {name}")
                for statement in statements:
                    if isinstance(statement, str):
                        assert connection.execute(statement).rowcount != 0, statement
                    else:
                        statement(connection)
            report = verify_audit(desk)
            assert report.ok is False
            assert all(finding.path is None for finding in report.findings)
            assert all(finding.facts["object"] is not None or finding.code == "REMOVED" for finding in report.findings)
            found = [(finding.code, finding.facts["seq"]) for finding in report.findings]
            return [each for each in found if each != ("UNACCOUNTED", None)]  # the person whom the first event made

        return bend

    @pytest.mark.parametrize(
        "change",
        [
            """facts = replace(facts, '"to":4', '"to":9')""",
            "facts = '{}'",
            "facts = 'no JSON at all'",
            """facts = '{"a":1.5}'""",
            """facts = '{"a":NaN}'""",
            "facts = '" + "[" * 100_000 + "'",
            "actor = '张示例'",
            "at = '2020-01-01T00:00:00.000000+00:00'",
            "workstation = 'elsewhere'",
            "act = 'nothing'",
            "object_id = 'time.zone'",
            "prev = '" + "a" * 64 + "'",
            "hash = '" + "a" * 64 + "'",
        ],
    )
    @pytest.mark.parametrize("seq", [1, 5, LENGTH])
    def test_a_changed_row(self, bent: Callable[..., object], change: str, seq: int) -> None:
        if "to" in change and seq != 5:
            change = "act = 'nothing'"
        assert bent(f"UPDATE audit_event SET {change} WHERE seq = {seq}") == [("CHANGED", seq)]

    @pytest.mark.parametrize("seq", [1, 5, LENGTH])
    def test_a_changed_row_with_a_hash_that_fits(self, bent: Callable[..., object], seq: int) -> None:
        def rehash(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE audit_event SET actor = '张示例' WHERE seq = ?", [seq])
            line = row(connection, seq)
            connection.execute("UPDATE audit_event SET hash = ? WHERE seq = ?", [own_hash(line), seq])

        assert bent(rehash) == [("CHANGED", seq)]

    @pytest.mark.parametrize(
        "gone", [[1], [2], [5], [4, 5, 6], [2, 4, 6], [LENGTH], [LENGTH - 1, LENGTH], [1, LENGTH], list(range(1, 10))]
    )
    def test_removed_rows(self, bent: Callable[..., object], gone: list[int]) -> None:
        numbers = ", ".join(map(str, gone))
        assert bent(f"DELETE FROM audit_event WHERE seq IN ({numbers})") == [("REMOVED", seq) for seq in gone]

    def test_a_removed_row_whose_gap_was_closed(self, bent: Callable[..., object]) -> None:
        found = bent(
            "DELETE FROM audit_event WHERE seq = 5",
            "UPDATE audit_event SET seq = seq - 1 WHERE seq > 5",
        )
        assert found == [("REMOVED", 5)]

    def test_a_removed_row_whose_gap_was_closed_with_the_head(self, bent: Callable[..., list[object]]) -> None:
        found = bent(
            "DELETE FROM audit_event WHERE seq = 5",
            "UPDATE audit_event SET seq = seq - 1 WHERE seq > 5",
            "UPDATE audit_head SET seq = seq - 1",
        )
        assert ("REMOVED", 5) in found

    @pytest.mark.parametrize(("one", "other"), [(4, 5), (2, 7), (1, LENGTH), (LENGTH - 1, LENGTH)])
    def test_two_rows_exchanged(self, bent: Callable[..., object], one: int, other: int) -> None:
        found = bent(
            f"UPDATE audit_event SET seq = -1 WHERE seq = {one}",
            f"UPDATE audit_event SET seq = {one} WHERE seq = {other}",
            f"UPDATE audit_event SET seq = {other} WHERE seq = -1",
        )
        assert found == [("REORDERED", one), ("REORDERED", other)]

    def test_a_row_moved_to_another_place(self, bent: Callable[..., object]) -> None:
        found = bent(
            "UPDATE audit_event SET seq = -1 WHERE seq = 3",
            "UPDATE audit_event SET seq = 3 WHERE seq = 4",
            "UPDATE audit_event SET seq = 4 WHERE seq = 5",
            "UPDATE audit_event SET seq = 5 WHERE seq = -1",
        )
        assert found == [("REORDERED", 3), ("REORDERED", 4), ("REORDERED", 5)]

    def test_rows_renumbered_without_anything_between(self, bent: Callable[..., object]) -> None:
        assert bent("UPDATE audit_event SET seq = 99 WHERE seq = 9") == [("CHANGED", 99)]

    @pytest.mark.parametrize("well_made", [True, False])
    def test_a_foreign_row_appended(self, bent: Callable[..., object], well_made: bool) -> None:
        def add(connection: sqlite3.Connection) -> None:
            (end,) = connection.execute("SELECT hash FROM audit_event WHERE seq = ?", [LENGTH]).fetchone()
            insert(connection, LENGTH + 1, end if well_made else "b" * 64, None if well_made else "c" * 64)

        assert bent(add) == [("FOREIGN_ROW", LENGTH + 1)]

    @pytest.mark.parametrize("seq", [2, 5, LENGTH])
    @pytest.mark.parametrize("well_made", [True, False])
    def test_a_foreign_row_inserted(self, bent: Callable[..., object], seq: int, well_made: bool) -> None:
        def add(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE audit_event SET seq = -seq WHERE seq >= ?", [seq])
            connection.execute("UPDATE audit_event SET seq = 1 - seq WHERE seq < 0")
            insert(connection, seq, "b" * 64, None if well_made else "c" * 64)

        assert bent(add) == [("FOREIGN_ROW", seq)]

    def test_a_foreign_row_inserted_and_linked(self, bent: Callable[..., object]) -> None:
        """The row that followed is made to follow the foreign one; its own hash then tells."""

        def add(connection: sqlite3.Connection) -> None:
            (before,) = connection.execute("SELECT hash FROM audit_event WHERE seq = 4").fetchone()
            connection.execute("UPDATE audit_event SET seq = -seq WHERE seq >= 5")
            connection.execute("UPDATE audit_event SET seq = 1 - seq WHERE seq < 0")
            connection.execute("UPDATE audit_event SET prev = ? WHERE seq = 6", ["d" * 64])
            made = insert(connection, 5, before, None)
            connection.execute("UPDATE audit_event SET prev = ? WHERE seq = 6", [made])

        assert bent(add) == [("FOREIGN_ROW", 5), ("CHANGED", 6)]

    def test_a_foreign_row_before_all_others(self, bent: Callable[..., object]) -> None:
        assert bent(lambda connection: insert(connection, 0, "b" * 64, None)) == [("FOREIGN_ROW", 0)]

    @pytest.mark.parametrize("number", [LENGTH + 1, 5])
    def test_a_second_row_after_the_same_one(self, bent: Callable[..., object], number: int) -> None:
        def fork(connection: sqlite3.Connection) -> None:
            loosen(connection)
            (before,) = connection.execute("SELECT hash FROM audit_event WHERE seq = 4").fetchone()
            insert(connection, number, before, None)

        assert bent(fork) == [("FORK", number)]

    def test_a_row_twice(self, bent: Callable[..., object]) -> None:
        def twice(connection: sqlite3.Connection) -> None:
            loosen(connection)
            connection.execute("INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 5")

        assert bent(twice) == [("FORK", 5)]

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ("seq = 4", [("CHANGED", 4)]),
            ("seq = 1000000000000", [("CHANGED", 10**12)]),
            ("hash = '" + "e" * 64 + "'", [("CHANGED", LENGTH)]),
        ],
    )
    def test_a_changed_head(self, bent: Callable[..., object], change: str, found: object) -> None:
        assert bent(f"UPDATE audit_head SET {change}") == found

    def test_a_head_set_back(self, bent: Callable[..., object]) -> None:
        """Rows behind the head are foreign, whoever wrote them."""
        set_back = "UPDATE audit_head SET seq = 6, hash = (SELECT hash FROM audit_event WHERE seq = 6)"
        assert bent(set_back) == [("FOREIGN_ROW", 7), ("FOREIGN_ROW", 8), ("FOREIGN_ROW", 9)]

    def test_no_head_at_all(self, bent: Callable[..., object]) -> None:
        assert bent("DELETE FROM audit_head") == [("REMOVED", None)]

    def test_without_a_head_nothing_is_done(self, desk: Desk) -> None:
        with desk.database.engine.begin() as connection:
            connection.execute(sa.delete(AuditHead))
        with pytest.raises(AuditHeadMissing):
            add_person(desk, "李示例")
        assert "李示例" not in [person.name for person in list_people(desk).people]

    def test_nothing_at_all(self, bent: Callable[..., list[object]]) -> None:
        assert bent("DELETE FROM audit_head", "DELETE FROM audit_event") == [("REMOVED", None)]

    def test_very_many_removed_rows_are_told_in_the_end_as_one(self, bent: Callable[..., list[object]]) -> None:
        found = bent("UPDATE audit_head SET seq = 1000000000000, hash = 'f'")
        assert found[-1] == ("REMOVED", LENGTH + 1001) and len(found) == 1001

    def test_several_at_once(self, bent: Callable[..., object]) -> None:
        found = bent(
            "UPDATE audit_event SET actor = 'x' WHERE seq = 3",
            "DELETE FROM audit_event WHERE seq = 6",
            lambda connection: insert(connection, 20, "b" * 64, None),
        )
        assert found == [("CHANGED", 3), ("REMOVED", 6), ("FOREIGN_ROW", 20)]

    def test_a_bent_chain_can_still_be_exported(self, bent: Callable[..., object], desk: Desk, tmp_path: Path) -> None:
        bent("UPDATE audit_event SET facts = 'no JSON at all' WHERE seq = 5")
        lines = exported(desk, tmp_path)
        assert lines[4]["facts"] == "no JSON at all"
        assert [line["seq"] for line in lines if own_hash(line) != line["hash"]] == [5]


def row(connection: sqlite3.Connection, seq: int) -> dict[str, Any]:
    columns = "seq, at, actor, workstation, act, object_type, object_id, facts, prev"
    found = dict(
        zip(
            columns.split(", "),
            connection.execute(f"SELECT {columns} FROM audit_event WHERE seq = ?", [seq]).fetchone(),
            strict=True,
        )
    )
    target = {"type": found.pop("object_type"), "id": found.pop("object_id")}
    return {**found, "object": target, "facts": json.loads(found["facts"])}


def insert(connection: sqlite3.Connection, seq: int, prev: str, digest: str | None) -> str:
    """Add a row by hand, with the hash that fits unless another is given."""
    line: dict[str, Any] = {
        "seq": seq,
        "at": "2026-11-23T06:00:00.000000+00:00",
        "actor": "x",
        "workstation": "x",
        "act": "x",
        "object": {"type": "x", "id": "x"},
        "facts": {},
        "prev": prev,
    }
    digest = digest or own_hash(line)
    values = [seq, line["at"], "x", "x", "x", "x", "x", "{}", prev, digest]
    columns = "seq, at, actor, workstation, act, object_type, object_id, facts, prev, hash"
    connection.execute(f"INSERT INTO audit_event ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return digest


def loosen(connection: sqlite3.Connection) -> None:
    """Take every constraint away from the table."""
    connection.execute("CREATE TABLE loose AS SELECT * FROM audit_event")
    connection.execute("DROP TABLE audit_event")
    connection.execute("ALTER TABLE loose RENAME TO audit_event")


class TestCatalogue:
    """Rows of the catalogue that no event accounts for, and events whose row is gone."""

    @pytest.fixture
    def bent(self, desk: Desk, collect: Collect) -> Callable[..., list[Finding]]:
        self.recording = str(collect(LOG).outcomes[0].recording_id)
        add_case(desk, "平石医保罚字〔2026〕7号", "案")

        def bend(statement: str) -> list[Finding]:
            with desk.database.write() as session:
                session.execute(sa.text(statement))
            return list(verify_audit(desk).findings)

        return bend

    def found(self, code: str, kind: str, key: str) -> Finding:
        return Finding(code, None, {"seq": None, "object": {"type": kind, "id": key}})

    def test_a_recording_added_by_hand(self, desk: Desk, bent: Callable[..., list[Finding]]) -> None:
        with desk.database.read() as session:
            columns = [column["name"] for column in sa.inspect(session.connection()).get_columns("recording")]
        values = {"id": "'by-hand'", "stored_path": "'elsewhere'"}
        chosen = ", ".join(values.get(name, name) for name in columns)
        added = bent(f"INSERT INTO recording ({', '.join(columns)}) SELECT {chosen} FROM recording")
        assert added == [self.found("FOREIGN_ROW", "recording", "by-hand")]

    @pytest.mark.parametrize("column", ["sha256", "stored_path"])
    def test_a_recording_changed_by_hand(self, bent: Callable[..., list[Finding]], column: str) -> None:
        (found,) = bent(f"UPDATE recording SET {column} = 'another'")
        assert (found.code, found.facts["object"]) == ("CHANGED", {"type": "recording", "id": self.recording})

    def test_a_case_removed_by_hand(self, desk: Desk, bent: Callable[..., list[Finding]]) -> None:
        (found,) = bent("DELETE FROM case_file")
        assert (found.code, found.facts["object"]["type"]) == ("REMOVED", "case")  # type: ignore[index]

    def test_a_person_added_by_hand(self, desk: Desk, bent: Callable[..., list[Finding]]) -> None:
        added = bent(
            "INSERT INTO person (id, name, active, created_at, version) "
            "SELECT 'by-hand', 'x', active, created_at, 1 FROM person"
        )
        assert added == [self.found("FOREIGN_ROW", "person", "by-hand")]

    @sqlite_only
    def test_an_end_cut_with_the_head_is_told_by_a_sealed_bag(
        self, desk: Desk, bent: Callable[..., list[Finding]], tmp_path: Path
    ) -> None:
        assert bent("UPDATE audit_head SET seq = seq") == []
        desk.database.close()
        with closing(sqlite3.connect(tmp_path / "avdesk.sqlite3", isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER audit_event_no_delete")
            connection.execute("DELETE FROM audit_event WHERE seq > 1")
            connection.execute("UPDATE audit_head SET seq = 1, hash = (SELECT hash FROM audit_event)")
        found = [(finding.code, finding.facts["object"]["type"]) for finding in verify_audit(desk).findings]  # type: ignore[index]
        assert ("REMOVED", "ingest") in found
        assert ("FOREIGN_ROW", "recording") in found


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_chain_is_found(data: st.DataObject) -> None:
    """Rows taken away, exchanged or spoilt: something is said of them, and nothing when nothing was done."""
    events, head = chain(data.draw(st.integers(1, 8)))
    assert holds(map(Link.of, events), head) and judge([Link.of(event) for event in events], head) == []
    gone = data.draw(st.sets(st.integers(0, len(events) - 1), max_size=3))
    kept = [event for number, event in enumerate(events) if number not in gone]
    for event in kept:
        if data.draw(st.booleans(), label="spoil"):
            event.actor = "another"
    exchanged = len(kept) > 1 and data.draw(st.booleans(), label="exchange")
    if exchanged:
        kept[0].seq, kept[-1].seq = kept[-1].seq, kept[0].seq
    kept.sort(key=lambda event: event.seq)
    whole = not gone and not exchanged and all(event.actor == "王示例" for event in kept)
    assert holds(map(Link.of, kept), head) is whole
    assert bool(judge([Link.of(event) for event in kept], head)) is not whole


def chain(length: int) -> tuple[list[AuditEvent], tuple[int, str]]:
    events: list[AuditEvent] = []
    previous = ORIGIN
    for seq in range(1, length + 1):
        event = AuditEvent(
            seq=seq,
            at="2026-11-23T06:00:00.000000+00:00",
            actor="王示例",
            workstation="pc",
            act="tested",
            object_type="test",
            object_id="1",
            facts=f'{{"number":{seq}}}',
            prev=previous,
            hash="",
        )
        event.hash = previous = own_hash(line_of(event))
        events.append(event)
    return events, (length, previous)


def test_the_head_is_what_the_last_event_is(desk: Desk) -> None:
    add_person(desk, "张示例")
    with desk.database.read() as session:
        head = session.scalars(sa.select(AuditHead)).one()
        last = session.get_one(AuditEvent, head.seq)
        assert (head.seq, head.hash) == (2, last.hash)
