"""Making a workspace and signing in to it, in folders of every kind."""

from __future__ import annotations

import os
import shutil
import stat
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from avdesk.errors import DatabaseUnreachable, EnvironmentFault, Refused, UsageError, WorkspaceMissing
from avdesk.services._places import save_places
from avdesk.services.audit import verify_audit
from avdesk.services.people import add_person, list_people
from avdesk.services.workspace import default_workspace, init, sign_in
from avdesk.terms import Right
from avdesk.vault.root import VaultPlace
from tests.commands import OPERATOR, UNIT
from tests.conftest import sqlite_only


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestInit:
    def test_a_new_workspace_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            made = init(tmp_path / "deep" / "workspace", UNIT, OPERATOR)
        finally:
            os.umask(before)
        folder = Path(made.workspace)
        assert folder == tmp_path / "deep" / "workspace"
        folders = ["backups", "cache", "logs", "vault"]
        assert sorted(path.name for path in folder.iterdir()) == ["avdesk.sqlite3", "avdesk.toml", *folders]
        assert {mode(path) for path in (folder, *(folder / name for name in folders))} == {0o700}
        assert {mode(folder / name) for name in ("avdesk.toml", "avdesk.sqlite3")} == {0o600}
        (vault,) = made.vaults
        assert tomllib.loads((folder / "avdesk.toml").read_text()) == {
            "vault": [{"id": vault.vault_id, "path": str(folder / "vault")}]
        }

    def test_who_made_it_can_sign_in(self, workspace: Path) -> None:
        with closing(sign_in(workspace, None)) as desk:
            assert (desk.person_name, desk.unit, desk.rights) == (OPERATOR, UNIT, frozenset(Right))
            assert [place.path for place in desk.vaults] == [workspace / "vault"]
            assert verify_audit(desk).events == 1

    def test_the_vault_may_lie_elsewhere_and_be_an_old_one(self, tmp_path: Path) -> None:
        first = init(tmp_path / "a", UNIT, OPERATOR, tmp_path / "vault")
        second = init(tmp_path / "b", UNIT, OPERATOR, tmp_path / "vault")
        assert first.vaults == second.vaults
        assert not (tmp_path / "a" / "vault").exists()

    def test_a_second_pc_shares_the_catalogue(self, workspace: Path, tmp_path: Path) -> None:
        made = init(tmp_path / "second", UNIT, OPERATOR, tmp_path / "second-vault")
        with closing(sign_in(tmp_path / "second", None)) as desk:
            assert desk.person_id == made.person_id
            assert [person.name for person in list_people(desk).people] == [OPERATOR]
            assert [place.vault_id for place in desk.vaults] == [made.vaults[0].vault_id]
            assert verify_audit(desk).events == 2

    def test_a_catalogue_of_another_unit_is_not_taken(self, workspace: Path, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="OTHER_UNIT"):
            init(tmp_path / "second", "另一医疗保障局", OPERATOR)

    def test_there_is_one_workspace_in_a_folder(self, workspace: Path) -> None:
        before = (workspace / "avdesk.toml").read_bytes()
        with pytest.raises(UsageError, match="WORKSPACE_EXISTS"):
            init(workspace, UNIT, OPERATOR)
        assert (workspace / "avdesk.toml").read_bytes() == before

    def test_one_that_was_begun_is_completed(self, tmp_path: Path) -> None:
        first = init(tmp_path / "workspace", UNIT, OPERATOR)
        (tmp_path / "workspace" / "avdesk.toml").unlink()
        assert init(tmp_path / "workspace", UNIT, OPERATOR) == first

    def test_a_folder_with_other_things_keeps_its_mode(self, tmp_path: Path) -> None:
        (tmp_path / "home").mkdir(mode=0o755)
        (tmp_path / "home" / "letter").touch()
        init(tmp_path / "home", UNIT, OPERATOR)
        assert mode(tmp_path / "home") == 0o755

    @pytest.mark.parametrize("name", ["a?b#c%20d'e", "工作区 一", 'q"u=o', "-x", "a\nb"])
    def test_any_name_will_do(self, tmp_path: Path, name: str) -> None:
        init(tmp_path / name, UNIT, OPERATOR)
        sign_in(tmp_path / name, OPERATOR).close()

    def test_a_path_that_no_toml_can_hold_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="PATH_NOT_UTF8"):
            init(tmp_path / os.fsdecode(b"\xff"), UNIT, OPERATOR)

    @pytest.mark.parametrize(("unit", "operator"), [("", OPERATOR), (UNIT, " "), ("x" * 201, OPERATOR), (UNIT, "a\nb")])
    def test_nothing_is_made_for_bad_names(self, tmp_path: Path, unit: str, operator: str) -> None:
        with pytest.raises(UsageError):
            init(tmp_path / "workspace", unit, operator)
        assert not (tmp_path / "workspace").exists()

    def test_a_file_is_no_workspace(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(UsageError, match="NOT_A_FOLDER"):
            init(tmp_path / "file", UNIT, OPERATOR)
        assert (tmp_path / "file").read_text() == "mine"

    def test_a_vault_is_not_made_among_other_things(self, tmp_path: Path) -> None:
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "mine.jpg").touch()
        with pytest.raises(UsageError, match="FOLDER_NOT_EMPTY"):
            init(tmp_path / "workspace", UNIT, OPERATOR, tmp_path / "photos")
        with pytest.raises(WorkspaceMissing):
            sign_in(tmp_path / "workspace", None)


