"""What the tests of exported lists share: the file dialog, answered by keyboard, and the sheet read back."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def save_as(dialog: QFileDialog | None, file: Path, qtbot: QtBot) -> None:
    """Type a place into the dialog and press Enter."""
    assert dialog is not None and dialog.isVisible()
    edit = dialog.findChild(QLineEdit, "fileNameEdit")
    assert edit is not None
    edit.setText(str(file))
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def answer_overwriting(dialog: QFileDialog | None, *, yes: bool) -> str:
    """Answer whether a file that is there shall be replaced; what was asked."""
    assert dialog is not None
    (asked,) = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
    box = asked.findChild(QDialogButtonBox)
    assert box is not None
    which = QDialogButtonBox.StandardButton.Yes if yes else QDialogButtonBox.StandardButton.No
    box.button(which).click()
    return asked.text()


def sheet(file: Path) -> list[list[str]]:
    """The texts and numbers of a sheet, row by row."""
    with zipfile.ZipFile(file) as archive:
        read = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        ["".join(part.text or "" for part in cell.iter() if part.tag in (f"{_SPACE}t", f"{_SPACE}v")) for cell in row]
        for row in read.iter(f"{_SPACE}row")
    ]
