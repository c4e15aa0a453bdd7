"""The life of a bag: open under a lock, filled, sealed; and what an interruption leaves of it."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from avdesk.vault.bag import DECLARATION, is_locked, open_bag
from avdesk.vault.names import stored_paths
from avdesk.vault.root import VaultRoot
from tests.commands import validate
from tests.mounts import make_image, mount_image, requires_root_mounts
from tests.vault.hard_names import HARD_NAMES
from tests.vault.making import (
    AS_NOBODY,
    BAG,
    ROOT,
    journal_line,
    make_bag,
    make_vault,
    nobodys_folder,
    put,
    requires_nobody,
    rows,
    seal,
    sha256sum_check,
    write_work,
)

CONTENT = {"DCIM/100MEDIA/A.MP4": b"a" * 5000, "DCIM/B.JPG": b"b", "empty": b"", "现场 执法.wav": b"c" * 100}
FUSE_OR_NOT = ["ext4", "exfat", "ntfs", "vfat"]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[VaultRoot]:
    with make_vault(tmp_path / "vault") as opened:
        yield opened


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


# -- filling and sealing ----------------------------------------------------------------------------------------------


def test_an_open_bag_is_never_valid_by_accident(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    put(bag, CONTENT)
    assert not bag.sealed
    bag.close()
    with pytest.raises(AssertionError, match=r"bagit\.txt"):
        validate(vault.path / BAG)


def test_a_sealed_bag_is_read_by_strangers(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    seal(bag, put(bag, CONTENT))
    assert bag.sealed
    bag.close()
    folder = vault.path / BAG
    validate(folder)
    sha256sum_check(folder)
    assert {path: (folder / "data" / path).read_bytes() for path in CONTENT} == CONTENT
    assert (folder / "bagit.txt").read_bytes() == DECLARATION
    assert f"Payload-Oxum: {sum(map(len, CONTENT.values()))}.{len(CONTENT)}" in (folder / "bag-info.txt").read_text()
    lines = (folder / "avdesk-files.jsonl").read_text().splitlines()
    assert [json.loads(line)["stored_path"] for line in lines] == sorted(CONTENT)
    tags = ["avdesk-files.jsonl", "avdesk-ingest.json", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    listed = [line.split()[1] for line in (folder / "tagmanifest-sha256.txt").read_text().splitlines()]
    assert sorted(listed) == tags
    assert everything(folder) == sorted([*tags, "tagmanifest-sha256.txt", *(f"data/{path}" for path in CONTENT)])
    assert not any(path.stat().st_mode & 0o222 for path in [folder / "data", *(folder / "data").rglob("*")])


@requires_root_mounts
@pytest.mark.parametrize("fs", ["ext4", "exfat", "ntfs"])
def test_hard_names_survive_every_file_system(tmp_path: Path, fs: str) -> None:
    """They are stored, listed, and found again by two other programs after mounting anew."""
    stored = stored_paths(b"DCIM/" + name for name in HARD_NAMES)
    content = {stored_path: original for original, stored_path in stored.items()}
    image, point = tmp_path / "image", tmp_path / "vault"
    make_image(image, fs)
    with mount_image(image, fs, point), make_vault(point) as vault:
        bag = make_bag(vault)
        seal(bag, put(bag, content))
        bag.close()
    with mount_image(image, fs, point, read_only=True):
        validate(point / BAG)
        sha256sum_check(point / BAG)
        found = {path.relative_to(point / BAG / "data").as_posix(): path.read_bytes() for path in files_of(point / BAG)}
        assert found == content
        assert not (point / BAG / ".incoming").exists()


def files_of(bag: Path) -> list[Path]:
    return [path for path in (bag / "data").rglob("*") if path.is_file()]


@requires_root_mounts
@pytest.mark.parametrize("fs", FUSE_OR_NOT)
def test_a_sealed_bag_has_no_work_folder_on_any_file_system(tmp_path: Path, fs: str) -> None:
    make_image(tmp_path / "image", fs)
    with mount_image(tmp_path / "image", fs, tmp_path / "vault") as point, make_vault(point / "root") as vault:
        bag = make_bag(vault)
        seal(bag, put(bag, {"DCIM/A.MP4": b"a", "B.LOG": b"b"}))
        bag.close()
        assert not (vault.path / BAG / ".incoming").exists()
        validate(vault.path / BAG)


def test_a_name_that_a_file_system_keeps_a_little_longer_is_waited_for(vault: VaultRoot) -> None:
    """FUSE hears of a closed file some time after ``close`` came back, and only then takes its hidden name away."""
    bag = make_bag(vault)
    seal(bag, put(bag, CONTENT))
    hidden = vault.path / BAG / ".incoming" / ".fuse_hidden0000000300000001"
    hidden.touch()
    late = threading.Timer(0.2, hidden.unlink)
    late.start()
    bag.close()
    late.join()
    assert not hidden.parent.exists()


def test_the_work_folder_of_somebody_else_stays(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    seal(bag, put(bag, CONTENT))
    (vault.path / BAG / ".incoming" / "lock").touch()
    bag.close()
    assert (vault.path / BAG / ".incoming" / "lock").exists()


def test_tag_values_stay_on_one_line(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    hostile = "平石\r\nBagIt-Version: 9\u2028\x0b x"
    bag.seal({"Source-Organization": hostile}, put(bag, CONTENT), {})
    bag.close()
    validate(vault.path / BAG)
    assert (vault.path / BAG / "bag-info.txt").read_text().splitlines()[0] == (
        "Source-Organization: 平石 BagIt-Version: 9 x"
    )


def test_sealing_may_be_repeated(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    seal(bag, put(bag, CONTENT))
    bag.close()
    again = open_bag(vault, BAG)
    assert again is not None and again.sealed
    seal(again, rows(CONTENT))
    again.close()
    validate(vault.path / BAG)
    assert not (vault.path / BAG / ".incoming").exists()


def test_what_the_rows_do_not_account_for_goes_into_quarantine(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    files = put(bag, CONTENT)
    data = vault.path / BAG / "data"
    (data / "DCIM" / "stranger.jpg").write_bytes(b"stranger")
    (data / "link").symlink_to("/etc/passwd")
    os.mkfifo(data / "fifo")
    moved = seal(bag, files)
    bag.close()
    assert moved == [f"quarantine/{Path(BAG).name}/{number}" for number in (1, 2, 3)]
    assert (vault.path / moved[0]).read_bytes() == b"stranger"
    validate(vault.path / BAG)


@requires_nobody
def test_a_stranger_in_a_sealed_bag_is_taken_out_by_an_ordinary_user() -> None:
    """Its folders are read-only by then; root would not notice."""
    script = (
        "from pathlib import Path; import sys\n"
        "from avdesk.vault.bag import open_bag\n"
        "from tests.vault.making import BAG, make_bag, make_vault, put, seal\n"
        "vault = make_vault(Path(sys.argv[1]))\n"
        "bag = make_bag(vault); files = put(bag, {'D/a': b'a'}); seal(bag, files); bag.close()\n"
        "folder = vault.path / BAG / 'data' / 'D'\n"
        "folder.chmod(0o700); (folder / 'x').write_bytes(b'x'); folder.chmod(0o500)\n"
        "bag = open_bag(vault, BAG); print(seal(bag, files)); bag.close()\n"
        "print(oct(folder.stat().st_mode))\n"
    )
    with nobodys_folder() as folder:
        command = [*AS_NOBODY, sys.executable, "-c", script, folder / "vault"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines() == [f"['quarantine/{Path(BAG).name}/1']", "0o40500"], done.stderr


# -- the lock ---------------------------------------------------------------------------------------------------------


def test_two_programs_do_not_work_on_one_bag(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    script = (
        "import sys; from pathlib import Path\n"
        "from avdesk.vault.bag import is_locked, open_bag\n"
        "from avdesk.vault.root import VaultPlace, VaultRoot\n"
        "vault = VaultRoot(VaultPlace(sys.argv[1], Path(sys.argv[2])))\n"
        "print(open_bag(vault, sys.argv[3]) is not None, is_locked(vault, sys.argv[3]))\n"
    )

    def other() -> str:
        command = [sys.executable, "-c", script, vault.vault_id, vault.path, BAG]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert open_bag(vault, BAG) is None
    assert is_locked(vault, BAG)
    assert other() == "False True"
    bag.close()
    assert not is_locked(vault, BAG)
    assert other() == "True True"  # the second question is asked while it holds the lock


@requires_root_mounts
@pytest.mark.parametrize("fs", FUSE_OR_NOT)
def test_a_lock_that_its_holder_took_away_is_no_lock(tmp_path: Path, fs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened just before another program finished the bag, locked just after: the bag is not ours."""
    make_image(tmp_path / "image", fs)
    with mount_image(tmp_path / "image", fs, tmp_path / "vault") as point, make_vault(point / "root") as vault:
        first = make_bag(vault)
        files = put(first, CONTENT if fs != "vfat" else {"A.MP4": b"a"})

        def finish_then_lock(lock: int, how: int) -> None:
            monkeypatch.undo()
            seal(first, files)
            first.close()
            fcntl.flock(lock, how)

        monkeypatch.setattr("avdesk.vault.bag.fcntl.flock", finish_then_lock)
        assert open_bag(vault, BAG) is None
        validate(vault.path / BAG)


