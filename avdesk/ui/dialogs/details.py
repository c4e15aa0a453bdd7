"""Details of a message, and the report of a bug: text that can be copied."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.labels import Label


class DetailsDialog(QDialog):
    """A sentence, and the text below it with a button that copies."""

    def __init__(self, sentence: str, details: str, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("dialog.details")
        self.setWindowTitle(title or translate("shell", "Details"))
        resize_within(self, QSize(theme.px(640), theme.px(360)))
        self._details = details
        text = QPlainTextEdit(details)
        text.setObjectName("dialog.details.text")
        text.setReadOnly(True)
        text.setAccessibleName(translate("shell", "Details"))
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("shell", "Copy"), self.copy, icon="copy", name="dialog.details.copy"))
        close = PrimaryButton(translate("shell", "Close"), self.accept, name="dialog.details.close")
        close.setDefault(True)
        acts.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(sentence, wrap=True))
        column.addWidget(text, 1)
        column.addLayout(acts)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
