"""The library: every recording by day, found by a few chips, chosen and worked on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget

from avdesk.errors import AvdeskError, UsageError
from avdesk.services.desk import Desk
from avdesk.services.library import LibraryPage as Rows
from avdesk.services.library import LibraryTotals, Place
from avdesk.services.recordings import RecordingFacts, RecordingFilter
from avdesk.terms import Right
from avdesk.ui import formats, theme
from avdesk.ui.page import Command, Key, KeyGroup, Page, PageHead
from avdesk.ui.pages.library_acts import Acts, files
from avdesk.ui.pages.library_bar import SelectionBar
from avdesk.ui.pages.library_details import Details
from avdesk.ui.pages.library_filters import NOTHING, Filters, from_text, to_text
from avdesk.ui.pages.library_model import LibraryModel
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.pages.library_views import LibraryTable, LibraryTiles
from avdesk.ui.pages.library_work import read, read_one, read_totals
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton, LinkButton, Segment
from avdesk.ui.widgets.cards import EmptyState
from avdesk.ui.widgets.table import TableCard

PAGE = 100
_MOST_AGAIN = 1000
_OPEN_WIDTH = 760
_AGAIN_MS = 400


class LibraryPage(Page):
    """Rows or tiles at the left, details at the right, chips above, the acts on the choice below."""

    NAME = "library"
    ICON = "movie"
    CONCERNS = frozenset({"recordings", "cases", "vaults", "ingests"})

    @classmethod
    def title(cls) -> str:
        return translate("library", "Library")

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.oldest_first = shell.settings.flag("library/oldest")
        self._after: Place | None = None
        self._loading: Job | None = None
        self._totals_job: Job | None = None
        self._sought: str | None = None
        self._seen: set[str] = set()
        self._loaded = False
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._read_again)
        self.model = LibraryModel(self._read_more, self)
        self.model.zone = desk.zone
        self.pictures = Pictures(desk, runner, self)
        self.filters = Filters(desk, runner)
        self.table = LibraryTable(self.model, self.pictures)
        self.tiles = LibraryTiles(self.model, self.pictures)
        self.details = Details(desk, runner, self.pictures)
        self.bar = SelectionBar(desk.rights)
        self.acts = Acts(self)
        self._make_head()
        self._make_body()
        self._connect()
        self._restore()

    # how it is built

    def _make_head(self) -> None:
        self.head = PageHead(self.title())
        self.news = LinkButton("", self._to_top, icon="arrow-up", name="library.news")
        self.news.hide()
        self.view = Segment(
            [
                ("rows", translate("library", "List"), "layout-list"),
                ("tiles", translate("library", "Pictures"), "layout-grid"),
            ],
            self.shell.settings.text("library/view", "rows"),
            name="library.view",
        )
        self.column_button = IconButton(
            "columns-3",
            translate("library", "Columns, copy, export"),
            self._open_columns,
            framed=True,
            name="library.columns",
        )
        self.fold_button = IconButton(
            "layout-sidebar-right",
            translate("library", "Show or hide the details (Ctrl+I)"),
            self.toggle_details,
            framed=True,
            name="library.fold",
        )
        self.fold_button.setCheckable(True)
        for widget in (self.news, self.view, self.column_button, self.fold_button):
            self.head.add(widget)

    def _make_body(self) -> None:
        self.stack = QStackedWidget()
        self._nothing_yet = EmptyState(
            "device-sd-card",
            translate("library", "Nothing has been collected yet."),
            translate("library", "What is collected from a card appears here, by day, with its pictures."),
            (translate("library", "Collect a card"), self.acts.open_ingest),
            name="library.empty",
        )
        self._nothing_found = EmptyState(
            "search",
            translate("library", "No file fits these filters."),
            "",
            (translate("library", "Clear all filters"), self.filters.drop_all),
            primary=False,
            name="library.nothing",
        )
        for widget in (self.table, self.tiles, self._nothing_yet, self._nothing_found):
            self.stack.addWidget(widget)
        self.card = TableCard(self.stack, foot=self.bar)
        across = QHBoxLayout()
        across.setSpacing(theme.GAP)
        across.addWidget(self.card, 1)
        across.addWidget(self.details)
        self.body.addWidget(self.head)
        self.body.addWidget(self.filters)
        self.body.addLayout(across, 1)
        self.tiles.setSelectionModel(self.table.selectionModel())

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter_changed)
        self.view.chosen.connect(self._show_view)
        self.table.order_wanted.connect(self._turn_order)
        self.table.all_wanted.connect(self.acts.check_all_or_none)
        self.table.exports = True
        self.table.export_wanted.connect(self.acts.export_shown)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        for view in (self.table, self.tiles):
            view.activated.connect(self.acts.open_current)
        self.model.checks_changed.connect(self._choice_changed)
        self.model.day_wanted.connect(self.acts.check_day)
        self.bar.link_wanted.connect(self.acts.link_chosen)
        self.bar.play_wanted.connect(self.acts.play_chosen)
        self.bar.export_wanted.connect(self.acts.export_chosen)
        self.bar.copy_out_wanted.connect(self.acts.copy_out_chosen)
        self.bar.clear_wanted.connect(self.model.uncheck_all)
        self.details.play_wanted.connect(self.acts.play)
        self.details.link_wanted.connect(self.acts.link_one)
        self.details.case_wanted.connect(self.acts.open_case)
        self.shell.themed.connect(self.table.viewport().update)

    def _restore(self) -> None:
        settings = self.shell.settings
        settings.restore_header("library/columns", self.table.horizontalHeader())
        self.table.set_order(oldest_first=self.oldest_first)
        self.filters.wanted = from_text(settings.text("library/filter"))
        self.filters.show_filter()
        self._folded: bool | None = settings.flag("library/folded") if settings.text("library/folded") else None
        self._put_view()
        self._fold()

    # what the window calls

    def on_shown(self, **state: object) -> None:
        self.details.plays = self.shell.has_page("player")
        self.details.opens_cases = self.shell.has_page("cases")
        self.details.may_link = Right.CASES in self.desk.rights
        self.bar.offer_player(self.shell.has_page("player"))
        if self._nothing_yet.button is not None:
            self._nothing_yet.button.setVisible(self.shell.has_page("ingest"))
        if "recording_id" in state:
            self._show_recording(str(state["recording_id"]))
        elif "case_number" in state:
            self.filters.want(RecordingFilter(case_number=str(state["case_number"])))
        elif "query" in state:
            self.filters.want(RecordingFilter(query=str(state["query"]) or None))
        self._fold()
        self.current_view().setFocus()

    def refresh(self) -> None:
        """Read anew without moving what is looked at; many changes in a row are one."""
        if self._loaded:
            self._again.start()
        else:
            self._read_first()

    def save_state(self) -> None:
        settings = self.shell.settings
        self.table.giving.reveal()
        settings.save_header("library/columns", self.table.horizontalHeader())
        settings.set("library/view", self.view.key)
        settings.set("library/oldest", self.oldest_first)
        settings.set("library/filter", to_text(self.filters.wanted))
        if self._folded is not None:
            settings.set("library/folded", self._folded)

    def take_desk(self, desk: Desk) -> None:
        self.pictures.desk = self.filters.desk = self.details.desk = desk
        self.model.zone = desk.zone
        self.pictures.forget_missing()
        super().take_desk(desk)

    def keys(self) -> Sequence[Key]:
        return (
            Key("Ctrl+F", translate("library", "Filter by name or person"), self.filters.open_text),
            Key("Ctrl+A", translate("library", "Choose all that is shown"), self.acts.check_all),
            Key("Ctrl+L", translate("library", "Link to a case"), self.acts.link_chosen),
            Key("Ctrl+E", translate("library", "Export list"), self.acts.export_chosen),
            Key("Ctrl+Shift+E", translate("library", "Copy out…"), self.acts.copy_out_chosen),
            Key("Ctrl+I", translate("library", "Show or hide the details"), self.toggle_details),
        )

    def list_keys(self) -> Sequence[KeyGroup]:
        tiles, plays = self.current_view() is self.tiles, self.shell.has_page("player")
        return ((translate("library", "In the list"), self.table.choosing.keys(tiles=tiles, plays=plays)),)

    def commands(self) -> Sequence[Command]:
        return (
            Command(translate("library", "Show what is linked to no case"), "tag", self.show_untagged),
            Command(translate("library", "Show what is not verified"), "alert-triangle", self.show_unverified),
        )

    def show_untagged(self) -> None:
        self.shell.open_page(self.NAME)
        self.filters.want(replace(NOTHING, untagged=True))

    def show_unverified(self) -> None:
        self.shell.open_page(self.NAME)
        self.filters.want(replace(NOTHING, unverified=True))

    # reading

    def _filter_changed(self) -> None:
        self._sought = None
        self._read_first()

    def _read_first(self) -> None:
        """The first page of what is wanted now, from the top."""
        self._loaded = True
        self._again.stop()
        self._start(PAGE, None, self._show_first)
        self._read_totals()

    def _read_more(self) -> None:
        if self._loading is not None and not self._loading.over:
            self.model.keep_asking()  # it is asked for again when that is shown
            return
        self._start(PAGE, self._after, self._show_more)

    def _read_again(self) -> None:
        """As much as is shown now, so that the view can stay where it is."""
        if self._loading is not None and not self._loading.over:
            self._again.start()
            return
        limit = min(max(PAGE, self.model.recordings), _MOST_AGAIN)
        self._start(limit, None, self._show_again)
        self._read_totals()
        self.details.read_again()

    def _start(self, limit: int, after: Place | None, show: Callable[[Rows], None]) -> None:
        if self._loading is not None:
            self._loading.cancel()
        work = partial(read, self.desk, self.filters.wanted, limit, after, self.oldest_first)
        self._loading = self.runner.start(work, lane=QUERY, on_success=show, on_error=self._failed)

    def _read_totals(self) -> None:
        if self._totals_job is not None:
            self._totals_job.cancel()
        work = partial(read_totals, self.desk, self.filters.wanted)
        self._totals_job = self.runner.start(work, lane=QUERY, on_success=self._show_totals, on_error=self._ignore)

    def _failed(self, error: AvdeskError) -> None:
        """A case that is gone can't narrow; everything else is the window's to say."""
        self.model.keep_asking()
        if isinstance(error, UsageError) and error.code == "CASE_UNKNOWN" and self.filters.wanted.case_number:
            self.filters.want(replace(self.filters.wanted, case_number=None))
        self.shell.show_error(error)

    def _ignore(self, _error: AvdeskError) -> None:
        """The list itself has said it."""

    def _show_first(self, page: Rows) -> None:
        self._after = page.next
        self.model.set_page(page)
        self._seen = {row.recording_id for row in page.rows}
        self.news.hide()
        self._show_stack()
        self._set_current(self._sought)
        self._choice_changed()

    def _show_more(self, page: Rows) -> None:
        self._after = page.next
        self.model.append_page(page)
        self._seen.update(row.recording_id for row in page.rows)

    def _show_again(self, page: Rows) -> None:
        """The same place stays in view, the same recording stays the current one; what is new is told quietly."""
        current = self.model.key_of(self.table.currentIndex().row())
        anchor = self._anchor()
        at_top = self.current_view().verticalScrollBar().value() == 0
        new = sum(row.recording_id not in self._seen for row in page.rows)
        self._after = page.next
        self.model.set_page(page)
        self._show_stack()
        self._set_current(current, scroll=False)
        self._choice_changed()
        if not at_top:
            self._hold(anchor)
            self._tell_news(new)
        else:
            self._seen.update(row.recording_id for row in page.rows)

    def _anchor(self) -> tuple[str, int] | None:
        """The first recording in view, and how far below the top it is."""
        view = self.current_view()
        for down in range(2, view.viewport().height(), 12):
            index = view.indexAt(QPoint(12, down))
            row = self.model.recording(index.row())
            if row is not None:
                return row.recording_id, view.visualRect(index).top()
        return None

    def _hold(self, anchor: tuple[str, int] | None) -> None:
        row = self.model.row_of(anchor[0]) if anchor is not None else None
        if anchor is None or row is None:
            return
        view = self.current_view()
        index = self.model.index(row, 0)
        view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + view.visualRect(index).top() - anchor[1])

    def _tell_news(self, new: int) -> None:
        self.news.setVisible(new > 0 and not self.oldest_first)
        self.news.setText(translate("library", "%n new file(s)", None, new))

    def _to_top(self) -> None:
        self.news.hide()
        self.current_view().scrollToTop()
        self._seen.update(row.recording_id for row in map(self.model.recording, range(len(self.model.items))) if row)

    def _show_totals(self, totals: LibraryTotals) -> None:
        count = files(totals.recordings)
        told = translate("library", "{count}, {size}").format(count=count, size=formats.size(totals.bytes))
        self.head.say(told if totals.anything else "")
        self.filters.show_totals(totals)
        self.filters.setVisible(totals.anything or self.filters.wanted != NOTHING)

    def _show_stack(self) -> None:
        """The view chosen, or what is to be said when there is nothing in it."""
        empty = self.model.recordings == 0
        if not empty:
            self.stack.setCurrentWidget(self.current_view())
        elif self.filters.wanted == NOTHING:
            self.stack.setCurrentWidget(self._nothing_yet)
        else:
            self.stack.setCurrentWidget(self._nothing_found)
        for widget in (self.view, self.column_button, self.fold_button):
            widget.setVisible(not empty)
        self._fold()

    # what is looked at

    def current_view(self) -> LibraryTable | LibraryTiles:
        """Rows or tiles, whichever is chosen."""
        return self.tiles if self.view.key == "tiles" else self.table

    def _show_view(self, _key: str) -> None:
        self._put_view()
        self.current_view().setFocus()

    def _put_view(self) -> None:
        if self.model.recordings:
            self.stack.setCurrentWidget(self.current_view())
        self.column_button.setVisible(self.view.key == "rows")
        current = self.table.currentIndex()
        if current.isValid():
            self.current_view().scrollTo(current)
        self.current_view().ask_for_pictures()

    def _set_current(self, key: str | date | None, *, scroll: bool = True) -> None:
        """Make a recording, or the head of a day, the current one; the first recording where it is not there."""
        row = self.model.row_of(key) if key is not None else None
        if row is None:
            row = next((place for place in range(min(2, len(self.model.items))) if self.model.recording(place)), None)
        if row is None:
            self.details.show_row(None, "")
            return
        index = self.model.index(row, self.table.column("name"))
        self.table.setCurrentIndex(index)
        if scroll:
            self.current_view().scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_recording(self, recording_id: str) -> None:
        """Show one recording where it stands in the list, else among those of its day."""
        if self.model.knows(recording_id) and (self._loading is None or self._loading.over):
            self._set_current(recording_id)
            return
        work = partial(read_one, self.desk, recording_id)
        self.runner.start(work, lane=QUERY, on_success=self._sought_out)

    def _sought_out(self, facts: RecordingFacts) -> None:
        day = facts.recorded_at.date()
        self.filters.wanted = RecordingFilter(from_day=day, to_day=day)
        self.filters.show_filter()
        self._sought = facts.recording_id
        self._loaded = True
        self._start(_MOST_AGAIN, None, self._show_first)
        self._read_totals()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.recording(current.row())
        if row is not None:
            self.details.show_row(row, self.acts.place_in_choice(row.recording_id))

    def toggle_details(self) -> None:
        """Fold the details away, or back."""
        self._folded = not self.details.isHidden()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """As the person wants it; else folded where the list would be too narrow beside it."""
        narrow = self.width() - self.details.width() - theme.GAP - 2 * theme.MARGIN < theme.px(_OPEN_WIDTH)
        folded = narrow if self._folded is None else self._folded
        self.details.setVisible(not folded and self.model.recordings > 0)
        self.fold_button.setChecked(not folded)

    def _turn_order(self) -> None:
        self.oldest_first = not self.oldest_first
        self.table.set_order(oldest_first=self.oldest_first)
        self._read_first()

    def _open_columns(self) -> None:
        self.table.column_menu().popup(self.column_button.mapToGlobal(QPoint(0, self.column_button.height() + 4)))

    def _choice_changed(self) -> None:
        hidden = 0 if self.model.more else sum(not self.model.knows(each) for each in self.model.checked)
        self.bar.show_choice(list(self.model.checked.values()), hidden)
        if (row := self.details.row) is not None:
            self.details.show_row(row, self.acts.place_in_choice(row.recording_id))
