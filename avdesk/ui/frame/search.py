"""The search box: cases, recordings, and what the window can do, from any page, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.searching import Found, find
from avdesk.terms import Kind
from avdesk.ui import formats, theme
from avdesk.ui.page import Command
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.table import Index, paint_icon, paint_lines

_PAUSE = 180
"""Milliseconds without a key before the catalogue is asked."""
_MOST = 6
_WANTED = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""Why the box may get the keyboard with the list opening; the Tab key only passes by."""
_ROW = 44
_HEAD = 26
_SPEC = Qt.ItemDataRole.UserRole + 1
KIND_ICONS = {Kind.VIDEO: "video", Kind.AUDIO: "microphone", Kind.PHOTO: "photo"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list; without ``act`` it is a head."""

    text: str
    second: str = ""
    icon: str = ""
    act: Callable[[], object] | None = None


class SearchBox(QLineEdit):
    """The field. The list below it belongs to the window; the keyboard stays here."""

    moved = Signal(int)
    chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top.search.text")
        self.setProperty("kind", "search")
        self.setPlaceholderText(translate("shell", "Case number, party, person, file name…"))
        self.setAccessibleName(translate("shell", "Search"))
        self.setMaximumWidth(theme.px(460))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, self, self.rect().adjusted(11, 0, 0, 0), "search")
        if not self.text():
            self._paint_keys(painter)
        painter.end()

    def _paint_keys(self, painter: QPainter) -> None:
        """The key that leads here, as a cap at the right."""
        colours = theme.of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("second"))
        width = painter.fontMetrics().horizontalAdvance("Ctrl+K") + 12
        cap = QRect(self.width() - width - 8, (self.height() - theme.px(18)) // 2, width, theme.px(18))
        painter.setPen(colours.colour("edge"))
        painter.setBrush(colours.colour("hover"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(colours.colour("text2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "Ctrl+K")


class _Rows(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(_SPEC)
        painter.save()
        rect = option.rect.adjusted(12, 0, -12, 0)
        colours = theme.of(option.widget)
        if hit.act is None:
            paint_lines(painter, option.widget, rect, hit.text, kind="second", tone="text3")
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.colour("sel"))
                painter.drawRoundedRect(option.rect.adjusted(4, 0, -4, 0), 6, 6)
            paint_icon(painter, option.widget, rect, hit.icon, "selt" if chosen else "text2", 18)
            paint_lines(painter, option.widget, rect.adjusted(30, 0, 0, 0), hit.text, hit.second)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(_SPEC)
        if hit.act is None:
            return QSize(100, theme.px(_HEAD))
        return QSize(100, theme.px(_ROW if hit.second else 36))


class SearchList(QFrame):
    """The list below the box, over the page."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("top.search.list")
        self.setProperty("kind", "popup")
        self._model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setObjectName("top.search.found")
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Rows(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(translate("shell", "What was found"))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.addWidget(self.view)
        self.hide()

    @property
    def hits(self) -> list[Hit]:
        return [self._model.item(row).data(_SPEC) for row in range(self._model.rowCount())]

    @property
    def current(self) -> Hit | None:
        index = self.view.currentIndex()
        return index.data(_SPEC) if index.isValid() else None

    def fill(self, hits: Sequence[Hit]) -> None:
        """Show these; the first act is current."""
        self._model.clear()
        for hit in hits:
            item = QStandardItem(f"{hit.text} {hit.second}".strip())
            item.setData(hit, _SPEC)
            item.setEnabled(hit.act is not None)
            self._model.appendRow(item)
        self.view.setCurrentIndex(QModelIndex())
        self.move_current(1)

    def move_current(self, step: int) -> None:
        """To the next or previous act; round at the ends."""
        acts = [row for row, hit in enumerate(self.hits) if hit.act is not None]
        if not acts:
            return
        row = self.view.currentIndex().row()
        place = (acts.index(row) + step) % len(acts) if row in acts else 0
        self.view.setCurrentIndex(self._model.index(acts[place], 0))
        self.view.viewport().update()

    def height_wanted(self, most: int) -> int:
        rows = range(self._model.rowCount())
        heights = sum(self.view.sizeHintForRow(row) for row in rows)
        return min(heights + 14, most)

    def _clicked(self, _index: QModelIndex) -> None:
        self.clicked.emit()


class Search(QObject):
    """Box, list and what fills it: pages and their commands at once, the catalogue when the typing pauses."""

    def __init__(
        self,
        window: QWidget,
        runner: Runner,
        desk: Callable[[], Desk],
        commands: Callable[[], Sequence[Command]],
        open_page: Callable[..., bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._desk = desk
        self._commands = commands
        self._open_page = open_page
        self._found = Found((), ())
        self._job: Job | None = None
        self._before: QWidget | None = None
        self.box = SearchBox()
        self.list = SearchList(window)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.box.textChanged.connect(self._typed)
        self.box.moved.connect(self.list.move_current)
        self.box.chosen.connect(self._choose)
        self.box.left.connect(self.close)
        self.list.clicked.connect(self._choose)
        self.box.installEventFilter(self)
        window.installEventFilter(self)

    def open(self) -> None:
        """Go to the box."""
        focus = self._window.focusWidget()
        if focus is not self.box:
            self._before = focus
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._show()

    def close(self) -> None:
        """Leave the box; back to where the keyboard was."""
        self.list.hide()
        self.box.clear()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        else:
            self.box.clearFocus()
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() is QEvent.Type.FocusOut:
            self.list.hide()
        elif watched is self.box and isinstance(event, QFocusEvent) and event.reason() in _WANTED:
            self._show()
        elif watched is self._window and event.type() is QEvent.Type.Resize and self.list.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        if not text.strip():
            self._found = Found((), ())
        self._pause.start()
        self._show()

    def _ask(self) -> None:
        text, desk = self.box.text().strip(), self._desk()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not text:
            return

        def work(_on_progress: OnProgress, control: Control) -> Found:
            control.check()
            return find(desk, text, _MOST)

        self._job = self._runner.start(work, lane=QUERY, on_success=self._take)

    def _take(self, found: Found) -> None:
        self._found = found
        if self.box.hasFocus():
            self._show()

    def _show(self) -> None:
        self.list.fill([*self._cases(), *self._markers(), *self._recordings(), *self._acts()])
        self._place()
        self.list.setVisible(bool(self.list.hits))
        self.list.raise_()

    def _place(self) -> None:
        corner = self.box.mapTo(self._window, self.box.rect().bottomLeft())
        height = self.list.height_wanted(self._window.height() - corner.y() - 60)
        self.list.setGeometry(corner.x(), corner.y() + 5, max(self.box.width(), theme.px(460)), height)

    def _choose(self) -> None:
        hit = self.list.current
        if hit is not None and hit.act is not None and self.list.isVisible():
            self._before = None
            self.close()
            hit.act()

    def _cases(self) -> list[Hit]:
        found = [
            Hit(case.number, case.title, "briefcase", _Opening(self._open_page, "cases", {"case_id": case.case_id}).run)
            for case in self._found.cases
        ]
        return [Hit(translate("shell", "Cases")), *found] if found else []

    def _markers(self) -> list[Hit]:
        found = [
            Hit(
                f"{word(row.kind)} {row.text}",
                f"{row.path.rpartition('/')[2]}·{formats.duration(row.at_s)}",
                "bookmark",
                _Opening(self._open_page, "player", {"recording_id": row.recording_id, "at_s": row.at_s}).run,
            )
            for row in self._found.markers
        ]
        return [Hit(translate("shell", "Markers")), *found] if found else []

    def _recordings(self) -> list[Hit]:
        found = [
            Hit(
                row.path.rpartition("/")[2],
                "·".join(filter(None, (formats.moment(row.recorded_at), row.officer))),
                KIND_ICONS.get(row.kind, "file"),
                _Opening(self._open_page, "library", {"recording_id": row.recording_id}).run,
            )
            for row in self._found.recordings
        ]
        if len(found) == _MOST:
            text = self.box.text().strip()
            words = translate("shell", "All files with “{text}”").format(text=text)
            found.append(Hit(words, "", "search", _Opening(self._open_page, "library", {"query": text}).run))
        return [Hit(translate("shell", "Files")), *found] if found else []

    def _acts(self) -> list[Hit]:
        text = self.box.text().strip().casefold()
        found = [
            Hit(command.text, "", command.icon, command.act)
            for command in self._commands()
            if text in command.text.casefold()
        ]
        return [Hit(translate("shell", "Pages and acts")), *found] if found else []


class _Opening:
    """An act that opens a page in a state."""

    def __init__(self, open_page: Callable[..., bool], name: str, state: dict[str, object]) -> None:
        self._open_page = open_page
        self._name = name
        self._state = state

    def run(self) -> None:
        self._open_page(self._name, **self._state)
