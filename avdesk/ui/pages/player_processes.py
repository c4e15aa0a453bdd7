"""The processes that decode and sound a recording, with the picture that lies in their memory."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from avdesk.media.player import Decoder, Picture
from avdesk.ui.sound import Sound


@dataclass(eq=False, slots=True)
class Frame:
    """A picture on the screen. ``image`` lies in the ring itself and is ``None`` once its place was given back."""

    picture: Picture
    image: QImage | None
    pixels: memoryview
    seconds: float

    def drop(self) -> None:
        """Look no longer at it."""
        self.image = None
        self.pixels.release()


class Post:
    """Brings what a process says from its thread to the window's, as long as there is one."""

    def __init__(self, emit: Callable[[int, object], object], epoch: int) -> None:
        self._emit = emit
        self._epoch = epoch

    def __call__(self, event: object) -> None:
        with contextlib.suppress(RuntimeError):  # the window was taken down between two words
            self._emit(self._epoch, event)


class Processes:
    """What has to be given back, also when the window is taken down without a word."""

    def __init__(self) -> None:
        self.decoder: Decoder | None = None
        self.sound: Sound | None = None
        self.frame: Frame | None = None

    @property
    def pids(self) -> list[int]:
        """The ids of those at work."""
        return [process.pid for process in (self.decoder, self.sound) if process is not None]

    def close(self) -> None:
        """End the processes, with what is shown from their memory."""
        frame, self.frame = self.frame, None
        decoder, self.decoder = self.decoder, None
        sound, self.sound = self.sound, None
        if frame is not None:
            frame.drop()
        if decoder is not None:
            decoder.close()
        if sound is not None:
            sound.close()
