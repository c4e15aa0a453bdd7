"""``volumes``."""

from __future__ import annotations

import argparse

from avdesk.cli.arguments import number
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import shown, size
from avdesk.services.desk import Desk
from avdesk.services.volumes import VolumeFacts, list_volumes, wait_for_volumes
from avdesk.terms import VolumeState


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait", type=number(0, 1e6), metavar="S", help="answer at the first change, at the latest after S"
    )


def _volumes(desk: Desk, options: Options) -> Answer:
    found = list_volumes(desk) if options.wait is None else wait_for_volumes(desk, options.wait)
    counted = [volume for volume in found.volumes if volume.state is not VolumeState.EXCLUDED]
    lines = [_line(volume) for volume in counted] or ["No recorder or storage is mounted."]
    return Answer(found, tuple(lines))


def _line(volume: VolumeFacts) -> str:
    new = "" if volume.new is None else f"  {volume.new} new"
    name = volume.profile or volume.label or volume.fstype
    return f"{volume.state:<9} {shown(volume.mount)}  {shown(name)}  {size(volume.bytes_total)}{new}"


COMMANDS = (
    Command("volumes", "mounted recorders and storage", (list_volumes, wait_for_volumes), _arguments, _volumes),
)
