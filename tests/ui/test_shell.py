"""The frame: pages, messages, tasks, what is remembered."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from avdesk.errors import VaultUnavailable
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services.desk import Desk
from avdesk.services.places import VaultSpace, VaultSpaces
from avdesk.terms import VaultRole
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.dialogs.job import JobDialog
from avdesk.ui.dialogs.keys import KeysDialog
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.frame.task_strip import Pace
from avdesk.ui.runner import WRITE, Bug, Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.buttons import Button, IconButton
from tests.ui.pages_for_tests import IngestPage, LibraryPage, add_pages


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> Shell:
    """Shown, with four pages, on the first."""
    add_pages(shell)
    shell.begin("ingest")
    shell.showNormal()
    shell.resize(1366, 768)  # the screen of this platform is smaller
    qtbot.waitExposed(shell)
    return shell


def page(window: Shell, name: str) -> IngestPage:
    found = window.pages[name]
    assert found.objectName() == f"page.{name}"
    return found  # type: ignore[return-value]


def test_only_pages_that_exist_are_in_the_side_bar(window: Shell) -> None:
    assert [item.word for item in window.side_bar.items] == ["采集", "资料库", "案件"]
    assert window.has_page("player")
    assert not window.has_page("labels")
    assert not window.open_page("labels")
    assert window.current is window.pages["ingest"]


def test_a_page_reads_when_it_is_shown_first_and_again_only_when_something_changed(window: Shell) -> None:
    library = page(window, "library")
    assert library.seen == []
    window.open_page("library", query="张")
    assert library.seen == ["refreshed", "shown"]
    assert library.states == [{"query": "张"}]
    window.open_page("ingest")
    window.open_page("library")
    assert library.seen == ["refreshed", "shown", "hidden", "shown"]
    window.tell("cases")
    assert library.seen[-1] == "shown"
    window.tell("recordings")
    assert library.seen[-1] == "refreshed"
    window.open_page("ingest")
    window.tell("recordings")
    window.open_page("library")
    assert library.seen[-3:] == ["hidden", "refreshed", "shown"]


def test_control_and_a_number_open_a_page(window: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.current is window.pages["cases"]
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current is window.pages["ingest"]


def test_the_player_folds_the_side_bar_and_takes_the_place_of_the_search_box(window: Shell) -> None:
    wide = window.side_bar.width()
    window.open_page("player", recording_id="x")
    assert window.side_bar.rail
    assert window.side_bar.width() < wide
    assert window.pages["player"].top is not None
    assert window.pages["player"].top.isVisible()
    assert not window.search.box.isVisible()
    assert [item.word for item in window.side_bar.items if item.isChecked()] == ["资料库"]
    window.open_page("library")
    assert not window.side_bar.rail
    assert window.search.box.isVisible()


def test_counts_are_seen_and_told(window: Shell) -> None:
    window.set_count("ingest", 5)
    assert window.side_bar.items[0].accessibleName() == "采集 5 项等待"
    window.set_count("ingest", 0)
    assert window.side_bar.items[0].accessibleName() == "采集"


def test_message_with_act_and_details(window: Shell, qtbot: QtBot) -> None:
    bar = window.message_bar
    assert not bar.isVisible()
    window.say("warn", "卡被拔出", "SOURCE_REMOVED", Act("再试", page(window, "ingest")._start))
    assert bar.isVisible()
    assert (bar.kind, bar.text()) == ("warn", "卡被拔出")
    more, act = bar.findChild(Button, "message.details"), bar.findChild(Button, "message.act")
    assert more is not None
    assert act is not None
    more.click()
    dialog = window.findChild(DetailsDialog)
    assert dialog is not None
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "SOURCE_REMOVED"
    dialog.accept()
    act.click()
    assert page(window, "ingest").seen[-1] == "started"
    assert not bar.isVisible()
    window.say("ok", "好了")
    assert not more.isVisible()
    assert not act.isVisible()


def test_a_message_that_goes_leaves_the_focus_with_the_page(window: Shell, qtbot: QtBot) -> None:
    """Else the next key of the page would go to the side bar."""
    bar = window.message_bar
    close = bar.findChild(IconButton, "message.close")
    page = window.current
    assert page is not None
    work = QLineEdit(page)
    work.show()
    for leave in (
        lambda: qtbot.mouseClick(close, Qt.MouseButton.LeftButton),
        lambda: (close.setFocus(), qtbot.keyClick(close, Qt.Key.Key_Space)),
    ):
        window.say("info", "一句话")
        work.setFocus()
        leave()
        assert not bar.isVisible()
        focused = window.focusWidget()
        assert focused is page or page.isAncestorOf(focused)


def test_a_success_goes_with_its_page_unless_it_offers_what_nothing_else_does(window: Shell) -> None:
    first, second = list(window.pages)[:2]
    bar = window.message_bar
    cases = (
        ("ok", None, False),
        ("ok", Act("打开", bar.raise_), False),
        ("ok", Act("保存报告", bar.raise_, stays=True), True),
        ("warn", None, True),
    )
    for kind, act, stays in cases:
        window.open_page(first)
        window.say(kind, "一句话", act=act)
        window.open_page(first)
        assert bar.isVisible()
        window.open_page(second)
        assert bar.isVisible() is stays


def test_the_first_window_is_never_larger_than_the_screen(
    desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot
) -> None:
    fresh = Shell(desk, runner, settings)
    qtbot.addWidget(fresh)
    fresh.begin()
    qtbot.waitExposed(fresh)
    screen = fresh.screen().availableGeometry()
    qtbot.waitUntil(lambda: fresh.width() <= screen.width() and fresh.height() <= screen.height())
    assert fresh.isMaximized()


def test_errors_of_the_world_say_what_to_do_next(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    def work(_on_progress: OnProgress, _control: Control) -> None:
        raise VaultUnavailable(path="/mnt/vault", reason="NO_MARKER")

    runner.start(work, lane=WRITE)
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text() == (
        "证据库 /mnt/vault 不能使用：没有标记文件，可能磁盘没有接上。请接上磁盘后再试。"
    )
    assert "VAULT_UNAVAILABLE" in window.message_bar.details


def test_a_bug_is_shown_once_with_a_report_that_can_be_copied(window: Shell) -> None:
    window.show_bug(Bug("Traceback: here"))
    window.show_bug(Bug("Traceback: again"))
    dialogs = window.findChildren(DetailsDialog)
    assert len(dialogs) == 1
    text = dialogs[0].findChild(QPlainTextEdit)
    assert text is not None
    assert "Traceback: here" in text.toPlainText()
    assert "avdesk 0" in text.toPlainText()
    dialogs[0].close()


def test_long_work_stands_in_the_strip_on_every_page(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(on_progress: OnProgress, control: Control) -> None:
        on_progress(Progress("collect", "DCIM/VIDEO/1.MP4", 7, 12, 64, 100))
        while not gate.wait(0.01):
            control.check()

    def quiet(_on_progress: OnProgress, _control: Control) -> None:
        gate.wait(20)

    runner.start(quiet, lane="query")
    job = runner.start(work, lane=WRITE, title="采集 DSJ-05")
    (task,) = window.task_strip.tasks
    qtbot.waitUntil(lambda: job.progress is not None)
    assert task.figures().startswith("64 %")
    window.open_page("cases")
    assert task.isVisible()
    window.task_strip.opened.emit(job)
    dialog = window.findChild(JobDialog)
    assert dialog is not None
    assert {label.text() for label in dialog.findChildren(QLabel)} >= {"采集并回读核验", "7 / 12", "64 B / 100 B"}
    qtbot.mouseClick(dialog.findChild(Button, "dialog.job.pause"), Qt.MouseButton.LeftButton)
    assert task.figures() == "已暂停"
    qtbot.mouseClick(dialog.findChild(Button, "dialog.job.cancel"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.task_strip.tasks == (), timeout=20_000)
    dialog.close()
    gate.set()


def test_pace_needs_time_and_knows_what_is_left() -> None:
    pace = Pace()
    pace.tell(Progress("x", None, 0, 1, 0, 1000), 10.0)
    assert pace.left(Progress("x", None, 0, 1, 0, 1000)) is None
    pace.tell(Progress("x", None, 0, 1, 100, 1000), 11.0)
    assert pace.rate == pytest.approx(100)
    assert pace.left(Progress("x", None, 0, 1, 100, 1000)) == pytest.approx(9)


def test_room_of_the_vaults_is_told(window: Shell, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.vault_room.words()))
    (words,) = window.vault_room.words()
    assert words.startswith("证据库 ")
    assert words.endswith(" 可用")
    (desk.first_vault.path / "avdesk-vault.json").rename(desk.first_vault.path / "away")
    window.vault_room.look()
    qtbot.waitUntil(lambda: window.vault_room.words() == ["证据库未接上"])


def test_of_many_vaults_the_one_that_needs_a_look_is_told(window: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    def space(role: VaultRole, free: int | None, reason: str | None = None) -> VaultSpace:
        return VaultSpace("id", str(tmp_path), role, reason, 2**42, free)

    first, fuller = space(VaultRole.FIRST, 2**40), space(VaultRole.SECOND, 2**37)
    window.vault_room._show(VaultSpaces((first, space(VaultRole.SECOND, 2**39), fuller)))
    assert window.vault_room.words() == ["证据库 1.0 TiB 可用", "第二证据库 128 GiB 可用"]
    window.vault_room._show(VaultSpaces((first, space(VaultRole.SECOND, None, "ENOENT"), fuller)))
    assert window.vault_room.words()[1:] == ["第二证据库未接上"]


def test_all_keys_are_listed(window: Shell, qtbot: QtBot) -> None:
    window.pages["ingest"].setFocus()
    qtbot.keyClick(window, "?")
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"采集", "S", "开始采集", "Ctrl+K", "Ctrl+3", "案件", "F5"} <= words
    dialog.close()


def test_single_keys_act_on_the_page_but_never_while_typing(window: Shell, qtbot: QtBot) -> None:
    ingest = page(window, "ingest")
    ingest.setFocus()
    qtbot.keyClick(ingest, "s")
    assert ingest.seen[-1] == "started"
    ingest.seen.clear()
    ingest.field.setFocus()
    qtbot.keyClick(ingest.field, "s")
    qtbot.keyClick(ingest.field, "?")
    assert ingest.seen == []
    assert ingest.field.text() == "s?"
    assert window.findChild(KeysDialog) is None
    qtbot.keyClick(ingest.field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert ingest.seen == ["chosen"]


def test_what_is_remembered(desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, window: Shell) -> None:
    window.resize(800, 640)
    window.open_page("library")
    window.side_bar._clicked_fold()
    qtbot.waitUntil(lambda: runner.jobs == ())
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert page(window, "library").seen[-1] == "saved"
    again = Shell(desk, runner, Settings(settings.file))
    qtbot.addWidget(again)
    add_pages(again)
    again.begin()
    assert again.current is again.pages["library"]
    assert again.side_bar.rail
    assert (again.width(), again.height()) == (800, 640)


def test_another_desk_reaches_every_page(window: Shell, empty_desk: Desk) -> None:
    window.take_desk(empty_desk)
    assert all(shown.desk is empty_desk for shown in window.pages.values())
    assert page(window, "ingest").seen[-1] == "refreshed"
    assert "refreshed" not in page(window, "library").seen
    window.open_page("library")
    assert "refreshed" in page(window, "library").seen


def test_practice_is_said_on_every_page(desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot) -> None:
    window = Shell(desk, runner, settings, practice=True)
    qtbot.addWidget(window)
    add_pages(window)
    window.begin("ingest")
    for name in window.pages:
        window.open_page(name)
        assert window.practice_bar.isVisible()
    window.practice_bar.card_wanted.emit()
    assert page(window, "ingest").states[-1] == {"folder": str(desk.workspace.parent / "sample-card")}


def test_no_bar_about_practice_in_earnest(window: Shell) -> None:
    assert not window.practice_bar.isVisible()
    assert isinstance(window.pages["library"], LibraryPage)


def test_the_first_window_is_no_larger_than_the_screen(shell: Shell) -> None:
    add_pages(shell)
    shell.begin()
    room = shell.screen().availableSize()
    assert room.width() < 1366
    assert shell.size() == QSize(1366, 768).boundedTo(room)


def test_a_narrow_window_gives_the_room_to_the_page(window: Shell, qtbot: QtBot) -> None:
    assert not window.side_bar.rail
    window.resize(960, 540)
    qtbot.waitUntil(lambda: window.side_bar.rail)
    window.open_page("cases")
    assert window.side_bar.rail
    window.resize(1366, 700)
    qtbot.waitUntil(lambda: not window.side_bar.rail)


def test_many_works_fit_into_the_strip_and_open_by_keyboard(window: Shell, runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(_on_progress: OnProgress, _control: Control) -> None:
        gate.wait(20)

    for number in range(5):
        runner.start(work, lane=f"volume:{number}", title=f"采集 DSJ-0{number}")
    tasks = window.task_strip.tasks
    assert [task.objectName() for task in tasks] == [f"strip.task.{number}" for number in range(5)]
    assert [task.isVisible() for task in tasks] == [True, True, True, False, False]
    assert "另有 2 项" in {label.text() for label in window.task_strip.findChildren(QLabel)}
    assert window.minimumSizeHint().width() <= 1366
    tasks[1].setFocus()
    qtbot.keyClick(tasks[1], Qt.Key.Key_Return)
    dialog = window.findChild(JobDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "采集 DSJ-01"
    dialog.close()
    gate.set()
    qtbot.waitUntil(lambda: window.task_strip.tasks == (), timeout=20_000)


def test_f1_shows_the_keys_while_typing_too(window: Shell, qtbot: QtBot) -> None:
    page(window, "ingest").field.setFocus()
    qtbot.keyClick(page(window, "ingest").field, Qt.Key.Key_F1)
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    dialog.close()
