"""Copying files out for the maker's player: asks why and where to, does it beside the window, says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.copying_out import CopiedOut, copy_out
from avdesk.services.desk import Desk
from avdesk.terms import Right
from avdesk.ui import theme
from avdesk.ui.dialogs.files import file_dialog
from avdesk.ui.dialogs.growing import GrowingDialog
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.shell import Shell
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import Label

_FOLDER = "copy-out/folder"
_LANE = "copy-out"


def may_copy_out(desk: Desk) -> bool:
    """Whether to offer it."""
    return Right.EXPORT in desk.rights


class CopyOutDialog(GrowingDialog):
    """Asks why, and whether the sidecars go along; what it is for stands in the custody of each file."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy-out")
        self.setWindowTitle(translate("copying_out", "Copy out"))
        self.setMinimumWidth(theme.px(460))
        self._field = QLineEdit()
        self._field.setObjectName("copy-out.reason")
        self._field.setMaxLength(1000)
        self._field.returnPressed.connect(self.accept)
        self._sidecars = QCheckBox(translate("copying_out", "With the files of the same name beside it"))
        self._sidecars.setObjectName("copy-out.sidecars")
        self._sidecars.setChecked(True)
        question = translate("copying_out", "Copy %n file(s) out of the vault? The originals stay there.", None, count)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("copying_out", "Cancel"), self.reject, name="copy-out.cancel"))
        acts.addWidget(
            PrimaryButton(translate("copying_out", "Choose folder…"), self.accept, icon="folder", name="copy-out.go")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(question, wrap=True))
        column.addWidget(FieldRow(translate("copying_out", "Reason, kept in the custody of each file"), self._field))
        column.addWidget(self._sidecars)
        column.addLayout(acts)
        self._field.setFocus()

    @property
    def reason(self) -> str:
        return self._field.text().strip()

    @property
    def with_sidecars(self) -> bool:
        return self._sidecars.isChecked()


class CopyingOut(QObject):
    """The act for any page: :meth:`ask` with the recordings, nothing where :func:`may_copy_out` is false."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desk = shell.desk
        self._ids: tuple[str, ...] = ()
        self._folder = ""
        self.dialog: CopyOutDialog | None = None
        self.folders: QFileDialog | None = None

    def ask(self, recording_ids: Sequence[str]) -> None:
        """Ask why, then where to, then copy these."""
        if not recording_ids or not may_copy_out(self._shell.desk):
            return
        self._desk, self._ids = self._shell.desk, tuple(recording_ids)
        self.dialog = CopyOutDialog(len(self._ids), self._shell)
        self.dialog.accepted.connect(self._ask_folder)
        self.dialog.open()

    def _ask_folder(self) -> None:
        folder = self._shell.settings.text(_FOLDER) or str(Path.home())
        title = translate("copying_out", "Where the files are copied to")
        self.folders = file_dialog(self._shell, title, folder)
        self.folders.setObjectName("copy-out.folder")
        self.folders.setFileMode(QFileDialog.FileMode.Directory)
        self.folders.setOption(QFileDialog.Option.ShowDirsOnly)
        self.folders.fileSelected.connect(self._go)
        self.folders.finished.connect(self.folders.deleteLater)
        self.folders.open()

    def _go(self, folder: str) -> None:
        if self.dialog is None:
            return
        self._shell.settings.set(_FOLDER, folder)
        work = partial(_copy, self._desk, self._ids, Path(folder), self.dialog.reason, self.dialog.with_sidecars)
        title = translate("copying_out", "Copying files out")
        self._shell.runner.start(work, lane=_LANE, on_success=self._done, title=title)

    def _done(self, done: CopiedOut) -> None:
        self._folder = done.folder
        count = translate("copying_out", "%n file(s)", None, len(done.files))
        told = translate("copying_out", "{count} copied to {folder} and verified").format(
            count=count, folder=done.folder
        )
        untold = sum(finding.code == "NOT_COPIED_OUT" for finding in done.findings)
        if untold:
            left = translate("copying_out", "%n not copied", None, untold)
            told = translate("copying_out", "{told}; {left}").format(told=told, left=left)
        kind = "ok" if not done.findings else "warn" if done.files else "bad"
        details = "\n".join(sentence(finding) for finding in done.findings)
        act = Act(translate("copying_out", "Open folder"), self._open)
        self._shell.say(kind, told, details or None, act if done.files else None)
        self._shell.tell("recordings")

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)):
            text = translate("copying_out", "No program here opens folders. The files are in {folder}.")
            self._shell.say("info", text.format(folder=self._folder))


def _copy(
    desk: Desk,
    recording_ids: Sequence[str],
    folder: Path,
    reason: str,
    with_sidecars: bool,
    on_progress: OnProgress,
    control: Control,
) -> CopiedOut:
    """On a lane of its own."""
    return copy_out(
        *(desk, recording_ids, folder),
        reason=reason,
        with_sidecars=with_sidecars,
        on_progress=on_progress,
        control=control,
    )
