"""``case add``, ``case link`` and ``case list`` as the contract has them."""

from __future__ import annotations

from tests.cli.conftest import Call

NUMBER = "平石医保罚字（２０２６）第００７号"
NORMAL = "平石医保罚字〔2026〕7号"


def test_a_case_is_added_and_listed(at: Call) -> None:
    made = at("case", "add", NUMBER, "--title", "惠民示例大药房案", "--party", "惠民示例大药房")
    assert made.status == 0 and {"case_id", "number", "normalised"} <= set(made.document)
    assert (made.document["number"], made.document["normalised"]) == (NUMBER, NORMAL)
    (row,) = at("case", "list").document["cases"]
    assert (row["case_id"], row["number"], row["title"]) == (made.document["case_id"], NUMBER, "惠民示例大药房案")
    assert row["opened_at"].endswith("+08:00")


def test_a_number_of_another_form_is_a_warning(at: Call) -> None:
    made = at("case", "add", "case 7", "--title", "案")
    assert made.status == 0
    assert made.document["findings"] == [{"code": "NUMBER_NOT_RECOGNISED", "path": None, "facts": {"number": "case 7"}}]
    assert "kept as typed" in made.words


def test_the_list_goes_on_where_it_ended(at: Call) -> None:
    for number in range(1, 6):
        at("case", "add", f"平石医保罚字〔2026〕{number}号", "--title", "案")
    first = at("case", "list", "--limit", "3").document
    second = at("case", "list", "--limit", "3", "--after", first["next"]).document
    numbers = [row["number"] for row in (*first["cases"], *second["cases"])]
    assert numbers == [f"平石医保罚字〔2026〕{number}号" for number in (5, 4, 3, 2, 1)]
    assert (first["total"], second["total"], second["next"]) == (5, 5, None)


def test_nothing_is_linked_when_one_is_unknown(at: Call) -> None:
    at("case", "add", NUMBER, "--title", "案")
    said = at("case", "link", NORMAL, "one", "\udcff")
    assert (said.status, said.code) == (2, "RECORDING_UNKNOWN")
    assert said.document["error"]["recordings"] == ["one", "\\udcff"]
    assert at("case", "link", "no such case", "one").code == "CASE_UNKNOWN"
