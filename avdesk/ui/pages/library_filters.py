"""The chips above the list: what narrows it, in words, each to be dropped by one click."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from avdesk.services.cases import CaseFacts
from avdesk.services.desk import Desk
from avdesk.services.library import LibraryTotals
from avdesk.services.recordings import RecordingFilter
from avdesk.terms import Kind
from avdesk.ui import formats, theme
from avdesk.ui.pages.library_cases import CaseField
from avdesk.ui.runner import Runner
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.buttons import Button, FilterChip, LinkButton
from avdesk.ui.widgets.fields import DayField
from avdesk.ui.widgets.labels import Label

_TYPING_MS = 350
_LONGEST = 14
NOTHING = RecordingFilter()


class Filters(QWidget):
    """The chips. ``wanted`` is what they say together."""

    changed = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self.wanted = NOTHING
        self._totals: LibraryTotals | None = None
        self.days = FilterChip(translate("library", "Day"), name="library.filter.days")
        self.text = FilterChip(translate("library", "Name or person"), name="library.filter.text")
        self.kinds = FilterChip(translate("library", "Kind"), name="library.filter.kinds")
        self.case = FilterChip(translate("library", "Case"), name="library.filter.case")
        untagged = translate("library", "Not linked")
        self.untagged = FilterChip(untagged, icon="tag", name="library.filter.untagged", toggles=True)
        unverified = translate("library", "Not verified")
        self.unverified = FilterChip(
            unverified, icon="alert-triangle", name="library.filter.unverified", toggles=True, tone="bad"
        )
        self.clear = LinkButton(translate("library", "Clear all"), self.drop_all, name="library.filter.clear")
        self.clear.setProperty("place", "chips")
        self._build()
        self.show_filter()

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        flow = Flow(8)
        opens = {
            self.days: self._open_days,
            self.text: self.open_text,
            self.kinds: self._open_kinds,
            self.case: self._open_cases,
            self.untagged: self._want_untagged,
            self.unverified: self._want_unverified,
        }
        for chip, opened in opens.items():
            chip.opened.connect(opened)
            chip.dropped.connect(self._dropped)
            flow.addWidget(chip)
        across.addLayout(flow, 1)
        across.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)

    def want(self, wanted: RecordingFilter) -> None:
        """Narrow by this from now on."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.show_filter()
            self.changed.emit()

    def drop_all(self) -> None:
        self.want(NOTHING)

    def show_totals(self, totals: LibraryTotals) -> None:
        """How many each of the two counted chips would show."""
        self._totals = totals
        self.show_filter()

    def show_filter(self) -> None:
        """Show what is in force."""
        wanted = self.wanted
        days = days_in_words(wanted, self._today())
        _turn(self.days, days)
        _turn(self.text, translate("library", "“{text}”").format(text=_short(wanted.query)) if wanted.query else "")
        _turn(self.kinds, kinds_in_words(wanted.kinds))
        _turn(self.case, wanted.case_number or "")
        loose, doubtful = translate("library", "Not linked"), translate("library", "Not verified")
        _turn_counted(self.untagged, loose, self._totals.untagged if self._totals else 0, on=wanted.untagged)
        _turn_counted(self.unverified, doubtful, self._totals.unverified if self._totals else 0, on=wanted.unverified)
        self.clear.setVisible(wanted != NOTHING)

    def open_text(self) -> None:
        """Ask for a part of the name."""
        TextPopup(self).open_below(self.text)

    def _open_days(self) -> None:
        DaysPopup(self, self._today()).open_below(self.days)

    def _open_kinds(self) -> None:
        KindsPopup(self).open_below(self.kinds)

    def _open_cases(self) -> None:
        CasePopup(self, self.desk, self._runner).open_below(self.case)

    def _want_untagged(self) -> None:
        self.want(replace(self.wanted, untagged=True))

    def _want_unverified(self) -> None:
        self.want(replace(self.wanted, unverified=True))

    def _dropped(self) -> None:
        none: Mapping[FilterChip, RecordingFilter] = {
            self.days: replace(self.wanted, from_day=None, to_day=None, day=None),
            self.text: replace(self.wanted, query=None),
            self.kinds: replace(self.wanted, kinds=frozenset(), kind=None),
            self.case: replace(self.wanted, case_number=None),
            self.untagged: replace(self.wanted, untagged=False),
            self.unverified: replace(self.wanted, unverified=False),
        }
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.want(none[chip])

    def _today(self) -> date:
        return datetime.now(self.desk.zone).date()


