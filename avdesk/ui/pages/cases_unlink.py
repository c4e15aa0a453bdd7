"""Taking footage out of a case: asks for the reason, which is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.dialogs.growing import GrowingDialog
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import Label


class UnlinkDialog(GrowingDialog):
    """Accepted only with a reason; ``reason`` is what was typed."""

    def __init__(self, count: int, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cases.unlink")
        self.setWindowTitle(translate("cases", "Take out of the case"))
        self.setMinimumWidth(theme.px(440))
        self._field = QLineEdit()
        self._field.setObjectName("cases.unlink.reason")
        self._field.setMaxLength(1000)
        self._row = FieldRow(translate("cases", "Reason, kept in the history"), self._field)
        self._field.returnPressed.connect(self.accept)
        question = translate("cases", "Take %n file(s) out of {number}? They stay in the vault.", None, count)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("cases", "Cancel"), self.reject, name="cases.unlink.cancel"))
        acts.addWidget(PrimaryButton(translate("cases", "Take out"), self.accept, name="cases.unlink.accept"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(question.format(number=number), wrap=True))
        column.addWidget(self._row)
        column.addLayout(acts)
        self._field.setFocus()

    @property
    def reason(self) -> str:
        return self._field.text().strip()

    def accept(self) -> None:
        """Close with yes, once there is a reason."""
        if self.reason:
            super().accept()
        else:
            self._row.say("bad", translate("cases", "Please fill this in"))
            self._field.setFocus()
