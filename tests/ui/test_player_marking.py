"""Marking by keyboard: mark, write, jump, snapshot, clip; and what is written down of looking."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from avdesk.media.sample_card import FRAME_RATE
from avdesk.services.desk import Desk
from avdesk.services.markers import edit_marker, list_markers, remove_marker
from avdesk.services.policies import set_policy
from avdesk.services.recordings import show_recording
from avdesk.services.workspace import sign_in
from avdesk.terms import Kind, MarkerKind
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.widgets.labels import Note
from tests.ui.player_page import PHOTO, VIDEO, Opened, on_screen, recording, stored


def marks(opened: Opened) -> list[tuple[float, MarkerKind, str]]:
    found = list_markers(opened.page.desk, opened.page.recording_id).markers
    return [(marker.at_s, marker.kind, marker.text) for marker in found]


def is_shown(page: PlayerPage, at: float) -> bool:
    return page.playback.frame is not None and abs(page.playback.frame.seconds - at) < 0.01


def is_marked(page: PlayerPage, at: float) -> bool:
    return any(abs(one.at - at) < 0.01 for one in page.markers.shown)


def field(opened: Opened, name: str) -> QLineEdit:
    found = opened.page.window().findChild(QLineEdit, name)
    assert found is not None
    opened.wait(found.hasFocus)
    return found


class TestMarkers:
    def test_three_keys_three_markers_and_a_written_one(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        for at, key in ((1.0, "1"), (3.08, "3"), (5.0, "9")):
            opened.seek(at)
            opened.wait(partial(is_shown, page, at))
            QTest.keyClick(page, key)
            opened.wait(partial(is_marked, page, at))
        QTest.keyClick(page, "t")
        words = field(opened, "dialog.marker.text")
        QTest.keyClicks(words, "Door closed")
        QTest.keyClick(words, Qt.Key.Key_Return)
        opened.wait(lambda: marks(opened)[-1][2] == "Door closed")
        assert [kind for _at, kind, _text in marks(opened)] == [
            MarkerKind.STATEMENT,
            MarkerKind.KEY_EVIDENCE,
            MarkerKind.VIOLATION,
        ]
        assert [flag.sign for flag in page.controls.seek.line.flags] == ["1", "3", "9"]

    def test_jumping_shows_the_marked_frame(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.08)
        QTest.keyClick(page, "2")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, Qt.Key.Key_Home)
        opened.wait(lambda: on_screen(page) == 0)
        QTest.keyClick(page, "]")
        opened.wait(lambda: on_screen(page) == 77)
        opened.seek(6.0)
        QTest.keyClick(page, "[")
        opened.wait(lambda: on_screen(page) == 77)

    def test_what_repeats_is_marked_as_a_span(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(2.0)
        QTest.keyClick(page, "a")
        opened.seek(4.0)
        QTest.keyClick(page, "b")
        opened.seek(3.0)
        QTest.keyClick(page, "4")
        opened.wait(lambda: page.markers.count == 1)
        (made,) = list_markers(page.desk, page.recording_id).markers
        assert (made.at_s, made.to_s) == (2.0, 4.0)

    def test_a_removed_one_can_be_put_back(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "1")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, Qt.Key.Key_Delete)
        opened.wait(lambda: page.markers.count == 0 and page.shell.message_bar.isVisible())
        act = page.window().findChild(QWidget, "message.act")
        assert act is not None
        QTest.mouseClick(act, Qt.MouseButton.LeftButton)
        opened.wait(lambda: page.markers.count == 1)
        assert [kind for _at, kind, _text in marks(opened)] == [MarkerKind.STATEMENT]

    def test_a_change_by_somebody_else_is_shown_and_not_overwritten(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "1")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, "t")
        words = field(opened, "dialog.marker.text")
        (mine,) = list_markers(page.desk, page.recording_id).markers
        theirs = {"at_s": mine.at_s, "to_s": None, "kind": MarkerKind.PLACE, "text": "Gate", "version": mine.version}
        edit_marker(page.desk, mine.marker_id, **theirs)  # type: ignore[arg-type]
        QTest.keyClicks(words, "Desk")
        QTest.keyClick(words, Qt.Key.Key_Return)
        dialog = words.window()
        opened.wait(lambda: any("Gate" in label for label in texts(dialog)))
        assert [text for _at, _kind, text in marks(opened)] == ["Gate"]
        QTest.keyClick(words, Qt.Key.Key_Return)
        opened.wait(lambda: [text for _at, _kind, text in marks(opened)] == ["Desk"])

    def test_one_that_somebody_removed_can_only_be_left(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "1")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, "t")
        words = field(opened, "dialog.marker.text")
        remove_marker(page.desk, page.markers.chosen)
        QTest.keyClicks(words, "Desk")
        QTest.keyClick(words, Qt.Key.Key_Return)
        opened.wait(lambda: any("不存在" in text or "已" in text for text in texts(words.window())))
        assert marks(opened) == []
        words.window().close()

    def test_a_wrong_time_stays_in_the_dialog(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "1")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, "t")
        words = field(opened, "dialog.marker.text")
        to = words.window().findChild(QLineEdit, "dialog.marker.to")
        assert to is not None
        to.setText("abc")
        QTest.keyClick(words, Qt.Key.Key_Return)
        assert any("不是时间" in text for text in texts(words.window()))
        to.setText("0:59:00")
        QTest.keyClick(words, Qt.Key.Key_Return)
        note = words.window().findChild(Note, "dialog.marker.note")
        assert note is not None
        opened.wait(note.isVisible)
        assert words.window().isVisible() and marks(opened)[0][0] == 0.0
        words.window().close()

    def test_only_one_kind_is_shown_when_that_is_chosen(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        for key in "12":
            QTest.keyClick(page, key)
        opened.wait(lambda: page.markers.count == 2)
        page.markers.show_only(MarkerKind.SCENE)
        assert page.side.marks.count() == 1 and [flag.sign for flag in page.controls.seek.line.flags] == ["2"]

    def test_a_photograph_is_marked_too(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        QTest.keyClick(page, "3")
        opened.wait(lambda: marks(opened) == [(0.0, MarkerKind.KEY_EVIDENCE, "")])

    def test_all_kinds_are_in_the_dialog(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "1")
        opened.wait(lambda: page.markers.count == 1)
        QTest.keyClick(page, "t")
        words = field(opened, "dialog.marker.text")
        kinds = words.window().findChild(QComboBox, "dialog.marker.kind")
        assert kinds is not None and kinds.count() == len(MarkerKind)
        words.window().close()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


class TestMaking:
    def test_a_snapshot_is_the_frame_on_the_screen(self, opened: Opened, desk: Desk) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.08)
        QTest.keyClick(page, "s")
        opened.wait(lambda: "抓图" in page.shell.message_bar.text())
        made = show_recording(desk, page.recording_id).derived
        assert len(made) == 1
        facts = show_recording(desk, made[0].recording_id)
        assert (facts.kind, facts.derived_from) == (Kind.PHOTO, page.recording_id)
        assert "77" in page.shell.message_bar.text()

    def test_a_clip_needs_its_two_ends_and_is_what_repeats(self, opened: Opened, desk: Desk) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "x")
        assert "（A）" in page.shell.message_bar.text()
        opened.seek(2.0)
        QTest.keyClick(page, "a")
        opened.seek(4.0)
        QTest.keyClick(page, "b")
        QTest.keyClick(page, "x")
        opened.wait(lambda: "已截取" in page.shell.message_bar.text())
        (made,) = show_recording(desk, page.recording_id).derived
        clip = show_recording(desk, made.recording_id)
        assert clip.kind == Kind.VIDEO and clip.duration_s == pytest.approx(2.0, abs=3 / FRAME_RATE)


class TestAccount:
    def test_what_was_watched_is_written_down(self, opened: Opened, desk: Desk) -> None:
        page = opened.counted(VIDEO)
        opened.seek(2.0)
        QTest.keyClick(page, "l")
        opened.wait(lambda: on_screen(page) > 60)
        QTest.keyClick(page, "k")
        recording_id = page.recording_id
        opened.page.shell.open_page("library") if opened.page.shell.has_page("library") else page.on_hidden()
        opened.wait(lambda: "recording.watched" in [event.act for event in show_recording(desk, recording_id).custody])
        (event,) = [event for event in show_recording(desk, recording_id).custody if event.act == "recording.watched"]
        spans = event.facts["spans"]
        assert isinstance(spans, list)
        assert spans[0] == [0, 0] and spans[1][0] == 2000 and 2400 <= spans[1][1] <= 4000

    def test_also_when_the_window_closes(self, opened: Opened, desk: Desk) -> None:
        page = opened.counted(VIDEO)
        page.save_state()
        acts = [event.act for event in show_recording(desk, page.recording_id).custody]
        assert acts.count("recording.watched") == 1

    def test_a_copy_that_is_not_what_was_collected_is_a_red_banner(self, opened: Opened, desk: Desk) -> None:
        path = stored(desk, VIDEO)
        data = bytearray(path.read_bytes())
        data[-9] ^= 1
        path.write_bytes(bytes(data))
        page = opened.open(VIDEO)
        opened.wait(page.banner.isVisible)
        assert any("校验值不一致" in text for text in texts(page.banner))
        database = Path(desk.workspace) / "avdesk.sqlite3"
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as catalogue:
            query = "SELECT state FROM copy WHERE recording_id = ?"
            assert catalogue.execute(query, (recording(desk, VIDEO),)).fetchone() == ("DAMAGED",)
        page.on_hidden()
        opened.open(VIDEO)
        assert page.banner.isVisible(), "known before it is read again"

    def test_a_good_copy_has_none(self, opened: Opened) -> None:
        page = opened.open(VIDEO)
        opened.wait(lambda: not page.watch.checks)
        assert not page.banner.isVisible()


class TestOneLine:
    @pytest.fixture
    def joined(self, opened: Opened) -> Opened:
        """The three videos of the sample card, minutes apart, as segments of one recording."""
        set_policy(opened.page.desk, "timeline.gap_minutes", "60", "试")
        opened.page.desk = sign_in(opened.page.desk.workspace, None)
        return opened

    def test_segments_play_as_one_with_their_gaps(self, joined: Opened) -> None:
        page = joined.counted(VIDEO)
        joined.wait(lambda: len(page.reel.segments) == 3)
        line = page.controls.seek.line
        assert len(line.gaps) == 2 and line.length == pytest.approx(8 + 6 + 6 + 4, abs=3)
        assert page.side.found.count() == 2
        first = page.recording_id
        joined.seek(7.2)
        QTest.keyClick(page, "l")
        joined.wait(lambda: page.recording_id != first and page.playback.frame is not None)
        assert page.playback.playing and page.reel.index == 1
        QTest.keyClick(page, "k")
        page.seek_line(1.0)
        joined.wait(lambda: page.recording_id == first and page.playback.frame is not None and on_screen(page) == 25)

    def test_a_place_in_a_gap_is_where_the_next_one_begins(self, joined: Opened) -> None:
        page = joined.counted(VIDEO)
        joined.wait(lambda: len(page.reel.segments) == 3)
        gap = page.reel.gaps[0]
        page.seek_line(gap.starts_s + gap.length_s / 2)
        joined.wait(lambda: page.reel.index == 1 and page.playback.frame is not None)
        assert on_screen(page) == 0

    def test_photographs_of_the_day_stand_beside_and_open(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.wait(lambda: page.side.photographs.count() == 3)
        item = page.side.photographs.item(0)
        page.side.photographs.itemActivated.emit(item)
        opened.wait(lambda: page.playback.facts is not None and not page.playback.moving)
        QTest.keyClick(page, Qt.Key.Key_PageUp)
        opened.wait(lambda: page.recording_id == recording(page.desk, VIDEO) and page.playback.frame is not None)


def test_what_needs_the_makers_player_is_offered_to_be_copied_out(opened: Opened, desk: Desk) -> None:
    path = stored(desk, VIDEO)
    path.write_bytes(b"DHAV" + bytes(range(256)) * 40)
    page = opened.page
    page.shell.open_page("player", recording_id=recording(desk, VIDEO))
    assert "厂家" in opened.trouble()
    button = page.trouble.button
    assert button is not None and button.isVisible() and button.text() == "复制出库…"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    opened.wait(lambda: page.window().findChild(QWidget, "copy-out") is not None)
    dialog = page.window().findChild(QWidget, "copy-out")
    assert dialog is not None
    dialog.close()
