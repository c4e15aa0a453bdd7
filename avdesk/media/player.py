"""The window's end of the decoder process: what is asked of it, and what it says.

Nothing that the process says is believed unchecked: it reads the files of strangers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path

from avdesk.media.fitting import PIXEL, View
from avdesk.media.process import ChildProcess
from avdesk.media.ring import SLOT_BYTES, SLOTS, Ring

__all__ = ["Counted", "Decoder", "End", "Ended", "Event", "Failed", "Opened", "Picture", "View"]

FROZEN_OPTION = "--media-decoder"
"""The packaged program, started with it as its first argument, hands over to :func:`avdesk.media.decoder.main`."""

MEMORY = 3 << 29
_MODULE = "avdesk.media.decoder"
_CODES = frozenset({"EMPTY", "UNREADABLE", "NOT_SHOWN", "MAKERS_PLAYER", "DAMAGED", "CUT_SHORT", "TOO_LARGE"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be shown. ``width`` and ``height`` in pixels as coded, ``duration_s`` in seconds, ``rate`` frames
    per second, 0 for a photograph. ``cut``: its end is missing. ``start`` is the pts of second 0.
    """

    file: int
    format: str
    width: int
    height: int
    picture: bool
    sound: bool
    duration_s: float | None
    start: int
    time_base: Fraction
    rate: Fraction
    cut: bool

    def pts(self, seconds: float) -> int:
        """The pts at a time of the file; a frame's own time gives the frame's own pts."""
        return self.start + math.floor(seconds / float(self.time_base) + 0.01)

    def seconds(self, pts: int) -> float:
        """The time of a pts."""
        return float((pts - self.start) * self.time_base)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the ring. ``number`` is the place of the frame in the file from 0 on, ``None`` while not counted."""

    generation: int
    slot: int
    pts: int
    number: int | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Counted:
    """All frames of the file are counted."""

    file: int
    frames: int


@dataclass(frozen=True, slots=True)
class End:
    """No picture follows the last one."""

    generation: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The file is not shown, or no further. ``code`` as :class:`avdesk.media.decoder.Fault`, ``reason``: ``EIO`` …"""

    file: int
    code: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone."""


Event = Opened | Picture | Counted | End | Failed | Ended


class Decoder:
    """One decoder process with its ring. ``on_event`` is called on a thread of its own."""

    def __init__(self, on_event: Callable[[Event], None], *, memory: int = MEMORY) -> None:
        """Raises :class:`OSError` when the process can't be started."""
        self._on_event = on_event
        self._ring = Ring.create()
        self._file = 0
        self._generation = 0
        handed = () if self._ring.descriptor is None else (self._ring.descriptor,)
        try:
            self._process = ChildProcess(
                _MODULE, FROZEN_OPTION, [str(memory), self._ring.token], self._hear, descriptors=handed
            )
        except OSError:
            self._ring.close()
            raise
        self._ring.drop_descriptor()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def open(self, path: Path, name: str, cache: Path | None = None) -> int:
        """Open a file whose original name is ``name``. :class:`Opened` or :class:`Failed` of this number answers.

        The table of its frames is kept in the file ``cache``, whose folder is made, and taken from there next time.
        """
        self._file += 1
        kept = None if cache is None else str(cache.absolute())
        self._process.tell({"do": "open", "path": str(path), "name": name, "file": self._file, "cache": kept})
        return self._file

    def show(self, pts: int, view: View, rate: float = 1.0) -> int:
        """Show what is on the screen at ``pts``, then what follows: pictures of the generation that is returned.

        The first picture is always exact. ``rate`` says how fast the others will be shown: up to 2 all follow; above,
        50 for each second of the watcher's, above 4 without frames that no other needs, and key frames alone where
        :meth:`hurry` says that it is late. Negative: the frames before it, the last first; below -2 its key frames.
        Slots of earlier generations must be freed all the same.
        """
        self._generation += 1
        asked = {"generation": self._generation, "pts": pts, "view": _view(view), "rate": rate}
        self._process.tell({"do": "show", **asked})
        return self._generation

    def look(self, view: View) -> None:
        """Following pictures are made for this view."""
        self._process.tell({"do": "look", "view": _view(view)})

    def hurry(self, pts: int) -> None:
        """Pictures before ``pts`` come too late and need not be made."""
        self._process.tell({"do": "hurry", "pts": pts})

    def pixels(self, picture: Picture) -> memoryview:
        """BGRA rows without gaps, in the ring itself: valid until :meth:`free`, and to be released before it."""
        with self._ring.slot(picture.slot) as slot:
            return slot[: picture.width * picture.height * PIXEL]

    def free(self, picture: Picture) -> None:
        """The picture is no longer looked at."""
        self._process.tell({"do": "free", "slot": picture.slot})

    def close(self) -> None:
        """End the process and give the ring back. Raises ``BufferError`` while pixels are in use."""
        self._process.end()
        self._ring.close()

    def _hear(self, message: object) -> None:
        self._on_event(Ended() if message is None else _event(message))


def _view(view: View) -> list[float]:
    return list(astuple(view))


def _event(message: object) -> Event:
    """Raises :class:`ValueError` for what no decoder in its right mind says."""
    match message:
        case {"say": "picture"}:
            return _picture(message)
        case {"say": "opened"}:
            return _opened(message)
        case {"say": "end", "generation": int(generation)}:
            return End(generation)
        case {"say": "counted", "file": int(file), "frames": int(frames)}:
            return Counted(file, frames)
        case {"say": "failed", "file": int(file), "code": str(code), "reason": str() | None as reason}:
            if code in _CODES:
                return Failed(file, code, reason)
    raise ValueError("not a decoder's event")


def _picture(message: object) -> Picture:
    match message:
        case {
            "generation": int(generation),
            "slot": int(slot),
            "pts": int(pts),
            "number": int() | None as number,
            "width": int(width),
            "height": int(height),
        } if 0 <= slot < SLOTS and width > 0 and height > 0 and width * height * PIXEL <= SLOT_BYTES:
            return Picture(generation, slot, pts, number, width, height)
    raise ValueError("not a picture")


def _opened(message: object) -> Opened:
    match message:
        case {
            "file": int(file),
            "format": str(format_),
            "width": int(width),
            "height": int(height),
            "picture": bool(picture),
            "sound": bool(sound),
            "duration": float() | None as duration,
            "start": int(start),
            "time_base": [int(part), int(whole)],
            "rate": [int(frames), int(seconds)],
            "cut": bool(cut),
        } if part > 0 and whole > 0 and frames >= 0 and seconds > 0:
            base, rate = Fraction(part, whole), Fraction(frames, seconds)
            return Opened(file, format_, width, height, picture, sound, duration, start, base, rate, cut)
    raise ValueError("not an opened file")
