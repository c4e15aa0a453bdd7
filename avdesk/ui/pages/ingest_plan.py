"""The list of one card: what collecting would do with each file, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from avdesk.services.cards import RecorderName
from avdesk.services.places import VaultSpace
from avdesk.terms import Kind, PlanState
from avdesk.ui import formats, theme
from avdesk.ui.page import KeyGroup, PageHead
from avdesk.ui.pages.ingest_plan_pane import PlanPane
from avdesk.ui.pages.ingest_plan_table import PlanModel, PlanTable
from avdesk.ui.pages.ingest_words import card_kind, card_owner, card_place, joined
from avdesk.ui.pages.ingest_work import CardWork, Phase, PlanRow
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.buttons import Button, FilterChip, IconButton, Segment
from avdesk.ui.widgets.labels import Label
from avdesk.ui.widgets.states import Ring
from avdesk.ui.widgets.table import TableCard

_SEGMENTS = {
    "all": tuple(PlanState),
    "new": (PlanState.NEW,),
    "differs": (PlanState.DIFFERS,),
    "collected": (PlanState.COLLECTED,),
    "skipped": (PlanState.SKIPPED,),
}
_HEADER = "ingest/plan"


class PlanView(QWidget):
    """A sub-page. ``show_card`` makes it show a card; ``on_back`` leads to the cards again."""

    def __init__(
        self,
        settings: Settings,
        on_back: Callable[[], object],
        on_start: Callable[[], object],
        on_export: Callable[[CardWork], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ingest.plan")
        self._settings = settings
        self._names: Mapping[str, RecorderName] = {}
        self._kind: Kind | None = None
        self._folder: str | None = None
        self._plans: object = None
        self.work: CardWork | None = None
        self.model: PlanModel | None = None
        self._on_export = on_export
        self._make_head(on_back)
        self.table = PlanTable()
        self.table.exports = True
        self.table.export_wanted.connect(self.export)
        self.pane = PlanPane(on_start)
        self.pane.edited.connect(self._edited)
        self._build()

    def show_card(self, work: CardWork, names: Mapping[str, RecorderName]) -> None:
        """Show this card's list, unfiltered."""
        self._forget()
        self.work, self._names = work, names
        self._kind = self._folder = None
        self._segment.choose("all")
        self._kind_chip.turn_off(self._kind_off)
        self._folder_chip.turn_off(self._folder_off)
        self.model = PlanModel(work, self)
        self.table.set_plan(self.model)
        if self._settings.restore_header(_HEADER, self.table.horizontalHeader()):
            self.table.keep_columns()
        self._plans = None
        work.changed.connect(self._changed)
        self._changed(work)
        work.probe()
        self.table.setFocus()
        if work.needs_reason:
            self.pane.ask_reason()

    def show_spaces(self, spaces: tuple[VaultSpace, ...]) -> None:
        self.pane.show_spaces(spaces)

    def save_state(self) -> None:
        """Remember the columns."""
        if self.model is not None and not self.table.fits:
            self._settings.save_header(_HEADER, self.table.horizontalHeader())

    def list_keys(self) -> Sequence[KeyGroup]:
        """The keys of the table."""
        return ((translate("ingest", "In the list of files"), self.table.keys()),)

    def export(self) -> None:
        """Every file of the card as a spreadsheet, whatever is shown of them now."""
        if self.work is not None and self.work.plans:
            self._on_export(self.work)

    def leave(self) -> None:
        """The list is not looked at any more."""
        self.save_state()
        self._forget()

    def _forget(self) -> None:
        if self.work is not None:
            self.work.changed.disconnect(self._changed)
        self.work = None
        if self.model is not None:
            self.table.setModel(None)
            self.model.deleteLater()
            self.model = None

    def _make_head(self, on_back: Callable[[], object]) -> None:
        self._head = PageHead("", sub_page=True)
        self._back = IconButton(
            "arrow-left", translate("ingest", "Back to the cards"), on_back, name="ingest.plan.back"
        )
        self._ring = Ring("empty", size=30)
        self._head.add_before(self._back)
        self._head.add_before(self._ring)
        self._reread = Button(
            translate("ingest", "Read the card again"), self._read_again, icon="refresh", name="ingest.plan.reread"
        )
        self._export = Button(
            translate("ingest", "Export list"), self.export, icon="table-export", name="ingest.plan.export"
        )
        self._head.add(self._export)
        self._head.add(self._reread)
        words = (
            ("all", translate("ingest", "All")),
            ("new", translate("ingest", "New")),
            ("differs", translate("ingest", "Changed")),
            ("collected", translate("ingest", "Collected")),
            ("skipped", translate("ingest", "Skipped")),
        )
        self._segment_words = dict(words)
        self._segment = Segment(words, "all", name="ingest.plan.segment")
        self._segment.chosen.connect(self._filter)
        self._kind_off = translate("ingest", "Kind: all")
        self._folder_off = translate("ingest", "Folder: all")
        self._kind_chip = FilterChip(self._kind_off, name="ingest.plan.kind")
        self._folder_chip = FilterChip(self._folder_off, name="ingest.plan.folder")
        self._kind_chip.opened.connect(self._open_kinds)
        self._kind_chip.dropped.connect(self._drop_kind)
        self._folder_chip.opened.connect(self._open_folders)
        self._folder_chip.dropped.connect(self._drop_folder)
        self._columns = IconButton(
            "columns-3", translate("ingest", "Columns, copy, export"), self._open_columns, name="ingest.plan.columns"
        )

    def _build(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(10)
        for widget in (self._segment, self._kind_chip, self._folder_chip):
            filters.addWidget(widget)
        filters.addStretch(1)
        self._probing = Label("", "second", "text2")
        filters.addWidget(self._probing)
        filters.addWidget(self._columns)
        across = QHBoxLayout()
        across.setSpacing(theme.GAP)
        across.addWidget(TableCard(self.table), 1)
        across.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addLayout(filters)
        column.addLayout(across, 1)

    # what it shows

    def _changed(self, work: CardWork) -> None:
        if work is not self.work:
            return
        title = translate("ingest", "{card}: list of files").format(card=work.title)
        self._head.say(joined([card_kind(work, self._names), card_owner(work), card_place(work)]), title)
        self._ring.show_state("run" if work.busy else "empty")
        self._reread.setEnabled(work.phase is Phase.READY and not work.probing)
        self._probing.setText(translate("ingest", "Reading lengths…") if work.probing else "")
        if work.plans is not self._plans:
            self._plans = work.plans
            self._count_segments()
            self._filter()
        elif self.model is not None:
            self.model.ticks_changed()
        self.pane.show_work(work)

    def _count_segments(self) -> None:
        if self.work is None:
            return
        counts = Counter(row.file.state for row in self.work.rows())
        for key, states in _SEGMENTS.items():
            count = formats.number(sum(counts[state] for state in states))
            self._segment.set_text(key, f"{self._segment_words[key]} {count}")

    def _filter(self, _key: str = "") -> None:
        if self.model is not None:
            self.model.show_rows(self._shown())

    def _shown(self) -> list[PlanRow]:
        if self.work is None:
            return []
        states = _SEGMENTS[self._segment.key]
        return [row for row in self.work.rows() if row.file.state in states and self._passes(row)]

    def _passes(self, row: PlanRow) -> bool:
        folder = _folder(row)
        inside = self._folder is None or folder == self._folder or folder.startswith(f"{self._folder}/")
        return inside and self._kind in (None, row.file.kind)

    # filters

    def kind_menu(self) -> QMenu:
        """The kinds that are on the card."""
        counts = Counter(row.file.kind for row in self.work.rows()) if self.work is not None else Counter()
        menu = QMenu(self)
        for kind in Kind:
            if counts[kind]:
                action = QAction(f"{word(kind)}  {formats.number(counts[kind])}", menu)
                action.triggered.connect(partial(self._choose_kind, kind))
                menu.addAction(action)
        return menu

    def folder_menu(self) -> QMenu:
        """The folders of the card that hold files."""
        counts = Counter(_folder(row) for row in self.work.rows()) if self.work is not None else Counter()
        menu = QMenu(self)
        for folder in sorted(counts):
            action = QAction(f"{folder or '/'}  {formats.number(counts[folder])}", menu)
            action.triggered.connect(partial(self._choose_folder, folder))
            menu.addAction(action)
        return menu

    def _open_kinds(self) -> None:
        _pop_up(self.kind_menu(), self._kind_chip)

    def _open_folders(self) -> None:
        _pop_up(self.folder_menu(), self._folder_chip)

    def _open_columns(self) -> None:
        _pop_up(self.table.column_menu(), self._columns)

    def _choose_kind(self, kind: Kind, _on: bool = False) -> None:
        self._kind = kind
        self._kind_chip.turn_on(translate("ingest", "Kind: {kind}").format(kind=word(kind)))
        self._filter()

    def _choose_folder(self, folder: str, _on: bool = False) -> None:
        self._folder = folder
        self._folder_chip.turn_on(translate("ingest", "Folder: {folder}").format(folder=folder or "/"))
        self._filter()

    def _drop_kind(self) -> None:
        self._kind = None
        self._filter()

    def _drop_folder(self) -> None:
        self._folder = None
        self._filter()

    def _edited(self) -> None:
        if self.work is not None:
            self.work.tell()

    def _read_again(self) -> None:
        if self.work is not None:
            self.work.look()


def _folder(row: PlanRow) -> str:
    return row.file.path.rpartition("/")[0]


def _pop_up(menu: QMenu, below: QWidget) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
