"""A page of the library as somebody would write it with ``sqlite3`` alone, for ``library.py`` to compare with.

It sends the statements of the service in one transaction, so both read one state of the database, and makes plain
tuples that say the same as the page: times in the office's zone, paths, recorders in words, cases, faults, days.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from datetime import UTC, datetime, timezone
from functools import lru_cache
from itertools import groupby
from typing import Any

from avdesk.recorders.names import name_facts
from avdesk.services.library import LibraryPage

Sent = list[tuple[str, tuple[object, ...]]]
Rows = list[tuple[Any, ...]]
FAULTS = ("DAMAGED", "MISSING", "FAILED", None, "AWAY")


def page_by_hand(connection: sqlite3.Connection, sent: Sent, zone: timezone, limit: int = 100) -> tuple[Rows, Rows]:
    """Rows and days."""
    connection.execute("BEGIN")
    answers = [(text, connection.execute(text, values).fetchall()) for text, values in sent]
    connection.execute("ROLLBACK")
    found = next(answer for text, answer in answers if "original_path" in text)
    rows = made(found, zone)[:limit]
    return rows, days(rows, [answer[0] for text, answer in answers if "sum(" in text])


def made(found: Iterable[tuple[Any, ...]], zone: timezone) -> Rows:
    rows: dict[str, tuple[Any, ...]] = {}
    cases: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for row in found:
        rows[row[0]] = row
        if row[13] is not None:
            cases[row[0]] = (*cases.get(row[0], ()), row[13:])
    return [row_by_hand(row, cases.get(row[0], ()), zone) for row in rows.values()]


def row_by_hand(row: tuple[Any, ...], cases: tuple[tuple[str, str, str], ...], zone: timezone) -> tuple[Any, ...]:
    recording_id, path, kind, at, size, duration, sha256, make, model, findings, recorder, officer, worst, *_ = row
    path = os.fsdecode(path)
    return (
        recording_id,
        path,
        kind,
        datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(zone),
        size,
        duration,
        sha256,
        words(recorder, make, model),
        officer,
        marked(path),
        0 if findings == "[]" else len(json.loads(findings)),
        cases,
        FAULTS[worst],
    )


@lru_cache
def words(recorder: str, make: str | None, model: str | None) -> str:
    said = json.loads(recorder) or {}
    make, model = make or said.get("make"), model or said.get("model")
    if make and model and model.casefold().startswith(make.casefold()):
        make = None
    return " ".join(filter(None, (make, model, said.get("asset_number") or said.get("serial"))))


def marked(path: str) -> bool:
    facts = name_facts(path) if "IMP" in path.upper() else None
    return facts is not None and facts.key_file


def days(rows: Rows, whole: Rows) -> Rows:
    """Of each day its recordings, their bytes, and those of no case; of the first and the last day asked for."""
    found: list[tuple[Any, ...]] = []
    for day, group in groupby(rows, key=lambda row: row[3].date()):
        each = list(group)
        found.append((day, len(each), sum(row[4] for row in each), sum(not row[11] for row in each)))
    for place, sums in zip(sorted({0, len(found) - 1}) if found else (), whole, strict=True):
        found[place] = (found[place][0], *sums)
    return found


def same(page: LibraryPage, by_hand: tuple[Rows, Rows]) -> bool:
    """Whether both say the same."""
    return ([astuple(row) for row in page.rows], [astuple(day) for day in page.days]) == by_hand
