"""``list``, ``show``, ``case link`` and ``verify`` on what was really collected, as the contract has them."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.conftest import make_card

ODD = os.fsdecode(b"LOG/\xb3\xb5.LOG")
CARD = {"LOG/DSJ_5K20417_310086_20261123140210.LOG": b"one", ODD: b"two", "LOG/空.LOG": b""}
KNOWN = {
    *("recording_id", "path", "kind", "size", "sha256", "sm3", "recorded_at", "recorded_at_source"),
    *("times", "copies", "links", "custody", "findings"),
}
ROW = {
    *("recording_id", "path", "kind", "recorded_at", "size", "sha256", "duration_s", "case_numbers", "verified"),
}


@pytest.fixture
def collected(at: Call, tmp_path: Path) -> dict[str, Any]:
    said = at("ingest", make_card(tmp_path, CARD))
    assert said.status == 0
    (report,) = said.document["ingests"]
    rows: dict[str, Any] = {outcome["path"]: outcome for outcome in report["outcomes"]}
    return rows


def test_the_list_has_every_field(at: Call, collected: dict[str, Any]) -> None:
    document = at("list").document
    assert (set(document), document["total"], document["next"]) == ({"recordings", "total", "next"}, 3, None)
    assert all(set(row) >= ROW for row in document["recordings"])
    rows = {row["path"]: row for row in document["recordings"]}
    assert set(rows) == set(CARD) and ODD == "LOG/\udcb3\udcb5.LOG"
    row = rows["LOG/DSJ_5K20417_310086_20261123140210.LOG"]
    assert row["recorded_at"] == "2026-11-23T14:02:10+08:00"
    assert (row["size"], row["sha256"]) == (3, hashlib.sha256(b"one").hexdigest())
    assert (row["kind"], row["duration_s"], row["case_numbers"], row["verified"]) == ("sidecar", None, [], True)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--query", "dsj"], 1),
        (["--query", "\udcb3"], 1),
        (["--day", "2026-11-23", "--query", "DSJ"], 1),
        (["--kind", "video"], 0),
        (["--kind", "sidecar"], 3),
    ],
)
def test_the_list_is_narrowed(at: Call, collected: dict[str, Any], words: list[str], count: int) -> None:
    assert at("list", *words).document["total"] == count


def test_the_list_goes_on_where_it_ended(at: Call, collected: dict[str, Any]) -> None:
    found: list[str] = []
    after: list[str] = []
    for _page in range(3):
        document = at("list", "--limit", "1", *after).document
        found += [row["path"] for row in document["recordings"]]
        after = ["--after", str(document["next"])]
    assert (set(found), document["next"]) == (set(CARD), None)


def test_everything_known_of_one(at: Call, collected: dict[str, Any]) -> None:
    at("case", "add", "平石医保罚字〔2026〕7号", "--title", "案")
    recording = collected[ODD]["recording_id"]
    linked = at("case", "link", "平石医保罚字[2026]第7号", recording)
    assert (linked.status, linked.document["linked"]) == (0, 1)
    document = at("show", recording).document
    assert set(document) >= KNOWN
    assert (document["path"], document["links"][0]["number"]) == (ODD, "平石医保罚字〔2026〕7号")
    assert [set(event) for event in document["custody"]] == [{"seq", "at", "actor", "act", "facts"}] * 2
    for time in (document["recorded_at"], document["collected_at"], document["custody"][0]["at"]):
        assert datetime.fromisoformat(time).tzinfo is not None
    (copy,) = document["copies"]
    assert (copy["state"], copy["path"]) == ("VERIFIED", collected[ODD]["stored_path"])
    (row,) = at("list", "--case", "平石医保罚字〔2026〕7号").document["recordings"]
    assert row["case_numbers"] == ["平石医保罚字〔2026〕7号"]


def test_an_unknown_recording_is_wrong_usage(at: Call) -> None:
    assert at("show", "nothing").code == "RECORDING_UNKNOWN"


def test_verify_counts_copies(at: Call, collected: dict[str, Any], workspace: Path) -> None:
    assert at("verify").document | {"away": []} == {"checked": 3, "ok": 3, "findings": [], "away": []}
    bad = workspace / "vault" / collected[ODD]["stored_path"]
    bad.chmod(0o600)
    bad.write_bytes(b"tw0")
    said = at("verify")
    assert (said.status, said.document["checked"], said.document["ok"]) == (1, 3, 2)
    finding = next(finding for finding in said.document["findings"] if finding["code"] == "DIGEST_MISMATCH")
    assert set(finding) == {"code", "path", "facts"}
    assert {"recording_id", "vault_id", "expected", "found"} <= set(finding["facts"])
    assert [row["path"] for row in at("list").document["recordings"] if not row["verified"]] == [ODD]
