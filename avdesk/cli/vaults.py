"""``verify`` and ``rebuild``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import say, watched
from avdesk.findings import Finding
from avdesk.services.desk import Desk
from avdesk.services.rebuilding import rebuild
from avdesk.services.vaults import verify


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--case", metavar="NO")
    one.add_argument("--ingest", metavar="ID")


def _verify(desk: Desk, options: Options) -> Answer:
    with watched() as (progress, control):
        report = verify(desk, case_number=options.case, ingest_id=options.ingest, on_progress=progress, control=control)
    _tell(report.findings)
    return Answer(report, (f"{report.ok} of {report.checked} copies are good",), 1 if report.findings else 0)


def _rebuild_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", required=True, type=Path, dest="vault", metavar="VAULT")


def _rebuild(desk: Desk, options: Options) -> Answer:
    with watched() as (progress, control):
        report = rebuild(desk, options.vault, on_progress=progress, control=control)
    _tell(report.findings)
    return Answer(report, (f"{report.recordings} recordings out of {report.bags} bags",), 1 if report.findings else 0)


def _tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        say(f"{finding.code}: {finding.path}")


COMMANDS = (
    Command("verify", "read every copy back and compare digests", (verify,), _verify_arguments, _verify),
    Command("rebuild", "a catalogue from the bags alone", (rebuild,), _rebuild_arguments, _rebuild),
)