def test_a_killed_program_lets_its_lock_go(vault: VaultRoot) -> None:
    child = os.fork()
    if child == 0:
        make_bag(vault)
        os._exit(9)
    os.waitpid(child, 0)
    bag = open_bag(vault, BAG)
    assert bag is not None
    bag.close()


def test_bags_that_are_there_and_bags_that_are_not(vault: VaultRoot) -> None:
    with pytest.raises(FileNotFoundError):
        open_bag(vault, BAG)
    with pytest.raises(FileNotFoundError):
        open_bag(vault, "")
    assert not is_locked(vault, BAG)
    make_bag(vault).close()
    with pytest.raises(FileExistsError):
        open_bag(vault, BAG, create=True)
    assert not (vault.path / ".incoming").exists()


# -- the journal, and renaming into place -----------------------------------------------------------------------------


def test_nothing_in_the_bag_is_ever_overwritten(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    put(bag, {"A.MP4": b"first"})
    write_work(bag, "2", b"second")
    write_work(bag, "3", b"third")
    refused = bag.adopt([("2", "A.MP4"), ("3", "B.MP4"), ("4", "C.MP4")])
    assert {work: error.errno for work, error in refused.items()} == {"2": errno.EEXIST, "4": errno.ENOENT}
    assert dict(bag.payload()) == {"A.MP4": 5, "B.MP4": 5}
    assert (vault.path / BAG / "data" / "A.MP4").read_bytes() == b"first"
    assert bag.work_files() == ["2"]
    bag.discard("2")
    bag.discard("not there")
    assert bag.work_files() == []
    bag.close()


def test_a_torn_line_costs_only_itself(vault: VaultRoot) -> None:
    """A power cut in mid-write, then another run that goes on in the same journal."""
    bag = make_bag(vault)
    bag.journal([journal_line("A", b"a"), journal_line("B", b"b")])
    journal = vault.path / BAG / ".incoming" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    with journal.open("ab") as file:
        file.write(b"\0\0\0")
    bag.journal([journal_line("C", b"c", "原名\n".encode("gbk"))])
    assert bag.journalled() == {"A": journal_line("A", b"a"), "C": journal_line("C", b"c", "原名\n".encode("gbk"))}
    bag.close()


def test_the_journal_outlives_the_program(vault: VaultRoot) -> None:
    child = os.fork()
    if child == 0:
        bag = make_bag(vault)
        write_work(bag, "1", b"a")
        write_work(bag, "2", b"b")
        bag.journal([journal_line("A", b"a"), journal_line("B", b"b")])
        bag.adopt([("1", "A")])
        os._exit(9)
    os.waitpid(child, 0)
    bag = open_bag(vault, BAG)
    assert bag is not None
    assert bag.journalled().keys() == {"A", "B"}
    assert (bag.payload(), bag.work_files()) == ([("A", 1)], ["2"])
    bag.close()


# -- taking things away -----------------------------------------------------------------------------------------------


def test_quarantine_keeps_everything(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    put(bag, {"A": b"a", "D/B": b"b"})
    assert [bag.quarantine("A"), bag.quarantine("D/B")] == [f"quarantine/{Path(BAG).name}/{n}" for n in (1, 2)]
    assert bag.payload() == []
    bag.close()
    quarantine = vault.path / "quarantine" / Path(BAG).name
    assert {path.name: path.read_bytes() for path in quarantine.iterdir()} == {"1": b"a", "2": b"b"}


@requires_root_mounts
@pytest.mark.parametrize("fs", FUSE_OR_NOT)
def test_a_bag_into_which_nothing_was_put_leaves_nothing(tmp_path: Path, fs: str) -> None:
    make_image(tmp_path / "image", fs)
    with mount_image(tmp_path / "image", fs, tmp_path / "vault") as point, make_vault(point) as vault:
        bag = make_bag(vault)
        write_work(bag, "1", b"half")
        (point / BAG / "avdesk-ingest.json").write_bytes(b"{}")
        (point / BAG / "data" / "DCIM" / "100MEDIA").mkdir(parents=True)
        bag.remove()
        bag.close()
        assert not (point / BAG).exists()


def test_a_bag_with_a_payload_is_not_removed(vault: VaultRoot) -> None:
    bag = make_bag(vault)
    files = put(bag, CONTENT)
    bag.remove()
    seal(bag, files)
    bag.close()
    validate(vault.path / BAG)
