"""``sample-card`` and ``demo``."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from avdesk.cli.command import Answer, Call, OpenCommand, Window
from avdesk.cli.output import ProgressLine, say
from avdesk.cli.words import sentence
from avdesk.errors import EnvironmentFault
from avdesk.services.demo import DemoReport, demo, sample_card
from avdesk.services.workspace import sign_in


def _card_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")


def _sample_card(call: Call) -> Answer:
    made = sample_card(call.options.folder)
    return Answer(made, tuple(f"{file.sha256}  {file.path}" for file in made.files))


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="without a window")
    parser.add_argument("--output", type=Path, metavar="DIR", help="default: a new folder avdesk-demo here")


def _demo(call: Call) -> Answer:
    progress = ProgressLine()
    made = demo(call.options.output or _new_folder(), on_progress=progress)
    progress.end()
    if call.window is not None and not call.options.headless:
        call.window.open(Path(made.workspace), None)
    elif call.window is not None:
        made = replace(made, pictures=_pictures(call.window, made))
    lines = (
        f"Everything lies in {made.output}",
        f"  card       {made.output}/card",
        f"  bag        {made.bag}",
        f"  labels     {made.labels}",
        *(f"  report     {report}" for report in made.reports),
        *(f"  picture    {picture}" for picture in made.pictures),
        "Every file was verified; vault and audit chain hold." if made.ok else "Something failed its check.",
    )
    return Answer(made, lines, 0 if made.ok else 1)


def _pictures(window: Window, made: DemoReport) -> tuple[str, ...]:
    """Every page of the window on the workspace of the demo; none where the window's libraries are missing."""
    try:
        with closing(sign_in(Path(made.workspace), None)) as desk:
            folder = Path(made.output) / "pictures"
            pictures = window.pictures(desk, folder, size=(1366, 768), dark=False, language="zh")
    except EnvironmentFault as error:
        say(sentence(error))
        return ()
    return tuple(picture.path for picture in pictures)


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
