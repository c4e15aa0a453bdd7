"""Finding recordings, and everything that is known of one."""

from __future__ import annotations

import os
from datetime import date

import pytest
import sqlalchemy as sa

from avdesk.errors import UsageError
from avdesk.models import Copy, Recording
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, RecordingRow, list_recordings, show_recording
from avdesk.terms import CopyState, Kind
from tests.conftest import Collect

ODD = os.fsdecode(b"LOG/\xb3\xb5_20261124.LOG")
CARD = {
    "LOG/DSJ_5K20417_310086_20261123140210.LOG": b"one",
    "LOG/DSJ_5K20417_310086_20261123235959.LOG": b"two",
    "LOG/DSJ_5K20417_310086_20261124000000.LOG": b"three",
    "XML/Müßig_100%_C0215M01.XML": b"<four/>",
    "说明/说明.txt": "五".encode(),
    ODD: b"six",
}

QUERIES = {
    "": 6,
    "dsj_": 3,
    "说明": 1,
    "明": 1,
    "MÜSSIG": 1,
    "müßig": 1,
    "100%": 1,
    "%": 1,
    "_": 5,
    "\\": 1,
    "\udcb3": 1,
    "LOG/": 4,
    "nothing": 0,
    "\0": 0,
    "'; DROP TABLE recording; --": 0,
    "x" * 1000: 0,
}


def names(desk: Desk, wanted: RecordingFilter) -> set[str]:
    return {row.path.rpartition("/")[2] for row in list_recordings(desk, wanted).recordings}


@pytest.fixture
def ids(collect: Collect) -> dict[str, str]:
    """Recordings by path on the card."""
    return {outcome.path: str(outcome.recording_id) for outcome in collect(CARD).outcomes}


class TestList:
    def test_every_field_is_what_was_collected(self, desk: Desk, ids: dict[str, str]) -> None:
        path = "LOG/DSJ_5K20417_310086_20261123140210.LOG"
        (row,) = list_recordings(desk, RecordingFilter(query="140210")).recordings
        assert (row.recording_id, row.path, row.kind, row.size) == (ids[path], path, Kind.SIDECAR, 3)
        assert (str(row.recorded_at), row.duration_s) == ("2026-11-23 14:02:10+08:00", None)
        assert (row.case_numbers, row.verified) == ((), True)

    def test_they_come_newest_first_page_by_page(self, desk: Desk, ids: dict[str, str]) -> None:
        whole = list_recordings(desk)
        assert (len(whole.recordings), whole.total, whole.next) == (6, 6, None)
        moments = [row.recorded_at for row in whole.recordings]
        assert moments == sorted(moments, reverse=True)
        found: list[RecordingRow] = []
        after = None
        for _page in range(3):
            part = list_recordings(desk, limit=2, after=after)
            assert part.total == 6
            found += part.recordings
            after = part.next
        assert (tuple(found), after) == (whole.recordings, None)

    def test_a_query_is_part_of_the_path_whatever_its_letters_case(self, desk: Desk, ids: dict[str, str]) -> None:
        found = {query: list_recordings(desk, RecordingFilter(query=query)).total for query in QUERIES}
        assert found == QUERIES

    def test_a_query_longer_than_any_path_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="TOO_LONG"):
            list_recordings(desk, RecordingFilter(query="x" * 100_000))

    def test_a_day_is_a_day_in_the_offices_zone(self, desk: Desk, ids: dict[str, str]) -> None:
        for day, count in ((22, 0), (23, 2), (24, 1)):
            wanted = RecordingFilter(query="dsj", day=date(2026, 11, day))
            assert list_recordings(desk, wanted).total == count
        for end in (date.min, date.max):
            with pytest.raises(UsageError, match="DAY_OUT_OF_RANGE"):
                list_recordings(desk, RecordingFilter(day=end))

    def test_a_kind_is_one_of_five(self, desk: Desk, ids: dict[str, str]) -> None:
        assert names(desk, RecordingFilter(kind=Kind.OTHER)) == {"说明.txt"}
        assert list_recordings(desk, RecordingFilter(kind=Kind.SIDECAR)).total == 5
        assert list_recordings(desk, RecordingFilter(kind=Kind.VIDEO)).total == 0

    def test_a_case_narrows_too_and_all_narrow_together(self, desk: Desk, ids: dict[str, str]) -> None:
        add_case(desk, "平石医保罚字〔2026〕7号", "案")
        link_recordings(desk, "平石医保罚字〔2026〕7号", list(ids.values())[:4])
        one = RecordingFilter("平石医保罚字[2026]第7号", "dsj", date(2026, 11, 23), Kind.SIDECAR)
        assert len(names(desk, one)) == 2
        with pytest.raises(UsageError, match="CASE_UNKNOWN"):
            list_recordings(desk, RecordingFilter("平石医保罚字〔2026〕8号"))

    def test_it_is_verified_only_while_every_copy_is(self, desk: Desk, ids: dict[str, str]) -> None:
        (first, *_others) = ids.values()
        for state in set(CopyState) - {CopyState.VERIFIED}:
            with desk.database.write() as session:
                session.execute(sa.update(Copy).where(Copy.recording_id == first).values(state=state))
            unverified = [row.recording_id for row in list_recordings(desk).recordings if not row.verified]
            assert unverified == [first], state
            assert not show_recording(desk, first).verified

    def test_more_than_fit_in_one_statement(self, desk: Desk, ids: dict[str, str]) -> None:
        with desk.database.write() as session:
            (pattern,) = session.execute(sa.select(Recording.__table__).limit(1)).mappings()
            rows = [{**pattern, "id": f"x{number}", "stored_path": str(number)} for number in range(1200)]
            session.execute(sa.insert(Recording), rows)
        listed = list_recordings(desk, limit=100_000)
        assert (len(listed.recordings), listed.next) == (1206, None)
        assert sum(row.verified for row in listed.recordings) == 6


class TestShow:
    def test_everything_known_of_one(self, desk: Desk, ids: dict[str, str]) -> None:
        path = "LOG/DSJ_5K20417_310086_20261123140210.LOG"
        shown = show_recording(desk, ids[path])
        assert (shown.path, shown.kind, shown.size) == (path, Kind.SIDECAR, 3)
        assert shown.sha256 == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
        times = [(time.source, time.raw, time.zone_stated) for time in shown.times]
        assert times == [("filename", "20261123140210", False), ("mtime", shown.mtime_ns, True)]
        (copy,) = shown.copies
        assert (copy.vault_id, copy.state) == (desk.first_vault.vault_id, "VERIFIED")
        assert (desk.first_vault.path / copy.path).read_bytes() == b"one"
        assert (shown.collected_by, shown.handed_in_by) == ("王示例", None)
        (event,) = shown.custody
        assert (event.act, event.actor, event.facts["sha256"]) == ("recording.registered", "王示例", shown.sha256)

    def test_a_name_that_is_no_text_is_kept(self, desk: Desk, ids: dict[str, str]) -> None:
        shown = show_recording(desk, ids[ODD])
        assert os.fsencode(shown.path) == os.fsencode(ODD)

    def test_an_unknown_one_is_refused(self, desk: Desk) -> None:
        for named in ("", "nothing", "\udcff", "\0", "%", "x" * 100_000):
            with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
                show_recording(desk, named)
