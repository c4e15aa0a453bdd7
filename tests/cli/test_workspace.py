"""``init`` as the contract has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.commands import OPERATOR, UNIT


def test_it_answers_where_everything_lies(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    said = call("init", "--workspace", folder, "--unit", UNIT, "--operator", OPERATOR, "--vault", tmp_path / "vault")
    assert said.status == 0
    assert set(said.document) == {"workspace", "vaults", "person_id"}
    assert said.document["workspace"] == str(folder)
    (vault,) = said.document["vaults"]
    assert set(vault) == {"vault_id", "path"} and vault["path"] == str(tmp_path / "vault")
    (person,) = call("person", "list", "--workspace", folder).document["people"]
    assert person["person_id"] == said.document["person_id"]


def test_a_password_file_is_accepted_and_must_be_there(call: Call, tmp_path: Path) -> None:
    words = ["init", "--workspace", tmp_path / "w", "--unit", UNIT, "--operator", OPERATOR, "--password-file"]
    assert call(*words, tmp_path / "nowhere").code == "PASSWORD_FILE_MISSING"
    assert not (tmp_path / "w").exists()
    (tmp_path / "secret").write_text("geheim\n")
    assert call(*words, tmp_path / "secret").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--unit", UNIT],
        ["--operator", OPERATOR],
        ["--unit", "", "--operator", OPERATOR],
        ["--unit", UNIT, "--operator", " "],
        ["--unit", UNIT, "--operator", "\udcff"],
    ],
)
def test_both_names_are_needed(call: Call, tmp_path: Path, words: list[str]) -> None:
    assert call("init", "--workspace", tmp_path / "w", *words).status == 2
    assert not (tmp_path / "w").exists()


def test_a_second_time_is_refused(at: Call) -> None:
    said = at("init", "--unit", UNIT, "--operator", OPERATOR)
    assert (said.status, said.code) == (2, "WORKSPACE_EXISTS")
