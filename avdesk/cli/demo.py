"""``sample-card`` and ``demo``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.command import Answer, Call, OpenCommand
from avdesk.cli.output import ProgressLine
from avdesk.errors import UsageError
from avdesk.services.demo import demo, sample_card


def _card_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")


def _sample_card(call: Call) -> Answer:
    made = sample_card(call.options.folder)
    return Answer(made, tuple(f"{file.sha256}  {file.path}" for file in made.files))


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="without a window")
    parser.add_argument("--output", type=Path, metavar="DIR", help="default: a new folder avdesk-demo here")


def _demo(call: Call) -> Answer:
    if not call.options.headless:
        raise UsageError("USAGE", message="there is no window yet: use --headless", usage="")
    progress = ProgressLine()
    made = demo(call.options.output or _new_folder(), on_progress=progress)
    progress.end()
    lines = (
        f"Everything lies in {made.output}",
        f"  card       {made.output}/card",
        f"  bag        {made.bag}",
        f"  labels     {made.labels}",
        *(f"  report     {report}" for report in made.reports),
        "Every file was verified; vault and audit chain hold." if made.ok else "Something failed its check.",
    )
    return Answer(made, lines, 0 if made.ok else 1)


def _new_folder() -> Path:
    """The first of avdesk-demo, avdesk-demo-2, … that is not there."""
    number = 1
    while (folder := Path.cwd() / ("avdesk-demo" if number == 1 else f"avdesk-demo-{number}")).exists():
        number += 1
    return folder


COMMANDS = (
    OpenCommand("sample-card", "write a small recorder card", (sample_card,), _card_arguments, _sample_card),
    OpenCommand("demo", "the whole main job on a sample card", (demo,), _demo_arguments, _demo),
)
