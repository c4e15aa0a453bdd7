"""``policy list`` and ``policy set`` as the contract has them."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.conftest import Call

FIELDS = {"key", "value", "default", "article", "changed_by", "changed_at"}


def test_a_change_is_listed(at: Call) -> None:
    before = at("policy", "list").document["policies"]
    assert all(set(row) == FIELDS and row["changed_by"] is None for row in before)
    said = at("policy", "set", "media.probe_seconds", "7", "--reason", "慢卡")
    assert said.status == 0
    (row,) = [row for row in said.document["policies"] if row["key"] == "media.probe_seconds"]
    assert (row["value"], row["default"], row["changed_by"]) == (7, 20, "王示例")
    assert datetime.fromisoformat(row["changed_at"]).tzinfo is not None
    assert at("policy", "list").document == said.document


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["no.such", "1", "--reason", "r"], "UNKNOWN_POLICY"),
        (["media.probe_seconds", "0", "--reason", "r"], "BAD_POLICY_VALUE"),
        (["media.probe_seconds", "7", "--reason", ""], "EMPTY"),
        (["disc_number.pattern", "{number.__class__}{number}", "--reason", "r"], "BAD_POLICY_VALUE"),
    ],
)
def test_what_is_wrong_is_told(at: Call, words: list[str], code: str) -> None:
    said = at("policy", "set", *words)
    assert (said.status, said.code) == (2, code)
