"""The list of recordings as a spreadsheet (音像资料清单): written row by row, however many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from avdesk.documents.printed import PrintedWords
from avdesk.documents.sheets import (
    DURATION,
    MOMENT,
    WHOLE,
    Cells,
    ListHead,
    SheetColumn,
    days,
    words_of,
    write_sheet,
)
from avdesk.terms import CopyState, Kind, MarkerKind

COLUMNS: Mapping[str, SheetColumn] = {
    "number": SheetColumn(6),
    "name": SheetColumn(44),
    "kind": SheetColumn(7),
    "recorded": SheetColumn(20, MOMENT),
    "duration": SheetColumn(10, DURATION),
    "size": SheetColumn(15, WHOLE),
    "recorder": SheetColumn(18),
    "officer": SheetColumn(12),
    "case_number": SheetColumn(28),
    "case_title": SheetColumn(40),
    "state": SheetColumn(12),
    "digest": SheetColumn(68),
    "path": SheetColumn(60),
    "markers": SheetColumn(60),
}


@dataclass(frozen=True, slots=True)
class ListedMarker:
    """Seconds from the recording's beginning; ``to_s`` is ``None`` when it is no span."""

    at_s: float
    to_s: float | None
    kind: MarkerKind
    text: str


@dataclass(frozen=True, slots=True)
class ListedRecording:
    """One row. ``recorded`` is shown as it stands, without zone; ``duration_s`` in seconds, ``size`` in bytes.

    ``fault``: what is wrong with the copies, ``None`` when they are verified.
    """

    name: str
    kind: Kind
    recorded: datetime
    duration_s: float | None
    size: int
    recorder: str
    officer: str | None
    case_numbers: str
    case_titles: str
    fault: CopyState | None
    markers: Sequence[ListedMarker]
    sha256: str
    path: str


def write_recordings_list(head: ListHead, rows: Iterable[ListedRecording], file: BinaryIO) -> int:
    """Write an xlsx into ``file``; the number of rows."""
    words = words_of("recordings_list")
    return write_sheet(words, COLUMNS, head, (_cells(words, row) for row in rows), file)


def _cells(words: PrintedWords, row: ListedRecording) -> Cells:
    return {
        "name": row.name,
        "kind": words.table("kinds").text(row.kind),
        "recorded": row.recorded,
        "duration": days(row.duration_s),
        "size": row.size,
        "recorder": row.recorder,
        "officer": row.officer,
        "case_number": row.case_numbers,
        "case_title": row.case_titles,
        "state": words.table("states").text(row.fault or CopyState.VERIFIED),
        "markers": "；".join(_marker(words, marker) for marker in row.markers),
        "digest": row.sha256,
        "path": row.path,
    }


def _marker(words: PrintedWords, marker: ListedMarker) -> str:
    end = "" if marker.to_s is None else f"–{_clock(marker.to_s)}"
    return f"{_clock(marker.at_s)}{end} {words.table('markers').text(marker.kind)} {marker.text}".rstrip()


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
