"""``audit verify`` and ``audit export``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Command, Options, no_arguments
from avdesk.cli.output import say
from avdesk.services.audit import export_audit, verify_audit
from avdesk.services.desk import Desk


def _verify(desk: Desk, _options: Options) -> Answer:
    report = verify_audit(desk)
    for finding in report.findings:
        say(f"{finding.code}: event {finding.facts['seq']}")
    word = "whole" if report.ok else "BROKEN"
    return Answer(report, (f"{report.events} events, the chain is {word}, head {report.head}",), 0 if report.ok else 1)


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", required=True, type=Path, metavar="F.jsonl")


def _export(desk: Desk, options: Options) -> Answer:
    made = export_audit(desk, options.output)
    return Answer(made, (f"{made.events} events: {made.output}",))


COMMANDS = (
    Command("audit verify", "follow the audit chain", (verify_audit,), no_arguments, _verify),
    Command("audit export", "write the audit chain out", (export_audit,), _export_arguments, _export),
)
