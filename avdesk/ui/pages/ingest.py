"""Collecting: a card appears by itself, says what it is, and is collected by one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cards import CardVolume, RecorderName, list_cards, recorder_names, watch_cards
from avdesk.services.desk import Desk
from avdesk.services.ingest import SourceChoice
from avdesk.services.interruptions import Interruption, list_interruptions
from avdesk.services.people import People, PersonFacts, list_people
from avdesk.services.places import VaultSpaces, vault_spaces
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.page import Command, Key, KeyGroup, Page, PageHead
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_choose import SourceChooser
from avdesk.ui.pages.ingest_export import PlanExport
from avdesk.ui.pages.ingest_grid import CardGrid
from avdesk.ui.pages.ingest_plan import PlanView
from avdesk.ui.pages.ingest_report import ReportPrinter
from avdesk.ui.pages.ingest_result import ResultDialog
from avdesk.ui.pages.ingest_tile import SourceTile
from avdesk.ui.pages.ingest_verdicts import interruption_text, matching, result_count
from avdesk.ui.pages.ingest_watch import MountNotifier
from avdesk.ui.pages.ingest_words import card_title, joined, short_of_space
from avdesk.ui.pages.ingest_work import CardWork, Phase, Place, same_card
from avdesk.ui.runner import QUERY, Job, Runner, volume_lane
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.scroll import DownScroll

_MOUNTS = volume_lane("mounts")
_AUTO = "ingest/auto"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the page reads from the catalogue."""

    people: People
    names: Mapping[str, RecorderName]
    interruptions: tuple[Interruption, ...]


