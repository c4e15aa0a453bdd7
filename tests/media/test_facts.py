"""Facts come through the pipe unchanged, and nothing else comes through it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avdesk.findings import Finding
from avdesk.media.facts import LONGEST_TEXT, MediaFacts, ReadTime, clean_text, from_message, to_message
from avdesk.terms import Kind, TimeSource

FACTS = MediaFacts(
    kind=Kind.VIDEO,
    format="mp4",
    duration_s=8.04,
    width=640,
    height=360,
    video_codec="h264",
    frame_rate="30000/1001",
    make="示例",
    times=(
        ReadTime(TimeSource.CONTAINER, "2026-11-23T06:15:00Z", datetime(2026, 11, 23, 6, 15, tzinfo=UTC), True),
        ReadTime(TimeSource.EXIF, "2026:11:23 14:15:00", datetime(2026, 11, 23, 14, 15), False),  # noqa: DTZ001
    ),
    findings=(Finding("CUT_SHORT", None, {"missing": "moov"}),),
)


@pytest.mark.parametrize("facts", [FACTS, MediaFacts()])
def test_facts_survive_the_pipe(facts: MediaFacts) -> None:
    assert from_message(json.loads(json.dumps(to_message(facts)))) == facts


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "film"},
        {"width": "640"},
        {"width": True},
        {"duration_s": [8]},
        {"format": "x" * (LONGEST_TEXT + 1)},
        {"times": [["container", "x", "yesterday", False]]},
        {"times": [["container", "x", "2026-11-23T06:15:00", True]]},
        {"times": {}},
        {"findings": [["EMPTY"]]},
        {"findings": [[1, {}]]},
        {"more": 1},
    ],
)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_message({**to_message(FACTS), **change})


@pytest.mark.parametrize("message", [None, [], "ready", {}])
def test_what_is_no_object_is_refused(message: object) -> None:
    with pytest.raises(ValueError, match="not the facts"):
        from_message(message)


@given(st.text() | st.binary())
def test_text_of_a_file_is_fit_for_a_table(value: str | bytes) -> None:
    text = clean_text(value)
    assert text is None or (text.isprintable() and text == text.strip() and 0 < len(text) <= LONGEST_TEXT)
    assert text is None or text.encode("utf-8")


def test_text_ends_at_the_first_zero_byte() -> None:
    assert clean_text(b"SHILI\0\0rubbish") == "SHILI"
    assert clean_text("  平石\n市 ") == "平石 市"
    assert clean_text(7) is None
