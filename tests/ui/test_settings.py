"""The settings page: unit, vaults, rules with their article and reason, display, about."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from avdesk.policy import POLICIES
from avdesk.progress import Control, OnProgress
from avdesk.services.audit import export_audit
from avdesk.services.policies import list_policies
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.pages.settings import SettingsPage
from avdesk.ui.pages.settings_about import licences
from avdesk.ui.pages.settings_policies import NAMES, PolicyDialog, value_text
from avdesk.ui.runner import WRITE, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.buttons import Button


@pytest.fixture
def page(shell: Shell, runner: Runner, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(shell.desk, runner, shell)
    shell.add_page(made)
    shell.begin("settings")
    qtbot.waitExposed(shell)
    qtbot.waitUntil(lambda: made.findChild(Button, "settings.policy.time.zone") is not None, timeout=20_000)
    return made


def words(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel)}


def open_policy(page: SettingsPage, key: str, qtbot: QtBot) -> PolicyDialog:
    button = page.findChild(Button, f"settings.policy.{key}")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(PolicyDialog)
    assert dialog is not None
    return dialog


def test_unit_vaults_and_rules_are_told(page: SettingsPage, qtbot: QtBot) -> None:
    desk = page.desk
    assert {"平石市医疗保障局", "王示例", desk.workstation, str(desk.workspace)} <= words(page)
    qtbot.waitUntil(lambda: str(desk.first_vault.path) in words(page.vaults), timeout=20_000)
    assert any("可用" in text for text in words(page.vaults))
    assert {"光盘标号格式", "第 16 条，默认值", "+08:00"} <= words(page.policies)


def test_values_are_told_as_the_office_says_them(page: SettingsPage) -> None:
    told = {policy.key: value_text(policy) for policy in list_policies(page.desk).policies}
    assert told["media.probe_seconds"] == "20 秒"
    assert told["digest.sm3"] == "否"
    assert re.fullmatch("如 20[0-9]{2}-0001", told["disc_number.pattern"])


def test_every_rule_has_its_words() -> None:
    assert NAMES.keys() == {policy.key for policy in POLICIES}


def test_a_rule_is_changed_with_a_reason_and_audited(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_policy(page, "disc_number.start", qtbot)
    assert isinstance(dialog.value, QLineEdit)
    assert dialog.value.text() == "1"
    dialog.value.setText("37")
    dialog.reason.setText("接纸质台账")
    with qtbot.waitSignals([dialog.saved, page.shell.desk_changed], timeout=20_000):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    values = {policy.key: policy.value for policy in list_policies(page.desk).policies}
    assert values["disc_number.start"] == 37
    assert "37" in words(page.policies)
    assert any("王示例 今天" in text for text in words(page.policies))
    assert page.shell.message_bar.kind == "ok"
    export_audit(page.desk, tmp_path / "audit.jsonl")
    assert "接纸质台账" in (tmp_path / "audit.jsonl").read_text("utf-8")


def test_a_value_out_of_bounds_is_said_beside_the_field_in_the_window_s_language(
    page: SettingsPage, qtbot: QtBot
) -> None:
    dialog = open_policy(page, "disc_number.start", qtbot)
    assert isinstance(dialog.value, QLineEdit)
    dialog.value.setText("0")
    dialog.reason.setText("试")
    dialog.save()
    qtbot.waitUntil(lambda: "“0”不合要求" in dialog.error("value"), timeout=20_000)
    assert "1 到 999999 的整数" in dialog.error("value")
    assert dialog.reason.text() == "试"
    assert dialog.isVisible()


def test_without_a_reason_nothing_changes(page: SettingsPage, qtbot: QtBot) -> None:
    dialog = open_policy(page, "digest.sm3", qtbot)
    assert isinstance(dialog.value, QCheckBox)
    dialog.value.setChecked(True)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.error("reason") == "理由：请填写。", timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not {policy.key: policy.value for policy in list_policies(page.desk).policies}["digest.sm3"]


def test_display_is_a_preference_told_at_once(page: SettingsPage, qtbot: QtBot) -> None:
    shell = page.shell
    for segment, key, what, kept in (
        (page.look.theme, "dark", "theme", ("look/theme", "dark")),
        (page.look.language, "en", "language", ("look/language", "en")),
        (page.look.text, "1.3", "text", ("look/text", "1.3")),
    ):
        with qtbot.waitSignal(shell.look_changed) as told:
            qtbot.mouseClick(segment.button(key), Qt.MouseButton.LeftButton)
        assert told.args == [what]
        assert shell.settings.text(kept[0]) == kept[1]
    assert (shell.settings.theme, shell.settings.language, shell.settings.text_size) == ("dark", "en", 1.3)


def test_the_window_is_not_made_anew_under_a_running_work(page: SettingsPage, runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(_on_progress: OnProgress, _control: Control) -> None:
        gate.wait(20)

    runner.start(work, lane=WRITE, title="采集 DSJ-05")
    qtbot.waitUntil(lambda: not page.look.language.isEnabled())
    assert page.look.theme.isEnabled()
    assert "没有进行中的工作时，才能更改语言和字号。" in words(page.look)
    gate.set()
    qtbot.waitUntil(page.look.language.isEnabled, timeout=20_000)


def test_practice_opens_beside(page: SettingsPage, qtbot: QtBot) -> None:
    button = page.findChild(Button, "settings.practise")
    assert button is not None
    with qtbot.waitSignal(page.shell.practice_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_licences_are_whole(page: SettingsPage, qtbot: QtBot, dressed: QApplication) -> None:
    text = licences()
    for part in ("GNU GENERAL PUBLIC LICENSE", "MIT License", "SIL OPEN FONT LICENSE", "LGPL"):
        assert part in text
    button = page.findChild(Button, "settings.licences")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (dialog,) = page.window().findChildren(DetailsDialog)
    shown = dialog.findChild(QPlainTextEdit)
    assert shown is not None
    assert shown.toPlainText() == text
    dialog.close()
