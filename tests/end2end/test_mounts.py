"""Cards that are pulled; vaults that go away, fill up or lie: on really mounted file systems, by the command line."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.commands import bags
from tests.end2end.office import (
    Office,
    by_path,
    counts,
    digest,
    errors,
    fill,
    reasons,
    regular_files,
    statuses,
)
from tests.faultfs import Fault, FaultFS, On, Rule, faultfs, missing
from tests.mounts import device_at, make_image, mount_image, mounted_image, requires_root_mounts, server_of
from tests.vault.hard_names import HARD_NAMES

requires_faultfs = pytest.mark.skipif(missing() is not None, reason=missing() or "")
SLOW = Rule("*", Fault.SLOW, seconds=0.08)
FILES = 10


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What lies on the card."""
    folder = tmp_path / "files"
    content = random.Random(17)
    fill(folder, ((f"DCIM/f{number}.bin", content.randbytes(150_000)) for number in range(FILES)))
    return folder


@pytest.fixture
def slow(tmp_path: Path, files: Path) -> Iterator[FaultFS]:
    """The card, so slow that something can happen to it in mid-copy."""
    with faultfs(files, tmp_path / "card") as card:
        card.set(SLOW)
        yield card


def ingest_while(office: Office, card: Path, act: Callable[[], object], *, stored: int = 1) -> tuple[int, Any]:
    """Collect, and do something when that many files lie in the payload; exit code and answer."""
    process = office.start_ingest(card)
    while process.poll() is None and len(payload(office)) < stored:
        time.sleep(0.005)
    assert process.poll() is None, "it ended before anything could happen to it"
    act()
    output, _ = process.communicate(timeout=100)
    return process.returncode, json.loads(output)


def payload(office: Office) -> list[Path]:
    return [path for path in office.vault.glob("2*/*/*/data/**/*") if path.is_file()]


def stored_once(office: Office, files: Path) -> None:
    """Every file of the card lies in the vault, once, with its content."""
    assert sorted(map(digest, payload(office))) == sorted(digest(files / path) for path in regular_files(files))


def nothing_half_written(office: Office, files: Path) -> None:
    """What lies in an open bag's payload is whole."""
    whole = {digest(files / path) for path in regular_files(files)}
    assert {digest(path) for path in payload(office)} <= whole


# -- pulled cards -----------------------------------------------------------------------------------------------------


@requires_faultfs
def test_a_card_pulled_in_mid_copy_and_put_in_again(office: Office, slow: FaultFS, files: Path) -> None:
    status, answer = ingest_while(office, slow.mount, slow.pull, stored=2)
    (report,) = answer["ingests"]
    office.check(report)
    assert status == 1, answer
    assert statuses(report).keys() == regular_files(files)
    assert counts(report).keys() == {"VERIFIED", "UNREADABLE"}
    assert {code for _stage, code, _offset in errors(report).values()} == {"SOURCE_REMOVED"}
    assert {"STOPPED", "CARD_CHANGED", "UNREADABLE"} <= reasons(report)
    nothing_half_written(office, files)
    office.refused("plan", slow.mount, status=4, code="SOURCE_MISSING")
    office.check_all()

    slow.stop()
    slow.start()
    again = office.ingest(slow.mount)
    assert again["bag"] == report["bag"]  # the card is as it was: the same bag goes on
    assert counts(again) == {"VERIFIED": FILES - counts(report)["VERIFIED"], "DUPLICATE": counts(report)["VERIFIED"]}
    assert again["safe_to_erase"]  # what the first run stored was read again on both sides
    stored_once(office, files)
    office.check_all()


@requires_root_mounts
def test_the_server_of_a_card_dies(tmp_path: Path, office: Office) -> None:
    for fs in ("exfat", "ntfs", "vfat"):
        files = tmp_path / fs
        fill(files, ((f"BIG{number}.BIN", f"{fs} {number} ".encode() * (1 << 20)) for number in range(5)))
        make_image(tmp_path / f"{fs} image", fs, 96, fill=files)
        with mount_image(tmp_path / f"{fs} image", fs, tmp_path / "card") as card:
            server = server_of(device_at(card))
            assert server is not None
            process = office.start_ingest(card)
            while process.poll() is None and not list(office.vault.glob("2*/*/*/.incoming/2")):
                time.sleep(0.001)
            os.kill(server, signal.SIGKILL)
            output, _ = process.communicate(timeout=100)
            (report,) = json.loads(output)["ingests"]
            office.check(report)
            assert process.returncode == 1
            assert len(report["outcomes"]) == 5 and not report["safe_to_erase"]
        with mount_image(tmp_path / f"{fs} image", fs, tmp_path / "card") as card:
            again = office.ingest(card)
            assert len(again["outcomes"]) == counts(again)["VERIFIED"] + counts(again)["DUPLICATE"] == 5
        assert {digest(path) for path in payload(office)} >= {digest(path) for path in files.iterdir()}
    assert len(payload(office)) == 15
    office.check_all()


