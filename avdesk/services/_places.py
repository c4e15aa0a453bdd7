"""``avdesk.toml``: where the vaults lie on this PC."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import tomli_w

from avdesk.errors import UsageError, WorkspaceMissing
from avdesk.vault.root import FOLDER, VaultPlace, write_durably

CONFIGURATION = "avdesk.toml"


def configuration(workspace: Path) -> Mapping[str, object]:
    """What the file says. Raises :class:`WorkspaceMissing` when it is not there, can't be read or is not TOML."""
    file = workspace / CONFIGURATION
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise WorkspaceMissing(path=str(workspace), reason=f"no {CONFIGURATION} in it") from error
    except (OSError, ValueError) as error:
        raise WorkspaceMissing(path=str(file), reason=str(error)) from error


def load_places(workspace: Path) -> list[VaultPlace]:
    """The vaults of this PC, as ``avdesk.toml`` says."""
    rows = configuration(workspace).get("vault", [])
    try:
        return [VaultPlace(str(UUID(row["id"])), Path(row["path"])) for row in rows]  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WorkspaceMissing(path=str(workspace / CONFIGURATION), reason=f"vault: {error}") from error


def save_places(workspace: Path, places: Sequence[VaultPlace]) -> None:
    """Write ``avdesk.toml`` anew, keeping what else it says. Raises :class:`UsageError` for a path that is no text."""
    content = dict(configuration(workspace)) if is_workspace(workspace) else {}
    content["vault"] = [{"id": place.vault_id, "path": str(place.path)} for place in places]
    try:
        text = tomli_w.dumps(content).encode()
    except UnicodeEncodeError as error:
        raise UsageError("PATH_NOT_UTF8", paths=[str(place.path) for place in places]) from error
    folder = os.open(workspace, FOLDER)
    try:
        write_durably(CONFIGURATION, folder, text)
    finally:
        os.close(folder)


def is_workspace(workspace: Path) -> bool:
    """Whether ``init`` has been through here."""
    return (workspace / CONFIGURATION).exists()
