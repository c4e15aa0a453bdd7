"""A decoder process as the window has it, and the numbers read from the pictures that it makes."""

from __future__ import annotations

import queue
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from avdesk.media.player import Decoder, End, Ended, Event, Failed, Opened, Picture, View
from tests.media import footage

WAIT = 15
VIEW = View(480, 480)


class Watched:
    """A decoder, and what it said."""

    def __init__(self, memory: int | None = None) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.decoder = Decoder(self.events.put) if memory is None else Decoder(self.events.put, memory=memory)

    def next(self, *wanted: type[Event], wait: float = WAIT) -> Event:
        """The next event of one of these kinds."""
        while True:
            event = self.events.get(timeout=wait)
            if isinstance(event, wanted):
                return event
            if isinstance(event, Picture):
                self.decoder.free(event)

    def open(self, path: Path, cache: Path | None = None) -> Opened | Failed | Ended:
        number = self.decoder.open(path, path.name, cache)
        event = self.next(Opened, Failed, Ended)
        assert isinstance(event, Ended) or event.file == number, event
        return event

    def show(self, pts: int, view: View = VIEW, rate: float = 1.0) -> Picture | None:
        """The picture asked for, to be freed; ``None`` when there is none."""
        generation = self.decoder.show(pts, view, rate)
        return self.follow(generation)

    def follow(self, generation: int) -> Picture | None:
        """The next picture of a generation; ``None`` at its end."""
        while True:
            event = self.next(Picture, End, Failed, Ended)
            if isinstance(event, Picture):
                if event.generation == generation:
                    return event
                self.decoder.free(event)
            elif not isinstance(event, End):
                raise AssertionError(event)
            elif event.generation == generation:
                return None

    def pixels(self, picture: Picture) -> NDArray[np.uint8]:
        """What lies in the ring, (height, width, 4); the slot is given back."""
        lent = self.decoder.pixels(picture)
        made = np.frombuffer(lent, np.uint8).reshape(picture.height, picture.width, 4).copy()
        lent.release()
        self.decoder.free(picture)
        return made

    def read(self, picture: Picture) -> int | None:
        """The number that is painted into the picture."""
        return footage.read(self.pixels(picture))
