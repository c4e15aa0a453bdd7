"""The labels of a case's two discs: fields at the left, the label at true size, sheet and acts at the right."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget

from avdesk.errors import AmbiguousName, AvdeskError
from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseRow, find_cases, read_number
from avdesk.services.desk import Desk
from avdesk.services.labels import (
    LabelPreview,
    Labels,
    Stock,
    list_stocks,
    make_labels,
    make_test_page,
    preview_labels,
    printed_pages,
)
from avdesk.services.people import People, list_people
from avdesk.ui.dialogs.files import file_dialog
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.page import Key, KeyGroup, Page, PageHead
from avdesk.ui.pages.labels_fields import LabelFields, Wanted
from avdesk.ui.pages.labels_panes import LabelPanes
from avdesk.ui.pages.labels_preview import PreviewArea
from avdesk.ui.pages.labels_printing import FINEST, print_pages
from avdesk.ui.pages.labels_side import LabelSide
from avdesk.ui.runner import QUERY, WRITE, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.cards import EmptyState

_WAIT = 50
"""How long after a change the preview is drawn anew, in milliseconds."""
_FIELD_OF = {"PERSON_UNKNOWN": "maker", "AMBIGUOUS_NAME": "maker", "LABEL_OFF_PAGE": "offset", "CASE_UNKNOWN": "case"}


class LabelsPage(Page):
    """Look at both labels, save them as PDF, print them at true size."""

    NAME: ClassVar[str] = "labels"
    ICON: ClassVar[str] = "disc"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"cases", "recordings", "people", "policies"})

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.preview: LabelPreview | None = None
        self._job: Job | None = None
        self._printer: QPrinter | None = None
        self._dialog: QPrintDialog | QFileDialog | None = None
        self._saved: Path | None = None
        self._started = False
        self._test = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._draw)
        self.fields = LabelFields(desk, runner, shell.settings)
        self.area = PreviewArea(shell.settings)
        self.side = LabelSide()
        self._head = PageHead(self.title())
        self._empty = EmptyState(
            "disc",
            translate("labels", "Choose the case at the left"),
            translate("labels", "Its two labels are shown here as they will be printed."),
            name="labels.empty",
        )
        self._no_cases = EmptyState(
            "briefcase",
            translate("labels", "No cases yet"),
            translate("labels", "Labels are made for a case. Create one first."),
            (translate("labels", "New case"), self._new_case),
            name="labels.nocases",
        )
        self._middle = QStackedWidget()
        for widget in (self._empty, self._no_cases, self.area):
            self._middle.addWidget(widget)
        self.panes = LabelPanes(self._head, self.fields, self._middle, self.side)
        self.body.addWidget(self._head)
        self.body.addWidget(self.panes, 1)
        self._connect()

    @classmethod
    def title(cls) -> str:
        return translate("labels", "Disc labels")

    def refresh(self) -> None:
        desk = self.desk

        def work(_on_progress: OnProgress, _control: Control) -> tuple[tuple[Stock, ...], People, tuple[CaseRow, ...]]:
            return list_stocks(desk), list_people(desk), find_cases(desk, limit=1).cases

        self.runner.start(work, lane=QUERY, on_success=self._show_choices)

    def on_shown(self, **state: object) -> None:
        self.fields.set_today(datetime.now(self.desk.zone).date())
        self.side.offer_link(self.shell.has_page("library"))
        number = state.get("case_number")
        if isinstance(number, str) and number:
            self.fields.show_case(number)
        self.panes.show_fields()
        self.fields.case.setFocus()

    def keys(self) -> Sequence[Key]:
        return (
            Key("Ctrl+P", translate("labels", "Print both labels"), self.print_labels),
            Key("Ctrl+S", translate("labels", "Save both labels as PDF"), self.save_labels),
            Key("Ctrl+F", translate("labels", "Choose another case"), self._focus_case),
        )

    def list_keys(self) -> Sequence[KeyGroup]:
        arrows = ("Left Right Up Down", translate("labels", "Another first position"))
        large = ("Space Return", translate("labels", "Show this label large"))
        find = [
            ("Up Down", translate("labels", "Case before, next")),
            ("Return", translate("labels", "Take this case")),
        ]
        return (
            (translate("labels", "In the case field"), find),
            (translate("labels", "On the sheet"), [arrows]),
            (translate("labels", "On a small label"), [large]),
        )

    def take_desk(self, desk: Desk) -> None:
        self.fields.case.desk = desk
        super().take_desk(desk)

    def picture_state(self) -> Mapping[str, object] | None:
        newest = find_cases(self.desk, limit=1).cases
        return {"case_number": newest[0].number} if newest else {}

    def save_labels(self) -> None:
        """Ask where, then write the PDF."""
        if self.preview is None or not self.side.save_button.isEnabled():
            return
        name = translate("labels", "disc-labels-{number}.pdf").format(number=self.preview.disc_number)
        dialog = file_dialog(self, translate("labels", "Save labels as PDF"), self._folder())
        dialog.setObjectName("labels.save.dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(translate("labels", "PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("".join("-" if character in '\\/:*?"<>|' else character for character in name))
        dialog.fileSelected.connect(self._save_to)
        self._open(dialog)

    def print_labels(self) -> None:
        """Ask which printer, then print both labels at 100 %."""
        if self.preview is not None and self.side.print_button.isEnabled():
            self._ask_printer(translate("labels", "Print disc labels"), test=False)

    def print_test_page(self) -> None:
        """Ask which printer, then print the page that shows its offset."""
        self._ask_printer(translate("labels", "Print test page"), test=True)

    def print_to(self, printer: QPrinter, *, test: bool) -> None:
        """Print on a printer that was chosen. A number that the case has not yet is given now."""
        desk, wanted = self.desk, self.fields.wanted()

        def work(_on_progress: OnProgress, _control: Control) -> Labels | None:
            with tempfile.TemporaryDirectory(prefix="avdesk-labels-") as folder:
                file = Path(folder) / "labels.pdf"
                made = None if test else _make(desk, wanted, file)
                if test:
                    make_test_page(desk, file, stock=wanted.stock, dx=wanted.dx, dy=wanted.dy)
                if made is None or not made.too_long:
                    print_pages(printer, printed_pages(desk, file, min(printer.resolution(), FINEST)))
                return made

        title = translate("labels", "Printing test page") if test else translate("labels", "Printing disc labels")
        self.runner.start(work, lane=WRITE, on_success=self._printed, on_error=self._refused, title=title)

    def _connect(self) -> None:
        self.fields.changed.connect(self._changed)
        self.fields.test_wanted.connect(self.print_test_page)
        self.fields.edit_case_wanted.connect(self._edit_case)
        self.fields.new_case_wanted.connect(self._new_case)
        self.area.copy_chosen.connect(self._copy_chosen)
        self.side.copy_chosen.connect(self.area.show_copy)
        self.side.copy_chosen.connect(self._copy_chosen)
        self.side.start_picked.connect(self.fields.set_start)
        self.side.print_wanted.connect(self.print_labels)
        self.side.save_wanted.connect(self.save_labels)
        self.side.link_wanted.connect(self._open_library)

    def _show_choices(self, answer: tuple[tuple[Stock, ...], People, tuple[CaseRow, ...]]) -> None:
        stocks, people, cases = answer
        self.fields.set_stocks(stocks)
        self.fields.set_people(people.people, self.desk.person_id)
        if not self.fields.case.number:
            self._middle.setCurrentWidget(self._empty if cases else self._no_cases)
        self._changed()

    def _changed(self) -> None:
        self._timer.start()

    def _draw(self) -> None:
        wanted, stock = self.fields.wanted(), self.fields.chosen_stock
        if not wanted.case_number or stock is None:
            return
        desk = self.desk

        def work(_on_progress: OnProgress, _control: Control) -> tuple[Wanted, Stock, LabelPreview]:
            return (
                wanted,
                stock,
                preview_labels(
                    desk,
                    wanted.case_number,
                    stock=wanted.stock,
                    maker=wanted.maker or None,
                    made=wanted.made,
                    start=wanted.start,
                    dx=wanted.dx,
                    dy=wanted.dy,
                ),
            )

        if self._job is not None:
            self._job.cancel()
        self._job = self.runner.start(
            work, lane=QUERY, on_success=self._show, on_error=self._refused, on_end=self._ended
        )

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None

    def _show(self, answer: tuple[Wanted, Stock, LabelPreview]) -> None:
        wanted, stock, preview = answer
        if wanted != self.fields.wanted():
            return
        self.preview = preview
        self._head.say(f"{preview.case_number}  {preview.title}")
        self._middle.setCurrentWidget(self.area)
        self.panes.show_side()
        self.fields.show_preview(preview)
        self.area.show_preview(stock, preview)
        self.side.show_preview(stock, preview, wanted.start, self.area.copy)

    def _refused(self, error: AvdeskError) -> None:
        """Say it at the field it is about, else in the message bar; nothing can be printed until it is mended."""
        self.fields.clear_notes()
        said = False
        if error.code == "NOT_PRINTABLE" and isinstance(items := error.facts.get("items"), dict):
            text = translate("labels", "No font has these characters: {characters}")
            for item, characters in items.items():
                said |= self.fields.say(str(item), "bad", text.format(characters=" ".join(map(str, characters))))
        elif error.code == "LABEL_ITEM_EMPTY":
            items = error.facts.get("items")
            for item in items if isinstance(items, list) else []:
                said |= self.fields.say(str(item), "bad", translate("labels", "Art. 16 asks for this; it is empty"))
        elif error.code in _FIELD_OF:
            said = self.fields.say(_FIELD_OF[error.code], "bad", self._words(error))
        self.side.allow(False, translate("labels", "Something is wrong at the left; it is marked in red."))
        if said:
            self.panes.show_fields()
        else:
            self.shell.show_error(error)

    def _words(self, error: AvdeskError) -> str:
        if isinstance(error, AmbiguousName):
            return translate("labels", "More than one person has this name: choose from the list")
        return sentence(error)

    def _copy_chosen(self, copy: int) -> None:
        stock = self.fields.chosen_stock
        if stock is not None and self.preview is not None:
            self.side.show_copy(stock, self.preview, copy)

    def _focus_case(self) -> None:
        self.panes.show_fields()
        self.fields.case.setFocus()
        self.fields.case.selectAll()

    def _edit_case(self) -> None:
        desk, number = self.desk, self.fields.case.number

        def work(_on_progress: OnProgress, _control: Control) -> str:
            taken = read_number(desk, number).taken
            return taken.case_id if taken is not None else ""

        self.runner.start(work, lane=QUERY, on_success=self._open_case)

    def _open_case(self, case_id: str) -> None:
        self.shell.open_page("cases", case_id=case_id)

    def _new_case(self, number: str = "") -> None:
        self.shell.open_page("cases", new=True, number=number)

    def _open_library(self) -> None:
        self.shell.open_page("library")

    def _folder(self) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return self.shell.settings.text("labels/folder", documents)

    def _save_to(self, file: str) -> None:
        desk, wanted, output = self.desk, self.fields.wanted(), Path(file)
        self.shell.settings.set("labels/folder", str(output.parent))
        self._saved = output

        def work(_on_progress: OnProgress, _control: Control) -> Labels:
            return _make(desk, wanted, output)

        self.runner.start(work, lane=WRITE, on_success=self._written, on_error=self._refused)

    def _written(self, made: Labels) -> None:
        if made.too_long or self._saved is None:
            self._draw()
            return
        text = translate("labels", "Saved: {file}").format(file=str(self._saved))
        self.shell.say("ok", text, act=Act(translate("labels", "Open folder"), self._open_folder))
        self._tell_made()

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _printed(self, made: Labels | None) -> None:
        if made is None:
            self.fields.remember_test(datetime.now(self.desk.zone).date())
            self.shell.say("ok", translate("labels", "The test page was sent to the printer at 100 %."))
            return
        if made.too_long:
            self._draw()
            return
        self.shell.say("ok", translate("labels", "Both labels were sent to the printer at 100 %."))
        self._tell_made()

    def _tell_made(self) -> None:
        """The case may have its number now."""
        self.shell.tell("labels")
        self._draw()

    def _ask_printer(self, title: str, *, test: bool) -> None:
        self._test = test
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("labels.print.dialog")
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.accepted.connect(self._printer_chosen)
        self._open(dialog)

    def _printer_chosen(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer, test=self._test)

    def _open(self, dialog: QPrintDialog | QFileDialog) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = dialog
        QDialog.open(dialog)


def _make(desk: Desk, wanted: Wanted, output: Path) -> Labels:
    return make_labels(
        desk,
        wanted.case_number,
        output,
        stock=wanted.stock,
        maker=wanted.maker or None,
        made=wanted.made,
        start=wanted.start,
        dx=wanted.dx,
        dy=wanted.dy,
    )
