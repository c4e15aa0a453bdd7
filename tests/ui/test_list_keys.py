"""The keys of lists do what ``?`` says of them, and it says all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from avdesk.services.cases import add_case
from avdesk.services.desk import Desk
from avdesk.ui.dialogs.keys import KeysDialog
from avdesk.ui.page import Page
from avdesk.ui.pages.cases import CasesPage
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.pages.labels import LabelsPage
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.runner import Runner
from avdesk.ui.shell import Shell
from tests.ui.conftest import NUMBER
from tests.ui.ingest_page import await_card, await_true, fresh_card, press, sample_card

__all__ = ["sample_card"]

P = TypeVar("P", bound=Page)
Idle = Callable[[Runner], None]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Office:
    """Pages of the real window, by keyboard alone."""

    def __init__(self, shell: Shell, qtbot: QtBot, idle: Idle) -> None:
        self.shell, self._qtbot, self._idle = shell, qtbot, idle

    def open(self, made: type[P], **state: object) -> P:
        page = made(self.shell.desk, self.shell.runner, self.shell)
        self.shell.add_page(page)
        with self._qtbot.waitActive(self.shell):
            self.shell.show()
            self.shell.activateWindow()
        self.shell.open_page(made.NAME, **state)
        self.wait()
        return page

    def wait(self) -> None:
        self._idle(self.shell.runner)

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(widget, key, held)
        self.wait()


@pytest.fixture
def office(shell: Shell, qtbot: QtBot, idle: Idle) -> Office:
    return Office(shell, qtbot, idle)


def told(page: Page, title: str) -> set[str]:
    """The keys that are told of a part of the page."""
    (keys,) = [keys for name, keys in page.list_keys() if name == title]
    assert all(words for _key, words in keys)
    return {key for key, _words in keys}


def copied() -> list[str]:
    return QGuiApplication.clipboard().text().splitlines()


@pytest.mark.parametrize("view", ["rows", "tiles"])
def test_in_the_library(office: Office, view: str) -> None:
    page = office.open(LibraryPage)
    player = PlayerPage(page.desk, page.runner, page.shell)
    page.shell.add_page(player)
    page.view.button(view).click()
    seen, model = page.current_view(), page.model
    office.press(seen, Qt.Key.Key_Down)
    assert seen.currentIndex().row() == (2 if view == "rows" else 5)
    office.press(seen, Qt.Key.Key_Up)
    assert seen.currentIndex().row() == 1
    office.press(seen, Qt.Key.Key_Space)
    assert len(model.checked) == 1
    office.press(seen, Qt.Key.Key_Down, SHIFT)
    assert len(model.checked) >= 2
    office.press(seen, Qt.Key.Key_C, CONTROL)
    assert len(copied()) == len(model.checked) + 1
    office.press(seen, Qt.Key.Key_Escape)
    assert not model.checked
    office.press(seen, Qt.Key.Key_Return)
    assert page.shell.current is player
    player.on_hidden()
    arrows = "Up Down" if view == "rows" else "Up Down Left Right"
    assert told(page, "在列表中") == {arrows, "Space", "Shift+Up Shift+Down", "Escape", "Return", "Ctrl+C"}


def test_in_the_list_of_cases_and_its_form(office: Office, desk: Desk) -> None:
    add_case(desk, "平石医保罚字〔2026〕8号", "后立的案")
    page = office.open(CasesPage)
    seen = page.list.table
    office.press(seen, Qt.Key.Key_Down)
    assert page.view.details is not None and page.view.details.case.number == NUMBER
    office.press(seen, Qt.Key.Key_Up)
    office.press(seen, Qt.Key.Key_C, CONTROL)
    assert len(copied()) == 2 and "后立的案" in copied()[1]
    office.press(seen, Qt.Key.Key_Return)
    assert page.form.isVisible()
    page.form.title.setText("改了的案")
    office.press(page.form.title, Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    page.edit()
    assert page.form.title.text() == "改了的案"
    office.press(page.form.title, Qt.Key.Key_Return)
    assert page.view.details is not None and page.view.details.case.title == "改了的案"
    assert told(page, "在案件列表中") == {"Up Down", "Return", "Ctrl+C"}
    assert told(page, "在填写案件时") == {"Return", "Escape"}


def test_in_the_footage_of_a_case(office: Office) -> None:
    page = office.open(CasesPage)
    player = PlayerPage(page.desk, page.runner, page.shell)
    page.shell.add_page(player)
    seen = page.view.table
    seen.setFocus()
    seen.selectRow(0)
    office.press(seen, Qt.Key.Key_Down)
    assert seen.rows_chosen() == [1]
    office.press(seen, Qt.Key.Key_Up, SHIFT)
    assert seen.rows_chosen() == [0, 1]
    office.press(seen, Qt.Key.Key_Down)
    office.press(seen, Qt.Key.Key_A, CONTROL)
    assert len(page.view.recordings_chosen) == 2
    office.press(seen, Qt.Key.Key_C, CONTROL)
    assert len(copied()) == 3
    office.press(seen, Qt.Key.Key_Return)
    assert page.shell.current is player
    player.on_hidden()
    assert told(page, "在案件的资料中") == {"Up Down", "Shift+Up Shift+Down", "Ctrl+A", "Return", "Ctrl+C"}


def test_on_a_card_and_in_its_list(office: Office, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    page = office.open(IngestPage)
    root = fresh_card(sample_card, tmp_path / "card", "4100301")
    page.chooser.take([root])
    card = await_card(page, root, qtbot)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Tab)
    assert not card.hasFocus() and page.window().focusWidget() in card.tab_stops()
    assert told(page, "在卡上") == {"Tab", "Return"}
    press(card, "list")
    await_true(lambda: card.work.probed and not card.work.probing, qtbot)
    plan = page._plan
    seen, files = plan.table, len(card.work.rows())
    qtbot.keyClick(seen, Qt.Key.Key_Down)
    first = seen.currentIndex().row()
    qtbot.keyClick(seen, Qt.Key.Key_Down)
    assert seen.rows_chosen() == [first + 1]
    qtbot.keyClick(seen, Qt.Key.Key_Down, SHIFT)
    assert len(seen.rows_chosen()) == 2
    qtbot.keyClick(seen, Qt.Key.Key_Space)
    assert len(card.work.unticked) == 2
    qtbot.keyClick(seen, Qt.Key.Key_C, CONTROL)
    assert len(copied()) == 3
    qtbot.keyClick(seen, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(seen, Qt.Key.Key_Space)
    assert len(card.work.unticked) == files
    assert told(page, "在文件清单中") == {"Up Down", "Space", "Shift+Up Shift+Down", "Ctrl+A", "Ctrl+C"}
    qtbot.keyClick(seen, Qt.Key.Key_Space)
    page.show_cards()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    await_card(page, root, qtbot, Phase.DONE)


def test_on_the_sheet_of_labels(office: Office) -> None:
    page = office.open(LabelsPage, case_number=NUMBER)
    sheet = page.side.sheet
    stock = next(name for name in ("ring-2up", "sleeve") if page.fields.stock.findData(name) >= 0)
    page.fields.stock.setCurrentIndex(page.fields.stock.findData(stock))
    office.wait()
    before = sheet._start
    office.press(sheet, Qt.Key.Key_Right)
    assert sheet._start == before + 1
    office.press(sheet, Qt.Key.Key_Up)
    assert sheet._start == before
    office.press(page.side.thumbs[1], Qt.Key.Key_Space)
    assert page.area.copy == 2
    office.press(page.side.thumbs[0], Qt.Key.Key_Return)
    assert page.area.copy == 1
    assert told(page, "在标签纸上") == {"Left Right Up Down"}
    assert told(page, "在小标签上") == {"Space Return"}
    assert told(page, "在案件栏中") == {"Up Down", "Return"}


def test_they_stand_in_the_list_of_keys(office: Office, qtbot: QtBot) -> None:
    page = office.open(LibraryPage)
    page.table.setFocus()
    qtbot.keyClick(page.table, "?")
    dialog = page.shell.findChild(KeysDialog)
    assert dialog is not None
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"在列表中", "空格", "↑", "↓", "Shift+↑", "选中或取消；在日期上为当天全部文件"} <= set(words)
    dialog.close()
