"""``frame``, ``snapshot`` and ``clip`` as the contract has them, on a film that was really collected."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from avdesk.db import sqlite_url
from tests.cli.conftest import Call
from tests.commands import validate
from tests.media.numbered import make_film, number_of, numbers_in

NAME = "DSJ_5K20417_310086_20261123140210.MP4"


@pytest.fixture
def film(at: Call, tmp_path: Path) -> dict[str, Any]:
    folder = tmp_path / "card" / "DCIM" / "VIDEO"
    folder.mkdir(parents=True)
    make_film(folder / NAME, sound="aac")
    assert at("ingest", tmp_path / "card").status == 0
    (row,) = at("list").document["recordings"]
    assert isinstance(row, dict)
    return row


def vault(workspace: Path) -> Path:
    return workspace / "vault"


class TestFrame:
    def test_by_number_and_by_time(self, at: Call, film: dict[str, Any], tmp_path: Path) -> None:
        output = tmp_path / "F.png"
        for words, index in (
            (["--index", "0"], 0),
            (["--index", "49"], 49),
            (["--at", "0.999"], 24),
            (["--at", "1"], 25),
        ):
            said = at("frame", film["recording_id"], *words, "--output", output)
            assert said.status == 0
            assert set(said.document) >= {"index", "pts", "time_s", "width", "height", "source_sha256"}
            assert (said.document["index"], said.document["time_s"]) == (index, index / 25)
            assert (said.document["width"], said.document["height"]) == (160, 96)
            assert said.document["source_sha256"] == film["sha256"]
            with Image.open(output) as picture:
                assert (picture.format, number_of(picture)) == ("PNG", index)

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["--index", "50"], "NO_SUCH_FRAME"),
            (["--index", "-1"], "NO_SUCH_FRAME"),
            (["--index", "x"], "USAGE"),
            (["--at", "-1"], "TIME_OUT_OF_RANGE"),
            (["--at", "inf"], "TIME_OUT_OF_RANGE"),
            ([], "USAGE"),
            (["--index", "1", "--at", "1"], "USAGE"),
        ],
    )
    def test_wrong_usage_leaves_what_was_there(
        self, at: Call, film: dict[str, Any], tmp_path: Path, words: list[str], code: str
    ) -> None:
        output = tmp_path / "F.png"
        output.write_bytes(b"before")
        said = at("frame", film["recording_id"], *words, "--output", output)
        assert (said.status, said.code) == (2, code)
        assert output.read_bytes() == b"before"

    def test_of_a_changed_copy_nothing_is_made(
        self, at: Call, film: dict[str, Any], tmp_path: Path, workspace: Path
    ) -> None:
        copy = at("show", film["recording_id"]).document["copies"][0]
        file = vault(workspace) / copy["path"]
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[:-1] + b"x")
        now = hashlib.sha256(file.read_bytes()).hexdigest()
        for words in (
            ["frame", film["recording_id"], "--index", "0", "--output", tmp_path / "F.png"],
            ["snapshot", film["recording_id"], "--at", "0"],
            ["clip", film["recording_id"], "--from", "0", "--to", "1"],
        ):
            said = at(*words)
            assert said.status == 1 and said.document["source_sha256"] == now
            (finding,) = said.document["findings"]
            assert (finding["code"], finding["path"]) == ("DIGEST_MISMATCH", copy["path"])
            assert (finding["facts"]["expected"], finding["facts"]["found"]) == (film["sha256"], now)
        assert not (tmp_path / "F.png").exists()
        assert at("list").document["total"] == 1


def test_a_snapshot_and_a_clip_are_recordings(at: Call, film: dict[str, Any], workspace: Path) -> None:
    recording_id = film["recording_id"]
    picture = at("snapshot", recording_id, "--at", "0.5")
    assert picture.status == 0
    assert set(picture.document) >= {"recording_id", "derived_from", "index", "sha256"}
    assert (picture.document["derived_from"], picture.document["index"]) == (recording_id, 12)
    copied = at("clip", recording_id, "--from", "1", "--to", "2")
    encoded = at("clip", recording_id, "--from", "0.5", "--to", "1.5")
    for said, mode, first in ((copied, "copy", 25), (encoded, "encode", 12)):
        assert said.status == 0
        assert set(said.document) >= {"recording_id", "derived_from", "mode", "sha256"}
        assert (said.document["derived_from"], said.document["mode"]) == (recording_id, mode)
        shown = at("show", said.document["recording_id"]).document
        file = vault(workspace) / shown["copies"][0]["path"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == said.document["sha256"]
        assert numbers_in(file)[0][0] == first
        assert shown["derived_from"] == recording_id and shown["provenance"]["sha256"] == film["sha256"]
    assert at("list").document["total"] == 4
    verified = at("verify")
    assert (verified.status, verified.document["checked"], verified.document["ok"]) == (0, 4, 4)
    bags = sorted((vault(workspace) / "derived").glob("*/*/*"))
    assert len(bags) == 3
    for bag in bags:
        validate(bag)
        assert json.loads((bag / "avdesk-ingest.json").read_text())["derivation"]["recording_id"] == recording_id
    assert at("reconcile").document == {"ingests": []}
    assert at("audit", "verify").status == 0


def test_rebuilt_from_the_vault_alone(
    at: Call, film: dict[str, Any], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = at("snapshot", film["recording_id"], "--at", "0.5").document
    monkeypatch.setenv("AVDESK_DATABASE_URL", str(sqlite_url(tmp_path / "again.sqlite3")))
    monkeypatch.setenv("AVDESK_WORKSPACE", str(tmp_path / "again"))
    assert at("init", "--unit", "平石市医疗保障局", "--operator", "张示例").status == 0
    said = at("rebuild", "--from", vault(workspace))
    assert (said.status, said.document["bags"], said.document["recordings"]) == (0, 2, 2)
    shown = at("show", made["recording_id"]).document
    assert (shown["derived_from"], shown["sha256"]) == (film["recording_id"], made["sha256"])
    assert shown["provenance"]["first_index"] == 12


@pytest.mark.parametrize(
    "words",
    [
        ["snapshot", "REC", "--at", "100"],
        ["snapshot", "REC", "--at", "-0.1"],
        ["snapshot", "REC"],
        ["snapshot", "unknown", "--at", "0"],
        ["clip", "REC", "--from", "1", "--to", "1"],
        ["clip", "REC", "--from", "1", "--to", "0.5"],
        ["clip", "REC", "--from", "0", "--to", "100"],
        ["clip", "REC", "--from", "0"],
        ["clip", "unknown", "--from", "0", "--to", "1"],
        ["frame", "unknown", "--index", "0", "--output", "F.png"],
    ],
)
def test_wrong_usage_makes_nothing(at: Call, film: dict[str, Any], words: list[str]) -> None:
    said = at(*(film["recording_id"] if word == "REC" else word for word in words))
    assert said.status == 2
    assert at("list").document["total"] == 1
