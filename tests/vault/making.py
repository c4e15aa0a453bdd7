"""Vaults and bags for the tests of this folder, made by the layer itself, judged by other programs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from avdesk.vault.bag import JournalLine, OpenBag, open_bag
from avdesk.vault.root import VaultRoot, create_vault

VAULT_ID = "0190a000-0000-7000-8000-000000000001"
BAG = "2026/11/20261123-1802-01"
ROOT = Path(__file__).parents[2]
AS_NOBODY = ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "env", "HOME=/nonexistent"]
Row = Mapping[str, object]


def _no_nobody() -> str | None:
    """Why nothing can be run as an ordinary user here."""
    if os.geteuid() != 0:
        return "becoming another user needs root"
    if shutil.which("setpriv") is None:
        return "becoming another user needs setpriv"
    done = subprocess.run([*AS_NOBODY, sys.executable, "-c", "import avdesk"], cwd=ROOT, capture_output=True)
    return None if done.returncode == 0 else "an ordinary user can't read this checkout"


_OBSTACLE = _no_nobody()
requires_nobody = pytest.mark.skipif(_OBSTACLE is not None, reason=_OBSTACLE or "")
"""Marks a test that runs something as an ordinary user; skipped with the reason where that is impossible."""


@contextmanager
def nobodys_folder() -> Iterator[Path]:
    """A folder in which everybody may write; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def make_vault(path: Path) -> VaultRoot:
    """An open vault; it is the caller's to close."""
    return VaultRoot(create_vault(path, VAULT_ID))


def make_bag(vault: VaultRoot, path: str = BAG) -> OpenBag:
    """A new bag under its lock."""
    bag = open_bag(vault, path, create=True)
    assert bag is not None
    return bag


def write_work(bag: OpenBag, work: str, content: bytes) -> None:
    """A work file, as copying leaves it: written and synced."""
    descriptor = os.open(work, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=bag.incoming)
    os.write(descriptor, content)
    os.fsync(descriptor)
    os.close(descriptor)


def journal_line(stored_path: str, content: bytes, original: bytes | None = None) -> JournalLine:
    path = original if original is not None else stored_path.encode()
    return JournalLine(stored_path, path.hex(), len(content), 10**18, hashlib.sha256(content).hexdigest(), None)


def put(bag: OpenBag, content: Mapping[str, bytes]) -> list[Row]:
    """Store files by stored path the way a collecting does; their rows for sealing."""
    renames = []
    for number, (stored_path, data) in enumerate(content.items(), 1):
        write_work(bag, str(number), data)
        renames.append((str(number), stored_path))
    bag.journal(journal_line(stored_path, data) for stored_path, data in content.items())
    assert bag.adopt(renames) == {}
    return rows(content)


def rows(content: Mapping[str, bytes]) -> list[Row]:
    return [
        {"stored_path": stored_path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for stored_path, data in content.items()
    ]


def seal(bag: OpenBag, files: Iterable[Row]) -> list[str]:
    """Seal with something in every tag file."""
    return bag.seal({"Source-Organization": "平石市医疗保障局"}, files, {"format": 1})


def sha256sum_check(bag: Path) -> None:
    """The manifest read by the system's own program."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"], cwd=bag, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