def _turn(chip: FilterChip, on: str) -> None:
    if on:
        chip.turn_on(on)
    else:
        chip.turn_off()


def _turn_counted(chip: FilterChip, text: str, count: int, *, on: bool) -> None:
    told = formats.number(count) if count else ""
    if on:
        chip.turn_on(f"{text} {told}".strip())
    else:
        chip.turn_off(text, told)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def kinds_in_words(kinds: frozenset[Kind]) -> str:
    return translate("library", ", ").join(word(kind) for kind in Kind if kind in kinds)


def days_in_words(wanted: RecordingFilter, today: date) -> str:
    """``23 Nov – Today``; one day alone; from or up to a day."""
    first, last = wanted.from_day or wanted.day, wanted.to_day or wanted.day
    if first is None and last is None:
        return ""
    if first is not None and first == last:
        return _day(first, today)
    if last is None and first is not None:
        return translate("library", "from {day}").format(day=_day(first, today))
    if first is None and last is not None:
        return translate("library", "up to {day}").format(day=_day(last, today))
    return translate("library", "{first} – {last}").format(first=_day(first, today), last=_day(last, today))


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    if day.year != today.year:
        return formats.day_in_print(day)
    return formats.near_day(day, today) or formats.month_day(day)


def to_text(wanted: RecordingFilter) -> str:
    """The filter as it is remembered."""
    return json.dumps(
        {
            "case": wanted.case_number,
            "query": wanted.query,
            "from": wanted.from_day.isoformat() if wanted.from_day else None,
            "to": wanted.to_day.isoformat() if wanted.to_day else None,
            "kinds": sorted(wanted.kinds),
            "untagged": wanted.untagged,
            "unverified": wanted.unverified,
        }
    )


def from_text(text: str) -> RecordingFilter:
    """What was remembered; nothing when that can't be read."""
    try:
        read = json.loads(text)
        return RecordingFilter(
            case_number=read["case"],
            query=read["query"],
            from_day=date.fromisoformat(read["from"]) if read["from"] else None,
            to_day=date.fromisoformat(read["to"]) if read["to"] else None,
            kinds=frozenset(Kind(kind) for kind in read["kinds"]),
            untagged=bool(read["untagged"]),
            unverified=bool(read["unverified"]),
        )
    except (ValueError, KeyError, TypeError):
        return NOTHING


class Popup(QFrame):
    """What a chip opens below itself; Esc and a click elsewhere close it."""

    def __init__(self, filters: Filters) -> None:
        super().__init__(filters, Qt.WindowType.Popup)
        self.filters = filters
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "pane")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)

    def open_below(self, chip: FilterChip) -> None:
        self.adjustSize()
        self.move(chip.mapToGlobal(QPoint(0, chip.height() + 4)))
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class TextPopup(Popup):
    """A part of the path, of who handed it in or of the recorder, looked for while it is typed."""

    def __init__(self, filters: Filters) -> None:
        super().__init__(filters)
        self.edit = QLineEdit(filters.wanted.query or "")
        self.edit.setObjectName("library.filter.text.edit")
        self.edit.setPlaceholderText(translate("library", "Part of the name, the folder, the person or the recorder"))
        self.edit.setAccessibleName(translate("library", "Part of the name, the folder, the person or the recorder"))
        self.edit.setClearButtonEnabled(True)
        self.edit.setMinimumWidth(theme.px(300))
        self.body.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(self.apply)
        self.edit.textChanged.connect(self._pause.start)
        self.edit.returnPressed.connect(self._finish)

    def apply(self) -> None:
        self._pause.stop()
        self.filters.want(replace(self.filters.wanted, query=self.edit.text().strip() or None))

    def _finish(self) -> None:
        self.apply()
        self.close()


