"""The set-up's files: locks that fit together, and the one line that names what is missing."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run", "dev", "bootstrap")


def _pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and the hashes of every package of a lock."""
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    entries = re.findall(
        r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    return {package: (version, frozenset(re.findall(r"[0-9a-f]{64}", hashes))) for package, version, hashes in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_pinned_with_hashes(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    packages = re.findall(r"^[^\s#]", text, re.M)
    assert len(_pins(name)) == len(packages) > 0


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host(name: str) -> None:
    assert not re.search(r"https?:|index-url|find-links", (REQUIREMENTS / f"{name}.lock").read_text())


def test_one_environment_holds_all_locks() -> None:
    tests = _pins("dev")
    assert _pins("run").items() <= tests.items()
    assert {package: pin for package, pin in _pins("bootstrap").items() if package in tests}.items() <= tests.items()


@pytest.mark.parametrize(("folder", "name"), [("avdesk", "run"), ("tests", "dev")])
def test_whatever_is_imported_is_locked(folder: str, name: str) -> None:
    installed = importlib.metadata.packages_distributions()
    wanted = {
        re.sub(r"[-_.]+", "-", distribution).lower()
        for module in _imported(ROOT / folder)
        for distribution in installed.get(module, [])
    }
    assert sorted(wanted - _pins(name).keys() - {"avdesk"}) == []


def _imported(folder: Path) -> set[str]:
    """The top-level names that the modules below ``folder`` import."""
    names: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


@pytest.fixture
def checkout() -> Iterator[Path]:
    """The set-up's files alone, where an ordinary user can read and write them."""
    folder = Path(tempfile.mkdtemp(prefix="setup-"))
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *_nobody())
    yield folder
    shutil.rmtree(folder)


def test_what_may_not_be_installed_is_named_in_one_line(checkout: Path) -> None:
    for name in ("no-such-package-a", "no-such-package-b"):
        with (checkout / "requirements" / "os-run.txt").open("a") as packages:
            packages.write(f"{name}  # and a remark\n")
    command = [str(checkout / "scripts" / "setup"), "run"]
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PY": "/nowhere/python3.11"}
    made = subprocess.run([*_as_ordinary_user(), *command], env=environment, capture_output=True, text=True)
    lines = [line for line in made.stderr.splitlines() if "apt-get install --no-install-recommends" in line]
    assert len(lines) == 1, made.stderr
    assert "no-such-package-a no-such-package-b" in lines[0]
    assert "/nowhere/python3.11 is not there" in made.stderr  # it had gone on
    assert made.returncode == 1


def _nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _as_ordinary_user() -> list[str]:
    user, group = _nobody()
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"] if os.geteuid() == 0 else []
