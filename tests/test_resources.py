"""What a data file's schema refuses: each time with file, key and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from avdesk.errors import BadResource
from avdesk.resources import Table

FILE = Path("profile.toml")
TABLE = Table(
    FILE,
    {"empty": "", "number": 3, "mixed": ["a", 3], "word": ["a"], "regex": "(", "list": ["a"], "below": {"key": 1}},
)


@pytest.mark.parametrize(
    ("read", "key"),
    [
        (lambda: TABLE.text("absent"), "absent"),
        (lambda: TABLE.text("empty"), "empty"),
        (lambda: TABLE.text("number"), "number"),
        (lambda: TABLE.texts("number"), "number"),
        (lambda: TABLE.texts("mixed"), "mixed[1]"),
        (lambda: TABLE.words("word", ["b"]), "word"),
        (lambda: TABLE.flag("number"), "number"),
        (lambda: TABLE.regex("regex"), "regex"),
        (lambda: TABLE.tables("list"), "list[0]"),
        (lambda: TABLE.table("list"), "list"),
        (lambda: TABLE.table("below").text("key"), "below.key"),
    ],
)
def test_a_wrong_value_is_refused_with_file_and_key(read: Callable[[], object], key: str) -> None:
    with pytest.raises(BadResource) as refusal:
        read()
    assert refusal.value.facts["file"] == str(FILE)
    assert refusal.value.facts["key"] == key
    assert refusal.value.facts["reason"]


def test_absent_lists_are_empty() -> None:
    assert TABLE.texts("absent") == ()
    assert TABLE.tables("absent") == []
    assert TABLE.optional_text("absent") is None


def test_a_key_that_nothing_reads_is_refused() -> None:
    table = Table(FILE, {"known": "a", "other": 1})
    table.text("known")
    with pytest.raises(BadResource) as refusal:
        table.end()
    assert refusal.value.facts["key"] == "other"


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text("title = 'a'\nbroken = = 1", "utf-8")
    with pytest.raises(BadResource) as refusal:
        Table.of(file)
    assert "line 2" in str(refusal.value.facts["reason"])
