"""Writing a marker: its kind, its time or span, its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError, StaleEdit
from avdesk.services.markers import Marker
from avdesk.terms import MarkerKind
from avdesk.ui import theme
from avdesk.ui.pages.player_goto import seconds_of
from avdesk.ui.pages.player_seek import exact
from avdesk.ui.runner import Job
from avdesk.ui.texts import sentence, translate, word
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import Label, Note

_LONGEST = 1000


class MarkerDialog(QDialog):
    """Closes when the change is stored. What is wrong stands at its field, and what was typed stays."""

    wanted = Signal()
    """The person wants what the fields say."""
    saved = Signal(object)
    """The :class:`Marker` as it is stored now."""
    outdated = Signal(object)
    """This dialog itself: somebody else changed the marker since it was read."""

    def __init__(self, marker: Marker, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.marker")
        self.setWindowTitle(translate("player", "Marker"))
        self.setMinimumWidth(theme.px(420))
        self.marker = marker
        self._kind = QComboBox()
        self._kind.setObjectName("dialog.marker.kind")
        for kind in MarkerKind:
            self._kind.addItem(word(kind), kind.value)
        self._at, self._to, self._text = QLineEdit(), QLineEdit(), QLineEdit()
        for name, field in (("at", self._at), ("to", self._to), ("text", self._text)):
            field.setObjectName(f"dialog.marker.{name}")
        self._text.setMaxLength(_LONGEST)
        self._to.setPlaceholderText(translate("player", "empty: a moment"))
        self._rows = {
            "at": FieldRow(translate("player", "From"), self._at),
            "to": FieldRow(translate("player", "To"), self._to),
        }
        times = QHBoxLayout()
        for row in self._rows.values():
            times.addWidget(row)
        self._note = Note("warn", "")
        self._note.setObjectName("dialog.marker.note")
        self._note.hide()
        self._save = PrimaryButton(translate("player", "Save"), self._ask, name="dialog.marker.save")
        self._save.setDefault(True)
        foot = QHBoxLayout()
        author = translate("player", "By {person}").format(person=marker.author)
        foot.addWidget(Label(author, "second", "text2"), 1)
        foot.addWidget(Button(translate("player", "Cancel"), self.reject, name="dialog.marker.cancel"))
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, 14)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addWidget(FieldRow(translate("player", "Words"), self._text))
        column.addWidget(FieldRow(translate("player", "What it is"), self._kind))
        column.addLayout(times)
        column.addLayout(foot)
        self._fill(marker)
        self._text.setFocus()

    @property
    def kind(self) -> MarkerKind:
        return MarkerKind(self._kind.currentData())

    @property
    def at(self) -> float:
        """Seconds of the recording; an untouched time keeps its thousandths."""
        return self._seconds(self._at, self.marker.at_s) or 0.0

    @property
    def to(self) -> float | None:
        return self._seconds(self._to, self.marker.to_s)

    @property
    def text(self) -> str:
        return self._text.text()

    def done_with(self, marker: Marker) -> None:
        """It is stored."""
        self.saved.emit(marker)
        self.accept()

    def show_error(self, error: AvdeskError) -> None:
        """It is not: why, and everything as it was typed."""
        if isinstance(error, StaleEdit):
            self.outdated.emit(self)
            return
        self._say("bad", sentence(error))

    def take_newer(self, markers: Sequence[Marker]) -> None:
        """What somebody else made of it; saving again writes over that knowingly."""
        newer = next((marker for marker in markers if marker.marker_id == self.marker.marker_id), None)
        if newer is None:
            self._say("bad", translate("player", "Somebody else removed this marker."))
            self._save.setEnabled(False)
            return
        said = translate(
            "player",
            "Somebody else changed this marker meanwhile. It says now: {words}. Save again to write yours over it.",
        )
        self._say("warn", said.format(words=" ".join(filter(None, (word(newer.kind), newer.text)))))
        self.marker = newer

    def free(self, _job: Job) -> None:
        """The answer is there: it can be tried again."""
        self._save.setEnabled(True)

    def _fill(self, marker: Marker) -> None:
        self._kind.setCurrentIndex(self._kind.findData(marker.kind.value))
        self._at.setText(exact(marker.at_s))
        self._to.setText("" if marker.to_s is None else exact(marker.to_s))
        self._text.setText(marker.text)

    def _seconds(self, field: QLineEdit, before: float | None) -> float | None:
        text = field.text().strip()
        if before is not None and text == exact(before):
            return before
        return seconds_of(text) if text else None

    def _ask(self) -> None:
        wrong = dict.fromkeys(self._rows, "")
        if seconds_of(self._at.text()) is None:
            wrong["at"] = translate("player", "This is no time.")
        if self._to.text().strip() and seconds_of(self._to.text()) is None:
            wrong["to"] = translate("player", "This is no time.")
        for name, words in wrong.items():
            self._rows[name].say("bad", words)
        if not any(wrong.values()):
            self._save.setEnabled(False)
            self.wanted.emit()

    def _say(self, tone: str, words: str) -> None:
        self._note.say(tone, words)
        self._note.show()
        self._save.setEnabled(True)
