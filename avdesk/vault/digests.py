"""The digests of evidence: SHA-256 always, SM3 beside it where the office wants it and OpenSSL has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Digests:
    """Lower-case hex; ``sm3`` is ``None`` when it was not asked for."""

    sha256: str
    sm3: str | None = None


def sm3_available() -> bool:
    """Whether this OpenSSL can compute SM3."""
    return "sm3" in hashlib.algorithms_available


class Digesting:
    """Digests being computed over one stream of bytes.

    ``updates`` is one function for each digest, taking a piece and its offset: each can have a thread of its own.
    """

    def __init__(self, *, sm3: bool = False) -> None:
        self._hashes = [hashlib.sha256(), *([hashlib.new("sm3")] if sm3 else [])]
        self.updates: list[Callable[[memoryview, int], None]] = [_updater(each) for each in self._hashes]

    def update(self, data: memoryview | bytes) -> None:
        for each in self._hashes:
            each.update(data)

    def result(self) -> Digests:
        return Digests(*(each.hexdigest() for each in self._hashes))


def _updater(digest: hashlib._Hash) -> Callable[[memoryview, int], None]:
    return lambda piece, _offset: digest.update(piece)
