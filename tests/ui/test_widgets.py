"""Widgets that every page uses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QTableView
from pytestqt.qtbot import QtBot

from avdesk.ui import theme
from avdesk.ui.page import PageHead
from avdesk.ui.widgets.buttons import Button, FilterChip, Segment
from avdesk.ui.widgets.cards import Card, Chip, EmptyState
from avdesk.ui.widgets.fields import DayField
from avdesk.ui.widgets.labels import ElidedLabel, Label
from avdesk.ui.widgets.pile import Pile
from avdesk.ui.widgets.states import Ring, StateRing
from avdesk.ui.widgets.table import Column, Role, RowsModel, Table, as_text


@dataclass(frozen=True)
class Row:
    name: str
    size: int | None


class Asker(QObject):
    asked = 0

    def more(self) -> None:
        self.asked += 1


@pytest.fixture
def asker() -> Asker:
    return Asker()


@pytest.fixture
def table(dressed: QApplication, qtbot: QtBot, asker: Asker) -> Table:
    made = Table(name="table", text="文件")
    model = RowsModel(
        [
            Column("name", "文件", lambda row: row.name, second=lambda row: "第二行"),
            Column("size", "大小", lambda row: f"{row.size} B", right=True, sort=lambda row: row.size),
            Column("note", "说明", lambda row: "无", hidden=True),
        ],
        on_more=asker.more,
    )
    model.set_rows([Row("b.MP4", 9), Row("a.MP4", 100), Row("c.MP4", None)], more=True)
    made.set_rows_model(model)
    made.resize(600, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def names(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_columns_sort_by_their_native_value_and_what_is_unknown_comes_last(table: Table) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["b.MP4", "a.MP4", "c.MP4"]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["a.MP4", "b.MP4", "c.MP4"]


def test_the_selection_follows_its_row_when_sorted(table: Table) -> None:
    table.selectRow(0)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [names(table)[row] for row in table.rows_chosen()] == ["b.MP4"]


def test_copy_is_what_is_shown_as_text(table: Table, qtbot: QtBot) -> None:
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "文件\t大小\na.MP4\t100 B"
    table.horizontalHeader().moveSection(0, 1)
    assert as_text(table).splitlines()[0] == "大小\t文件"


def test_columns_are_chosen_and_the_last_one_stays(table: Table) -> None:
    menu = table.column_menu()
    choices = {action.text(): action for action in menu.actions() if action.isCheckable()}
    assert {text: action.isChecked() for text, action in choices.items()} == {"文件": True, "大小": True, "说明": False}
    choices["说明"].trigger()
    assert not table.isColumnHidden(2)
    for text in ("文件", "大小", "说明"):
        choices[text].trigger()
    assert sum(not table.isColumnHidden(column) for column in range(3)) == 1
    assert "导出清单（xlsx）…" not in [action.text() for action in menu.actions()]
    table.exports = True
    assert "导出清单（xlsx）…" in [action.text() for action in table.column_menu().actions()]


class Painted(QObject):
    """Notes how high the parts are that a widget is asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: list[int] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights.append(event.rect().height())
        return False


def test_scrolling_paints_only_what_comes_into_view(table: Table, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, RowsModel)
    model.append([Row(f"{number}.MP4", number) for number in range(200)], more=False)
    table.resize(400, 500)
    table.show()
    qtbot.waitExposed(table)
    QApplication.processEvents()
    painted = Painted()
    table.viewport().installEventFilter(painted)
    table.verticalScrollBar().setValue(table.rowHeight(0))
    qtbot.waitUntil(lambda: len(painted.heights) > 0)
    assert painted.heights == [table.rowHeight(0)]


def test_more_is_asked_for_once_and_appended(table: Table, asker: Asker) -> None:
    model = table.model()
    assert isinstance(model, RowsModel)
    asker.asked = 0
    model.set_rows(model.rows, more=True)
    root = table.rootIndex()
    while model.canFetchMore(root):
        model.fetchMore(root)
    assert asker.asked == 1
    model.append([Row("d.MP4", 1)], more=False)
    assert not model.canFetchMore(root)
    assert names(table)[-1] == "d.MP4"


def test_enter_activates_the_current_row(table: Table, qtbot: QtBot) -> None:
    table.selectRow(2)
    with qtbot.waitSignal(table.activated) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args[0].row() == 2
    assert told.args[0].data(Role.SECOND) == "第二行"


def test_long_names_elide_in_the_middle_and_keep_their_end(dressed: QApplication, qtbot: QtBot) -> None:
    label = ElidedLabel("DSJ_4100012_PS0001_20261124091233.MP4")
    qtbot.addWidget(label)
    label.resize(170, 20)
    label.show()
    shown = super(ElidedLabel, label).text()
    assert shown.startswith("DSJ_")
    assert shown.endswith("1124091233.MP4")
    assert "…" in shown
    assert label.text() == label.toolTip() == "DSJ_4100012_PS0001_20261124091233.MP4"
    label.resize(600, 20)
    assert super(ElidedLabel, label).text() == label.text()
    assert label.toolTip() == ""


def test_a_name_is_never_taken_as_markup(dressed: QApplication) -> None:
    assert Label("<b>x</b>").textFormat() is Qt.TextFormat.PlainText


def test_the_four_states_differ_in_shape_too(dressed: QApplication, qtbot: QtBot) -> None:
    """Compared in grey: no two of them are alike."""
    pictures = []
    for state in ("empty", "run", "ok", "warn"):
        ring = Ring(state, 64)
        qtbot.addWidget(ring)
        image = ring.grab().toImage()
        pictures.append(bytes(QColor(image.pixel(x, y)).lightness() > 200 for x in range(44) for y in range(44)))
    assert len(set(pictures)) == 4
    for one in range(4):
        for other in range(one):
            differing = sum(a != b for a, b in zip(pictures[one], pictures[other], strict=True))
            assert differing > 60


