"""The list of a card: what is new, what is left out and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from avdesk.services import ingest as collecting
from avdesk.terms import Kind, Outcome
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_plan import PlanView
from avdesk.ui.pages.ingest_plan_table import NAME, RECORDED, SIZE, STATE, TICK, DayRow, PlanModel
from avdesk.ui.pages.ingest_work import Phase
from tests.ui.exporting import answer_overwriting, save_as, sheet
from tests.ui.ingest_page import await_card, await_true, fresh_card, page, press, sample_card, shown, words

__all__ = ["page", "sample_card"]


@pytest.fixture
def card(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> IngestCard:
    """A card of which the videos were collected before, with one more photograph of another day and a link."""
    folder = fresh_card(sample_card, tmp_path / "card", "4100201", {"DCIM/PHOTO/IMG_20261120_101500.jpg": b"jpeg"})
    (source,) = collecting.choose([folder / "DCIM" / "VIDEO"])
    collecting.ingest(page.desk, collecting.plan(page.desk, source, probe=False))
    (folder / "link").symlink_to("/etc/hostname")
    page.chooser.take([folder])
    return await_card(page, folder, qtbot)


@pytest.fixture
def plan(page: IngestPage, card: IngestCard, qtbot: QtBot) -> PlanView:
    """Its list, with the durations read."""
    press(card, "list")
    found = page.findChild(PlanView, "ingest.plan")
    assert found is not None and found.isVisible()
    await_true(lambda: card.work.probed and not card.work.probing, qtbot)
    return found


def test_the_list_shows_days_states_and_reasons(plan: PlanView) -> None:
    lines = _lines(plan)
    assert [line for line in lines if line.startswith("11月")] == ["11月20日 周五", "11月23日 周一"]
    told = {_cell(plan, row, NAME): (_cell(plan, row, STATE), _cell(plan, row, STATE + 1)) for row in _files(plan)}
    assert told["DSJ_4100201_310086_20261123140210.MP4"] == ("已采集", "名称、大小、时间相同")
    assert told["DSJ_4100201_310086_20261123140432.JPG"] == ("新文件", "")
    assert told["link"] == ("跳过", "链接，不是文件")
    counts = [button.text() for button in plan.findChildren(QAbstractButton) if ".segment." in button.objectName()]
    assert counts == ["全部 10", "新文件 6", "有变化 0", "已采集 3", "跳过 1"]
    said = words(plan)
    assert "4100201 采集清单" in said and "空间足够" in said and "采集后还不能清空此文件夹" in said
    assert "3 个以前采集过的文件不比对内容" in said and "1 个链接或特殊文件没有采集" in said


def test_segments_kinds_and_folders_filter(plan: PlanView, qtbot: QtBot) -> None:
    _press(plan, "ingest.plan.segment.collected")
    assert len(_files(plan)) == 3
    _press(plan, "ingest.plan.segment.all")
    _choose(plan.kind_menu(), "照片")
    assert len(_files(plan)) == 4
    _press(plan, "ingest.plan.kind")
    assert len(_files(plan)) == 10
    _choose(plan.folder_menu(), "LOG")
    assert [_cell(plan, row, NAME) for row in _files(plan)] == ["DSJ_4100201_310086_20261123140000.LOG"]


def test_files_are_left_out_by_row_day_and_kind_with_one_reason(
    page: IngestPage, card: IngestCard, plan: PlanView, tmp_path: Path, qtbot: QtBot
) -> None:
    model = _model(plan)
    day = next(row for row in model.days() if model.index(row, NAME).data() == "11月20日 周五")
    plan.table.setCurrentIndex(model.index(day, NAME))
    QTest.keyClick(plan.table, Qt.Key.Key_Space)
    assert model.index(day, TICK).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    _choose(plan.kind_menu(), "录音")
    _click_head(plan)
    _press(plan, "ingest.plan.kind")
    assert {path.rpartition("/")[2] for _part, path in card.work.unticked} == {
        "IMG_20261120_101500.jpg",
        "20261123_141500.WAV",
    }
    monday = next(row for row in model.days() if row != day)
    assert model.index(monday, TICK).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    start = _button(plan, "ingest.plan.start")
    assert not start.isEnabled()
    await_true(lambda: "请写明不采集的原因" in words(plan) and "2 个文件未选" in words(plan), qtbot)
    reason = plan.findChild(QComboBox, "ingest.plan.reason")
    assert reason is not None and reason.isVisible() and reason.property("state") == "bad"
    reason.setEditText("与执法无关：误触开机")
    assert start.isEnabled() and start.text() == "开始采集 4 个文件"
    row = next(row for row in _files(plan) if _cell(plan, row, NAME) == "20261123_141500.WAV")
    assert (_cell(plan, row, STATE), _cell(plan, row, STATE + 1)) == ("未选", "与执法无关：误触开机")
    start.click()
    assert plan.work is None and not plan.isVisible(), "the cards are shown while it is collected"
    root = card.work.place.choices[0].root
    await_card(page, root, qtbot, Phase.DONE)
    assert card.work.result is not None
    left = [row for row in card.work.result.reports[0].outcomes if row.status is Outcome.NOT_SELECTED]
    assert [row.findings[0].facts["reason"] for row in left] == ["与执法无关：误触开机"] * 2
    await_true(lambda: "2 个文件未选" in words(card), qtbot)


def test_starting_from_the_card_asks_for_the_reason_in_the_list(
    page: IngestPage, card: IngestCard, plan: PlanView, qtbot: QtBot
) -> None:
    _model(plan).toggle([_files(plan)[0], _files(plan)[2]])
    QTest.keyClick(plan, Qt.Key.Key_Escape)
    await_true(lambda: not plan.isVisible(), qtbot)
    press(card, "start")
    assert plan.isVisible() and card.work.phase is Phase.READY


def test_what_was_collected_can_be_compared(page: IngestPage, card: IngestCard, plan: PlanView, qtbot: QtBot) -> None:
    compare = plan.findChild(QCheckBox, "ingest.plan.compare")
    assert compare is not None and compare.isVisible()
    compare.setChecked(True)
    await_true(lambda: "不比对内容" not in words(plan), qtbot)
    _button(plan, "ingest.plan.start").click()
    await_card(page, card.work.place.choices[0].root, qtbot, Phase.DONE)
    assert card.work.result is not None
    codes = {reason.code for reason in card.work.result.reports[0].reasons}
    assert codes == {"LINK"}, "everything but the link was read now"
    assert not shown(card, "compare")


def test_sorting_by_another_column_makes_one_flat_list(plan: PlanView) -> None:
    model = _model(plan)
    plan.table.sortByColumn(SIZE, Qt.SortOrder.DescendingOrder)
    sizes = [line.file.size for line in model.lines if not isinstance(line, DayRow)]
    assert not model.days() and sizes[:-1] == sorted((size for size in sizes if size is not None), reverse=True)
    plan.table.sortByColumn(RECORDED, Qt.SortOrder.AscendingOrder)
    assert len(model.days()) == 3


def test_columns_are_remembered(page: IngestPage, card: IngestCard, plan: PlanView, qtbot: QtBot) -> None:
    assert plan.table.horizontalScrollBar().maximum() == 0, "all columns are seen"
    _drag_column(plan, NAME, 333)
    page.save_state()
    page.show_cards()
    press(card, "list")
    assert plan.table.columnWidth(NAME) == 333


def test_kinds_are_counted_in_the_menu(plan: PlanView) -> None:
    texts = [action.text().split() for action in plan.kind_menu().actions()]
    assert ["视频", "3"] in texts and ["照片", "4"] in texts
    assert len(texts) == len({row.file.kind for row in plan.work.rows()} if plan.work is not None else Kind)


def test_the_card_can_be_read_again_from_its_list(card: IngestCard, plan: PlanView, qtbot: QtBot) -> None:
    (card.work.place.choices[0].root / "LOG" / "another.log").write_text("x")
    _press(plan, "ingest.plan.reread")
    await_true(lambda: _button(plan, "ingest.plan.segment.all").text() == "全部 11", qtbot)


def test_the_whole_list_is_exported_whatever_is_shown(
    page: IngestPage, card: IngestCard, plan: PlanView, tmp_path: Path, qtbot: QtBot
) -> None:
    _press(plan, "ingest.plan.segment.skipped")
    output = tmp_path / "清单.xlsx"
    _press(plan, "ingest.plan.export")
    dialog = page.shell.findChild(QFileDialog, "ingest.plan.export.dialog")
    assert "4100201 采集清单" in dialog.selectedFiles()[0] and dialog.selectedFiles()[0].endswith(".xlsx")
    save_as(dialog, output, qtbot)
    await_true(lambda: "已导出 10 个文件的清单" in words(page.shell), qtbot)
    title, _made, _head, *rows = sheet(output)
    assert title == ["采集清单　4100201"] and len(rows) == 10
    assert {tuple(row[-4:-2]) for row in rows if "link" in row} == {("跳过", "链接，不是文件")}
    assert sum("名称、大小、时间相同" in row for row in rows) == 3


def test_what_is_left_out_is_exported_with_its_reason_and_nothing_is_overwritten_silently(
    page: IngestPage, card: IngestCard, plan: PlanView, tmp_path: Path, qtbot: QtBot
) -> None:
    output = tmp_path / "list.xlsx"
    output.write_text("before")
    _model(plan).toggle([_files(plan)[0]])
    card.work.skip_reason = "私人照片"
    QTest.keyClick(plan.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = page.shell.findChild(QFileDialog, "ingest.plan.export.dialog")
    QTimer.singleShot(0, lambda: asked.append(answer_overwriting(dialog, yes=False)))
    asked: list[str] = []
    save_as(dialog, output, qtbot)
    assert "list.xlsx" in asked[0] and dialog.isVisible() and output.read_text() == "before"
    QTimer.singleShot(0, lambda: asked.append(answer_overwriting(dialog, yes=True)))
    save_as(dialog, output, qtbot)
    await_true(lambda: "已导出 10 个文件的清单" in words(page.shell), qtbot)
    assert sum("私人照片" in row and "未选" in row for row in sheet(output)) == 1


def test_a_list_that_cant_be_written_says_why(page: IngestPage, plan: PlanView, qtbot: QtBot) -> None:
    vault = page.desk.first_vault.path
    _press(plan, "ingest.plan.export")
    save_as(page.shell.findChild(QFileDialog, "ingest.plan.export.dialog"), vault / "list.xlsx", qtbot)
    await_true(lambda: "请存到别处" in words(page.shell), qtbot)
    assert not (vault / "list.xlsx").exists()


def _model(plan: PlanView) -> PlanModel:
    assert plan.model is not None
    return plan.model


def _lines(plan: PlanView) -> list[str]:
    model = _model(plan)
    return [str(model.index(row, NAME).data()) for row in range(model.rowCount())]


def _files(plan: PlanView) -> list[int]:
    return [row for row, line in enumerate(_model(plan).lines) if not isinstance(line, DayRow)]


def _cell(plan: PlanView, row: int, column: int) -> str:
    return str(_model(plan).index(row, column).data())


def _button(plan: PlanView, name: str) -> QAbstractButton:
    found = plan.findChild(QAbstractButton, name)
    assert found is not None
    return found


def _press(plan: PlanView, name: str) -> None:
    _button(plan, name).click()


def _choose(menu: QMenu, word: str) -> None:
    acts: list[QAction] = [action for action in menu.actions() if action.text().startswith(word)]
    assert acts, [action.text() for action in menu.actions()]
    acts[0].trigger()


def _click_head(plan: PlanView) -> None:
    """The tick in the head: everything that is shown."""
    head = plan.table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(TICK) + head.sectionSize(TICK) // 2, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _drag_column(plan: PlanView, column: int, width: int) -> None:
    """Drag the right edge of a column's head."""
    head = plan.table.horizontalHeader()
    edge = head.sectionViewportPosition(column) + head.sectionSize(column) - 1
    start, end = QPoint(edge, head.height() // 2), QPoint(edge + width - head.sectionSize(column), head.height() // 2)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(head.viewport(), end)
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=end)
