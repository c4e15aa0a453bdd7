"""A collecting that dies at every point of a bag's life: afterwards every file is there once, verified, in a valid bag.

The dying is done by a child process that ends itself at a chosen call of the vault layer, without any tidying up.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestReport, choose, ingest, plan, reconcile
from avdesk.services.recordings import RecordingFilter, list_recordings
from avdesk.services.vaults import verify
from avdesk.services.workspace import sign_in
from avdesk.terms import IngestState, Outcome
from avdesk.vault import bag as bag_module
from avdesk.vault import copying as copying_module
from avdesk.vault.bag import OpenBag
from tests.commands import BAGIT, bags, validate
from tests.conftest import sqlite_only

pytestmark = sqlite_only

GROUP, FILES = 4, 6
DIED = 9


def die(*_anything: object) -> NoReturn:
    os._exit(DIED)


def before(owner: object, name: str, when: Callable[..., bool] = lambda *_anything: True) -> None:
    """Die instead of a call, the first for which ``when`` holds."""
    real = getattr(owner, name)
    setattr(owner, name, lambda *args, **kwargs: die() if when(*args) else real(*args, **kwargs))


def after(owner: object, name: str, when: Callable[..., bool] = lambda *_anything: True) -> None:
    real = getattr(owner, name)

    def call(*args: object, **kwargs: object) -> object:
        answer = real(*args, **kwargs)
        return die() if when(*args) else answer

    setattr(owner, name, call)


def at_call(number: int) -> Callable[..., bool]:
    calls = iter(range(1, 1_000_000))
    return lambda *_anything: next(calls) == number


def writing(name: str) -> Callable[..., bool]:
    return lambda written, *_anything: written == name


POINTS: dict[str, tuple[Callable[[], None], IngestState, int]] = {
    "a bag with nothing in it": (lambda: before(copying_module, "probe_medium"), IngestState.OPEN, 0),
    "work files, no journal": (lambda: before(OpenBag, "journal"), IngestState.OPEN, 0),
    "a journal, nothing renamed": (lambda: before(OpenBag, "adopt"), IngestState.OPEN, 0),
    "three files renamed": (lambda: before(bag_module, "exists", at_call(4)), IngestState.OPEN, 3),
    "a group renamed, not registered": (lambda: after(OpenBag, "adopt"), IngestState.OPEN, GROUP),
    "a second group renamed": (lambda: after(OpenBag, "adopt", at_call(2)), IngestState.OPEN, FILES - GROUP),
    "everything registered, not sealed": (lambda: before(OpenBag, "seal"), IngestState.OPEN, 0),
    "half the tag files": (
        lambda: before(bag_module, "write_durably", writing("avdesk-files.jsonl")),
        IngestState.OPEN,
        0,
    ),
    "manifests, no bagit.txt": (
        lambda: before(bag_module, "write_durably", writing("bagit.txt")),
        IngestState.OPEN,
        0,
    ),
    "bagit.txt, payload writable": (
        lambda: after(bag_module, "write_durably", writing("bagit.txt")),
        IngestState.SEALED,
        0,
    ),
    "sealed, the catalogue does not know": (lambda: after(OpenBag, "seal"), IngestState.SEALED, 0),
}


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few files make two of them."""
    monkeypatch.setattr(copying_module, "GROUP_FILES", GROUP)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    card = tmp_path / "card"
    for number in range(FILES):
        path = card / f"DCIM{number % 3}" / f"{number}.LOG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes([number]) * (number + 1))
    return card


@pytest.fixture(scope="module")
def sealed() -> Iterator[list[Path]]:
    """Bags for ``bagit.py``, which takes long to start and so validates them together in the end."""
    found: list[Path] = []
    yield found
    done = subprocess.run([BAGIT, "--validate", "--quiet", *found], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def collect(desk: Desk, card: Path) -> IngestReport:
    (source,) = choose([card])
    return ingest(desk, plan(desk, source, probe=False))


def collect_and_die(workspace: Path, card: Path, arrange: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        try:
            arrange()
            collect(sign_in(workspace, None), card)
        finally:
            os._exit(1)  # it should have died before
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DIED


@pytest.mark.parametrize("with_reconcile", [True, False], ids=["reconciled", "collected again"])
@pytest.mark.parametrize("point", POINTS)
def test_every_file_once_verified_in_a_valid_bag(
    tmp_path: Path, desk: Desk, card: Path, sealed: list[Path], point: str, with_reconcile: bool
) -> None:
    arrange, state, adopted = POINTS[point]
    collect_and_die(desk.workspace, card, arrange)
    if with_reconcile:
        (row,) = reconcile(desk).ingests
        assert (row.state, row.adopted, row.quarantined) == (state, adopted, 0)
    report = collect(desk, card)
    assert report.complete
    assert {outcome.status for outcome in report.outcomes} <= {Outcome.VERIFIED, Outcome.DUPLICATE}
    assert report.safe_to_erase is (state is IngestState.OPEN)  # else it was not read again

    listed = list_recordings(desk, RecordingFilter(), limit=1000).recordings
    assert sorted(row.path for row in listed) == sorted(
        path.relative_to(card).as_posix() for path in card.rglob("*.LOG")
    )
    assert all(row.verified for row in listed)
    (bag,) = bags(tmp_path / "workspace" / "vault")
    sealed.append(bag)
    assert not (bag / ".incoming").exists()
    assert not (bag.parents[2] / "quarantine").exists()
    assert not any(path.stat().st_mode & 0o222 for path in (bag / "data").rglob("*"))
    checked = verify(desk)
    assert (checked.checked, checked.findings) == (FILES, ())
    assert verify_audit(desk).ok
    assert reconcile(desk).ingests == ()


def test_what_the_journal_does_not_account_for_is_taken_aside(tmp_path: Path, desk: Desk, card: Path) -> None:
    """A file whose bytes are no longer those that were verified, and one that nobody put there."""
    collect_and_die(desk.workspace, card, POINTS["a group renamed, not registered"][0])
    (bag,) = bags(tmp_path / "workspace" / "vault")
    damaged = bag / "data" / "DCIM0" / "3.LOG"
    damaged.write_bytes(b"\xff" + damaged.read_bytes()[1:])
    (bag / "data" / "stranger").write_bytes(b"?")
    (row,) = reconcile(desk).ingests
    assert (row.state, row.adopted, row.quarantined) == (IngestState.OPEN, GROUP - 1, 2)
    quarantine = bag.parents[2] / "quarantine" / bag.name
    assert {path.read_bytes() for path in quarantine.iterdir()} == {b"\xff\x03\x03\x03", b"?"}
    report = collect(desk, card)
    assert report.safe_to_erase
    validate(bag)
    assert verify(desk).findings == ()
