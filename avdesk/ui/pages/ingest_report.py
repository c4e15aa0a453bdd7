"""Printing the report of a card: asks where to, writes the PDF beside the window, says where it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.ui.dialogs.files import file_dialog
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.pages.ingest_work import CardWork
from avdesk.ui.runner import WRITE, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate


def print_reports(desk: Desk, ingests: tuple[str, ...], first: Path, _tell: OnProgress, control: Control) -> list[Path]:
    """A PDF per volume of the card; further ones are numbered."""
    from avdesk.services.reports import ingest_report  # draws PDFs: half a second that the start of the window spares

    written = []
    for number, ingest_id in enumerate(ingests, start=1):
        control.check()
        output = first if number == 1 else first.with_name(f"{first.stem}-{number}{first.suffix}")
        ingest_report(desk, ingest_id, output)
        written.append(output)
    return written


class ReportPrinter(QObject):
    """One at a time: the dialog is the window's own and lets work go on behind it."""

    def __init__(self, runner: Runner, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._shell = shell
        self._work: CardWork | None = None
        self._ingests: tuple[str, ...] = ()
        self._written: list[Path] = []
        self.dialog: QFileDialog | None = None

    def print_card(self, work: CardWork) -> None:
        """Ask where the report of a card that is through shall go."""
        if work.result is None:
            return
        self._work = work
        self._ingests = tuple(report.ingest_id for report in work.result.reports)
        name = translate("ingest", "{card} {time} collecting report.pdf").format(
            card=work.title.replace("/", "_"), time=f"{work.result.ended:%Y%m%d-%H%M}"
        )
        folder = Path(self._shell.settings.text("ingest/reports") or Path.home())
        self.dialog = file_dialog(self._shell, translate("ingest", "Save the report"), str(folder / name))
        self.dialog.setNameFilter("PDF (*.pdf)")
        self.dialog.setObjectName("ingest.report.dialog")
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("pdf")
        self.dialog.selectFile(name)
        self.dialog.fileSelected.connect(self._write)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _write(self, file: str) -> None:
        output = Path(file)
        self._shell.settings.set("ingest/reports", str(output.parent))
        if self._work is not None:
            work = partial(print_reports, self._work.desk, self._ingests, output)
            self._runner.start(work, lane=WRITE, on_success=self._tell, title=translate("ingest", "Report"))

    def _tell(self, written: list[Path]) -> None:
        self._written = written
        if self._work is not None:
            self._work.printed = True
        where = translate("ingest", ", ").join(str(file) for file in written)
        text = translate("ingest", "The report is saved: {where}").format(where=where)
        self._shell.say("ok", text, act=Act(translate("ingest", "Open"), self._open))

    def _open(self) -> None:
        for file in self._written:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
                text = translate("ingest", "No program here opens PDF files. The report is at {where}.")
                self._shell.say("info", text.format(where=file))