@requires_faultfs
@requires_root_mounts
def test_a_card_whose_medium_fails_below_its_file_system(tmp_path: Path, office: Office, files: Path) -> None:
    """The kernel still shows the folders, from memory; the files give errors, each its own."""
    image = tmp_path / "medium" / "image"
    image.parent.mkdir()
    make_image(image, "ext4", 24, fill=files)
    with (
        faultfs(image.parent, tmp_path / "seen", cached=True) as medium,
        mount_image(medium.mount / "image", "ext4", tmp_path / "card", read_only=True) as card,
    ):
        assert len(list(card.rglob("*.bin"))) == FILES  # seen, so in memory
        subprocess.run(["losetup", "--direct-io=on", device_at(card)], check=True)
        medium.set(Rule("image", Fault.ERROR, offset=0))
        report = office.ingest(card, status=1)
        assert len(report["outcomes"]) == FILES
        assert counts(report)["UNREADABLE"] == FILES - counts(report)["VERIFIED"] > 0
        assert {code for _stage, code, _offset in errors(report).values()} == {"EIO"}
        medium.clear()
    with mount_image(image, "ext4", tmp_path / "card") as card:
        office.ingest(card)
    stored_once(office, files)
    office.check_all()


@requires_faultfs
def test_a_card_that_changes_meanwhile(office: Office, slow: FaultFS, files: Path) -> None:
    """What was added is not collected, and the card is not safe to erase."""
    status, answer = ingest_while(office, slow.mount, lambda: (files / "DCIM" / "late.bin").write_bytes(b"late"))
    (report,) = answer["ingests"]
    office.check(report)
    assert (status, counts(report), reasons(report)) == (0, {"VERIFIED": FILES}, {"CARD_CHANGED"})
    slow.clear()
    assert counts(office.ingest(slow.mount)) == {"VERIFIED": 1, "DUPLICATE": FILES}
    office.check_all()


@requires_faultfs
def test_a_second_program_on_the_same_card(office: Office, slow: FaultFS, files: Path) -> None:
    """It is told that somebody is at it; reading commands work beside it; nothing is collected twice."""

    def beside() -> None:
        office.refused("ingest", slow.mount, status=4, code="INGEST_RUNNING")
        found, answer = office.run("reconcile")
        assert (found, [row["state"] for row in answer["ingests"]]) == (0, ["LIVE"])
        found, answer = office.run("list")
        assert found == 0 and answer["total"] >= 1

    slow.set(Rule("*", Fault.SLOW, seconds=0.3))
    status, answer = ingest_while(office, slow.mount, beside)
    (report,) = answer["ingests"]
    office.check(report)
    assert (status, counts(report)) == (0, {"VERIFIED": FILES})
    stored_once(office, files)
    office.check_all()


# -- vaults that go away ----------------------------------------------------------------------------------------------


@contextmanager
def vault_image(tmp_path: Path, size_mb: int = 48) -> Iterator[tuple[Path, Path]]:
    """An image for a vault and the folder at which it is mounted."""
    make_image(tmp_path / "vault image", "ext4", size_mb)
    with mount_image(tmp_path / "vault image", "ext4", tmp_path / "vault") as point:
        yield tmp_path / "vault image", point


@requires_root_mounts
def test_a_vault_that_is_not_there_or_another_one(tmp_path: Path, files: Path) -> None:
    image, point = tmp_path / "image", tmp_path / "vault"
    make_image(image, "ext4", 24)
    with mount_image(image, "ext4", point):
        office = Office.make(tmp_path, point)
        office.ingest(files)
        marker = json.loads((point / "avdesk-vault.json").read_text())
    for reason in ("NO_MARKER", "OTHER_VAULT"):
        if reason == "OTHER_VAULT":
            (point / "avdesk-vault.json").write_text(json.dumps({"vault_id": "0190a000-0000-7000-8000-000000000001"}))
        before = sorted(point.rglob("*"))
        for command in (("ingest", files), ("verify",)):
            status, answer = office.run(*command)
            assert (status, answer["error"]["code"], answer["error"]["reason"]) == (4, "VAULT_UNAVAILABLE", reason)
        assert sorted(point.rglob("*")) == before
    status, plan = office.run("plan", files)
    assert (status, plan["space"]) == (
        0,
        [{"vault_id": marker["vault_id"], "needed": plan["space"][0]["needed"], "free": None, "enough": False}],
    )
    (point / "avdesk-vault.json").unlink()
    with mount_image(image, "ext4", point, read_only=True):
        fill(files, [("new", b"new")])
        assert office.refused("ingest", files, status=4, code="VAULT_UNAVAILABLE")["reason"] == "EROFS"
        office.check_all()
    with mount_image(image, "ext4", point):
        assert counts(office.ingest(files)) == {"DUPLICATE": FILES, "VERIFIED": 1}
        office.check_all()


