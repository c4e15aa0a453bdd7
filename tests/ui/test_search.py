"""The search box: cases, recordings and acts, from any page, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avdesk.services import ingest, people
from avdesk.services.markers import add_marker
from avdesk.services.recordings import RecordingFilter, list_recordings
from avdesk.terms import Kind, MarkerKind
from avdesk.ui.shell import Shell
from tests.ui.pages_for_tests import add_pages


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> Shell:
    add_pages(shell)
    shell.begin("ingest")
    qtbot.waitExposed(shell)
    return shell


def words(window: Shell) -> list[str]:
    return [hit.text for hit in window.search.list.hits]


def open_search(window: Shell, qtbot: QtBot, text: str = "") -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.search.box.hasFocus()
    qtbot.keyClicks(window.search.box, text)


def test_pages_and_acts_are_there_at_once(window: Shell, qtbot: QtBot) -> None:
    open_search(window, qtbot)
    assert words(window) == ["页面与操作", "采集", "资料库", "案件", "选择文件夹采集", "全部按键"]
    assert window.search.list.isVisible()
    qtbot.keyClick(window.search.box, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.box, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.box, Qt.Key.Key_Return)
    assert window.current is window.pages["cases"]
    assert not window.search.list.isVisible()
    assert window.search.box.text() == ""


def test_a_case_is_found_by_a_part_of_its_party(window: Shell, qtbot: QtBot) -> None:
    open_search(window, qtbot)
    window.search.box.insert("惠民")
    qtbot.waitUntil(lambda: "平石医保罚字〔2026〕7号" in words(window), timeout=20_000)
    assert words(window)[:2] == ["案件", "平石医保罚字〔2026〕7号"]
    qtbot.keyClick(window.search.box, Qt.Key.Key_Return)
    assert window.current is window.pages["cases"]
    assert set(window.pages["cases"].states[-1]) == {"case_id"}  # type: ignore[attr-defined]


def test_a_marker_leads_to_its_recording_and_time(window: Shell, qtbot: QtBot) -> None:
    desk = window.desk
    recording_id = list_recordings(desk, RecordingFilter(kind=Kind.VIDEO)).recordings[0].recording_id
    add_marker(desk, recording_id, 3.5, kind=MarkerKind.KEY_EVIDENCE, text="处方笺")
    open_search(window, qtbot)
    window.search.box.insert("处方笺")
    qtbot.waitUntil(lambda: "标记" in words(window), timeout=20_000)
    assert words(window)[:3] == ["标记", "重要证据 处方笺", "文件"]
    qtbot.keyClick(window.search.box, Qt.Key.Key_Return)
    page = window.pages["player"]
    assert window.current is page
    assert page.states[-1] == {"recording_id": recording_id, "at_s": 3.5}  # type: ignore[attr-defined]


def test_a_recording_is_found_by_a_part_of_its_name(window: Shell, qtbot: QtBot) -> None:
    open_search(window, qtbot, "mp4")
    qtbot.waitUntil(lambda: "文件" in words(window), timeout=20_000)
    found = [hit for hit in window.search.list.hits if hit.text.upper().endswith(".MP4")]
    assert found
    qtbot.keyClick(window.search.box, Qt.Key.Key_Return)
    assert window.current is window.pages["library"]
    assert set(window.pages["library"].states[-1]) == {"recording_id"}  # type: ignore[attr-defined]


def test_a_recording_is_found_by_who_handed_it_in(window: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    people.add_person(window.desk, "赵样本")
    (tmp_path / "card").mkdir()
    (tmp_path / "card" / "20261124_101500.WAV").write_bytes(b"voice")
    (source,) = ingest.choose([tmp_path / "card"])
    ingest.ingest(window.desk, ingest.plan(window.desk, source, probe=False), handed_in_by="赵样本")
    open_search(window, qtbot)
    window.search.box.insert("赵样")
    qtbot.waitUntil(lambda: "20261124_101500.WAV" in words(window), timeout=20_000)
    (hit,) = [hit for hit in window.search.list.hits if hit.text.endswith("WAV")]
    assert hit.second == "2026-11-24 10:15:00·赵样本"


def test_escape_leads_back(window: Shell, qtbot: QtBot) -> None:
    field = window.pages["ingest"].field  # type: ignore[attr-defined]
    field.setFocus()
    open_search(window, qtbot, "zzz")
    qtbot.keyClick(window.search.box, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert not window.search.list.isVisible()


def test_nothing_found_shows_no_list(window: Shell, qtbot: QtBot) -> None:
    open_search(window, qtbot, "zzzzz")
    qtbot.wait(400)
    assert not window.search.list.isVisible()
    qtbot.keyClick(window.search.box, Qt.Key.Key_Return)
    assert window.current is window.pages["ingest"]


def test_composing_does_not_search(window: Shell, qtbot: QtBot) -> None:
    open_search(window, qtbot)
    QApplication.sendEvent(window.search.box, QInputMethodEvent("huimin", []))
    assert window.search.box.text() == ""
    assert words(window)[0] == "页面与操作"
    done = QInputMethodEvent("", [])
    done.setCommitString("惠民")
    QApplication.sendEvent(window.search.box, done)
    assert window.search.box.text() == "惠民"
    qtbot.waitUntil(lambda: "案件" in words(window), timeout=20_000)


def test_it_leads_out_of_the_player_too(window: Shell, qtbot: QtBot) -> None:
    window.open_page("player")
    assert not window.search.box.isVisible()
    open_search(window, qtbot)
    assert window.search.box.isVisible()
