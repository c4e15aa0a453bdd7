"""``snapshot``, ``clip`` and ``frame``."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from avdesk.cli.arguments import number
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.failure import FAILED
from avdesk.cli.output import say, watched
from avdesk.cli.words import sentence
from avdesk.errors import CopyDamaged
from avdesk.findings import Finding
from avdesk.services.deriving import clip, snapshot
from avdesk.services.desk import Desk
from avdesk.services.frames import extract_frame

_seconds = number(float("-inf"), float("inf"))


@dataclass(frozen=True, slots=True)
class _NothingMade:
    """Of a copy that is not what was collected; ``source_sha256`` as it was read now, ``None`` when it can't be."""

    source_sha256: object
    findings: tuple[Finding, ...]


def _snapshot_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")
    parser.add_argument("--at", type=_seconds, required=True, metavar="S")


def _snapshot(desk: Desk, options: Options) -> Answer:
    try:
        with watched() as (progress, control):
            made = snapshot(desk, options.recording, options.at, on_progress=progress, control=control)
    except CopyDamaged as error:
        return _nothing(error)
    return Answer(made, (f"{made.recording_id}  frame {made.index}  {made.stored_path}",))


def _clip_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")
    parser.add_argument("--from", type=_seconds, required=True, dest="begin", metavar="S")
    parser.add_argument("--to", type=_seconds, required=True, dest="end", metavar="S")


def _clip(desk: Desk, options: Options) -> Answer:
    try:
        with watched() as (progress, control):
            made = clip(desk, options.recording, options.begin, options.end, on_progress=progress, control=control)
    except CopyDamaged as error:
        return _nothing(error)
    span = f"{made.first_s:.3f} to {made.last_s:.3f} s"
    return Answer(made, (f"{made.recording_id}  {made.mode}  {span}  {made.stored_path}",))


def _frame_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--index", type=int, metavar="N", help="of the displayed frames, from 0")
    which.add_argument("--at", type=_seconds, metavar="S", help="the last one that is not after S seconds")
    parser.add_argument("--output", type=Path, required=True, metavar="F.png")


def _frame(desk: Desk, options: Options) -> Answer:
    at = 0.0 if options.at is None else options.at
    try:
        with watched() as (progress, control):
            made = extract_frame(
                *(desk, options.recording, options.output),
                index=options.index,
                at_s=at,
                on_progress=progress,
                control=control,
            )
    except CopyDamaged as error:
        return _nothing(error)
    return Answer(made, (f"frame {made.index} at {made.time_s:.3f} s  {made.width}x{made.height}  {made.output}",))


def _nothing(error: CopyDamaged) -> Answer:
    say(sentence(error))
    return Answer(_NothingMade(error.finding.facts["found"], (error.finding,)), (), FAILED)


COMMANDS = (
    Command("snapshot", "keep a frame as a picture in the vaults", (snapshot,), _snapshot_arguments, _snapshot),
    Command("clip", "keep a part as a film in the vaults", (clip,), _clip_arguments, _clip),
    Command("frame", "save one exact frame as PNG", (extract_frame,), _frame_arguments, _frame),
)
