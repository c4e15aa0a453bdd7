"""The library page in the real window: what it shows, finds, chooses and does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from avdesk.services import ingest
from avdesk.services.cases import find_cases
from avdesk.services.desk import Desk
from avdesk.services.library import browse, total
from avdesk.services.recordings import RecordingFilter
from avdesk.services.workspace import sign_in
from avdesk.terms import Kind, Right
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.library_cases import LinkDialog
from avdesk.ui.pages.library_filters import NOTHING, CasePopup, DaysPopup, KindsPopup, TextPopup
from avdesk.ui.pages.library_painting import check_box, tile_box
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from tests.ui.conftest import NUMBER
from tests.ui.exporting import save_as

Idle = Callable[[Runner], None]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk: Desk, runner: Runner, shell: Shell, idle: Idle) -> LibraryPage:
    """The page, shown, with everything read."""
    made = LibraryPage(desk, runner, shell)
    shell.add_page(made)
    shell.show()
    shell.open_page("library")
    idle(runner)
    return made


@pytest.fixture
def many(made_workspace: Path, tmp_path: Path) -> Iterator[Desk]:
    """A workspace with the sample card and 260 files of one later day."""
    workspace = tmp_path / "many"
    shutil.copytree(made_workspace, workspace)
    configuration = workspace / "avdesk.toml"
    configuration.write_text(configuration.read_text("utf-8").replace(str(made_workspace), str(workspace)), "utf-8")
    with closing(sign_in(workspace, None)) as desk:
        collect(desk, tmp_path / "card-many", 260)
        yield desk


def collect(desk: Desk, card: Path, count: int, start: int = 0) -> None:
    """Collect small files of 24 November, a second between them."""
    card.mkdir(exist_ok=True)
    for number in range(start, start + count):
        at = f"20261124{8 + number // 3600:02d}{number // 60 % 60:02d}{number % 60:02d}"
        (card / f"DSJ_5K20417_310086_{at}.LOG").write_bytes(os.urandom(40))
    (source,) = ingest.choose([card])
    ingest.ingest(desk, ingest.plan(desk, source, probe=False))


def page_of(desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle) -> LibraryPage:
    shell = Shell(desk, runner, settings)
    shell.resize(1366, 768)
    qtbot.addWidget(shell)
    made = LibraryPage(desk, runner, shell)
    shell.add_page(made)
    shell.show()
    shell.open_page("library")
    idle(runner)
    return made


def names(page: LibraryPage) -> list[str]:
    return [row.name for row in map(page.model.recording, range(page.model.rowCount())) if row is not None]


def rows(page: LibraryPage) -> list[int]:
    return [row for row in range(page.model.rowCount()) if page.model.recording(row) is not None]


def cell(page: LibraryPage, row: int, key: str = "name") -> QPoint:
    return page.table.visualRect(page.model.index(row, page.table.column(key))).center()


def click(
    qtbot: QtBot,
    page: LibraryPage,
    row: int,
    key: str = "name",
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    at = cell(page, row, key)
    if key == "check":
        at = check_box(page.table.visualRect(page.model.index(row, 0))).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, keys, at)


def compose(edit: QLineEdit, text: str) -> None:
    """Type by an input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QGuiApplication.sendEvent(edit, event)


def answered(qtbot: QtBot, dialog: LinkDialog) -> None:
    """Wait until what is typed has been looked up."""
    qtbot.waitUntil(lambda: dialog._answer is not None and dialog._answer.text == dialog.field.edit.text())


