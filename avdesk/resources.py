"""Where the program's data files are, and how a TOML file of them is read and refused."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn, Self

from avdesk.errors import BadResource

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def path(*parts: str) -> Path:
    """A file or folder below ``resources``."""
    return ROOT.joinpath(*parts)


def toml_files(folder: str) -> list[Path]:
    """The TOML files of one folder of resources, by name."""
    return sorted(path(folder).glob("*.toml"))


class Table:
    """One table of a TOML data file, with its schema in the code that reads it.

    Every reading method raises :class:`BadResource` with file, key and reason when the value does not fit.
    """

    def __init__(self, file: Path, values: Mapping[str, object], where: str = "") -> None:
        self._file = file
        self._values = values
        self._where = where
        self._read: set[str] = set()

    @classmethod
    def of(cls, file: Path) -> Self:
        """The whole of a file. Raises :class:`BadResource`, for what is no TOML with the line in its reason."""
        try:
            return cls(file, tomllib.loads(file.read_text("utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadResource(file=str(file), reason=str(error)) from error

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise :class:`BadResource` about one key of this table."""
        raise BadResource(file=str(self._file), key=self._where + key, reason=reason)

    def end(self) -> None:
        """Refuse every key that nothing has read."""
        for key in self._values:
            if key not in self._read:
                self.refuse(key, "unknown key")

    def text(self, key: str) -> str:
        """A text that must be there and must say something."""
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, "must be a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self._get(key) is not None else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is not there."""
        return tuple(self._item(key, index, item) for index, item in enumerate(self._list(key)))

    def words(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of texts, each of which is one of ``allowed``."""
        known = set(allowed)
        values = self.texts(key)
        for value in values:
            if value not in known:
                self.refuse(key, f"{value!r} is not one of {', '.join(sorted(known))}")
        return values

    def choice(self, key: str, *allowed: str) -> str:
        """A text that is one of ``allowed``."""
        value = self.text(key)
        if value not in allowed:
            self.refuse(key, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def flag(self, key: str) -> bool:
        value = self._get(key)
        if not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A number within its bounds."""
        return self._bounded(key, self._get(key), low, high)

    def points(self, key: str, low: float, high: float) -> tuple[tuple[float, float], ...]:
        """A list, not empty, of pairs of numbers."""
        found = []
        for pair in self._list(key):
            if not isinstance(pair, list) or len(pair) != 2:
                self.refuse(key, "must be a list of [x, y]")
            x, y = (self._bounded(key, part, low, high) for part in pair)
            found.append((x, y))
        if not found:
            self.refuse(key, "must not be empty")
        return tuple(found)

    def regex(self, key: str) -> re.Pattern[str]:
        """A regular expression, ASCII and case-insensitive."""
        try:
            return re.compile(self.text(key), re.ASCII | re.IGNORECASE)
        except re.error as error:
            self.refuse(key, str(error))

    def table(self, key: str) -> Self:
        return self._below(key, self._get(key))

    def tables(self, key: str) -> list[Self]:
        """A list of tables, empty when the key is not there."""
        return [self._below(f"{key}[{index}]", item) for index, item in enumerate(self._list(key))]

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._values.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, "must be a list")
        return value

    def _item(self, key: str, index: int, item: object) -> str:
        if not isinstance(item, str) or not item:
            self.refuse(f"{key}[{index}]", "must be a text")
        return item

    def _below(self, key: str, value: object) -> Self:
        if not isinstance(value, dict):
            self.refuse(key, "must be a table")
        return type(self)(self._file, value, f"{self._where}{key}.")

    def _bounded(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.refuse(key, f"must be a number from {low:g} to {high:g}")
        return float(value)
