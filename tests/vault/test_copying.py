"""Verified copying: digests, read-back, and an outcome of its own for everything that can go wrong with a file."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from avdesk.progress import Control
from avdesk.terms import CopyState, Outcome, ReadBack, Stage
from avdesk.vault.bag import OpenBag
from avdesk.vault.copying import GROUP_FILES, LONG_FILE, Copied, Copier, CopyJob, Destination, source_digest
from avdesk.vault.digests import Digesting, sm3_available
from tests.faultfs import Fault, FaultFS, On, Rule, faultfs, missing
from tests.mounts import mounted_image, requires_root_mounts
from tests.vault.making import make_bag, make_vault

requires_faultfs = pytest.mark.skipif(missing() is not None, reason=missing() or "")
CHUNK = 4 << 20
SIZES = [0, 1, 4096, 300_000, (1 << 20) - 1, 1 << 20, CHUNK, 2 * CHUNK + 1]
RANDOM = random.Random(11).randbytes(2 * CHUNK + 1)


class Card:
    """A folder of files with numbered names, as the copier sees a source."""

    def __init__(self, folder: Path, sizes: Sequence[int] = SIZES) -> None:
        self.folder = folder
        self.there = True
        self.heard: list[tuple[bytes, int]] = []
        self.content = {f"f{number}": RANDOM[-size:] if size else b"" for number, size in enumerate(sizes)}
        folder.mkdir()
        for name, data in self.content.items():
            (folder / name).write_bytes(data)
            os.utime(folder / name, ns=(10**18, 10**18 + 123_456_700))

    def jobs(self) -> list[CopyJob]:
        found = [(name, (self.folder / name).stat()) for name in self.content]
        return [CopyJob(name.encode(), name, about.st_size, about.st_mtime_ns) for name, about in found]

    def open(self, path: bytes) -> int:
        return os.open(self.folder / os.fsdecode(path), os.O_RDONLY | os.O_NOFOLLOW)

    def hear(self, path: bytes, count: int) -> None:
        self.heard.append((path, count))


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def open_at(path: Path, stack: ExitStack) -> OpenBag:
    vault = stack.enter_context(make_vault(path))
    bag = make_bag(vault)
    stack.callback(bag.close)
    return bag


def make_copier(card: Card, bags: Sequence[OpenBag], *, sm3: bool = False, control: Control | None = None) -> Copier:
    return Copier(
        card.open,
        lambda: card.there,
        [Destination.of(bag) for bag in bags],
        sm3=sm3,
        control=control or Control(),
        on_bytes=card.hear,
    )


def copy(card: Card, bags: Sequence[OpenBag], jobs: Sequence[CopyJob] | None = None) -> dict[str, Copied]:
    copier = make_copier(card, bags)
    files = [copied for group in copier.groups(jobs or card.jobs()) for copied in copier.verify(group)]
    return {copied.job.path.decode(): copied for copied in files}


def work_content(bag: OpenBag, copied: Copied) -> bytes:
    return (bag.vault.path / bag.path / ".incoming" / copied.work).read_bytes()


def failure(copied: Copied) -> tuple[Outcome, Stage | None, str | None, int | None]:
    found = copied.failure
    return (
        (copied.status, None, None, None) if found is None else (copied.status, found.stage, found.code, found.offset)
    )


def all_verified(files: Mapping[str, Copied], but: str) -> bool:
    return all(copied.status is Outcome.VERIFIED for name, copied in files.items() if name != but)


# -- what is well -----------------------------------------------------------------------------------------------------


@requires_root_mounts
@pytest.mark.parametrize(
    ("fs", "method"), [("ext4", ReadBack.DIRECT), ("exfat", ReadBack.CACHE_DROPPED), ("ntfs", ReadBack.CACHE_DROPPED)]
)
def test_copies_are_equal_verified_and_out_of_memory(
    tmp_path: Path, stack: ExitStack, fs: str, method: ReadBack
) -> None:
    card = Card(stack.enter_context(mounted_image(tmp_path, "ext4", 64)) / "card")
    point = stack.enter_context(mounted_image(tmp_path, fs, 64, name="vault"))
    bag = open_at(point / "root", stack)
    subprocess.run(["sync", "--file-system", card.folder], check=True)
    files = copy(card, [bag])
    assert files.keys() == card.content.keys()
    for name, copied in files.items():
        assert failure(copied) == (Outcome.VERIFIED, None, None, None)
        assert copied.digests is not None
        assert copied.digests.sha256 == hashlib.sha256(card.content[name]).hexdigest()
        assert [(each.vault_id, each.state, each.read_back) for each in copied.copies] == [
            (bag.vault.vault_id, CopyState.VERIFIED, method)
        ]
    stored = [bag.vault.path / bag.path / ".incoming" / copied.work for copied in files.values()]
    assert sum(map(resident, [*stored, *card.folder.iterdir()])) == 0
    assert [path.stat().st_mtime // 1 for path in stored] == [10**9] * len(stored)
    assert {name: work_content(bag, copied) for name, copied in files.items()} == card.content
    assert sum(count for _path, count in card.heard) == sum(SIZES)


def resident(path: Path) -> int:
    said = subprocess.run(
        ["fincore", "--json", "--bytes", "--output", "RES", path], capture_output=True, text=True, check=True
    )
    return int(json.loads(said.stdout)["fincore"][0]["res"])


@pytest.mark.skipif(not sm3_available(), reason="this OpenSSL has no SM3")
def test_sm3_beside_it(tmp_path: Path, stack: ExitStack) -> None:
    card = Card(tmp_path / "card")
    bag = open_at(tmp_path / "vault", stack)
    copier = make_copier(card, [bag], sm3=True)
    for group in copier.groups(card.jobs()):
        for copied in copier.verify(group):
            expected = Digesting(sm3=True)
            expected.update(card.content[copied.job.path.decode()])
            assert copied.digests == expected.result()


def test_groups_are_small_and_a_long_file_is_alone(tmp_path: Path, stack: ExitStack) -> None:
    card = Card(tmp_path / "card", [10] * (2 * GROUP_FILES + 3))
    long = card.folder / "long"
    with long.open("wb") as file:
        file.truncate(LONG_FILE)
    card.content["long"] = b""
    card.content["after"] = b"x"
    (card.folder / "after").write_bytes(b"x")
    copier = make_copier(card, [open_at(tmp_path / "vault", stack)])
    sizes = []
    for group in copier.groups(card.jobs()):
        sizes.append(len(group))
        assert all(copied.status is Outcome.VERIFIED for copied in copier.verify(group))
        if any(copied.job.size >= LONG_FILE for copied, _descriptors in group):
            assert len(group) == 1
    assert max(sizes) <= GROUP_FILES and sum(sizes) == len(card.content)


def test_work_files_of_two_copiers_in_one_bag_do_not_meet(tmp_path: Path, stack: ExitStack) -> None:
    """A resumed bag is tidied first; what is in the way all the same fails that file, and is not touched."""
    card = Card(tmp_path / "card", [10, 10])
    bag = open_at(tmp_path / "vault", stack)
    (bag.vault.path / bag.path / ".incoming" / "1").write_bytes(b"somebody's")
    files = copy(card, [bag])
    assert failure(files["f0"]) == (Outcome.FAILED, Stage.WRITE, "EEXIST", None)
    assert files["f1"].status is Outcome.VERIFIED


# -- a bad vault ------------------------------------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path, stack: ExitStack) -> FaultFS:
    (tmp_path / "behind").mkdir()
    return stack.enter_context(faultfs(tmp_path / "behind", tmp_path / "faulty"))


@requires_faultfs
@pytest.mark.parametrize(
    ("rule", "stage", "code", "offset"),
    [
        (Rule("*/.incoming/2", Fault.FLIP, offset=100), Stage.COMPARE, "DIGEST_MISMATCH", None),
        (Rule("*/.incoming/2", Fault.ERROR, On.FSYNC), Stage.SYNC, "EIO", None),
        (Rule("*/.incoming/2", Fault.ERROR, On.WRITE, offset=100_000), Stage.WRITE, "EIO", 100_000),
        (Rule("*/.incoming/2", Fault.ERROR, On.WRITE, offset=65_536, error="ENOSPC"), Stage.WRITE, "ENOSPC", 65_536),
        (Rule("*/.incoming/2", Fault.ERROR, On.OPEN), Stage.READ_BACK, "EIO", None),
        (Rule("*/.incoming/2", Fault.ERROR, offset=0), Stage.READ_BACK, "EIO", None),
    ],
    ids=["flip", "fsync", "write", "full", "open", "read"],
)
def test_one_file_that_the_vault_does_not_take(
    tmp_path: Path, stack: ExitStack, faulty: FaultFS, rule: Rule, stage: Stage, code: str, offset: int | None
) -> None:
    card = Card(tmp_path / "card", [200_000] * 5)
    bag = open_at(faulty.mount / "vault", stack)
    faulty.set(rule)
    files = copy(card, [bag])
    assert failure(files["f1"]) == (Outcome.FAILED, stage, code, offset)
    assert files["f1"].copies[0].state is CopyState.FAILED
    assert all_verified(files, but="f1")
    assert bag.work_files() == ["1", "3", "4", "5"]
    assert bag.payload() == []


@requires_faultfs
def test_a_large_file_that_fails_in_its_middle(tmp_path: Path, stack: ExitStack, faulty: FaultFS) -> None:
    """It goes through the threads; the error tells the byte from which on nothing was written."""
    card = Card(tmp_path / "card", [10, 2 * CHUNK + 1, 10])
    bag = open_at(faulty.mount / "vault", stack)
    faulty.set(Rule("*/.incoming/2", Fault.ERROR, On.WRITE, offset=5_000_000))
    files = copy(card, [bag])
    assert failure(files["f1"]) == (Outcome.FAILED, Stage.WRITE, "EIO", 5_000_000)
    assert all_verified(files, but="f1")


@requires_faultfs
def test_a_vault_whose_server_dies(tmp_path: Path, stack: ExitStack, faulty: FaultFS) -> None:
    """Every call fails from then on, closing too: every file has its outcome, and nothing is raised."""
    card = Card(tmp_path / "card", [200_000] * 5)
    bag = open_at(faulty.mount / "vault", stack)
    copier = make_copier(card, [bag])
    (group,) = copier.groups(card.jobs())
    faulty.pull()
    assert {failure(copied)[:3] for copied in copier.verify(group)} == {(Outcome.FAILED, Stage.SYNC, "ENOTCONN")}
    later = [failure(copied) for group in copier.groups(card.jobs()) for copied, _descriptors in group]
    assert later == [(Outcome.FAILED, Stage.WRITE, "ENOTCONN", None)] * 5


@requires_faultfs
@pytest.mark.parametrize("first_is_bad", [False, True])
def test_only_the_first_vault_decides(tmp_path: Path, stack: ExitStack, faulty: FaultFS, first_is_bad: bool) -> None:
    card = Card(tmp_path / "card", [200_000] * 3)
    good, bad = open_at(tmp_path / "good", stack), open_at(faulty.mount / "vault", stack)
    faulty.set(Rule("*/.incoming/2", Fault.FLIP, offset=7))
    files = copy(card, [bad, good] if first_is_bad else [good, bad])
    states = [each.state for each in files["f1"].copies]
    if first_is_bad:
        assert failure(files["f1"])[:3] == (Outcome.FAILED, Stage.COMPARE, "DIGEST_MISMATCH")
        assert states[0] is CopyState.FAILED
        assert good.work_files() == ["1", "3"]
    else:
        assert files["f1"].status is Outcome.VERIFIED
        assert states == [CopyState.VERIFIED, CopyState.FAILED]
        assert files["f1"].copies[1].failure is not None
    assert all_verified(files, but="f1")


# -- a bad source -----------------------------------------------------------------------------------------------------


@requires_faultfs
@pytest.mark.parametrize("size", [300_000, 2 * CHUNK + 1])
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule("f1", Fault.ERROR, offset=131_072), (Outcome.UNREADABLE, Stage.READ, "EIO", 131_072)),
        (Rule("f1", Fault.ERROR, On.OPEN, error="EACCES"), (Outcome.UNREADABLE, Stage.OPEN, "EACCES", None)),
        (Rule("f1", Fault.VANISH), (Outcome.MISSING, Stage.OPEN, "ENOENT", None)),
        (Rule("f1", Fault.GROW, size=1), (Outcome.CHANGED, Stage.READ, "CHANGED_WHILE_READ", None)),
    ],
    ids=["unreadable", "closed", "vanished", "growing for ever"],
)
def test_one_file_that_the_card_does_not_give(
    tmp_path: Path, stack: ExitStack, size: int, rule: Rule, expected: tuple[Outcome, Stage, str, int | None]
) -> None:
    card = Card(tmp_path / "behind", [size] * 3)
    fs = stack.enter_context(faultfs(tmp_path / "behind", tmp_path / "card"))
    jobs = card.jobs()
    card.folder = fs.mount
    bag = open_at(tmp_path / "vault", stack)
    fs.set(rule)
    files = copy(card, [bag], jobs)
    status, stage, code, offset = failure(files["f1"])
    assert (status, stage, code) == expected[:3]
    if code == "CHANGED_WHILE_READ":
        assert offset is not None and size < offset <= size + 2 * CHUNK
    elif size < CHUNK:
        assert offset == expected[3]
    assert all_verified(files, but="f1")
    assert bag.work_files() == ["1", "3"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda file: os.utime(file, (5, 5)), (Outcome.CHANGED, Stage.OPEN, "CHANGED_SINCE_PLAN", None)),
        (lambda file: os.truncate(file, 5), (Outcome.CHANGED, Stage.OPEN, "CHANGED_SINCE_PLAN", None)),
        (lambda file: file.unlink(), (Outcome.MISSING, Stage.OPEN, "ENOENT", None)),
    ],
)
def test_changed_since_it_was_planned(
    tmp_path: Path, stack: ExitStack, change: Callable[[Path], object], expected: tuple[object, ...]
) -> None:
    card = Card(tmp_path / "card", [100] * 3)
    jobs = card.jobs()
    change(card.folder / "f1")
    files = copy(card, [open_at(tmp_path / "vault", stack)], jobs)
    assert failure(files["f1"]) == expected
    assert all_verified(files, but="f1")


def test_a_time_beyond_what_64_bits_of_nanoseconds_hold(tmp_path: Path, stack: ExitStack) -> None:
    card = Card(tmp_path / "card", [100])
    os.utime(card.folder / "f0", ns=(0, 15 * 10**18))
    if (card.folder / "f0").stat().st_mtime_ns < 1 << 63:
        pytest.skip("this file system keeps no such time")
    jobs = [CopyJob(b"f0", "f0", 100, (1 << 63) - 1)]
    assert copy(card, [open_at(tmp_path / "vault", stack)], jobs)["f0"].status is Outcome.VERIFIED


@requires_faultfs
@pytest.mark.parametrize("skip", [0, 1], ids=["after opening", "after reading"])
def test_a_card_that_answers_no_more_about_a_file_it_has_opened(tmp_path: Path, stack: ExitStack, skip: int) -> None:
    """``fstat`` may fail too: the pulled card's errors come wherever it is asked next."""
    card = Card(tmp_path / "behind", [100] * 3)
    fs = stack.enter_context(faultfs(tmp_path / "behind", tmp_path / "card"))
    jobs = card.jobs()
    card.folder = fs.mount
    bag = open_at(tmp_path / "vault", stack)

    def open_then_fail(path: bytes) -> int:
        descriptor = os.open(fs.mount / path.decode(), os.O_RDONLY)
        if path == b"f1":
            fs.set(Rule("f1", Fault.ERROR, On.GETATTR, skip=skip))
        return descriptor

    card.open = open_then_fail  # type: ignore[method-assign]
    files = copy(card, [bag], jobs)
    stage = Stage.READ if skip else Stage.OPEN
    assert failure(files["f1"]) == (Outcome.UNREADABLE, stage, "EIO", 100 if skip else None)
    assert all_verified(files, but="f1")


