"""``labels`` as the contract has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call

NUMBER = "平石医保罚字〔2026〕7号"
LABEL = {"copy", "of", "disc", "page", "outline_mm", "items", "too_long", "verified"}
ITEMS = ["unit", "maker", "date", "title", "number", "disc_number", "copy", "recorded", "files", "verified", "qr"]


@pytest.fixture
def case(at: Call) -> str:
    at("case", "add", NUMBER, "--title", "惠民示例大药房案")
    return NUMBER


def test_both_labels_are_told_item_by_item(at: Call, case: str, tmp_path: Path) -> None:
    said = at("labels", "--case", case, "--output", tmp_path / "l.pdf", "--made", "2026-11-25")
    assert said.status == 0 and (tmp_path / "l.pdf").read_bytes().startswith(b"%PDF")
    assert said.document["pages"] == 1
    for copy, label in enumerate(said.document["labels"], start=1):
        assert set(label) >= LABEL
        assert (label["copy"], label["of"], label["disc"], label["page"]) == (copy, 2, 1, 1)
        assert (label["too_long"], label["verified"]) == ([], False)
        items = {item["item"]: item for item in label["items"]}
        assert sorted(items) == sorted(ITEMS)
        left, top, width, height = label["outline_mm"]
        for item in items.values():
            assert set(item) == {"item", "text", "box_mm", "pt"}
            x, y, w, h = item["box_mm"]
            assert left <= x and top <= y and x + w <= left + width and y + h <= top + height
            assert (item["pt"] is None) is (item["item"] == "qr")
        assert f"2026-0001-{copy}" in items["disc_number"]["text"]


def test_too_long_is_exit_1_and_no_file(at: Call, tmp_path: Path) -> None:
    at("case", "add", NUMBER, "--title", "长" * 1000)
    said = at("labels", "--case", NUMBER, "--output", tmp_path / "l.pdf")
    assert said.status == 1 and not (tmp_path / "l.pdf").exists()
    assert [item["item"] for label in said.document["labels"] for item in label["too_long"]] == ["title", "title"]
    assert "shorten" in said.words


def test_the_output_is_replaced(at: Call, case: str, tmp_path: Path) -> None:
    (tmp_path / "l.pdf").write_text("old")
    assert at("labels", "--case", case, "--output", tmp_path / "l.pdf").status == 0
    assert (tmp_path / "l.pdf").read_bytes().startswith(b"%PDF")


def test_an_output_that_cannot_be_written_is_told(at: Call, case: str, tmp_path: Path) -> None:
    said = at("labels", "--case", case, "--output", tmp_path / "missing" / "l.pdf")
    assert (said.status, said.code) == (4, "ENVIRONMENT")
    assert str(tmp_path / "missing" / "l.pdf") in said.words


def test_start_dx_and_dy_move_them(at: Call, case: str, tmp_path: Path) -> None:
    words = ["labels", "--case", case, "--output", tmp_path / "l.pdf"]
    plain = at(*words).document["labels"]
    moved = at(*words, "--start", "2", "--dx", "-1.5", "--dy", "0.5").document["labels"]
    x, y, width, height = plain[1]["outline_mm"]
    assert moved[0]["outline_mm"] == [x - 1.5, y + 0.5, width, height]
    assert [label["page"] for label in moved] == [1, 2]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--stock", "nothing"], "UNKNOWN_STOCK"),
        (["--start", "3"], "START_OUT_OF_RANGE"),
        (["--dx", "900"], "LABEL_OFF_PAGE"),
        (["--maker", "nobody"], "PERSON_UNKNOWN"),
    ],
)
def test_what_is_not_there_is_wrong_usage(at: Call, case: str, tmp_path: Path, words: list[str], code: str) -> None:
    said = at("labels", "--case", case, "--output", tmp_path / "l.pdf", *words)
    assert (said.status, said.code) == (2, code)
