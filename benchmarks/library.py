"""How long the library's services take on many recordings, against the same SQL through ``sqlite3`` alone.

    python benchmarks/library_rows.py /tmp/many --rows 200000
    python benchmarks/library.py /tmp/many

Each question is asked of the service, then its statements are sent by ``sqlite3``, all rows fetched, once with nothing
made of them (*statements*) and, for a page, once with the same made of them in plain Python (*by hand*, proven to say
the same); in turns, medians. Prints a table for ``docs/BENCHMARKS.md``.
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
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from library_by_hand import Sent, page_by_hand, same
from sqlalchemy import event

from avdesk.services.cases import list_cases
from avdesk.services.desk import Desk
from avdesk.services.library import LibraryPage, Place, browse, total
from avdesk.services.recordings import RecordingFilter
from avdesk.services.workspace import sign_in
from avdesk.terms import Kind

TIMES, QUICK_TIMES, QUICK_MS = 9, 201, 10
"""So often each is asked, and when it takes less than that."""
Question = Callable[[Desk], object]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    wanted = parser.parse_args()
    with closing(sign_in(wanted.workspace, None)) as desk:
        everything = total(desk).recordings
        print(f"{everything:,} recordings, medians, ms\n")
        print("| question | service | by hand | ratio | statements | ratio |\n|---|---|---|---|---|---|")
        for name, question in questions(desk).items():
            print(line(desk, name, question))
    print(f"\nmost memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    return 0


def line(desk: Desk, name: str, question: Question) -> str:
    sent = statements(desk, question)
    with closing(sqlite3.connect(str(desk.database.engine.url.database), isolation_level=None)) as bare:
        sides: list[Callable[[], object]] = [partial(question, desk), partial(send, bare, sent)]
        page = question(desk)
        if isinstance(page, LibraryPage):
            sides.append(partial(page_by_hand, bare, sent, desk.zone))
            if not same(page, page_by_hand(bare, sent, desk.zone)):
                raise SystemExit(f"{name}: by hand it is another page")
        service, alone, *by_hand = medians(sides)
    hand = f"{by_hand[0]:.2f} | {service / by_hand[0]:.1f}" if by_hand else "|"
    return f"| {name} | {service:.2f} | {hand} | {alone:.2f} | {service / alone:.1f} |"


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


def medians(sides: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of each, asked in turns."""
    first = [took(side) for side in sides]
    turns = [[took(side) for side in sides] for _turn in range(QUICK_TIMES if max(first) < QUICK_MS else TIMES)]
    return [median(times) for times in zip(*turns, strict=True)]


def took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
