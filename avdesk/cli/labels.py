"""``labels``."""

from __future__ import annotations

import argparse
from pathlib import Path

from avdesk.cli.arguments import day, number, positive
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import say
from avdesk.services.desk import Desk
from avdesk.services.labels import make_labels


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", required=True, metavar="NO")
    parser.add_argument("--output", required=True, type=Path, metavar="F.pdf")
    parser.add_argument("--stock", default="sleeve", metavar="S")
    parser.add_argument("--maker", metavar="P")
    parser.add_argument("--made", type=day, metavar="D")
    parser.add_argument("--start", type=positive, default=1, metavar="N")
    parser.add_argument("--dx", type=number(-1000, 1000), default=0.0, metavar="MM")
    parser.add_argument("--dy", type=number(-1000, 1000), default=0.0, metavar="MM")


def _labels(desk: Desk, options: Options) -> Answer:
    made = make_labels(
        desk,
        options.case,
        options.output,
        stock=options.stock,
        maker=options.maker,
        made=options.made,
        start=options.start,
        dx=options.dx,
        dy=options.dy,
    )
    if not made.too_long:
        return Answer(made, (f"{made.pages} page(s), {len(made.labels)} labels: {options.output}",))
    for item in {item for label in made.labels for item in label.too_long}:
        say(f"The {item.item} has {item.length} characters and {item.fits} fit: shorten it. Nothing was written.")
    return Answer(made, (), 1)


COMMANDS = (Command("labels", "the two disc labels of a case", (make_labels,), _arguments, _labels),)
