"""Beside the list: what would be collected now, where to, and what that means for the card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.services.places import VaultSpace
from avdesk.terms import PlanState
from avdesk.ui import formats, theme
from avdesk.ui.pages.ingest_verdicts import forecast
from avdesk.ui.pages.ingest_words import short_of_space, space_needed
from avdesk.ui.pages.ingest_work import CardWork, Phase
from avdesk.ui.texts import reason, translate, word
from avdesk.ui.widgets.buttons import PrimaryButton
from avdesk.ui.widgets.cards import row_line
from avdesk.ui.widgets.facts import SidePane
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Label, Note
from avdesk.ui.widgets.states import SpaceBar


class PlanPane(SidePane):
    """Follows one :class:`CardWork`."""

    edited = Signal()
    """The reason or the switch was changed."""

    def __init__(self, on_start: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(translate("ingest", "Collect now"), name="ingest.plan.pane", parent=parent)
        self._work: CardWork | None = None
        self._spaces: tuple[VaultSpace, ...] = ()
        self._shown: tuple[tuple[VaultSpace, ...], int] | None = None
        self._make_counts()
        self._make_reason()
        self.add_section(translate("ingest", "Store in"))
        self._vaults = QVBoxLayout()
        self._vaults.setSpacing(8)
        self.body.addLayout(self._vaults)
        self.body.addWidget(row_line())
        self._erase = Note("info", "")
        self.body.addWidget(self._erase)
        self._compare = QCheckBox(translate("ingest", "Compare contents"))
        self._compare.setObjectName("ingest.plan.compare")
        self._compare.toggled.connect(self._set_compare)
        self._compare_hint = Label(
            translate(
                "ingest", "Reads what was collected before on card and vault: takes longer, proves it is the same."
            ),
            "second",
            "text2",
            wrap=True,
        )
        self.body.addWidget(self._compare)
        self.body.addWidget(self._compare_hint)
        self._why_not = Label("", "second", "warn", wrap=True)
        self.start = PrimaryButton("", on_start, size="card", name="ingest.plan.start", wide=True)
        self.foot.addWidget(self._why_not)
        self.foot.addWidget(self.start)

    def show_work(self, work: CardWork) -> None:
        """Show the choice as it is now."""
        self._work = work
        chosen = work.chosen_rows()
        count, out = len(chosen), len(work.unticked)
        self._count.setText(formats.number(count))
        size = formats.size(space_needed(work))
        self._counted.setText(translate("ingest", "file(s), {size}", None, count).format(size=size))
        new = sum(row.file.state is PlanState.NEW for row in chosen)
        for label, number in ((self._new, new), (self._differs, count - new), (self._out, out)):
            label.setText(formats.number(number))
        self._reason_box.setVisible(bool(work.unticked))
        if self._reason.currentText() != work.skip_reason:
            self._reason.setEditText(work.skip_reason)
        self._reason_head.setText(translate("ingest", "Why are %n file(s) left out?", None, out))
        theme.set_property(self._reason, "state", "bad" if work.needs_reason else "")
        tone, text, why = forecast(work.desk, work)
        self._erase.say(tone, text, why, "shield-check" if tone == "ok" else None)
        known = bool(work.count(PlanState.COLLECTED))
        self._compare.setVisible(known)
        self._compare_hint.setVisible(known)
        self._compare.setChecked(work.compare)
        self._show_vaults()
        self._show_start(count)

    def show_spaces(self, spaces: tuple[VaultSpace, ...]) -> None:
        """How much room the vaults have."""
        self._spaces = spaces
        self._show_vaults()

    def ask_reason(self) -> None:
        """Put the cursor where the reason goes."""
        self._reason.setFocus()

    def _make_counts(self) -> None:
        self._count = Label("", "head")
        self._counted = Label("", "body", "text2")
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._count)
        first.addWidget(self._counted, 1)
        self.body.addLayout(first)
        self.body.addWidget(row_line())
        self._new, self._differs, self._out = Label(), Label(), Label()
        for text, label in (
            (translate("ingest", "New files"), self._new),
            (translate("ingest", "Changed (stored beside the earlier)"), self._differs),
            (translate("ingest", "Left out"), self._out),
        ):
            across = QHBoxLayout()
            across.addWidget(Label(text, "body", "text2"), 1)
            across.addWidget(label)
            self.body.addLayout(across)

    def _make_reason(self) -> None:
        self._reason_box = QWidget()
        column = QVBoxLayout(self._reason_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._reason_head = Label("", "second", "text2")
        self._reason = QComboBox()
        self._reason.setObjectName("ingest.plan.reason")
        self._reason.setAccessibleName(translate("ingest", "Reason for leaving files out"))
        self._reason.setEditable(True)
        self._reason.addItems(
            [
                translate("ingest", "Not about the case: switched on by mistake"),
                translate("ingest", "Not about the case: private files"),
                translate("ingest", "Already handed in otherwise"),
            ]
        )
        self._reason.setCurrentIndex(-1)
        self._reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self._reason.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(translate("ingest", "Reason, once for all"))
            edit.setMaxLength(200)
        self._reason.editTextChanged.connect(self._set_reason)
        column.addWidget(self._reason_head)
        column.addWidget(self._reason)
        self.body.addWidget(self._reason_box)

    def _show_vaults(self) -> None:
        needed = space_needed(self._work) if self._work is not None else 0
        if self._shown == (self._spaces, needed):
            return
        self._shown = (self._spaces, needed)
        while (item := self._vaults.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for space in self._spaces:
            self._vaults.addWidget(_VaultRow(space, needed))

    def _show_start(self, count: int) -> None:
        work = self._work
        if work is None:
            return
        compares = work.compare and bool(work.count(PlanState.COLLECTED))
        text = (
            translate("ingest", "Start: %n file(s)", None, count) if count else translate("ingest", "Compare contents")
        )
        self.start.setText(text)
        why = ""
        if work.phase is Phase.COLLECTING:
            why = translate("ingest", "This card is being collected now.")
        elif work.needs_reason:
            why = translate("ingest", "Say why files are left out, then collecting can start.")
        elif work.officer_unknown:
            why = translate("ingest", "Whoever handed it in is not in the list. Put that right on the card.")
        elif not count and not compares:
            why = translate("ingest", "Nothing is ticked.")
        why = why or short_of_space(work)
        self._why_not.setText(why)
        self._why_not.setVisible(bool(why))
        self.start.setEnabled(not why and work.phase is Phase.READY and not work.gone)

    def _set_reason(self, text: str) -> None:
        if self._work is not None and self._work.skip_reason != text:
            self._work.skip_reason = text
            self.edited.emit()

    def _set_compare(self, on: bool) -> None:
        if self._work is not None and self._work.compare != on:
            self._work.compare = on
            self.edited.emit()


class _VaultRow(QWidget):
    """A vault: its room now, and what this card would take of it."""

    def __init__(self, space: VaultSpace, needed: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("database", "text2"))
        head.addWidget(Label(word(space.role)), 1)
        enough = space.bytes_free is not None and space.bytes_free >= needed
        tone = "ok" if enough else "warn"
        head.addWidget(Icon("circle-check" if enough else "alert-triangle", tone, 14))
        said = translate("ingest", "enough room") if enough else translate("ingest", "not enough room")
        if space.reason is not None:
            said = reason(space.reason)
        head.addWidget(ElidedLabel(said, "second", tone))
        column.addLayout(head)
        column.addWidget(ElidedLabel(space.path, "second", "text2"))
        if space.bytes_total is None or space.bytes_free is None:
            return
        free = translate("ingest", "{size} free").format(size=formats.space(space.bytes_free))
        now = translate("ingest", "this time {size}").format(size=formats.size(needed))
        bar = SpaceBar(text=f"{free}, {now}")
        total = space.bytes_total or 1
        bar.set_shares((space.bytes_total - space.bytes_free) / total, needed / total)
        column.addSpacing(2)
        column.addWidget(bar)
        figures = QHBoxLayout()
        figures.addWidget(Label(free, "second", "text2"), 1)
        figures.addWidget(Label(now, "second", "text2"))
        column.addLayout(figures)
