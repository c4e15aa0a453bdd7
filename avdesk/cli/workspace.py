"""``init``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Call, OpenCommand
from avdesk.errors import UsageError
from avdesk.services.workspace import init


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="U")
    parser.add_argument("--vault", type=Path, metavar="DIR")


def _init(call: Call) -> Answer:
    if call.operator is None:
        raise UsageError("USAGE", message="init takes --operator N, the first person", usage="")
    made = init(call.workspace, call.options.unit, call.operator, call.options.vault)
    return Answer(made, (f"Workspace {made.workspace}", *(f"Vault {row.path}" for row in made.vaults)))


COMMANDS = (OpenCommand("init", "make a workspace: --unit U --operator N", (init,), _arguments, _init),)