class TestRows:
    def test_every_recording_below_the_head_of_its_day(self, page: LibraryPage, desk: Desk) -> None:
        expected = browse(desk)
        assert names(page) == [row.name for row in expected.rows]
        assert [page.model.heads(), len(page.model.items)] == [[0], len(expected.rows) + 1]
        head = str(page.model.index(0, 0).data())
        assert "11月23日" in head and "8 个" in head and "其中未关联 6" in head
        assert page.table.columnSpan(0, 0) == len(page.model.columns)

    def test_what_is_told_above(self, page: LibraryPage, desk: Desk) -> None:
        assert page.filters.untagged.text() == "未关联 6"
        assert page.filters.unverified.text() == "未核验"
        assert not page.filters.clear.isVisible()

    def test_pictures_come_by_themselves(self, page: LibraryPage, desk: Desk) -> None:
        made = [path.parent.name for path in (desk.workspace / "cache").glob("*/thumb.jpg")]
        shown = [row for row in browse(desk).rows if row.kind in (Kind.VIDEO, Kind.PHOTO, Kind.AUDIO)]
        assert sorted(made) == sorted(row.recording_id for row in shown)
        page.view.choose("tiles")
        page._show_view("tiles")
        assert page.stack.currentWidget() is page.tiles

    def test_the_other_way_round(self, page: LibraryPage, runner: Runner, idle: Idle) -> None:
        newest = names(page)
        page.table.horizontalHeader().sectionClicked.emit(page.table.column("recorded"))
        idle(runner)
        assert names(page) == newest[::-1]

    def test_the_next_page_comes_by_scrolling(
        self, many: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
    ) -> None:
        page = page_of(many, runner, settings, qtbot, idle)
        assert page.model.recordings == 100
        for _time in range(6):
            page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum())
            idle(runner)
        assert page.model.recordings == total(many).recordings == 268
        assert len(set(names(page))) == 268 and not page.model.more
        assert len(page.model.heads()) == 2

    def test_nothing_collected_yet(
        self, empty_desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
    ) -> None:
        page = page_of(empty_desk, runner, settings, qtbot, idle)
        assert page.stack.currentWidget().objectName() == "library.empty"
        assert not page.details.isVisible() and not page.filters.isVisible()


