"""The library's pages, days, totals and choices, against what was collected."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import pytest
import sqlalchemy as sa

from avdesk.errors import UsageError
from avdesk.models import Copy, Ingest, Recording, Vault, new_id
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.library import browse, choose_all, total
from avdesk.services.recordings import RecordingFilter, list_recordings, show_recording
from avdesk.terms import CopyState, Kind, VaultRole
from tests.conftest import Collect

NUMBER = "平石医保罚字〔2026〕7号"
CARD = {
    "LOG/DSJ_5K20417_310086_20261122090000.LOG": b"one",
    "LOG/DSJ_5K20417_310086_20261123140210.LOG": b"two",
    "LOG/DSJ_5K20417_310086_20261123235959_IMP.LOG": b"three",
    "LOG/DSJ_5K20417_310086_20261124000000.LOG": b"four",
    "LOG/DSJ_5K20417_310086_20261124000001.LOG": b"fifth",
    "LOG/DSJ_5K20417_310086_20261124120000.txt": b"sixth.",
}
Ids: TypeAlias = dict[str, str]


@pytest.fixture
def ids(collect: Collect) -> Ids:
    """Recordings by the time in their name, ``23140210``."""
    found = {outcome.path: str(outcome.recording_id) for outcome in collect(CARD).outcomes}
    return {path.split("_")[3][6:14]: recording_id for path, recording_id in found.items()}


def set_state(desk: Desk, recording_id: str, state: CopyState) -> None:
    with desk.database.write() as session:
        session.execute(sa.update(Copy).where(Copy.recording_id == recording_id).values(state=state))


class TestBrowse:
    def test_every_field(self, desk: Desk, ids: Ids) -> None:
        add_case(desk, NUMBER, "惠民示例大药房案")
        link_recordings(desk, NUMBER, [ids["23235959"]])
        (row,) = browse(desk, RecordingFilter(query="235959")).rows
        assert (row.recording_id, row.kind, row.size, row.duration_s) == (ids["23235959"], Kind.SIDECAR, 5, None)
        assert (str(row.recorded_at), row.key_file, row.findings) == ("2026-11-23 23:59:59+08:00", True, 0)
        assert row.name == "DSJ_5K20417_310086_20261123235959_IMP.LOG"
        assert [(case.number, case.title) for case in row.cases] == [(NUMBER, "惠民示例大药房案")]
        assert (row.fault, row.officer) == (None, None)

    def test_where_the_file_names_no_recorder_its_card_does(self, desk: Desk, ids: Ids) -> None:
        """Else the files of two recorders can't be told apart in the list and in the spreadsheet."""
        with desk.database.write() as session:
            session.execute(sa.update(Ingest).values(recorder={"make": None, "serial": "5K20417"}))
            session.execute(sa.update(Recording).values(model="DSJ-V8").where(Recording.id == ids["23235959"]))
        rows = {row.recording_id: row.recorder for row in browse(desk).rows}
        assert rows.pop(ids["23235959"]) == "DSJ-V8 5K20417"
        assert set(rows.values()) == {"5K20417"}
        assert show_recording(desk, ids["23235959"]).recorder_number == "5K20417"

    @pytest.mark.parametrize("oldest_first", [False, True])
    @pytest.mark.parametrize("limit", [1, 2, 4, 6, 100])
    def test_pages_follow_each_other(self, desk: Desk, ids: Ids, oldest_first: bool, limit: int) -> None:
        expected = [row.recording_id for row in list_recordings(desk).recordings]
        found: list[str] = []
        after = None
        while True:
            page = browse(desk, limit=limit, after=after, oldest_first=oldest_first)
            assert 0 < len(page.rows) <= limit
            found += [row.recording_id for row in page.rows]
            after = page.next
            if after is None:
                break
        assert found == (expected[::-1] if oldest_first else expected)

    def test_recordings_of_one_moment_are_neither_lost_nor_repeated(self, desk: Desk, ids: Ids) -> None:
        with desk.database.write() as session:
            moment = session.scalars(sa.select(Recording.recorded_at)).first()
            session.execute(sa.update(Recording).values(recorded_at=moment))
        first = browse(desk, limit=4)
        second = browse(desk, limit=4, after=first.next)
        assert len({row.recording_id for row in (*first.rows, *second.rows)}) == 6

    @pytest.mark.parametrize("limit", [1, 2, 3, 100])
    def test_a_day_is_told_whole_on_every_page(self, desk: Desk, ids: Ids, limit: int) -> None:
        add_case(desk, NUMBER, "案")
        link_recordings(desk, NUMBER, [ids["23140210"]])
        told = {}
        after = None
        while True:
            page = browse(desk, limit=limit, after=after)
            assert {day.day for day in page.days} == {row.recorded_at.date() for row in page.rows}
            for day in page.days:
                assert told.setdefault(day.day, day) == day
            after = page.next
            if after is None:
                break
        found = [(day.day.day, day.recordings, day.bytes, day.untagged) for day in told.values()]
        assert found == [(24, 3, 15, 3), (23, 2, 8, 1), (22, 1, 3, 1)]

    def test_a_day_counts_what_is_wanted_only(self, desk: Desk, ids: Ids) -> None:
        page = browse(desk, RecordingFilter(kind=Kind.OTHER))
        assert [(day.day.day, day.recordings) for day in page.days] == []
        page = browse(desk, RecordingFilter(query="00000"), limit=1)
        assert [(day.day.day, day.recordings) for day in page.days] == [(24, 2)]

    def test_a_page_without_rows_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="BAD_LIMIT"):
            browse(desk, limit=0)
        assert browse(desk).rows == ()


