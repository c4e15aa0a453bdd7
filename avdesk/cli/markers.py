"""``marker add``, ``marker list``, ``marker edit`` and ``marker remove``."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from avdesk.cli.arguments import number, positive
from avdesk.cli.command import Answer, Command, Options
from avdesk.services.desk import Desk
from avdesk.services.markers import Marker, add_marker, edit_marker, list_markers, remove_marker, show_marker
from avdesk.terms import MarkerKind

seconds = number(float("-inf"), float("inf"))
_KINDS = [kind.value for kind in MarkerKind]


@dataclass(frozen=True, slots=True)
class _Removed:
    removed: str


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")
    parser.add_argument("--at", type=seconds, required=True, metavar="S")
    parser.add_argument("--to", type=seconds, metavar="S")
    parser.add_argument("--kind", choices=_KINDS, required=True)
    parser.add_argument("--text", required=True, metavar="T")


def _add(desk: Desk, options: Options) -> Answer:
    kind = MarkerKind(options.kind)
    made = add_marker(desk, options.recording, options.at, to_s=options.to, kind=kind, text=options.text)
    return Answer(made, (_line(made),))


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")


def _list(desk: Desk, options: Options) -> Answer:
    found = list_markers(desk, options.recording)
    return Answer(found, tuple(map(_line, found.markers)) or ("No markers yet.",))


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("marker", metavar="MARKER")
    parser.add_argument("--at", type=seconds, metavar="S")
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--to", type=seconds, metavar="S")
    span.add_argument("--no-to", action="store_true", help="a time, no span")
    parser.add_argument("--kind", choices=_KINDS)
    parser.add_argument("--text", metavar="T")
    parser.add_argument("--of-version", type=positive, metavar="N", help="as it was listed")


def _edit(desk: Desk, options: Options) -> Answer:
    before = show_marker(desk, options.marker)
    to = None if options.no_to else before.to_s
    made = edit_marker(
        desk,
        before.marker_id,
        at_s=before.at_s if options.at is None else options.at,
        to_s=to if options.to is None else options.to,
        kind=before.kind if options.kind is None else MarkerKind(options.kind),
        text=before.text if options.text is None else options.text,
        version=before.version if options.of_version is None else options.of_version,
    )
    return Answer(made, (_line(made),))


def _remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("marker", metavar="MARKER")
    parser.add_argument("--of-version", type=positive, metavar="N", help="as it was listed")


def _remove(desk: Desk, options: Options) -> Answer:
    gone = remove_marker(desk, options.marker, version=options.of_version)
    return Answer(_Removed(gone.marker_id), (_line(gone),))


def _line(row: Marker) -> str:
    span = f"{row.at_s:g}" if row.to_s is None else f"{row.at_s:g}-{row.to_s:g}"
    return "  ".join([row.marker_id, f"{span} s", row.kind.value, row.author, row.text]).rstrip()


COMMANDS = (
    Command("marker add", "mark a time of a recording", (add_marker,), _add_arguments, _add),
    Command("marker list", "the markers of a recording", (list_markers,), _list_arguments, _list),
    Command("marker edit", "change what a marker says", (edit_marker, show_marker), _edit_arguments, _edit),
    Command("marker remove", "take a marker out of the lists", (remove_marker,), _remove_arguments, _remove),
)
