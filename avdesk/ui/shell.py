"""The window: side bar, top bar, message bar, pages, task strip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from avdesk.errors import AvdeskError
from avdesk.services.desk import Desk
from avdesk.services.practice import sample_card_of
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.dialogs.job import JobDialog
from avdesk.ui.dialogs.key_change import KeyChangeDialog
from avdesk.ui.dialogs.keys import KeysDialog
from avdesk.ui.faults import report
from avdesk.ui.frame.closing import Closing
from avdesk.ui.frame.message_bar import Act, MessageBar
from avdesk.ui.frame.practice_bar import PracticeBar
from avdesk.ui.frame.search import Search
from avdesk.ui.frame.side_bar import SideBar
from avdesk.ui.frame.task_strip import TaskStrip
from avdesk.ui.frame.top_bar import TopBar
from avdesk.ui.frame.vault_room import VaultRoom
from avdesk.ui.key_choice import remember_keys
from avdesk.ui.page import Command, Key, Page
from avdesk.ui.runner import Bug, Job, Runner
from avdesk.ui.settings import Settings
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.pile import Pile

_LEAST = (800, 440)
"""What a screen of 1920x1080 at 200 % leaves, and some less."""
_NARROW = 1080
"""Pixels of width below which the side bar gives its room to the page."""
_TITLE_BAR = 48
"""Pixels of height that the frame of a window may take."""
_ROOM_NOUNS = frozenset({"recordings", "vaults"})


class Shell(QMainWindow):
    """What a page is given of the window. Everything else of it is private to the frame."""

    page_shown = Signal(str)
    themed = Signal()
    """The colours changed; what is cached as a picture is made anew."""
    look_changed = Signal(str)
    """A preference of the window changed: ``theme``, ``language`` or ``text``."""
    desk_changed = Signal()
    """What the Desk holds changed (policies): it is to be made anew."""
    practice_wanted = Signal()
    closed = Signal()
    """The window has closed; nothing more comes of it."""

    def __init__(self, desk: Desk, runner: Runner, settings: Settings, *, practice: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.runner = runner
        self.settings = settings
        self.practice = practice
        """Whether this is a practice workspace; the window says so on every page."""
        self._pages: dict[str, Page] = {}
        self._shortcuts: dict[str, list[QShortcut]] = {}
        self._makers: dict[str, Callable[[], Page]] = {}
        self._order: list[str] = []
        self._stale: set[str] = set()
        self._current: Page | None = None
        self._folded = settings.flag("shell/folded")
        self.setObjectName("window")
        self.setWindowTitle(translate("shell", "avdesk — practice") if practice else "avdesk")
        self.setMinimumSize(*_LEAST)
        self.side_bar = SideBar(desk.unit)
        self.search = Search(self, runner, self._desk, self._commands, self.open_page)
        self.top_bar = TopBar(self.search.box)
        self.message_bar = MessageBar()
        self.practice_bar = PracticeBar()
        self.task_strip = TaskStrip(runner)
        self.vault_room = VaultRoom(runner, self._desk)
        self.closing = Closing(runner, self)
        self._stack = Pile()
        self._build()
        self._connect()

    # what pages use

    def say(self, kind: str, text: str, details: str | None = None, act: Act | None = None) -> None:
        """A line in the message bar; ``kind``: ``ok``, ``info``, ``warn``, ``bad``."""
        self.message_bar.say(kind, text, details, act)

    def show_error(self, error: AvdeskError) -> None:
        """What the world refused: the sentence with its next step, the code and facts as details."""
        self.say("bad", sentence(error), str(error))

    def open_page(self, name: str, **state: object) -> bool:
        """Bring a page to the front, with a state of its own; false when there is no such page."""
        page = self._page(name)
        if page is None:
            return False
        if self._current is not None and self._current is not page:
            self._current.on_hidden()
            self.message_bar.leave_page()
        self._current = page
        self._stack.setCurrentWidget(page)
        self._stack.updateGeometry()
        self.side_bar.mark(page.UNDER or name)
        self._fit_side_bar()
        self.top_bar.show_top(page.top if page.FOLDS else None)
        if name in self._stale:
            self._stale.discard(name)
            page.refresh()
        page.on_shown(**state)
        self.page_shown.emit(name)
        return True

    def has_page(self, name: str) -> bool:
        """Whether a link to that page leads anywhere."""
        return name in self._pages or name in self._makers

    def tell(self, noun: str) -> None:
        """Something of that noun changed: pages it concerns read anew, now or when they are shown next."""
        for name, page in self._pages.items():
            if noun in page.CONCERNS:
                if page is self._current:
                    page.refresh()
                else:
                    self._stale.add(name)
        if noun in _ROOM_NOUNS:
            self.vault_room.look()

    def set_count(self, name: str, count: int) -> None:
        """How much waits on a page, in the side bar."""
        self.side_bar.set_count(name, count)

    # what the composition root uses

    @property
    def pages(self) -> dict[str, Page]:
        """Every page by its name; those that were to be made later are made now."""
        for name in list(self._makers):
            self._page(name)
        return {name: self._pages[name] for name in self._order}

    @property
    def waiting_pages(self) -> list[str]:
        """The names of pages that are not made yet."""
        return list(self._makers)

    @property
    def current(self) -> Page | None:
        return self._current

    def add_page(self, page: Page) -> None:
        """One more page; it reads its rows when it is shown first."""
        self._add_item(page.NAME, page.ICON, page.title(), page.UNDER)
        self._take_page(page)

    def add_later(self, name: str, icon: str, title: str, under: str, make: Callable[[], Page]) -> None:
        """One more page, made when it is opened first or when :meth:`make_page` says so."""
        self._add_item(name, icon, title, under)
        self._makers[name] = make

    def make_page(self, name: str) -> None:
        """Make a page that is not made yet; it stays behind."""
        self._page(name)

    def _page(self, name: str) -> Page | None:
        make = self._makers.pop(name, None)
        if make is not None:
            self._take_page(make())
        return self._pages.get(name)

    def _add_item(self, name: str, icon: str, title: str, under: str) -> None:
        self._order.append(name)
        if not under:
            self.side_bar.add(name, icon, title)
            self._shortcut(f"Ctrl+{len(self.side_bar.items)}", self.side_bar.items[-1].click)

    def _take_page(self, page: Page) -> None:
        self._pages[page.NAME] = page
        self._stale.add(page.NAME)
        self._stack.addWidget(page)
        self._take_keys(page)

    def _take_keys(self, page: Page) -> None:
        """The page's keys as they are now, in the place of those before."""
        for before in self._shortcuts.pop(page.NAME, []):
            before.setEnabled(False)
            before.deleteLater()
        made, keys = [], page.keys()
        for key in keys:
            shortcut = QShortcut(QKeySequence(key.keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(_unless_typing, key))
            made.append(shortcut)
        self._shortcuts[page.NAME] = made

    def begin(self, page: str | None = None) -> None:
        """Show the window as it was left, on the page that was in front."""
        if not self.settings.restore_geometry("shell/geometry", self):
            self._fit_screen()
        wanted = page or self.settings.text("shell/page")
        self.open_page(wanted if self.has_page(wanted) else next(iter(self._order), ""))
        self.show()
        self.vault_room.begin()
        if self._current is not None and self.focusWidget() in (None, self.search.box):
            self._current.setFocus()

    def _fit_screen(self) -> None:
        """The usual size, or the whole screen where that and the frame around it do not fit."""
        room, usual = self.screen().availableSize(), QSize(1366, 768)
        resize_within(self, usual)
        if room.width() <= usual.width() or room.height() <= usual.height() + _TITLE_BAR:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def raise_window(self) -> None:
        """To the front, also from the task bar."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def take_desk(self, desk: Desk) -> None:
        """Policies, vaults or names changed: everything submitted from now on uses this Desk."""
        self.desk = desk
        self.side_bar.set_unit(desk.unit)
        self.top_bar.set_person(desk.person_name)
        for name, page in self._pages.items():
            page.desk = desk
            if page is self._current:
                page.take_desk(desk)
            else:
                self._stale.add(name)
        self.vault_room.look()

    def show_bug(self, bug: Bug) -> None:
        """A fault of the program: the report that can be copied."""
        if self.findChild(DetailsDialog, "dialog.bug") is not None:
            return
        text = translate(
            "shell",
            "The program has a fault. What is collected and verified is safe. Please copy this report and pass it on.",
        )
        dialog = DetailsDialog(text, report(bug), self, title=translate("shell", "Fault in the program"))
        dialog.setObjectName("dialog.bug")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save_state(self) -> None:
        """Remember geometry, page, and what each page remembers."""
        self.settings.save_geometry("shell/geometry", self)
        if self._current is not None and not self._current.UNDER:
            self.settings.set("shell/page", self._current.NAME)
        for page in self._pages.values():
            page.save_state()
        self.settings.sync()

    # the window's own

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.themed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.may_close:
            self.save_state()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.closing.ask()

    def show_keys(self) -> None:
        """The list of all keys, those of the page in front first."""
        groups: list[tuple[str, Sequence[tuple[str, str]]]] = []
        if self._current is not None:
            keys = self._current.keys()
            if keys:
                groups.append((self._current.title(), [(key.keys, key.text) for key in keys]))
            groups.extend(self._current.list_keys())
        groups.append((translate("shell", "Everywhere"), self._own_keys()))
        changeable = self._current is not None and bool(self._current.usual_keys())
        KeysDialog(groups, self, change=self.change_keys if changeable else None).open()

    def change_keys(self) -> None:
        """Other keys for the page in front."""
        page = self._current
        if page is None:
            return
        usual = {key.name: key.keys for key in page.usual_keys()}
        keys = page.keys()
        named = [key for key in keys if key.name]
        taken = [*(key for key, _text in self._own_keys()), "Ctrl+C"]
        dialog = KeyChangeDialog(named, usual, taken, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(partial(self._keep_keys, page))
        dialog.open()

    def _keep_keys(self, page: Page, choice: Mapping[str, str]) -> None:
        remember_keys(choice, page.usual_keys(), self.settings, page.NAME)
        self._take_keys(page)
        page.keys_changed()

    def _own_keys(self) -> list[tuple[str, str]]:
        pages = [(f"Ctrl+{number}", item.word) for number, item in enumerate(self.side_bar.items, 1)]
        return [
            ("Ctrl+K", translate("shell", "Search")),
            *pages,
            ("F5", translate("shell", "Read the page anew")),
            ("Ctrl+B", translate("shell", "Fold or unfold the side bar")),
            ("F1", translate("shell", "All keys")),
            ("?", translate("shell", "All keys")),
            ("Ctrl+Q", translate("shell", "Close avdesk")),
        ]

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.practice_bar, self.top_bar, self.message_bar):
            right.addWidget(widget)
        right.addWidget(self._stack, 1)
        right.addWidget(self.task_strip)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side_bar)
        across.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.practice_bar.setVisible(self.practice)
        self.task_strip.right.addWidget(self.vault_room)
        self.top_bar.set_person(self.desk.person_name)
        self.side_bar.fold(self._folded)

    def _connect(self) -> None:
        self.runner.failed.connect(self.show_error)
        self.runner.broke.connect(self.show_bug)
        self.side_bar.chosen.connect(self.open_page)
        self.side_bar.folded.connect(self._fold)
        self.top_bar.keys_wanted.connect(self.show_keys)
        self.top_bar.search_wanted.connect(self._open_search)
        self.practice_bar.card_wanted.connect(self._collect_sample)
        self.task_strip.opened.connect(self._show_job)
        self.vault_room.changed.connect(self._vaults_changed)
        self.message_bar.left.connect(self._focus_page)
        self.closing.closed.connect(self.close, Qt.ConnectionType.QueuedConnection)
        self._shortcut("Ctrl+K", self._open_search)
        self._shortcut("Ctrl+B", self._toggle_fold)
        self._shortcut("Ctrl+Q", self.close)
        self._shortcut("F5", self._refresh)
        self._shortcut("F1", self.show_keys)
        self._shortcut("?", partial(_unless_typing, Key("?", "", self.show_keys)))

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() < _NARROW) != (event.oldSize().width() < _NARROW):
            self._fit_side_bar()

    def _fit_side_bar(self) -> None:
        """A rail where the page, the person or the width of the window asks for it."""
        folds = self._current is not None and self._current.FOLDS
        self.side_bar.fold(folds or self._folded or self.width() < _NARROW)

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        self.settings.set("shell/folded", folded)

    def _toggle_fold(self) -> None:
        self.side_bar.fold(not self.side_bar.rail)
        self._fold(self.side_bar.rail)

    def _refresh(self) -> None:
        if self._current is not None:
            self._current.refresh()
        self.vault_room.look()

    def _focus_page(self) -> None:
        if self._current is not None:
            self._current.setFocus()

    def _vaults_changed(self) -> None:
        self.tell("vaults")

    def _open_search(self) -> None:
        self.top_bar.show_top(None)
        self.search.open()

    def _show_job(self, job: Job) -> None:
        dialog = JobDialog(job, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _collect_sample(self) -> None:
        self.open_page("ingest", folder=str(sample_card_of(self.desk.workspace)))

    def _desk(self) -> Desk:
        return self.desk

    def _commands(self) -> list[Command]:
        own = [
            Command(item.word, item.icon_name, partial(self.open_page, item.objectName().removeprefix("nav.")))
            for item in self.side_bar.items
        ]
        found = [command for page in self._pages.values() for command in page.commands()]
        return [*own, *found, Command(translate("shell", "All keys"), "keyboard", self.show_keys)]


def _unless_typing(key: Key) -> None:
    """A key that would write is no act while text is being typed or composed; Space presses a button first."""
    focus = QApplication.focusWidget()
    if key.keys == "Space" and isinstance(focus, QAbstractButton):
        focus.click()
    elif not (_writes(key.keys) and _takes_text(focus)):
        key.act()


def _writes(keys: str) -> bool:
    *modifiers, last = keys.split("+") if keys != "+" else ["+"]
    return not {"Ctrl", "Alt", "Meta"} & set(modifiers) and (len(last) <= 1 or last == "Space")


def _takes_text(focus: QWidget | None) -> bool:
    """Lists say that they take text, for their editors."""
    if focus is None or isinstance(focus, QAbstractItemView):
        return False
    return bool(focus.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))
