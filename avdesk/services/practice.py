"""A place to practise: a workspace of its own with a sample card, out of reach of any real vault or catalogue."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import UsageError
from avdesk.services._places import is_workspace
from avdesk.services.desk import without_sign_in
from avdesk.services.workspace import init

DATABASE = "AVDESK_DATABASE_URL"
MARK = "avdesk-practice"
"""A file of this name in a workspace says that it is for practising."""
CARD = "sample-card"


@dataclass(frozen=True, slots=True)
class Practice:
    """``card`` is the folder of the sample card."""

    workspace: str
    card: str


@without_sign_in
def practice_folder(workspace: Path) -> Path:
    """Where practising for a workspace happens: beside it, never inside."""
    workspace = workspace.absolute()
    return workspace.with_name(f"{workspace.name}-practice")


@without_sign_in
def make_practice(folder: Path, unit: str, operator: str) -> Practice:
    """Make the practice workspace in ``folder`` with its own vault and a sample card; what is there is kept.

    Raises :class:`UsageError` when the environment names a database, for that would be the office's, and when something
    else lies in ``folder``.
    """
    if os.environ.get(DATABASE):
        raise UsageError("PRACTICE_NEEDS_OWN_CATALOGUE", variable=DATABASE)
    folder = folder.absolute()
    workspace, card = folder / "workspace", folder / CARD
    if not is_workspace(workspace):
        init(workspace, unit, operator)
    (workspace / MARK).touch()
    if not card.exists():
        from avdesk.media.sample_card import write_sample_card  # takes longer to load than the rest of a start

        write_sample_card(card)
    return Practice(str(workspace), str(card))


@without_sign_in
def is_practice(workspace: Path) -> bool:
    """Whether a workspace is for practising."""
    return (workspace / MARK).is_file()


@without_sign_in
def sample_card_of(workspace: Path) -> Path:
    """The folder of the sample card of a practice workspace."""
    return workspace.absolute().parent / CARD
