"""An office for the tests of bad input: a workspace used through the command line, and what must hold after every run.

Whatever lies on the card: every regular file has its outcome, every sealed bag is valid for ``bagit.py``, and what lay
in the vault before is the same, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.commands import AVDESK, BAGIT, avdesk, bags, made_workspace

Report = dict[str, Any]
REGULAR = frozenset(
    {"VERIFIED", "DUPLICATE", "UNREADABLE", "MISSING", "CHANGED", "FAILED", "CANCELLED", "NOT_SELECTED"}
)


class Office:
    """A workspace and its vault."""

    def __init__(self, workspace: Path, vault: Path) -> None:
        self.workspace = workspace
        self.vault = vault
        self._sealed: dict[str, str] = {}

    @classmethod
    def make(cls, folder: Path, vault: Path) -> Office:
        """A new one whose vault lies elsewhere."""
        return cls(made_workspace(folder / "workspace", "--vault", vault), vault)

    def run(self, *words: str | Path) -> tuple[int, Any]:
        return avdesk(self.workspace, *words)

    def ingest(self, *words: str | Path, status: int = 0) -> Report:
        """Collect one card, with that exit code, and see what must hold after every run."""
        found, answer = self.run("ingest", *words)
        assert found == status, answer
        (report,) = answer["ingests"]
        self.check(report)
        return report

    def refused(self, *words: str | Path, status: int, code: str) -> dict[str, Any]:
        """A command that does nothing; the facts it gives."""
        found, answer = self.run(*words)
        assert (found, answer["error"]["code"]) == (status, code), answer
        self.check_vault()
        return dict(answer["error"])

    def start_ingest(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """A collecting whose card or vault is going to be treated badly meanwhile."""
        command = [AVDESK, "--workspace", self.workspace, "--json", "ingest", *words]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self, report: Report) -> None:
        """One report and the vault behind it."""
        counted = Counter(outcome["status"] for outcome in report["outcomes"])
        totals = report["totals"]
        assert totals["files"] == len(report["outcomes"])
        assert (totals["verified"], totals["duplicate"]) == (counted["VERIFIED"], counted["DUPLICATE"])
        assert totals["unreadable"] == counted["UNREADABLE"]
        assert totals["skipped"] == counted["SKIPPED"] + counted["NOT_SELECTED"]
        for outcome in report["outcomes"]:
            good = outcome["status"] in ("VERIFIED", "DUPLICATE", "SKIPPED", "NOT_SELECTED")
            assert (outcome["error"] is None) == good, outcome
            if outcome["status"] == "VERIFIED":
                assert digest(self.vault / outcome["stored_path"]) == outcome["sha256"]
                assert outcome["stored_path"].startswith(f"{report['bag']}/data/")
        assert report["safe_to_erase"] == (report["reasons"] == [])
        self.check_vault()

    def check_vault(self) -> None:
        """Sealed bags stay as they are, to the byte, so that it is enough to validate them in the end."""
        for bag in bags(self.vault):
            name = bag.relative_to(self.vault).as_posix()
            if name not in self._sealed and (bag / "bagit.txt").exists():
                assert not (bag / ".incoming").exists()
                self._sealed[name] = digest_of_tree(bag)
        for name, before in self._sealed.items():
            assert digest_of_tree(self.vault / name) == before, f"{name} was changed"

    def check_all(self) -> None:
        """Every sealed bag by ``bagit.py``, the fixity check, the audit chain."""
        if self._sealed:
            folders = [self.vault / name for name in self._sealed]
            done = subprocess.run([BAGIT, "--validate", "--quiet", *folders], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        status, verified = self.run("verify")
        assert (status, verified["findings"], verified["ok"]) == (0, [], verified["checked"])
        status, chain = self.run("audit", "verify")
        assert (status, chain["ok"], chain["findings"]) == (0, True, [])


def by_path(report: Report) -> dict[str, Any]:
    """Outcomes by path, which no two of them share."""
    found = {outcome["path"]: outcome for outcome in report["outcomes"]}
    assert len(found) == len(report["outcomes"])
    return found


def statuses(report: Report) -> dict[str, str]:
    return {path: outcome["status"] for path, outcome in by_path(report).items()}


def counts(report: Report) -> Counter[str]:
    return Counter(outcome["status"] for outcome in report["outcomes"])


def errors(report: Report) -> dict[str, tuple[str, str, int | None]]:
    """Stage, code and offset of everything that went wrong."""
    return {
        outcome["path"]: (outcome["error"]["stage"], outcome["error"]["code"], outcome["error"]["offset"])
        for outcome in report["outcomes"]
        if outcome["error"] is not None
    }


def reasons(report: Report) -> set[str]:
    return {reason["code"] for reason in report["reasons"]}


def findings(report: Report) -> dict[str, set[str]]:
    found = {path: {finding["code"] for finding in outcome["findings"]} for path, outcome in by_path(report).items()}
    return {path: codes for path, codes in found.items() if codes}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_of_tree(folder: Path) -> str:
    """Of the paths and contents of everything below a folder."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        whole.update(f"{path.relative_to(folder)}\0{digest(path)}\n".encode())
    return whole.hexdigest()


def regular_files(card: Path) -> set[str]:
    """What lies on a card, walked by descriptors, so that paths may be longer than the system takes."""
    found: set[str] = set()
    for folder, _folders, names, descriptor in os.fwalk(card):
        for name in names:
            if stat.S_ISREG(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode):
                found.add(os.path.relpath(f"{folder}/{name}", card))
    return found


def fill(card: Path, content: Iterable[tuple[str | bytes, bytes]]) -> None:
    """Write files with names of any bytes."""
    for path, data in content:
        place = Path(os.fsdecode(os.fsencode(card) + b"/" + os.fsencode(path)))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
