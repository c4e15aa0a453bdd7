"""The rows of the library: recordings under the heads of their days, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from avdesk.services.library import ChosenRecording, DayTotals, LibraryPage, LibraryRow
from avdesk.terms import CopyState
from avdesk.ui import formats
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.table import Role

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LibraryRole(IntEnum):
    """What a cell of the library tells beside its text."""

    ITEM = Qt.ItemDataRole.UserRole + 20
    """The :class:`LibraryRow` or :class:`DayTotals` of the row."""


@dataclass(frozen=True, slots=True)
class LibraryColumn:
    """``key`` names it in remembered state; ``hidden`` until the person chooses it."""

    key: str
    title: str
    text: Callable[[LibraryRow], str]
    width: int
    right: bool = False
    hidden: bool = False


def columns() -> tuple[LibraryColumn, ...]:
    """The columns in the window's language."""
    return (
        LibraryColumn("check", "", _nothing, 40),
        LibraryColumn("picture", translate("library", "Picture"), _nothing, 88),
        LibraryColumn("name", translate("library", "File, recorder, person"), _name, 220),
        LibraryColumn("recorded", translate("library", "Recorded"), _recorded, 86, right=True),
        LibraryColumn("size", translate("library", "Size"), _size, 90, right=True),
        LibraryColumn("case", translate("library", "Case"), _case, 232),
        LibraryColumn("state", translate("library", "Verification"), _state, 104),
        LibraryColumn("duration", translate("library", "Length"), _duration, 84, right=True, hidden=True),
        LibraryColumn("kind", translate("library", "Kind"), _kind, 72, hidden=True),
        LibraryColumn("recorder", translate("library", "Recorder"), _recorder, 140, hidden=True),
        LibraryColumn("officer", translate("library", "Handed in by"), _officer, 110, hidden=True),
        LibraryColumn("path", translate("library", "Path on the card"), _path, 260, hidden=True),
    )


def _nothing(_row: LibraryRow) -> str:
    return ""


def _name(row: LibraryRow) -> str:
    return shown(row.name)


def _recorded(row: LibraryRow) -> str:
    return formats.moment(row.recorded_at)


def _size(row: LibraryRow) -> str:
    return formats.size(row.size)


def _case(row: LibraryRow) -> str:
    if not row.cases:
        return translate("library", "Not linked")
    return translate("library", "; ").join(case.number for case in row.cases)


def _state(row: LibraryRow) -> str:
    return state_word(row.fault)


def _duration(row: LibraryRow) -> str:
    return formats.duration(row.duration_s)


def _kind(row: LibraryRow) -> str:
    return word(row.kind)


def _recorder(row: LibraryRow) -> str:
    return row.recorder


def _officer(row: LibraryRow) -> str:
    return row.officer or ""


def _path(row: LibraryRow) -> str:
    return shown(row.path)


def shown(text: str) -> str:
    """A name off a card, fit to be shown: bytes that are no text as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def state_word(fault: CopyState | None) -> str:
    """What the list says of a recording's copies."""
    if fault is None:
        return translate("library", "Verified")
    return translate("library", "Not verified") if fault is CopyState.AWAY else word(fault)


def second_line(row: LibraryRow) -> str:
    """Recorder and person, else the folder on the card."""
    told = "·".join(filter(None, (row.recorder, row.officer)))
    return told or shown(row.path.rpartition("/")[0])


def day_words(totals: DayTotals) -> str:
    """What is said of a day beside its date."""
    count = translate("library", "%n file(s)", None, totals.recordings)
    size = formats.size(totals.bytes)
    if not totals.untagged:
        return translate("library", "{count}, {size}").format(count=count, size=size)
    loose = formats.number(totals.untagged)
    return translate("library", "{count}, {size}, {loose} of them not linked").format(
        count=count, size=size, loose=loose
    )


