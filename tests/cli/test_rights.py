"""``rights``: the table that is enforced."""

from __future__ import annotations

from avdesk.terms import Right
from tests.cli.conftest import Call


def test_every_right_with_services_commands_and_roles(call: Call) -> None:
    said = call("rights")
    assert said.status == 0
    rows = {row["right"]: row for row in said.document["rights"]}
    assert set(rows) == {*map(str, Right), None}
    assert all(set(row) == {"right", "services", "commands", "roles"} for row in rows.values())
    assert "labels.make_labels" in rows["labels"]["services"]
    assert rows["labels"]["commands"] == ["labels"] and "custodian" in rows["labels"]["roles"]
    assert {"init", "sample-card", "demo", "rights"} <= set(rows[None]["commands"])


def test_every_command_stands_in_it(call: Call) -> None:
    listed = {command for row in call("rights").document["rights"] for command in row["commands"]}
    assert {"list", "show", "case add", "ingest", "audit verify", "policy set", "verify", "rebuild"} <= listed
