"""Two small pages: the frame is tested with these, so that it stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit

from avdesk.services.desk import Desk
from avdesk.ui.page import Command, Key, Page, PageHead
from avdesk.ui.runner import Runner
from avdesk.ui.shell import Shell
from avdesk.ui.widgets.labels import Label


class _Watched(Page):
    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.seen: list[str] = []
        self.states: list[dict[str, object]] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("field")
        self.body.addWidget(PageHead(self.title()))
        self.body.addWidget(self.field)
        self.body.addStretch(1)

    def on_shown(self, **state: object) -> None:
        self.seen.append("shown")
        self.states.append(state)

    def on_hidden(self) -> None:
        self.seen.append("hidden")

    def refresh(self) -> None:
        self.seen.append("refreshed")

    def save_state(self) -> None:
        self.seen.append("saved")


class IngestPage(_Watched):
    NAME: ClassVar[str] = "ingest"
    ICON: ClassVar[str] = "device-sd-card"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"volumes"})

    @classmethod
    def title(cls) -> str:
        return "采集"

    def keys(self) -> Sequence[Key]:
        return (Key("S", "开始采集", self._start), Key("Ctrl+L", "选择文件夹", self._choose))

    def commands(self) -> Sequence[Command]:
        return (Command("选择文件夹采集", "folder", self._choose),)

    def _start(self) -> None:
        self.seen.append("started")

    def _choose(self) -> None:
        self.seen.append("chosen")


class LibraryPage(_Watched):
    NAME: ClassVar[str] = "library"
    ICON: ClassVar[str] = "movie"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"recordings"})

    @classmethod
    def title(cls) -> str:
        return "资料库"


class CasesPage(_Watched):
    NAME: ClassVar[str] = "cases"
    ICON: ClassVar[str] = "briefcase"

    @classmethod
    def title(cls) -> str:
        return "案件"


class PlayerPage(_Watched):
    NAME: ClassVar[str] = "player"
    ICON: ClassVar[str] = "player-play"
    UNDER: ClassVar[str] = "library"
    FOLDS: ClassVar[bool] = True

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.top = Label("惠民示例大药房 现场检查", "head")

    @classmethod
    def title(cls) -> str:
        return "回放"


def add_pages(shell: Shell) -> None:
    """All four."""
    for made in (IngestPage, LibraryPage, PlayerPage, CasesPage):
        shell.add_page(made(shell.desk, shell.runner, shell))