class LibraryModel(QAbstractTableModel):
    """Recordings in the order of time below the head of their day; the next page is asked for by ``on_more``."""

    checks_changed = Signal()
    day_wanted = Signal(object, bool)
    """A day of which not everything is loaded shall be chosen, or no longer."""

    def __init__(self, on_more: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns()
        self.items: list[LibraryRow | DayTotals] = []
        self.checked: dict[str, ChosenRecording] = {}
        self.zone: tzinfo = UTC
        """The office's; days begin in it."""
        self._places: dict[str, int] = {}
        self._heads: dict[date, int] = {}
        self._day_states: dict[int, Qt.CheckState] = {}
        self._on_more = on_more
        self._more = False
        self._asked = False

    def today(self) -> date:
        return datetime.now(self.zone).date()

    # rows

    @property
    def recordings(self) -> int:
        """How many recordings are loaded."""
        return len(self._places)

    @property
    def more(self) -> bool:
        """Whether there are recordings that are not loaded yet."""
        return self._more

    def item(self, row: int) -> LibraryRow | DayTotals | None:
        return self.items[row] if 0 <= row < len(self.items) else None

    def recording(self, row: int) -> LibraryRow | None:
        """The recording of a row; ``None`` for the head of a day."""
        item = self.item(row)
        return item if isinstance(item, LibraryRow) else None

    def row_of(self, key: str | date) -> int | None:
        """The row of a recording by its id, of the head of a day by the day."""
        return self._places.get(key) if isinstance(key, str) else self._heads.get(key)

    def key_of(self, row: int) -> str | date | None:
        """What a row keeps when rows move: a recording's id, a head's day."""
        item = self.item(row)
        return item.day if isinstance(item, DayTotals) else item.recording_id if item is not None else None

    def knows(self, recording_id: str) -> bool:
        return recording_id in self._places

    def heads(self) -> list[int]:
        return list(self._heads.values())

    def set_page(self, page: LibraryPage) -> None:
        """Show this page and nothing else."""
        self.beginResetModel()
        self.items, self._places, self._heads = [], {}, {}
        self._add(page)
        self.endResetModel()

    def append_page(self, page: LibraryPage) -> None:
        """Show the next page below."""
        if not page.rows:
            self._more = self._asked = False
            return
        first = len(self.items)
        new = len(page.rows) + len(page.days) - self._continued(page)
        self.beginInsertRows(_ROOT, first, first + new - 1)
        self._add(page)
        self.endInsertRows()

    def keep_asking(self) -> None:
        """The next page did not come: it may be asked for again."""
        self._asked = False

    def _continued(self, page: LibraryPage) -> int:
        """Whether the page goes on with the day that is shown last (1 or 0)."""
        return int(bool(self.items and page.days) and page.days[0].day == self._last_day())

    def _last_day(self) -> date | None:
        last = self.items[-1] if self.items else None
        return last.recorded_at.date() if isinstance(last, LibraryRow) else None

    def _add(self, page: LibraryPage) -> None:
        days = {totals.day: totals for totals in page.days}
        day = self._last_day()
        for row in page.rows:
            if row.recorded_at.date() != day:
                day = row.recorded_at.date()
                self._heads[day] = len(self.items)
                self.items.append(days[day])
            self._places[row.recording_id] = len(self.items)
            self.items.append(row)
        self._more, self._asked = page.next is not None, False
        self._day_states.clear()

    # choosing

    def is_checked(self, row: LibraryRow) -> bool:
        return row.recording_id in self.checked

    def toggle(self, row: int) -> None:
        """Choose a recording, or no longer; by the head of a day everything of the day."""
        item = self.item(row)
        if isinstance(item, LibraryRow):
            self.check_rows([row], on=not self.is_checked(item))
        elif isinstance(item, DayTotals):
            on = self.day_state(row) is not Qt.CheckState.Checked
            loaded = self._rows_of_day(row)
            if len(loaded) == item.recordings:
                self.check_rows(loaded, on=on)
            else:
                self.day_wanted.emit(item.day, on)

    def check_rows(self, rows: Iterable[int], *, on: bool = True) -> None:
        """Choose recordings by their rows, or no longer; heads of days are passed over."""
        for row in rows:
            recording = self.recording(row)
            if recording is None:
                continue
            if on:
                self.checked[recording.recording_id] = ChosenRecording(
                    recording.recording_id,
                    recording.kind,
                    recording.recorded_at,
                    recording.size,
                    recording.duration_s,
                )
            else:
                self.checked.pop(recording.recording_id, None)
        self._tell()

    def check(self, chosen: Sequence[ChosenRecording]) -> None:
        """Choose these, whether they are loaded or not."""
        self.checked.update((each.recording_id, each) for each in chosen)
        self._tell()

    def uncheck(self, chosen: Sequence[ChosenRecording]) -> None:
        """Choose these no longer, whether they are loaded or not."""
        for each in chosen:
            self.checked.pop(each.recording_id, None)
        self._tell()

    def uncheck_all(self) -> None:
        self.checked.clear()
        self._tell()

    def place_in_choice(self, recording_id: str) -> int:
        """The how manyeth of the chosen ones it is in the list; 0 when it is not one of several."""
        if recording_id not in self.checked or len(self.checked) < 2:
            return 0
        return [each for each in self._places if each in self.checked].index(recording_id) + 1

    def check_state(self) -> Qt.CheckState:
        """Of all that is loaded."""
        if not self.checked:
            return Qt.CheckState.Unchecked
        loaded = all(recording_id in self.checked for recording_id in self._places)
        return Qt.CheckState.Checked if loaded and not self._more else Qt.CheckState.PartiallyChecked

    def day_state(self, head: int) -> Qt.CheckState:
        """Of everything of a day, by the row of its head."""
        if head not in self._day_states:
            self._day_states[head] = self._look_at_day(head)
        return self._day_states[head]

    def _look_at_day(self, head: int) -> Qt.CheckState:
        totals = self.item(head)
        if not isinstance(totals, DayTotals) or not self.checked:
            return Qt.CheckState.Unchecked
        loaded = [row.recording_id for row in map(self.recording, self._rows_of_day(head)) if row is not None]
        chosen = sum(recording_id in self.checked for recording_id in loaded)
        if chosen == len(loaded) < totals.recordings:
            chosen = sum(each.recorded_at.date() == totals.day for each in self.checked.values())
        if not chosen:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if chosen >= totals.recordings else Qt.CheckState.PartiallyChecked

    def _rows_of_day(self, head: int) -> range:
        """The rows below the head of a day that are loaded."""
        end = head + 1
        while self.recording(end) is not None:
            end += 1
        return range(head + 1, end)

    def _tell(self) -> None:
        self._day_states.clear()
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.checks_changed.emit()

    # what Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self._on_more()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and not column.title:
            return translate("library", "Choose all that is shown")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index.row())
        if item is None:
            return None
        if role == LibraryRole.ITEM:
            return item
        if isinstance(item, DayTotals):
            return self._head_data(index, item, role)
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(item, column.key)
        if role == Role.SORT:
            return sort_value(item, column.key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible(item, self.is_checked(item))
        return None

    def _head_data(self, index: Index, totals: DayTotals, role: int) -> object:
        if index.column() > 0 or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        told = f"{formats.day(totals.day)} {day_words(totals)}"
        if role == Qt.ItemDataRole.DisplayRole:
            return told
        state = {
            Qt.CheckState.Checked: translate("library", "chosen"),
            Qt.CheckState.PartiallyChecked: translate("library", "partly chosen"),
        }.get(self.day_state(index.row()))
        return ", ".join(filter(None, (told, state)))


def tip(row: LibraryRow, key: str) -> str:
    """What hovering over a cell shows: the whole of what may be cut."""
    if key in ("name", "picture", "path"):
        return shown(row.path)
    if key == "case":
        return "\n".join(f"{case.number} {case.title}" for case in row.cases)
    if key == "recorded":
        return formats.moment(row.recorded_at)
    return ""


def sort_value(row: LibraryRow, key: str) -> datetime | int | float | str | None:
    """A value that sorts natively."""
    values: dict[str, datetime | int | float | str | None] = {
        "recorded": row.recorded_at,
        "size": row.size,
        "duration": row.duration_s,
        "name": row.name,
    }
    return values.get(key)


def accessible(row: LibraryRow, checked: bool) -> str:
    """One recording in a sentence, for those who hear the window."""
    told = [shown(row.name), formats.moment(row.recorded_at), formats.size(row.size), _case(row), _state(row)]
    return ", ".join([*told, translate("library", "chosen")] if checked else told)
