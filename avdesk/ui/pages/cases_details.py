"""One case: what it is, what it lacks with the act that mends it, and its footage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseDetails
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, RecordingPage, RecordingRow, list_recordings
from avdesk.ui import formats, theme
from avdesk.ui.pages.cases_words import HINTS, MISSING
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.texts import translate, translated, word
from avdesk.ui.widgets.buttons import Button, IconButton, LinkButton
from avdesk.ui.widgets.cards import Card, EmptyState, row_line
from avdesk.ui.widgets.facts import FactsGrid
from avdesk.ui.widgets.giving_columns import GivingColumns
from avdesk.ui.widgets.labels import ElidedLabel, Label, Note
from avdesk.ui.widgets.scroll import DownScroll
from avdesk.ui.widgets.table import Column, RowsModel, Table

PAGE = 100
_FOOTAGE = 140
"""How high the footage is at least, in pixels of text size 1; the page scrolls before it gets smaller."""


def footage_columns() -> tuple[Column[RecordingRow], ...]:
    return (
        Column(
            "file",
            translate("cases", "File"),
            lambda row: row.path.rpartition("/")[2],
            second=lambda row: formats.moment(row.recorded_at),
            sort=lambda row: row.recorded_at,
            tip=lambda row: row.path,
            stretch=True,
        ),
        Column("kind", translate("cases", "Kind"), lambda row: word(row.kind), width=56, hidden=True),
        Column(
            "duration",
            translate("cases", "Length"),
            lambda row: formats.duration(row.duration_s) if row.duration_s is not None else "",
            width=76,
            right=True,
            sort=lambda row: row.duration_s,
        ),
        Column(
            "size",
            translate("cases", "Size"),
            lambda row: formats.size(row.size),
            width=88,
            right=True,
            sort=lambda row: row.size,
        ),
        Column(
            "verified",
            translate("cases", "Verification"),
            lambda row: translate("cases", "Verified") if row.verified else translate("cases", "Not verified"),
            width=92,
            chip=lambda row: "ok" if row.verified else "warn",
        ),
    )


class MissingNote(QWidget):
    """A line of what is missing and, where another page mends it, the act that leads there."""

    def __init__(self, code: str, act: LinkButton | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        note = Note("warn", "")
        note.say("warn", translated("cases", str(MISSING[code])), translated("cases", str(HINTS[code])))
        across.addWidget(note, 1)
        if act is not None:
            across.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)


class CaseView(Card):
    """``act_wanted`` comes with ``library``, ``labels``, ``edit`` or ``unlink``; ``recording_wanted`` with a
    recording's id.
    """

    act_wanted = Signal(str)
    recording_wanted = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, pages: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__("pane", name="cases.details", parent=parent)
        self.desk = desk
        self._runner = runner
        self._pages = pages
        self.details: CaseDetails | None = None
        self._job: Job | None = None
        self._cursor: str | None = None
        self._title = ElidedLabel("", "head", mode=Qt.TextElideMode.ElideRight)
        self._number = Label("", tone="text2", wrap=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = FactsGrid()
        self.notes = QVBoxLayout()
        self.notes.setSpacing(8)
        self._count = ElidedLabel("", "second", "text2", mode=Qt.TextElideMode.ElideRight)
        self.model = RowsModel(footage_columns(), on_more=self._load_more)
        self.table = Table(row_height=50, name="cases.footage", text=translate("cases", "Footage of the case"))
        self.table.set_rows_model(self.model)
        GivingColumns(self.table, 0, 190, (3, 2))
        self.table.activated.connect(self._activated)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._unlink = Button(
            translate("cases", "Take out of the case…"), self._unlink_clicked, icon="unlink", size="small",
            name="cases.footage.unlink",
        )  # fmt: skip
        self._library = Button(
            translate("cases", "Show in library"), self._library_clicked, icon="movie", size="small",
            name="cases.footage.library",
        )  # fmt: skip
        self._build()

    @property
    def recordings_chosen(self) -> list[str]:
        return [self.model.rows[row].recording_id for row in self.table.rows_chosen()]

    def show_case(self, details: CaseDetails) -> None:
        """Show a case; its footage comes when it is read."""
        before = self.details.case.case_id if self.details is not None else ""
        self.details = details
        case = details.case
        self._title.setText(case.title)
        self._number.setText(case.number)
        self._show_facts(details)
        self._show_missing(details)
        if before != case.case_id:
            self.model.set_rows(())
        self._foot.setCurrentIndex(0 if case.recordings else 1)
        files = case.recordings
        counted = translate("cases", "%n file(s)", None, files)
        self._count.setText(f"{counted}  {formats.size(details.size)}" if files else "")
        self._library.setVisible("library" in self._pages and case.recordings > 0)
        self._start(None)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(
            IconButton("pencil", translate("cases", "Change case"), self._edit_clicked, framed=True, name="cases.edit")
        )
        column.addLayout(head)
        column.addWidget(self._number)
        column.addWidget(self._facts)
        column.addLayout(self.notes)
        column.addWidget(row_line())
        across = QHBoxLayout()
        across.addWidget(Label(translate("cases", "Footage"), "panel"))
        across.addWidget(self._count, 1)
        across.addWidget(self._unlink)
        across.addWidget(self._library)
        column.addLayout(across)
        self._foot = QStackedWidget()
        self._foot.setMinimumHeight(theme.px(_FOOTAGE))
        self._foot.addWidget(self.table)
        self._foot.addWidget(
            EmptyState("movie-off", translate("cases", "No footage is linked yet"), name="cases.footage.empty")
        )
        column.addWidget(self._foot, 1)
        self._unlink.hide()
        self.body.addWidget(DownScroll(inside), 1)

    def _show_facts(self, details: CaseDetails) -> None:
        case = details.case
        self._facts.clear()
        self._facts.add(translate("cases", "Party"), case.party or "—")
        if details.first is not None and details.last is not None:
            self._facts.add(translate("cases", "Recorded"), _span(details))
        self._facts.add(translate("cases", "Disc number"), case.disc_number or translate("cases", "Not given yet"))
        if details.labels is not None:
            made = translate("cases", "{when}, {person}")
            self._facts.add(
                translate("cases", "Labels made"),
                made.format(when=formats.when(details.labels.at), person=details.labels.by),
            )
        self._facts.add(translate("cases", "Opened"), formats.when(case.opened_at))

    def _show_missing(self, details: CaseDetails) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for code in details.missing:
            self.notes.addWidget(MissingNote(code, self._act(code), self))

    def _act(self, code: str) -> LinkButton | None:
        if code == "NO_FOOTAGE":
            if "library" not in self._pages:
                return None
            return _link(translate("cases", "Go to library"), self._go_to_library, "cases.missing.footage")
        if "labels" not in self._pages:
            return None
        return _link(translate("cases", "Make labels"), self._labels_clicked, "cases.missing.labels")

    def _load_more(self) -> None:
        if self._cursor is not None:
            self._start(self._cursor)

    def _start(self, after: str | None) -> None:
        if self.details is None:
            return
        desk, number = self.desk, self.details.case.number

        def work(_on_progress: OnProgress, _control: Control) -> tuple[str, str | None, RecordingPage]:
            return number, after, list_recordings(desk, RecordingFilter(case_number=number), PAGE, after)

        if self._job is not None:
            self._job.cancel()
        self._job = self._runner.start(work, lane=QUERY, on_success=self._show_footage, on_end=self._ended)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None

    def _show_footage(self, answer: tuple[str, str | None, RecordingPage]) -> None:
        number, after, page = answer
        if self.details is None or number != self.details.case.number:
            return
        self._cursor = page.next
        show = self.model.set_rows if after is None else self.model.append
        show(page.recordings, more=page.next is not None)
        self.table.setSortingEnabled(page.next is None)  # what is loaded in part can't be sorted
        self._selection_changed()

    def _selection_changed(self, *_changes: object) -> None:
        self._unlink.setVisible(bool(self.table.rows_chosen()))

    def _activated(self, index: QModelIndex) -> None:
        self.recording_wanted.emit(self.model.rows[index.row()].recording_id)

    def _edit_clicked(self) -> None:
        self.act_wanted.emit("edit")

    def _library_clicked(self) -> None:
        self.act_wanted.emit("library")

    def _go_to_library(self) -> None:
        self.act_wanted.emit("link")

    def _labels_clicked(self) -> None:
        self.act_wanted.emit("labels")

    def _unlink_clicked(self) -> None:
        self.act_wanted.emit("unlink")


def _link(text: str, act: Callable[[], object], name: str) -> LinkButton:
    return LinkButton(text, act, size="small", name=name, flush=True)


def _span(details: CaseDetails) -> str:
    first, last = details.first, details.last
    if first is None or last is None:
        return "—"
    end = formats.minute(last) if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    return translate("cases", "{first} to {last}").format(first=f"{first:%Y-%m-%d %H:%M}", last=end)
