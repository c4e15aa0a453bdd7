"""Whole days of the library chosen by their heads, and the chosen ones played one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from avdesk.services.desk import Desk
from avdesk.services.library import browse
from avdesk.services.recordings import RecordingFilter
from avdesk.terms import Kind
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.library_painting import check_box
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from tests.ui.test_library_page import Idle, click, collect, many, page, page_of, rows

__all__ = ["many", "page"]

OFF, PART, ON = Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked


def click_head(qtbot: QtBot, page: LibraryPage, row: int, *, on_check: bool = True) -> None:
    """Click the check of the head of a day, or what stands beside it."""
    view = page.current_view()
    rect = view.visualRect(page.model.index(row, 0))
    at = check_box(rect).center() if on_check else QPoint(rect.left() + 200, rect.center().y())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("view", ["rows", "tiles"])
class TestHeads:
    def test_the_check_of_a_head_chooses_its_day_and_no_longer(
        self, page: LibraryPage, qtbot: QtBot, view: str
    ) -> None:
        page.view.button(view).click()
        click_head(qtbot, page, 0, on_check=False)
        assert not page.model.checked and page.model.day_state(0) is OFF
        click_head(qtbot, page, 0)
        assert len(page.model.checked) == 8 and page.model.day_state(0) is ON
        page.model.toggle(3)
        assert page.model.day_state(0) is PART
        click_head(qtbot, page, 0)
        assert len(page.model.checked) == 8
        click_head(qtbot, page, 0)
        assert not page.model.checked

    def test_so_does_the_space_bar_and_it_can_be_heard(self, page: LibraryPage, qtbot: QtBot, view: str) -> None:
        page.view.button(view).click()
        seen = page.current_view()
        assert page.table.currentIndex().row() == 1
        before = page.details.row
        qtbot.keyClick(seen, Qt.Key.Key_Up)
        assert page.table.currentIndex().row() == 0 and page.details.row is before
        qtbot.keyClick(seen, Qt.Key.Key_Space)
        assert len(page.model.checked) == 8
        heard = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert heard.startswith("11月23日 周一") and heard.endswith(", 已选")
        qtbot.keyClick(seen, Qt.Key.Key_Down)
        assert page.details.row is page.model.recording(page.table.currentIndex().row())


def test_the_arrow_keys_go_by_the_lines_of_tiles(page: LibraryPage, qtbot: QtBot) -> None:
    page.view.button("tiles").click()
    tiles, key = page.tiles, Qt.Key
    went = []
    for press in (key.Key_Down, key.Key_Right, key.Key_Up, key.Key_Up, key.Key_Up, key.Key_Down, key.Key_Left):
        qtbot.keyClick(tiles, press)
        went.append(tiles.currentIndex().row())
    assert went == [5, 6, 2, 0, 0, 1, 0]
    qtbot.keyClick(tiles, key.Key_End)
    qtbot.keyClick(tiles, key.Key_Down)
    assert tiles.currentIndex().row() == 8


@pytest.mark.parametrize("view", ["rows", "tiles"])
def test_the_check_and_the_frame_are_painted_and_the_ground_stays(page: LibraryPage, qtbot: QtBot, view: str) -> None:
    page.view.button(view).click()
    seen = page.current_view()
    head = seen.visualRect(page.model.index(0, 0))
    places = (check_box(head).center() - QPoint(5, 5), QPoint(head.right() - 60, head.center().y()), head.topLeft())

    def colours() -> list[str]:
        image = seen.viewport().grab().toImage()
        return [image.pixelColor(place + QPoint(1, 1)).name() for place in places]

    check, ground, frame = colours()
    click_head(qtbot, page, 0)
    assert [new != old for new, old in zip(colours(), (check, ground, frame), strict=True)] == [True, False, True]


class TestLargeDay:
    @pytest.fixture
    def large(self, many: Desk, runner: Runner, settings: Settings, qtbot: QtBot, idle: Idle) -> LibraryPage:
        """260 files of one day, of which 100 are loaded, and the sample card's day below."""
        return page_of(many, runner, settings, qtbot, idle)

    def test_what_is_not_loaded_is_chosen_too(
        self, large: LibraryPage, qtbot: QtBot, runner: Runner, idle: Idle
    ) -> None:
        click_head(qtbot, large, 0)
        idle(runner)
        assert len(large.model.checked) == 260 and large.model.day_state(0) is ON
        large.model.toggle(2)
        assert large.model.day_state(0) is PART
        large.model.toggle(2)
        qtbot.keyClick(large.table, Qt.Key.Key_Space)
        idle(runner)
        assert not large.model.checked

    def test_only_what_the_filters_let_through(
        self, large: LibraryPage, qtbot: QtBot, runner: Runner, idle: Idle
    ) -> None:
        large.model.toggle(1)
        (outside,) = large.model.checked
        large.filters.want(RecordingFilter(query="202611240800"))
        idle(runner)
        assert browse(large.desk, large.filters.wanted).days[0].recordings == 60
        click_head(qtbot, large, 0)
        idle(runner)
        assert len(large.model.checked) == 61 and outside in large.model.checked
        click_head(qtbot, large, 0)
        idle(runner)
        assert list(large.model.checked) == [outside]

    def test_a_head_stays_the_current_one_when_files_come(
        self, large: LibraryPage, qtbot: QtBot, runner: Runner, idle: Idle, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        qtbot.keyClick(large.table, Qt.Key.Key_Up)
        collect(large.desk, tmp_path_factory.mktemp("card"), 3, start=500)
        large.shell.tell("recordings")
        qtbot.waitUntil(lambda: "263" in str(large.model.index(0, 0).data()), timeout=5000)
        idle(runner)
        assert large.table.currentIndex().row() == 0


class TestPlaying:
    @pytest.fixture
    def player(self, page: LibraryPage, desk: Desk, runner: Runner, shell: Shell) -> Iterator[PlayerPage]:
        made = PlayerPage(desk, runner, shell)
        shell.add_page(made)
        shell.open_page("library")
        yield made
        made.on_hidden()

    def test_enter_plays_the_chosen_ones_from_the_current_one_in_the_order_of_time(
        self, page: LibraryPage, player: PlayerPage, qtbot: QtBot
    ) -> None:
        photos = [row for row in rows(page) if page.model.items[row].kind is Kind.PHOTO]
        newest, middle, oldest = (page.model.items[row].recording_id for row in photos)
        for row in photos:
            click(qtbot, page, row, "check")
        click(qtbot, page, photos[1])
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.shell.current is player
        assert place(player) == "2 / 3" and player.recording_id == middle
        qtbot.keyClick(player, Qt.Key.Key_PageDown)
        assert place(player) == "3 / 3" and player.recording_id == newest
        player.shell.open_page("library", recording_id=player.recording_id)
        assert page.table.currentIndex().row() == photos[0] and len(page.model.checked) == 3
        page.bar._play.click()
        assert place(player) == "1 / 3" and player.recording_id == oldest

    def test_one_that_is_not_chosen_is_played_alone(self, page: LibraryPage, player: PlayerPage, qtbot: QtBot) -> None:
        found = rows(page)
        for row in found[:2]:
            click(qtbot, page, row, "check")
        click(qtbot, page, found[4])
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.shell.current is player and place(player) == ""

    def test_enter_on_a_head_plays_what_is_chosen_and_skips_what_cant_be_played(
        self, page: LibraryPage, player: PlayerPage, qtbot: QtBot
    ) -> None:
        qtbot.keyClick(page.table, Qt.Key.Key_Up)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.shell.current is page
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        assert page.bar._play.text() == "连续回放"
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.shell.current is player and place(player) == "1 / 7"

    def test_back_from_the_player_the_filters_are_as_they_were(
        self, page: LibraryPage, player: PlayerPage, qtbot: QtBot, runner: Runner, idle: Idle
    ) -> None:
        wanted = RecordingFilter(kinds=frozenset({Kind.PHOTO}))
        page.filters.want(wanted)
        idle(runner)
        click(qtbot, page, 2)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        qtbot.keyClick(player, Qt.Key.Key_Escape)
        idle(runner)
        assert page.shell.current is page and page.filters.wanted == wanted
        assert page.table.currentIndex().row() == 2


def place(player: PlayerPage) -> str:
    """What the head says of the place among several, empty when it says nothing."""
    label = player.head.findChild(QLabel, "player.place")
    return label.text() if label is not None and label.isVisible() else ""
