"""``analyse``, as the contract has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.conftest import make_card
from tests.media.flawed import Coding, Part, write

SPAN = {"code", "from_s", "to_s"}


@pytest.fixture
def ids(at: Call, tmp_path: Path) -> dict[str, str]:
    """A film that is black for a while, a sound that is silent, a log."""
    film = write(tmp_path / "film.mp4", [Part(4), Part(5, "black+clock"), Part(4)], Coding((320, 180), 10, 10))
    sound = write(tmp_path / "sound.wav", [Part(5, None, "nothing")], Coding(audio="pcm_s16le"))
    files = {"a.MP4": film.read_bytes(), "b.WAV": sound.read_bytes(), "c.LOG": b"on\n"}
    (report,) = at("ingest", make_card(tmp_path, files)).document["ingests"]
    return {outcome["path"]: outcome["recording_id"] for outcome in report["outcomes"]}


def by_id(document: Any) -> dict[str, Any]:
    return {row["recording_id"]: row for row in document["analysed"]}


def test_without_names_all_that_wait_are_analysed(at: Call, ids: dict[str, str]) -> None:
    first = at("analyse", "--limit", "1")
    assert first.status == 0 and len(first.document["analysed"]) == 1 and first.document["left"] == 1
    second = at("analyse")
    assert second.document["left"] == 0
    rows = {**by_id(first.document), **by_id(second.document)}
    assert set(rows) == {ids["a.MP4"], ids["b.WAV"]}
    assert all(set(row) >= {"recording_id", "state", "frames", "spans"} for row in rows.values())
    film, sound = rows[ids["a.MP4"]], rows[ids["b.WAV"]]
    assert (film["state"], film["frames"], [span["code"] for span in film["spans"]]) == (
        "DONE",
        13,
        ["BLACK_OR_COVERED"],
    )
    assert all(set(span) >= SPAN for span in film["spans"])
    assert (sound["frames"], sound["spans"][0]["code"], sound["spans"][0]["from_s"]) == (0, "SILENT", 0.0)
    assert at("analyse").document == {"analysed": [], "unread": [], "left": 0}


def test_those_named_are_answered_again(at: Call, ids: dict[str, str]) -> None:
    before = at("analyse", ids["a.MP4"], ids["c.LOG"])
    assert before.status == 0 and before.document["left"] == 1
    assert [row["state"] for row in before.document["analysed"]] == ["DONE", "NOTHING"]
    assert at("analyse", ids["a.MP4"]).document["analysed"] == before.document["analysed"][:1]


def test_one_that_is_unknown_is_wrong_usage(at: Call, ids: dict[str, str]) -> None:
    said = at("analyse", ids["a.MP4"], "nothing")
    assert (said.status, said.code) == (2, "RECORDING_UNKNOWN")
    assert at("analyse", "--limit", "0").status == 2


def test_one_that_no_vault_gives_is_told(at: Call, ids: dict[str, str], workspace: Path) -> None:
    (workspace / "vault").rename(workspace / "elsewhere")
    said = at("analyse", ids["a.MP4"])
    assert said.status == 1
    assert said.document == {"analysed": [], "unread": [ids["a.MP4"]], "left": 2}


def test_off_by_policy_only_those_named(at: Call, ids: dict[str, str]) -> None:
    at("policy", "set", "analysis.enabled", "false", "--reason", "试")
    assert at("analyse").document == {"analysed": [], "unread": [], "left": 0}
    assert len(at("analyse", ids["b.WAV"]).document["analysed"]) == 1


def test_what_happened_is_in_the_audit_chain(at: Call, ids: dict[str, str], tmp_path: Path) -> None:
    at("analyse")
    at("audit", "export", "--output", tmp_path / "audit.jsonl")
    lines = [line for line in (tmp_path / "audit.jsonl").read_text().splitlines() if "recordings.analysed" in line]
    assert len(lines) == 1 and ids["a.MP4"] in lines[0] and ids["b.WAV"] in lines[0]
    assert at("audit", "verify").document["ok"] is True


def test_a_negative_threshold_can_be_typed(at: Call) -> None:
    said = at("policy", "set", "analysis.silent_below_db", "-110", "--reason", "试")
    assert {row["key"]: row["value"] for row in said.document["policies"]}["analysis.silent_below_db"] == -110
