"""The list of a card as a spreadsheet (采集清单): what collecting would do with each of its files, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from avdesk.terms import Kind, MatchedBy, PlanState

COLUMNS: Mapping[str, SheetColumn] = {
    "number": SheetColumn(6),
    "name": SheetColumn(44),
    "kind": SheetColumn(7),
    "recorded": SheetColumn(20, MOMENT),
    "duration": SheetColumn(10, DURATION),
    "size": SheetColumn(15, WHOLE),
    "state": SheetColumn(10),
    "note": SheetColumn(40),
    "path": SheetColumn(60),
    "source": SheetColumn(40),
}
_LEFT_OUT = "NOT_SELECTED"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One row. ``recorded`` is shown as it stands, without zone; ``duration_s`` in seconds, ``size`` in bytes.

    ``skipped``: the code that says why no regular file or a system's file is passed over. ``left_out``: why the person
    left it out, maybe empty, ``None`` when it was not. ``source``: the folder or volume that it lies in.
    """

    name: str
    kind: Kind
    recorded: datetime | None
    duration_s: float | None
    size: int | None
    state: PlanState
    matched_by: MatchedBy | None
    skipped: str | None
    left_out: str | None
    path: str
    source: str


def write_plan_list(head: ListHead, rows: Iterable[ListedFile], file: BinaryIO) -> int:
    """Write an xlsx into ``file``; the number of rows."""
    words = words_of("plan_list")
    return write_sheet(words, COLUMNS, head, (_cells(words, row) for row in rows), file)


def _cells(words: PrintedWords, row: ListedFile) -> Cells:
    state = row.state.value if row.left_out is None else _LEFT_OUT
    return {
        "name": row.name,
        "kind": words.table("kinds").text(row.kind),
        "recorded": row.recorded,
        "duration": days(row.duration_s),
        "size": row.size,
        "state": words.table("states").text(state),
        "note": _note(words, row),
        "path": row.path,
        "source": row.source,
    }


def _note(words: PrintedWords, row: ListedFile) -> str:
    """Why it stands so: the person's own words first."""
    if row.left_out is not None:
        return row.left_out
    if row.matched_by is not None:
        return words.table("matches").text(row.matched_by)
    if row.skipped is not None:
        return words.table("skipped").text(row.skipped)
    return words.text("differs") if row.state is PlanState.DIFFERS else ""
