"""Choosing recordings of the library beyond what is loaded, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject

from avdesk.services.library import MOST_CHOSEN, Choice
from avdesk.terms import Kind, Right
from avdesk.ui import formats
from avdesk.ui.dialogs.copying_out import CopyingOut
from avdesk.ui.dialogs.export import ListExport
from avdesk.ui.pages.library_cases import LinkDialog, LinkedTo
from avdesk.ui.pages.library_work import read_choice, write_list
from avdesk.ui.runner import QUERY
from avdesk.ui.texts import translate

if TYPE_CHECKING:
    from avdesk.ui.pages.library import LibraryPage

_PLAYED = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)


class Acts(QObject):
    """The acts of the page on the choice, or on the current recording when nothing is chosen."""

    def __init__(self, page: LibraryPage) -> None:
        super().__init__(page)
        self._page = page
        self._model = page.model
        self._copying_out = CopyingOut(page.shell, self)
        self._export = ListExport(page.shell, "library.export", _exported, self)

    # choosing

    def check_all(self) -> None:
        """Choose everything the filters let through, also what is not loaded yet."""
        work = partial(read_choice, self._page.desk, self._page.filters.wanted)
        self._page.runner.start(work, lane=QUERY, on_success=self._check)

    def check_all_or_none(self) -> None:
        if self._model.checked:
            self._model.uncheck_all()
        else:
            self.check_all()

    def check_day(self, day: date, on: bool) -> None:
        """Choose everything of a day that the filters let through, or no longer, also what is not loaded yet."""
        work = partial(read_choice, self._page.desk, replace(self._page.filters.wanted, day=day))
        self._page.runner.start(work, lane=QUERY, on_success=self._check if on else self._uncheck)

    def place_in_choice(self, recording_id: str) -> str:
        """``2nd of 3 chosen``, in the order of the list."""
        place = self._model.place_in_choice(recording_id)
        if not place:
            return ""
        told = translate("library", "number {number} of {count} chosen")
        return told.format(number=place, count=len(self._model.checked))

    def _check(self, choice: Choice) -> None:
        self._model.check(choice.recordings)
        if not choice.whole:
            text = translate("library", "Only the newest {count} files were chosen: more can't be worked on at once.")
            self._page.shell.say("info", text.format(count=formats.number(MOST_CHOSEN)))

    def _uncheck(self, choice: Choice) -> None:
        self._model.uncheck(choice.recordings)

    def _chosen_or_current(self) -> list[str]:
        if self._model.checked:
            return list(self._model.checked)
        row = self._model.recording(self._page.table.currentIndex().row())
        return [row.recording_id] if row is not None else []

    # linking

    def link_chosen(self) -> None:
        """Ask which case the chosen recordings belong to."""
        self.link(self._chosen_or_current())

    def link_one(self, recording_id: str) -> None:
        self.link([recording_id])

    def link(self, ids: Sequence[str]) -> None:
        """Ask which case these belong to."""
        page = self._page
        if ids and Right.CASES in page.desk.rights:
            dialog = LinkDialog(page.desk, page.runner, ids, page)
            dialog.done_well.connect(self._linked)
            dialog.open()

    def _linked(self, linked: LinkedTo) -> None:
        new = linked.linked.linked - linked.linked.already
        count = translate("library", "%n file(s) linked", None, new)
        told = translate("library", "{count} to {number}").format(count=count, number=linked.number)
        if linked.linked.already:
            already = translate("library", "%n were already", None, linked.linked.already)
            told = translate("library", "{told}; {already}").format(told=told, already=already)
        shell = self._page.shell
        shell.say("ok", told)
        self._model.uncheck_all()
        shell.tell("recordings")
        shell.tell("cases")

    # exporting

    def export_chosen(self) -> None:
        """A list of the chosen recordings; of all that is shown when none is."""
        if self._model.checked:
            self._ask_file(list(self._model.checked))
        else:
            self.export_shown()

    def export_shown(self) -> None:
        self._ask_file(None)

    def _ask_file(self, ids: list[str] | None) -> None:
        """Ask where the list of these recordings goes, or of all that is shown."""
        page = self._page
        name = translate("library", "Recordings {day}.xlsx").format(day=f"{datetime.now(page.desk.zone):%Y-%m-%d}")
        self._export.ask(name, partial(write_list, page.desk, page.filters.wanted, ids, page.oldest_first))

    # copying out

    def copy_out_chosen(self) -> None:
        """Ask why and where to the chosen recordings are copied, for the player of their maker say."""
        self._copying_out.ask(self._chosen_or_current())

    # playing

    def open_current(self, index: QModelIndex) -> None:
        """Enter or a double click: play it, with the other chosen ones when it is one of them."""
        row = self._model.recording(index.row())
        if not self._page.shell.has_page("player"):
            if row is not None and self._page.details.isHidden():
                self._page.toggle_details()
        elif row is not None:
            self.play(row.recording_id)
        elif self._model.checked:
            self.play_chosen()

    def play(self, recording_id: str) -> None:
        """Play a recording; what else is chosen with it comes before and after, in the order of time."""
        queue = self._queue() if recording_id in self._model.checked else []
        queue = queue if recording_id in queue else [recording_id]
        self._page.shell.open_page("player", recording_id=recording_id, recordings=queue)

    def play_chosen(self) -> None:
        """Play the chosen recordings one after the other, as they were recorded."""
        queue = self._queue() or list(self._model.checked)
        self._page.shell.open_page("player", recording_id=queue[0], recordings=queue)

    def _queue(self) -> list[str]:
        """What is chosen and can be seen or heard."""
        played = [each for each in self._model.checked.values() if each.kind in _PLAYED]
        return [each.recording_id for each in sorted(played, key=lambda each: (each.recorded_at, each.recording_id))]

    # other pages

    def open_case(self, number: str) -> None:
        self._page.shell.open_page("cases", number=number)

    def open_ingest(self) -> None:
        self._page.shell.open_page("ingest")


def files(count: int) -> str:
    """``3 files``."""
    return translate("library", "%n file(s)", None, count)


def _exported(count: int) -> str:
    return translate("library", "%n exported file(s)", None, count)
