"""The first run: unit, operator, a place that is looked at, and a workspace at its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avdesk.services.places import PlaceCheck, check_vault_place, is_set_up
from avdesk.services.workspace import sign_in
from avdesk.ui.first_run import FirstRun, notes_of
from avdesk.ui.runner import Runner
from avdesk.vault.root import create_vault


@pytest.fixture
def first_run(tmp_path: Path, runner: Runner, qtbot: QtBot) -> FirstRun:
    window = FirstRun(tmp_path / "workspace", runner, "zh")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def notes(window: FirstRun) -> str:
    return "\n".join(
        label.text()
        for place in range(window.checks.count())
        if (item := window.checks.itemAt(place)) is not None and (widget := item.widget()) is not None
        for label in widget.findChildren(QLabel)
    )


def test_enter_leads_to_a_workspace(first_run: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    assert first_run.unit.hasFocus()
    qtbot.keyClicks(first_run.unit, "unit")
    first_run.unit.setText("平石市医疗保障局")
    first_run.operator.setText("王示例")
    with qtbot.waitSignal(first_run.made, timeout=30_000):
        qtbot.keyClick(first_run.operator, Qt.Key.Key_Return)
    assert is_set_up(tmp_path / "workspace")
    desk = sign_in(tmp_path / "workspace", None)
    assert (desk.unit, desk.person_name) == ("平石市医疗保障局", "王示例")
    assert desk.first_vault.path == tmp_path / "workspace" / "vault"
    desk.close()


def test_what_is_missing_is_said_beside_its_field(first_run: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    first_run.operator.setText("王示例")
    qtbot.mouseClick(first_run.start, Qt.MouseButton.LeftButton)
    assert first_run.error("unit") == "单位：请填写。"
    assert first_run.error("operator") == ""
    assert first_run.unit.hasFocus()
    assert first_run.operator.text() == "王示例"
    assert not (tmp_path / "workspace").exists()
    qtbot.keyClicks(first_run.unit, "u")
    assert first_run.error("unit") != "单位：请填写。"


def test_a_place_is_a_whole_path(first_run: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    """A word alone would lie wherever the program happened to be started."""
    first_run.unit.setText("平石市医疗保障局")
    first_run.operator.setText("王示例")
    first_run.vault.setText("vault")
    qtbot.waitUntil(lambda: "请填写完整路径，或点“选择文件夹”。" in notes(first_run))
    qtbot.mouseClick(first_run.start, Qt.MouseButton.LeftButton)
    assert first_run.vault.hasFocus()
    assert not (tmp_path / "workspace").exists()


def test_what_the_service_refuses_is_said_beside_its_field(first_run: FirstRun, qtbot: QtBot) -> None:
    first_run.unit.setText("局" * 201)
    first_run.operator.setText("王示例")
    qtbot.mouseClick(first_run.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "200" in first_run.error("unit"), timeout=20_000)


def test_place_is_looked_at_while_it_is_typed(first_run: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "可以在这里建立证据库" in notes(first_run), timeout=20_000)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    first_run.vault.setText(str(other))
    qtbot.waitUntil(lambda: "里有别的东西" in notes(first_run), timeout=20_000)
    create_vault(tmp_path / "vault2", "01a20fc9-d2c0-7ed1-a555-b0ef13f2ab77")
    first_run.vault.setText(str(tmp_path / "vault2"))
    qtbot.waitUntil(lambda: "这里已有证据库" in notes(first_run), timeout=20_000)
    first_run.vault.clear()
    qtbot.waitUntil(lambda: "证据库位置：请填写" in notes(first_run), timeout=20_000)


def test_an_occupied_place_is_refused_in_the_message_bar(first_run: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    first_run.unit.setText("平石市医疗保障局")
    first_run.operator.setText("王示例")
    first_run.vault.setText(str(other))
    qtbot.mouseClick(first_run.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(first_run.message.isVisible, timeout=20_000)
    assert "里有别的东西" in first_run.message.text()
    assert (other / "letter.txt").read_text() == "x"
    assert not is_set_up(tmp_path / "workspace")


def test_every_doubt_about_a_place_is_told(dressed: QApplication, tmp_path: Path) -> None:
    check = check_vault_place(tmp_path)
    full = PlaceCheck(
        path=check.path,
        fstype="vfat",
        bytes_total=2**35,
        bytes_free=2**30,
        vault_id=None,
        usable=True,
        findings=check.findings,
    )
    tones = [tone for tone, _text in notes_of(full)]
    assert tones[0] == "ok"
    assert "bad" not in tones


def test_practising_and_language_are_offered(first_run: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first_run.practice_wanted):
        qtbot.mouseClick(first_run.practise, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(first_run.language_chosen) as chosen:
        qtbot.mouseClick(first_run.languages.button("en"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["en"]
