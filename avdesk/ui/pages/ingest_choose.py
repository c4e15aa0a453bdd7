"""Folders, disks and files that the person points at, as sources to collect."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from avdesk.progress import Control, OnProgress
from avdesk.services.ingest import SourceChoice, choose
from avdesk.ui.dialogs.files import file_dialog
from avdesk.ui.pages.ingest_work import CardWork
from avdesk.ui.runner import Runner, volume_lane
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate

_LANE = volume_lane("chosen")


class SourceChooser(QObject):
    """Asks by a dialog, or takes what was dropped."""

    chosen = Signal(object)
    """A list of :class:`SourceChoice`."""

    def __init__(self, runner: Runner, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._shell = shell
        self._dialog: QFileDialog | None = None

    def ask_folder(self) -> None:
        """Ask for a folder or disk."""
        self._ask(QFileDialog.FileMode.Directory, translate("ingest", "Choose a folder or disk to collect"))

    def ask_files(self) -> None:
        """Ask for single files."""
        self._ask(QFileDialog.FileMode.ExistingFiles, translate("ingest", "Choose files to collect"))

    def ask_inside(self, work: CardWork) -> None:
        """Ask for a folder of a card."""
        text = translate("ingest", "Choose a folder or disk to collect")
        self._ask(QFileDialog.FileMode.Directory, text, str(work.place.choices[0].root))

    def take(self, paths: Iterable[Path]) -> None:
        """Look at folders and files; :attr:`chosen` follows."""
        self._runner.start(partial(_choose, tuple(paths)), lane=_LANE, on_success=self._take)

    def _take(self, choices: list[SourceChoice]) -> None:
        self.chosen.emit(choices)

    def _ask(self, mode: QFileDialog.FileMode, text: str, folder: str = "") -> None:
        dialog = file_dialog(self._shell, text, folder or self._shell.settings.text("ingest/folder"))
        dialog.setObjectName("ingest.choose.dialog")
        dialog.setFileMode(mode)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode is QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self._selected)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _selected(self, files: list[str]) -> None:
        paths = [Path(file) for file in files]
        if paths:
            self._shell.settings.set("ingest/folder", str(paths[0].parent))
        self.take(paths)


def _choose(paths: tuple[Path, ...], _on_progress: OnProgress, _control: Control) -> list[SourceChoice]:
    return choose(paths)
