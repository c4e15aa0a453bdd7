"""The form of a case, new or changed: number, name, party; what is wrong stands at its field."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError, StaleEdit
from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseDetails, NewCase, ReadNumber, add_case, edit_case, read_number, show_case
from avdesk.services.desk import Desk
from avdesk.ui import theme
from avdesk.ui.pages.cases_stale import StaleBox
from avdesk.ui.runner import QUERY, WRITE, Job, Runner
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import Label
from avdesk.ui.widgets.scroll import DownScroll

_TYPING = 80
_MOST = {"number": 200, "title": 1000, "party": 1000}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    number: str = ""
    title: str = ""
    party: str = ""


class CaseForm(Card):
    """``saved`` comes with a :class:`NewCase`; ``left`` when the person wants no form any more. What was typed and not
    saved is kept for the next time the same form is opened.
    """

    saved = Signal(object)
    overtaken = Signal()
    left = Signal()
    case_wanted = Signal(str)
    """The id of the case that has the number already."""

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("pane", name="cases.form", parent=parent)
        self.desk = desk
        self._runner = runner
        self._case_id = ""
        self._version = 0
        self._origin = Typed()
        self._drafts: dict[str, Typed] = {}
        self._reading: Job | None = None
        self._taken = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._read_number)
        self._head = Label("", "head")
        self.number = self._field("number", translate("cases", "e.g. 平石医保罚字〔2026〕7号"))
        self.title = self._field("title", translate("cases", "What the case is called"))
        self.party = self._field("party", translate("cases", "Person or unit; may stay empty"))
        self.rows = {
            "number": FieldRow(translate("cases", "Case number"), self.number),
            "title": FieldRow(translate("cases", "Case name"), self.title),
            "party": FieldRow(translate("cases", "Party"), self.party),
        }
        self._open_other = LinkButton(translate("cases", "Open that case"), self._open_taken, name="cases.form.other")
        self._open_other.hide()
        self._draft = QWidget()
        self._stale = StaleBox()
        self._stale.keep_wanted.connect(self._keep_mine)
        self._stale.drop_wanted.connect(self._take_theirs)
        self._save = PrimaryButton("", self.save, icon="check", name="cases.form.save")
        self._build()

    @property
    def case_id(self) -> str:
        """The case that is being changed; empty for a new one."""
        return self._case_id

    @property
    def typed(self) -> Typed:
        return Typed(self.number.text(), self.title.text(), self.party.text())

    @property
    def changed(self) -> bool:
        """Whether something stands in the form that is not saved."""
        return self.typed != self._origin

    def begin(self, number: str = "") -> None:
        """A new case; ``number`` when the person typed it somewhere else."""
        draft = Typed(number=number) if number else self._drafts.get("")
        self._fill("", 0, Typed(), draft)
        self._head.setText(translate("cases", "New case"))
        self._save.setText(translate("cases", "Create case"))

    def change(self, details: CaseDetails) -> None:
        """Change a case."""
        case = details.case
        origin = Typed(case.number, case.title, case.party or "")
        self._fill(case.case_id, case.version, origin, self._drafts.get(case.case_id))
        self._head.setText(translate("cases", "Change case"))
        self._save.setText(translate("cases", "Save"))

    def put_away(self) -> None:
        """Keep what was typed for the next time."""
        if self.changed:
            self._drafts[self._case_id] = self.typed
        else:
            self._drafts.pop(self._case_id, None)

    def save(self) -> None:
        """Save, when every field that must say something does."""
        if not self._save.isEnabled() or self._required_missing():
            return
        desk, typed, case_id, version = self.desk, self.typed, self._case_id, self._version

        def work(_on_progress: OnProgress, _control: Control) -> NewCase:
            party = typed.party if typed.party.strip() else None
            if case_id:
                return edit_case(desk, case_id, version, typed.title, party, typed.number)
            return add_case(desk, typed.number, typed.title, party)

        self._save.setEnabled(False)
        self._runner.start(work, lane=WRITE, on_success=self._saved, on_error=self._refused, on_end=self._ended)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _field(self, key: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"cases.form.{key}")
        field.setPlaceholderText(hint)
        field.setMaxLength(_MOST[key])
        field.returnPressed.connect(self.save)
        return field

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._head)
        across = QHBoxLayout(self._draft)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Label(translate("cases", "Not saved last time"), "second", "warn"))
        across.addWidget(LinkButton(translate("cases", "Forget it"), self._forget_draft, name="cases.form.forget"))
        across.addStretch(1)
        column.addWidget(self._draft)
        column.addWidget(self._stale)
        column.addWidget(self.rows["number"])
        column.addWidget(self._open_other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.rows["title"])
        column.addWidget(self.rows["party"])
        acts = QHBoxLayout()
        acts.addWidget(self._save)
        acts.addWidget(Button(translate("cases", "Cancel"), self.left.emit, name="cases.form.cancel"))
        acts.addStretch(1)
        column.addLayout(acts)
        column.addStretch(1)
        self.body.addWidget(DownScroll(inside))
        self.number.textChanged.connect(self._number_typed)
        self.title.textChanged.connect(self._title_typed)
        for before, after in ((self.number, self.title), (self.title, self.party), (self.party, self._save)):
            QWidget.setTabOrder(before, after)

    def _fill(self, case_id: str, version: int, origin: Typed, draft: Typed | None) -> None:
        self._case_id, self._version, self._origin = case_id, version, origin
        shown = draft or origin
        for row in self.rows.values():
            row.say("text2", "")
        self.number.setText(shown.number)
        self.title.setText(shown.title)
        self.party.setText(shown.party)
        self._draft.setVisible(draft is not None and case_id in self._drafts and shown != origin)
        self._stale.hide()
        self._number_typed()
        self.number.setFocus()

    def _forget_draft(self) -> None:
        self._drafts.pop(self._case_id, None)
        self._fill(self._case_id, self._version, self._origin, None)

    def _required_missing(self) -> bool:
        missing = [key for key in ("number", "title") if not getattr(self, key).text().strip()]
        for key in missing:
            self.rows[key].say("bad", translate("cases", "Please fill this in"))
        if missing:
            self.rows[missing[0]].field.setFocus()
        return bool(missing)

    def _number_typed(self) -> None:
        self._taken = ""
        self._open_other.hide()
        if self.number.text().strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.rows["number"].say("text2", "")

    def _title_typed(self) -> None:
        self.rows["title"].say("text2", "")

    def _read_number(self) -> None:
        desk, text, own = self.desk, self.number.text(), self._case_id

        def work(_on_progress: OnProgress, _control: Control) -> tuple[str, ReadNumber]:
            return text, read_number(desk, text, own or None)

        self._reading = self._runner.start(work, lane=QUERY, on_success=self._show_number)

    def _show_number(self, answer: tuple[str, ReadNumber]) -> None:
        text, read = answer
        if text != self.number.text() or not text.strip():
            return
        row = self.rows["number"]
        if read.taken is not None:
            self._taken = read.taken.case_id
            self._open_other.show()
            row.say("bad", translate("cases", "There is this case already: {title}").format(title=read.taken.title))
        elif read.recognised:
            row.say("ok", read.normalised)
        else:
            row.say("warn", translate("cases", "Not a usual form of a case number; it can be used"))

    def _open_taken(self) -> None:
        self.case_wanted.emit(self._taken)

    def _saved(self, case: NewCase) -> None:
        self._drafts.pop(self._case_id, None)
        self._origin = self.typed
        self.saved.emit(case)

    def _ended(self, _job: Job) -> None:
        self._save.setEnabled(True)

    def _refused(self, error: AvdeskError) -> None:
        if isinstance(error, StaleEdit):
            self._compare()
            return
        field = {"CASE_EXISTS": "number"}.get(error.code, str(error.facts.get("field", "")))
        if field in self.rows:
            self.rows[field].say("bad", sentence(error))
            self.rows[field].field.setFocus()
        else:
            self._runner.failed.emit(error)

    def _compare(self) -> None:
        desk, case_id = self.desk, self._case_id

        def work(_on_progress: OnProgress, _control: Control) -> CaseDetails:
            return show_case(desk, case_id)

        self._runner.start(work, lane=QUERY, on_success=self._show_stale)

    def _show_stale(self, theirs: CaseDetails) -> None:
        if theirs.case.case_id == self._case_id:
            mine = self.typed
            self._stale.compare((mine.number, mine.title, mine.party), theirs)
            self.overtaken.emit()

    def _keep_mine(self, theirs: CaseDetails) -> None:
        self._version = theirs.case.version
        self._stale.hide()
        self.save()

    def _take_theirs(self, theirs: CaseDetails) -> None:
        self._drafts.pop(self._case_id, None)
        case = theirs.case
        self._fill(case.case_id, case.version, Typed(case.number, case.title, case.party or ""), None)
        self.left.emit()
