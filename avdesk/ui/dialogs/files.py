"""Qt's own dialog for files, shown where the desktop brings none, with the words that Qt's Chinese lacks."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from avdesk.ui.texts import translate


def file_dialog(parent: QWidget, title: str, folder: str) -> QFileDialog:
    """A dialog that begins in ``folder``."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, translate("shell", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, translate("shell", "File type:"))
    return dialog
