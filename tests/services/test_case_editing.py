"""Changing a case, finding it, and what is missing of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from avdesk.errors import StaleEdit, UsageError
from avdesk.services.audit import export_audit, verify_audit
from avdesk.services.cases import (
    CaseOrder,
    NewCase,
    add_case,
    edit_case,
    find_cases,
    link_recordings,
    list_cases,
    read_number,
    show_case,
    unlink_recordings,
)
from avdesk.services.desk import Desk
from avdesk.services.labels import make_labels
from tests.conftest import Collect

NUMBER, TITLE, PARTY = "平石医保罚字〔2026〕7号", "惠民示例大药房违规使用医保基金案", "惠民示例大药房"
LOGS = {f"LOG/DSJ_5K20417_310086_202611231400{second:02}.LOG": b"log %d" % second for second in range(3)}


@pytest.fixture
def case(desk: Desk) -> NewCase:
    return add_case(desk, NUMBER, TITLE, PARTY)


def acts(desk: Desk, folder: Path) -> list[dict[str, object]]:
    export_audit(desk, folder / "audit.jsonl")
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


class TestEditing:
    def test_what_changed_is_kept_and_audited(self, desk: Desk, case: NewCase, tmp_path: Path) -> None:
        version = show_case(desk, case.case_id).case.version
        edited = edit_case(desk, case.case_id, version, "另一案由", None, "平石医保罚字[2026]第08号")
        assert edited.normalised == "平石医保罚字〔2026〕8号"
        after = show_case(desk, case.case_id).case
        assert (after.title, after.party, after.number) == ("另一案由", None, "平石医保罚字[2026]第08号")
        assert after.version == version + 1
        event = acts(desk, tmp_path)[-1]
        assert event["act"] == "case.changed"
        assert isinstance(facts := event["facts"], dict)
        assert facts["from"] == {"number": NUMBER, "title": TITLE, "party": PARTY}
        assert facts["to"] == {"number": "平石医保罚字[2026]第08号", "title": "另一案由", "party": None}
        assert verify_audit(desk).ok

    def test_a_stale_edit_overwrites_nothing(self, desk: Desk, case: NewCase) -> None:
        version = show_case(desk, case.case_id).case.version
        edit_case(desk, case.case_id, version, "先改的", PARTY, NUMBER)
        with pytest.raises(StaleEdit):
            edit_case(desk, case.case_id, version, "后改的", PARTY, NUMBER)
        assert show_case(desk, case.case_id).case.title == "先改的"

    def test_saving_the_same_changes_nothing(self, desk: Desk, case: NewCase, tmp_path: Path) -> None:
        version = show_case(desk, case.case_id).case.version
        edit_case(desk, case.case_id, version, TITLE, PARTY, NUMBER)
        assert show_case(desk, case.case_id).case.version == version
        assert acts(desk, tmp_path)[-1]["act"] == "case.added"

    def test_a_number_that_another_case_has_is_refused(self, desk: Desk, case: NewCase) -> None:
        other = add_case(desk, "平石医保罚字〔2026〕8号", "样本案")
        with pytest.raises(UsageError) as caught:
            edit_case(desk, other.case_id, 1, "样本案", None, "平石医保罚字（2026）7号")
        assert caught.value.code == "CASE_EXISTS"

    @pytest.mark.parametrize(("number", "title"), [("", TITLE), (NUMBER, " ")])
    def test_number_and_title_must_say_something(self, desk: Desk, case: NewCase, number: str, title: str) -> None:
        with pytest.raises(UsageError) as caught:
            edit_case(desk, case.case_id, 1, title, None, number)
        assert caught.value.code == "EMPTY"

    def test_a_case_that_is_not_there_is_refused(self, desk: Desk) -> None:
        for call in (lambda: edit_case(desk, "none", 1, TITLE, None, NUMBER), lambda: show_case(desk, "none")):
            with pytest.raises(UsageError) as caught:
                call()
            assert caught.value.code == "CASE_UNKNOWN"


class TestFinding:
    @pytest.mark.parametrize(
        "query", ["", "2026〕7", "[2026] 第007号", "(2026)", "平石医保", "大药房违规", "惠民示例大药房", "psyb"]
    )
    def test_by_number_title_and_party(self, desk: Desk, case: NewCase, query: str) -> None:
        add_case(desk, "PSYB-7", "别的", "别人")
        found = [row.number for row in find_cases(desk, query).cases]
        assert (NUMBER in found) == (query != "psyb")
        assert ("PSYB-7" in found) == (query in ("", "psyb"))

    @pytest.mark.parametrize("query", ["没有", "%", "_", "\x00", "\udc80"])
    def test_what_is_nowhere_is_not_found(self, desk: Desk, case: NewCase, query: str) -> None:
        assert find_cases(desk, query).cases == ()
        assert find_cases(desk, query).total == 0

    def test_a_page_at_a_time_and_newest_first(self, desk: Desk) -> None:
        for number in range(5):
            add_case(desk, f"N-{number}", f"案{number}", "同一人")
        first = find_cases(desk, "同一人", limit=2)
        second = find_cases(desk, "同一人", limit=3, after=first.next)
        assert [row.number for row in (*first.cases, *second.cases)] == ["N-4", "N-3", "N-2", "N-1", "N-0"]
        assert (first.total, second.next) == (5, None)

    def test_a_number_as_it_is_typed(self, desk: Desk, case: NewCase) -> None:
        read = read_number(desk, "平石医保罚字(2026)007号")
        assert (read.normalised, read.recognised) == (NUMBER, True)
        assert read.taken is not None and read.taken.title == TITLE
        assert read_number(desk, NUMBER, case.case_id).taken is None
        assert not read_number(desk, "内部 3").recognised


class TestMissing:
    def test_footage_and_labels_are_missing_until_they_are_there(
        self, desk: Desk, case: NewCase, collect: Collect, tmp_path: Path
    ) -> None:
        assert show_case(desk, case.case_id).missing == ("NO_FOOTAGE", "NO_LABELS")
        ids = [str(outcome.recording_id) for outcome in collect(LOGS).outcomes]
        link_recordings(desk, NUMBER, ids[:2])
        details = show_case(desk, case.case_id)
        assert details.missing == ("NO_LABELS",)
        assert (details.case.recordings, details.size) == (2, len(b"log 0") * 2)
        make_labels(desk, NUMBER, tmp_path / "labels.pdf")
        details = show_case(desk, case.case_id)
        assert details.missing == () and details.labels is not None and details.labels.by == desk.person_name
        assert find_cases(desk).cases[0].labelled
        link_recordings(desk, NUMBER, ids)
        assert show_case(desk, case.case_id).missing == ("LABELS_OUTDATED",)

    def test_labels_are_outdated_when_what_they_say_was_changed(
        self, desk: Desk, case: NewCase, tmp_path: Path
    ) -> None:
        make_labels(desk, NUMBER, tmp_path / "labels.pdf")
        version = show_case(desk, case.case_id).case.version
        edit_case(desk, case.case_id, version, "另一案由", PARTY, NUMBER)
        assert "LABELS_OUTDATED" in show_case(desk, case.case_id).missing

    def test_taking_footage_out_asks_for_a_reason(
        self, desk: Desk, case: NewCase, collect: Collect, tmp_path: Path
    ) -> None:
        ids = [str(outcome.recording_id) for outcome in collect(LOGS).outcomes]
        link_recordings(desk, NUMBER, ids)
        with pytest.raises(UsageError):
            unlink_recordings(desk, NUMBER, ids, " ")
        assert unlink_recordings(desk, NUMBER, [*ids[:2], ids[0], "none"], "误关联") == 2
        assert list_cases(desk).cases[0].recordings == 1
        last = acts(desk, tmp_path)[-1]
        assert last["act"] == "recording.unlinked"
        assert isinstance(facts := last["facts"], dict) and facts["reason"] == "误关联"
        assert verify_audit(desk).ok


class TestOrder:
    """Every order is of all cases, page by page, with what is unknown at the end."""

    @pytest.fixture
    def five(self, desk: Desk, collect: Collect, tmp_path: Path) -> dict[str, str]:
        """Letter of the title to id; A was opened first."""
        parties = {"A": "2", "B": None, "C": "1", "D": None, "E": "2"}
        ids = {
            letter: add_case(desk, f"{letter}〔2026〕1号", f"{letter} 案", party).case_id
            for letter, party in parties.items()
        }
        first, second, third = (str(outcome.recording_id) for outcome in collect(LOGS).outcomes)
        link_recordings(desk, "B〔2026〕1号", [first, second, third])
        link_recordings(desk, "D〔2026〕1号", [first])
        make_labels(desk, "D〔2026〕1号", tmp_path / "labels.pdf")
        return ids

    @pytest.mark.parametrize(
        ("order", "up", "down"),
        [
            (CaseOrder.OPENED, "ABCDE", "EDCBA"),
            (CaseOrder.TITLE, "ABCDE", "EDCBA"),
            (CaseOrder.PARTY, "CAEBD", "EACDB"),
            (CaseOrder.RECORDINGS, "ACEDB", "BDECA"),
            (CaseOrder.MISSING, "ACEBD", "DBECA"),
            (CaseOrder.DISC_NUMBER, "DABCE", "DECBA"),
        ],
    )
    @pytest.mark.parametrize("limit", [1, 2, 5])
    def test_of_all_cases(
        self, desk: Desk, five: dict[str, str], order: CaseOrder, up: str, down: str, limit: int
    ) -> None:
        for descending, wanted in ((False, up), (True, down)):
            letters, after = "", None
            for _page in range(7):
                page = find_cases(desk, limit=limit, after=after, order=order, descending=descending)
                letters += "".join(row.title[0] for row in page.cases)
                after = page.next
                assert page.total == 5
                if after is None:
                    break
            assert letters == wanted

    def test_a_query_narrows_any_order(self, desk: Desk, five: dict[str, str]) -> None:
        add_case(desk, "A〔2026〕2号", "A 案之二", "0")
        page = find_cases(desk, "a", order=CaseOrder.PARTY, descending=False)
        assert ([row.title for row in page.cases], page.total) == (["A 案之二", "A 案"], 2)
        assert [row.recordings for row in find_cases(desk, "d〔2026〕").cases] == [1]

    def test_a_page_of_nothing_is_refused(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="BAD_LIMIT"):
            find_cases(desk, limit=0)
