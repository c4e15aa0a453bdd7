"""Snapshots and clips of what is played: recordings of their own, made in the vault."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from avdesk.progress import Control, OnProgress
from avdesk.services.deriving import Clip, Snapshot, clip, snapshot
from avdesk.services.desk import Desk
from avdesk.ui import formats
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.pages.player_seek import exact
from avdesk.ui.texts import translate

if TYPE_CHECKING:
    from avdesk.ui.pages.player import PlayerPage

_LANE = "derive"


class Making(QObject):
    """Works beside the player; what was made is told in the message bar, with the way to it."""

    def __init__(self, page: PlayerPage) -> None:
        super().__init__(page)
        self._page = page
        page.controls.snapshot_wanted.connect(self.snapshot)
        page.controls.clip_wanted.connect(self.clip)

    def snapshot(self) -> None:
        """The frame on the screen as a picture in full size."""
        page, frame = self._page, self._page.playback.frame
        if page.viewing is None or frame is None or page.playback.facts is None or not page.playback.facts.rate:
            return
        title = translate("player", "Snapshot at {at}").format(at=exact(frame.seconds))
        work = partial(_snapshot, page.desk, page.recording_id, frame.seconds)
        page.runner.start(work, lane=_LANE, on_success=self._snapped, title=title)

    def clip(self) -> None:
        """What repeats, from A to B, as a file of its own."""
        page, loop = self._page, self._page.playback.loop
        if page.viewing is None or not page.playback.moving:
            return
        if loop.a is None or loop.b is None:
            page.shell.say("info", translate("player", "First set where the clip begins (A) and ends (B)."))
            return
        title = translate("player", "Clip {a} to {b}").format(a=exact(loop.a), b=exact(loop.b))
        work = partial(_clip, page.desk, page.recording_id, loop.a, loop.b)
        page.runner.start(work, lane=_LANE, on_success=self._clipped, title=title)

    def _snapped(self, made: Snapshot) -> None:
        frame = formats.number(made.index) if made.index is not None else "?"
        words = translate("player", "Snapshot of frame {frame}, {size}, is in the vault.")
        self._tell(words.format(frame=frame, size=f"{made.width} × {made.height}"), made.recording_id)

    def _clipped(self, made: Clip) -> None:
        how = (
            translate("player", "copied without re-encoding")
            if made.mode == "copy"
            else translate("player", "encoded anew")
        )
        words = translate("player", "Clip {a} to {b} is in the vault, {how}.")
        told = words.format(a=exact(made.first_s), b=exact(made.last_s), how=how)
        self._tell(told, made.recording_id)

    def _tell(self, words: str, recording_id: str) -> None:
        shell = self._page.shell
        shell.say("ok", words, act=Act(translate("player", "Show it"), _Way(self._page, recording_id).go))
        shell.tell("recordings")


class _Way:
    """To the recording that was made."""

    def __init__(self, page: PlayerPage, recording_id: str) -> None:
        self._page = page
        self._recording_id = recording_id

    def go(self) -> None:
        self._page.shell.open_page("library", recording_id=self._recording_id)


def _snapshot(desk: Desk, recording_id: str, at: float, on_progress: OnProgress, control: Control) -> Snapshot:
    return snapshot(desk, recording_id, at, on_progress=on_progress, control=control)


def _clip(desk: Desk, recording_id: str, a: float, b: float, on_progress: OnProgress, control: Control) -> Clip:
    return clip(desk, recording_id, a, b, on_progress=on_progress, control=control)
