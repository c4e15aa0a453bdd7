"""Data files whose texts are printed: every one must have its characters in the fonts."""

from __future__ import annotations

import string

from avdesk.documents import fonts
from avdesk.resources import Table


class PrintedWords(Table):
    """A table of words for labels and forms."""

    def text(self, key: str) -> str:
        return self._printable(key, super().text(key))

    def template(self, key: str, *fields: str) -> str:
        """A text that names each of ``fields`` in braces, and no other."""
        value = self.text(key)
        try:
            named = {field for _, field, _, _ in string.Formatter().parse(value) if field is not None}
        except ValueError as error:
            self.refuse(key, str(error))
        if named != set(fields):
            self.refuse(key, f"fields {sorted(named)}, expected {sorted(fields)}")
        return value

    def _item(self, key: str, index: int, item: object) -> str:
        return self._printable(f"{key}[{index}]", super()._item(key, index, item))

    def _printable(self, key: str, value: str) -> str:
        if lacking := fonts.missing(fonts.clean(value)):
            self.refuse(key, f"no font has {' '.join(lacking)}")
        return value
