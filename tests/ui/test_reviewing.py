"""A reviewer by the keyboard alone: library, three markers, snapshot, clip, and the marker found by its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from avdesk.services.desk import Desk
from avdesk.services.markers import list_markers
from avdesk.services.recordings import show_recording
from avdesk.terms import Kind, MarkerKind
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.runner import Runner
from avdesk.ui.shell import Shell
from tests.ui.player_page import VIDEO, WAIT, Opened, on_screen, recording


@pytest.fixture
def library(shell: Shell, desk: Desk, runner: Runner) -> LibraryPage:
    page = LibraryPage(desk, runner, shell)
    shell.add_page(page)
    return page


@pytest.fixture
def player(shell: Shell, desk: Desk, runner: Runner) -> Iterator[PlayerPage]:
    page = PlayerPage(desk, runner, shell)
    shell.add_page(page)
    yield page
    page.on_hidden()


def is_current(library: LibraryPage, recording_id: str) -> bool:
    row = library.table.currentIndex().row()
    return row >= 0 and getattr(library.model.items[row], "recording_id", None) == recording_id


def test_reviewing_by_the_keyboard_alone(
    library: LibraryPage, player: PlayerPage, shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    wanted = recording(desk, VIDEO)
    shell.show()
    shell.open_page("library", recording_id=wanted)
    user = Opened(player, qtbot)
    user.wait(lambda: is_current(library, wanted))
    QTest.keyClick(library.table, Qt.Key.Key_Return)
    user.wait(lambda: player.recording_id == wanted and player.settled() and player.playback.frame is not None)
    user.focus()

    for number, key in enumerate("139"):
        if number == 1:
            QTest.keyClick(player, Qt.Key.Key_Right)
            user.wait(lambda: on_screen(player) == 125)
        for _step in range(3 * number):
            shown = on_screen(player)
            QTest.keyClick(player, ".")
            user.wait(lambda shown=shown: on_screen(player) == shown + 1)  # type: ignore[misc]
        QTest.keyClick(player, key)
        user.wait(lambda number=number: player.markers.count == number + 1)  # type: ignore[misc]
    QTest.keyClick(player, "t")
    words = shell.findChild(QLineEdit, "dialog.marker.text")
    assert words is not None
    user.wait(words.hasFocus)
    QTest.keyClicks(words, "stamp on the desk")
    QTest.keyClick(words, Qt.Key.Key_Return)
    user.wait(lambda: any(one.text for one in list_markers(desk, wanted).markers))
    marked = on_screen(player)
    user.focus()

    QTest.keyClick(player, "s")
    user.wait(lambda: "抓图" in shell.message_bar.text())
    QTest.keyClick(player, Qt.Key.Key_Home)
    user.wait(lambda: on_screen(player) == 0)
    QTest.keyClick(player, "a")
    QTest.keyClick(player, Qt.Key.Key_Right)
    user.wait(lambda: on_screen(player) == 125)
    QTest.keyClick(player, "b")
    QTest.keyClick(player, "x")
    user.wait(lambda: "已截取" in shell.message_bar.text())

    QTest.keyClick(player, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    user.wait(shell.search.box.hasFocus)
    QTest.keyClicks(shell.search.box, "stamp on")
    qtbot.waitUntil(lambda: bool(shell.search.list.hits), timeout=WAIT)
    QTest.keyClick(shell.search.box, Qt.Key.Key_Return)
    user.wait(lambda: shell.current is player and player.playback.frame is not None and on_screen(player) == marked)

    kinds = [marker.kind for marker in list_markers(desk, wanted).markers]
    assert kinds == [MarkerKind.STATEMENT, MarkerKind.KEY_EVIDENCE, MarkerKind.VIOLATION]
    made = {show_recording(desk, one.recording_id).kind for one in show_recording(desk, wanted).derived}
    assert made == {Kind.PHOTO, Kind.VIDEO}