def test_a_state_is_told_by_its_word(dressed: QApplication, qtbot: QtBot) -> None:
    ring = StateRing("run", "采集中", 64)
    qtbot.addWidget(ring)
    assert ring.accessibleName() == "采集中 64%"
    ring.show_state("ok", "已核验")
    assert ring.accessibleName() == "已核验"


def test_the_border_follows_the_state(dressed: QApplication, qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.resize(200, 100)
    card.show()

    def border() -> QColor:
        return card.grab().toImage().pixelColor(100, 0)

    assert border() == theme.LIGHT.colour("line")
    card.set_state("run")
    assert border() == theme.LIGHT.colour("mark")


def test_segment_tells_only_what_the_person_chose(dressed: QApplication, qtbot: QtBot) -> None:
    segment = Segment([("rows", "列表"), ("tiles", "缩略图")], "rows", name="view")
    qtbot.addWidget(segment)
    told: list[str] = []
    segment.chosen.connect(told.append)
    segment.choose("tiles")
    assert (segment.key, told) == ("tiles", [])
    qtbot.mouseClick(segment.button("rows"), Qt.MouseButton.LeftButton)
    assert (segment.key, told) == ("rows", ["rows"])
    assert segment.button("rows").objectName() == "view.rows"


def test_filter_chip_opens_when_off_and_drops_when_on(dressed: QApplication, qtbot: QtBot) -> None:
    chip = FilterChip("类型")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.opened):
        chip.click()
    chip.turn_on("类型：视频")
    assert chip.on
    with qtbot.waitSignal(chip.dropped):
        chip.click()
    assert not chip.on
    assert chip.text() == "类型"


def test_a_filter_chips_count_has_the_colour_of_attention_until_it_is_on(dressed: QApplication, qtbot: QtBot) -> None:
    chip = FilterChip("未核验", icon="alert-triangle", toggles=True)
    qtbot.addWidget(chip)
    chip.show()

    def has(token: str) -> bool:
        image = chip.grab().toImage()
        wanted = theme.LIGHT.colours[token].lower()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return any(image.pixelColor(x, y).name() == wanted for x, y in pixels)

    assert not has("warn") and not chip.icon().isNull()
    chip.turn_off("未核验", "12")
    assert has("warn") and has("text") and chip.icon().isNull() and chip.text() == "未核验 12"
    chip.adjustSize()
    assert chip.width() >= chip.fontMetrics().horizontalAdvance(chip.text()) + 20
    chip.turn_on("未核验 12")
    assert not has("warn") and has("selt")
    chip.turn_off("未核验")
    assert chip.text() == "未核验" and not has("warn")


@pytest.mark.parametrize("width", [300, 1200])
def test_the_line_beside_a_pages_title_gives_way_and_is_told_whole(
    dressed: QApplication, qtbot: QtBot, width: int
) -> None:
    head = PageHead("5K20417: list of files")
    head.add(Button("Read the card again"))
    whole = "Body recorder·User number 310086 in the file names·told by DCIM/VIDEO and 7 file names"
    head.say(whole)
    qtbot.addWidget(head)
    head.resize(width, 40)
    head.show()
    label = next(label for label in head.findChildren(QLabel) if label.accessibleName() == whole)
    shown = QLabel.text(label)
    assert label.fontMetrics().horizontalAdvance(shown) <= label.width()
    assert (shown == whole) is (width == 1200)
    assert label.toolTip() == ("" if width == 1200 else whole)


def test_chip_never_tells_by_colour_alone(dressed: QApplication, qtbot: QtBot) -> None:
    for tone in ("ok", "warn", "bad"):
        chip = Chip("核验", tone)
        qtbot.addWidget(chip)
        chip.show()
        assert chip._icon.isVisible()
        assert chip.accessibleName() == "核验"


def test_an_empty_state_offers_its_act(dressed: QApplication, qtbot: QtBot, asker: Asker) -> None:
    state = EmptyState("movie", "还没有资料", "插入一张卡", ("去采集", asker.more), name="library.empty")
    qtbot.addWidget(state)
    assert state.button is not None
    assert state.button.objectName() == "library.empty.act"
    state.button.click()
    assert asker.asked == 1


def test_only_the_page_in_front_asks_for_room(dressed: QApplication, qtbot: QtBot) -> None:
    pile = Pile()
    qtbot.addWidget(pile)
    small, large = Label("x"), Label("x" * 400)
    pile.addWidget(small)
    pile.addWidget(large)
    assert pile.minimumSizeHint() == small.minimumSizeHint()
    pile.setCurrentWidget(large)
    assert pile.minimumSizeHint() == large.minimumSizeHint()


def test_a_day_is_changed_by_no_click_on_its_edge_and_its_calendar_opens(dressed: QApplication, qtbot: QtBot) -> None:
    """Qt's buttons for stepping lie below the border: a click that misses by a pixel must not change the year."""
    field = DayField()
    qtbot.addWidget(field)
    day = QDate(2026, 11, 25)
    field.setDate(day)
    field.show()
    qtbot.waitExposed(field)
    field.resize(200, 34)
    around = [
        *(QPoint(x, y) for x in range(200) for y in (0, 1, 2, 31, 32, 33)),
        *(QPoint(x, y) for x in (0, 1, 2, 197, 198, 199) for y in range(34)),
    ]
    for point in around:
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=point)
        assert field.date() == day, point
    calendar = field.calendarWidget()
    calendar.window().close()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(186, 17))
    qtbot.waitUntil(calendar.isVisible)
    calendar.window().close()
    assert field.date() == day
