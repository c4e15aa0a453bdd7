"""How answers leave the program."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avdesk.cli.output import ProgressLine, say, shown, size, to_json
from avdesk.progress import Progress
from avdesk.terms import Kind


@dataclass(frozen=True)
class Row:
    path: str
    kind: Kind
    at: datetime
    duration_s: float | None
    more: tuple[object, ...]


def test_every_kind_of_value_has_one_form() -> None:
    row = Row(
        "\udcff案", Kind.VIDEO, datetime(2026, 11, 23, 6, tzinfo=UTC), float("nan"), (Path("/a"), date(2026, 1, 2))
    )
    text = to_json({"row": row, "n": 2**60, "none": None})
    assert text.isascii() and "\\udcff" in text
    assert json.loads(text) == {
        "row": {
            "path": "\udcff案",
            "kind": "video",
            "at": "2026-11-23T06:00:00+00:00",
            "duration_s": None,
            "more": ["/a", "2026-01-02"],
        },
        "n": 2**60,
        "none": None,
    }


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("平石 𠮷 é", "平石 𠮷 é"),
        ("a\nb\x1b[31m\x07", "a\\nb\\x1b[31m\\x07"),
        ("\udcff", "\\udcff"),
        ("a\u202eb\u2028\u200b", "a\\u202eb\\u2028\\u200b"),
    ],
)
def test_what_could_play_tricks_is_escaped(text: str, safe: str) -> None:
    assert shown(text) == safe
    assert shown(safe) == safe


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (2**30, "1.0 GiB"), (2**53, "8192.0 TiB")],
)
def test_sizes_are_told_in_binary_units(count: int, text: str) -> None:
    assert size(count) == text


def test_nobody_need_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    say("to nobody")
    ProgressLine()(Progress("copy", None, 0, 1, 0, 1))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    line = ProgressLine()
    line(Progress("copy", "DCIM/\x1b.MP4", 3, 8, 1 << 20, 4 << 20))
    line(Progress("copy", "next.MP4", 4, 8, 2 << 20, 4 << 20))  # too soon after the first to be shown
    line.end()
    said = terminal.getvalue()
    assert "copy  3/8  25 %" in said and "\\x1b.MP4" in said and "next.MP4" not in said
    assert said.endswith("\r")


def test_progress_is_silent_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine()
    line(Progress("copy", "a.MP4", 3, 8, 1, 4))
    line.end()
    assert capfd.readouterr() == ("", "")
