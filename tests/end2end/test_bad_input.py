"""What bad input gets: by the command line alone, on really mounted cards."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import AVDESK, avdesk, bags, made_workspace, validate
from tests.end2end.office import (
    Office,
    by_path,
    counts,
    digest,
    errors,
    fill,
    findings,
    reasons,
    regular_files,
    statuses,
)
from tests.faultfs import Fault, FaultFS, On, Rule, faultfs, missing
from tests.mounts import make_image, mount_image, mounted_image, requires_root_mounts
from tests.vault.hard_names import HARD_NAMES
from tests.vault.making import AS_NOBODY, ROOT, nobodys_folder, requires_nobody, sha256sum_check

requires_faultfs = pytest.mark.skipif(missing() is not None, reason=missing() or "")
MANY = 20_000


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Bad media, made from the sample card's video."""
    folder = tmp_path_factory.mktemp("sample")
    status, made = avdesk(folder / "none", "sample-card", folder / "card")
    assert status == 0
    video = next(row["path"] for row in made["files"] if row["path"].endswith(".MP4"))
    content = (folder / "card" / video).read_bytes()
    return {
        "DCIM/VIDEO/whole.MP4": content,
        "DCIM/VIDEO/half.MP4": content[: len(content) // 2],
        "DCIM/VIDEO/empty.MP4": b"",
        "DCIM/VIDEO/zeros.MP4": bytes(100_000),
        "DCIM/PHOTO/text.JPG": "这是文字, not a picture\n".encode(),
        "DCIM/PHOTO/x.part": b"a real file with the name of an unfinished one",
        "empty": b"",
    }


MEDIA_FINDINGS = {
    "DCIM/VIDEO/half.MP4": "CUT_SHORT",
    "DCIM/VIDEO/empty.MP4": "EMPTY",
    "DCIM/VIDEO/zeros.MP4": "NOT_WHAT_NAME_SAYS",
    "DCIM/PHOTO/text.JPG": "NOT_WHAT_NAME_SAYS",
    "empty": "EMPTY",
}


# -- odd, but all of it collected -------------------------------------------------------------------------------------


@requires_root_mounts
def test_an_empty_card(tmp_path: Path, office: Office) -> None:
    with mounted_image(tmp_path, "exfat") as card:
        report = office.ingest(card)
    assert (report["outcomes"], report["bag"], reasons(report)) == ([], None, {"NOTHING_ON_SOURCE"})
    assert bags(office.vault) == []
    office.check_all()


@requires_root_mounts
def test_everything_an_ext4_card_can_hold(tmp_path: Path, office: Office, media: dict[str, bytes]) -> None:
    """Hard names, bad media, links, special files and deep folders together, on a card that can't be written."""
    image = tmp_path / "image"
    make_image(image, "ext4", 48)
    with mount_image(image, "ext4", tmp_path / "card") as card:
        fill(card, media.items())
        fill(card, ((b"NAMES/" + name, b"%d" % number) for number, name in enumerate(HARD_NAMES)))
        nest(card, 60, "深" * 66)
        nest(card, 60, "n")
        odd = make_odd_entries(card)
        os.utime(card / "empty", (15e9, 15e9))
    with mount_image(image, "ext4", tmp_path / "card", read_only=True) as card:
        expected = regular_files(card)
        status, plan = office.run("plan", card)
        assert (status, plan["totals"]["new"], plan["totals"]["skipped"]) == (0, len(expected), len(odd))
        report = office.ingest(card)
        assert {path for path, status in statuses(report).items() if status == "VERIFIED"} == expected
        assert {path: outcome["findings"][0]["code"] for path, outcome in by_path(report).items() if path in odd} == odd
        assert {path: {code} for path, code in MEDIA_FINDINGS.items()}.items() <= findings(report).items()
        assert "DCIM/VIDEO/whole.MP4" not in findings(report)
        assert reasons(report) == {"LINK", "FIFO", "SOCKET", "DEVICE"}
        for number, name in enumerate(HARD_NAMES):
            outcome = by_path(report)["NAMES/" + os.fsdecode(name)]
            assert (office.vault / outcome["stored_path"]).read_bytes() == b"%d" % number
        sha256sum_check(office.vault / report["bag"])

        again = office.ingest(card, "--compare-contents")
        assert (again["bag"], counts(again)["DUPLICATE"]) == (None, len(expected))
        assert reasons(again) == reasons(report)
    office.check_all()
    check_rebuilt(tmp_path, office, expected)


def check_rebuilt(tmp_path: Path, office: Office, expected: set[str]) -> None:
    """The bag alone tells every original path, whatever its bytes."""
    rebuilt = made_workspace(tmp_path / "rebuilt")
    status, answer = avdesk(rebuilt, "rebuild", "--from", office.vault)
    assert (status, answer["findings"], answer["recordings"]) == (0, [], len(expected))
    _status, listed = avdesk(rebuilt, "list", "--limit", "1000")
    assert {row["path"] for row in listed["recordings"]} == expected


def nest(card: Path, depth: int, name: str) -> None:
    """A file below many folders; of long names so many that its path is longer than the system takes."""
    here = os.open(card, os.O_RDONLY)
    for _step in range(depth):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    descriptor = os.open("deep.MP4", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(descriptor, name.encode())
    os.close(descriptor)
    os.close(here)


def make_odd_entries(card: Path) -> dict[str, str]:
    """What is no regular file, with the code it gets."""
    links = {
        "in": "DCIM/VIDEO/whole.MP4",
        "out": "/etc/passwd",
        "outside": "/etc",
        "loop": ".",
        "self": "self",
        "no": "x",
    }
    for name, target in links.items():
        (card / name).symlink_to(target)
    os.mkfifo(card / "fifo.MP4")
    os.mknod(card / "zero", 0o666 | 0o020000, os.makedev(1, 5))
    os.mknod(card / "disk", 0o666 | 0o060000, os.makedev(7, 0))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(card / "socket"))
    return {**dict.fromkeys(links, "LINK"), "fifo.MP4": "FIFO", "zero": "DEVICE", "disk": "DEVICE", "socket": "SOCKET"}


SUITABLE = [
    "现场执法 视频.MP4",
    "👮🎥.JPG",
    "it's.jpg",
    "percent%0Aname.jpg",
    "ideographic\u3000",
    "no-break\u00a0",
    "x.part",
    ".hidden",
    "con",
    "x" * 196 + ".MP4",
    "e\u0301.jpg",
]


@requires_root_mounts
def test_what_other_cards_can_hold(tmp_path: Path, office: Office, media: dict[str, bytes]) -> None:
    for fs in ("exfat", "ntfs", "vfat"):
        files = tmp_path / fs
        names = [name for name in SUITABLE if fs != "vfat" or (name.isascii() and name != "con")]  # what mcopy takes
        fill(files, ((path, content + fs.encode() if content else b"") for path, content in media.items()))
        fill(files, ((f"NAMES/{name}", f"{name} {fs}".encode()) for name in names))
        fill(files, [("System Volume Information/WPSettings.dat", b"Windows was here")])
        with mounted_image(tmp_path, fs, read_only=True, fill=files) as card:
            expected = regular_files(card)
            assert len(expected) >= len(media) + len(names) + 1
            empty = {path for path in expected if (card / path).stat().st_size == 0}
            system = next(path for path in expected if path.upper().startswith("SYSTEM VOLUME"))
            report = office.ingest(card)
            # an empty file has no content to be known by: of one name they are one
            allowed = {path: {"VERIFIED", "DUPLICATE"} if path in empty else {"VERIFIED"} for path in expected}
            assert statuses(report).keys() == expected
            assert all(found in {**allowed, system: {"SKIPPED"}}[path] for path, found in statuses(report).items())
            assert {path: row["sha256"] for path, row in by_path(report).items() if row["sha256"]} == {
                path: digest(card / path) for path in expected - {system}
            }
            assert (report["safe_to_erase"], report["reasons"]) == (True, [])
    office.check_all()


@requires_root_mounts
def test_very_many_files_in_one_folder(tmp_path: Path, office: Office) -> None:
    folder = tmp_path / "files" / "DCIM"
    folder.mkdir(parents=True)
    for number in range(MANY):
        (folder / f"{number:05}.LOG").write_bytes(b"%d" % number)
    with mounted_image(tmp_path, "ext4", 160, fill=tmp_path / "files") as card:
        status, answer = office.run("ingest", card)
        (report,) = answer["ingests"]
        assert (status, counts(report)) == (0, {"VERIFIED": MANY})
        assert report["safe_to_erase"]
        validate(office.vault / report["bag"])
        status, plan = office.run("plan", card)
        assert (status, plan["totals"]["collected"], plan["totals"]["new"]) == (0, MANY, 0)


# -- a card that fails file by file -----------------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[FaultFS]:
    """A card of two folders, with faults to come."""
    content = random.Random(19)
    names = [f"{folder}/f{number}.bin" for folder in "AB" for number in range(6)]
    fill(tmp_path / "behind", ((name, content.randbytes(150_000)) for name in names))
    with faultfs(tmp_path / "behind", tmp_path / "card") as card:
        yield card


@requires_faultfs
def test_files_that_fail_do_not_stop_the_others(office: Office, faulty: FaultFS) -> None:
    everything = regular_files(faulty.mount)
    faulty.set(
        Rule("A/f0.bin", Fault.ERROR, offset=131_072),
        Rule("A/f1.bin", Fault.VANISH),
        Rule("A/f2.bin", Fault.GROW, size=1),
        Rule("A/f3.bin", Fault.ERROR, On.OPEN, error="EACCES"),
        Rule("A/f4.bin", Fault.ERROR, On.GETATTR),
        Rule("B/f5.bin", Fault.ERROR, offset=0),
    )
    report = office.ingest(faulty.mount, status=1)
    assert statuses(report).keys() == everything
    found = errors(report)
    assert found.pop("A/f2.bin")[:2] == ("read", "CHANGED_WHILE_READ")
    assert found == {
        "A/f0.bin": ("read", "EIO", 131_072),
        "A/f1.bin": ("open", "ENOENT", None),
        "A/f3.bin": ("open", "EACCES", None),
        "A/f4.bin": ("open", "EIO", None),
        "B/f5.bin": ("read", "EIO", 0),
    }
    assert counts(report) == {"VERIFIED": 6, "UNREADABLE": 4, "MISSING": 1, "CHANGED": 1}
    assert reasons(report) == {"UNREADABLE", "MISSING", "CHANGED", "CARD_CHANGED"}
    assert all(outcome["error"]["next"] for outcome in report["outcomes"] if outcome["error"])

    faulty.clear()
    again = office.ingest(faulty.mount)
    assert counts(again) == {"VERIFIED": 6, "DUPLICATE": 6}
    assert again["bag"] != report["bag"]
    office.check_all()


@requires_faultfs
def test_a_folder_that_cannot_be_read(office: Office, faulty: FaultFS) -> None:
    faulty.set(Rule("A", Fault.ERROR, On.READDIR))
    report = office.ingest(faulty.mount, status=1)
    assert counts(report) == {"VERIFIED": 6}
    assert report["reasons"] == [{"code": "WALK_ERROR", "path": "A", "facts": {"reason": "EIO"}}]
    faulty.clear()
    assert counts(office.ingest(faulty.mount)) == {"VERIFIED": 6, "DUPLICATE": 6}
    office.check_all()


@requires_nobody
def test_what_an_ordinary_user_may_not_read() -> None:
    with nobodys_folder() as folder:
        fill(folder / "card", [("A/open", b"1"), ("A/closed", b"2"), ("B/in a closed folder", b"3")])
        (folder / "card" / "A" / "closed").chmod(0)
        (folder / "card" / "B").chmod(0)
        as_nobody(folder, "init", "--unit", "平石市医疗保障局", "--operator", "王示例")
        assert as_nobody(folder, "ingest", folder / "card") == 1
        (folder / "card" / "A" / "closed").chmod(0o644)
        (folder / "card" / "B").chmod(0o755)
        assert as_nobody(folder, "ingest", folder / "card") == 0
        assert [as_nobody(folder, *words) for words in (("reconcile",), ("verify",), ("audit", "verify"))] == [0, 0, 0]
        stored = [path for bag in bags(folder / "workspace" / "vault") for path in (bag / "data").rglob("*")]
        assert {path.read_bytes() for path in stored if path.is_file()} == {b"1", b"2", b"3"}
        assert not any(path.stat().st_mode & 0o222 for path in stored)
        for bag in bags(folder / "workspace" / "vault"):
            validate(bag)


def as_nobody(folder: Path, *words: str | Path) -> int:
    command = [*AS_NOBODY, AVDESK, "--workspace", folder / "workspace", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60).returncode


# -- collected before -------------------------------------------------------------------------------------------------


def test_the_same_card_again(tmp_path: Path, office: Office) -> None:
    """By name, size and time it is known, but not read; compared by content it is safe to erase."""
    card = tmp_path / "card"
    fill(card, [("DCIM/A.MP4", b"a" * 1000), ("DCIM/B.LOG", b"b"), ("empty", b"")])
    first = office.ingest(card)
    assert (counts(first), first["safe_to_erase"]) == ({"VERIFIED": 3}, True)
    second = office.ingest(card)
    assert (counts(second), second["bag"], reasons(second)) == ({"DUPLICATE": 3}, None, {"NOT_COMPARED"})
    assert {outcome["matched_by"] for outcome in second["outcomes"]} == {"name-size-mtime"}
    third = office.ingest(card, "--compare-contents")
    assert (counts(third), third["bag"], third["safe_to_erase"]) == ({"DUPLICATE": 3}, None, True)
    assert {outcome["matched_by"] for outcome in third["outcomes"]} == {"content"}
    assert {row["recording_id"] for row in third["outcomes"]} == {row["recording_id"] for row in first["outcomes"]}
    office.check_all()


def test_other_names_and_other_contents(tmp_path: Path, office: Office) -> None:
    card = tmp_path / "card"
    fill(card, [("A.MP4", b"a" * 1000), ("B.LOG", b"b"), ("twin 1", b"twin"), ("twin 2", b"twin")])
    first = office.ingest(card)
    assert counts(first) == {"VERIFIED": 4}  # twins on one card are both stored

    kept = (card / "B.LOG").stat().st_mtime_ns
    (card / "A.MP4").rename(card / "renamed.MP4")
    os.utime(card / "renamed.MP4", (5, 5))
    (card / "B.LOG").write_bytes(b"longer than before")
    _status, plan = office.run("plan", card)
    states = {row["path"]: (row["state"], row["matched_by"]) for row in plan["files"]}
    assert (states["renamed.MP4"], states["B.LOG"]) == (("NEW", None), ("DIFFERS", None))
    _status, plan = office.run("plan", card, "--compare-contents")
    assert {row["path"]: row["matched_by"] for row in plan["files"]}["renamed.MP4"] == "content"
    second = office.ingest(card)
    assert statuses(second) == {
        "renamed.MP4": "DUPLICATE",
        "B.LOG": "VERIFIED",
        "twin 1": "DUPLICATE",
        "twin 2": "DUPLICATE",
    }
    assert by_path(second)["renamed.MP4"]["matched_by"] == "content"

    (card / "B.LOG").write_bytes(b"B")  # size and time of the first, with other content
    os.utime(card / "B.LOG", ns=(kept, kept))
    assert statuses(office.ingest(card))["B.LOG"] == "DUPLICATE"
    third = office.ingest(card, "--compare-contents")
    assert (statuses(third)["B.LOG"], third["safe_to_erase"]) == ("VERIFIED", True)
    office.check_all()


def test_a_copy_that_went_bad_is_no_reason_to_leave_a_file_out(tmp_path: Path, office: Office) -> None:
    """Compared by content, the copy in the vault is read back too; a bad one does not count, and is not touched."""
    card = tmp_path / "card"
    fill(card, [("A.MP4", b"a" * 1000), ("B.LOG", b"b")])
    first = office.run("ingest", card)[1]["ingests"][0]
    bad = office.vault / by_path(first)["A.MP4"]["stored_path"]
    bad.chmod(0o600)
    bad.write_bytes(b"A" * 1000)
    assert statuses(office.ingest(card))["A.MP4"] == "DUPLICATE"  # by name, size and time: not safe to erase
    again = office.ingest(card, "--compare-contents")
    assert (statuses(again), again["safe_to_erase"]) == ({"A.MP4": "VERIFIED", "B.LOG": "DUPLICATE"}, True)
    assert counts(office.ingest(card, "--compare-contents")) == {"DUPLICATE": 2}
    status, verified = office.run("verify")
    assert (status, [finding["path"] for finding in verified["findings"]]) == (
        1,
        [by_path(first)["A.MP4"]["stored_path"]],
    )


def test_selected_and_left_out(tmp_path: Path, office: Office) -> None:
    card = tmp_path / "card"
    fill(card, [("DCIM/A.MP4", b"a"), ("DCIM/B.JPG", b"b"), ("C.LOG", b"c")])
    office.refused("ingest", card, "--skip", "*.JPG", status=2, code="SKIP_NEEDS_REASON")
    report = office.ingest(card, "--select", "DCIM/*", "--skip", "*.JPG", "--skip-reason", "与案件无关")
    assert statuses(report) == {"DCIM/A.MP4": "VERIFIED", "DCIM/B.JPG": "NOT_SELECTED", "C.LOG": "NOT_SELECTED"}
    assert {"code": "NOT_SELECTED", "path": "DCIM/B.JPG", "facts": {"reason": "与案件无关"}} in by_path(report)[
        "DCIM/B.JPG"
    ]["findings"]
    assert reasons(report) == {"NOT_SELECTED"}
    assert counts(office.ingest(card)) == {"VERIFIED": 2, "DUPLICATE": 1}
    office.check_all()


# -- what is pointed at -----------------------------------------------------------------------------------------------


def test_source_and_vault_in_each_other(tmp_path: Path, office: Office) -> None:
    fill(tmp_path / "workspace" / "vault" / "sub", [("x", b"x")])
    (tmp_path / "link").symlink_to(office.vault)
    before = sorted(office.vault.rglob("*"))
    office.refused("plan", office.vault, status=2, code="SOURCE_AND_VAULT_OVERLAP")
    for source in (tmp_path, office.vault / "sub", office.vault / "sub" / "x", tmp_path / "link"):
        office.refused("ingest", source, status=2, code="SOURCE_AND_VAULT_OVERLAP")
    assert sorted(office.vault.rglob("*")) == before


def test_sources_that_are_none(tmp_path: Path, office: Office) -> None:
    os.mkfifo(tmp_path / "fifo")
    office.refused("plan", tmp_path / "none", status=4, code="SOURCE_MISSING")
    office.refused("ingest", tmp_path / "fifo", status=4, code="SOURCE_MISSING")


def test_single_files(tmp_path: Path, office: Office) -> None:
    card = tmp_path / "card"
    fill(card, [("A.MP4", b"a"), ("B.JPG", b"b"), ("C.LOG", b"c")])
    report = office.ingest(card / "A.MP4", card / "B.JPG")
    assert statuses(report) == {"A.MP4": "VERIFIED", "B.JPG": "VERIFIED"}
    assert reasons(report) == {"ONLY_CHOSEN_FILES"}
    assert counts(office.ingest(card)) == {"DUPLICATE": 2, "VERIFIED": 1}
    office.check_all()


def test_two_cards_in_one_command(tmp_path: Path, office: Office) -> None:
    """Each has its report; the same card twice is collected once; a bad second one is refused before the first byte."""
    fill(tmp_path / "one", [("A.MP4", b"a"), ("same", b"same")])
    fill(tmp_path / "two", [("B.MP4", b"b"), ("same under another name", b"same")])
    office.refused("ingest", tmp_path / "one", tmp_path / "none", status=4, code="SOURCE_MISSING")
    office.refused("ingest", tmp_path / "one", office.vault, status=2, code="SOURCE_AND_VAULT_OVERLAP")
    assert bags(office.vault) == []
    status, answer = office.run("ingest", tmp_path / "one", tmp_path / "two", tmp_path / "one")
    assert status == 0
    for report in answer["ingests"]:
        office.check(report)
    one, two, again = answer["ingests"]
    assert (counts(one), counts(again), again["bag"]) == ({"VERIFIED": 2}, {"DUPLICATE": 2}, None)
    assert statuses(two) == {"B.MP4": "VERIFIED", "same under another name": "DUPLICATE"}
    assert len({one["bag"], two["bag"]}) == 2
    office.check_all()


# -- stopped by a person ----------------------------------------------------------------------------------------------


@requires_faultfs
def test_stopped_by_a_person_and_gone_on_with(office: Office, faulty: FaultFS) -> None:
    faulty.set(Rule("*", Fault.SLOW, seconds=0.1))
    process = office.start_ingest(faulty.mount)
    while process.poll() is None and not any(office.vault.glob("2*/*/*/data/*/*")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    (report,) = json.loads(output)["ingests"]
    office.check(report)
    assert statuses(report).keys() == regular_files(faulty.mount)
    assert counts(report)["VERIFIED"] >= 1 and counts(report)["CANCELLED"] >= 1
    assert {"CANCELLED", "STOPPED"} <= reasons(report)
    faulty.clear()
    again = office.ingest(faulty.mount)
    assert counts(again)["VERIFIED"] == 12 - counts(report)["VERIFIED"]
    office.check_all()