class TestFilters:
    def test_text_kinds_days_and_case_together_and_dropped_one_by_one(
        self, page: LibraryPage, runner: Runner, idle: Idle
    ) -> None:
        text = TextPopup(page.filters)
        text.edit.setText("2026")
        text.apply()
        kinds = KindsPopup(page.filters)
        kinds.boxes[Kind.VIDEO].setChecked(True)
        kinds.boxes[Kind.PHOTO].setChecked(True)
        days = DaysPopup(page.filters, date(2026, 11, 25))
        days.take(date(2026, 11, 24), date(2026, 11, 23))
        idle(runner)
        wanted = RecordingFilter(
            query="2026",
            from_day=date(2026, 11, 23),
            to_day=date(2026, 11, 24),
            kinds=frozenset({Kind.VIDEO, Kind.PHOTO}),
        )
        assert page.filters.wanted == wanted
        assert page.filters.kinds.text() == "视频，照片"
        assert len(names(page)) == 6
        page.filters.kinds.click()
        idle(runner)
        assert page.filters.wanted == replace(wanted, kinds=frozenset()) and len(names(page)) == 8
        page.filters.clear.click()
        idle(runner)
        assert page.filters.wanted == NOTHING and not page.filters.clear.isVisible()

    def test_typing_narrows_after_a_moment(self, page: LibraryPage, runner: Runner, qtbot: QtBot, idle: Idle) -> None:
        page.filters.open_text()
        edit = page.findChild(QLineEdit, "library.filter.text.edit")
        assert isinstance(edit, QLineEdit)
        qtbot.keyClicks(edit, "imp")
        qtbot.waitUntil(lambda: page.filters.wanted.query == "imp", timeout=3000)
        idle(runner)
        assert [name.endswith("_IMP.MP4") for name in names(page)] == [True]

    def test_the_case_is_found_by_a_part_of_its_name(
        self, page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, idle: Idle
    ) -> None:
        popup = CasePopup(page.filters, desk, runner)
        idle(runner)
        compose(popup.field.edit, "不是大药房")
        qtbot.waitUntil(lambda: popup.field.list.item(0).text() == "没有符合的案件")
        popup.field.edit.clear()
        compose(popup.field.edit, "大药房")
        qtbot.waitUntil(lambda: NUMBER in popup.field.list.item(0).text())
        qtbot.keyClick(popup.field.edit, Qt.Key.Key_Down)
        qtbot.keyClick(popup.field.edit, Qt.Key.Key_Return)
        idle(runner)
        assert (page.filters.wanted.case_number, len(names(page))) == (NUMBER, 2)

    def test_untagged_and_nothing_found(self, page: LibraryPage, runner: Runner, idle: Idle) -> None:
        page.filters.untagged.click()
        idle(runner)
        assert len(names(page)) == 6
        page.filters.unverified.click()
        idle(runner)
        assert page.stack.currentWidget().objectName() == "library.nothing"
        page.stack.currentWidget().button.click()
        idle(runner)
        assert len(names(page)) == 8

    def test_opened_with_a_case_or_a_text(self, page: LibraryPage, shell: Shell, runner: Runner, idle: Idle) -> None:
        shell.open_page("library", case_number="平石医保罚字[2026]第7号")
        idle(runner)
        assert len(names(page)) == 2
        shell.open_page("library", query="wav")
        idle(runner)
        assert len(names(page)) == 1

    def test_opened_with_one_recording(self, page: LibraryPage, shell: Shell, runner: Runner, idle: Idle) -> None:
        wanted = page.model.recording(rows(page)[5])
        assert wanted is not None
        page.filters.want(RecordingFilter(query="imp"))
        shell.open_page("library", recording_id=wanted.recording_id)
        idle(runner)
        current = page.model.recording(page.table.currentIndex().row())
        assert current is not None and current.recording_id == wanted.recording_id
        assert page.details.facts is not None and page.details.facts.recording_id == wanted.recording_id

    def test_a_case_that_is_gone_no_longer_narrows(self, page: LibraryPage, runner: Runner, idle: Idle) -> None:
        page.filters.want(RecordingFilter(case_number="平石医保罚字〔2026〕99号"))
        idle(runner)
        assert page.filters.wanted == NOTHING and len(names(page)) == 8


