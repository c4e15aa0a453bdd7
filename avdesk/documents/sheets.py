"""A list as a spreadsheet: its title, who made it when, the heads of its columns, and the rows, however many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from avdesk import resources
from avdesk.documents.printed import PrintedWords

MOMENT, DAY, DURATION, WHOLE = "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd", "[h]:mm:ss", "#,##0"
_LONGEST_CELL = 32_767
_HEAD = 2
_FIRST_YEAR = 1900  # spreadsheets know no earlier date
_SECONDS_PER_DAY = 86_400

Cells = Mapping[str, object]
"""What stands in the columns of one row, by their names."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """``width`` in characters; ``shown``: how a number or a moment is shown, as spreadsheets write it."""

    width: int
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class ListHead:
    """``made`` is the moment in the office's zone; ``count`` the number of rows; ``subject``: what the list is of."""

    unit: str
    person: str
    made: datetime
    count: int
    subject: str = ""


def words_of(form: str) -> PrintedWords:
    """The words of a list, from ``forms``. Raises :class:`BadResource`."""
    return PrintedWords.of(resources.path("forms", f"{form}.toml"))


def days(seconds: float | None) -> float | None:
    """Whole seconds as spreadsheets count durations."""
    return None if seconds is None else int(seconds) / _SECONDS_PER_DAY


def write_sheet(
    words: PrintedWords, columns: Mapping[str, SheetColumn], head: ListHead, rows: Iterable[Cells], file: BinaryIO
) -> int:
    """Write an xlsx into ``file``; the number of rows. Text is never taken as a formula or an address.

    Raises :class:`OSError` when the disk does not take it. It is packed in memory and goes out whole: the library
    leaves its archive open when writing fails. Its rows lie in the system's folder for temporary files meanwhile.
    """
    packed = BytesIO()
    try:
        written = _pack(words, columns, head, rows, packed)
    except FileCreateError as error:  # what the disk said, in the library's own error
        raise OSError(*error.args[0].args) from error
    file.write(packed.getbuffer())
    return written


def _pack(
    words: PrintedWords, columns: Mapping[str, SheetColumn], head: ListHead, rows: Iterable[Cells], file: BytesIO
) -> int:
    made = words.template("made", "unit", "person", "moment", "count")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(words.text("sheet"))
        for position, column in enumerate(columns.values()):
            sheet.set_column(position, position, column.width)
        sheet.freeze_panes(_HEAD + 1, 2)
        title = "　".join(filter(None, (words.text("title"), head.subject)))
        sheet.write_string(0, 0, title[:_LONGEST_CELL], book.add_format({"bold": True, "font_size": 14}))
        moment = f"{head.made:%Y-%m-%d %H:%M:%S}"
        sheet.write_string(1, 0, made.format(unit=head.unit, person=head.person, moment=moment, count=head.count))
        bold = book.add_format({"bold": True, "bottom": 1})
        titles = words.table("columns")
        for position, key in enumerate(columns):
            sheet.write_string(_HEAD, position, titles.text(key), bold)
        formats = {key: book.add_format({"num_format": each.shown}) for key, each in columns.items() if each.shown}
        number = 0
        for number, cells in enumerate(rows, 1):
            _write_row(sheet, _HEAD + number, columns, {"number": number, **cells}, formats)
        sheet.autofilter(_HEAD, 0, _HEAD + number, len(columns) - 1)
    return number


def _write_row(
    sheet: Worksheet, at: int, columns: Mapping[str, SheetColumn], cells: Cells, formats: Mapping[str, Format]
) -> None:
    for position, key in enumerate(columns):
        value = cells[key]
        if isinstance(value, datetime) and value.year < _FIRST_YEAR:
            sheet.write_string(at, position, f"{value:%Y-%m-%d %H:%M:%S}")
        elif isinstance(value, datetime):
            sheet.write_datetime(at, position, value.replace(tzinfo=None), formats[key])
        elif isinstance(value, int | float):
            sheet.write_number(at, position, value, formats.get(key))
        elif isinstance(value, str) and value:
            sheet.write_string(at, position, value[:_LONGEST_CELL])
