"""The sound of what is played: when it is on, how loud, on which channels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from avdesk.ui.pages.player_processes import Processes
from avdesk.ui.sound import Channels, Heard, Sound, SoundEvent, Soundless

LOUDEST = 200
"""Per cent: twice as loud as recorded."""
_SLOWEST, _FASTEST = 0.25, 2.0
"""The speeds at which speech is still understood; the pitch stays. Beyond them the sound is off."""


class Voice:
    """Goes along with the picture, or is silent. Times in seconds of the file."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._volume = (100, False)
        self._channels = Channels.STEREO
        self._turn = 0
        self._elsewhere = True
        self.missing = False
        """The file has sound, and it can't be played: libVLC is not installed, or its process ended."""

    def start(self, path: Path, format_: str, on_event: Callable[[SoundEvent], None]) -> None:
        """A file with sound."""
        self.missing = False
        self._turn, self._elsewhere = 0, True
        try:
            sound = self._processes.sound = Sound(on_event)
        except OSError:
            self.missing = True
            return
        sound.open(path, format_)
        sound.set_volume(*self._volume)
        sound.set_channels(self._channels)

    def go(self, at: float, rate: float) -> None:
        """Sound from ``at`` on, where the speed is one of speech; else be silent."""
        sound = self._processes.sound
        if sound is None or self.missing or not _SLOWEST <= rate <= _FASTEST:
            return
        self._turn = sound.play(at if self._elsewhere else None, rate)
        self._elsewhere = False

    def stop(self, *, elsewhere: bool = False) -> None:
        """Be silent; ``elsewhere``: it goes on from another place than where it stopped."""
        self._elsewhere = self._elsewhere or elsewhere
        if self._processes.sound is not None and self._turn:
            self._processes.sound.pause()
            self._turn = 0

    def set_volume(self, percent: int, muted: bool) -> None:
        """How loud, from 0 to :data:`LOUDEST`."""
        self._volume = (percent, muted)
        if self._processes.sound is not None:
            self._processes.sound.set_volume(percent, muted)

    @property
    def channels(self) -> Channels:
        return self._channels

    def set_channels(self, channels: Channels) -> None:
        """Which of the two channels are heard, and where."""
        self._channels = channels
        if self._processes.sound is not None:
            self._processes.sound.set_channels(channels)

    def takes(self, event: SoundEvent) -> bool:
        """Whether the word is about what is played now. The end of the sound, or of its process, is noted."""
        if isinstance(event, Soundless):
            self.missing = True
            self._turn = 0
            return True
        if event.turn != self._turn or not self._turn:
            return False
        if not isinstance(event, Heard):
            self._turn = 0
            self._elsewhere = True
        return True
