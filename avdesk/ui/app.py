"""The composition root of the window: who is made with what, in which order, and how it ends."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QProcess, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from avdesk.errors import AvdeskError, EnvironmentFault
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.ingest import ReconcileReport, reconcile
from avdesk.services.places import is_set_up
from avdesk.services.practice import DATABASE, is_practice, make_practice, practice_folder
from avdesk.services.workspace import sign_in
from avdesk.ui import icons, languages, pages, theme
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.faults import Faults, log_to
from avdesk.ui.first_run import FirstRun
from avdesk.ui.frame.analysing import Analysing
from avdesk.ui.page import Page
from avdesk.ui.runner import WRITE, Bug, Runner
from avdesk.ui.settings import Settings, default_file
from avdesk.ui.shell import Shell
from avdesk.ui.single import SingleWindow
from avdesk.ui.texts import sentence, translate

_log = logging.getLogger(__name__)
_LOADING = "loading"
_TURN = 0.0005
"""Seconds after which work on a lane lets the window have its turn."""
_LAST_WAIT = 10.0
"""Seconds that work begun while the window closed has to stop."""
_AT_EASE = 400
"""Milliseconds after which the window has drawn its first page."""


class NoDisplay(EnvironmentFault):
    """There is no screen to open a window on."""

    code = "NO_DISPLAY"


def open_window(workspace: Path, operator: str | None, *, settings_file: Path | None = None) -> None:
    """Open the workstation, and return when it is closed.

    Raises :class:`NoDisplay`, and what signing in raises, after it was shown.
    """
    require_display()
    app = make_application()
    window = App(app, workspace, operator, Settings(settings_file or default_file()))
    window.run()


def open_practice(workspace: Path, *, settings_file: Path | None = None) -> None:
    """Open a window on the practice workspace that belongs to ``workspace``, made when it is not there.

    Raises :class:`NoDisplay` and what making or opening it raises.
    """
    require_display()
    os.environ.pop(DATABASE, None)
    app = make_application()
    settings = Settings(settings_file or default_file())
    languages.use(app, settings.language)
    unit, operator = translate("shell", "Practice unit"), translate("shell", "Practising person")
    made = make_practice(practice_folder(workspace), unit, operator)
    App(app, Path(made.workspace), None, settings).run()


def require_display() -> None:
    """Raises :class:`NoDisplay` where Qt would end the whole process."""
    if os.environ.get("QT_QPA_PLATFORM", "xcb").partition(":")[0] not in ("xcb", "wayland", ""):
        return
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display or not _answers(display):
        raise NoDisplay(display=display)


def _answers(display: str) -> bool:
    """Whether the X server of ``:0`` takes connections; one of another host is believed."""
    host, _, number = display.rpartition(":")
    if host not in ("", "unix"):
        return True
    address = f"/tmp/.X11-unix/X{number.partition('.')[0]}"
    for name in (address, f"\0{address}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            try:
                server.connect(name)
            except OSError:
                continue
            return True
    return False


def make_application() -> QApplication:
    """Qt's application with the program's name, style and fonts."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["avdesk"])
    app.setApplicationName("avdesk")
    app.setDesktopFileName("avdesk")
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    theme.load_fonts()
    return app


