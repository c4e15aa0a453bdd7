"""The field in which a case is chosen: its number, name or party, completed from the catalogue."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CasePage, CaseRow, ReadNumber, find_cases, read_number
from avdesk.services.desk import Desk
from avdesk.ui.runner import QUERY, Runner
from avdesk.ui.texts import translate

_OFFERED = 20
_NUMBER = Qt.ItemDataRole.UserRole
_TYPING = 120


class CaseField(QLineEdit):
    """``decided`` comes with the number of a case; ``unknown`` with what was typed and is no case."""

    decided = Signal(str)
    unknown = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self._rows: list[CaseRow] = []
        self._number = ""
        self._offered = ""
        self.setObjectName("labels.case")
        self.setPlaceholderText(translate("labels", "Number, name or party of the case"))
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_NUMBER)  # what Qt writes into the field by itself
        completer.setMaxVisibleItems(10)
        completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        self.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._look)
        self.textEdited.connect(self._edited)
        self.returnPressed.connect(self._entered)

    @property
    def number(self) -> str:
        """The number of the case that is chosen; empty for none."""
        return self._number

    def show_number(self, number: str) -> None:
        """A case chosen elsewhere."""
        self._number = number
        self.setText(number)
        self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._entered()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self._look()

    def _edited(self, _text: str) -> None:
        self._timer.start()

    def _look(self) -> None:
        desk, text = self.desk, self.text().strip()

        def work(_on_progress: OnProgress, _control: Control) -> tuple[str, CasePage]:
            return text, find_cases(desk, text, _OFFERED)

        self._runner.start(work, lane=QUERY, on_success=self._offer)

    def _offer(self, answer: tuple[str, CasePage]) -> None:
        text, page = answer
        if text != self.text().strip() or text == self._number:
            return
        self._rows, self._offered = list(page.cases), text
        self._model.clear()
        for row in self._rows:
            item = QStandardItem(f"{row.number}   {row.title}")
            item.setData(row.number, _NUMBER)
            self._model.appendRow(item)
        if self._rows and self.hasFocus():
            self.completer().complete()

    def _picked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._rows):
            self._decide(self._rows[index.row()].number)

    def _entered(self) -> None:
        """Enter, or leaving the field: what stands there, when it is the number of a case."""
        text = self.text().strip()
        if not text or text == self._number:
            self.show_number(self._number)
            return
        desk = self.desk

        def work(_on_progress: OnProgress, _control: Control) -> tuple[str, ReadNumber]:
            return text, read_number(desk, text)

        self._runner.start(work, lane=QUERY, on_success=self._found)

    def _found(self, answer: tuple[str, ReadNumber]) -> None:
        text, read = answer
        if text != self.text().strip():
            return
        if read.taken is not None:
            self._decide(read.taken.number)
        elif len(self._rows) == 1 and self._offered == text:
            self._decide(self._rows[0].number)
        else:
            self.unknown.emit(text)

    def _decide(self, number: str) -> None:
        self._timer.stop()
        self.show_number(number)
        self.decided.emit(number)
