"""``avdesk.toml``: where the vaults lie on this PC."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from avdesk.errors import WorkspaceMissing
from avdesk.vault.root import VaultPlace

CONFIGURATION = "avdesk.toml"


def configuration(workspace: Path) -> Mapping[str, object]:
    """What the file says; empty when there is none. Raises :class:`WorkspaceMissing` when it is not TOML."""
    file = workspace / CONFIGURATION
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceMissing(path=str(file), reason=str(error)) from error


def load_places(workspace: Path) -> list[VaultPlace]:
    """The vaults of this PC, as ``avdesk.toml`` says."""
    rows = configuration(workspace).get("vault", [])
    try:
        return [VaultPlace(row["id"], Path(row["path"])) for row in rows]  # type: ignore[attr-defined]
    except (KeyError, TypeError) as error:
        raise WorkspaceMissing(path=str(workspace / CONFIGURATION), reason=f"vault: {error}") from error


def save_places(workspace: Path, places: list[VaultPlace]) -> None:
    """Write ``avdesk.toml`` beside its place and rename it."""
    content = dict(configuration(workspace))
    content["vault"] = [{"id": place.vault_id, "path": str(place.path)} for place in places]
    work = workspace / f".{CONFIGURATION}.new"
    with work.open("wb") as file:
        tomli_w.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    work.rename(workspace / CONFIGURATION)
