"""``init``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Call, Command
from avdesk.errors import UsageError
from avdesk.services.workspace import init


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="U")
    parser.add_argument("--vault", type=Path, metavar="DIR")


def _init(call: Call) -> Answer:
    if call.operator is None:
        raise UsageError("USAGE", message="the following arguments are required: --operator", usage="")
    made = init(call.workspace, call.options.unit, call.operator, call.options.vault)
    return Answer(made, (f"Workspace {made.workspace}", *(f"Vault {row.path}" for row in made.vaults)))


COMMANDS = (Command("init", "make a workspace: --unit U --operator N", (init,), _arguments, run_without_sign_in=_init),)
