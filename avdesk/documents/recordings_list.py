"""The list of recordings as a spreadsheet (音像资料清单): written row by row, however many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from avdesk import resources
from avdesk.documents.printed import PrintedWords
from avdesk.terms import CopyState, Kind

COLUMNS: Mapping[str, int] = {
    # name: width in characters
    "number": 6,
    "name": 44,
    "kind": 7,
    "recorded": 20,
    "duration": 10,
    "size": 15,
    "recorder": 18,
    "officer": 12,
    "case_number": 28,
    "case_title": 40,
    "state": 12,
    "digest": 68,
    "path": 60,
}
_FORMATS = {"recorded": "yyyy-mm-dd hh:mm:ss", "duration": "[h]:mm:ss", "size": "#,##0"}
_LONGEST_CELL = 32_767
_HEAD = 2
_FIRST_YEAR = 1900  # spreadsheets know no earlier date
_SECONDS_PER_DAY = 86_400


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
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class ListHead:
    """``made`` is the moment in the office's zone; ``count`` the number of rows."""

    unit: str
    person: str
    made: datetime
    count: int


def write_recordings_list(head: ListHead, rows: Iterable[ListedRecording], file: BinaryIO) -> int:
    """Write an xlsx into ``file``; the number of rows. Text is never taken as a formula or an address."""
    words = PrintedWords.of(resources.path("forms", "recordings_list.toml"))
    made = words.template("made", "unit", "person", "moment", "count")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(words.text("sheet"))
        for column, width in enumerate(COLUMNS.values()):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(_HEAD + 1, 2)
        sheet.write_string(0, 0, words.text("title"), book.add_format({"bold": True, "font_size": 14}))
        moment = f"{head.made:%Y-%m-%d %H:%M:%S}"
        sheet.write_string(1, 0, made.format(unit=head.unit, person=head.person, moment=moment, count=head.count))
        bold = book.add_format({"bold": True, "bottom": 1})
        titles = words.table("columns")
        for column, key in enumerate(COLUMNS):
            sheet.write_string(_HEAD, column, titles.text(key), bold)
        formats = {key: book.add_format({"num_format": shown}) for key, shown in _FORMATS.items()}
        number = 0
        for number, row in enumerate(rows, 1):
            _write_row(sheet, _HEAD + number, _cells(words, number, row), formats)
        sheet.autofilter(_HEAD, 0, _HEAD + number, len(COLUMNS) - 1)
    return number


def _cells(words: PrintedWords, number: int, row: ListedRecording) -> dict[str, object]:
    return {
        "number": number,
        "name": row.name,
        "kind": words.table("kinds").text(row.kind),
        "recorded": row.recorded.replace(tzinfo=None),
        "duration": None if row.duration_s is None else int(row.duration_s) / _SECONDS_PER_DAY,
        "size": row.size,
        "recorder": row.recorder,
        "officer": row.officer,
        "case_number": row.case_numbers,
        "case_title": row.case_titles,
        "state": words.table("states").text(row.fault or CopyState.VERIFIED),
        "digest": row.sha256,
        "path": row.path,
    }


def _write_row(sheet: Worksheet, at: int, cells: Mapping[str, object], formats: Mapping[str, Format]) -> None:
    for column, (key, value) in enumerate(cells.items()):
        if isinstance(value, datetime) and value.year < _FIRST_YEAR:
            sheet.write_string(at, column, f"{value:%Y-%m-%d %H:%M:%S}")
        elif isinstance(value, datetime):
            sheet.write_datetime(at, column, value, formats[key])
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value, formats.get(key))
        elif isinstance(value, str) and value:
            sheet.write_string(at, column, value[:_LONGEST_CELL])
