"""``marker``: as the contract has it, on a film that was really collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avdesk.media.sample_card import write_sample_card
from tests.cli.conftest import Call

MARKER = {"marker_id", "at_s", "to_s", "kind", "text", "author"}
KINDS = (
    *("place", "time", "scene", "participants", "officers", "party", "violation", "key-evidence", "statement"),
    *("prior-notice", "other"),
)


@pytest.fixture
def film(at: Call, tmp_path: Path) -> dict[str, Any]:
    """A video of the sample card."""
    write_sample_card(tmp_path / "card")
    assert at("ingest", tmp_path / "card", "--select", "*.MP4").status == 0
    row: dict[str, Any] = at("list", "--kind", "video").document["recordings"][0]
    return row


def test_a_marker_is_added_listed_and_found(at: Call, film: dict[str, Any]) -> None:
    recording_id = film["recording_id"]
    said = at(
        *("marker", "add", recording_id, "--at", "1.5", "--to", "2"),
        *("--kind", "key-evidence", "--text", "药品柜 第三层"),
    )
    assert said.status == 0 and set(said.document) >= MARKER
    assert (said.document["at_s"], said.document["to_s"], said.document["kind"]) == (1.5, 2.0, "key-evidence")
    assert at("marker", "add", recording_id, "--at", "0", "--kind", "place", "--text", "门牌").status == 0
    listed = at("marker", "list", recording_id)
    assert listed.status == 0 and set(listed.document) == {"markers"}
    assert [row["text"] for row in listed.document["markers"]] == ["门牌", "药品柜 第三层"]
    assert listed.document["markers"][1] == said.document
    assert at("list", "--query", "药品柜").document["total"] == 1
    shown = at("show", recording_id).document
    assert shown["markers"] == listed.document["markers"]
    assert [event["act"] for event in shown["custody"]][-2:] == ["marker.added"] * 2
    assert at("audit", "verify").status == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_the_contract(at: Call, film: dict[str, Any], kind: str) -> None:
    said = at("marker", "add", film["recording_id"], "--at", "0", "--kind", kind, "--text", "x")
    assert (said.status, said.document["kind"]) == (0, kind)


def test_a_marker_is_changed_and_removed(at: Call, film: dict[str, Any]) -> None:
    added = at("marker", "add", film["recording_id"], "--at", "1", "--to", "2", "--kind", "other", "--text", "一")
    marker_id = added.document["marker_id"]
    changed = at("marker", "edit", marker_id, "--kind", "party", "--text", "二", "--no-to")
    assert (changed.status, changed.document["to_s"]) == (0, None)
    assert (changed.document["kind"], changed.document["text"], changed.document["version"]) == ("party", "二", 2)
    stale = at("marker", "remove", marker_id, "--of-version", "1")
    assert (stale.status, stale.code) == (1, "STALE_EDIT")
    assert at("marker", "remove", marker_id).document == {"removed": marker_id}
    assert at("marker", "list", film["recording_id"]).document == {"markers": []}
    gone = at("marker", "remove", marker_id)
    assert (gone.status, gone.code) == (2, "MARKER_UNKNOWN")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--at", "-1", "--kind", "place", "--text", "x"], "TIME_OUT_OF_RANGE"),
        (["--at", "100000", "--kind", "place", "--text", "x"], "TIME_OUT_OF_RANGE"),
        (["--at", "2", "--to", "1", "--kind", "place", "--text", "x"], "SPAN_REVERSED"),
        (["--at", "nan", "--kind", "place", "--text", "x"], "USAGE"),
        (["--at", "1", "--kind", "", "--text", "x"], "USAGE"),
        (["--at", "1", "--kind", "crime", "--text", "x"], "USAGE"),
        (["--at", "1", "--text", "x"], "USAGE"),
        (["--at", "1", "--kind", "place"], "USAGE"),
    ],
)
def test_wrong_usage_marks_nothing(at: Call, film: dict[str, Any], words: list[str], code: str) -> None:
    said = at("marker", "add", film["recording_id"], *words)
    assert (said.status, said.code) == (2, code)
    assert at("marker", "list", film["recording_id"]).document["markers"] == []


def test_an_unknown_recording(at: Call, film: dict[str, Any]) -> None:
    for words in (["add", "nothing", "--at", "0", "--kind", "place", "--text", "x"], ["list", "nothing"]):
        said = at("marker", *words)
        assert (said.status, said.code) == (2, "RECORDING_UNKNOWN")
