"""The pages of the window, in the order of the side bar. A page is one name here and one file beside it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from avdesk.ui.page import Page

NAMES = ("ingest", "library", "player", "cases", "labels", "settings")


def classes() -> list[type[Page]]:
    """The class of every page that exists: ``LibraryPage`` of ``library.py``."""
    return [page_class(name) for name in NAMES if find_spec(f"{__name__}.{name}") is not None]


def page_class(name: str) -> type[Page]:
    """The class of one page."""
    found: type[Page] = getattr(import_module(f"{__name__}.{name}"), f"{name.title()}Page")
    return found
