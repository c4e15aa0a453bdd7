"""``rights``."""

from __future__ import annotations

from collections.abc import Sequence

from avdesk.cli.command import Answer, Call, Command, no_arguments
from avdesk.services.desk import service_name
from avdesk.services.rights import list_rights


def command(commands: Sequence[Command]) -> Command:
    """The command that tells which right each of these commands asks for."""

    def run(_call: Call) -> Answer:
        called = {each.words: [service_name(function) for function in each.services] for each in (*commands, itself)}
        found = list_rights(called)
        lines = (f"{row.right or '(none)'}: {', '.join(row.commands)}" for row in found.rights)
        return Answer(found, tuple(lines))

    itself = Command("rights", "who may do what", (list_rights,), no_arguments, run_without_sign_in=run)
    return itself
