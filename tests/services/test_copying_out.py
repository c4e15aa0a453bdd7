"""Files copied out: only from a good copy, verified where they lie, over nothing, and told in the custody."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from avdesk.errors import EnvironmentFault, NotPermitted, UsageError
from avdesk.progress import Control, Progress
from avdesk.services.audit import verify_audit
from avdesk.services.copying_out import CopiedOut, copy_out
from avdesk.services.desk import Desk
from avdesk.services.recordings import show_recording
from avdesk.terms import Right
from tests.conftest import Collect
from tests.mounts import mounted_image, requires_root_mounts
from tests.services.test_viewing import with_second_vault

FILM, INDEX, OTHER, ELSEWHERE = "CCTV/cam1.dav", "CCTV/CAM1.idx", "CCTV/cam2.dav", "BACKUP/cam1.txt"
CONTENT = {
    FILM: b"DHAV" + bytes(range(256)) * 4096,
    INDEX: b"index",
    OTHER: b"DHAV another",
    ELSEWHERE: b"in another folder",
}


@pytest.fixture
def ids(collect: Collect) -> dict[str, str]:
    """Path on the card to recording."""
    return {outcome.path: str(outcome.recording_id) for outcome in collect(CONTENT).outcomes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def stored(desk: Desk, recording_id: str, vault: int = 0) -> Path:
    place = desk.vaults[vault]
    copies = {copy.vault_id: copy.path for copy in show_recording(desk, recording_id).copies}
    return place.path / copies[place.vault_id]


def spoil(file: Path) -> None:
    file.chmod(0o600)
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def events(desk: Desk, recording_id: str) -> list[dict[str, object]]:
    custody = show_recording(desk, recording_id).custody
    return [dict(event.facts) for event in custody if event.act == "recording.copied_out"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def untaken(done: CopiedOut) -> list[tuple[str | None, object]]:
    return [(each.path, each.facts["reason"]) for each in done.findings if each.code == "NOT_COPIED_OUT"]


def test_the_file_and_its_sidecars_lie_there_verified(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    heard: list[Progress] = []
    done = copy_out(desk, [ids[FILM]], folder, reason="厂商播放器查看", on_progress=heard.append)
    assert done.findings == () and done.folder == str(folder)
    assert [(file.recording_id, file.path, file.size, file.verified) for file in done.files] == [
        (ids[path], str(folder / Path(path).name), len(CONTENT[path]), True) for path in (FILM, INDEX)
    ]
    assert names(folder) == ["CAM1.idx", "cam1.dav"]
    for path, file in zip((FILM, INDEX), done.files, strict=True):
        assert (folder / Path(path).name).read_bytes() == CONTENT[path]
        assert file.sha256 == hashlib.sha256(CONTENT[path]).hexdigest() == show_recording(desk, ids[path]).sha256
        (said,) = events(desk, ids[path])
        told = {"folder": str(folder), "file": Path(path).name, "sha256": file.sha256, "reason": "厂商播放器查看"}
        assert told.items() <= said.items()
        assert said["by"] == desk.person_id
    assert (folder / "cam1.dav").stat().st_mtime_ns == int(show_recording(desk, ids[FILM]).mtime_ns)
    assert heard[-1].bytes_done == heard[-1].bytes_total == 2 * sum(file.size for file in done.files)
    assert verify_audit(desk).ok


def test_without_sidecars_and_each_once(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    copy_out(desk, [ids[OTHER], ids[OTHER]], folder, with_sidecars=False)
    copy_out(desk, [ids[FILM]], folder, with_sidecars=False)
    assert names(folder) == ["cam1.dav", "cam2.dav"]
    assert len(events(desk, ids[OTHER])) == 1 and events(desk, ids[INDEX]) == []


def test_a_name_that_exists_is_never_replaced(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    (folder / "cam1.dav").write_bytes(b"mine")
    (folder / "cam2.dav").symlink_to(folder / "nowhere")
    done = copy_out(desk, [ids[FILM], ids[OTHER]], folder)
    assert untaken(done) == [("cam1.dav", "EEXIST"), ("cam2.dav", "EEXIST")]
    assert (folder / "cam1.dav").read_bytes() == b"mine" and not (folder / "nowhere").exists()
    assert [Path(file.path).name for file in done.files] == ["CAM1.idx"]
    assert events(desk, ids[FILM]) == []


def test_two_of_one_name_do_not_replace_each_other(desk: Desk, collect: Collect, folder: Path) -> None:
    both = [str(outcome.recording_id) for outcome in collect({"A/0.MTS": b"first", "B/0.MTS": b"second"}).outcomes]
    done = copy_out(desk, both, folder)
    assert (folder / "0.MTS").read_bytes() == b"first"
    assert untaken(done) == [("0.MTS", "EEXIST")]


def test_a_name_taken_while_the_file_is_copied_is_not_replaced(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    def take_it(_progress: Progress) -> None:
        (folder / "cam1.dav").write_bytes(b"mine")

    done = copy_out(desk, [ids[FILM]], folder, with_sidecars=False, on_progress=take_it)
    assert untaken(done) == [("cam1.dav", "EEXIST")]
    assert names(folder) == ["cam1.dav"] and (folder / "cam1.dav").read_bytes() == b"mine"
    assert events(desk, ids[FILM]) == []


def test_of_a_damaged_copy_nothing_is_left(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    spoil(stored(desk, ids[FILM]))
    stored(desk, ids[OTHER]).unlink()
    done = copy_out(desk, [ids[FILM], ids[OTHER]], folder)
    assert [finding.code for finding in done.findings] == [
        *("DIGEST_MISMATCH", "NOT_COPIED_OUT"),
        *("MISSING", "NOT_COPIED_OUT"),
    ]
    assert untaken(done) == [("cam1.dav", "NO_GOOD_COPY"), ("cam2.dav", "NO_GOOD_COPY")]
    assert names(folder) == ["CAM1.idx"]
    assert not show_recording(desk, ids[FILM]).verified
    assert [event.act for event in show_recording(desk, ids[FILM]).custody][-1] == "copy.bad"


def test_the_second_vault_helps_out(desk: Desk, ids: dict[str, str], folder: Path, tmp_path: Path) -> None:
    both = with_second_vault(desk, ids[FILM], tmp_path / "second")
    file = stored(desk, ids[FILM])
    file.chmod(0o600)
    file.write_bytes(CONTENT[FILM] + b"longer than it was")
    heard: list[Progress] = []
    done = copy_out(both, [ids[FILM]], folder, with_sidecars=False, on_progress=heard.append)
    assert heard[-1].bytes_done == heard[-1].bytes_total
    assert [finding.code for finding in done.findings] == ["DIGEST_MISMATCH"]
    assert (folder / "cam1.dav").read_bytes() == CONTENT[FILM]
    assert events(desk, ids[FILM])[0]["vault_id"] == both.vaults[1].vault_id


def test_a_vault_that_is_away_is_told(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    vault = desk.first_vault.path
    vault.rename(vault.with_name("away"))
    done = copy_out(desk, [ids[OTHER]], folder)
    assert [finding.code for finding in done.findings] == ["VAULT_UNAVAILABLE", "NOT_COPIED_OUT"]
    assert names(folder) == []


def test_cancelling_leaves_what_is_done_and_nothing_half(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    control = Control()

    def stop(progress: Progress) -> None:
        if progress.path == "cam1.dav":
            control.cancel()

    done = copy_out(desk, [ids[OTHER], ids[FILM]], folder, on_progress=stop, control=control)
    assert untaken(done) == [("cam1.dav", "CANCELLED"), ("CAM1.idx", "CANCELLED")]
    assert names(folder) == ["cam2.dav"] == [Path(file.path).name for file in done.files]
    assert (events(desk, ids[FILM]), len(events(desk, ids[OTHER]))) == ([], 1)


def test_a_folder_that_vanishes(desk: Desk, ids: dict[str, str], folder: Path) -> None:
    def vanish(progress: Progress) -> None:
        if progress.path == "cam1.dav" and folder.exists():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    done = copy_out(desk, [ids[FILM], ids[OTHER]], folder, on_progress=vanish)
    assert untaken(done) == [("cam1.dav", "ENOENT"), ("CAM1.idx", "NOT_TRIED"), ("cam2.dav", "NOT_TRIED")]
    assert done.files == () and not folder.exists()


@requires_root_mounts
class TestMounted:
    @pytest.fixture(params=["ext4", "exfat"])
    def stick(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
        with mounted_image(tmp_path, request.param, size_mb=8, name="small") as mount:
            yield mount

    def test_a_full_disk(self, desk: Desk, ids: dict[str, str], stick: Path) -> None:
        room = os.statvfs(stick)
        (stick / "ballast").write_bytes(bytes(room.f_bavail * room.f_frsize - 400_000))
        done = copy_out(desk, [ids[OTHER], ids[FILM]], stick)
        assert untaken(done) == [("cam1.dav", "ENOSPC"), ("CAM1.idx", "NOT_TRIED")]
        assert names(stick) == ["ballast", "cam2.dav"]
        assert (stick / "cam2.dav").read_bytes() == CONTENT[OTHER]
        assert events(desk, ids[FILM]) == []

    def test_a_name_that_exists(self, desk: Desk, ids: dict[str, str], stick: Path) -> None:
        (stick / "cam2.dav").write_bytes(b"mine")
        done = copy_out(desk, [ids[OTHER], ids[FILM]], stick)
        assert untaken(done) == [("cam2.dav", "EEXIST")]
        assert (stick / "cam1.dav").read_bytes() == CONTENT[FILM]
        assert (stick / "cam2.dav").read_bytes() == b"mine"


class TestRefused:
    def test_places_of_evidence(self, desk: Desk, ids: dict[str, str], folder: Path, tmp_path: Path) -> None:
        (folder / "avdesk-vault.json").write_text("{}")
        (folder / "below").mkdir()
        (tmp_path / "link").symlink_to(desk.workspace)
        for place in (desk.first_vault.path, desk.workspace, tmp_path / "link", folder, folder / "below"):
            with pytest.raises(UsageError) as refused:
                copy_out(desk, [ids[FILM]], place)
            assert refused.value.code == "OUTPUT_NOT_ALLOWED"

    def test_what_is_no_folder(self, desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        for place, reason in ((tmp_path / "nowhere", "ENOENT"), (tmp_path / "file", "ENOTDIR")):
            with pytest.raises(EnvironmentFault) as refused:
                copy_out(desk, [ids[FILM]], place)
            assert refused.value.facts["reason"] == reason

    def test_an_unknown_recording_before_the_first_byte(self, desk: Desk, ids: dict[str, str], folder: Path) -> None:
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
            copy_out(desk, [ids[FILM], "none"], folder)
        assert names(folder) == []

    def test_without_the_right(self, desk: Desk, ids: dict[str, str], folder: Path) -> None:
        with pytest.raises(NotPermitted):
            copy_out(replace(desk, rights=frozenset(Right) - {Right.EXPORT}), [ids[FILM]], folder)
        assert names(folder) == []
