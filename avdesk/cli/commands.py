"""Which words call which command. The file of a command is loaded when it is called: the others bring libraries that
take longer to load than most commands take to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from avdesk.cli.command import AnyCommand
from avdesk.errors import UsageError

FILES = {
    "init": "workspace",
    "sample-card": "demo",
    "demo": "demo",
    "volumes": "volumes",
    "plan": "ingest",
    "ingest": "ingest",
    "reconcile": "ingest",
    "list": "recordings",
    "show": "recordings",
    "case": "cases",
    "snapshot": "deriving",
    "clip": "deriving",
    "frame": "deriving",
    "copy-out": "copying_out",
    "marker": "markers",
    "labels": "labels",
    "analyse": "analysis",
    "report": "reports",
    "verify": "vaults",
    "rebuild": "vaults",
    "person": "people",
    "policy": "policies",
    "audit": "audit",
    "rights": "rights",
    "pictures": "window",
    "practice": "window",
}
"""The first word of each command, and its file in :mod:`avdesk.cli`."""


def called(words: Sequence[str]) -> tuple[AnyCommand, Sequence[str]]:
    """The command that the words begin with, and the rest of them. Raises :class:`UsageError`."""
    if not words:
        raise _usage("no command given")
    if words[0].startswith("-"):
        raise _usage(f"unknown option {words[0]}")
    commands = {command.words: command for command in beginning_with(words[0])}
    for length in (2, 1):
        command = commands.get(" ".join(words[:length]))
        if command is not None:
            return command, words[length:]
    if not commands:
        raise _usage(f"unknown command {words[0]}")
    raise _usage(f"which of: {', '.join(commands)}?")


def beginning_with(word: str) -> list[AnyCommand]:
    """The commands whose first word it is; none when there is no such command."""
    if word not in FILES:
        return []
    commands: Sequence[AnyCommand] = import_module(f"avdesk.cli.{FILES[word]}").COMMANDS
    return [command for command in commands if command.words.partition(" ")[0] == word]


def every() -> list[AnyCommand]:
    """All commands."""
    return [command for word in FILES for command in beginning_with(word)]


def _usage(message: str) -> UsageError:
    return UsageError("USAGE", message=message, usage="avdesk -h names every command")
