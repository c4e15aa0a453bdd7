"""The frames of a film one before the other. Runs in the decoder process only."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from avdesk.media.film import Film
from avdesk.media.run import Kept, Shown

KEPT_BYTES = 256 << 20
"""Of decoded frames in front of the one that is shown; a longer group of frames is decoded several times."""


def backwards(film: Film, wanted: int, *, sparse: bool) -> Iterator[Shown | None]:
    """The frame on the screen at pts ``wanted``, then those before it; ``sparse``: only the key frames before it.

    ``None`` stands for work done meanwhile.
    """
    first = yield from _one(film, wanted)
    if first is None:
        return
    yield first
    last = first.pts
    while True:
        found = yield from (_key(film, last - 1) if sparse else _before(film, last - 1))
        if not found or found[0].pts >= last:
            return
        yield from reversed(found)
        last = found[0].pts


def _one(film: Film, wanted: int) -> Generator[None, None, Shown | None]:
    for shown in film.frames(wanted):
        if shown is not None:
            return shown
        yield None
    return None


def _key(film: Film, wanted: int) -> Generator[None, None, list[Shown]]:
    for shown in film.key_frame(wanted):
        if shown is not None:
            return [shown]
        yield None
    return []


def _before(film: Film, wanted: int) -> Generator[None, None, list[Shown]]:
    """As many frames up to one as may be kept, in order."""
    kept = Kept(KEPT_BYTES)
    for shown in film.frames(wanted, kept):
        if shown is not None:
            return list(kept)
        yield None
    return []
