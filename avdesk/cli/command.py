"""What a command is: its words, its arguments, the services it calls, and how its answer is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from avdesk.services.desk import Desk

Options = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` becomes the JSON document, ``lines`` the short human answer; ``status`` is the exit code."""

    value: object
    lines: tuple[str, ...]
    status: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One invocation: the workspace, the operator if one was named, and the arguments."""

    workspace: Path
    operator: str | None
    options: Options


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
