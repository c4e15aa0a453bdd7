"""Practising never reaches what is real."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from avdesk.errors import UsageError
from avdesk.services.practice import is_practice, make_practice, practice_folder, sample_card_of
from avdesk.services.workspace import init, sign_in


def test_it_lies_beside_the_workspace(tmp_path: Path) -> None:
    assert practice_folder(tmp_path / "avdesk") == tmp_path / "avdesk-practice"


def test_it_has_a_vault_and_a_catalogue_of_its_own_and_a_card(tmp_path: Path) -> None:
    init(tmp_path / "avdesk", "平石市医疗保障局", "王示例")
    made = make_practice(practice_folder(tmp_path / "avdesk"), "练习单位", "练习人员")
    workspace = Path(made.workspace)
    assert is_practice(workspace)
    assert not is_practice(tmp_path / "avdesk")
    assert sample_card_of(workspace) == Path(made.card)
    assert any(file.suffix == ".MP4" for file in Path(made.card).rglob("*"))
    with closing(sign_in(workspace, None)) as desk:
        assert desk.unit == "练习单位"
        assert all(place.path.is_relative_to(tmp_path / "avdesk-practice") for place in desk.vaults)
        assert desk.database.engine.url.database == str(workspace / "avdesk.sqlite3")


def test_what_was_practised_is_still_there_the_next_time(tmp_path: Path) -> None:
    first = make_practice(tmp_path / "practice", "练习单位", "练习人员")
    (Path(first.card) / "more.txt").write_text("x")
    again = make_practice(tmp_path / "practice", "练习单位", "练习人员")
    assert again == first
    assert (Path(first.card) / "more.txt").exists()


def test_it_is_refused_where_it_would_share_the_office_s_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVDESK_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/office")
    with pytest.raises(UsageError) as refused:
        make_practice(tmp_path / "practice", "练习单位", "练习人员")
    assert refused.value.code == "PRACTICE_NEEDS_OWN_CATALOGUE"
    assert not (tmp_path / "practice").exists()