@requires_root_mounts
@requires_faultfs
def test_a_vault_unmounted_in_mid_copy(tmp_path: Path, slow: FaultFS, files: Path) -> None:
    with vault_image(tmp_path) as (image, point):
        office = Office.make(tmp_path, point)
        status, answer = ingest_while(
            office, slow.mount, lambda: subprocess.run(["umount", "--lazy", point], check=True), stored=2
        )
        assert list(point.iterdir()) == []  # nothing landed in the folder below
    (report,) = answer["ingests"]
    assert (status, statuses(report).keys()) == (4, regular_files(files))
    assert counts(report).keys() == {"VERIFIED", "FAILED"}
    assert "STOPPED" in reasons(report)
    slow.clear()
    with mount_image(image, "ext4", point):
        nothing_half_written(office, files)
        again = office.ingest(slow.mount)
        assert (again["bag"], again["safe_to_erase"]) == (report["bag"], True)
        assert counts(again)["VERIFIED"] + counts(again)["DUPLICATE"] == FILES
        stored_once(office, files)
        office.check_all()


@requires_faultfs
def test_the_server_of_a_vault_dies_in_mid_copy(tmp_path: Path, files: Path) -> None:
    (tmp_path / "behind").mkdir()
    with faultfs(tmp_path / "behind", tmp_path / "vault") as vault:
        office = Office.make(tmp_path, vault.mount)
        vault.set(Rule("*/.incoming/*", Fault.SLOW, On.WRITE, seconds=0.1))
        process = office.start_ingest(files)
        while not list((tmp_path / "behind").glob("2*/*/*/.incoming/3")):
            time.sleep(0.005)
        vault.pull()
        output, _ = process.communicate(timeout=100)
        (report,) = json.loads(output)["ingests"]
        assert (process.returncode, counts(report)) == (4, {"FAILED": FILES})
        vault.stop()
        vault.start()
        nothing_half_written(office, files)
        again = office.ingest(files)
        assert (counts(again), again["bag"]) == ({"VERIFIED": FILES}, report["bag"])
        office.check_all()


# -- vaults that are full ---------------------------------------------------------------------------------------------


@requires_root_mounts
def test_a_vault_too_small_takes_not_one_byte(tmp_path: Path, files: Path) -> None:
    with vault_image(tmp_path, size_mb=8) as (_image, point):
        office = Office.make(tmp_path, point)
        fill(files, [("BIG.MP4", bytes(8 << 20))])
        status, plan = office.run("plan", files)
        (space,) = plan["space"]
        assert (status, space["enough"]) == (0, False)
        assert space["needed"] > space["free"] > 0
        facts = office.refused("ingest", files, status=4, code="VAULT_FULL")
        assert (facts["needed"], facts["free"]) == (space["needed"], space["free"])
        assert [entry.name for entry in point.iterdir()] == ["avdesk-vault.json"]
        assert counts(office.ingest(files, "--skip", "BIG*", "--skip-reason", "太大")) == {
            "VERIFIED": FILES,
            "NOT_SELECTED": 1,
        }
        office.check_all()


@requires_root_mounts
@requires_faultfs
def test_a_vault_that_another_program_fills_in_mid_copy(tmp_path: Path, slow: FaultFS, files: Path) -> None:
    with vault_image(tmp_path, size_mb=16) as (_image, point):
        office = Office.make(tmp_path, point)
        status, answer = ingest_while(office, slow.mount, lambda: eat_all(point), stored=2)
        (report,) = answer["ingests"]
        assert status == 4
        assert counts(report).keys() == {"VERIFIED", "FAILED"}
        assert {code for _stage, code, _offset in errors(report).values()} == {"ENOSPC"}
        assert {row["error"]["next"] for row in report["outcomes"] if row["error"]} == {"FREE_SPACE_IN_VAULT"}
        nothing_half_written(office, files)
        slow.clear()
        office.refused("ingest", slow.mount, status=4, code="VAULT_FULL")
        office.check_all()  # reading needs no room
        (point / "eaten").unlink()
        again = office.ingest(slow.mount)
        assert (again["bag"], counts(again)["VERIFIED"]) == (report["bag"], FILES - counts(report)["VERIFIED"])
        stored_once(office, files)
        office.check_all()


