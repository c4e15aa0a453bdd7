"""``rights``."""

from __future__ import annotations

from avdesk.cli.command import Answer, Call, OpenCommand, no_arguments
from avdesk.cli.commands import every
from avdesk.services.desk import service_name
from avdesk.services.rights import list_rights


def _rights(_call: Call) -> Answer:
    calls = {command.words: [service_name(function) for function in command.services] for command in every()}
    found = list_rights(calls)
    return Answer(found, tuple(f"{row.right or '(none)'}: {', '.join(row.commands)}" for row in found.rights))


COMMANDS = (OpenCommand("rights", "who may do what", (list_rights,), no_arguments, _rights),)