class App(QObject):
    """Owns the parts of one run: preferences, language, runner, desk, window."""

    def __init__(self, app: QApplication, workspace: Path, operator: str | None, settings: Settings) -> None:
        super().__init__()
        self.app = app
        self.workspace = workspace.absolute()
        self.operator = operator
        self.settings = settings
        self.runner = Runner(self)
        self.desk: Desk | None = None
        self.shell: Shell | None = None
        self.first_run: FirstRun | None = None
        self.error: AvdeskError | None = None
        self.analysing: Analysing | None = None
        self._desks: list[Desk] = []
        self._single: SingleWindow | None = None
        self._faults = Faults(self._show_bug)
        self._signals = _Signals(self._stop)
        self.app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def run(self) -> None:
        """Until the window is closed. Raises what kept it from opening."""
        self._faults.install()
        self._signals.install()
        sys.setswitchinterval(_TURN)
        QTimer.singleShot(0, self, self.begin)
        try:
            self.app.exec()
        finally:
            self._end()
        if self.error is not None:
            raise self.error

    def begin(self) -> None:
        """Dress the application, then open the window or, where there is no workspace, the first run."""
        self.dress()
        if is_set_up(self.workspace):
            self.open()
        else:
            self.open_first_run()

    def dress(self) -> None:
        """Language, colours and text size as preferred."""
        languages.use(self.app, self.settings.language)
        theme.apply(self.app, self.theme, self.settings.text_size)
        icons.repaint(self.app)

    @property
    def theme(self) -> theme.Theme:
        wanted = self.settings.theme
        system = self.app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return theme.DARK if wanted == "dark" or (wanted != "light" and system) else theme.LIGHT

    def open_first_run(self) -> None:
        """Ask whose workstation this is."""
        window = FirstRun(self.workspace, self.runner, self.settings.language)
        window.made.connect(self._made)
        window.practice_wanted.connect(self.start_practice)
        window.language_chosen.connect(self._first_run_language)
        window.left.connect(self._first_run_left)
        self.first_run = window
        window.show()

    def open(self) -> None:
        """Sign in and show the window; or raise the one that is open on this workspace already."""
        self._single = SingleWindow(self.workspace, self)
        if not self._single.claim():
            self.app.quit()
            return
        self._single.raised.connect(self._raise)
        if is_practice(self.workspace):
            os.environ.pop(DATABASE, None)
        try:
            self.desk = sign_in(self.workspace, self.operator)
        except AvdeskError as error:
            self._refuse(error)
            return
        self._desks.append(self.desk)
        log_to(self.workspace / "logs")
        self.build()
        self._reconcile(self.desk)
        self.analysing = Analysing(self.runner, self._desk_now, self)
        self.analysing.analysed.connect(self._analysed)
        self.analysing.begin()

    def build(self, page: str | None = None) -> None:
        """Make the window and its pages; again after a change of language or text size."""
        if self.desk is None:
            return
        shell = Shell(self.desk, self.runner, self.settings, practice=is_practice(self.workspace))
        for entry in pages.ENTRIES:
            shell.add_later(entry.name, entry.icon, entry.title, entry.under, partial(self._make, entry, shell))
        shell.look_changed.connect(self._look_changed)
        shell.desk_changed.connect(self.renew_desk)
        shell.practice_wanted.connect(self.start_practice)
        shell.closed.connect(self.app.quit)
        self.shell = shell
        shell.begin(page)
        QTimer.singleShot(_AT_EASE, self, self._load_next)

    def _make(self, entry: pages.Entry, shell: Shell) -> Page:
        return entry.load()(shell.desk, self.runner, shell)

    def _load_next(self, _loaded: object = None) -> None:
        """The window is open: load and make the pages behind, one by one; loading happens beside the window."""
        waiting = self.shell.waiting_pages if self.shell is not None else []
        entry = next((entry for entry in pages.ENTRIES if entry.name in waiting), None)
        if entry is None:
            self.runner.garbage.keep()
            return

        def work(_on_progress: OnProgress, control: Control) -> str:
            control.check()
            entry.load()
            return entry.name

        self.runner.start(work, lane=_LOADING, on_success=self._make_behind)

    def _make_behind(self, name: str) -> None:
        if self.shell is not None:
            self.shell.make_page(name)
            QTimer.singleShot(0, self, self._load_next)

    def renew_desk(self) -> None:
        """Policies changed: sign in anew, so that everything submitted from now on sees them."""
        if self.shell is None:
            return
        try:
            desk = sign_in(self.workspace, self.operator)
        except AvdeskError as error:
            self.shell.show_error(error)
            return
        self._desks.append(desk)
        self.desk = desk
        self.shell.take_desk(desk)
        if self.analysing is not None:
            self.analysing.renew()

    def _desk_now(self) -> Desk | None:
        return self.desk

    def _analysed(self) -> None:
        if self.shell is not None:
            self.shell.tell("analysis")

    def start_practice(self) -> None:
        """A process of its own on the practice workspace: nothing of this one is within its reach."""
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "avdesk"]
        arguments = [*program[1:], "--workspace", str(self.workspace), "practice"]
        if not QProcess.startDetached(program[0], arguments) and self.shell is not None:
            self.shell.say("bad", translate("shell", "The practice window could not be started."))

    def _reconcile(self, desk: Desk) -> None:
        """Put in order what an interruption left; costs one query when there is nothing."""

        def work(_on_progress: OnProgress, _control: Control) -> ReconcileReport:
            return reconcile(desk)

        self.runner.start(work, lane=WRITE, on_success=self._reconciled)

    def _reconciled(self, report: ReconcileReport) -> None:
        if report.ingests and self.shell is not None:
            self.shell.tell("ingests")
            self.shell.tell("recordings")

    def _made(self) -> None:
        if self.first_run is not None:
            self.first_run.left.disconnect(self._first_run_left)
            self.first_run.close()
            self.first_run.deleteLater()
            self.first_run = None
        self.open()

    def _first_run_left(self) -> None:
        self.app.quit()

    def _first_run_language(self, language: str) -> None:
        """The same window in the other language, with what was typed."""
        before = self.first_run
        if before is None:
            return
        self.settings.set("look/language", language)
        self.dress()
        before.left.disconnect(self._first_run_left)
        self.open_first_run()
        if self.first_run is not None:
            self.first_run.take_over(before)
        before.close()
        before.deleteLater()

    def _look_changed(self, what: str) -> None:
        self.dress()
        before = self.shell
        if what == "theme" or before is None:
            return
        before.save_state()
        self.build(before.current.NAME if before.current is not None else None)
        before.hide()
        before.deleteLater()

    def _scheme_changed(self) -> None:
        if self.settings.theme == "system":
            self.dress()

    def _raise(self) -> None:
        if self.shell is not None:
            self.shell.raise_window()

    def _refuse(self, error: AvdeskError) -> None:
        """The window can't be opened: say why, then end."""
        self.error = error
        dialog = DetailsDialog(sentence(error), str(error), title=translate("shell", "avdesk can't be opened"))
        dialog.finished.connect(self.app.quit)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _show_bug(self, bug: Bug) -> None:
        if self.shell is not None:
            self.shell.show_bug(bug)

    def _stop(self) -> None:
        """Asked by the system to end: as if the person had chosen to stop and close."""
        if self.shell is not None:
            self.shell.closing.stop()
        else:
            self.app.quit()

    def _end(self) -> None:
        if self.analysing is not None:
            self.analysing.end()
        self.shell = self.first_run = None
        self._signals.remove()
        self._faults.remove()
        if self._single is not None:
            self._single.release()
        self.settings.sync()
        left = self.runner.close(_LAST_WAIT)
        if left:
            _log.error("left without: %s", [job.title or job.lane for job in left])
            logging.shutdown()
            os._exit(1)  # a thread that does not answer would keep the process for ever
        for desk in self._desks:
            desk.close()


class _Signals:
    """SIGINT and SIGTERM reach Qt's event loop through a pair of sockets."""

    _WANTED = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._before: list[object] = []
        self._wake = -1
        self._ends: tuple[socket.socket, ...] = ()
        self._notifier: QSocketNotifier | None = None

    def install(self) -> None:
        self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._arrived)
        self._wake = signal.set_wakeup_fd(self._ends[1].fileno())
        self._before = [signal.signal(number, _ignore) for number in self._WANTED]

    def remove(self) -> None:
        if self._notifier is None:
            return
        signal.set_wakeup_fd(self._wake)
        for number, handler in zip(self._WANTED, self._before, strict=True):
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._notifier.setEnabled(False)
        self._notifier = None
        for end in self._ends:
            end.close()

    def _arrived(self) -> None:
        self._ends[0].recv(64)
        self._act()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Only the wake-up counts."""
