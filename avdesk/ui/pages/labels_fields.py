"""The fields of the labels: the case and what comes from it, who made the discs and when, the paper and its offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from avdesk.services.desk import Desk
from avdesk.services.labels import DEFAULT, LabelPreview, Stock, TooLong
from avdesk.services.people import PersonFacts
from avdesk.ui import formats, theme
from avdesk.ui.pages.labels_case import CaseField
from avdesk.ui.pages.labels_words import pane_width, stock_text
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, LinkButton
from avdesk.ui.widgets.cards import row_line
from avdesk.ui.widgets.facts import SidePane
from avdesk.ui.widgets.fields import DayField, FieldRow
from avdesk.ui.widgets.labels import Label, Note

ACROSS = 68
LARGEST_OFFSET = 30.0
_SHOWN = 100
"""Characters of a long name that stand in the pane; the whole of it is in the tooltip and on the label."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the labels are to be made with; ``dx`` and ``dy`` in mm."""

    case_number: str
    stock: str
    maker: str
    made: date
    start: int
    dx: float
    dy: float


class _Combo(QComboBox):
    """Scrolling the pane changes no choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Offset(QDoubleSpinBox):
    def __init__(self, name: str, text: str, prefix: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setRange(-LARGEST_OFFSET, LARGEST_OFFSET)
        self.setDecimals(1)
        self.setSingleStep(0.1)
        self.setPrefix(prefix)
        self.setSuffix(" mm")
        self.setKeyboardTracking(False)
        self.setProperty("plain", True)
        self.setMinimumWidth(theme.px(60))
        self.lineEdit().setTextMargins(8, 0, 4, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class FactRow(QWidget):
    """A label and a value that is changed elsewhere, with a note below when something is wrong with it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = Label(text, tone="text2")
        name.setFixedWidth(theme.px(ACROSS))
        self._value = Label("", wrap=True)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = Label("", "second", "text3")
        self._note = Note("bad", "")
        self._note.hide()
        self.said = ""
        self._whole = ""
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._value, 1)
        line.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._note)

    @property
    def value(self) -> str:
        return self._whole

    def show_value(self, value: str, hint: str = "") -> None:
        """Show a value and, quietly at its right, what there is to know of it."""
        self._whole = value
        self._value.setText(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…")
        self._value.setToolTip(value if len(value) > _SHOWN else "")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def say(self, tone: str, text: str) -> None:
        """What is wrong; nothing takes the note away."""
        self.said = text
        self._note.setVisible(bool(text))
        self._note.say(tone, text)


class LabelFields(SidePane):
    """``changed`` when anything that shows on the labels did; the page asks :meth:`wanted` then."""

    changed = Signal()
    test_wanted = Signal()
    edit_case_wanted = Signal()
    new_case_wanted = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("labels", "On the labels"),
            width=pane_width(),
            name="labels.fields",
            parent=parent,
        )
        self._settings = settings
        self._stocks: dict[str, Stock] = {}
        self._start = 1
        self._filling = False
        self._unknown = ""
        self._today: date | None = None
        self.case = CaseField(desk, runner)
        self.case_row = FieldRow(translate("labels", "Case"), self.case, across=ACROSS)
        self._new_case = LinkButton(translate("labels", "Create this case"), self._create_case, name="labels.case.new")
        self._new_case.hide()
        self.facts = {
            "title": FactRow(translate("labels", "Name")),
            "number": FactRow(translate("labels", "Number")),
            "unit": FactRow(translate("labels", "Unit")),
            "disc_number": FactRow(translate("labels", "Disc no.")),
        }
        self._edit = LinkButton(
            translate("labels", "Change case…"), self._edit_case, size="small", name="labels.case.edit"
        )
        self.maker = _Combo()
        self.made = DayField()
        self.stock = _Combo()
        self.dx = _Offset("labels.dx", translate("labels", "Offset to the right in mm"), translate("labels", "X "))
        self.dy = _Offset("labels.dy", translate("labels", "Offset downwards in mm"), translate("labels", "Y "))
        offsets = QWidget()
        across = QHBoxLayout(offsets)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(self.dx)
        across.addWidget(self.dy)
        offsets.setAccessibleName(translate("labels", "Print offset"))
        self.rows = {
            "maker": FieldRow(translate("labels", "Maker"), self.maker, across=ACROSS),
            "date": FieldRow(translate("labels", "Made on"), self.made, across=ACROSS),
            "stock": FieldRow(translate("labels", "Paper"), self.stock, across=ACROSS),
            "offset": FieldRow(translate("labels", "Offset"), offsets, across=ACROSS),
        }
        self._hint = Label("", "second", "text3", wrap=True)
        self._set_up()
        self._build()

    @property
    def chosen_stock(self) -> Stock | None:
        return self._stocks.get(str(self.stock.currentData()))

    @property
    def start(self) -> int:
        return self._start

    def wanted(self) -> Wanted:
        """What stands in the fields."""
        day = self.made.date()
        return Wanted(
            case_number=self.case.number,
            stock=str(self.stock.currentData() or DEFAULT),
            maker=self._maker(),
            made=date(day.year(), day.month(), day.day()),
            start=self._start,
            dx=round(self.dx.value(), 1),
            dy=round(self.dy.value(), 1),
        )

    def set_today(self, today: date) -> None:
        """The date made is today, unless the person chose another day."""
        shown = self.made.date().toPython()
        if self._today is None or shown == self._today:
            self.made.setDate(QDate(today.year, today.month, today.day))
        self._today = today

    def set_start(self, start: int) -> None:
        """The first label goes to another position."""
        self._start = start
        self._tell()

    def set_stocks(self, stocks: Sequence[Stock]) -> None:
        """Offer these; the one that was used last is chosen."""
        self._filling = True
        self._stocks = {stock.name: stock for stock in stocks}
        kept = self.stock.currentData() or self._settings.text("labels/stock", DEFAULT)
        self.stock.clear()
        for stock in stocks:
            self.stock.addItem(stock_text(stock), stock.name)
            self.stock.setItemData(self.stock.count() - 1, stock_text(stock), Qt.ItemDataRole.ToolTipRole)
        self.stock.setCurrentIndex(max(self.stock.findData(kept), 0))
        self._filling = False
        self._stock_chosen()

    def set_people(self, people: Sequence[PersonFacts], own: str) -> None:
        """Offer these as maker; ``own`` is who is at the desk. What was typed stays."""
        self._filling = True
        typed, chosen = self.maker.currentText(), self.maker.currentData()
        self.maker.clear()
        for person in people:
            if person.active:
                section = f" ({person.enforcement_id})" if person.enforcement_id else ""
                self.maker.addItem(f"{person.name}{section}", person.person_id)
        known = self.maker.findData(chosen or own)
        self.maker.setCurrentIndex(known)
        if known < 0 or (typed and chosen is None):
            self.maker.setEditText(typed)
        self._filling = False

    def show_case(self, number: str) -> None:
        """Labels of a case chosen elsewhere."""
        self.case.show_number(number)
        self._decided()

    def show_preview(self, preview: LabelPreview) -> None:
        """What comes from the case, and what does not fit."""
        self.clear_notes()
        self.facts["title"].show_value(preview.title)
        self.facts["number"].show_value(preview.case_number)
        self.facts["unit"].show_value(preview.unit)
        hint = translate("labels", "given") if preview.numbered else translate("labels", "next number")
        self.facts["disc_number"].show_value(preview.disc_number, hint)
        for found in preview.too_long:
            self.say(found.item, "bad", self._too_long(found))

    def clear_notes(self) -> None:
        for row in (*self.rows.values(), self.case_row):
            row.say("text2", "")
        for fact in self.facts.values():
            fact.say("text2", "")

    def say(self, item: str, tone: str, text: str) -> bool:
        """A note at the field of that item of the label; false when none shows it."""
        row: FieldRow | FactRow | None = self.rows.get(item) or self.facts.get(item)
        if item == "case":
            row = self.case_row
        if row is not None:
            row.say(tone, text)
        return row is not None

    def remember_test(self, today: date) -> None:
        """A test page of this stock was made today."""
        self._settings.set(f"labels/tested/{self.stock.currentData()}", today.isoformat())
        self._show_hint()

    def _too_long(self, found: TooLong) -> str:
        text = translate("labels", "{length} characters, about {fits} fit: please shorten it")
        return text.format(length=found.length, fits=found.fits)

    def _set_up(self) -> None:
        self.maker.setObjectName("labels.maker")
        self.maker.setMinimumContentsLength(4)
        self.maker.setEditable(True)
        self.maker.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.maker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit, completer = self.maker.lineEdit(), self.maker.completer()
        if edit is not None and completer is not None:
            edit.setAccessibleName(translate("labels", "Maker"))
            edit.editingFinished.connect(self._tell)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.maker.activated.connect(self._tell)
        self.made.setObjectName("labels.made")
        self.made.setDisplayFormat(translate("labels", "d MMM yyyy"))
        self.made.dateChanged.connect(self._tell)
        self.stock.setObjectName("labels.stock")
        self.stock.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.stock.setMinimumContentsLength(4)
        self.stock.activated.connect(self._stock_chosen)
        for field in (self.dx, self.dy):
            field.valueChanged.connect(self._offset_changed)
        self.case.decided.connect(self._decided)
        self.case.unknown.connect(self._case_unknown)

    def _build(self) -> None:
        self.body.addWidget(self.case_row)
        self.body.addWidget(self._new_case, 0, Qt.AlignmentFlag.AlignRight)
        for key in ("title", "number", "unit", "disc_number"):
            self.body.addWidget(self.facts[key])
        self.body.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignRight)
        for key in ("maker", "date"):
            self.body.addWidget(self.rows[key])
        self.body.addSpacing(4)
        self.body.addWidget(row_line())
        self.body.addSpacing(4)
        for key in ("stock", "offset"):
            self.body.addWidget(self.rows[key])
        self.body.addWidget(self._hint)
        self.foot.addWidget(
            Button(
                translate("labels", "Print test page…"), self.test_wanted.emit, icon="ruler-measure", wide=True,
                name="labels.test",
            )
        )  # fmt: skip
        self._show_facts(False)

    def _show_facts(self, shown: bool) -> None:
        """What comes from the case, once there is one."""
        self._edit.setVisible(shown)
        for row in self.facts.values():
            row.setVisible(shown)

    def _maker(self) -> str:
        """The person's id when chosen from the list, else what was typed."""
        typed = self.maker.currentText().strip()
        index = self.maker.currentIndex()
        if index >= 0 and typed == self.maker.itemText(index):
            return str(self.maker.itemData(index))
        found = self.maker.findText(typed, Qt.MatchFlag.MatchExactly)
        return str(self.maker.itemData(found)) if found >= 0 else typed

    def _decided(self, _number: str = "") -> None:
        self._new_case.hide()
        self._show_facts(bool(self.case.number))
        self._tell()

    def _case_unknown(self, text: str) -> None:
        self._unknown = text
        self.case_row.say("bad", translate("labels", "There is no such case"))
        self._new_case.show()

    def _create_case(self) -> None:
        self.new_case_wanted.emit(self._unknown)

    def _edit_case(self) -> None:
        self.edit_case_wanted.emit()

    def _stock_chosen(self, _index: int = 0) -> None:
        name = str(self.stock.currentData())
        self.stock.setToolTip(self.stock.currentText())
        self._settings.set("labels/stock", name)
        self._filling = True
        for field, key in ((self.dx, "dx"), (self.dy, "dy")):
            field.setValue(self._settings.number(f"labels/{key}/{name}"))
        self._filling = False
        stock = self.chosen_stock
        self._start = min(self._start, len(stock.positions)) if stock is not None else 1
        self._show_hint()
        self._tell()

    def _offset_changed(self, _value: float) -> None:
        if not self._filling:
            name = self.stock.currentData()
            self._settings.set(f"labels/dx/{name}", round(self.dx.value(), 1))
            self._settings.set(f"labels/dy/{name}", round(self.dy.value(), 1))
            self._tell()

    def _show_hint(self) -> None:
        tested = self._settings.text(f"labels/tested/{self.stock.currentData()}")
        if tested:
            text = translate("labels", "Positive is right and down. Last test page: {day}.")
            self._hint.setText(text.format(day=formats.month_day(date.fromisoformat(tested))))
        else:
            self._hint.setText(translate("labels", "Positive is right and down. A test page shows the offset."))

    def _tell(self, *_values: object) -> None:
        if not self._filling:
            self.changed.emit()
