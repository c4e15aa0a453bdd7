"""A card on the page: whose it is, what it is and why, what is new, what is wrong, what to press."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QVBoxLayout, QWidget

from avdesk.progress import Progress as Done
from avdesk.services.cards import RecorderName
from avdesk.services.people import PersonFacts
from avdesk.terms import PlanState
from avdesk.ui import formats, theme
from avdesk.ui.pages.ingest_notes import Doing, notes_of
from avdesk.ui.pages.ingest_people import PersonField
from avdesk.ui.pages.ingest_verdicts import problems, result_count
from avdesk.ui.pages.ingest_words import (
    card_kind,
    card_owner,
    card_place,
    short_of_space,
    stock,
)
from avdesk.ui.pages.ingest_work import CardWork, Phase
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from avdesk.ui.widgets.cards import Card, row_line
from avdesk.ui.widgets.labels import ElidedLabel, Label
from avdesk.ui.widgets.states import Progress, StateRing


class IngestCard(Card):
    """Shows one :class:`CardWork`. What reaches beyond the card is asked of the page by signals."""

    list_wanted = Signal(object)
    result_wanted = Signal(object)
    print_wanted = Signal(object)
    dismissed = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, work: CardWork, number: int, names: Mapping[str, RecorderName], parent: QWidget) -> None:
        super().__init__(name=f"ingest.card.{number}", parent=parent)
        self.work = work
        self.number = number
        self._names = names
        self._doing: Doing | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setSpacing(6)
        self._make_head()
        self._make_facts()
        self._make_progress()
        self.body.addWidget(row_line())
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        self.body.addLayout(self._notes)
        self._make_person()
        self.body.addStretch(1)
        self._make_acts()
        work.changed.connect(self.show_work)
        work.progressed.connect(self._show_progress)
        self.show_work()

    def set_people(self, people: Sequence[PersonFacts]) -> None:
        """Whom the chooser offers. Who is named in the file names is proposed, once."""
        self._person.set_people(people)
        self._person.show_person(self.work.officer)

    def set_names(self, names: Mapping[str, RecorderName]) -> None:
        self._names = names
        self.show_work()

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in the order it is seen."""
        return (self, self._person, *self._buttons)

    def word(self) -> str:
        """The state in one word."""
        return self._state()[1]

    def ring_state(self) -> str:
        return self._state()[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the card itself does what its first button does."""
        first = self._first_button()
        if self.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first is not None:
            first.click()
            return
        super().keyPressEvent(event)

    def _spoken(self) -> str:
        """What a screen reader says of the card."""
        shown = (self._title, self._kind, self._count, self._counted)
        return " ".join([*(label.text() for label in shown if label.text()), self.word()])

    # the parts

    def _named(self, part: str) -> str:
        return f"{self.objectName()}.{part}"

    def _make_head(self) -> None:
        self._title = ElidedLabel("", "head")
        self._kind = ElidedLabel("", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self._kind, 1, Qt.AlignmentFlag.AlignBottom)
        self._owner = ElidedLabel("", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        self._place = ElidedLabel("", "second", "text3", mode=Qt.TextElideMode.ElideRight)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        words.addWidget(self._owner)
        words.addWidget(self._place)
        words.addStretch(1)
        self._ring = StateRing(name=self._named("state"))
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addLayout(words, 1)
        across.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(across)

    def _make_facts(self) -> None:
        self._facts = QWidget()
        self._count = Label("", "head")
        self._counted = ElidedLabel("", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        self._when = Label("", "body", "text2", wrap=True)
        first = QHBoxLayout()
        first.setSpacing(5)
        first.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self._counted, 1, Qt.AlignmentFlag.AlignBottom)
        column = _column(self._facts, 2)
        column.addLayout(first)
        column.addWidget(self._when)
        self.body.addWidget(self._facts)

    def _make_progress(self) -> None:
        self._running = QWidget()
        self._files = Label("", "row")
        self._left = Label("", "body", "text2")
        self._bar = Progress(name=self._named("progress"), text=translate("ingest", "Progress of collecting"))
        self._sizes = Label("", "body", "text2")
        self._rate = Label("", "body", "text2")
        column = _column(self._running, 6)
        column.addLayout(_pair(self._files, self._left))
        column.addWidget(self._bar)
        column.addLayout(_pair(self._sizes, self._rate))
        self.body.addWidget(self._running)

    def _make_person(self) -> None:
        self._person = PersonField(self._named("handed_in_by"))
        self._person.decided.connect(self._decide_person)
        self._person_hint = Label(
            translate("ingest", "Nobody of that name or number. Choose from the list, or leave it empty."),
            "second",
            "bad",
            wrap=True,
        )
        self.body.addWidget(self._person)
        self.body.addWidget(self._person_hint)

    def _make_acts(self) -> None:
        work = self.work
        self._start = PrimaryButton(
            translate("ingest", "Start collecting"), self._start_clicked, size="card", name=self._named("start")
        )
        self._compare = Button(
            translate("ingest", "Compare contents"), work.compare_all, size="card", name=self._named("compare")
        )
        self._retry = PrimaryButton("", work.retry, size="card", name=self._named("retry"))
        self._again = PrimaryButton(
            translate("ingest", "Read the card again"), self._read_again, size="card", name=self._named("read_again")
        )
        self._all = Button(
            translate("ingest", "Read all of it"), self._read_all, size="card", name=self._named("read_all")
        )
        self._folder = PrimaryButton(
            translate("ingest", "Choose a folder of it…"), self._choose_folder, size="card", name=self._named("folder")
        )
        self._pause = Button(
            translate("ingest", "Pause"), work.pause, icon="player-pause", size="card", name=self._named("pause")
        )
        self._resume = Button(
            translate("ingest", "Go on"), work.resume, icon="player-play", size="card", name=self._named("resume")
        )
        self._cancel = Button(translate("ingest", "Cancel"), work.cancel, size="card", name=self._named("cancel"))
        self._print = Button(
            translate("ingest", "Save report…"),
            self._print_clicked,
            icon="file-type-pdf",
            size="card",
            name=self._named("print"),
        )
        self._result = Button(
            translate("ingest", "Details"), self._result_clicked, size="card", name=self._named("result")
        )
        self._list = Button(translate("ingest", "Show list"), self._list_clicked, size="card", name=self._named("list"))
        self._close = Button(translate("ingest", "Put away"), self._dismiss, size="card", name=self._named("close"))
        self._more = IconButton("dots-vertical", translate("ingest", "More"), self._open_menu, name=self._named("more"))
        self._buttons: tuple[QWidget, ...] = (
            *(self._start, self._retry, self._again, self._folder, self._all, self._compare),
            *(self._pause, self._resume, self._cancel, self._print, self._result, self._list, self._close, self._more),
        )
        across = QHBoxLayout()
        across.setContentsMargins(0, 2, 0, 0)
        across.setSpacing(8)
        for button in self._buttons:
            across.addWidget(button)
        across.addStretch(1)
        self.body.addLayout(across)

    # what it shows

    def show_work(self, _work: object = None) -> None:
        """Show the card as it is now."""
        work = self.work
        self._title.setText(work.title)
        self._kind.setText(card_kind(work, self._names) if work.phase is not Phase.READING else "")
        self._owner.setText(card_owner(work) if work.plans or work.place.chosen else "")
        self._place.setText(card_place(work))
        self._ring.show_state(*self._state())
        self.set_state("run" if work.busy else "")
        self._show_facts()
        self._running.setVisible(work.busy)
        self._show_notes()
        if work.busy:
            self._show_progress(work.job.progress if work.job is not None else None)
        ready = work.phase is Phase.READY
        self._person.setVisible(ready and not work.nothing_new)
        self._person.show_person(work.officer)
        self._person_hint.setVisible(ready and work.officer_unknown)
        self._show_acts()
        self.setAccessibleName(self._spoken())

    def _state(self) -> tuple[str, str, int]:
        """Shape, word and per cent."""
        work = self.work
        if work.busy:
            word = translate("ingest", "Paused") if work.paused else translate("ingest", "Collecting")
            return "run", word, self._percent()
        if work.phase is Phase.READING:
            return "empty", translate("ingest", "Reading"), 0
        if work.phase is Phase.DONE and work.result is not None:
            if work.result.stopped == "CANCELLED":
                return "warn", translate("ingest", "Stopped"), 0
            if work.result.complete:
                return "ok", translate("ingest", "Verified"), 0
            return "warn", translate("ingest", "Trouble"), 0
        if work.phase is Phase.FAILED or work.error is not None:
            return "warn", translate("ingest", "Trouble"), 0
        if work.nothing_new:
            return "empty", translate("ingest", "Nothing new"), 0
        return "empty", translate("ingest", "To collect"), 0

    def _percent(self) -> int:
        progress = self.work.job.progress if self.work.job is not None else None
        if progress is None or not progress.bytes_total:
            return 0
        return min(100 * progress.bytes_done // progress.bytes_total, 100)

    def _show_facts(self) -> None:
        work = self.work
        if work.phase is Phase.READY:
            words = stock(work, datetime.now(work.desk.zone))
        elif work.phase is Phase.DONE and work.result is not None:
            words = result_count(work.result)
        elif work.phase is Phase.READING:
            words = ("", translate("ingest", "Reading the card…"), "")
        else:
            words = ("", "", "")
        self._facts.setVisible(any(words))
        for label, text in zip((self._count, self._counted, self._when), words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def _show_progress(self, progress: Done | None) -> None:
        work = self.work
        self._ring.show_state(*self._state())
        if progress is None:
            waits = work.job is not None and work.job.began is None
            self._files.setText(translate("ingest", "Waiting…") if waits else translate("ingest", "Preparing…"))
            self._bar.set_share(0, 1)
            for label in (self._left, self._sizes, self._rate):
                label.setText("")
            return
        work.pace.tell(progress, time.monotonic())
        done, total = max(progress.files_done - work.aside, 0), max(progress.files_total - work.aside, 1)
        head = (
            translate("ingest", "Paused at {done} / {total}")
            if work.paused
            else translate("ingest", "Collecting {done} / {total}")
        )
        self._files.setText(head.format(done=min(done, total), total=total))
        left = work.pace.left(progress)
        self._left.setText(formats.left(left) if left is not None and not work.paused else "")
        self._bar.set_share(progress.bytes_done, progress.bytes_total)
        self._sizes.setText(f"{formats.size(progress.bytes_done)} / {formats.size(progress.bytes_total)}")
        self._rate.setText(formats.rate(work.pace.rate) if work.pace.rate and not work.paused else "")
        if self._doing is not None:
            self._doing.tell(progress.path or "")

    def _show_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._doing = Doing() if self.work.busy else None
        for note in ([self._doing] if self._doing is not None else []) + notes_of(self.work):
            self._notes.addWidget(note)
            note.show()  # now, as Qt would do it a moment later, after the buttons

    # its acts

    def _show_acts(self) -> None:
        work, phase = self.work, self.work.phase
        ready = phase is Phase.READY
        failed = len(problems(work.result.reports)) if work.result is not None else 0
        done = phase is Phase.DONE
        compares = (ready and work.nothing_new and bool(work.count(PlanState.COLLECTED))) or self._may_compare()
        shown = {
            self._start: ready and not work.nothing_new,
            self._compare: compares,
            self._retry: done and not work.gone and (failed > 0 or not self._whole()),
            self._again: phase is Phase.FAILED and not work.gone,
            self._all: phase is Phase.VAST,
            self._folder: phase is Phase.VAST,
            self._pause: work.busy and not work.paused,
            self._resume: work.busy and work.paused,
            self._cancel: work.busy,
            self._print: done,
            self._result: done,
            self._list: ready or work.busy,
            self._close: work.gone and not work.busy,
            self._more: not work.busy and phase is not Phase.READING and not work.gone,
        }
        theme.set_property(self._compare, "kind", "primary" if ready else "")
        retry = (
            translate("ingest", "Retry %n file(s)", None, failed) if failed else translate("ingest", "Collect again")
        )
        if work.result is not None and work.result.stopped == "CANCELLED":
            retry = translate("ingest", "Go on collecting")
        self._retry.setText(retry)
        self._compare.setEnabled(not ready or not short_of_space(work))
        self._start.setEnabled(not short_of_space(work) and not work.officer_unknown and not work.gone)
        kept = self._focused_act()
        for button, visible in shown.items():
            button.setVisible(visible)
        if kept is not None and not kept.isVisibleTo(self):
            self.setFocus()

    def _whole(self) -> bool:
        return self.work.result is not None and self.work.result.complete

    def _may_compare(self) -> bool:
        """Whether comparing is all that is missing for emptying the card."""
        result = self.work.result
        if self.work.phase is not Phase.DONE or result is None or self.work.gone or not result.complete:
            return False
        codes = {reason.code for report in result.reports for reason in report.reasons}
        return codes == {"NOT_COMPARED"}

    def _focused_act(self) -> QWidget | None:
        return next((button for button in self._buttons if button.hasFocus()), None)

    def _first_button(self) -> Button | None:
        for button in self._buttons:
            if isinstance(button, Button) and button.isVisibleTo(self) and button.isEnabled():
                return button
        return None

    def _start_clicked(self) -> None:
        if self.work.needs_reason:
            self.list_wanted.emit(self.work)
        else:
            self.work.start()

    def _read_again(self) -> None:
        self.work.look()

    def _read_all(self) -> None:
        self.work.look(everything=True)

    def _list_clicked(self) -> None:
        self.list_wanted.emit(self.work)

    def _result_clicked(self) -> None:
        self.result_wanted.emit(self.work)

    def _print_clicked(self) -> None:
        self.print_wanted.emit(self.work)

    def _choose_folder(self) -> None:
        self.folder_wanted.emit(self.work)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.work)

    def _decide_person(self, person: PersonFacts | None, unknown: bool) -> None:
        self.work.officer, self.work.officer_unknown = person, unknown
        self.work.officer_guessed = False
        self.work.tell()

    def menu(self) -> QMenu:
        """What is seldom wanted."""
        work = self.work
        menu = QMenu(self)
        menu.setObjectName(self._named("menu"))
        menu.addAction(translate("ingest", "Read the card again"), self._read_again)
        if work.phase is Phase.READY and work.count(PlanState.COLLECTED) and not work.nothing_new:
            act = menu.addAction(translate("ingest", "Compare contents while collecting"))
            act.setCheckable(True)
            act.setChecked(work.compare)
            act.toggled.connect(self._set_compare)
        if work.place.chosen:
            menu.addAction(translate("ingest", "Take off this page"), self._dismiss)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _set_compare(self, on: bool) -> None:
        self.work.compare = on
        self.work.tell()


def _column(widget: QWidget, spacing: int) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def _pair(left: QWidget, right: QWidget) -> QLayout:
    across = QHBoxLayout()
    across.addWidget(left)
    across.addStretch(1)
    across.addWidget(right)
    return across
