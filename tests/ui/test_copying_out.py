"""Copying chosen files out of the vault in the real window, onto a real folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from avdesk.services.desk import Desk
from avdesk.services.recordings import show_recording
from avdesk.terms import Right
from avdesk.ui.dialogs.copying_out import CopyOutDialog
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.library_story import story
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from tests.ui.exporting import save_as

Idle = Callable[[Runner], None]
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk: Desk, runner: Runner, shell: Shell, idle: Idle) -> LibraryPage:
    made = LibraryPage(desk, runner, shell)
    shell.add_page(made)
    shell.show()
    shell.open_page("library")
    idle(runner)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def chosen_one(page: LibraryPage) -> str:
    page.model.toggle(1)
    (recording_id,) = page.model.checked
    return recording_id


def answer(page: LibraryPage, qtbot: QtBot, folder: Path, reason: str = "") -> None:
    """The reason and the folder, by keyboard."""
    dialog = page.shell.findChild(CopyOutDialog)
    assert dialog is not None and dialog.isVisible()
    edit = dialog.findChild(QLineEdit, "copy-out.reason")
    assert edit is not None
    edit.setText(reason)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    save_as(page.shell.findChild(QFileDialog, "copy-out.folder"), folder, qtbot)


def test_chosen_asked_copied_and_told(
    page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, folder: Path, idle: Idle
) -> None:
    recording_id = chosen_one(page)
    assert page.bar._out.isVisible() and page.bar._out.text() == "复制出库…"
    qtbot.keyClick(page.table, Qt.Key.Key_E, KEYS)
    answer(page, qtbot, folder, "用厂商播放器查看")
    idle(runner)
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    shown = show_recording(desk, recording_id)
    assert shown.sha256 in digests
    assert page.shell.message_bar.kind == "ok"
    assert f"{len(digests)} 个文件" in page.shell.message_bar.text() and str(folder) in page.shell.message_bar.text()
    assert story(shown, desk.zone)[-1].text == f"复制出库至 {folder}：用厂商播放器查看"


def test_a_name_that_exists_is_told_in_words(
    page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, folder: Path, idle: Idle
) -> None:
    recording_id = chosen_one(page)
    name = Path(show_recording(desk, recording_id).path).name
    (folder / name).write_bytes(b"mine")
    page.bar._out.click()
    answer(page, qtbot, folder)
    idle(runner)
    assert (folder / name).read_bytes() == b"mine"
    assert page.shell.message_bar.kind in ("warn", "bad") and "1 个未复制" in page.shell.message_bar.text()
    assert f"{name} 未复制出库：{folder} 中已有同名项，未作改动。" in page.shell.message_bar.details


def test_without_a_reason_the_story_ends_cleanly(
    page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, folder: Path, idle: Idle
) -> None:
    recording_id = chosen_one(page)
    page.acts.copy_out_chosen()
    answer(page, qtbot, folder)
    idle(runner)
    assert story(show_recording(desk, recording_id), desk.zone)[-1].text == f"复制出库至 {folder}"


def test_into_the_vault_is_refused(page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, idle: Idle) -> None:
    chosen_one(page)
    page.acts.copy_out_chosen()
    answer(page, qtbot, desk.first_vault.path)
    idle(runner)
    assert page.shell.message_bar.kind == "bad" and str(desk.first_vault.path) in page.shell.message_bar.text()


def test_without_the_right_there_is_no_such_act(
    desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
) -> None:
    reader = replace(desk, rights=frozenset({Right.VIEW}))
    shell = Shell(reader, runner, settings)
    qtbot.addWidget(shell)
    page = LibraryPage(reader, runner, shell)
    shell.add_page(page)
    shell.show()
    shell.open_page("library")
    idle(runner)
    chosen_one(page)
    assert page.bar._out.isHidden()
    page.acts.copy_out_chosen()
    assert shell.findChild(CopyOutDialog) is None
