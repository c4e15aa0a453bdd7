"""``copy-out`` as a script calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def ids(at: Call, tmp_path: Path) -> dict[str, str]:
    card = tmp_path / "card"
    card.mkdir()
    (card / "cam1.dav").write_bytes(b"DHAV film")
    (card / "cam1.idx").write_bytes(b"index")
    assert at("ingest", card).status == 0
    return {row["path"]: row["recording_id"] for row in at("list").document["recordings"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_with_its_sidecars_then_refusing_to_replace(at: Call, ids: dict[str, str], folder: Path) -> None:
    said = at("copy-out", ids["cam1.dav"], "--to", folder, "--reason", "厂商播放器")
    assert said.status == 0
    assert set(said.document) == {"folder", "files", "findings"}
    assert set(said.document["files"][0]) >= {"recording_id", "path", "size", "sha256", "verified"}
    assert [Path(file["path"]).name for file in said.document["files"]] == ["cam1.dav", "cam1.idx"]
    event = at("show", ids["cam1.dav"]).document["custody"][-1]
    assert (event["act"], event["facts"]["reason"]) == ("recording.copied_out", "厂商播放器")
    again = at("copy-out", ids["cam1.dav"], "--to", folder, "--no-sidecars")
    assert (again.status, again.document["files"]) == (1, [])
    (finding,) = again.document["findings"]
    assert (finding["code"], finding["path"], finding["facts"]["reason"]) == ("NOT_COPIED_OUT", "cam1.dav", "EEXIST")


def test_wrong_usage_and_surroundings(at: Call, ids: dict[str, str], folder: Path, workspace: Path) -> None:
    assert at("copy-out", ids["cam1.dav"]).status == 2
    assert at("copy-out", "none", "--to", folder).code == "RECORDING_UNKNOWN"
    assert at("copy-out", ids["cam1.dav"], "--to", workspace).code == "OUTPUT_NOT_ALLOWED"
    assert at("copy-out", ids["cam1.dav"], "--to", folder / "none").status == 4
    assert list(folder.iterdir()) == []


def test_it_stands_in_the_table_of_rights(call: Call) -> None:
    rows = {row["right"]: row for row in call("rights").document["rights"]}
    assert rows["export"] == {
        "right": "export",
        "services": ["copying_out.copy_out"],
        "commands": ["copy-out"],
        "roles": ["custodian"],
    }
