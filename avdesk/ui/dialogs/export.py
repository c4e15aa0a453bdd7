"""Exporting a list as a spreadsheet: asks where to, writes it beside the window, says where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from avdesk.progress import Control, OnProgress
from avdesk.ui.dialogs.files import file_dialog
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate

if TYPE_CHECKING:
    from avdesk.services.exports import ExportedList

Write = Callable[[Path, OnProgress, Control], "ExportedList"]
"""Writes the list to a place, on a lane."""
_FOLDER = "export/folder"


class ListExport(QObject):
    """The export of one kind of list. ``counted`` says how many rows were written, ``3 files``."""

    def __init__(self, shell: Shell, name: str, counted: Callable[[int], str], parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._shell = shell
        self._counted = counted
        self._write: Write | None = None
        self._written = ""
        self.dialog: QFileDialog | None = None

    def ask(self, file_name: str, write: Write) -> None:
        """Ask where the list goes; a file that is there is only replaced when the person says so."""
        self._write = write
        folder = Path(self._shell.settings.text(_FOLDER) or Path.home())
        self.dialog = file_dialog(self._shell, translate("export", "Export list"), str(folder))
        self.dialog.setObjectName(self.objectName())
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("xlsx")
        self.dialog.setNameFilter(translate("export", "Spreadsheet (*.xlsx)"))
        self.dialog.selectFile(file_name.replace("/", "_"))
        self.dialog.fileSelected.connect(self._go)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _go(self, file: str) -> None:
        output = Path(file)
        self._shell.settings.set(_FOLDER, str(output.parent))
        if self._write is not None:
            work = partial(self._write, output)
            title = translate("export", "Exporting the list")
            self._shell.runner.start(work, lane="export", on_success=self._done, title=title)

    def _done(self, done: ExportedList) -> None:
        told = translate("export", "List of {count} written: {file}")
        self._written = done.output
        act = Act(translate("export", "Open"), self._open)
        self._shell.say("ok", told.format(count=self._counted(done.rows), file=done.output), act=act)

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(self._written)):
            text = translate("export", "No program here opens spreadsheets. The list is at {file}.")
            self._shell.say("info", text.format(file=self._written))