class TestFilters:
    def test_days_from_and_to(self, desk: Desk, ids: Ids) -> None:
        two = RecordingFilter(from_day=date(2026, 11, 22), to_day=date(2026, 11, 23))
        assert [row.recorded_at.day for row in browse(desk, two).rows] == [23, 23, 22]
        assert total(desk, RecordingFilter(from_day=date(2026, 11, 24))).recordings == 3
        assert total(desk, RecordingFilter(to_day=date(2026, 11, 21))).recordings == 0

    def test_several_kinds(self, desk: Desk, collect: Collect) -> None:
        collect({"a.MP4": b"v", "b.JPG": b"p", "c.WAV": b"a", "d.bin": b"o"})
        kinds = {row.name: row.kind for row in browse(desk).rows}
        for chosen in ({Kind.VIDEO}, {Kind.VIDEO, Kind.AUDIO}, {Kind.OTHER, Kind.PHOTO}, set(Kind)):
            rows = browse(desk, RecordingFilter(kinds=frozenset(chosen))).rows
            assert {row.name for row in rows} == {name for name, kind in kinds.items() if kind in chosen}

    def test_untagged(self, desk: Desk, ids: Ids) -> None:
        add_case(desk, NUMBER, "案")
        linked = list(ids.values())[:4]
        link_recordings(desk, NUMBER, linked)
        found = {row.recording_id for row in browse(desk, RecordingFilter(untagged=True)).rows}
        assert found == set(ids.values()) - set(linked)

    @pytest.mark.parametrize("state", [CopyState.FAILED, CopyState.MISSING, CopyState.DAMAGED, CopyState.AWAY])
    def test_unverified(self, desk: Desk, ids: Ids, state: CopyState) -> None:
        first, second, *_others = ids.values()
        set_state(desk, first, state)
        with desk.database.write() as session:
            session.add(Vault(id=(vault := new_id()), role=VaultRole.SECOND, added_at=sa.func.now()))
            session.flush()
            session.add(Copy(recording_id=second, vault_id=vault, state=CopyState.AWAY))  # the first one is good
        rows = browse(desk, RecordingFilter(unverified=True)).rows
        assert [(row.recording_id, row.fault) for row in rows] == [(first, state)]
        assert {row.recording_id for row in list_recordings(desk).recordings if not row.verified} == {first}

    def test_the_command_lines_list_knows_them_too(self, desk: Desk, ids: Ids) -> None:
        wanted = RecordingFilter(from_day=date(2026, 11, 23), to_day=date(2026, 11, 23), untagged=True)
        assert list_recordings(desk, wanted).total == 2


class TestTotals:
    def test_sums_and_what_each_chip_would_show(self, desk: Desk, ids: Ids) -> None:
        add_case(desk, NUMBER, "案")
        link_recordings(desk, NUMBER, list(ids.values())[:2])
        set_state(desk, list(ids.values())[5], CopyState.DAMAGED)
        whole = total(desk)
        assert (whole.recordings, whole.bytes, whole.anything) == (6, 26, True)
        assert (whole.untagged, whole.unverified) == (4, 1)
        narrowed = total(desk, RecordingFilter(query="20261124", unverified=True))
        assert (narrowed.recordings, narrowed.bytes, narrowed.untagged, narrowed.unverified) == (1, 6, 3, 1)

    def test_nothing_at_all(self, desk: Desk) -> None:
        found = total(desk)
        assert (found.recordings, found.bytes, found.untagged, found.unverified, found.anything) == (0, 0, 0, 0, False)


class TestChoice:
    def test_all_that_is_wanted_with_sizes(self, desk: Desk, ids: Ids) -> None:
        chosen = choose_all(desk, RecordingFilter(query="20261124"))
        assert (sorted(each.size for each in chosen.recordings), chosen.whole) == ([4, 5, 6], True)

    def test_no_more_than_can_be_worked_on(self, desk: Desk, ids: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("avdesk.services.library.MOST_CHOSEN", 4)
        chosen = choose_all(desk)
        assert (len(chosen.recordings), chosen.whole) == (4, False)
