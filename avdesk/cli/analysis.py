"""``analyse``."""

from __future__ import annotations

import argparse
from contextlib import closing

from avdesk.cli.arguments import positive
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import say, watched
from avdesk.services.analysis import AnalysedRecording, Analyser, analyse, waiting_for_analysis
from avdesk.services.desk import Desk


def _analyse_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recordings", nargs="*", metavar="REC")
    parser.add_argument("--limit", type=positive, default=100, metavar="N")


def _analyse(desk: Desk, options: Options) -> Answer:
    """The recordings named, else those that wait. What no vault gives now is named and makes it end with 1."""
    wanted = options.recordings or waiting_for_analysis(desk, options.limit).recording_ids
    with watched() as (progress, control), closing(Analyser()) as worker:
        report = analyse(desk, wanted, worker, on_progress=progress, control=control)
    for recording_id in report.unread:
        say(f"no vault gives the file of {recording_id} now")
    lines = [*map(_line, report.analysed), f"{len(report.analysed)} analysed, {report.left} left"]
    return Answer(report, tuple(lines), 1 if report.unread else 0)


def _line(done: AnalysedRecording) -> str:
    spans = (f"{span.code} {span.from_s:.1f}-{span.to_s:.1f}" for span in done.spans)
    return "  ".join([done.recording_id, done.state, *spans])


COMMANDS = (
    Command(
        "analyse",
        "look through picture and sound for what is not as it should be",
        (analyse, waiting_for_analysis),
        _analyse_arguments,
        _analyse,
    ),
)
