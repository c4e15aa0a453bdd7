"""What the library page has done on the lanes: the services' calls as plain functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.library import Choice, LibraryPage, LibraryTotals, Place, browse, choose_all, total
from avdesk.services.recordings import RecordingFacts, RecordingFilter, show_recording

if TYPE_CHECKING:
    from avdesk.services.exports import ExportedList


def read(
    desk: Desk,
    wanted: RecordingFilter,
    limit: int,
    after: Place | None,
    oldest_first: bool,
    _on_progress: OnProgress,
    _control: Control,
) -> LibraryPage:
    """A page of what is wanted."""
    return browse(desk, wanted, limit=limit, after=after, oldest_first=oldest_first)


def read_totals(desk: Desk, wanted: RecordingFilter, _on_progress: OnProgress, _control: Control) -> LibraryTotals:
    """What it comes to."""
    return total(desk, wanted)


def read_one(desk: Desk, recording_id: str, _on_progress: OnProgress, _control: Control) -> RecordingFacts:
    """Everything known of one."""
    return show_recording(desk, recording_id)


def read_choice(desk: Desk, wanted: RecordingFilter, _on_progress: OnProgress, _control: Control) -> Choice:
    """All that is wanted, to be chosen."""
    return choose_all(desk, wanted)


def write_list(
    desk: Desk,
    wanted: RecordingFilter,
    ids: list[str] | None,
    oldest_first: bool,
    output: Path,
    on_progress: OnProgress,
    control: Control,
) -> ExportedList:
    """The list as a spreadsheet."""
    from avdesk.services.exports import export_recordings  # a library that the start of the window spares

    return export_recordings(
        desk, output, wanted, recording_ids=ids, oldest_first=oldest_first, on_progress=on_progress, control=control
    )
