"""The field for who handed a card in: name or enforcement ID, with completion; it may stay empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from avdesk.services.people import PersonFacts
from avdesk.ui import theme
from avdesk.ui.pages.ingest_words import person_text
from avdesk.ui.texts import translate


class PersonField(QComboBox):
    """``decided`` comes with a :class:`PersonFacts`, or ``None`` for nobody; ``unknown`` tells whether something else
    stands in the field.
    """

    decided = Signal(object, bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        hint = translate("ingest", "Handed in by: name or enforcement ID (optional)")
        self.setAccessibleName(hint)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(hint)
            edit.setAccessibleName(hint)
            edit.editingFinished.connect(self._decide)
        completer = self.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._people: list[PersonFacts] = []
        self._told: tuple[str | None, bool] = (None, False)
        self.activated.connect(self._decide)

    def set_people(self, people: Sequence[PersonFacts]) -> None:
        """Offer these; what was typed stays."""
        typed = self.currentText()
        self._people = [person for person in people if person.active]
        self.clear()
        for person in self._people:
            self.addItem(person_text(person))
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    def show_person(self, person: PersonFacts | None) -> None:
        """Show a decision that was made elsewhere."""
        if self.hasFocus() or (person is None and self._told[1]):
            return
        self.setEditText(person_text(person) if person is not None else "")
        self._told = (person.person_id if person is not None else None, False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page changes nobody."""
        event.ignore()

    def _decide(self, _index: int = -1) -> None:
        typed = self.currentText().strip()
        fits = [person for person in self._people if typed in (person_text(person), person.name, person.enforcement_id)]
        person = fits[0] if len(fits) == 1 else None
        unknown = bool(typed) and person is None
        theme.set_property(self, "state", "bad" if unknown else "")
        if person is not None:
            self.setEditText(person_text(person))
        told = (person.person_id if person is not None else None, unknown)
        if told != self._told:
            self._told = told
            self.decided.emit(person, unknown)
