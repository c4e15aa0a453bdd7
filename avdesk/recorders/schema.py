"""Reads a table of a data file and refuses what its schema does not allow, naming file, key and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from avdesk.errors import BadResource


class Table:
    """One table of a TOML file. Every reading method raises :class:`BadResource` when the value does not fit."""

    def __init__(self, file: Path, values: Mapping[str, object], where: str = "") -> None:
        self._file = file
        self._values = values
        self._where = where

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise :class:`BadResource` about one key of this table."""
        raise BadResource(file=str(self._file), key=self._where + key, reason=reason)

    def allow(self, *keys: str) -> None:
        """Refuse every key that is not named here."""
        for key in self._values:
            if key not in keys:
                self.refuse(key, "unknown key")

    def text(self, key: str) -> str:
        """A text that must be there and must not be empty."""
        value = self._values.get(key)
        if not isinstance(value, str) or not value:
            self.refuse(key, "must be a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self._values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is not there."""
        value = self._values.get(key, [])
        if not isinstance(value, list):
            self.refuse(key, "must be a list of texts")
        for item in value:
            if not isinstance(item, str) or not item:
                self.refuse(key, "must be a list of texts")
        return tuple(value)

    def words(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of texts, each of which is one of ``allowed``."""
        known = set(allowed)
        values = self.texts(key)
        for value in values:
            if value not in known:
                self.refuse(key, f"{value!r} is not one of {', '.join(sorted(known))}")
        return values

    def flag(self, key: str) -> bool:
        value = self._values.get(key)
        if not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def regex(self, key: str) -> re.Pattern[str]:
        """A regular expression, ASCII and case-insensitive."""
        try:
            return re.compile(self.text(key), re.ASCII | re.IGNORECASE)
        except re.error as error:
            self.refuse(key, str(error))

    def table(self, key: str) -> Table:
        return self._below(self._values.get(key), key)

    def tables(self, key: str) -> list[Table]:
        """A list of tables, empty when the key is not there."""
        value = self._values.get(key, [])
        if not isinstance(value, list):
            self.refuse(key, "must be a list of tables")
        return [self._below(item, f"{key}[{number}]") for number, item in enumerate(value)]

    def _below(self, value: object, key: str) -> Table:
        if not isinstance(value, dict):
            self.refuse(key, "must be a table")
        return Table(self._file, value, f"{self._where}{key}.")
