"""The cases: a list at the left, the chosen one or its form at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseDetails, NewCase, read_number, show_case, unlink_recordings
from avdesk.services.desk import Desk
from avdesk.ui import theme
from avdesk.ui.page import Command, Key, KeyGroup, Page, PageHead
from avdesk.ui.pages.cases_details import CaseView
from avdesk.ui.pages.cases_export import CaseExport
from avdesk.ui.pages.cases_form import CaseForm
from avdesk.ui.pages.cases_list import CaseList
from avdesk.ui.pages.cases_unlink import UnlinkDialog
from avdesk.ui.runner import QUERY, WRITE, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton, PrimaryButton
from avdesk.ui.widgets.fields import SearchField

_OTHERS = ("library", "labels", "player")


class CasesPage(Page):
    """Create, find and change cases; see their footage and what is missing."""

    NAME: ClassVar[str] = "cases"
    ICON: ClassVar[str] = "briefcase"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"cases", "recordings", "labels"})

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self._reading: Job | None = None
        self._unlinking: UnlinkDialog | None = None
        self.search = SearchField(translate("cases", "Number, name or party"), name="cases.search")
        self.search.setFixedWidth(theme.px(280))
        self.list = CaseList(desk, runner)
        self.form = CaseForm(desk, runner)
        self.view = CaseView(desk, runner, frozenset(_OTHERS))
        self._head = PageHead(self.title())
        self._export = CaseExport(shell, self)
        self._columns = IconButton(
            "columns-3",
            translate("cases", "Columns, copy, export"),
            self._open_columns,
            framed=True,
            name="cases.columns",
        )
        self._head.add(self.search)
        self._head.add(self._columns)
        self._head.add(PrimaryButton(translate("cases", "New case"), self.begin, icon="plus", name="cases.new"))
        self._right = QStackedWidget()
        for widget in (QWidget(), self.view, self.form):
            self._right.addWidget(widget)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("cases.split")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self._right)
        self._split.setHandleWidth(theme.GAP)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 4)
        self._split.setSizes([theme.px(640), theme.px(514)])
        self.body.addWidget(self._head)
        self.body.addWidget(self._split, 1)
        self._connect()
        shell.settings.restore_splitter("cases/split", self._split)
        self.list.restore_columns(shell.settings)

    @classmethod
    def title(cls) -> str:
        return translate("cases", "Cases")

    def refresh(self) -> None:
        self.list.load()
        if self.list.current:
            self._read(self.list.current)

    def on_shown(self, **state: object) -> None:
        case_id, number = state.get("case_id"), state.get("number")
        if state.get("new"):
            self.begin(number if isinstance(number, str) else "")
        elif isinstance(case_id, str):
            self.open_case(case_id)
        elif isinstance(number, str):
            self._open_number(number)
        elif self._right.currentWidget() is not self.form:
            self.list.table.setFocus()

    def save_state(self) -> None:
        self.shell.settings.save_splitter("cases/split", self._split)
        self.list.save_columns(self.shell.settings)

    def keys(self) -> Sequence[Key]:
        return (
            Key("Ctrl+N", translate("cases", "New case"), self.begin),
            Key("Ctrl+F", translate("cases", "Find cases"), self._focus_search),
            Key("Ctrl+E", translate("cases", "Export list"), self.export),
            Key("F2", translate("cases", "Change the chosen case"), self.edit),
        )

    def list_keys(self) -> Sequence[KeyGroup]:
        change, play = translate("cases", "Change the chosen case"), translate("cases", "Play the file")
        form = [("Return", translate("cases", "Save")), ("Escape", translate("cases", "Leave; what was typed is kept"))]
        return (
            (translate("cases", "In the list of cases"), self.list.table.keys(enter=change)),
            (translate("cases", "In the footage of a case"), self.view.table.keys(enter=play)),
            (translate("cases", "In the form of a case"), form),
        )

    def commands(self) -> Sequence[Command]:
        return (Command(translate("cases", "New case"), "plus", self._begin_here),)

    def take_desk(self, desk: Desk) -> None:
        for part in (self.list, self.form, self.view):
            part.desk = desk
        super().take_desk(desk)

    def picture_state(self) -> Mapping[str, object] | None:
        return {}

    def begin(self, number: str = "") -> None:
        """The form of a new case."""
        self.form.put_away()
        self.form.begin(number)
        self._right.show()
        self._right.setCurrentWidget(self.form)
        self.form.number.setFocus()

    def edit(self) -> None:
        """The form of the chosen case."""
        details = self.view.details
        if details is not None and self._right.currentWidget() is self.view:
            self.form.change(details)
            self._right.setCurrentWidget(self.form)
            self.form.number.setFocus()

    def export(self) -> None:
        """All cases that are found, as a spreadsheet."""
        if self.list.model.rows:
            self._export.ask_for(self.desk, self.list.shown)

    def open_case(self, case_id: str) -> None:
        """Choose a case and show it."""
        self._leave_form()
        self.list.choose(case_id)
        self._read(case_id)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.list.search)
        self.search.returnPressed.connect(self.list.table.setFocus)
        self.list.table.export_wanted.connect(self.export)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.edit)
        self.list.counted.connect(self._show_count)
        self.list.new_wanted.connect(self.begin)
        self.form.saved.connect(self._saved)
        self.form.overtaken.connect(self._overtaken)
        self.form.left.connect(self._form_left)
        self.form.case_wanted.connect(self.open_case)
        self.view.act_wanted.connect(self._act)
        self.view.recording_wanted.connect(self._open_recording)

    def _begin_here(self) -> None:
        self.shell.open_page(self.NAME, new=True)

    def _open_columns(self) -> None:
        menu = self.list.table.column_menu()
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height() + 4)))

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_count(self, total: int) -> None:
        self._columns.setEnabled(total > 0)
        self._right.setVisible(total > 0 or bool(self.search.text()) or self._right.currentWidget() is self.form)
        self._head.say(translate("cases", "%n case(s)", None, total) if total else "")

    def _chosen(self, case_id: str) -> None:
        if not self.list.loading:
            self._leave_form()
        self._read(case_id)

    def _leave_form(self) -> None:
        """Away from the form; what was typed comes back with it."""
        if self._right.currentWidget() is self.form:
            self.form.put_away()
            self._right.setCurrentIndex(1 if self.view.details is not None else 0)

    def _form_left(self) -> None:
        self._leave_form()
        self._right.setVisible(self._right.currentIndex() > 0)
        self.list.setFocus()

    def _read(self, case_id: str) -> None:
        desk = self.desk

        def work(_on_progress: OnProgress, _control: Control) -> CaseDetails:
            return show_case(desk, case_id)

        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.runner.start(work, lane=QUERY, on_success=self._show, on_end=self._read_ended)

    def _read_ended(self, job: Job) -> None:
        if job is self._reading:
            self._reading = None

    def _show(self, details: CaseDetails) -> None:
        if details.case.case_id != self.list.current:
            return
        self.view.show_case(details)
        if self._right.currentWidget() is not self.form:
            self._right.setCurrentWidget(self.view)

    def _open_number(self, number: str) -> None:
        desk = self.desk

        def work(_on_progress: OnProgress, _control: Control) -> str:
            taken = read_number(desk, number).taken
            return taken.case_id if taken is not None else ""

        self.runner.start(work, lane=QUERY, on_success=self._open_found)

    def _open_found(self, case_id: str) -> None:
        if case_id:
            self.open_case(case_id)

    def _saved(self, case: NewCase) -> None:
        self._leave_form()
        self.search.clear()
        self.list.choose(case.case_id)
        self.shell.tell("cases")
        self._read(case.case_id)
        self.list.table.setFocus()

    def _overtaken(self) -> None:
        """Somebody else changed it: what is shown anywhere is old."""
        self.shell.tell("cases")

    def _act(self, act: str) -> None:
        details = self.view.details
        if details is None:
            return
        if act == "edit":
            self.edit()
        elif act == "unlink":
            self._ask_unlink(details)
        elif act == "link":
            self.shell.open_page("library")
        else:
            self.shell.open_page(act, case_number=details.case.number)

    def _open_recording(self, recording_id: str) -> None:
        if not self.shell.open_page("player", recording_id=recording_id):
            self.shell.open_page("library", recording_id=recording_id)

    def _ask_unlink(self, details: CaseDetails) -> None:
        self._unlinking = UnlinkDialog(len(self.view.recordings_chosen), details.case.number, self)
        self._unlinking.accepted.connect(self._unlink)
        self._unlinking.open()

    def _unlink(self) -> None:
        details, dialog = self.view.details, self._unlinking
        if details is None or dialog is None:
            return
        desk, number, reason = self.desk, details.case.number, dialog.reason
        recordings = self.view.recordings_chosen

        def work(_on_progress: OnProgress, _control: Control) -> int:
            return unlink_recordings(desk, number, recordings, reason)

        self.runner.start(work, lane=WRITE, on_success=self._unlinked)

    def _unlinked(self, _count: int) -> None:
        self.shell.tell("cases")
        self.shell.tell("recordings")
