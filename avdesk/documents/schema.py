"""Checking the data files of labels and forms: every key is wanted, of the right type and within its bounds."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from avdesk import resources
from avdesk.documents import fonts
from avdesk.errors import BadResource


class Section:
    """One table of a TOML file. Every reading method raises :class:`BadResource` with file, key and reason."""

    def __init__(self, file: Path, content: Mapping[str, object], name: str = "") -> None:
        self._file = file
        self._content = content
        self._name = name
        self._read: set[str] = set()

    @classmethod
    def of(cls, file: Path) -> Section:
        """The whole of a file."""
        return cls(file, resources.read_toml(file))

    def section(self, key: str) -> Section:
        value = self._value(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, "not a table")
        return Section(self._file, value, self._full(key))

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "not a text, or empty")
        if lacking := fonts.missing(fonts.clean(value)):
            raise self.wrong(key, f"no font has {' '.join(lacking)}")
        return value

    def template(self, key: str, *fields: str) -> str:
        """A text that names each of ``fields`` in braces, and no other."""
        value = self.text(key)
        try:
            named = {field for _, field, _, _ in string.Formatter().parse(value) if field is not None}
        except ValueError as error:
            raise self.wrong(key, str(error)) from error
        if named != set(fields):
            raise self.wrong(key, f"fields {sorted(named)}, expected {sorted(fields)}")
        return value

    def choice(self, key: str, *allowed: str) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"not one of {', '.join(allowed)}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        return self._bounded(key, self._value(key), low, high)

    def texts(self, key: str, count: int) -> tuple[str, ...]:
        value = self._value(key)
        if not isinstance(value, list) or len(value) != count or not all(isinstance(v, str) for v in value):
            raise self.wrong(key, f"not a list of {count} texts")
        listed = Section(self._file, {str(index): text for index, text in enumerate(value)}, self._full(key))
        return tuple(listed.text(str(index)) for index in range(count))

    def points(self, key: str, low: float, high: float) -> tuple[tuple[float, float], ...]:
        """A list, not empty, of pairs of numbers."""
        value = self._value(key)
        if not isinstance(value, list) or not value:
            raise self.wrong(key, "not a list, or empty")
        found = []
        for pair in value:
            if not isinstance(pair, list) or len(pair) != 2:
                raise self.wrong(key, "not a list of [x, y]")
            x, y = (self._bounded(key, part, low, high) for part in pair)
            found.append((x, y))
        return tuple(found)

    def end(self) -> None:
        """Refuse keys that nothing has read."""
        for key in self._content:
            if key not in self._read:
                raise self.wrong(key, "unknown key")

    def wrong(self, key: str, reason: str) -> BadResource:
        return BadResource(file=str(self._file), key=self._full(key), reason=reason)

    def _full(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _value(self, key: str) -> object:
        self._read.add(key)
        if key not in self._content:
            raise self.wrong(key, "missing")
        return self._content[key]

    def _bounded(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(key, f"not a number from {low:g} to {high:g}")
        return float(value)
