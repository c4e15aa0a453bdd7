"""What every page is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avdesk.services.desk import Desk
from avdesk.ui import theme
from avdesk.ui.runner import Runner
from avdesk.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from avdesk.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a page; all are in the list that ``?`` shows. ``act`` is a bound method."""

    keys: str
    """As Qt writes them: ``Ctrl+F``, ``Space``, ``F5``."""
    text: str
    act: Callable[[], object]
    name: str = ""
    """What a key that the person may change is remembered by."""


KeyGroup = tuple[str, Sequence[tuple[str, str]]]
"""A part of the page, and the keys that it takes by itself while the keyboard is in it. Several keys for one thing
have a space between them: ``Up Down``."""


@dataclass(frozen=True, slots=True)
class Command:
    """What the search box finds beside recordings and cases."""

    text: str
    icon: str
    act: Callable[[], object]


class Page(QWidget):
    """A page of the window, for one noun. Subclasses set the four names and fill ``self.body``."""

    NAME: ClassVar[str] = ""
    """The object name is ``page.<NAME>``."""
    ICON: ClassVar[str] = "file"
    CONCERNS: ClassVar[frozenset[str]] = frozenset()
    """Nouns whose change makes :meth:`refresh` due: ``recordings cases people policies vaults labels
    volumes analysis``."""
    UNDER: ClassVar[str] = ""
    """For a page without an item in the side bar: the page whose item is lit."""
    FOLDS: ClassVar[bool] = False
    """The side bar folds to a rail, ``self.top`` takes the place of the search field, and there is no margin."""

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(shell)
        self.desk = desk
        self.runner = runner
        self.shell = shell
        self.top: QWidget | None = None
        self.setObjectName(f"page.{self.NAME}")
        self.setAccessibleName(self.title())
        self.body = QVBoxLayout(self)
        across, down = (0, 0) if self.FOLDS else (theme.MARGIN, theme.GAP)
        self.body.setContentsMargins(across, down, across, down)
        self.body.setSpacing(0 if self.FOLDS else 10)

    @classmethod
    def title(cls) -> str:
        """The word in the side bar and the head, translated."""
        raise NotImplementedError

    def on_shown(self, **state: object) -> None:
        """The page comes to the front; ``state`` is what :meth:`Shell.open_page` was given."""

    def on_hidden(self) -> None:
        """Another page comes to the front."""

    def refresh(self) -> None:
        """Read anew what the page shows: before the first :meth:`on_shown`, and when a noun it concerns changed."""

    def save_state(self) -> None:
        """Remember columns, splitters, filters; called before the window closes."""

    def keys(self) -> Sequence[Key]:
        """The page's keys."""
        return ()

    def usual_keys(self) -> Sequence[Key]:
        """The keys as they come, of a page whose keys may be changed."""
        return ()

    def keys_changed(self) -> None:
        """The person changed the page's keys."""

    def list_keys(self) -> Sequence[KeyGroup]:
        """What ``?`` tells beside :meth:`keys`: the keys of the page's lists, as it stands now."""
        return ()

    def commands(self) -> Sequence[Command]:
        """What the search box offers of this page."""
        return ()

    def take_desk(self, desk: Desk) -> None:
        """Policies, vaults or names changed: work submitted from now on uses this Desk."""
        self.desk = desk
        self.refresh()

    def settled(self) -> bool:
        """Whether everything that the page waits for beside the runner's work (a picture being decoded) is there."""
        return True

    def picture_state(self) -> Mapping[str, object] | None:
        """What ``avdesk pictures`` opens the page with; ``None``: there is nothing to show here."""
        return {}


class PageHead(QWidget):
    """The head of a page: its title, a quiet line beside it, and its acts at the right."""

    def __init__(self, title: str, *, sub_page: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, "head" if sub_page else "page")
        self._second = ElidedLabel("", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(12)
        base = Qt.AlignmentFlag.AlignVCenter
        self._across.addWidget(self._title, 0, base)
        self._across.addWidget(self._second, 1, base)
        self.setMinimumHeight(theme.px(36))

    def say(self, second: str, title: str | None = None) -> None:
        """The line beside the title: counts, sizes."""
        self._second.setText(second)
        if title is not None:
            self._title.setText(title)

    def add(self, act: QWidget) -> None:
        """An act at the right."""
        self._across.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_before(self, widget: QWidget) -> None:
        """Something before the title: the arrow back, a ring."""
        self._across.insertWidget(self._across.indexOf(self._title), widget, 0, Qt.AlignmentFlag.AlignVCenter)
