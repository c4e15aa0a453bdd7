"""The one shape for "something is not as it should be"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A coded fact without prose; words are made at the edge.

    ``path`` is relative to the source or the vault root, with ``/``; bytes that are not UTF-8 stand in it as surrogate
    escapes. ``facts`` hold only text, booleans, ``None``, integers, lists and objects.
    """

    code: str
    path: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
