"""Cases: their number is kept as typed and compared normalised; recordings are linked all or none."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avdesk.errors import AvdeskError, UsageError
from avdesk.services._case_numbers import parse_case_number
from avdesk.services._cases import find_case
from avdesk.services.audit import verify_audit
from avdesk.services.cases import add_case, link_recordings, list_cases
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, list_recordings, show_recording
from tests.conftest import Collect

NORMAL = "平石医保罚字〔2024〕3号"
LOGS = {f"LOG/DSJ_5K20417_310086_202611231400{second:02}.LOG": b"log %d" % second for second in range(4)}


def known_as(desk: Desk, number: str) -> str:
    with desk.database.read() as session:
        return find_case(session, number).number


SAME = [
    NORMAL,
    "平石医保罚字〔2024〕第3号",
    "平石医保罚字[2024]3号",
    "平石医保罚字［2024］3号",
    "平石医保罚字(2024)3号",
    "平石医保罚字（2024）3号",
    "平石医保罚字（２０２４）第００３号",
    "平石医保罚字〔2024〕00003号",
    "平石医保罚〔2024〕3号",
    " 平石医保罚字 〔 2024 〕 第 3 号 ",
    "平石医保罚字\u3000〔2024〕\u00a03号",
    "平石医保罚字〔2024〕\u200b3号\ufeff",
]


KINDS = ["立", "罚先告", "罚告", "罚决", "罚", "听告", "听通", "责改", "查", "检", "登保", "送", "移", "结"]

NO_TEXTS = [
    ("", "案", "EMPTY"),
    (" \u3000\t", "案", "EMPTY"),
    ("\u200b", "案", "EMPTY"),
    ("案" * 1000, "案", "TOO_LONG"),
    ("\ufdfa" * 150, "案", "TOO_LONG"),  # 18 characters each, once normalised
    ("案\n7", "案", "CONTROL_CHARACTER"),
    ("案\x1b[31m7", "案", "CONTROL_CHARACTER"),
    ("案\0", "案", "CONTROL_CHARACTER"),
    ("\udcff7", "案", "CONTROL_CHARACTER"),
    (NORMAL, "", "EMPTY"),
    (NORMAL, "案" * 1001, "TOO_LONG"),
    (NORMAL, "案\u2029案", "CONTROL_CHARACTER"),
]


class TestNumbers:
    @pytest.mark.parametrize("printed", SAME)
    def test_all_printed_forms_are_one_number(self, printed: str) -> None:
        assert parse_case_number(printed).normalised == NORMAL
        assert parse_case_number(printed).recognised

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_is_recognised_and_stays_apart(self, kind: str) -> None:
        number = f"平石医保{kind}字〔2026〕12号"
        assert parse_case_number(number) == parse_case_number(f"平石医保{kind}[2026]第012号")
        assert (parse_case_number(number).normalised, parse_case_number(number).recognised) == (number, True)

    @pytest.mark.parametrize(
        "other",
        [
            "平石医保罚字〔2024〕30号",
            "平石医保罚字〔2025〕3号",
            "平石医保罚告字〔2024〕3号",
            "平山医保罚字〔2024〕3号",
            "平石医保罚字〔2024〕3-1号",
            "平石医保罚字〔2024〕3",
        ],
    )
    def test_other_numbers_are_others(self, other: str) -> None:
        assert parse_case_number(other).normalised != NORMAL

    @pytest.mark.parametrize(
        "number",
        [
            "案7",
            "平石医保罚字〔1924〕3号",
            "平石医保罚字〔2024〕123456号",
            "平石医保罚字〔٢٠٢٤〕3号",
            "某〔2024〕3号",
            "第" * 13 + "〔2024〕3号",
            "CASE-2024-3",
            "%",
        ],
    )
    def test_another_form_is_allowed_with_a_warning(self, number: str) -> None:
        assert not parse_case_number(number).recognised

    @given(st.text(max_size=60))
    def test_no_text_at_all_is_too_much(self, text: str) -> None:
        normalised = parse_case_number(text).normalised
        assert normalised.split() in ([normalised], [])


class TestAdding:
    @pytest.mark.parametrize("printed", ["平石医保罚字（２０２４）第００３号", "平石医保罚字 〔2024〕 3号"])
    def test_a_number_is_kept_as_typed(self, desk: Desk, printed: str) -> None:
        made = add_case(desk, f" {printed} ", "案", "惠民示例大药房")
        assert (made.number, made.normalised, made.findings) == (printed, NORMAL, ())
        assert known_as(desk, NORMAL) == printed
        (row,) = list_cases(desk).cases
        assert (row.number, row.title, row.party, row.recordings, row.version) == (
            printed,
            "案",
            "惠民示例大药房",
            0,
            1,
        )

    def test_the_same_number_in_another_form_is_refused(self, desk: Desk) -> None:
        add_case(desk, "平石医保罚字[2024]第3号", "甲案")
        with pytest.raises(UsageError, match="CASE_EXISTS") as caught:
            add_case(desk, NORMAL, "乙案")
        assert caught.value.facts == {"number": "平石医保罚字[2024]第3号", "title": "甲案"}
        assert list_cases(desk).total == 1

    def test_a_number_of_no_known_form_is_told_and_found_again(self, desk: Desk) -> None:
        made = add_case(desk, "Case A-7", "案")
        assert [finding.code for finding in made.findings] == ["NUMBER_NOT_RECOGNISED"]
        assert known_as(desk, "case a-7") == "Case A-7"

    def test_bad_text_is_refused_and_nothing_kept(self, desk: Desk) -> None:
        for number, title, code in NO_TEXTS:
            with pytest.raises(UsageError, match=code):
                add_case(desk, number, title)
        assert list_cases(desk).total == 0

    def test_two_who_add_one_number_at_once_get_one_case(self, desk: Desk) -> None:
        said: list[str] = []

        def add() -> None:
            try:
                said.append(add_case(desk, NORMAL, "案").normalised)
            except AvdeskError as error:
                said.append(error.code)

        threads = [threading.Thread(target=add) for _number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == ["CASE_EXISTS"] * 5 + [NORMAL]
        assert verify_audit(desk).ok

    def test_cases_are_listed_newest_first_page_by_page(self, desk: Desk) -> None:
        numbers = [add_case(desk, f"平石医保罚字〔2026〕{number}号", "案").number for number in range(1, 8)]
        found, after = [], None
        for _page in range(4):
            listed = list_cases(desk, 2, after)
            found += [case.number for case in listed.cases]
            after = listed.next
            assert listed.total == 7
        assert (found, after) == (numbers[::-1], None)


class TestLinking:
    @pytest.fixture
    def recordings(self, desk: Desk, collect: Collect) -> list[str]:
        add_case(desk, NORMAL, "案")
        return [str(outcome.recording_id) for outcome in collect(LOGS).outcomes]

    def test_recordings_belong_to_a_case_once(self, desk: Desk, recordings: list[str]) -> None:
        first = link_recordings(desk, NORMAL, [recordings[0], recordings[1], recordings[0]])
        again = link_recordings(desk, "平石医保罚字[2024]3号", recordings[:3])
        assert ((first.linked, first.already), (again.linked, again.already)) == ((2, 0), (3, 2))
        (case,) = list_cases(desk).cases
        assert case.recordings == 3
        listed = list_recordings(desk, RecordingFilter(case_number=NORMAL))
        assert {row.recording_id for row in listed.recordings} == set(recordings[:3])
        assert all(row.case_numbers == (NORMAL,) for row in listed.recordings)
        custody = [event.act for event in show_recording(desk, recordings[0]).custody]
        assert custody == ["recording.registered", "recording.linked"]

    def test_a_recording_may_belong_to_two_cases(self, desk: Desk, recordings: list[str]) -> None:
        add_case(desk, "平石医保查字〔2026〕1号", "另案")
        for number in (NORMAL, "平石医保查字〔2026〕1号"):
            link_recordings(desk, number, recordings[:1])
        shown = show_recording(desk, recordings[0])
        assert [(link.number, link.title) for link in shown.links] == [
            (NORMAL, "案"),
            ("平石医保查字〔2026〕1号", "另案"),
        ]

    def test_all_unknown_recordings_are_named_and_none_is_linked(self, desk: Desk, recordings: list[str]) -> None:
        unknown = ["nothing", "\udcff", "\0", "%"]
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN") as caught:
            link_recordings(desk, NORMAL, [*recordings, *unknown])
        assert caught.value.facts["recordings"] == ["nothing", "\\udcff", "\\x00", "%"]
        assert list_cases(desk).cases[0].recordings == 0

    def test_very_many_at_once_are_no_matter(self, desk: Desk, recordings: list[str]) -> None:
        with pytest.raises(UsageError) as caught:
            link_recordings(desk, NORMAL, [*recordings, *(f"unknown-{number}" for number in range(2000))])
        assert len(caught.value.facts["recordings"]) == 2000  # type: ignore[arg-type]

    def test_an_unknown_case_is_refused(self, desk: Desk) -> None:
        for number in ("平石医保罚字〔2024〕4号", "", "\udcff", "\0"):
            with pytest.raises(UsageError, match="CASE_UNKNOWN"):
                link_recordings(desk, number, ["nothing"])
