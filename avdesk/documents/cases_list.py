"""The list of cases as a spreadsheet (案件清单)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from avdesk.documents.printed import PrintedWords
from avdesk.documents.sheets import MOMENT, WHOLE, Cells, ListHead, SheetColumn, words_of, write_sheet

COLUMNS: Mapping[str, SheetColumn] = {
    "number": SheetColumn(6),
    "case_number": SheetColumn(32),
    "title": SheetColumn(48),
    "party": SheetColumn(28),
    "recordings": SheetColumn(12, WHOLE),
    "missing": SheetColumn(14),
    "opened": SheetColumn(20, MOMENT),
    "disc_number": SheetColumn(18),
}


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One row. ``opened`` is shown as it stands, without zone; ``labelled``: its disc labels were made."""

    number: str
    title: str
    party: str | None
    recordings: int
    labelled: bool
    opened: datetime
    disc_number: str | None


def write_cases_list(head: ListHead, rows: Iterable[ListedCase], file: BinaryIO) -> int:
    """Write an xlsx into ``file``; the number of rows."""
    words = words_of("cases_list")
    return write_sheet(words, COLUMNS, head, (_cells(words, row) for row in rows), file)


def _cells(words: PrintedWords, row: ListedCase) -> Cells:
    return {
        "case_number": row.number,
        "title": row.title,
        "party": row.party,
        "recordings": row.recordings,
        "missing": _missing(words, row),
        "opened": row.opened,
        "disc_number": row.disc_number,
    }


def _missing(words: PrintedWords, row: ListedCase) -> str:
    """What it lacks, the first thing first."""
    if not row.recordings:
        return words.text("no_footage")
    return "" if row.labelled else words.text("no_labels")
