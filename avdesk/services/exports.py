"""Lists as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func
from sqlalchemy.orm import Session

from avdesk.documents.recordings_list import ListedRecording, ListHead, write_recordings_list
from avdesk.models import Recording
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._library_rows import LibraryRow, Place, named, page_of
from avdesk.services._narrowing import RecordingFilter, narrow
from avdesk.services._output import replacing, require_free
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Right

_PORTION = 2000


@dataclass(frozen=True, slots=True)
class ExportedList:
    output: str
    recordings: int


@service(Right.VIEW)
def export_recordings(
    desk: Desk,
    output: Path,
    wanted: RecordingFilter | None = None,
    *,
    recording_ids: Sequence[str] | None = None,
    oldest_first: bool = False,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> ExportedList:
    """Write a list as xlsx: of the recordings named, else of all that are wanted, in the order of time.

    Raises :class:`UsageError`, :class:`EnvironmentFault` when ``output`` can't be written, :class:`Cancelled`; then
    what was there stays.
    """
    require_free(desk, output)
    control = control or Control()
    wanted = wanted or RecordingFilter()
    with desk.database.read() as session:
        if recording_ids is not None:
            rows, count = named(desk, session, recording_ids), len(recording_ids)
        else:
            rows, count = _all(desk, session, wanted, oldest_first=oldest_first), _count(desk, session, wanted)
        head = ListHead(plain(desk.unit), plain(desk.person_name), datetime.now(desk.zone), count)
        with replacing(output) as file:
            written = write_recordings_list(head, map(_listed, _told(rows, count, on_progress, control)), file)
    with desk.database.write() as session:
        facts = {"recordings": written, "file": plain(output.name)}
        desk.record(session, "list.exported", ("list", "recordings"), facts)
    return ExportedList(str(output), written)


def _all(desk: Desk, session: Session, wanted: RecordingFilter, *, oldest_first: bool) -> Iterator[LibraryRow]:
    after: Place | None = None
    while True:
        rows, after = page_of(desk, session, wanted, _PORTION, after, oldest_first=oldest_first)
        yield from rows
        if after is None:
            return


def _count(desk: Desk, session: Session, wanted: RecordingFilter) -> int:
    number = visible(desk).with_only_columns(func.count(Recording.id))
    return session.scalar(narrow(desk, session, number, wanted)) or 0


def _told(rows: Iterator[LibraryRow], count: int, on_progress: OnProgress, control: Control) -> Iterator[LibraryRow]:
    for number, row in enumerate(rows):
        control.check()
        on_progress(Progress("export", None, number, count, 0, 0))
        yield row


def _listed(row: LibraryRow) -> ListedRecording:
    return ListedRecording(
        name=plain(row.name),
        kind=row.kind,
        recorded=row.recorded_at,
        duration_s=row.duration_s,
        size=row.size,
        recorder=row.recorder,
        officer=row.officer,
        case_numbers="；".join(case.number for case in row.cases),
        case_titles="；".join(case.title for case in row.cases),
        fault=row.fault,
        sha256=row.sha256,
        path=plain(row.path),
    )
