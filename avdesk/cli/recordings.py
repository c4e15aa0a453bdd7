"""``list`` and ``show``."""

from __future__ import annotations

import argparse

from avdesk.cli.arguments import add_paging, day
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import shown, size
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, RecordingRow, list_recordings, show_recording
from avdesk.terms import Kind


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", metavar="NO")
    parser.add_argument("--query", metavar="T")
    parser.add_argument("--day", type=day, metavar="D")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind])
    add_paging(parser)


def _list(desk: Desk, options: Options) -> Answer:
    kind = Kind(options.kind) if options.kind else None
    wanted = RecordingFilter(options.case, options.query, options.day, kind)
    page = list_recordings(desk, wanted, options.limit, options.after)
    lines = [_line(row) for row in page.recordings] + [f"{page.total} in all"]
    return Answer(page, tuple(lines + ([f"more: --after {page.next}"] if page.next else [])))


def _line(row: RecordingRow) -> str:
    state = "verified" if row.verified else "NOT VERIFIED"
    when = f"{row.recorded_at:%Y-%m-%d %H:%M:%S}"
    return "  ".join([row.recording_id, when, f"{size(row.size):>10}", state, shown(row.path), *row.case_numbers])


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", metavar="REC")


def _show(desk: Desk, options: Options) -> Answer:
    found = show_recording(desk, options.recording)
    lines = [
        f"{shown(found.path)}  {found.kind}  {size(found.size)}",
        f"sha256 {found.sha256}",
        f"recorded {found.recorded_at:%Y-%m-%d %H:%M:%S %z} by {found.recorded_at_source}",
        *(f"copy {copy.state} in {copy.vault_id}: {copy.path} ({copy.read_back})" for copy in found.copies),
        *(f"derived from {found.derived_from}" for _once in range(found.derived_from is not None)),
        *(f"derived {row.recording_id}  {shown(row.path)}" for row in found.derived),
        *(f"marker {row.at_s:g} s  {row.kind}  {row.text}" for row in found.markers),
        *(f"case {link.number} {link.title}" for link in found.links),
        *(f"{event.seq}  {event.at}  {event.actor}  {event.act}" for event in found.custody),
    ]
    return Answer(found, tuple(lines))


COMMANDS = (
    Command("list", "recordings, newest first", (list_recordings,), _list_arguments, _list),
    Command("show", "everything known of one recording", (show_recording,), _show_arguments, _show),
)
