"""Other keys for the player: chosen in the list of keys, used at once, remembered, and never two for one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QKeySequenceEdit, QLabel, QWidget

from avdesk.services.desk import Desk
from avdesk.ui.dialogs.key_change import KeyChangeDialog
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.cards import KeyCap
from tests.ui.player_page import VIDEO, Opened


def dialog(opened: Opened) -> KeyChangeDialog:
    """As the person gets there: the list of keys, then its button."""
    shell = opened.page.shell
    shell.show_keys()
    button = shell.findChild(QAbstractButton, "dialog.keys.change")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = shell.findChild(KeyChangeDialog)
    assert found is not None
    opened.wait(found.isVisible)
    return found


def press(found: KeyChangeDialog, name: str, key: Qt.Key) -> None:
    field = found.findChild(QKeySequenceEdit, f"dialog.key-change.{name}")
    assert field is not None
    field.setFocus()
    QTest.keyClick(field, key)


def click(found: KeyChangeDialog, name: str) -> QAbstractButton:
    button = found.findChild(QAbstractButton, f"dialog.key-change.{name}")
    assert button is not None
    if button.isEnabled():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


def of_snapshot(page: PlayerPage) -> str:
    keys = page.keys()
    return next(key.keys for key in keys if key.name == "snapshot")


def caps(page: PlayerPage) -> list[str]:
    hints = page.controls.hints
    return [label.text() for cap in hints.findChildren(KeyCap) for label in cap.findChildren(QLabel)]


def test_another_key_works_at_once_and_is_remembered(
    opened: Opened, desk: Desk, runner: Runner, settings: Settings
) -> None:
    page = opened.counted(VIDEO)
    found = dialog(opened)
    press(found, "snapshot", Qt.Key.Key_D)
    click(found, "save")
    opened.wait(lambda: not found.isVisible())
    opened.focus()
    QTest.keyClick(page, "s")
    assert not [job for job in runner.jobs if job.title]
    QTest.keyClick(page, "d")
    opened.wait(lambda: "抓图" in page.shell.message_bar.text())
    assert "D" in caps(page)
    other = PlayerPage(desk, runner, Shell(desk, runner, settings))
    assert of_snapshot(other) == "D"


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_F5])
def test_a_key_of_something_else_is_not_taken(opened: Opened, key: Qt.Key) -> None:
    opened.counted(VIDEO)
    found = dialog(opened)
    press(found, "snapshot", key)
    assert not click(found, "save").isEnabled()
    note = found.findChild(QWidget, "dialog.key-change.note")
    assert note is not None and note.isVisible()
    found.reject()
    assert of_snapshot(opened.page) == "S"


def test_all_can_be_as_they_come(opened: Opened) -> None:
    opened.counted(VIDEO)
    found = dialog(opened)
    press(found, "snapshot", Qt.Key.Key_D)
    click(found, "save")
    opened.wait(lambda: of_snapshot(opened.page) == "D")
    opened.wait(lambda: opened.page.shell.findChild(KeyChangeDialog) is None)
    again = dialog(opened)
    click(again, "restore")
    click(again, "save")
    opened.wait(lambda: of_snapshot(opened.page) == "S")
