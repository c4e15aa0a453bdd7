"""The custody of a recording in words, from what really happened to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from avdesk.findings import Finding
from avdesk.services.cases import link_recordings, unlink_recordings
from avdesk.services.deriving import clip, snapshot
from avdesk.services.desk import Desk
from avdesk.services.library import browse
from avdesk.services.markers import add_marker, edit_marker, remove_marker
from avdesk.services.recordings import CustodyEvent, RecordingFilter, show_recording
from avdesk.services.vaults import verify
from avdesk.services.viewing import close_viewing, open_for_viewing
from avdesk.terms import Kind, MarkerKind
from avdesk.ui.pages.library_details import copy_words, picture_words, rate_of
from avdesk.ui.pages.library_story import Step, finding_words, story
from tests.ui.conftest import NUMBER

Told = Callable[[], list[Step]]


@pytest.fixture
def film(dressed: QApplication, desk: Desk) -> str:
    """A film that belongs to no case."""
    wanted = RecordingFilter(kinds=frozenset({Kind.VIDEO}), untagged=True)
    return browse(desk, wanted).rows[0].recording_id


@pytest.fixture
def told(desk: Desk, film: str) -> Told:
    return lambda: story(show_recording(desk, film), desk.zone)


def test_collected_linked_and_taken_out(desk: Desk, film: str, told: Told) -> None:
    link_recordings(desk, NUMBER, [film])
    unlink_recordings(desk, NUMBER, [film], "另案处理")
    steps = told()
    assert [step.text for step in steps] == ["采集并核验", f"关联到 {NUMBER}", f"从 {NUMBER} 移出：另案处理"]
    assert all(step.second.endswith("，王示例") for step in steps)


def test_markers_snapshots_clips_and_what_was_watched(desk: Desk, film: str, told: Told) -> None:
    made = add_marker(desk, film, 1.25, kind=MarkerKind.VIOLATION, text="拒绝出示")
    edit_marker(desk, made.marker_id, at_s=2, to_s=3, kind=MarkerKind.PARTY, text="", version=made.version)
    remove_marker(desk, made.marker_id)
    picture = snapshot(desk, film, 2.5)
    clip(desk, film, 1, 2)
    close_viewing(desk, film, [(0, 5000)], 65)
    assert [step.text for step in told()[1:]] == [
        "在 0:00:01.2 处标记：违法行为 拒绝出示",
        "修改标记，现为 0:00:02.0：当事人行为",
        "删除 0:00:02.0 处的标记：当事人行为",
        "在 0:00:02.5 处抓图",
        "截取片段 0:00:01.0 至 0:00:02.0",
        "观看 1 分 5 秒",
    ]
    (first,) = story(show_recording(desk, picture.recording_id), desk.zone)
    assert first.text == "由另一份录像在本机生成并核验"


def test_looking_again_and_again_is_one_step(desk: Desk, film: str, told: Told) -> None:
    for _time in range(3):
        open_for_viewing(desk, film)
    *_before, last = told()
    assert (last.text, last.times) == ("回放", 3)
    assert last.second.startswith("3 次，最后一次 今天")


def test_a_bad_copy(desk: Desk, film: str, told: Told) -> None:
    copy = show_recording(desk, film).copies[0]
    file = desk.first_vault.path / copy.path
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    verify(desk)
    last = told()[-1]
    assert (last.text, last.tone) == ("查出副本不符", "bad")
    assert copy_words(show_recording(desk, film).copies[0]).startswith("副本不符")


def test_an_act_of_a_later_version_is_told_too(desk: Desk, film: str) -> None:
    from dataclasses import replace

    facts = show_recording(desk, film)
    later = CustodyEvent(99, "2026-11-24T10:00:00+00:00", "赵样本", "recording.redacted", {})
    last = story(replace(facts, custody=(*facts.custody, later), handed_in_by="张示例"), desk.zone)[-1]
    assert (last.text, f"{last.at:%H:%M}") == ("其他操作：recording.redacted", "18:00")
    first = story(replace(facts, handed_in_by="张示例"), desk.zone)[0]
    assert first.text == "张示例 交回，王示例 接收"


def test_what_the_picture_is(desk: Desk, film: str) -> None:
    assert picture_words(show_recording(desk, film)).startswith("640×360，25 帧/秒，H.26")
    assert [rate_of(text) for text in ("30000/1001", "25/1", "", None, "x/y", "1/0")] == ["29.97", "25", "", "", "", ""]


def test_findings_of_a_file(dressed: QApplication) -> None:
    assert finding_words(Finding("EMPTY", "a", {})) == "文件是空的"
    assert "EMPTY" not in finding_words(Finding("CUT_SHORT", "a", {}))
