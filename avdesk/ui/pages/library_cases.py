"""Finding a case while typing, and tying recordings to it; one that is not there yet is opened in the same field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress
from avdesk.services.cases import (
    CaseFacts,
    CaseRow,
    Linked,
    ReadNumber,
    add_case,
    find_cases,
    link_recordings,
    read_number,
)
from avdesk.services.desk import Desk
from avdesk.ui import theme
from avdesk.ui.dialogs.growing import GrowingDialog
from avdesk.ui.runner import QUERY, WRITE, Job, Runner
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.labels import Label, Note

_PAUSE_MS = 150
_MOST = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a text: the cases it may mean, and how it would be kept as a number."""

    text: str
    cases: tuple[CaseRow, ...]
    number: ReadNumber


def ask(desk: Desk, text: str, _on_progress: OnProgress, _control: Control) -> Answer:
    """On the query lane."""
    return Answer(text, find_cases(desk, text, limit=_MOST).cases, read_number(desk, text))


class CaseField(QWidget):
    """A field for a number, name or party, with the cases that fit below it."""

    answered = Signal(object)
    """An :class:`Answer` to what is in the field now."""
    picked = Signal(object)
    """A case (:class:`CaseFacts`) was taken from the list by a click or the Enter key."""
    entered = Signal()
    """The Enter key, with nothing picked in the list."""

    def __init__(self, desk: Desk, runner: Runner, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._job: Job | None = None
        self.edit = QLineEdit()
        self.edit.setObjectName(f"{name}.edit")
        self.edit.setAccessibleName(translate("library", "Case number, name or party"))
        self.edit.setPlaceholderText(translate("library", "Case number, name or party"))
        self.list = QListWidget()
        self.list.setObjectName(f"{name}.list")
        self.list.setAccessibleName(translate("library", "Cases that fit"))
        self.list.setProperty("kind", "choices")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.px(34) * 4)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._pause.start)
        self.edit.installEventFilter(self)
        self.list.itemClicked.connect(self._pick)
        self.list.itemActivated.connect(self._pick)
        self.ask()

    def ask(self) -> None:
        """Look for what is in the field now."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        work = partial(ask, self._desk, self.edit.text())
        self._job = self._runner.start(work, lane=QUERY, on_success=self._take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the field go to the list, Enter takes what is marked there."""
        if watched is not self.edit or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.currentRow() + step, self.list.count() - 1))
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self.list.currentItem()
            if current is not None:
                self._pick(current)
            else:
                self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def _take(self, answer: Answer) -> None:
        if answer.text != self.edit.text():
            return
        self.list.clear()
        for case in answer.cases:
            item = QListWidgetItem(f"{case.number}  {case.title}")
            item.setToolTip("\n".join(filter(None, (case.number, case.title, case.party))))
            item.setData(Qt.ItemDataRole.UserRole, case)
            self.list.addItem(item)
        if not answer.cases:
            nothing = QListWidgetItem(translate("library", "No case fits."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.answered.emit(answer)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """What came of it; ``opened``: the case was opened for it."""

    number: str
    linked: Linked
    opened: bool


def link(
    desk: Desk, number: str, title: str | None, ids: Sequence[str], _on_progress: OnProgress, _control: Control
) -> LinkedTo:
    """On the write lane: open the case where it has a ``title``, then tie the recordings to it."""
    if title is not None:
        number = add_case(desk, number, title).number
    return LinkedTo(number, link_recordings(desk, number, ids), title is not None)


class LinkDialog(GrowingDialog):
    """Asks for the case that recordings belong to."""

    done_well = Signal(object)
    """A :class:`LinkedTo`."""

    def __init__(self, desk: Desk, runner: Runner, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._ids = desk, runner, tuple(ids)
        self._case: CaseFacts | None = None
        self.setObjectName("library.link")
        self.setWindowTitle(translate("library", "Link to a case"))
        self.setMinimumWidth(theme.px(460))
        self.field = CaseField(desk, runner, "library.link.case")
        self.note = Note("info", "")
        self.title = QLineEdit()
        self.title.setObjectName("library.link.title")
        self.title.setAccessibleName(translate("library", "Case name"))
        self.title.setPlaceholderText(translate("library", "Name of the new case"))
        self.act = PrimaryButton("", self.go, icon="link", name="library.link.go")
        self.error = Label("", "second", "bad", wrap=True)
        self._build()
        self.field.answered.connect(self._answered)
        self.field.picked.connect(self._pick)
        self.field.entered.connect(self._entered)
        self.field.edit.textEdited.connect(self._edited)
        self.title.textChanged.connect(self._say)
        self.title.returnPressed.connect(self.go)
        self._answer: Answer | None = None
        self._say()
        self.field.edit.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(10)
        count = translate("library", "%n file(s) chosen", None, len(self._ids))
        column.addWidget(Label(count, "panel"))
        column.addWidget(self.field, 1)
        column.addWidget(self.note)
        column.addWidget(self.title)
        column.addWidget(self.error)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("library", "Cancel"), self.reject, name="library.link.cancel"))
        acts.addWidget(self.act)
        column.addLayout(acts)
        self.error.hide()

    def go(self) -> None:
        """Do it, when it is known what."""
        if not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        number = self._case.number if self._case is not None else self.field.edit.text().strip()
        title = None if self._case is not None else self.title.text().strip()
        work = partial(link, self._desk, number, title, self._ids)
        self._runner.start(work, lane=WRITE, on_success=self._done, on_error=self._failed)

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        self._case = answer.number.taken if answer.text.strip() else None
        self._say()

    def _edited(self) -> None:
        self._answer = self._case = None
        self._say()

    def _pick(self, case: CaseFacts) -> None:
        self.field.edit.setText(case.number)
        self._case = case
        self._say()
        self.act.setFocus()

    def _entered(self) -> None:
        if self._is_new() and not self.title.text().strip():
            self.title.setFocus()
        else:
            self.go()

    def _is_new(self) -> bool:
        return self._case is None and self._answer is not None and bool(self._answer.text.strip())

    def _say(self) -> None:
        """What the button does now, and what is to be known before."""
        new = self._is_new()
        self.title.setVisible(new)
        self.error.hide()
        if self._case is not None:
            self.note.say("ok", self._case.number, self._case.title)
        elif new and self._answer is not None:
            self._say_new(self._answer)
        else:
            self.note.say("info", translate("library", "Choose a case, or type the number of a new one."))
        self.act.setText(
            translate("library", "Open the case and link") if new else translate("library", "Link to the case")
        )
        self.act.setEnabled(self._case is not None or (new and bool(self.title.text().strip())))

    def _say_new(self, answer: Answer) -> None:
        text = answer.text.strip()
        if answer.number.recognised:
            kept = translate("library", "No case has this number yet. It is kept as {number}.").format(number=text)
            self.note.say("info", translate("library", "A new case"), kept)
        else:
            odd = translate("library", "This is no usual form of a case number. It is kept as typed.")
            self.note.say("warn", translate("library", "A new case"), odd)

    def _done(self, linked: LinkedTo) -> None:
        self.done_well.emit(linked)
        self.accept()

    def _failed(self, error: AvdeskError) -> None:
        """Nothing typed is lost."""
        self._say()
        self.error.setText(sentence(error))
        self.error.show()
