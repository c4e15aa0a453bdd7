"""What a command is: its words, its arguments, the services it calls, and how its answer is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from avdesk.services.desk import Desk

Options = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` becomes the JSON document, ``lines`` the short human answer; ``status`` is the exit code."""

    value: object
    lines: tuple[str, ...]
    status: int = 0


class PictureFacts(Protocol):
    """A page, and the path of its PNG."""

    @property
    def page(self) -> str: ...
    @property
    def path(self) -> str: ...


class Window(Protocol):
    """What the command line may ask of the window, which it does not know."""

    def open(self, workspace: Path, operator: str | None) -> None:
        """Open the workstation; returns when it is closed."""

    def practise(self, workspace: Path) -> None:
        """The same on the practice workspace that belongs to ``workspace``."""

    def pictures(
        self, desk: Desk, folder: Path, *, size: tuple[int, int], dark: bool, language: str
    ) -> Sequence[PictureFacts]:
        """A PNG of every page; ``size`` in pixels, ``language`` ``zh`` or ``en``."""


@dataclass(frozen=True, slots=True)
class Call:
    """One invocation: workspace, the operator if one was named, arguments, and the window where there is one."""

    workspace: Path
    operator: str | None
    options: Options
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """``services`` are the functions it calls, the first one deciding which right is asked for first."""

    words: str
    about: str
    services: tuple[Callable[..., object], ...]
    arguments: Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Command(Words):
    """What somebody must be signed in for."""

    run: Callable[[Desk, Options], Answer]


@dataclass(frozen=True, slots=True)
class OpenCommand(Words):
    """What nobody need be signed in for."""

    run: Callable[[Call], Answer]


AnyCommand = Command | OpenCommand


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """For commands that take none."""