class TestSigningIn:
    def test_the_one_person_is_signed_in(self, workspace: Path) -> None:
        for named in (OPERATOR, f" {OPERATOR} ", None):
            sign_in(workspace, named).close()

    def test_anybody_else_is_refused(self, workspace: Path) -> None:
        with closing(sign_in(workspace, None)) as desk:
            add_person(desk, "张示例")
        for named in ("张示例", "", "王", "\udcff"):
            with pytest.raises(Refused) as caught:
                sign_in(workspace, named)
            assert (caught.value.code, caught.value.right, caught.value.until) == ("BAD_PASSWORD", None, None)

    @sqlite_only
    @pytest.mark.parametrize(
        "spoil",
        [
            shutil.rmtree,
            lambda folder: (folder / "avdesk.toml").unlink(),
            lambda folder: (folder / "avdesk.toml").write_text("[[vault"),
            lambda folder: (folder / "avdesk.toml").write_bytes(b"\xff\xfe"),
            lambda folder: (folder / "avdesk.toml").write_text("vault = 3"),
            lambda folder: (folder / "avdesk.toml").write_text("vault = 'x'"),
            lambda folder: (folder / "avdesk.toml").write_text("[[vault]]\nid = 5\npath = '/x'"),
            lambda folder: (folder / "avdesk.toml").write_text("[[vault]]\nid = 'x'\npath = '/x'"),
            lambda folder: (folder / "avdesk.toml").write_text("[[vault]]\npath = '/x'"),
            lambda folder: folder.rename(folder.with_name("away")) and folder.write_text("a file"),
            lambda folder: (folder / "avdesk.toml").rename(folder / "x") and (folder / "avdesk.toml").mkdir(),
        ],
    )
    def test_what_is_no_workspace_is_told_with_the_reason(
        self, workspace: Path, spoil: Callable[[Path], object]
    ) -> None:
        spoil(workspace)
        with pytest.raises(WorkspaceMissing) as caught:
            sign_in(workspace, None)
        assert caught.value.facts["reason"] and str(workspace) in str(caught.value.facts["path"])

    def test_a_lost_catalogue_is_not_silently_a_new_one(self, tmp_path: Path) -> None:
        init(tmp_path / "workspace", UNIT, OPERATOR)
        (tmp_path / "workspace" / "avdesk.sqlite3").unlink()
        with pytest.raises(DatabaseUnreachable):
            sign_in(tmp_path / "workspace", None)
        assert not (tmp_path / "workspace" / "avdesk.sqlite3").exists()

    def test_the_database_may_stand_in_the_settings(
        self, workspace: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("AVDESK_DATABASE_URL")
        with pytest.raises(DatabaseUnreachable):
            sign_in(workspace, None)
        settings = workspace / "avdesk.toml"
        settings.write_text(f"database = '{database_url}'\n" + settings.read_text())
        with closing(sign_in(workspace, None)) as desk:
            save_places(workspace, desk.vaults)
        assert tomllib.loads(settings.read_text())["database"] == database_url

    def test_a_vault_that_the_catalogue_does_not_know_is_not_used(self, workspace: Path, tmp_path: Path) -> None:
        stranger = VaultPlace("01a20fb6-be26-7c4b-8cd2-09c9aacecd64", tmp_path / "stranger")
        with closing(sign_in(workspace, None)) as desk:
            save_places(workspace, [stranger, *desk.vaults])
        with closing(sign_in(workspace, None)) as desk:
            assert [place.path for place in desk.vaults] == [workspace / "vault"]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
    def test_a_workspace_of_somebody_else_is_told_as_such(self, workspace: Path) -> None:
        """In a child that is nobody."""
        child = os.fork()
        if child == 0:
            os.setgid(65534)
            os.setuid(65534)
            try:
                sign_in(workspace, None)
            except EnvironmentFault:
                os._exit(7)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


class TestDefault:
    def test_the_environment_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AVDESK_WORKSPACE", "/some/where")
        assert default_workspace() == Path("/some/where")

    @pytest.mark.parametrize("named", [None, ""])
    def test_else_it_lies_where_the_platform_keeps_such_things(
        self, monkeypatch: pytest.MonkeyPatch, named: str | None
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", "/data")
        if named is not None:
            monkeypatch.setenv("AVDESK_WORKSPACE", named)
        assert default_workspace() == Path("/data/avdesk")