class DaysPopup(Popup):
    """Usual spans of days, or from one day to another."""

    def __init__(self, filters: Filters, today: date) -> None:
        super().__init__(filters)
        month = today.replace(day=1)
        last_month = (month - timedelta(days=1)).replace(day=1)
        self._spans = (
            (translate("library", "Today"), today, today),
            (translate("library", "Yesterday"), today - timedelta(days=1), today - timedelta(days=1)),
            (translate("library", "Last 7 days"), today - timedelta(days=6), today),
            (translate("library", "This month"), month, today),
            (translate("library", "Last month"), last_month, month - timedelta(days=1)),
            (translate("library", "This year"), today.replace(month=1, day=1), today),
        )
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, (text, first, last) in enumerate(self._spans):
            button = Button(text, _Span(self, first, last).take, size="small", wide=True)
            grid.addWidget(button, number // 3, number % 3)
        self.body.addLayout(grid)
        wanted = filters.wanted
        self.first = _date_edit(wanted.from_day or today, translate("library", "From"), "library.filter.days.from")
        self.last = _date_edit(wanted.to_day or today, translate("library", "To"), "library.filter.days.to")
        across = QHBoxLayout()
        across.addWidget(self.first)
        across.addWidget(Label("–"))
        across.addWidget(self.last)
        self.body.addLayout(across)
        self.body.addWidget(
            Button(translate("library", "Show these days"), self.apply, name="library.filter.days.apply")
        )

    def take(self, first: date, last: date) -> None:
        """Narrow to these days; the wrong way round is understood."""
        first, last = sorted((first, last))
        self.close()
        self.filters.want(replace(self.filters.wanted, from_day=first, to_day=last, day=None))

    def apply(self) -> None:
        self.take(_python(self.first.date()), _python(self.last.date()))


class _Span:
    """A usual span behind its button."""

    def __init__(self, popup: DaysPopup, first: date, last: date) -> None:
        self._popup, self._first, self._last = popup, first, last

    def take(self) -> None:
        self._popup.take(self._first, self._last)


def _date_edit(day: date, text: str, name: str) -> DayField:
    made = DayField()
    made.setDate(QDate(day.year, day.month, day.day))
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setMinimumDate(QDate(1990, 1, 1))
    return made


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


class KindsPopup(Popup):
    """The kinds, each with a check; the list follows at once."""

    def __init__(self, filters: Filters) -> None:
        super().__init__(filters)
        self.boxes: dict[Kind, QCheckBox] = {}
        for kind in Kind:
            box = QCheckBox(word(kind))
            box.setObjectName(f"library.filter.kinds.{kind.value}")
            box.setChecked(kind in filters.wanted.kinds)
            box.toggled.connect(self._apply)
            self.boxes[kind] = box
            self.body.addWidget(box)
        self.setFocusProxy(self.boxes[Kind.VIDEO])

    def _apply(self) -> None:
        kinds = frozenset(kind for kind, box in self.boxes.items() if box.isChecked())
        self.filters.want(replace(self.filters.wanted, kinds=kinds))


class CasePopup(Popup):
    """A case, found while typing."""

    def __init__(self, filters: Filters, desk: Desk, runner: Runner) -> None:
        super().__init__(filters)
        self.field = CaseField(desk, runner, "library.filter.case")
        self.field.setMinimumSize(theme.px(380), theme.px(220))
        self.body.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.picked.connect(self._take)

    def _take(self, case: CaseFacts) -> None:
        self.close()
        self.filters.want(replace(self.filters.wanted, case_number=case.number))


class Flow(QLayout):
    """Widgets beside each other that go on in the next line where there is no room."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, top, high = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, high = rect.left(), top + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left, high = left + size.width() + self._gap, max(high, size.height())
        return top + high - rect.top()
