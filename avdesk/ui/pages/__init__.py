"""The pages of the window, in the order of the side bar. A page is one line here and one file beside it.

The file of a page is loaded when the page is made: some bring libraries that take longer to load than the window takes
to open.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from avdesk.ui.marking import QT_TRANSLATE_NOOP
from avdesk.ui.page import Page
from avdesk.ui.texts import translated


@dataclass(frozen=True, slots=True)
class Entry:
    """What the side bar shows of a page before it is made: the class says the same. ``under`` as in :class:`Page`."""

    name: str
    icon: str
    source: str
    under: str = ""

    @property
    def title(self) -> str:
        """In the window's language."""
        return translated(self.name, self.source)

    def load(self) -> type[Page]:
        """The class of the page: ``LibraryPage`` of ``library.py``. May take some tenths of a second the first time."""
        found: type[Page] = getattr(import_module(f"{__name__}.{self.name}"), f"{self.name.title()}Page")
        return found


ENTRIES = (
    Entry("ingest", "device-sd-card", QT_TRANSLATE_NOOP("ingest", "Collect")),
    Entry("library", "movie", QT_TRANSLATE_NOOP("library", "Library")),
    Entry("player", "movie", QT_TRANSLATE_NOOP("player", "Player"), under="library"),
    Entry("cases", "briefcase", QT_TRANSLATE_NOOP("cases", "Cases")),
    Entry("labels", "disc", QT_TRANSLATE_NOOP("labels", "Disc labels")),
    Entry("settings", "settings", QT_TRANSLATE_NOOP("settings", "Settings")),
)


def classes() -> list[type[Page]]:
    """The class of every page."""
    return [entry.load() for entry in ENTRIES]
