"""The cases page on a real workspace: finding, creating, changing, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from avdesk.services import cases, labels
from avdesk.services.desk import Desk
from avdesk.services.recordings import list_recordings
from avdesk.ui.page import Page
from avdesk.ui.pages import cases_details
from avdesk.ui.pages.cases import CasesPage
from avdesk.ui.pages.cases_details import MissingNote
from avdesk.ui.runner import Runner
from avdesk.ui.shell import Shell
from tests.ui.exporting import save_as, sheet

NUMBER, TITLE = "平石医保罚字〔2026〕7号", "惠民示例大药房违规使用医保基金案"
Idle = Callable[[Runner], None]


class _Other(Page):
    """A page that remembers what it was opened with, in the place of one that is made by somebody else."""

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.state: dict[str, object] = {}

    @classmethod
    def title(cls) -> str:
        return cls.NAME

    def on_shown(self, **state: object) -> None:
        self.state = state


class _Library(_Other):
    NAME = "library"


class _Labels(_Other):
    NAME = "labels"


@pytest.fixture
def page(desk: Desk, runner: Runner, shell: Shell, idle: Idle, qtbot: QtBot) -> CasesPage:
    made = CasesPage(desk, runner, shell)
    shell.add_page(made)
    for other in (_Library, _Labels):
        shell.add_page(other(desk, runner, shell))
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell.open_page("cases")
    idle(runner)
    return made


def button(page: CasesPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def missing(page: CasesPage) -> list[str]:
    return [note.code for note in page.view.findChildren(MissingNote) if note.isVisible()]


def test_the_newest_case_is_shown_with_its_footage_and_what_is_missing(page: CasesPage) -> None:
    details = page.view.details
    assert details is not None and details.case.number == NUMBER
    assert len(page.view.model.rows) == 2
    assert missing(page) == ["NO_LABELS"]


def test_missing_labels_lead_to_the_labels_page(page: CasesPage, shell: Shell) -> None:
    button(page, "cases.missing.labels").click()
    opened = shell.current
    assert isinstance(opened, _Labels) and opened.state == {"case_number": NUMBER}


def test_the_footage_is_shown_in_the_library(page: CasesPage, shell: Shell) -> None:
    button(page, "cases.footage.library").click()
    opened = shell.current
    assert isinstance(opened, _Library) and opened.state == {"case_number": NUMBER}


def test_nothing_is_missing_once_labels_are_made(
    page: CasesPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle
) -> None:
    labels.make_labels(desk, NUMBER, desk.workspace / "labels.pdf")
    shell.tell("labels")
    idle(runner)
    assert missing(page) == []


def test_a_case_is_created_by_keyboard_alone(page: CasesPage, qtbot: QtBot, runner: Runner, idle: Idle) -> None:
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    for field, text in (
        (page.form.number, "平石医保罚字[2026]第012号"),
        (page.form.title, "样本口腔门诊部串换药品案"),
        (page.form.party, "样本口腔门诊部"),
    ):
        field.setText(text)
    idle(runner)
    assert page.form.rows["number"].said == "平石医保罚字〔2026〕12号"
    qtbot.keyClick(page.form.party, Qt.Key.Key_Return)
    idle(runner)
    details = page.view.details
    assert details is not None and details.case.title == "样本口腔门诊部串换药品案"
    assert page.view.isVisible()
    assert missing(page) == ["NO_FOOTAGE", "NO_LABELS"]
    assert [row.number for row in page.list.model.rows] == ["平石医保罚字[2026]第012号", NUMBER]


@pytest.mark.parametrize(
    ("typed", "border"), [("平石医保罚字(2026)8号", ""), ("内部登记 3", ""), ("平石医保罚字(2026)007号", "bad")]
)
def test_a_number_is_judged_as_it_is_typed(
    page: CasesPage, runner: Runner, idle: Idle, typed: str, border: str
) -> None:
    page.begin()
    page.form.number.setText(typed)
    idle(runner)
    said = page.form.rows["number"].said
    assert said
    assert (said == "平石医保罚字〔2026〕8号") == (typed == "平石医保罚字(2026)8号")
    assert page.form.number.property("state") == border


def test_the_case_that_has_the_number_can_be_opened(page: CasesPage, runner: Runner, idle: Idle) -> None:
    page.begin()
    page.form.number.setText(NUMBER)
    idle(runner)
    button(page, "cases.form.other").click()
    idle(runner)
    details = page.view.details
    assert page.view.isVisible() and details is not None and details.case.number == NUMBER


def test_what_must_be_filled_in_is_said_at_its_field(page: CasesPage, qtbot: QtBot) -> None:
    page.begin()
    page.form.number.setText("平石医保罚字〔2026〕8号")
    qtbot.keyClick(page.form.number, Qt.Key.Key_Return)
    assert page.form.rows["title"].said
    assert page.form.title.hasFocus()
    assert page.form.title.property("state") == "bad"


def test_a_number_taken_meanwhile_is_said_at_its_field(page: CasesPage, desk: Desk, runner: Runner, idle: Idle) -> None:
    page.begin()
    page.form.number.setText("平石医保罚字〔2026〕8号")
    page.form.title.setText("样本案")
    idle(runner)
    cases.add_case(desk, "平石医保罚字〔2026〕8号", "先建的")
    page.form.save()
    idle(runner)
    assert page.form.isVisible() and page.form.title.text() == "样本案"
    assert page.form.number.property("state") == "bad"


def test_escape_loses_nothing_typed(page: CasesPage, qtbot: QtBot, runner: Runner, idle: Idle) -> None:
    page.begin()
    page.form.title.setText("写了一半的名称")
    qtbot.keyClick(page.form.title, Qt.Key.Key_Escape)
    assert page.view.isVisible()
    page.edit()
    assert page.form.title.text() == TITLE
    qtbot.keyClick(page.form.title, Qt.Key.Key_Escape)
    page.begin()
    assert page.form.title.text() == "写了一半的名称"
    button(page, "cases.form.forget").click()
    assert page.form.title.text() == ""


def test_another_case_is_chosen_and_the_form_comes_back_as_it_was(
    page: CasesPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle
) -> None:
    cases.add_case(desk, "N-2", "第二件")
    shell.tell("cases")
    idle(runner)
    page.open_case(next(row.case_id for row in page.list.model.rows if row.number == NUMBER))
    idle(runner)
    page.edit()
    page.form.title.setText("改了一半")
    page.list.table.selectRow(0)
    idle(runner)
    details = page.view.details
    assert page.view.isVisible() and details is not None and details.case.number == "N-2"
    page.list.table.selectRow(1)
    idle(runner)
    page.edit()
    assert page.form.title.text() == "改了一半"


@pytest.mark.parametrize(("choice", "kept"), [("keep", "我改的"), ("drop", "别人改的")])
def test_a_stale_edit_shows_both_and_lets_choose(
    page: CasesPage, desk: Desk, runner: Runner, idle: Idle, choice: str, kept: str
) -> None:
    details = page.view.details
    assert details is not None
    page.edit()
    page.form.title.setText("我改的")
    case = details.case
    cases.edit_case(desk, case.case_id, case.version, "别人改的", case.party, case.number)
    page.form.save()
    idle(runner)
    assert cases.show_case(desk, case.case_id).case.title == "别人改的"
    assert button(page, f"cases.stale.{choice}").isVisible()
    assert page.form.title.text() == "我改的"
    button(page, f"cases.stale.{choice}").click()
    idle(runner)
    assert cases.show_case(desk, case.case_id).case.title == kept
    assert page.view.isVisible()
    assert page.view.details is not None and page.view.details.case.title == kept
    assert [row.title for row in page.list.model.rows if row.case_id == case.case_id] == [kept]


def test_searching_and_further_pages(page: CasesPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle) -> None:
    for number in range(130):
        cases.add_case(desk, f"N-{number}", f"第{number}件")
    shell.tell("cases")
    idle(runner)
    assert len(page.list.model.rows) == 100
    page.list.table.scrollToBottom()
    idle(runner)
    assert len(page.list.model.rows) == 131
    page.search.setText("[2026] 007")
    idle(runner)
    assert [row.number for row in page.list.model.rows] == [NUMBER]
    page.search.setText("没有")
    idle(runner)
    assert page.list.model.rows == []


def test_footage_is_sorted_once_all_of_it_is_there(
    page: CasesPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_details, "PAGE", 3)
    everything = [recording.recording_id for recording in list_recordings(desk).recordings]
    cases.link_recordings(desk, NUMBER, everything)
    page.view.table.setFixedHeight(120)
    shell.tell("cases")
    idle(runner)
    rows, table = page.view.model.rows, page.view.table
    assert len(rows) < len(everything)
    assert not table.isSortingEnabled()
    while len(page.view.model.rows) < len(everything):
        table.scrollToBottom()
        idle(runner)
    assert table.isSortingEnabled()
    size = [column.key for column in page.view.model.columns].index("size")
    table.horizontalHeader().setSortIndicator(size, Qt.SortOrder.AscendingOrder)
    sizes = [row.size for row in page.view.model.rows]
    assert sizes == sorted(sizes)


def test_footage_is_taken_out_with_a_reason(
    page: CasesPage, desk: Desk, qtbot: QtBot, runner: Runner, idle: Idle
) -> None:
    page.view.table.selectRow(0)
    button(page, "cases.footage.unlink").click()
    dialog = page._unlinking
    assert dialog is not None
    dialog.accept()
    assert dialog.isVisible()
    dialog._field.setText("误关联")
    qtbot.keyClick(dialog._field, Qt.Key.Key_Return)
    idle(runner)
    assert len(page.view.model.rows) == 1
    assert list_recordings(desk).total > 1


def test_the_page_opens_on_what_it_is_asked_for(
    page: CasesPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle
) -> None:
    other = cases.add_case(desk, "N-2", "第二件")
    shell.open_page("cases", case_id=other.case_id)
    idle(runner)
    assert page.view.details is not None and page.view.details.case.number == "N-2"
    shell.open_page("cases", number="平石医保罚字[2026]7号")
    idle(runner)
    assert page.view.details.case.number == NUMBER
    shell.open_page("cases", new=True, number="N-3")
    idle(runner)
    assert page.form.isVisible() and page.form.number.text() == "N-3"


def test_an_empty_workspace_offers_the_first_case(empty_desk: Desk, runner: Runner, shell: Shell, idle: Idle) -> None:
    page = CasesPage(empty_desk, runner, shell)
    shell.add_page(page)
    shell.show()
    shell.open_page("cases")
    idle(runner)
    button(page, "cases.empty.act").click()
    assert page.form.isVisible() and page.form.number.hasFocus()


def test_columns_that_gave_way_are_not_remembered_as_hidden(
    page: CasesPage, shell: Shell, desk: Desk, runner: Runner
) -> None:
    shell.resize(960, 600)
    page._split.setSizes([420, 500])
    assert page.list.table.isColumnHidden(4)
    page.save_state()
    again = CasesPage(desk, runner, shell)
    assert not again.list.table.isColumnHidden(4)


class TestMoreThanOnePage:
    @pytest.fixture
    def many(self, desk: Desk) -> None:
        """Beside the first case more than a page, so that the oldest one is not loaded."""
        for number in range(105):
            cases.add_case(desk, f"平石医保罚字〔2027〕{number + 1}号", f"{number:03} 号案", f"{number % 10} 药房")

    def test_another_order_is_of_all_cases_not_only_of_those_loaded(
        self, many: None, page: CasesPage, qtbot: QtBot, runner: Runner, idle: Idle
    ) -> None:
        assert len(page.list.model.rows) == 100 and page.list.model.rows[0].title == "104 号案"
        click_head(page, qtbot, "资料")
        idle(runner)
        click_head(page, qtbot, "资料")
        idle(runner)
        first, second = page.list.model.rows[:2]
        assert (first.number, first.recordings, second.recordings) == (NUMBER, 2, 0)
        click_head(page, qtbot, "案件")
        idle(runner)
        titles = [row.title for row in page.list.model.rows]
        assert titles == [f"{number:03} 号案" for number in range(100)]
        page.list.table.scrollToBottom()
        page.list.model.fetchMore(page.list.model.index(-1, -1))
        idle(runner)
        assert [row.title for row in page.list.model.rows][100:] == [
            *(f"{number} 号案" for number in range(100, 105)),
            TITLE,
        ]

    def test_the_order_is_remembered(
        self, page: CasesPage, desk: Desk, runner: Runner, shell: Shell, qtbot: QtBot, idle: Idle
    ) -> None:
        click_head(page, qtbot, "当事人")
        page.save_state()
        again = CasesPage(desk, runner, shell)
        assert again.list.shown == ("", cases.CaseOrder.PARTY, False)

    def test_all_that_are_found_are_exported_in_the_order_shown(
        self, many: None, page: CasesPage, qtbot: QtBot, runner: Runner, idle: Idle, tmp_path: Path
    ) -> None:
        click_head(page, qtbot, "案件")
        page.search.setText("2027")
        qtbot.waitUntil(lambda: page.list.model.rows[0].title == "000 号案", timeout=5000)
        output = tmp_path / "cases.xlsx"
        qtbot.keyClick(page.list.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        dialog = page.shell.findChild(QFileDialog, "cases.export")
        assert dialog.selectedFiles()[0].endswith(".xlsx") and "案件清单" in dialog.selectedFiles()[0]
        save_as(dialog, output, qtbot)
        idle(runner)
        assert "已导出 105 件的清单" in page.shell.message_bar._text.text()
        title, _made, head, *rows = sheet(output)
        assert (title, head[1:4]) == (["案件清单"], ["案号", "案件名称", "当事人"])
        assert [row[2] for row in rows] == [f"{number:03} 号案" for number in range(105)]

    def test_a_place_that_cant_be_written_is_told(
        self, page: CasesPage, qtbot: QtBot, runner: Runner, idle: Idle
    ) -> None:
        (act,) = [act for act in page.list.table.column_menu().actions() if act.text() == "导出清单（xlsx）…"]
        act.trigger()
        save_as(page.shell.findChild(QFileDialog, "cases.export"), page.desk.first_vault.path / "a.xlsx", qtbot)
        idle(runner)
        assert "请存到别处" in page.shell.message_bar._text.text()


def click_head(page: CasesPage, qtbot: QtBot, title: str) -> None:
    """Click the head of a column."""
    head = page.list.table.horizontalHeader()
    titles = [column.title for column in page.list.model.columns]
    at = QPoint(head.sectionViewportPosition(titles.index(title)) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