def test_a_pulled_card_ends_it(tmp_path: Path, stack: ExitStack) -> None:
    card = Card(tmp_path / "card", [100] * 4)
    jobs = card.jobs()
    bag = open_at(tmp_path / "vault", stack)
    copier = make_copier(card, [bag])

    def pull_at_f2(path: bytes) -> int:
        if path == b"f2":
            card.there = False
            raise OSError(errno.EIO, "pulled")
        return os.open(card.folder / path.decode(), os.O_RDONLY)

    card.open = pull_at_f2  # type: ignore[method-assign]
    copier = make_copier(card, [bag])
    files = [copied for group in copier.groups(jobs) for copied in copier.verify(group)]
    assert [failure(copied)[:3] for copied in files] == [
        (Outcome.VERIFIED, None, None),
        (Outcome.VERIFIED, None, None),
        (Outcome.UNREADABLE, Stage.OPEN, "SOURCE_REMOVED"),
    ]
    assert copier.removed and not copier.cancelled


def test_cancelled_in_mid_file(tmp_path: Path, stack: ExitStack) -> None:
    """What was finished stays, of the file at hand nothing is left."""
    card = Card(tmp_path / "card", [100, 2 * CHUNK + 1, 100])
    bag = open_at(tmp_path / "vault", stack)
    control = Control()
    card.hear = lambda path, _count: control.cancel() if path == b"f1" else None  # type: ignore[method-assign]
    copier = make_copier(card, [bag], control=control)
    files = [copied for group in copier.groups(card.jobs()) for copied in copier.verify(group)]
    assert [copied.job.path for copied in files if copied.status is Outcome.VERIFIED] == [b"f0"]
    assert copier.cancelled
    assert bag.work_files() == ["1"]


def test_the_digest_of_a_source(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    for name, content in card.content.items():
        card.heard.clear()
        digest = source_digest(card.open, name.encode(), Control(), card.hear)
        assert digest == hashlib.sha256(content).hexdigest()
        assert sum(count for _path, count in card.heard) == len(content)


@requires_faultfs
def test_the_digest_of_a_source_that_never_ends_or_dies(tmp_path: Path, stack: ExitStack) -> None:
    card = Card(tmp_path / "behind", [300_000])
    fs = stack.enter_context(faultfs(tmp_path / "behind", tmp_path / "card"))
    card.folder = fs.mount
    fs.set(Rule("*", Fault.GROW, size=1))
    assert source_digest(card.open, b"f0", Control(), card.hear) != hashlib.sha256(card.content["f0"]).hexdigest()
    fs.clear()

    def pull(_path: bytes, _count: int) -> None:
        fs.pull()

    with pytest.raises(OSError, match=r"connected|abort"):
        source_digest(card.open, b"f0", Control(), pull)
