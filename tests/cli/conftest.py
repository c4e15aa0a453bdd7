"""Calling the command line in this process; ``tests/commands.py`` calls it as a program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from avdesk.cli import run
from avdesk.db import sqlite_url


@dataclass(frozen=True)
class Said:
    """What one call answered: exit code, JSON document, and the words on stderr."""

    status: int
    document: Any
    words: str

    @property
    def code(self) -> str:
        """The code of an error or a refusal."""
        (kind,) = self.document
        code: str = self.document[kind]["code"]
        return code


Call = Callable[..., Said]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Call ``avdesk … --json``: exactly one ASCII document on one line."""

    def say(*words: str | Path) -> Said:
        capfd.readouterr()
        status = run([*map(str, words), "--json"])
        out, err = capfd.readouterr()
        assert out.isascii() and out.endswith("\n") and out.count("\n") == 1, out
        assert "Traceback" not in err
        return Said(status, json.loads(out), err)

    return say


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the services do on PostgreSQL is tested with them."""
    file = tmp_path / "avdesk.sqlite3"
    shutil.copy(migrated_file, file)
    monkeypatch.setenv("AVDESK_DATABASE_URL", str(sqlite_url(file)))
    return str(sqlite_url(file))


@pytest.fixture
def at(call: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The same, in a new workspace."""
    monkeypatch.setenv("AVDESK_WORKSPACE", str(workspace))
    return call
