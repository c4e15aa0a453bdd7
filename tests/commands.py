"""Calling ``avdesk`` and ``bagit.py`` as anybody would: as programs, reading what they print."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

AVDESK = Path(sys.executable).with_name("avdesk")
BAGIT = Path(sys.executable).with_name("bagit.py")
UNIT = "平石市医疗保障局"
OPERATOR = "王示例"


def avdesk(workspace: Path, *words: str | Path, seconds: float = 120) -> tuple[int, Any]:
    """Exit code and JSON document."""
    command = [AVDESK, "--workspace", workspace, "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def made_workspace(workspace: Path, *options: str | Path) -> Path:
    """A new workspace."""
    status, answer = avdesk(workspace, "init", "--unit", UNIT, "--operator", OPERATOR, *options)
    assert status == 0, answer
    return workspace


def bags(vault: Path) -> list[Path]:
    """The folders of all bags."""
    return sorted(path for path in vault.glob("[0-9]*/[0-9]*/*") if path.is_dir())


def validate(bag: Path) -> None:
    """The bag is valid for ``bagit.py``, a program that knows nothing of avdesk."""
    done = subprocess.run([BAGIT, "--validate", "--quiet", bag], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
