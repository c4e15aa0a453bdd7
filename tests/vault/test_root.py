"""The vault root: its marker, and that nothing lands elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from avdesk.errors import UsageError, VaultFull, VaultUnavailable
from avdesk.vault.root import (
    MARKER,
    VaultPlace,
    VaultRoot,
    create_vault,
    exists,
    open_below,
    read_marker,
    walk_files,
    write_durably,
)
from tests.mounts import make_image, mount_image, mounted_image, requires_root_mounts
from tests.vault.making import BAG, VAULT_ID, make_bag, make_vault

OTHER_ID = "0190a000-0000-7000-8000-000000000002"


def test_a_new_vault_has_its_marker_and_keeps_its_id(tmp_path: Path) -> None:
    place = create_vault(tmp_path / "new" / "vault", VAULT_ID)
    assert json.loads((place.path / MARKER).read_text()) == {"vault_id": VAULT_ID}
    assert place.path.stat().st_mode & 0o777 == 0o700
    assert create_vault(place.path, OTHER_ID) == place
    assert [entry.name for entry in place.path.iterdir()] == [MARKER]


def test_a_folder_with_other_things_in_it_is_no_new_vault(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(UsageError, match="FOLDER_NOT_EMPTY"):
        create_vault(tmp_path, VAULT_ID)
    assert [entry.name for entry in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "NO_MARKER"),
        (b"", "BAD_MARKER"),
        (b"\xff", "BAD_MARKER"),
        (b"[]", "BAD_MARKER"),
        (b'{"vault_id": 7}', "BAD_MARKER"),
        (b'{"vault_id": "nothing"}', "BAD_MARKER"),
        (json.dumps({"vault_id": OTHER_ID}).encode(), "OTHER_VAULT"),
    ],
)
def test_a_root_without_its_marker_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / MARKER).write_bytes(content)
    with pytest.raises(VaultUnavailable) as refused:
        VaultRoot(VaultPlace(VAULT_ID, tmp_path))
    assert refused.value.facts["reason"] == reason


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VaultUnavailable) as refused:
        read_marker(tmp_path / "none")
    assert refused.value.facts["reason"] == "NO_FOLDER"


@requires_root_mounts
def test_unmounted_in_mid_work_nothing_lands_below(tmp_path: Path) -> None:
    image, point = tmp_path / "image", tmp_path / "vault"
    make_image(image, "ext4", 16)
    with mount_image(image, "ext4", point):
        with make_vault(point) as vault:
            bag = make_bag(vault)
            subprocess.run(["umount", "--lazy", point], check=True)
            for act in (vault.require, lambda: bag.adopt([]), lambda: make_bag(vault, "2026/11/20261123-1802-02")):
                with pytest.raises(VaultUnavailable, match="UNMOUNTED"):
                    act()
            bag.close()
        assert list(point.iterdir()) == []
    with mount_image(image, "ext4", point):
        assert read_marker(point) == VAULT_ID
        assert (point / BAG).is_dir()


@requires_root_mounts
def test_another_file_system_over_the_vault(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault, mounted_image(tmp_path, "ext4", 16, name="other"):
        vault.require()
        subprocess.run(["mount", "-t", "tmpfs", "none", vault.path], check=True)
        try:
            with pytest.raises(VaultUnavailable, match="UNMOUNTED"):
                vault.require()
        finally:
            subprocess.run(["umount", vault.path], check=True)
        vault.require()


@requires_root_mounts
def test_what_the_system_refuses_is_the_vaults_fault(tmp_path: Path) -> None:
    image, point = tmp_path / "image", tmp_path / "vault"
    make_image(image, "ext4", 16)
    with mount_image(image, "ext4", point), make_vault(point) as vault:
        with open(point / "ballast", "wb") as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(bytes(4096))
                file.flush()
        assert vault.free() < 4096
        with vault.faults(), pytest.raises(FileNotFoundError):
            os.open("none", os.O_RDONLY, dir_fd=vault.descriptor)
        with pytest.raises(VaultFull, match="ENOSPC"), vault.faults():
            write_durably("more", vault.descriptor, bytes(1 << 20))
    with (
        mount_image(image, "ext4", point, read_only=True),
        VaultRoot(VaultPlace(VAULT_ID, point)) as vault,
        pytest.raises(VaultUnavailable, match="EROFS"),
    ):
        make_bag(vault)


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with make_vault(tmp_path / "vault") as vault:
        (vault.path / "2026").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(OSError, match="Not a directory"):
            open_below(vault.descriptor, "2026/11", create=True)
        with pytest.raises(VaultUnavailable, match="ENOTDIR"):
            make_bag(vault)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_durable_writing_replaces_whole_files(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        write_durably("note", vault.descriptor, b"first, and longer")
        write_durably("note", vault.descriptor, b"second")
        assert (vault.path / "note").read_bytes() == b"second"
        assert exists("note", vault.descriptor) and not exists(".note.new", vault.descriptor)


def test_the_walk_tells_files_and_what_is_none(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        (vault.path / "b" / "c").mkdir(parents=True)
        (vault.path / "b" / "c" / "file").write_bytes(b"123")
        (vault.path / "a").symlink_to("/etc")
        os.mkfifo(vault.path / "b" / "fifo")
        found = dict(walk_files(vault.descriptor))
    assert found.pop(MARKER) > 0
    assert found == {"a": -1, "b/c/file": 3, "b/fifo": -1}
