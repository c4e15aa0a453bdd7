"""Markers: a time of a recording with words, found again by them; nothing of them is ever lost."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from avdesk.errors import NotPermitted, StaleEdit, UsageError
from avdesk.models import Marker as MarkerRow
from avdesk.models import Recording
from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.markers import Marker, add_marker, edit_marker, list_markers, remove_marker, show_marker
from avdesk.services.recordings import RecordingFilter, list_recordings, show_recording
from avdesk.services.searching import find
from avdesk.terms import MarkerKind, Right
from tests.conftest import Collect

LONG = "LOG/DSJ_5K20417_310086_20261123140210.LOG"


@pytest.fixture
def recording_id(desk: Desk, collect: Collect) -> str:
    """A recording of 12.5 seconds, as the catalogue knows it."""
    report = collect({LONG: b"twelve seconds and a half", "LOG/other.LOG": b"another"})
    found = next(outcome.recording_id for outcome in report.outcomes if outcome.path == LONG)
    assert found is not None
    with desk.database.write() as session:
        session.execute(update(Recording).where(Recording.id == found).values(duration_s=12.5))
    return found


def mark(desk: Desk, recording_id: str, at_s: float = 1.0, **said: Any) -> Marker:
    return add_marker(desk, recording_id, at_s, **{"kind": MarkerKind.VIOLATION, "text": "拒绝出示证件", **said})


def acts(desk: Desk, recording_id: str) -> list[tuple[str, dict[str, object]]]:
    custody = show_recording(desk, recording_id).custody
    return [(event.act, dict(event.facts)) for event in custody if event.act.startswith("marker.")]


def test_a_marker_says_when_what_and_who(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id, 3.25, to_s=4)
    assert (made.recording_id, made.at_s, made.to_s) == (recording_id, 3.25, 4.0)
    assert (made.kind, made.text, made.author, made.version) == (
        MarkerKind.VIOLATION,
        "拒绝出示证件",
        desk.person_name,
        1,
    )
    assert list_markers(desk, recording_id).markers == (made,) == show_recording(desk, recording_id).markers
    ((act, facts),) = acts(desk, recording_id)
    assert act == "marker.added"
    assert (facts["marker_id"], facts["from_ms"], facts["to_ms"]) == (made.marker_id, 3250, 4000)
    assert (facts["kind"], facts["text"]) == ("violation", "拒绝出示证件")
    assert verify_audit(desk).ok


def test_markers_stand_in_the_order_of_time(desk: Desk, recording_id: str) -> None:
    for at in (5.0, 0.0, 12.5, 5.0):
        mark(desk, recording_id, at)
    assert [row.at_s for row in list_markers(desk, recording_id).markers] == [0, 5, 5, 12.5]


def test_the_frame_that_was_marked_is_the_one_shown_at_the_marker(desk: Desk, recording_id: str) -> None:
    """Frames of 30000/1001 a second: whole milliseconds never fall before the frame they were taken from."""
    for frame in (0, 1, 2, 17, 100, 311):
        at = mark(desk, recording_id, frame * 1001 / 30000).at_s
        assert math.floor(at * 30000 / 1001) == frame


def test_every_kind_of_the_contract_can_be_used_and_words_may_come_later(desk: Desk, recording_id: str) -> None:
    for kind in MarkerKind:
        mark(desk, recording_id, kind=kind, text=" ")
    markers = list_markers(desk, recording_id).markers
    assert [row.kind for row in markers] == list(MarkerKind) and {row.text for row in markers} == {""}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"at_s": -0.001}, "TIME_OUT_OF_RANGE"),
        ({"at_s": 12.502}, "TIME_OUT_OF_RANGE"),
        ({"at_s": math.nan}, "TIME_OUT_OF_RANGE"),
        ({"at_s": math.inf}, "TIME_OUT_OF_RANGE"),
        ({"at_s": 1.0, "to_s": 12.502}, "TIME_OUT_OF_RANGE"),
        ({"at_s": 2.0, "to_s": 1.9}, "SPAN_REVERSED"),
        ({"at_s": 1.0, "kind": None}, "EMPTY"),
        ({"at_s": 1.0, "text": "a\nb"}, "CONTROL_CHARACTER"),
        ({"at_s": 1.0, "text": "长" * 1001}, "TOO_LONG"),
    ],
)
def test_what_can_not_be_is_refused(desk: Desk, recording_id: str, said: dict[str, Any], code: str) -> None:
    known = mark(desk, recording_id)
    with pytest.raises(UsageError) as caught:
        mark(desk, recording_id, **said)
    assert caught.value.code == code
    edited: dict[str, Any] = {"to_s": None, "kind": MarkerKind.PLACE, "text": "", "version": known.version, **said}
    with pytest.raises(UsageError) as caught:
        edit_marker(desk, known.marker_id, **edited)
    assert caught.value.code == code
    assert list_markers(desk, recording_id).markers == (known,)


@pytest.mark.parametrize("unknown", ["", "nothing", "\udcff\0"])
def test_what_is_unknown_is_refused(desk: Desk, recording_id: str, unknown: str) -> None:
    for code, ask in (
        ("RECORDING_UNKNOWN", lambda: mark(desk, unknown)),
        ("RECORDING_UNKNOWN", lambda: list_markers(desk, unknown)),
        ("MARKER_UNKNOWN", lambda: show_marker(desk, unknown)),
        ("MARKER_UNKNOWN", lambda: remove_marker(desk, unknown)),
    ):
        with pytest.raises(UsageError) as caught:
            ask()
        assert caught.value.code == code


def test_an_edit_keeps_author_and_history(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    changed = edit_marker(
        desk, made.marker_id, at_s=2, to_s=3, kind=MarkerKind.PARTY, text="当事人到场", version=made.version
    )
    assert show_marker(desk, made.marker_id) == changed
    assert (changed.at_s, changed.to_s, changed.kind, changed.text, changed.version) == (
        2.0,
        3.0,
        MarkerKind.PARTY,
        "当事人到场",
        2,
    )
    act, facts = acts(desk, recording_id)[-1]
    assert act == "marker.edited" and facts["text"] == "当事人到场"
    assert facts["from"] == {"from_ms": 1000, "to_ms": None, "kind": "violation", "text": "拒绝出示证件"}


def test_an_edit_that_changes_nothing_is_no_event(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    same = edit_marker(desk, made.marker_id, at_s=1, to_s=None, kind=made.kind, text=made.text, version=made.version)
    assert same == made and len(acts(desk, recording_id)) == 1


def test_nobody_overwrites_what_another_changed(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    edit_marker(desk, made.marker_id, at_s=2, to_s=None, kind=made.kind, text="一", version=made.version)
    with pytest.raises(StaleEdit):
        edit_marker(desk, made.marker_id, at_s=3, to_s=None, kind=made.kind, text="二", version=made.version)
    with pytest.raises(StaleEdit):
        remove_marker(desk, made.marker_id, version=made.version)
    assert [row.text for row in list_markers(desk, recording_id).markers] == ["一"]


def test_of_two_edits_at_once_one_is_shown_as_stale(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    stale: list[str] = []
    start = threading.Barrier(2)

    def change(text: str) -> None:
        start.wait()
        try:
            edit_marker(desk, made.marker_id, at_s=2, to_s=None, kind=made.kind, text=text, version=made.version)
        except StaleEdit:
            stale.append(text)

    threads = [threading.Thread(target=change, args=(text,)) for text in ("一", "二")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stale) == 1 and show_marker(desk, made.marker_id).text in {"一", "二"} - set(stale)


def test_a_removed_marker_is_in_no_list_but_stays_in_the_catalogue(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    remove_marker(desk, made.marker_id, version=made.version)
    assert list_markers(desk, recording_id).markers == () == show_recording(desk, recording_id).markers
    assert find(desk, "拒绝").markers == () and find(desk, "拒绝").recordings == ()
    with pytest.raises(UsageError):
        remove_marker(desk, made.marker_id)
    with desk.database.read() as session:
        row = session.get_one(MarkerRow, made.marker_id)
        assert row.removed_at is not None and row.text == "拒绝出示证件"
    act, facts = acts(desk, recording_id)[-1]
    assert act == "marker.removed" and facts["text"] == "拒绝出示证件"


class TestFinding:
    def test_words_lead_to_the_recording_and_the_time(self, desk: Desk, recording_id: str) -> None:
        made = mark(desk, recording_id, 3.25, text="Refused 出示 ID 100%")
        for words in ("refused", "出示", "id 100%"):
            (hit,) = find(desk, words).markers
            assert (hit.marker_id, hit.recording_id, hit.at_s) == (made.marker_id, recording_id, 3.25)
            assert (hit.kind, hit.text, hit.path) == (MarkerKind.VIOLATION, made.text, LONG)
            assert [row.recording_id for row in find(desk, words).recordings] == [recording_id]
            assert [row.recording_id for row in listed(desk, words)] == [recording_id]
        assert find(desk, "100_").markers == () and listed(desk, "出示x") == ()

    def test_at_most_so_many_the_newest_first(self, desk: Desk, recording_id: str) -> None:
        for number in range(5):
            mark(desk, recording_id, number, text=f"门牌 {number}")
        assert [hit.text for hit in find(desk, "门牌", 2).markers] == ["门牌 4", "门牌 3"]
        assert len(listed(desk, "门牌")) == 1


def listed(desk: Desk, query: str) -> tuple[Any, ...]:
    return list_recordings(desk, RecordingFilter(query=query)).recordings


def test_rights_are_asked_for(desk: Desk, recording_id: str) -> None:
    made = mark(desk, recording_id)
    viewer = replace(desk, rights=frozenset({Right.VIEW}))
    with pytest.raises(NotPermitted):
        mark(viewer, recording_id)
    with pytest.raises(NotPermitted):
        remove_marker(viewer, made.marker_id)
    assert list_markers(viewer, recording_id).markers == (made,)
    with pytest.raises(NotPermitted):
        list_markers(replace(desk, rights=frozenset({Right.MARK})), recording_id)