def eat_all(point: Path) -> None:
    with open(point / "eaten", "wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        size = 1 << 20
        while True:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
                if size < 512:
                    raise


# -- vaults that lie --------------------------------------------------------------------------------------------------


@pytest.fixture
def lying(tmp_path: Path) -> Iterator[FaultFS]:
    (tmp_path / "behind").mkdir()
    with faultfs(tmp_path / "behind", tmp_path / "vault") as vault:
        yield vault


@requires_faultfs
def test_copies_that_are_not_what_was_written(tmp_path: Path, lying: FaultFS, files: Path) -> None:
    office = Office.make(tmp_path, lying.mount)
    lying.set(
        Rule("*/.incoming/3", Fault.FLIP, offset=100),
        Rule("*/.incoming/5", Fault.ERROR, On.FSYNC),
        Rule("*/.incoming/7", Fault.ERROR, On.WRITE, offset=131_072),
    )
    report = office.ingest(files, status=1)
    assert errors(report) == {
        "DCIM/f2.bin": ("compare", "DIGEST_MISMATCH", None),
        "DCIM/f4.bin": ("sync", "EIO", None),
        "DCIM/f6.bin": ("write", "EIO", 131_072),
    }
    assert (counts(report), reasons(report)) == ({"VERIFIED": FILES - 3, "FAILED": 3}, {"FAILED"})
    assert {copy["state"] for copy in by_path(report)["DCIM/f2.bin"]["copies"]} == {"FAILED"}
    lying.clear()
    assert counts(office.ingest(files)) == {"VERIFIED": 3, "DUPLICATE": FILES - 3}
    office.check_all()


@requires_faultfs
def test_a_bag_that_cannot_be_sealed_is_sealed_later(tmp_path: Path, lying: FaultFS, files: Path) -> None:
    office = Office.make(tmp_path, lying.mount)
    lying.set(Rule("*/.manifest-sha256.txt.new", Fault.ERROR, On.WRITE, error="ENOSPC"))
    report = office.ingest(files, status=4)
    assert (counts(report), reasons(report)) == ({"VERIFIED": FILES}, {"STOPPED"})
    lying.clear()
    again = office.ingest(files)
    assert (counts(again), again["bag"], again["safe_to_erase"]) == ({"DUPLICATE": FILES}, report["bag"], True)
    stored_once(office, files)
    office.check_all()


@requires_faultfs
def test_a_copy_that_went_bad_while_its_bag_was_open(office: Office, slow: FaultFS, files: Path) -> None:
    """It is collected again beside it; the bad one is kept apart, so that the bag is valid."""
    status, answer = ingest_while(office, slow.mount, slow.pull, stored=2)
    assert status == 1, answer
    bad = min(payload(office))
    good = bad.read_bytes()
    bad.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    slow.stop()
    slow.start()
    again = office.ingest(slow.mount)
    assert again["bag"] == answer["ingests"][0]["bag"]
    assert again["safe_to_erase"]
    stored_once(office, files)
    (quarantined,) = (office.vault / "quarantine").rglob("[0-9]")
    assert quarantined.read_bytes()[:-1] == good[:-1] and quarantined.read_bytes() != good
    status, verified = office.run("verify")
    assert status == 1 and [finding["code"] for finding in verified["findings"]] == ["MISSING"]


@requires_root_mounts
@pytest.mark.parametrize("fs", ["exfat", "ntfs"])
def test_a_vault_on_a_portable_disk(tmp_path: Path, fs: str) -> None:
    """Hard names included; its copies are read back past memory, and a damage done elsewhere is found."""
    files = tmp_path / "files"
    fill(files, ((b"NAMES/" + name, name) for name in HARD_NAMES))
    with mounted_image(tmp_path, fs, name="vault") as point:
        office = Office.make(tmp_path, point)
        report = office.ingest(files)
        assert counts(report) == {"VERIFIED": len(HARD_NAMES)}
        assert {copy["read_back"] for row in report["outcomes"] for copy in row["copies"]} == {"cache-dropped"}
        office.check_all()
        damaged = point / by_path(report)["NAMES/x.part"]["stored_path"]
        damaged.write_bytes(b"X.part")
        status, verified = office.run("verify")
        assert (status, [finding["code"] for finding in verified["findings"]]) == (1, ["DIGEST_MISMATCH"])
        assert len(bags(point)) == 1
