"""Lists as spreadsheets: of recordings, of the files of a card, of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from pathlib import Path
from typing import BinaryIO, TypeVar

from sqlalchemy import func
from sqlalchemy.orm import Session

from avdesk.documents.cases_list import ListedCase, write_cases_list
from avdesk.documents.plan_list import ListedFile, write_plan_list
from avdesk.documents.recordings_list import ListedMarker, ListedRecording, write_recordings_list
from avdesk.documents.sheets import ListHead
from avdesk.models import Recording
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._case_rows import CaseOrder, CaseRow, CaseWish, all_of, count_of
from avdesk.services._library_rows import LibraryRow, Place, named, page_of
from avdesk.services._markers import Marker, markers_of
from avdesk.services._narrowing import Narrowing, RecordingFilter, met, narrowing
from avdesk.services._output import replacing, require_free
from avdesk.services._planning import IngestPlan, PlannedFile
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Right

T = TypeVar("T")
_PORTION = 2000


@dataclass(frozen=True, slots=True)
class ExportedList:
    output: str
    rows: int


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
    with desk.database.read() as session:
        if recording_ids is not None:
            rows, count = named(desk, session.connection(), recording_ids), len(recording_ids)
        else:
            asked = narrowing(desk, session.connection(), wanted or RecordingFilter())
            rows, count = _all(desk, session, asked, oldest_first=oldest_first), _count(desk, session, asked)
        with _sheet(desk, output, count) as (head, file):
            listed = _listed_all(desk, session, _told(rows, count, on_progress, control))
            written = write_recordings_list(head, listed, file)
    return _done(desk, output, "recordings", written)


@service(Right.INGEST)
def export_plan(
    desk: Desk,
    output: Path,
    plans: Sequence[IngestPlan],
    left_out: Sequence[Mapping[str, str]] = (),
    *,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> ExportedList:
    """Write every file of a card's plans as xlsx, in the order of time, those without one last.

    ``left_out``: of each plan, path to reason of what the person left out. Raises as :func:`export_recordings` does.
    """
    require_free(desk, output)
    rows = [
        (plan, file, (left or {}).get(file.path))
        for plan, left in zip_longest(plans, left_out[: len(plans)])
        for file in plan.files
    ]
    rows.sort(key=_order)
    subject = "；".join(dict.fromkeys(plain(plan.recorder.serial or plan.source) for plan in plans))
    with _sheet(desk, output, len(rows), subject) as (head, file):
        told = _told(rows, len(rows), on_progress, control or Control())
        written = write_plan_list(head, (_listed_file(*row) for row in told), file)
    return _done(desk, output, "files", written)


@service(Right.VIEW)
def export_cases(
    desk: Desk,
    output: Path,
    query: str = "",
    *,
    order: CaseOrder = CaseOrder.OPENED,
    descending: bool = True,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> ExportedList:
    """Write every case that ``query`` finds as xlsx, in this order. Raises as :func:`export_recordings` does."""
    require_free(desk, output)
    with desk.database.read() as session:
        count = count_of(session, query)
        rows = all_of(desk, session, CaseWish(query, order, descending))
        with _sheet(desk, output, count) as (head, file):
            told = _told(rows, count, on_progress, control or Control())
            written = write_cases_list(head, map(_listed_case, told), file)
    return _done(desk, output, "cases", written)


@contextmanager
def _sheet(desk: Desk, output: Path, count: int, subject: str = "") -> Iterator[tuple[ListHead, BinaryIO]]:
    """What stands above the list, and where it is written."""
    head = ListHead(plain(desk.unit), plain(desk.person_name), datetime.now(desk.zone), count, subject)
    with replacing(output) as file:
        yield head, file


def _done(desk: Desk, output: Path, what: str, written: int) -> ExportedList:
    with desk.database.write() as session:
        facts = {what: written, "file": plain(output.name)}
        desk.record(session, "list.exported", ("list", what), facts)
    return ExportedList(str(output), written)


def _all(desk: Desk, session: Session, asked: Narrowing, *, oldest_first: bool) -> Iterator[LibraryRow]:
    after: Place | None = None
    while True:
        rows, after = page_of(desk, session.connection(), asked, _PORTION, after, oldest_first=oldest_first)
        yield from rows
        if after is None:
            return


def _count(desk: Desk, session: Session, asked: Narrowing) -> int:
    number = visible(desk).with_only_columns(func.count(Recording.id))
    return session.scalar(met(number, asked.conditions), asked.values) or 0


def _told(rows: Iterable[T], count: int, on_progress: OnProgress, control: Control) -> Iterator[T]:
    for number, row in enumerate(rows):
        control.check()
        on_progress(Progress("export", None, number, count, 0, 0))
        yield row


def _listed_all(desk: Desk, session: Session, rows: Iterator[LibraryRow]) -> Iterator[ListedRecording]:
    """The rows with their markers, which are read for many rows at once."""
    while portion := list(islice(rows, _PORTION)):
        markers = markers_of(desk, session, [row.recording_id for row in portion])
        yield from (_listed(row, markers[row.recording_id]) for row in portion)


def _listed(row: LibraryRow, markers: Sequence[Marker]) -> ListedRecording:
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
        markers=[ListedMarker(marker.at_s, marker.to_s, marker.kind, plain(marker.text)) for marker in markers],
        sha256=row.sha256,
        path=plain(row.path),
    )


def _order(row: tuple[IngestPlan, PlannedFile, str | None]) -> tuple[bool, float, str]:
    file = row[1]
    at = file.recorded_at
    return at is None, 0.0 if at is None else at.timestamp(), file.path


def _listed_file(plan: IngestPlan, file: PlannedFile, left_out: str | None) -> ListedFile:
    return ListedFile(
        name=plain(file.path.rpartition("/")[2]),
        kind=file.kind,
        recorded=file.recorded_at,
        duration_s=file.duration_s,
        size=file.size,
        state=file.state,
        matched_by=file.matched_by,
        skipped=file.reason,
        left_out=None if left_out is None else plain(left_out),
        path=plain(file.path),
        source=plain(plan.source),
    )


def _listed_case(row: CaseRow) -> ListedCase:
    return ListedCase(
        number=row.number,
        title=row.title,
        party=row.party,
        recordings=row.recordings,
        labelled=row.labelled,
        opened=row.opened_at.replace(microsecond=0),
        disc_number=row.disc_number,
    )
