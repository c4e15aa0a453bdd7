"""An office for each test, copied from one that the command line made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import made_workspace
from tests.end2end.office import Office


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which nothing was done yet; making one takes a second."""
    return made_workspace(tmp_path_factory.mktemp("office") / "workspace")


@pytest.fixture
def office(tmp_path: Path, new_workspace: Path) -> Office:
    """An office whose vault lies in its workspace."""
    workspace = tmp_path / "workspace"
    shutil.copytree(new_workspace, workspace)
    settings = workspace / "avdesk.toml"
    settings.write_text(settings.read_text("utf-8").replace(str(new_workspace), str(workspace)), "utf-8")
    return Office(workspace, workspace / "vault")
