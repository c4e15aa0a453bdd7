"""A PNG of every page, made by the window itself, offscreen."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from avdesk.errors import EnvironmentFault
from avdesk.services.desk import Desk
from avdesk.services.practice import is_practice
from avdesk.ui import languages, pages, theme
from avdesk.ui.app import make_application
from avdesk.ui.first_run import FirstRun
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell

_STEP = 30
_QUIET = 5
_LIMIT = 20_000
_EXAMPLE = Path("/data/avdesk")
"""The workspace that the picture of the first run speaks of; nothing is made there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``path`` is the PNG of the page of that name."""

    page: str
    path: str


@dataclass(frozen=True, slots=True)
class Pictures:
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How the window is shown: ``size`` in pixels, ``language`` ``zh`` or ``en``, ``text`` one of the text sizes."""

    size: tuple[int, int]
    dark: bool
    language: str
    text: float = 1.0

    def wear(self, app: QApplication, settings: Settings) -> None:
        """Dress the application, and have the settings say so too."""
        theme.apply(app, theme.DARK if self.dark else theme.LIGHT, self.text)
        languages.use(app, self.language)
        settings.set("look/language", self.language)
        settings.set("look/theme", "dark" if self.dark else "light")
        settings.set("look/text", self.text)


def picture_pages(desk: Desk, folder: Path, *, size: tuple[int, int], dark: bool, language: str) -> Pictures:
    """As :func:`make_pictures`, in a process that has no application yet; never on a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return make_pictures(make_application(), desk, folder, Look(size, dark, language))


def make_pictures(app: QApplication, desk: Desk, folder: Path, look: Look) -> Pictures:
    """Every page on the workspace of ``desk``. Existing pictures are replaced.

    Raises :class:`EnvironmentFault` when one can't be written.
    """
    runner = Runner()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as preferences:
            settings = Settings(Path(preferences) / "window.ini")
            look.wear(app, settings)
            return Pictures(tuple(_pictures(desk, runner, settings, folder, look)))
    except OSError as error:
        raise EnvironmentFault(file=str(folder), reason=error.strerror) from error
    finally:
        runner.cancel_all()
        settle(runner)
        runner.close(patience=0)


def _pictures(desk: Desk, runner: Runner, settings: Settings, folder: Path, look: Look) -> Iterator[Picture]:
    first_run = FirstRun(_EXAMPLE, runner, look.language)
    yield _take(first_run, runner, folder, look, "first-run")
    first_run.deleteLater()
    shell = Shell(desk, runner, settings, practice=is_practice(desk.workspace))
    for page_class in pages.classes():
        shell.add_page(page_class(desk, runner, shell))
    shell.resize(*look.size)
    shell.show()
    shell.vault_room.look()
    for name, page in shell.pages.items():
        state = page.picture_state()
        if state is not None:
            shell.open_page(name, **state)
            page.setFocus()
            settle(runner, until=page.settled)
            yield _take(shell, runner, folder, look, name)
    shell.hide()
    shell.deleteLater()


def _take(window: QWidget, runner: Runner, folder: Path, look: Look, name: str) -> Picture:
    window.resize(*look.size)
    window.show()
    settle(runner)
    path = folder / f"{name}.png"
    if not window.grab().save(str(path), "PNG"):
        raise EnvironmentFault(file=str(path), reason="it can't be written")
    return Picture(name, str(path))


def settle(runner: Runner, limit: int = _LIMIT, until: Callable[[], bool] | None = None) -> None:
    """Let the window work until no job is left, nothing new was asked for a moment, and ``until`` says yes; at most
    ``limit`` ms.
    """
    quiet = passed = 0
    while quiet < _QUIET and passed < limit:
        loop = QEventLoop()
        QTimer.singleShot(_STEP, loop.quit)
        loop.exec()
        passed += _STEP
        quiet = quiet + 1 if not runner.jobs and (until is None or until()) else 0
