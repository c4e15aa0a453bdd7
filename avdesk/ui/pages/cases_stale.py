"""Somebody else changed the case meanwhile: what stands there now, what was typed here, and the choice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from avdesk.services.cases import CaseDetails
from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.labels import Label, Note


class StaleBox(Card):
    """Both signals come with the :class:`CaseDetails` that stand there now."""

    keep_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=12, name="cases.stale", parent=parent)
        self._theirs: CaseDetails | None = None
        self.body.addWidget(
            Note("warn", translate("cases", "Somebody else changed this case meanwhile; nothing was overwritten."))
        )
        self._values: list[tuple[Label, Label]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        heads = (translate("cases", "Now"), translate("cases", "Yours"))
        for column, head in enumerate(heads, start=1):
            grid.addWidget(Label(head, "second", "text2"), 0, column)
            grid.setColumnStretch(column, 1)
        names = (translate("cases", "Case number"), translate("cases", "Case name"), translate("cases", "Party"))
        for row, name in enumerate(names, start=1):
            grid.addWidget(Label(name, "second", "text2"), row, 0)
            pair = (Label(wrap=True), Label(wrap=True))
            for column, label in enumerate(pair, start=1):
                grid.addWidget(label, row, column)
            self._values.append(pair)
        self.body.addLayout(grid)
        acts = QHBoxLayout()
        acts.addWidget(Button(translate("cases", "Save mine"), self._keep, name="cases.stale.keep"))
        acts.addWidget(Button(translate("cases", "Leave it as it is now"), self._drop, name="cases.stale.drop"))
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.hide()

    def compare(self, mine: tuple[str, str, str], theirs: CaseDetails) -> None:
        """Show both; what differs is in the colour of attention."""
        self._theirs = theirs
        case = theirs.case
        for pair, now, own in zip(self._values, (case.number, case.title, case.party or ""), mine, strict=True):
            for label, text in zip(pair, (now, own), strict=True):
                label.setText(text or "—")
                label.set_tone("text" if now == own else "warn")
        self.show()

    def _keep(self) -> None:
        self.keep_wanted.emit(self._theirs)

    def _drop(self) -> None:
        self.drop_wanted.emit(self._theirs)