class IngestPage(Page):
    """The cards that are in, and what else was pointed at."""

    NAME: ClassVar[str] = "ingest"
    ICON: ClassVar[str] = "device-sd-card"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"people", "vaults", "volumes", "ingests"})

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.setAcceptDrops(True)
        self.works: list[CardWork] = []
        self._cards: dict[CardWork, IngestCard] = {}
        self._people: Sequence[PersonFacts] = ()
        self._names: Mapping[str, RecorderName] = {}
        self._interruptions: tuple[Interruption, ...] = ()
        self._told: set[str] = set()
        self._warned = ""
        self._listed = False
        self._wanted: tuple[str, bool] | None = None
        self._left: CardWork | None = None
        self.chooser = SourceChooser(runner, shell, self)
        self.chooser.chosen.connect(self._take_choices)
        self._printer = ReportPrinter(runner, shell, self)
        self._make_cards()
        self._export = PlanExport(shell, self)
        self._plan = PlanView(shell.settings, self.show_cards, self._start_from_plan, self._export.ask_for, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._cards_view)
        self._stack.addWidget(self._plan)
        self.body.addWidget(self._stack)
        shell.task_strip.opened.connect(self._open_job)
        self._notifier = MountNotifier(watch_cards(desk), self)
        self._notifier.changed.connect(self._look_for_cards)
        self._notifier.changed.connect(shell.vault_room.look)
        shell.vault_room.changed.connect(self._vaults_changed)
        QTimer.singleShot(0, self, self._look_for_cards)

    @classmethod
    def title(cls) -> str:
        return translate("ingest", "Collect")

    @property
    def cards(self) -> tuple[IngestCard, ...]:
        """In the order shown."""
        return tuple(self._cards[work] for work in self.works)

    def refresh(self) -> None:
        desk = self.desk

        def read(_on_progress: OnProgress, _control: Control) -> _Known:
            return _Known(list_people(desk), recorder_names(desk), list_interruptions(desk))

        self.runner.start(read, lane=QUERY, on_success=self._take_known)
        self._look_for_cards()

    def on_shown(self, **state: object) -> None:
        """``mount`` puts the card at that folder in front, ``folder`` adds a folder; ``list`` opens its list too."""
        for key in ("mount", "folder"):
            if isinstance(state.get(key), str):
                self._wanted = (str(state[key]), bool(state.get("list")))
        if isinstance(state.get("folder"), str):
            self.chooser.take([Path(str(state["folder"]))])
        self._show_wanted()

    def take_desk(self, desk: Desk) -> None:
        moved = desk.vaults != self.desk.vaults
        for work in self.works:
            work.desk = desk
        if moved:
            self._vaults_changed()
        super().take_desk(desk)

    def _vaults_changed(self) -> None:
        """What a card waits for may be there now, or gone."""
        for work in self.works:
            if work.phase is Phase.READY and not work.gone:
                work.look()

    def save_state(self) -> None:
        self._plan.save_state()

    def keys(self) -> Sequence[Key]:
        return (
            Key("Ctrl+O", translate("ingest", "Choose a folder to collect"), self.chooser.ask_folder),
            Key("Ctrl+Return", translate("ingest", "Start collecting all cards"), self.start_all),
            Key("Ctrl+E", translate("ingest", "Export the list of the card"), self._plan.export),
            Key("Escape", translate("ingest", "From the list back to the cards"), self.show_cards),
        )

    def list_keys(self) -> Sequence[KeyGroup]:
        if self._stack.currentWidget() is self._plan:
            return self._plan.list_keys()
        told = [
            ("Tab", translate("ingest", "Next card or button")),
            ("Return", translate("ingest", "Its first button")),
        ]
        return ((translate("ingest", "On a card"), told),)

    def commands(self) -> Sequence[Command]:
        return (
            Command(translate("ingest", "Collect a folder…"), "folder-open", self.chooser.ask_folder),
            Command(translate("ingest", "Collect files…"), "files", self.chooser.ask_files),
        )

    # its looks

    def _make_cards(self) -> None:
        self._cards_view = QWidget()
        column = QVBoxLayout(self._cards_view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = PageHead(self.title())
        self._auto = QCheckBox(translate("ingest", "Start by itself when a recorder's card is put in"))
        self._auto.setObjectName("ingest.auto")
        self._auto.setChecked(self.shell.settings.flag(_AUTO))
        self._auto.toggled.connect(self._set_auto)
        self._all = Button(translate("ingest", "Start all"), self.start_all, name="ingest.start_all")
        self._head.add(self._auto)
        self._head.add(self._all)
        column.addWidget(self._head)
        self._grid = CardGrid()
        self._tile = SourceTile(self.chooser.ask_folder, self.chooser.ask_files)
        self._scroll = DownScroll(self._grid)
        column.addWidget(self._scroll, 1)
        self._arrange()

    def _arrange(self) -> None:
        self._grid.set_cells([*self.cards, self._tile])
        self._tile.show_empty(not self.works)
        stops = [stop for card in self.cards for stop in card.tab_stops()]
        for before, after in pairwise([self._all, *stops, *self._tile.tab_stops()]):
            QWidget.setTabOrder(before, after)
        self._count()

    def _count(self) -> None:
        """The line beside the title, and what waits in the side bar."""
        words: dict[str, int] = {}
        for card in self.cards:
            words[card.word()] = words.get(card.word(), 0) + 1
        cards = len(self.works)
        total = translate("ingest", "%n card(s)", None, cards) if cards else ""
        said = joined(f"{word} {count}" for word, count in words.items())
        self._head.say(f"{total}    {said}" if total else "")
        ready = [work for work in self.works if work.phase is Phase.READY and not work.nothing_new]
        self._all.setVisible(len(ready) > 1)
        self.shell.set_count(self.NAME, len(ready))

    # cards come and go

    def _look_for_cards(self) -> None:
        desk = self.desk

        def read(_on_progress: OnProgress, _control: Control) -> tuple[CardVolume, ...]:
            return list_cards(desk)

        self.runner.start(read, lane=_MOUNTS, on_success=self._show_volumes)

    def _show_volumes(self, volumes: tuple[CardVolume, ...]) -> None:
        """One card per device; those whose volumes are no longer there leave."""
        devices: dict[str, list[CardVolume]] = {}
        for volume in volumes:
            devices.setdefault(volume.device_id, []).append(volume)
        places = {key: Place.of_volumes(key, found) for key, found in devices.items()}
        known = set()
        for work in list(self.works):
            if work.place.chosen or work.gone:
                continue
            place = places.get(work.place.key)
            if place == work.place:
                known.add(place.key)
            elif place is not None and same_card(place, work.place) and not work.busy:
                known.add(place.key)
                work.place = place
                work.look()
            else:
                self._lose(work)
        fresh = [place for key, place in places.items() if key not in known]
        for place in fresh:
            self._add(place, inserted=self._listed)
        self._listed = True
        self._arrange()
        self._show_wanted()
        self._tell_interruptions()

    def _add(self, place: Place, *, inserted: bool) -> CardWork:
        work = CardWork(self.desk, self.runner, place, self)
        work.setProperty("inserted", inserted)
        work.title = card_title(work)
        work.read.connect(self._on_read)
        work.changed.connect(self._on_changed)
        work.ended.connect(self._on_ended)
        taken = {card.number for card in self._cards.values()}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        card = IngestCard(work, number, self._names, self._grid)
        card.set_people(self._people)
        card.list_wanted.connect(self.show_list)
        card.result_wanted.connect(self._show_result)
        card.print_wanted.connect(self._printer.print_card)
        card.dismissed.connect(self._drop)
        card.folder_wanted.connect(self.chooser.ask_inside)
        self.works.append(work)
        self._cards[work] = card
        work.look()
        return work

    def _lose(self, work: CardWork) -> None:
        """The card was taken out. In mid-work it stays to say so."""
        if work.busy or (work.result is not None and work.result.stopped == "SOURCE_REMOVED"):
            work.gone = True
            work.tell()
            return
        if work.result is not None and not work.printed:
            self._say_left(work)
        self._drop(work)

    def _say_left(self, work: CardWork) -> None:
        if work.result is None:
            return
        self._left = work
        big, words, _how = result_count(work.result)
        text = translate("ingest", "{card} was taken out: {count} {words}").format(
            card=work.title, count=big, words=words
        )
        kind = "ok" if work.result.complete else "warn"
        self.shell.say(kind, text, act=Act(translate("ingest", "Save report…"), self._print_left, stays=True))

    def _print_left(self) -> None:
        if self._left is not None:
            self._printer.print_card(self._left)

    def _drop(self, work: CardWork) -> None:
        """Take a card off the page."""
        if self._plan.work is work:
            self.show_cards()
        work.leave()
        card = self._cards.pop(work)
        self.works.remove(work)
        card.hide()
        card.deleteLater()
        if work is not self._left:
            work.deleteLater()
        self._arrange()

    # what cards tell

    def _on_read(self, work: CardWork) -> None:
        work.title = card_title(work)
        work.interruption = matching(work, self._interruptions)
        if work.officer is None and work.users:
            fits = [person for person in self._people if person.active and person.enforcement_id in work.users[:1]]
            work.officer = fits[0] if len(fits) == 1 else None
            work.officer_guessed = work.officer is not None
        for other in list(self.works):
            if other is not work and other.gone and not other.busy and other.source_keys & work.source_keys:
                self.works.remove(work)
                self.works.insert(self.works.index(other), work)  # its old place: the other cards stay where they are
                self._drop(other)
        recorder = any(plan.recorder.profile is not None for plan in work.plans)
        if work.property("inserted") and self._auto.isChecked() and recorder and self._startable(work):
            QTimer.singleShot(0, work, work.start)
        work.setProperty("inserted", False)

    def _on_changed(self, work: CardWork) -> None:
        self._count()
        if work.phase is not Phase.READING:
            self._tell_interruptions()
            self._show_wanted()
        if self._plan.work is work and work.phase not in (Phase.READY, Phase.COLLECTING, Phase.READING):
            self.show_cards()

    def _on_ended(self, work: CardWork) -> None:
        """Recordings came into the catalogue; a card that left meanwhile goes when nothing is wrong."""
        for noun in ("recordings", "ingests"):
            self.shell.tell(noun)
        if work.error is not None and self.shell.current is not self:
            self.shell.show_error(work.error)
        self._read_spaces()
        if not work.gone:
            return
        if work.result is not None and work.result.complete:
            self._say_left(work)
            self._drop(work)
        elif work.result is None:
            self._drop(work)

    def _startable(self, work: CardWork) -> bool:
        blocked = bool(short_of_space(work)) or work.needs_reason or work.officer_unknown or work.gone
        return work.phase is Phase.READY and not work.nothing_new and not blocked

    def start_all(self) -> None:
        """Start every card that waits and can."""
        for work in self.works:
            if self._startable(work):
                work.start()

    def _set_auto(self, on: bool) -> None:
        self.shell.settings.set(_AUTO, on)

    # people, interruptions

    def _take_known(self, known: _Known) -> None:
        self._people, self._names = known.people.people, known.names
        self._interruptions = known.interruptions
        for work, card in self._cards.items():
            work.interruption = matching(work, known.interruptions) if work.phase is Phase.READY else None
            card.set_people(self._people)
            card.set_names(self._names)
        self._tell_interruptions()

    def _tell_interruptions(self) -> None:
        """Once each, unless its card is in; that says so itself."""
        if not self._listed or any(work.phase is Phase.READING for work in self.works):
            return
        there = {found.ingest_id for found in (matching(work, self._interruptions) for work in self.works) if found}
        away = {row.ingest_id for row in self._interruptions} - there
        if self._warned and not away & self._told and self.shell.message_bar.text() == self._warned:
            self._warned = ""
            self.shell.message_bar.dismiss()
        fresh = [row for row in self._interruptions if row.ingest_id not in there | self._told]
        if not fresh or self.shell.current is not self:
            return
        self._told.update(row.ingest_id for row in fresh)
        now = datetime.now(self.desk.zone)
        lines = [interruption_text(self._names, row, now) for row in fresh]
        self._warned = lines[0]
        self.shell.say("warn", self._warned, "\n".join(lines) if len(lines) > 1 else None)

    # the list

    def show_cards(self) -> None:
        """From the list back to the cards, with the focus on the card one comes from."""
        work = self._plan.work
        if work is None:
            return
        self._stack.setCurrentWidget(self._cards_view)
        self._plan.leave()
        card = self._cards.get(work)
        if card is not None:
            card.setFocus()

    def show_list(self, work: CardWork) -> None:
        """The list of a card."""
        self._stack.setCurrentWidget(self._plan)
        self._plan.show_card(work, self._names)
        self._read_spaces()

    def _read_spaces(self) -> None:
        if self._plan.work is None:
            return
        desk = self.desk

        def read(_on_progress: OnProgress, _control: Control) -> VaultSpaces:
            return vault_spaces(desk)

        self.runner.start(read, lane=QUERY, on_success=self._take_spaces)

    def _take_spaces(self, spaces: VaultSpaces) -> None:
        self._plan.show_spaces(spaces.vaults)

    def _start_from_plan(self) -> None:
        work = self._plan.work
        if work is not None:
            work.start()
            self.show_cards()

    def _show_wanted(self) -> None:
        """What the page was opened for, as soon as its card has been read."""
        if self._wanted is None:
            return
        path, opens_list = self._wanted
        for work in self.works:
            if work.phase is Phase.READING or path not in (str(choice.root) for choice in work.place.choices):
                continue
            self._wanted = None
            self._cards[work].setFocus()
            self._scroll.ensureWidgetVisible(self._cards[work])
            if opens_list and work.phase is Phase.READY:
                self.show_list(work)
            return

    def _open_job(self, job: Job) -> None:
        """The task strip leads to the card that is collected."""
        for work in self.works:
            if work.job is job and self.shell.open_page(self.NAME):
                self.show_cards()
                self._cards[work].setFocus()
                self._scroll.ensureWidgetVisible(self._cards[work])

    def _show_result(self, work: CardWork) -> None:
        if work.result is not None:
            dialog = ResultDialog(self.desk, work.title, work.result, self, chosen=work.place.chosen)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    # chosen and dropped

    def _take_choices(self, choices: list[SourceChoice]) -> None:
        for choice in choices:
            same = [work for work in self.works if choice in work.place.choices and not work.gone]
            work = same[0] if same else self._add(Place.of_choice(choice), inserted=False)
            self._wanted = (str(choice.root), self._wanted[1] if self._wanted is not None else False)
            if same:
                self._cards[work].setFocus()
        self._arrange()
        self.show_cards()
        self._show_wanted()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._tile.show_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._tile.show_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._tile.show_over(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.chooser.take(paths)
