from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avdesk.documents import fonts
from avdesk.documents.breaking import CLOSING, OPENING, chunks, height_of, lines_in, set_block, wrap

ALPHABET = "案件平石市医保局AbZ09（）〔〕《》“”，。、：；！？——……-_./ \u00a0𠮷"


@given(text=st.text(ALPHABET, max_size=120).map(fonts.clean), room=st.floats(4, 40))
@settings(deadline=None)
def test_lines_hold_the_text_and_stay_within_the_room(text: str, room: float) -> None:
    lines = wrap(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line) <= room + 1e-6 for line in lines)
    assert all(line == line.strip(" ") and line for line in lines)


CLAUSES = ["（平石市）", "“案件”", "医疗保障，", "基金。", "〔2026〕", "7号", "PSYB-2026", "12.5", "《办法》、"]


@given(pieces=st.lists(st.sampled_from(CLAUSES)), room=st.floats(10, 40))
@settings(deadline=None)
def test_punctuation_stands_on_the_right_side(pieces: list[str], room: float) -> None:
    for line in wrap("".join(pieces), room)[1:]:
        assert line[0] not in CLOSING
    for line in wrap("".join(pieces), room)[:-1]:
        assert line[-1] not in OPENING


@pytest.mark.parametrize("room", [x / 2 for x in range(12, 60)])
def test_numbers_dates_and_words_stay_whole(room: float) -> None:
    text = "平石医保罚字〔2026〕128号于2026年11月24日由Example-Pharmacy出具"
    lines = wrap(text, room)
    whole = ["〔2026〕", "128号", "2026年11月24日", "Example-Pharmacy"]
    for piece in whole:
        if fonts.width(piece) <= room:
            assert any(piece in line for line in lines), (piece, lines)


def test_a_word_wider_than_a_line_is_broken_where_the_line_is_full() -> None:
    lines = wrap("编号" + "A1" * 60, 20)
    assert lines[0].startswith("编号A1")
    assert all(fonts.width(line) > 18 for line in lines[:-1])


def test_a_long_word_in_brackets_is_broken_without_leaving_a_bracket_alone() -> None:
    for length in range(15, 60):
        lines = wrap("甲（" + "W" * length + "）乙", 12)
        assert all(line[-1] != "（" for line in lines[:-1])
        assert all(line[0] != "）" for line in lines)


def test_a_no_break_space_joins() -> None:
    assert chunks("共\u00a03\u00a0份 完") == ["共\u00a03\u00a0份 ", "完"]


def test_nothing_makes_no_line_and_a_narrow_room_one_character_each() -> None:
    assert wrap("", 10) == []
    assert wrap("案件", 0.5) == wrap("案件", -1) == ["案", "件"]


def test_heights() -> None:
    block = set_block("案" * 25, 100, 10)
    assert len(block.lines) == 3
    assert block.width == pytest.approx(100)
    assert block.height == pytest.approx(height_of(3, 10))
    assert lines_in(block.height, 10) == 3
    assert lines_in(block.height - 0.1, 10) == 2
    assert lines_in(height_of(1, 10) - 0.1, 10) == 0
