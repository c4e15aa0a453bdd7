"""Speeds, backwards, repeating, going to a time, zoom, brightness: by the keys that a reviewer presses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMenu, QSlider, QWidget

from avdesk.media.sample_card import FRAME_RATE, VIDEO_SIZE
from avdesk.ui.pages.player_goto import seconds_of
from avdesk.ui.pages.player_processes import Frame
from avdesk.ui.sound import Channels
from tests.ui.player_page import HEVC, PHOTO, VIDEO, VOICE, Opened, on_screen

SEEN = list[tuple[int, int | None]]


def watched(opened: Opened) -> SEEN:
    """Grows by what is read from the screen and what is said of it."""
    seen: SEEN = []
    page = opened.page

    def look(frame: Frame | None) -> None:
        if frame is not None:
            seen.append((on_screen(page), frame.picture.number))

    page.playback.shown.connect(look)
    return seen


class TestSpeed:
    @pytest.mark.parametrize("query", [VIDEO, HEVC])
    def test_j_plays_backwards_and_every_picture_is_what_it_says(self, opened: Opened, query: str) -> None:
        page = opened.counted(query)
        opened.seek(3.0)
        seen = watched(opened)
        QTest.keyClick(page, "j")
        assert (page.playback.playing, page.playback.rate) == (True, -1.0)
        opened.wait(lambda: not page.playback.playing)
        numbers = [number for number, _said in seen]
        assert all(number == said for number, said in seen)
        assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) > 5
        assert page.playback.position == 0.0

    def test_pressing_again_doubles_and_k_is_normal_again(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        for rate in (1.0, 2.0, 4.0, 8.0, 16.0, 16.0):
            if page.playback.playing is False:
                opened.seek(0.0)
            QTest.keyClick(page, "l")
            assert page.playback.rate == rate
        QTest.keyClick(page, "k")
        assert (page.playback.playing, page.playback.rate) == (False, 1.0)
        opened.seek(4.0)
        QTest.keyClick(page, "j")
        QTest.keyClick(page, "j")
        assert page.playback.rate == -2.0
        QTest.keyClick(page, "l")
        assert page.playback.rate == 1.0
        opened.wait(lambda: on_screen(page) > 0)

    @pytest.mark.parametrize("rate", [0.25, 4.0, 16.0])
    def test_at_every_speed_what_is_shown_is_what_is_said(self, opened: Opened, rate: float) -> None:
        page = opened.counted(VIDEO)
        opened.seek(6.5 if rate < 1 else 0.0)
        seen = watched(opened)
        page.playback.set_rate(rate)
        page.playback.play()
        opened.wait(lambda: not page.playback.playing)
        opened.wait(lambda: on_screen(page) == 199)
        assert all(number == said for number, said in seen)

    def test_the_keys_for_slower_and_faster(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, ">")
        assert page.playback.rate == 1.25
        for _press in range(9):
            QTest.keyClick(page, "<")
        assert page.playback.rate == 0.25
        assert page.controls.acts.speed.text() == "0.25×"

    def test_a_sound_alone_has_no_way_back(self, opened: Opened) -> None:
        page = opened.open(VOICE, on_picture=False)
        QTest.keyClick(page, "j")
        assert not page.playback.playing and page.playback.rate == 1.0


class TestRepeating:
    def test_a_part_is_played_again_until_q(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(2.0)
        QTest.keyClick(page, "a")
        opened.seek(2.6)
        QTest.keyClick(page, "b")
        seen = watched(opened)
        QTest.keyClick(page, "l")
        opened.wait(lambda: [number for number, _said in seen].count(50) >= 3)
        assert all(50 <= number <= 66 for number, _said in seen[2:])
        QTest.keyClick(page, "q")
        opened.wait(lambda: not page.playback.playing)
        assert on_screen(page) == 199

    def test_an_end_before_the_beginning_begins_anew(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(4.0)
        QTest.keyClick(page, "a")
        opened.seek(2.0)
        QTest.keyClick(page, "b")
        assert (page.playback.loop.a, page.playback.loop.b) == (0.0, 2.0)


class TestGoTo:
    def ask(self, opened: Opened) -> QLineEdit:
        QTest.keyClick(opened.page, "g")
        field = opened.page.window().findChild(QLineEdit, "dialog.go-to.time")
        assert field is not None
        opened.wait(field.hasFocus)
        return field

    def test_a_typed_time_is_gone_to(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        field = self.ask(opened)
        QTest.keyClicks(field, "0:03.08")
        QTest.keyClick(field, Qt.Key.Key_Return)
        opened.wait(lambda: on_screen(page) == 77)

    def test_what_is_no_time_or_too_late_is_said_and_nothing_happens(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        field = self.ask(opened)
        for typed, said in (("abc", "不是时间"), ("9:00", "超过")):
            field.selectAll()
            QTest.keyClicks(field, typed)
            QTest.keyClick(field, Qt.Key.Key_Return)
            assert any(said in label.text() for label in field.window().findChildren(QLabel))
        dialog = field.window()
        assert isinstance(dialog, QDialog) and dialog.isVisible() and on_screen(page) == 0
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("1:02:03.5", 3723.5), ("02:03", 123.0), ("95.5", 95.5), ("１：０２", 62.0), ("", None), ("1:2:3:4", None)],
    )
    def test_how_times_are_read(self, text: str, seconds: float | None) -> None:
        assert seconds_of(text) == seconds


class TestView:
    def test_a_film_is_zoomed_to_its_own_pixels_and_moved(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.08)
        spot = QPointF(page.view.target().center())
        for _press in range(12):
            QTest.keyClick(page, "+")
        assert page.view.view.zoom > 4
        opened.wait(lambda: page.view.frame is not None and page.view.frame.picture.width >= VIDEO_SIZE[0])
        target = page.view.target()
        assert target.width() > 4 * page.view.width() / 2 and target.contains(spot)
        QTest.keyClick(page, "0")
        opened.wait(lambda: page.view.view.zoom == 1 and on_screen(page) == 77)

    def test_brightness_lifts_the_view_and_leaves_the_picture_alone(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        middle = page.view.target().center().toPoint()
        before = page.view.grab().toImage().pixelColor(middle).lightness()
        QTest.keyClick(page, "e")
        popup = page.controls.acts.adjust
        opened.wait(popup.isVisible)
        slider = popup.findChild(QSlider, "player.adjust.brightness")
        assert slider is not None
        slider.setValue(80)
        assert page.view.grab().toImage().pixelColor(middle).lightness() > before + 20
        popup.reset()
        assert page.view.grab().toImage().pixelColor(middle).lightness() == before
        popup.hide()

    def test_the_next_recording_is_shown_as_recorded(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.controls.acts.adjust.brightness.setValue(80)
        opened.open(PHOTO)
        assert page.controls.acts.adjust.brightness.value() == 0


class TestSound:
    def test_louder_than_recorded(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        for _press in range(40):
            QTest.keyClick(page, Qt.Key.Key_Up)
        assert page.controls.acts.loudness.slider.value() == 200

    def test_one_channel_alone(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, "v")
        menu = page.controls.acts.loudness.findChild(QMenu, "player.channels")
        assert menu is not None
        opened.wait(menu.isVisible)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        assert page.playback.voice.channels is Channels.LEFT
        menu.hide()

    def test_without_vlc_it_plays_in_silence_and_says_what_to_install(
        self, opened: Opened, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHON_VLC_LIB_PATH", "/nowhere/libvlc.so")
        page = opened.counted(VIDEO)
        mute = page.window().findChild(QWidget, "player.mute")
        assert mute is not None
        opened.wait(lambda: "libvlc5" in mute.toolTip())
        QTest.keyClick(page, "l")
        opened.wait(lambda: not page.playback.playing)
        assert on_screen(page) == round(page.playback.duration * FRAME_RATE) - 1


def test_keys_act_while_a_chinese_input_method_is_on(opened: Opened) -> None:
    page = opened.counted(VIDEO)
    assert not page.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not page.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not page.controls.seek.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
