"""The player on the real window: what is on the screen, read from its own pixels, is what the page says it is."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avdesk.media.sample_card import FRAME_RATE
from avdesk.services.desk import Desk
from avdesk.services.recordings import show_recording
from avdesk.services.viewing import open_for_viewing
from avdesk.ui.pages import player_playback
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.pages.player_full import FullScreen
from avdesk.ui.pages.player_processes import Frame
from avdesk.ui.pages.player_seek import exact
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.cards import Chip
from tests.ui.player_page import (
    HEVC,
    PHOTO,
    VIDEO,
    VOICE,
    WAIT,
    Opened,
    decoders,
    fits,
    on_screen,
    recording,
    stored,
    viewed,
    words,
)


class TestWhatIsShown:
    @pytest.mark.parametrize("query", [VIDEO, HEVC])
    def test_a_seek_shows_the_frame_that_it_says(self, opened: Opened, query: str) -> None:
        page = opened.counted(query)
        assert on_screen(page) == 0
        last = round(page.playback.duration * FRAME_RATE) - 1
        chance = random.Random(query)
        for at in (*(chance.uniform(0, page.playback.duration) for _ in range(12)), 0.0, 1.0, 0.04, 2.999, 99.0):
            frame = opened.seek(at)
            number = min(int(at * FRAME_RATE + 1e-6), last)
            assert (on_screen(page), frame.picture.number, frame.seconds) == (number, number, number / FRAME_RATE)
            assert words(page, "player.time") == exact(number / FRAME_RATE)
            assert str(number) in page.window().findChild(QWidget, "player.frame").accessibleName()  # type: ignore[union-attr]

    def test_while_it_plays_every_frame_is_what_it_says(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        seen: list[tuple[int, int | None, str]] = []

        def look(frame: Frame | None) -> None:
            if frame is not None:
                seen.append((on_screen(page), frame.picture.number, words(page, "player.time")))

        page.playback.shown.connect(look)
        opened.seek(5.0)
        page.playback.play()
        opened.wait(lambda: not page.playback.playing)
        page.playback.shown.disconnect(look)
        numbers = [number for number, _said, _time in seen]
        assert numbers[0] == 125 and numbers[-1] == 199
        assert numbers == sorted(set(numbers)), "no frame twice, none before another"
        assert all(number == said for number, said, _time in seen)
        assert all(time == exact(number / FRAME_RATE) for number, _said, time in seen)
        assert len(numbers) > 25

    def test_steps_are_single_frames(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.0)
        for key, number in (".", 76), (".", 77), (",", 76), (",", 75), (",", 74), (".", 75):
            before = page.playback.frame
            QTest.keyClick(page, key)
            opened.wait(lambda before=before: page.playback.frame is not before)
            assert (on_screen(page), page.playback.frame.picture.number) == (number, number)  # type: ignore[union-attr]
            assert abs(page.playback.position - number / FRAME_RATE) < 1e-6

    def test_pausing_stays_on_the_frame_and_playing_goes_on_from_it(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.playback.play()
        opened.wait(lambda: on_screen(page) > 10)
        page.playback.pause()
        stopped = on_screen(page)
        QTest.qWait(300)
        assert on_screen(page) == stopped
        numbers: list[int] = []
        page.playback.shown.connect(lambda _frame: numbers.append(on_screen(page)))
        page.playback.play()
        opened.wait(lambda: len(numbers) > 5)
        page.playback.pause()
        assert numbers[0] > stopped and numbers[0] - stopped < 8

    def test_a_seek_while_it_plays_goes_on_from_there(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.playback.play()
        opened.wait(lambda: on_screen(page) > 5)
        page.playback.seek(6.0)
        opened.wait(lambda: on_screen(page) > 152)
        assert page.playback.playing

    def test_the_last_of_many_seeks_counts(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        for at in (1.0, 7.0, 2.0, 6.0, 3.0, 4.48):
            page.playback.seek(at)
        opened.wait(lambda: on_screen(page) == 112)
        QTest.qWait(200)
        assert on_screen(page) == 112

    def test_it_is_the_same_frame_in_a_window_of_another_size(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.08)
        for size in ((1920, 1080), (1000, 620), (1366, 768)):
            page.window().resize(*size)
            opened.wait(lambda: abs(page.view.target().height() - page.view.height()) < 2)
            opened.wait(lambda: fits(page))
            assert on_screen(page) == 77

    def test_after_the_end_it_plays_from_the_beginning(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        QTest.keyClick(page, Qt.Key.Key_End)
        opened.wait(lambda: on_screen(page) == 199)
        page.playback.play()
        opened.wait(lambda: 0 < on_screen(page) < 50)

    def test_twice_as_fast(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.playback.set_rate(2.0)
        page.playback.play()
        opened.wait(lambda: not page.playback.playing)
        assert on_screen(page) == 199


class TestPhotograph:
    def test_it_fits_and_grows_under_the_pointer(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        view = page.view
        assert view.frame is not None and view.frame.picture.height == view.height()
        spot = QPointF(view.target().center().x() + 100, view.target().center().y() + 60)
        before = view.grab().toImage().pixelColor(spot.toPoint())
        for _turn in range(5):
            wheel(view, spot, 120)
        opened.wait(lambda: view.frame is not None and view.frame.picture.width == view.width())
        assert view.ratio > 1
        after = view.grab().toImage().pixelColor(spot.toPoint())
        assert abs(before.lightness() - after.lightness()) < 12
        page.zoom("fit")
        opened.wait(lambda: view.frame is not None and view.frame.picture.width < view.width())
        assert view.view.zoom == 1.0

    def test_true_size_is_a_pixel_for_a_pixel(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        QTest.keyClick(page, "z")
        opened.wait(lambda: words(page, "player.share") == "100 %")
        assert abs(page.view.ratio - 1.0) < 1e-6

    def test_turning_leaves_the_file_alone(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        file = stored(page.desk, PHOTO)
        content = file.read_bytes()
        QTest.keyClick(page, "r")
        opened.wait(lambda: page.view.frame is not None and page.view.frame.picture.width < page.view.height())
        assert file.read_bytes() == content

    def test_it_has_no_transport(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        assert not page.controls.seek.isVisible() and not page.controls.transport.isVisible()
        assert page.controls.zoom.isVisible()
        QTest.keyClick(page, Qt.Key.Key_Space)
        QTest.keyClick(page, Qt.Key.Key_Right)
        assert not page.playback.playing


class TestSoundAlone:
    def test_it_plays_seeks_and_ends(self, opened: Opened) -> None:
        page = opened.open(VOICE, on_picture=False)
        assert (words(page, "player.time"), words(page, "player.length")) == ("0:00:00.00", "/ 0:00:05")
        page.playback.seek(3.5)
        assert words(page, "player.time") == "0:00:03.50"
        QTest.keyClick(page, Qt.Key.Key_Space)
        opened.wait(lambda: page.playback.position > 3.7)
        opened.wait(lambda: not page.playback.playing)
        assert abs(page.playback.position - 5.0) < 0.05

    def test_the_end_of_the_sounds_process_stops_nothing(self, opened: Opened) -> None:
        """The pictures go on by the PC's own clock."""
        page = opened.counted(VIDEO)
        page.playback.play()
        opened.wait(lambda: on_screen(page) > 5)
        (sound,) = [process for process in decoders() if "avdesk.ui.sound_process" in process.cmdline()]
        os.kill(sound.pid, signal.SIGKILL)
        opened.wait(lambda: on_screen(page) > 40)
        page.playback.seek(7.0)
        opened.wait(lambda: not page.playback.playing)
        assert on_screen(page) == 199


