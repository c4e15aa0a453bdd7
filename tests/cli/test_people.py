"""``person add`` and ``person list`` as the contract has them."""

from __future__ import annotations

from tests.cli.conftest import Call

FIELDS = {"person_id", "name", "enforcement_id", "section", "active"}


def test_a_person_is_added_and_listed(at: Call) -> None:
    made = at("person", "add", "张示例", "--enforcement-id", "310086", "--section", "法规科")
    assert made.status == 0
    listed = at("person", "list").document["people"]
    assert all(set(row) == FIELDS for row in listed)
    (row,) = [row for row in listed if row["name"] == "张示例"]
    assert (row["enforcement_id"], row["section"], row["active"]) == ("310086", "法规科", True)
    assert row["person_id"] == made.document["person_id"]


def test_a_name_that_fits_two_names_both(at: Call) -> None:
    at("person", "add", "张示例", "--enforcement-id", "310086")
    at("person", "add", "张示例", "--enforcement-id", "310087")
    at("case", "add", "7", "--title", "案")
    said = at("labels", "--case", "7", "--output", "/nowhere/labels.pdf", "--maker", "张示例")
    assert (said.status, said.code) == (2, "AMBIGUOUS_NAME")
    assert said.document["error"]["candidates"] == ["张示例 (310086)", "张示例 (310087)"]
    assert "310086" in said.words and "310087" in said.words
