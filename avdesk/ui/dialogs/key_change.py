"""Other keys for what a page does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QKeySequenceEdit, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.page import Key
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.labels import Label
from avdesk.ui.widgets.scroll import DownScroll


class KeyChangeDialog(QDialog):
    """A row for each act: press the key that it shall have. Keys that two acts would share are not saved."""

    saved = Signal(object)
    """A mapping of names to keys."""

    def __init__(
        self, keys: Sequence[Key], usual: Mapping[str, str], taken: Collection[str], parent: QWidget | None = None
    ) -> None:
        """``keys`` as they are now, ``usual`` as they come, by name; ``taken`` are the window's own."""
        super().__init__(parent)
        self.setObjectName("dialog.key-change")
        self.setWindowTitle(translate("shell", "Change keys"))
        self._usual = usual
        self._taken = {_portable(key) for key in taken}
        self._texts = {key.name: key.text for key in keys}
        self.fields = {key.name: _field(key) for key in keys}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self.fields.items()):
            field.keySequenceChanged.connect(self._judge)
            grid.addWidget(field, row, 0)
            grid.addWidget(Label(self._texts[name], wrap=True), row, 1)
        self._note = Label("", "body", "bad", wrap=True)
        self._note.setObjectName("dialog.key-change.note")
        self._note.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 0)
        self._save = PrimaryButton(translate("shell", "Save"), self._store, name="dialog.key-change.save")
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.MARGIN, 8, theme.MARGIN, 12)
        foot.addWidget(Button(translate("shell", "All as they come"), self.restore, name="dialog.key-change.restore"))
        foot.addStretch(1)
        foot.addWidget(Button(translate("shell", "Cancel"), self.reject, name="dialog.key-change.cancel"))
        foot.addWidget(self._save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(DownScroll(inside), 1)
        whole.addWidget(self._note)
        whole.addLayout(foot)
        resize_within(self, QSize(theme.px(520), theme.px(620)))
        self._judge()

    def restore(self) -> None:
        """Every key as it comes."""
        for name, field in self.fields.items():
            field.setKeySequence(QKeySequence(self._usual[name]))

    def _chosen(self) -> dict[str, str]:
        return {name: _portable(field.keySequence().toString()) for name, field in self.fields.items()}

    def _judge(self) -> None:
        """Say which keys can't be saved, and why."""
        chosen = self._chosen()
        keys = list(chosen.values())
        wrong = [
            translate("shell", "“{act}” has no key.").format(act=self._texts[name])
            if not key
            else translate("shell", "{key} is taken: “{act}”.").format(key=key, act=self._texts[name])
            for name, key in chosen.items()
            if not key or keys.count(key) > 1 or key in self._taken
        ]
        self._note.setText("\n".join(wrong[:3]))
        self._note.setVisible(bool(wrong))
        self._save.setEnabled(not wrong)

    def _store(self) -> None:
        chosen = self._chosen()
        self.saved.emit(chosen)
        self.accept()


def _field(key: Key) -> QKeySequenceEdit:
    made = QKeySequenceEdit(QKeySequence(key.keys))
    made.setMaximumSequenceLength(1)
    made.setObjectName(f"dialog.key-change.{key.name}")
    made.setAccessibleName(key.text)
    made.setFixedWidth(theme.px(150))
    made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    return made


def _portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