class TestTrouble:
    def test_a_cut_file_is_a_sentence(self, opened: Opened) -> None:
        file = stored(opened.page.desk, VIDEO)
        file.write_bytes(file.read_bytes()[:30_000])
        opened.page.shell.open_page("player", recording_id=recording(opened.page.desk, VIDEO))
        assert "文件不完整" in opened.trouble()
        assert decoders() == []
        assert not opened.page.controls.isVisible()

    @pytest.mark.parametrize(("content", "said"), [(b"", "空"), (b"nothing\n" * 99, "不能在这里显示")])
    def test_so_are_other_files(self, opened: Opened, content: bytes, said: str) -> None:
        stored(opened.page.desk, VIDEO).write_bytes(content)
        opened.page.shell.open_page("player", recording_id=recording(opened.page.desk, VIDEO))
        assert said in opened.trouble()
        again = opened.page.trouble.findChild(QPushButton, "player.trouble.act")
        assert again is not None and not again.isVisible(), "trying again changes nothing"

    def test_a_vault_that_is_away_is_a_sentence_and_trying_again_helps(self, opened: Opened) -> None:
        desk = opened.page.desk
        vault = desk.first_vault.path
        vault.rename(vault.with_name("away"))
        opened.page.shell.open_page("player", recording_id=recording(desk, VIDEO))
        assert "证据库" in opened.trouble()
        vault.with_name("away").rename(vault)
        again = opened.page.trouble.findChild(QPushButton, "player.trouble.act")
        assert again is not None and again.isVisible()
        again.click()
        opened.wait(lambda: opened.page.playback.frame is not None)
        assert opened.page.view.isVisible()
        assert viewed(desk, recording(desk, VIDEO)) == 1

    def test_a_file_that_is_gone_is_a_sentence(self, opened: Opened) -> None:
        stored(opened.page.desk, VIDEO).unlink()
        opened.page.shell.open_page("player", recording_id=recording(opened.page.desk, VIDEO))
        assert "不在证据库" in opened.trouble()
        opened.wait(lambda: VIDEO in words(opened.page, "player.name"))
        assert not [chip for chip in opened.page.head.findChildren(Chip) if "相符" in chip.text()]

    def test_the_decoders_death_is_a_sentence_and_the_window_lives(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.playback.play()
        opened.wait(lambda: on_screen(page) > 3)
        os.kill(page.playback.pids[0], signal.SIGKILL)
        assert "显示中断" in opened.trouble()
        assert decoders() == [] and not page.playback.playing
        page._again()
        opened.wait(lambda: page.playback.frame is not None)
        assert on_screen(page) == 0
        assert viewed(page.desk, recording(page.desk, VIDEO)) == 1, "the same opening went on"

    def test_a_decoder_that_does_not_answer_is_given_up(self, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
        page = opened.counted(VIDEO)
        monkeypatch.setattr(player_playback, "PATIENCE", 400)
        os.kill(page.playback.pids[0], signal.SIGSTOP)
        page.playback.seek(6.0)
        assert "超时" in opened.trouble()
        assert decoders() == []


class TestProcesses:
    def test_leaving_the_page_frees_everything(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.playback.play()
        opened.wait(lambda: on_screen(page) > 3)
        assert len(decoders()) == 2
        page.on_hidden()
        assert decoders() == [] and page.playback.frame is None and page.view.frame is None
        assert "avdesk-ring" not in Path("/proc/self/maps").read_text()

    def test_closing_the_window_frees_everything(self, opened: Opened) -> None:
        opened.counted(VIDEO)
        opened.page.shell.save_state()
        assert decoders() == []

    def test_a_window_that_is_thrown_away_frees_everything(
        self, shell: Shell, desk: Desk, runner: Runner, qtbot: QtBot
    ) -> None:
        page = PlayerPage(desk, runner, shell)
        page.on_shown(recording_id=recording(desk, VIDEO))
        qtbot.waitUntil(lambda: page.playback.frame is not None, timeout=WAIT)
        page.deleteLater()
        qtbot.waitUntil(lambda: decoders() == [], timeout=WAIT)
        assert "avdesk-ring" not in Path("/proc/self/maps").read_text()

    def test_one_after_the_other_leaves_one(self, opened: Opened) -> None:
        for query in (VIDEO, PHOTO, VOICE, HEVC):
            opened.open(query, on_picture=query != VOICE)
        assert len(decoders()) == 2
        assert Path("/proc/self/maps").read_text().count("avdesk-ring") == 1


class TestSeveral:
    @pytest.fixture
    def ids(self, opened: Opened) -> list[str]:
        """A photograph, a file that can't be shown and a video; the first is open."""
        page = opened.page
        ids = [recording(page.desk, query) for query in (PHOTO, "140000", VIDEO)]
        page.shell.open_page("player", recording_id=ids[0], recordings=ids)
        opened.wait(lambda: page.playback.frame is not None)
        return ids

    def test_keys_and_buttons_lead_to_each_and_stop_at_the_ends(self, opened: Opened, ids: list[str]) -> None:
        page = opened.page
        before, after = (page.head.findChild(QAbstractButton, f"player.{name}") for name in ("previous", "next"))
        assert before is not None and after is not None
        assert words(page, "player.place") == "1 / 3" and (before.isEnabled(), after.isEnabled()) == (False, True)
        opened.focus()
        QTest.keyClick(page, Qt.Key.Key_PageUp)
        assert words(page, "player.place") == "1 / 3"
        QTest.mouseClick(after, Qt.MouseButton.LeftButton)
        assert "不" in opened.trouble() and words(page, "player.place") == "2 / 3"
        QTest.keyClick(page, Qt.Key.Key_PageDown)
        opened.wait(lambda: page.playback.moving and page.playback.frame is not None)
        assert words(page, "player.place") == "3 / 3" and (before.isEnabled(), after.isEnabled()) == (True, False)
        assert words(page, "player.name") == "DSJ_5K20417_310086_20261123140210.MP4"
        assert [viewed(page.desk, each) for each in ids] == [1, 1, 1]
        QTest.keyClick(page, Qt.Key.Key_Space)
        assert page.playback.playing

    def test_on_the_whole_screen_too(self, opened: Opened, ids: list[str]) -> None:
        page = opened.page
        page.shell.open_page("player", recording_id=ids[0], recordings=[ids[0], ids[2]])
        opened.focus()
        QTest.keyClick(page, "f")
        (full,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, FullScreen)]
        opened.wait(full.isActiveWindow)
        QTest.keyClick(full, Qt.Key.Key_PageDown)
        opened.wait(lambda: page.playback.moving and page.playback.frame is not None)
        assert page.view.window() is full
        page._leave_full()

    def test_another_recording_alone_ends_it(self, opened: Opened, ids: list[str]) -> None:
        page = opened.open(VOICE, on_picture=False)
        place = page.head.findChild(QLabel, "player.place")
        assert place is not None and not place.isVisible()


class TestPage:
    def test_every_opening_is_one_event(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        recording_id = recording(page.desk, VIDEO)
        opened.seek(2.0)
        page.refresh()
        page.shell.open_page("player", recording_id=recording_id)
        opened.seek(3.0)
        assert viewed(page.desk, recording_id) == 1
        page.on_hidden()
        page.shell.open_page("player")
        opened.wait(lambda: page.playback.frame is not None)
        assert viewed(page.desk, recording_id) == 2

    def test_its_head_says_what_it_is(self, opened: Opened) -> None:
        page = opened.open(PHOTO)
        facts = show_recording(page.desk, recording(page.desk, PHOTO))
        assert words(page, "player.name") == "DSJ_5K20417_310086_20261123140432.JPG"
        assert words(page, "player.facts").startswith("2026-11-23 14:04:32")
        chips = [label.text() for label in page.head.findChildren(QLabel)]
        assert facts.links[0].number in chips and "校验值相符，1 份副本" in chips

    def test_without_a_recording_it_leads_to_the_library(self, opened: Opened) -> None:
        opened.page.shell.open_page("player")
        assert opened.page.nothing.isVisible()
        assert opened.page.picture_state() is not None

    def test_full_screen_and_back(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        opened.seek(3.08)
        QTest.keyClick(page, "f")
        (full,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, FullScreen)]
        opened.wait(full.isActiveWindow)
        assert page.view.window() is full and full.isFullScreen()
        opened.wait(lambda: fits(page))
        assert on_screen(page) == 77
        QTest.keyClick(full, ".")
        opened.wait(lambda: on_screen(page) == 78)
        QTest.keyClick(full, Qt.Key.Key_Escape)
        assert page.view.window() is page.window() and page.view.isVisible()
        opened.wait(lambda: fits(page))
        assert on_screen(page) == 78
        assert page.shell.current is page

    def test_closing_the_full_screen_only_leaves_it(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.toggle_full()
        (full,) = [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, FullScreen) and widget.isVisible()
        ]
        full.close()
        assert page.view.window() is page.window() and page.view.isVisible()

    def test_the_volume_is_remembered(self, opened: Opened, desk: Desk, runner: Runner, settings: Settings) -> None:
        page = opened.open(VIDEO)
        page.controls.acts.loudness.slider.setValue(35)
        QTest.keyClick(page, "m")
        other = PlayerPage(desk, runner, Shell(desk, runner, settings))
        assert (other.controls.acts.loudness.slider.value(), other._muted) == (35, True)
        QTest.keyClick(page, Qt.Key.Key_Up)
        assert (page._volume, page._muted) == (40, False)

    def test_keys_do_what_their_list_says(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        page.setFocus()
        for key, modifier, at in (
            (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 5.0),
            (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 0.0),
            (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 199 / FRAME_RATE),
            (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, 0.0),
            (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 199 / FRAME_RATE),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        ):
            QTest.keyClick(page, key, modifier)
            opened.wait(lambda at=at: page.playback.frame.seconds == at)  # type: ignore[union-attr]
        told = {key.keys: key.text for key in PlayerPage.keys(page)}
        assert {"Space", "F", "Esc", "M"} < set(told) and all(told.values())

    def test_space_presses_the_button_that_has_the_focus(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        mute = page.window().findChild(QWidget, "player.mute")
        assert mute is not None
        mute.setFocus()
        QTest.keyClick(mute, Qt.Key.Key_Space)
        assert page._muted and not page.playback.playing
        page.setFocus()
        QTest.keyClick(page, Qt.Key.Key_Space)
        assert page.playback.playing

    def test_the_seek_bar_goes_where_it_is_clicked_and_says_where_it_is(self, opened: Opened) -> None:
        page = opened.counted(VIDEO)
        bar = page.controls.seek
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.place_of(4.02)), 15))
        opened.wait(lambda: on_screen(page) == 100)
        interface = QAccessible.queryAccessibleInterface(bar)
        assert interface.text(QAccessible.Text.Name)
        value = interface.valueInterface()
        assert abs(value.currentValue() - 4020) < 10 and value.maximumValue() == 8000
        assert abs(bar.time_at(bar.place_of(6.5)) - 6.5) < 1e-6

    def test_every_control_has_a_name(self, opened: Opened) -> None:
        for query in (VIDEO, PHOTO):
            page = opened.open(query)
            for widget in page.findChildren(QWidget):
                if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget is not page:
                    interface = QAccessible.queryAccessibleInterface(widget)
                    assert interface.text(QAccessible.Text.Name), widget.objectName() or type(widget)
                    assert widget.objectName(), type(widget)

    def test_a_change_of_its_cases_is_shown(self, opened: Opened) -> None:
        from avdesk.services.cases import add_case, link_recordings

        page = opened.counted(VIDEO)
        case = add_case(page.desk, "平石医保罚字〔2026〕8号", "另一案", "另一示例药房")
        link_recordings(page.desk, case.number, [recording(page.desk, VIDEO)])
        page.shell.tell("cases")
        opened.wait(lambda: case.number in [label.text() for label in page.head.findChildren(QLabel)])


def wheel(view: QWidget, at: QPointF, angle: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_a_copy_of_the_file_is_never_made(desk: Desk) -> None:
    """What is viewed is the vault's own file."""
    before = {path: path.stat().st_mtime_ns for path in desk.first_vault.path.rglob("*")}
    viewing = open_for_viewing(desk, recording(desk, VIDEO))
    assert Path(viewing.file) in before
    assert {path: path.stat().st_mtime_ns for path in desk.first_vault.path.rglob("*")} == before
