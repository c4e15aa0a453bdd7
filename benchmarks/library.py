"""How long the library's services take on many recordings, against the same SQL through sqlite3 alone.

    python benchmarks/library_rows.py /tmp/many --rows 200000
    python benchmarks/library.py /tmp/many

For each question the service is asked several times and the fastest answer counts; then the statements it sent are sent
again by ``sqlite3``, all rows fetched, nothing made of them. Prints a table for ``docs/BENCHMARKS.md``.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import event

from avdesk.services.cases import list_cases
from avdesk.services.desk import Desk
from avdesk.services.library import Place, browse, total
from avdesk.services.recordings import RecordingFilter
from avdesk.services.workspace import sign_in
from avdesk.terms import Kind

TIMES = 9
Question = Callable[[Desk], object]
Sent = list[tuple[str, tuple[object, ...]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    wanted = parser.parse_args()
    with closing(sign_in(wanted.workspace, None)) as desk:
        everything = total(desk).recordings
        print(f"{everything:,} recordings, best of {TIMES}, ms\n")
        print("| question | service | bare SQL | ratio |\n|---|---|---|---|")
        for name, question in questions(desk).items():
            sent = statements(desk, question)
            service = best(partial(question, desk))
            with closing(sqlite3.connect(str(desk.database.engine.url.database))) as bare:
                alone = best(partial(send, bare, sent))
            print(f"| {name} | {service:.1f} | {alone:.1f} | {service / alone:.1f} |")
    print(f"\nmost memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    return 0


def questions(desk: Desk) -> dict[str, Question]:
    """Pages and totals, each with the filters that the chips offer."""
    newest = browse(desk, limit=1).rows[0].recorded_at.date()
    month = RecordingFilter(from_day=newest - timedelta(days=30), to_day=newest)
    year = RecordingFilter(from_day=newest - timedelta(days=365), to_day=newest)
    case = list_cases(desk, limit=1).cases[0].number
    filters = {
        "nothing": RecordingFilter(),
        "30 days": month,
        "a year": year,
        "one kind (sound)": RecordingFilter(kinds=frozenset({Kind.AUDIO})),
        "two kinds": RecordingFilter(kinds=frozenset({Kind.AUDIO, Kind.PHOTO})),
        "text, many fit": RecordingFilter(query="5k30211"),
        "text, one day fits": RecordingFilter(query=f"{newest - timedelta(days=600):%Y%m%d}"),
        "text, none fits": RecordingFilter(query="nothing"),
        "a case": RecordingFilter(case_number=case),
        "not linked": RecordingFilter(untagged=True),
        "not verified": RecordingFilter(unverified=True),
        "all together": RecordingFilter(
            query="dsj", from_day=date(newest.year, 1, 1), kinds=frozenset({Kind.VIDEO}), untagged=True
        ),
    }
    found: dict[str, Question] = {
        f"first page: {name}": partial(browse, wanted=wanted) for name, wanted in filters.items()
    }
    for share in (10, 50, 90):
        found[f"next page at {share} %"] = partial(browse, after=_place(desk, newest, share))
    found["first page, oldest first"] = partial(browse, oldest_first=True)
    found |= {f"totals: {name}": partial(total, wanted=wanted) for name, wanted in filters.items()}
    return found


def _place(desk: Desk, newest: date, share: int) -> Place:
    day = newest - timedelta(days=share * 3 * 365 // 100)
    row = browse(desk, RecordingFilter(to_day=day), limit=1).rows[0]
    return Place(row.recorded_at, row.recording_id)


def statements(desk: Desk, question: Question) -> Sent:
    """What a service sends to the database for one question."""
    sent: Sent = []

    def keep(_connection: object, _cursor: object, text: str, parameters: object, *_rest: object) -> None:
        if isinstance(parameters, tuple):
            sent.append((text, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", keep)
    question(desk)
    event.remove(desk.database.engine, "before_cursor_execute", keep)
    return [each for each in sent if each[0].lstrip().upper().startswith("SELECT")]


def send(connection: sqlite3.Connection, sent: Sent) -> None:
    for text, parameters in sent:
        connection.execute(text, parameters).fetchall()


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of several runs."""
    took = []
    for _time in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took) * 1000


if __name__ == "__main__":
    sys.exit(main())
