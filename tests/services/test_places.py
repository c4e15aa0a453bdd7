"""Places of vaults: their room, and what a folder would be as one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from avdesk.services.desk import Desk
from avdesk.services.places import LITTLE_SPACE, check_vault_place, is_set_up, vault_spaces
from avdesk.services.workspace import init, sign_in
from avdesk.terms import VaultRole
from avdesk.vault.root import MARKER, create_vault

VAULT_ID = "01a20fc9-d2c0-7ed1-a555-b0ef13f2ab77"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    init(tmp_path / "workspace", "平石市医疗保障局", "王示例")
    with closing(sign_in(tmp_path / "workspace", None)) as made:
        yield made


def codes(place: Path) -> list[str]:
    return [finding.code for finding in check_vault_place(place).findings]


def test_a_workspace_is_known_by_what_init_made(tmp_path: Path, desk: Desk) -> None:
    assert is_set_up(tmp_path / "workspace")
    assert not is_set_up(tmp_path)
    assert not is_set_up(tmp_path / "missing" / "deeper")


def test_room_of_the_vaults(desk: Desk) -> None:
    (space,) = vault_spaces(desk).vaults
    room = os.statvfs(desk.first_vault.path)
    assert (space.vault_id, space.role, space.reason) == (desk.first_vault.vault_id, VaultRole.FIRST, None)
    assert space.bytes_total == room.f_blocks * room.f_frsize
    assert space.bytes_free is not None
    assert abs(space.bytes_free - room.f_bavail * room.f_frsize) < 2**30


def test_a_vault_that_is_away_is_a_state_with_its_reason(desk: Desk) -> None:
    (desk.first_vault.path / MARKER).unlink()
    (space,) = vault_spaces(desk).vaults
    assert (space.reason, space.bytes_total, space.bytes_free) == ("NO_MARKER", None, None)


def test_a_new_folder_is_usable_and_nothing_is_made(tmp_path: Path) -> None:
    place = tmp_path / "new" / "vault"
    check = check_vault_place(place)
    assert check.usable
    assert check.vault_id is None
    assert check.bytes_free > 0
    assert check.fstype
    assert not place.parent.exists()


def test_an_empty_folder_and_a_new_disk_are_usable(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    assert check_vault_place(tmp_path).usable


def test_a_folder_with_other_things_is_not(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    check = check_vault_place(tmp_path)
    assert not check.usable
    assert check.findings[0].code == "FOLDER_NOT_EMPTY"


def test_a_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert not check_vault_place(tmp_path / "file").usable
    assert "NO_FOLDER" in codes(tmp_path / "file")


def test_a_vault_that_is_there_is_named(tmp_path: Path) -> None:
    create_vault(tmp_path / "vault", VAULT_ID)
    (tmp_path / "vault" / "2026").mkdir()
    check = check_vault_place(tmp_path / "vault")
    assert (check.usable, check.vault_id) == (True, VAULT_ID)


def test_a_marker_that_can_t_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{")
    check = check_vault_place(tmp_path)
    assert (check.usable, check.vault_id) == (False, None)
    assert check.findings[0].facts["reason"] == "BAD_MARKER"


def test_little_space_gives_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = os.statvfs(tmp_path)
    monkeypatch.setattr("avdesk.services.places.LITTLE_SPACE", room.f_blocks * room.f_frsize + 1)
    check = check_vault_place(tmp_path / "vault")
    assert check.usable
    assert "PLACE_LITTLE_SPACE" in [finding.code for finding in check.findings]
    assert LITTLE_SPACE == 20 * 2**30


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_memory_is_no_place_to_keep_evidence(tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", tmp_path], check=True)
    try:
        check = check_vault_place(tmp_path / "vault")
        assert check.fstype == "tmpfs"
        assert "PLACE_IN_MEMORY" in [finding.code for finding in check.findings]
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_what_is_no_disk_is_not_usable() -> None:
    found = check_vault_place(Path("/proc/vault"))
    assert not found.usable
    assert [finding.code for finding in found.findings][:1] == ["PLACE_NOT_WRITABLE"]


def test_what_is_write_protected_is_not_usable(tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", tmp_path], check=True)
    try:
        assert "PLACE_NOT_WRITABLE" in codes(tmp_path / "vault")
        assert not check_vault_place(tmp_path / "vault").usable
    finally:
        subprocess.run(["umount", tmp_path], check=True)
