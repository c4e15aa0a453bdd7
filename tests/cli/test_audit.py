"""``audit verify`` and ``audit export`` as the contract has them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.conftest import Call


def test_a_whole_chain(at: Call, tmp_path: Path) -> None:
    at("person", "add", "张示例")
    verified = at("audit", "verify")
    assert (verified.status, set(verified.document)) == (0, {"events", "ok", "head", "findings"})
    exported = at("audit", "export", "--output", tmp_path / "a.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert exported.status == 0
    assert (len(lines), lines[-1]["hash"]) == (verified.document["events"], verified.document["head"])


def test_a_broken_one_is_exit_1_and_says_where(at: Call, tmp_path: Path) -> None:
    at("person", "add", "张示例")
    spoil = "DROP TRIGGER audit_event_no_update; UPDATE audit_event SET act = 'nothing' WHERE seq = 2"
    subprocess.run(["sqlite3", tmp_path / "avdesk.sqlite3", spoil], check=True)
    said = at("audit", "verify")
    assert (said.status, said.document["ok"]) == (1, False)
    (finding,) = said.document["findings"]
    assert (finding["code"], finding["path"], finding["facts"]["seq"]) == ("CHANGED", None, 2)
    assert finding["facts"]["object"]["type"] == "person"
    assert "event 2" in said.words
