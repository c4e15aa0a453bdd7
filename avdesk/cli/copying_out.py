"""``copy-out``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.failure import FAILED, OK
from avdesk.cli.output import shown, size, watched
from avdesk.findings import Finding
from avdesk.services.copying_out import copy_out
from avdesk.services.desk import Desk


def _copy_out_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recordings", nargs="+", metavar="REC")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="a folder that is there")
    parser.add_argument("--reason", default="", metavar="R", help="kept in the custody of each")
    parser.add_argument("--no-sidecars", action="store_true", help="not what lay beside it under the same stem")


def _copy_out(desk: Desk, options: Options) -> Answer:
    with watched() as (progress, control):
        done = copy_out(
            *(desk, options.recordings, options.to),
            reason=options.reason,
            with_sidecars=not options.no_sidecars,
            on_progress=progress,
            control=control,
        )
    lines = [f"copied and verified  {size(file.size):>10}  {shown(file.path)}" for file in done.files]
    lines += [_told(finding) for finding in done.findings]
    return Answer(done, tuple(lines), FAILED if done.findings else OK)


def _told(finding: Finding) -> str:
    return "  ".join([finding.code, shown(finding.path or ""), str(finding.facts.get("reason") or "")]).rstrip()


COMMANDS = (Command("copy-out", "copies of files for the maker's player", (copy_out,), _copy_out_arguments, _copy_out),)
