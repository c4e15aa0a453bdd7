"""Reading arguments: the global options, those of one command, and the kinds of values they take."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn

from avdesk.cli.command import Options, Words
from avdesk.errors import UsageError

GLOBAL = "--workspace DIR --operator NAME --password-file F --json --version"
_MOST = 1_000_000


class HelpAsked(Exception):
    """Somebody wants to read ``text`` instead."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Parser(argparse.ArgumentParser):
    """Wrong usage is :class:`UsageError`, help :class:`HelpAsked`; nothing is printed here."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("USAGE", message=message, usage=self.format_usage().strip())

    def print_help(self, _file: object = None) -> NoReturn:
        raise HelpAsked(self.format_help().rstrip())


def split(arguments: Sequence[str]) -> tuple[Options, list[str]]:
    """The global options, which stand anywhere before ``--``, and the rest. Raises :class:`UsageError`."""
    shared = _Parser(prog="avdesk", add_help=False, allow_abbrev=False)
    shared.add_argument("--workspace")
    shared.add_argument("--operator")
    shared.add_argument("--password-file")
    shared.add_argument("--json", action="store_true")
    shared.add_argument("--version", action="store_true")
    return shared.parse_known_args(arguments)


def read(command: Words, arguments: Sequence[str]) -> Options:
    """The options of one command. Raises :class:`UsageError`, :class:`HelpAsked`."""
    parser = _Parser(
        prog=f"avdesk {command.words}",
        allow_abbrev=False,
        description=command.about,
        epilog=f"Global options: {GLOBAL}",
    )
    command.arguments(parser)
    return parser.parse_args(arguments)


def add_paging(parser: argparse.ArgumentParser) -> None:
    """``--limit N --after CURSOR``."""
    parser.add_argument("--limit", type=positive, default=100, metavar="N")
    parser.add_argument("--after", metavar="CURSOR")


def positive(text: str) -> int:
    """A whole number of one or more."""
    if not text.isdecimal() or not 1 <= len(text) <= 7 or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {_MOST}")
    return int(text)


def day(text: str) -> date:
    """A date as ``2026-11-23``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-11-23") from error


def number(low: float, high: float) -> Callable[[str], float]:
    """A number within its bounds."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {low:g} to {high:g}")
        return value

    return parse
