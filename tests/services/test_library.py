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
FAULTS = {
    (CopyState.VERIFIED, CopyState.DAMAGED): CopyState.DAMAGED,
    (CopyState.FAILED, CopyState.MISSING): CopyState.MISSING,
    (CopyState.AWAY, CopyState.FAILED): CopyState.FAILED,
    (CopyState.AWAY, CopyState.AWAY): CopyState.AWAY,
    (CopyState.AWAY, CopyState.VERIFIED): None,
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

    @pytest.mark.parametrize("oldest_first", [False, True])
    def test_a_recording_of_two_cases_is_one_row_with_both(self, desk: Desk, ids: Ids, oldest_first: bool) -> None:
        numbers = [NUMBER, NUMBER.replace("7", "8")]
        for number in numbers:
            add_case(desk, number, "案")
            link_recordings(desk, number, list(ids.values()))
        first = browse(desk, limit=2, oldest_first=oldest_first)
        second = browse(desk, limit=4, after=first.next, oldest_first=oldest_first)
        assert (len(first.rows), len(second.rows), second.next) == (2, 4, None)
        rows = (*first.rows, *second.rows)
        assert {row.recording_id for row in rows} == set(ids.values())
        assert all([case.number for case in row.cases] == numbers for row in rows)

    def test_of_several_copies_the_worst_is_told(self, desk: Desk, ids: Ids) -> None:
        with desk.database.write() as session:
            session.add(Vault(id=(vault := new_id()), role=VaultRole.SECOND, added_at=sa.func.now()))
            session.flush()
            for (first, second), recording_id in zip(FAULTS, ids.values(), strict=False):
                session.add(Copy(recording_id=recording_id, vault_id=vault, state=second))
                session.execute(
                    sa.update(Copy).where(Copy.recording_id == recording_id, Copy.vault_id != vault).values(state=first)
                )
        faults = {row.recording_id: row.fault for row in browse(desk).rows}
        assert [faults[recording_id] for recording_id in ids.values()] == [*FAULTS.values(), None]

    @pytest.mark.parametrize(
        "wanted", [RecordingFilter(), RecordingFilter(query="dsj", kinds=frozenset({Kind.SIDECAR}))]
    )
    def test_is_asked_for_at_once(self, desk: Desk, ids: Ids, wanted: RecordingFilter) -> None:
        """One statement for the rows, one each for the first and the last day, one to look up what the text means."""
        sent: list[str] = []

        def note(*said: object) -> None:
            sent.append(str(said[2]))

        sa.event.listen(desk.database.engine, "before_cursor_execute", note)
        page = browse(desk, wanted)
        sa.event.remove(desk.database.engine, "before_cursor_execute", note)
        assert len(page.days) == 3
        assert len([text for text in sent if "SELECT" in text]) == (4 if wanted.query else 3)

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

    def test_a_kind_that_is_not_among_the_kinds(self, desk: Desk, ids: Ids) -> None:
        assert browse(desk, RecordingFilter(kind=Kind.VIDEO, kinds=frozenset({Kind.SIDECAR, Kind.OTHER}))).rows == ()
        both = RecordingFilter(kind=Kind.SIDECAR, kinds=frozenset({Kind.SIDECAR, Kind.OTHER}))
        assert {row.kind for row in browse(desk, both).rows} == {Kind.SIDECAR}

    def test_a_day_among_days(self, desk: Desk, ids: Ids) -> None:
        day = date(2026, 11, 23)
        assert (
            total(desk, RecordingFilter(day=day, from_day=date(2026, 11, 22), to_day=date(2026, 11, 24))).recordings
            == 2
        )
        assert total(desk, RecordingFilter(day=day, from_day=date(2026, 11, 24))).recordings == 0

    def test_text_is_taken_literally(self, desk: Desk, collect: Collect) -> None:
        collect({"a/100%_done.WAV": b"one", "a/100 undone.WAV": b"two"})
        for text in ("%", "_", "0%_d", "a/100%"):
            assert [row.name for row in browse(desk, RecordingFilter(query=text)).rows] == ["100%_done.WAV"]
        assert len(browse(desk, RecordingFilter(query="a/1")).rows) == 2

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