class TestChoosing:
    def test_a_click_looks_and_chooses_nothing(self, page: LibraryPage, qtbot: QtBot) -> None:
        one, two, *_others = rows(page)
        click(qtbot, page, one, "check")
        click(qtbot, page, two)
        assert list(page.model.checked) == [page.model.items[one].recording_id]
        assert page.table.currentIndex().row() == two

    def test_control_shift_and_the_keys(self, page: LibraryPage, qtbot: QtBot) -> None:
        found = rows(page)
        click(qtbot, page, found[1], keys=CONTROL)
        click(qtbot, page, found[4], keys=SHIFT)
        assert len(page.model.checked) == 4
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        assert len(page.model.checked) == 3
        qtbot.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
        assert len(page.model.checked) == 5
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
        assert not page.model.checked and page.bar.isHidden()

    def test_all_that_is_shown_also_what_is_not_loaded(
        self, many: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
    ) -> None:
        page = page_of(many, runner, settings, qtbot, idle)
        page.acts.check_all()
        idle(runner)
        assert len(page.model.checked) == 268
        assert page.bar.isVisible()
        page.table.horizontalHeader().sectionClicked.emit(page.table.column("check"))
        assert not page.model.checked

    def test_the_bar_adds_up(self, page: LibraryPage, desk: Desk, qtbot: QtBot) -> None:
        for row in rows(page)[:3]:
            click(qtbot, page, row, "check")
        chosen = browse(desk).rows[:3]
        assert page.bar._count.text() == "已选 3 个"
        size = sum(row.size for row in chosen)
        assert f"{size / 1024:.1f} KiB" in page.bar._sum.text()

    def test_a_choice_outlives_a_filter_and_says_so(
        self, page: LibraryPage, runner: Runner, qtbot: QtBot, idle: Idle
    ) -> None:
        click(qtbot, page, rows(page)[0], "check")
        page.filters.want(RecordingFilter(query="wav"))
        idle(runner)
        click(qtbot, page, rows(page)[0], "check")
        assert page.bar._count.text() == "已选 2 个"
        assert "其中 1 个不在当前列表" in page.bar._sum.text()

    def test_tiles_choose_alike(self, page: LibraryPage, qtbot: QtBot, runner: Runner, idle: Idle) -> None:
        page.view.button("tiles").click()
        idle(runner)
        rect = page.tiles.visualRect(page.model.index(rows(page)[2], 0))
        qtbot.mouseClick(page.tiles.viewport(), Qt.MouseButton.LeftButton, pos=tile_box(rect).center())
        assert len(page.model.checked) == 1
        qtbot.mouseClick(page.tiles.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert len(page.model.checked) == 1 and page.table.currentIndex().row() == rows(page)[2]

    def test_copied_as_text(self, page: LibraryPage, qtbot: QtBot) -> None:
        for row in rows(page)[:2]:
            click(qtbot, page, row, "check")
        page.table.copy()
        head, *lines = QGuiApplication.clipboard().text().splitlines()
        assert head.split("\t")[:2] == ["文件、设备、人员", "录制时间"]
        assert [line.split("\t")[0] for line in lines] == names(page)[:2]
        page.model.uncheck_all()
        qtbot.keyClick(page.table, Qt.Key.Key_C, CONTROL)
        assert len(QGuiApplication.clipboard().text().splitlines()) == 2
        page.table.copy()
        assert len(QGuiApplication.clipboard().text().splitlines()) == 9


class TestDetails:
    def test_everything_of_the_current_one(self, page: LibraryPage, runner: Runner, qtbot: QtBot, idle: Idle) -> None:
        row = next(row for row in rows(page) if page.model.items[row].name.endswith("_IMP.MP4"))
        click(qtbot, page, row)
        idle(runner)
        told = " ".join(_words(page))
        for expected in (
            "取自文件名",
            "640×360",
            "25 帧/秒",
            "H.264",
            "1 份相符",
            "从介质回读",
            "采集并核验",
            "王示例",
        ):
            assert expected in told, told
        page.details.findChild(object, "library.details.digest").click()
        assert QGuiApplication.clipboard().text() == page.details.facts.sha256

    def test_folded_and_remembered(
        self, page: LibraryPage, desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
    ) -> None:
        assert page.details.isVisible()
        page.fold_button.click()
        page.table.setColumnHidden(page.table.column("duration"), False)
        page.filters.want(RecordingFilter(kinds=frozenset({Kind.VIDEO}), untagged=True))
        idle(runner)
        page.view.button("tiles").click()
        page.save_state()
        again = page_of(desk, runner, settings, qtbot, idle)
        assert not again.details.isVisible()
        assert not again.table.isColumnHidden(again.table.column("duration"))
        assert again.filters.wanted == page.filters.wanted
        assert again.stack.currentWidget() is again.tiles

    def test_it_stands_back_where_there_is_no_room(self, page: LibraryPage, shell: Shell) -> None:
        shell.resize(1000, 700)
        assert not page.details.isVisible()
        page.toggle_details()
        assert page.details.isVisible()


def _words(page: LibraryPage) -> list[str]:
    return [label.toolTip() or label.text() for label in page.details.findChildren(QLabel)]


class TestLinking:
    def test_to_a_case_that_is_there(
        self, page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, idle: Idle
    ) -> None:
        for row in rows(page):
            click(qtbot, page, row, "check")
        page.acts.link_chosen()
        dialog = page.findChild(LinkDialog)
        idle(runner)
        compose(dialog.field.edit, "平石医保罚字[2026]第7号")
        answered(qtbot, dialog)
        assert dialog.act.isEnabled() and dialog.title.isHidden()
        qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
        idle(runner)
        assert total(desk).untagged == 0
        assert page.shell.message_bar._text.text() == f"已将 6 个文件关联到 {NUMBER}；其中 2 个先前已关联"
        assert not page.model.checked

    def test_a_new_one_in_the_same_field(
        self, page: LibraryPage, desk: Desk, runner: Runner, qtbot: QtBot, idle: Idle
    ) -> None:
        page.acts.link([page.model.items[1].recording_id])
        dialog = page.findChild(LinkDialog)
        compose(dialog.field.edit, "平石医保罚字〔2026〕12号")
        answered(qtbot, dialog)
        assert dialog.title.isVisible() and not dialog.act.isEnabled()
        qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
        compose(dialog.title, "样本口腔门诊部案")
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
        idle(runner)
        (case, *_others) = find_cases(desk).cases
        assert (case.number, case.title, case.recordings) == ("平石医保罚字〔2026〕12号", "样本口腔门诊部案", 1)

    def test_a_number_of_no_known_form_is_warned_of(
        self, page: LibraryPage, runner: Runner, qtbot: QtBot, idle: Idle
    ) -> None:
        page.acts.link([page.model.items[1].recording_id])
        dialog = page.findChild(LinkDialog)
        compose(dialog.field.edit, "口腔门诊线索")
        answered(qtbot, dialog)
        assert "不是常见的案号格式" in dialog.note._detail.text()
        dialog.reject()

    def test_without_the_right_there_is_no_such_act(
        self, desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle
    ) -> None:
        page = page_of(replace(desk, rights=frozenset({Right.VIEW})), runner, settings, qtbot, idle)
        page.acts.check_all()
        idle(runner)
        assert page.bar._link.isHidden() and page.bar._export.isVisible()
        page.acts.link_chosen()
        assert page.findChild(LinkDialog) is None


class TestRest:
    def test_the_list_as_a_spreadsheet(
        self, page: LibraryPage, qtbot: QtBot, runner: Runner, tmp_path: Path, idle: Idle
    ) -> None:
        page.model.toggle(1)
        qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        save_as(page.shell.findChild(QFileDialog, "library.export"), tmp_path / "list.xlsx", qtbot)
        idle(runner)
        assert (tmp_path / "list.xlsx").read_bytes().startswith(b"PK")
        assert "1 个" in page.shell.message_bar._text.text()

    def test_what_is_looked_at_stays_while_collecting_goes_on(
        self, many: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle, tmp_path: Path
    ) -> None:
        page = page_of(many, runner, settings, qtbot, idle)
        click(qtbot, page, rows(page)[3], "check")
        bar = page.table.verticalScrollBar()
        bar.setValue(1500)
        idle(runner)
        page.table.setCurrentIndex(page.model.index(page.table.rowAt(200), 2))
        before = page._anchor()
        current = page.model.recording(page.table.currentIndex().row())
        collect(many, tmp_path / "more", 5, start=3000)
        page.shell.tell("recordings")
        qtbot.waitUntil(lambda: not page._again.isActive(), timeout=3000)
        idle(runner)
        assert page._anchor() == before
        assert page.model.recording(page.table.currentIndex().row()) == current
        assert len(page.model.checked) == 1
        assert (page.news.isVisible(), page.news.text()) == (True, "5 个新文件")
        page.news.click()
        assert bar.value() == 0 and not page.news.isVisible()

    def test_enter_without_a_player_shows_the_details(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.toggle_details()
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.details.isVisible()
        assert page.bar._play.isHidden() and page.details.picture.play.isHidden()

    @pytest.mark.parametrize("size", [(1366, 700), (1000, 650)])
    def test_no_bar_across(self, page: LibraryPage, shell: Shell, qtbot: QtBot, size: tuple[int, int]) -> None:
        shell.resize(*size)
        qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
