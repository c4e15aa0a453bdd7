"""Reading a bag in a vault and holding it against what it should be."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from avdesk.findings import Finding
from avdesk.models import Copy
from avdesk.services._matching import VaultReader
from avdesk.services.desk import Desk
from avdesk.terms import CopyState
from avdesk.vault.root import VaultRoot, open_below, walk_files

_TAG_MANIFEST = "tagmanifest-sha256.txt"


@dataclass(frozen=True, slots=True)
class Expected:
    """A file that should lie in a bag; ``stored_path`` relative to ``data``, ``size`` in bytes."""

    recording_id: str
    stored_path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One copy as it was found: its state, what is wrong with it, and how it was read."""

    expected: Expected
    state: CopyState
    finding: Finding | None
    method: str | None


def check_copy(
    reader: VaultReader, bag: str, expected: Expected, each: Callable[[memoryview], None] | None = None
) -> Checked:
    """Read one copy back from its medium now; ``each`` sees every piece of it."""
    path = f"{bag}/data/{expected.stored_path}"
    facts: dict[str, object] = {
        "recording_id": expected.recording_id,
        "vault_id": reader.vault.vault_id,
        "expected": expected.sha256,
        "found": None,
    }
    try:
        digest, method = reader.digest(path, each)
    except (FileNotFoundError, NotADirectoryError):
        return Checked(expected, CopyState.MISSING, Finding("MISSING", path, facts), None)
    except OSError as error:
        finding = Finding("UNREADABLE", path, {**facts, "reason": error.strerror or "EIO"})
        return Checked(expected, CopyState.DAMAGED, finding, None)
    if digest != expected.sha256:
        finding = Finding("DIGEST_MISMATCH", path, {**facts, "found": digest})
        return Checked(expected, CopyState.DAMAGED, finding, method)
    return Checked(expected, CopyState.VERIFIED, None, method)


def write_down(desk: Desk, vault_id: str, found: Sequence[Checked]) -> None:
    """The state of every copy as found; what is bad is an event of that recording."""
    now = datetime.now(UTC)
    with desk.database.write() as session:
        for each in found:
            copy = session.get_one(Copy, (each.expected.recording_id, vault_id))
            copy.state, copy.read_back, copy.checked_at = each.state, each.method, now
            if each.finding is not None:
                facts = {"code": each.finding.code, "vault_id": vault_id, "expected": each.expected.sha256}
                desk.record(session, "copy.bad", ("recording", each.expected.recording_id), facts)


def check_tags(reader: VaultReader, bag: str) -> list[Finding]:
    """The tag files of a sealed bag against their manifest."""
    found: list[Finding] = []
    for name, expected in tag_manifest(reader.vault, bag).items():
        facts: dict[str, object] = {"recording_id": None, "vault_id": reader.vault.vault_id, "expected": expected}
        try:
            digest, _method = reader.digest(f"{bag}/{name}")
        except FileNotFoundError:
            found.append(Finding("MISSING", f"{bag}/{name}", {**facts, "found": None}))
        except OSError as error:
            found.append(Finding("UNREADABLE", f"{bag}/{name}", {**facts, "found": None, "reason": error.strerror}))
        else:
            if digest != expected:
                found.append(Finding("DIGEST_MISMATCH", f"{bag}/{name}", {**facts, "found": digest}))
    return found


def tag_manifest(vault: VaultRoot, bag: str) -> dict[str, str]:
    """Tag file to SHA-256, as the bag says; with the manifest itself missing, that is what is missing."""
    try:
        text = read_tag(vault, bag, _TAG_MANIFEST).decode("utf-8", "replace")
    except OSError:
        return {_TAG_MANIFEST: ""}
    pairs = [line.split(None, 1) for line in text.splitlines()]
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def read_tag(vault: VaultRoot, bag: str, name: str) -> bytes:
    """A tag file of a bag. Raises ``OSError``."""
    folder = open_below(vault.descriptor, bag)
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    finally:
        os.close(folder)
    with open(descriptor, "rb") as file:
        return file.read()


def payload_of(vault: VaultRoot, bag: str) -> dict[str, int]:
    """Path relative to ``data`` and size of everything in a bag's payload; empty when the bag is gone."""
    try:
        folder = open_below(vault.descriptor, f"{bag}/data")
    except OSError:
        return {}
    try:
        return dict(walk_files(folder))
    finally:
        os.close(folder)


def unexpected(vault: VaultRoot, bag: str, expected: set[str]) -> list[Finding]:
    """What lies in a payload that nothing accounts for."""
    facts = {"recording_id": None, "vault_id": vault.vault_id, "expected": None, "found": None}
    strangers = sorted(set(payload_of(vault, bag)) - expected)
    return [Finding("UNEXPECTED", f"{bag}/data/{stored_path}", facts) for stored_path in strangers]
