"""The process that plays sound through libVLC, which reads hostile files too and so stays out of the window's process.

Run by :mod:`avdesk.ui.sound` as ``python -m avdesk.ui.sound_process OPTIONS...``; the only place that knows VLC.
"""

from __future__ import annotations

import io
import queue
import sys
import time

import vlc

from avdesk.media.channel import send
from avdesk.media.process import Waiting, confine, pipes

MEMORY = 1 << 30
STEP = 0.01
"""Seconds between two looks at VLC's clock, which itself moves four times a second at best."""

_OVER = (vlc.State.Ended, vlc.State.Error, vlc.State.Stopped, vlc.State.NothingSpecial)

_CHANNELS = {"stereo": 1, "swapped": 2, "left": 3, "right": 4}
"""As VLC numbers them (``libvlc_audio_output_channel_t``)."""


def main() -> None:
    """The process's entry; its arguments are VLC's."""
    confine(MEMORY)
    answers, waiting = pipes()
    instance = vlc.Instance("--no-video", "--no-spu", "--no-osd", "--no-stats", "--quiet", *sys.argv[1:])
    if instance is None:
        send(answers, {"say": "soundless"})
        while True:
            waiting.get()
    Speaker(answers, waiting, instance).serve()


class Speaker:
    """One file at a time. ``turn`` numbers what was asked, so that late words of an earlier turn can be told apart."""

    def __init__(self, answers: io.RawIOBase, waiting: Waiting, instance: vlc.Instance) -> None:
        self._answers = answers
        self._waiting = waiting
        self._vlc = instance
        self._player = instance.media_player_new()
        self._path = self._demux = ""
        self._turn = 0
        self._playing = False
        self._last = -1
        self._loudness = (100, False)
        self._channels = _CHANNELS["stereo"]

    def serve(self) -> None:
        """Never returns: the process ends with its input."""
        while True:
            try:
                request = self._waiting.get(timeout=STEP if self._playing else None)
            except queue.Empty:
                self._look()
            else:
                self._obey(request)

    def _obey(self, request: object) -> None:
        match request:
            case {"do": "open", "path": str(path), "demux": str(demux)}:
                self._player.stop()
                self._path, self._demux, self._playing = path, demux, False
            case {"do": "play", "turn": int(turn), "at": float() | None as at, "rate": float(rate)}:
                self._turn = turn
                self._play(at, rate)
            case {"do": "pause"}:
                self._player.set_pause(1)
                self._playing = False
            case {"do": "volume", "percent": int(percent), "muted": bool(muted)}:
                self._loudness = (percent, muted)
                self._set_loudness()
            case {"do": "channels", "channels": str(channels)}:
                self._channels = _CHANNELS[channels]
                self._set_loudness()
            case other:
                raise TypeError(other)

    def _play(self, at: float | None, rate: float) -> None:
        """Go on where it was, or from ``at`` seconds."""
        if self._player.get_state() in _OVER:
            media = self._vlc.media_new_path(self._path)
            media.add_option(f":start-time={at or 0.0:.3f}")
            if self._demux:
                media.add_option(f":demux={self._demux}")
            self._player.set_media(media)
            self._player.play()
        else:
            if at is not None:
                self._player.set_time(round(at * 1000))
            self._player.set_pause(0)
        self._player.set_rate(rate)
        self._last = self._player.get_time()
        self._playing = True

    def _look(self) -> None:
        """Tell each change of the sound's time with the moment when it was seen."""
        state = self._player.get_state()
        if state in (vlc.State.Ended, vlc.State.Error):
            self._playing = False
            send(self._answers, {"say": "over", "turn": self._turn})
            return
        now = self._player.get_time()
        if now != self._last and state == vlc.State.Playing:
            self._last = now
            moment = time.monotonic()
            volume = self._set_loudness()
            told = {"say": "time", "turn": self._turn, "at": now / 1000, "moment": moment, "volume": volume}
            send(self._answers, told)

    def _set_loudness(self) -> int:
        """VLC forgets what it is told before the sound device is open; how loud it is now."""
        percent, muted = self._loudness
        wanted = 0 if muted else percent
        if self._player.audio_get_volume() != wanted:
            self._player.audio_set_volume(wanted)
        if self._player.audio_get_channel() != self._channels:
            self._player.audio_set_channel(self._channels)
        return int(self._player.audio_get_volume())


if __name__ == "__main__":
    main()
