"""``report``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Command, Options
from avdesk.services.desk import Desk
from avdesk.services.reports import ingest_report


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ingest", required=True, metavar="ID")
    parser.add_argument("--output", required=True, type=Path, metavar="F.pdf")


def _report(desk: Desk, options: Options) -> Answer:
    made = ingest_report(desk, options.ingest, options.output)
    return Answer(made, (f"{made.pages} page(s): {made.output}",))


COMMANDS = (Command("report", "the printed report of one collecting", (ingest_report,), _arguments, _report),)
