"""Looking at and listening to recordings, one after the other on one line of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError
from avdesk.findings import Finding
from avdesk.media.player import Opened
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFacts, RecordingFilter, list_recordings, show_recording
from avdesk.services.timelines import Timeline, timeline_of, timeline_of_chosen
from avdesk.services.viewing import Viewing, open_for_viewing
from avdesk.terms import CopyState, Kind
from avdesk.ui import theme
from avdesk.ui.dialogs.copying_out import CopyingOut, may_copy_out
from avdesk.ui.key_choice import changed_keys
from avdesk.ui.page import Key, Page
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.pages.player_controls import Controls
from avdesk.ui.pages.player_hand import Hand
from avdesk.ui.pages.player_keys import keys_of
from avdesk.ui.pages.player_line import Line, Reel, gap_words
from avdesk.ui.pages.player_making import Making
from avdesk.ui.pages.player_markers import MarkersOfLine
from avdesk.ui.pages.player_playback import Playback
from avdesk.ui.pages.player_processes import Frame
from avdesk.ui.pages.player_side import Found, PlayerSide
from avdesk.ui.pages.player_sights import Sights
from avdesk.ui.pages.player_top import PlayerTop
from avdesk.ui.pages.player_view import PictureView
from avdesk.ui.pages.player_watch import Watch
from avdesk.ui.pages.player_words import LASTING, banner_words, error_words, fault_words
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.cards import EmptyState
from avdesk.ui.widgets.labels import Note

_SIDE = "player/side"
_LEAST_STAGE = 640
_DAMAGED = "DIGEST_MISMATCH"
_MAKERS = "MAKERS_PLAYER"


class PlayerPage(Page):
    """The picture as large as possible, under it what one does with it, beside it what is known of it."""

    NAME: ClassVar[str] = "player"
    ICON: ClassVar[str] = "movie"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"recordings", "cases", "markers", "analysis"})
    UNDER: ClassVar[str] = "library"
    FOLDS: ClassVar[bool] = True

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.head = PlayerTop(self.back, self.go)
        self.top = self.head
        self.playback = Playback(self)
        self.view = PictureView()
        self.view.setObjectName("player.picture")
        self.view.setAccessibleName(translate("player", "Picture"))
        self.controls = Controls()
        self.reel = Reel()
        self.markers = MarkersOfLine(self)
        self.sights = Sights(self)
        self.side = PlayerSide(self.markers, Pictures(desk, runner, self), self.seek_line, self._open_photograph)
        self.watch = Watch(runner, self)
        self.banner = Note("bad", "")
        self.banner.setObjectName("player.banner")
        self.banner.hide()
        self.hand = Hand(self)
        self.making = Making(self)
        self.nothing = EmptyState(
            "movie",
            translate("player", "Choose a recording in the library."),
            act=(translate("player", "Open the library"), self.back),
            name="player.nothing",
        )
        self.trouble = EmptyState(
            "movie-off", "", act=(translate("player", "Try again"), self._again), primary=False, name="player.trouble"
        )
        self.recording_id = ""
        self._queue: tuple[str, ...] = ()
        self._at: tuple[float, bool] = (0.0, False)
        self._copies = False
        self._copying = CopyingOut(shell, self)
        self._opening: Job | None = None
        self.viewing: Viewing | None = None
        self._build()
        self._connect()
        self.keys_changed()
        self._show_nothing()

    @classmethod
    def title(cls) -> str:
        return translate("player", "Player")

    # what the frame calls

    def on_shown(self, **state: object) -> None:
        """``recordings``: the ids of those that are looked at one after the other, ``recording_id`` among them.

        ``at_s``: the place in it, in seconds, that is gone to.
        """
        wanted, queue, at = state.get("recording_id"), state.get("recordings"), state.get("at_s")
        at = at if isinstance(at, float) else None
        if isinstance(wanted, str):
            self._queue = tuple(map(str, queue)) if isinstance(queue, list | tuple) else (wanted,)
            self._show_queue()
        if isinstance(wanted, str) and (wanted != self.recording_id or self.viewing is None):
            self._open(wanted, at or 0.0, anew=True)
        elif self.recording_id and self.viewing is None:
            self._open(self.recording_id)
        elif at is not None:
            self.playback.seek(at)
        self.setFocus()

    def on_hidden(self) -> None:
        self.hand.leave_full()
        self._close()

    def refresh(self) -> None:
        if self.viewing is not None:
            work = partial(_read, self.desk, self.recording_id)
            self.runner.start(work, lane=QUERY, on_success=self._show_facts)
            self.markers.load()
            self.sights.load()

    def take_desk(self, desk: Desk) -> None:
        self.desk = desk
        self.refresh()

    def save_state(self) -> None:
        self.watch.end_now()
        self._close()

    def keys(self) -> Sequence[Key]:
        return changed_keys(keys_of(self), self.shell.settings, self.NAME)

    def usual_keys(self) -> Sequence[Key]:
        return keys_of(self)

    def keys_changed(self) -> None:
        self.controls.hints.show_keys({key.name: key.keys for key in self.keys()})

    def settled(self) -> bool:
        waits = self._opening is not None or (self.viewing is not None and not self.playback.settled)
        return not waits or self.pages.currentWidget() is self.trouble

    def picture_state(self) -> Mapping[str, object] | None:
        rows = list_recordings(self.desk, RecordingFilter(kind=Kind.VIDEO), limit=1).recordings
        return {"recording_id": rows[0].recording_id} if rows else None

    # the line of time

    @property
    def place(self) -> float:
        """What is played, in seconds of the line."""
        return self.reel.starts + self.playback.position

    def seek_line(self, place: float) -> None:
        """Go to a place of the line, in another recording if it lies there."""
        if not self.reel.segments:
            self.playback.seek(place)
            return
        recording_id, seconds = self.reel.at(min(max(place, 0.0), self.reel.length))
        if recording_id == self.recording_id:
            self.playback.seek(seconds)
        else:
            self._open(recording_id, seconds, playing=self.playback.playing)

    def marked_place(self) -> tuple[str, float, float | None] | None:
        """The recording and the time that a marker is set at: what repeats, or the frame that is shown."""
        if self.viewing is None or self.playback.facts is None:
            return None
        if not self.playback.moving:
            return self.recording_id, 0.0, None
        loop, now = self.playback.loop, self.playback.position
        if loop.a is not None and loop.b is not None and loop.a <= now <= loop.b:
            return self.recording_id, loop.a, loop.b
        frame = self.playback.frame
        return self.recording_id, now if frame is None else frame.seconds, None

    @property
    def dialog_parent(self) -> QWidget:
        """The window that is in front."""
        return self.hand.full or self.window()

    # opening

    def _open(self, recording_id: str, at: float = 0.0, *, playing: bool = False, anew: bool = False) -> None:
        """A new opening, which is audited. ``anew``: the line is made anew too."""
        self._close()
        self.recording_id = recording_id
        self._at = (at, playing)
        self.head.show_nothing()
        self._show_queue()
        self._wait()
        work = partial(_view, self.desk, recording_id)
        self._opening = self.runner.start(work, lane=QUERY, on_success=self._opened, on_error=self._refused)
        if anew or not self.reel.has(recording_id):
            self.reel = Reel()
            self.markers.clear()
            self.sights.clear()
            self._show_line()
            line = partial(_line, self.desk, recording_id, self._queue)
            self.runner.start(line, lane=QUERY, on_success=self._take_line)
        else:
            self.reel.turn_to(recording_id)
            self._show_line()

    def go(self, step: int) -> None:
        """To another one of those that were chosen together."""
        place = self._place() + step
        if 0 <= place < len(self._queue):
            self._open(self._queue[place])

    def _open_photograph(self, recording_id: str) -> None:
        """A photograph of the same day; the way back leads to what was looked at before."""
        self._queue = (self.recording_id, recording_id)
        self._open(recording_id, anew=True)

    def _place(self) -> int:
        return self._queue.index(self.recording_id) if self.recording_id in self._queue else 0

    def _show_queue(self) -> None:
        self.head.show_place(self._place() + 1, len(self._queue))

    def _wait(self) -> None:
        self._fit_side()
        self.controls.show_nothing()
        self.controls.show()
        self.view.wait(translate("player", "Opening…"))
        self._bring(self.view)

    def _opened(self, viewing: Viewing) -> None:
        if viewing.recording.recording_id != self.recording_id or self._opening is None:
            return
        self._opening = None
        self.viewing = viewing
        self.head.take(viewing.recording)
        if viewing.state == CopyState.DAMAGED:
            self._warn(_DAMAGED)
        self.watch.begin(self.desk, viewing)
        self._play_file()

    def _play_file(self) -> None:
        if self.viewing is not None:
            name = PurePosixPath(self.viewing.recording.path).name
            self._wait()
            self.playback.set_view(self.view.wanted)
            at, playing = self._at
            table = self.desk.workspace / "cache" / self.recording_id / "frames.bin"
            self.playback.open(Path(self.viewing.file), name, at, playing=playing, table=table)

    def _take_line(self, timeline: Timeline) -> None:
        """Which recordings are on the line."""
        if any(segment.recording_id == self.recording_id for segment in timeline.segments):
            self.reel = Reel.of(timeline, self.recording_id)
        self.side.show_photographs(timeline.photographs)
        self.markers.load()
        self.sights.load()
        self._show_line()

    def _refused(self, error: AvdeskError) -> None:
        """Say why, and of which file."""
        self._opening = None
        if error.facts.get("reason") == "COPY_MISSING":
            self._warn("MISSING")
        self._show_trouble(*error_words(error))
        work = partial(_read, self.desk, self.recording_id)
        self.runner.start(work, lane=QUERY, on_success=self._name_refused, on_error=self._stay_nameless)

    def _name_refused(self, facts: RecordingFacts) -> None:
        if facts.recording_id == self.recording_id and self.viewing is None:
            self.head.take(facts, opened=False)

    def _stay_nameless(self, _error: AvdeskError) -> None:
        """It is unknown altogether, as the page says."""

    def _show_facts(self, facts: RecordingFacts) -> None:
        if facts.recording_id == self.recording_id and self.viewing is not None:
            self.head.take(facts)

    def _again(self) -> None:
        """The same opening goes on where its file was given, else it is a new one; for the maker's player a copy."""
        if self._copies:
            self._copying.ask([self.recording_id])
        elif self.viewing is not None:
            self._play_file()
        elif self.recording_id:
            self._open(self.recording_id)

    def _close(self) -> None:
        """Nothing is open, and no process is left."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        self.viewing = None
        self.watch.end()
        self.banner.hide()
        self.playback.close()

    # what the playback says

    def _begin(self, facts: Opened) -> None:
        self.controls.take(facts, moving=self.playback.moving)
        self.controls.show_playing(self.playback.playing)
        if not self.playback.moving:
            self.view.take_photograph(QSize(facts.width, facts.height))
            self.controls.zoom.show_ratio(self.view.ratio)
        elif facts.picture:
            self.view.take_film(QSize(facts.width, facts.height))
        else:
            self.view.show_sign("microphone", translate("player", "Sound recording"))
        self._show_line()
        self._show_place(self.playback.position)

    def _show_frame(self, frame: Frame | None) -> None:
        self.view.show_frame(frame)
        if frame is not None and self.playback.moving:
            self.controls.clock.show_time(self.reel.starts + frame.seconds, self.controls.seek.line.length)
            self.controls.clock.show_frame(frame.picture.number)
            self._see(frame.seconds)
        elif frame is not None:
            self.controls.zoom.show_ratio(self.view.ratio)
            self._see(0.0)

    def _see(self, seconds: float) -> None:
        self.watch.see(seconds, playing=self.playback.playing, rate=self.playback.rate)

    def _judge(self, findings: Sequence[Finding]) -> None:
        """What reading the copy found: bad news stands before anything else."""
        if findings:
            self._warn(findings[0].code)
            self.shell.tell("recordings")

    def _warn(self, code: str) -> None:
        self.banner.say("bad", banner_words(code))
        self.banner.show()

    def _show_place(self, seconds: float) -> None:
        self.controls.seek.show_place(self.reel.starts + seconds)
        if self.playback.facts is not None and not self.playback.facts.picture:
            self.controls.clock.show_time(self.reel.starts + seconds, self.controls.seek.line.length)
            self.controls.clock.show_frame(None)
            self._see(seconds)

    def _show_line(self) -> None:
        """Everything that is known of the line, on the seek bar and at the side."""
        length = self.reel.length if len(self.reel.segments) > 1 else self.playback.duration or self.reel.length
        gaps, sights = self.reel.gaps, self.sights
        line = Line(
            length,
            self.reel.seams,
            gaps,
            waves=sights.waves,
            picture=sights.bands(sound=False),
            sound=sights.bands(sound=True),
            flags=self.markers.flags,
            analysed=sights.analysed,
        )
        self.controls.seek.show_line(line)
        missing = [Found("alert-triangle", "warn", gap_words(gap), gap.starts_s) for gap in gaps]
        self.side.show_found(sorted([*missing, *sights.found], key=lambda one: one.at))
        self.head.show_segment(self.reel.index + 1, len(self.reel.segments))

    def _show_state(self) -> None:
        self.controls.show_playing(self.playback.playing)
        self.controls.acts.speed.show_rate(self.playback.rate)
        self.controls.acts.show_loop(self.playback.loop)
        self.controls.acts.loudness.show_missing(self.playback.voice.missing)

    def _go_on(self) -> None:
        """The end of a recording: the next one on the line is played."""
        following = self.reel.next()
        if following is not None:
            self._open(following, playing=True)

    def _fail(self, code: str, reason: object) -> None:
        self.hand.leave_full()
        self._show_trouble(
            *fault_words(code, reason if isinstance(reason, str) else None), again=code not in LASTING, code=code
        )

    def _show_trouble(self, sentence: str, hint: str, *, again: bool = True, code: str = "") -> None:
        self.controls.hide()
        self.trouble.say(sentence, hint)
        if self.trouble.button is not None:
            copies = code == _MAKERS and may_copy_out(self.desk)
            self.trouble.button.setText(
                translate("player", "Copy out…") if copies else translate("player", "Try again")
            )
            self.trouble.button.setVisible(again or copies)
        self._copies = code == _MAKERS
        self._bring(self.trouble)
        self.setFocus()

    def _bring(self, page: QWidget) -> None:
        """Show one of the three; the others ask for no room."""
        for each in (self.view, self.trouble, self.nothing):
            policy = QSizePolicy.Policy.Expanding if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        self.pages.setCurrentWidget(page)

    def _show_nothing(self) -> None:
        self.head.show_nothing(self.title())
        self.controls.hide()
        self.side.hide()
        self._bring(self.nothing)

    def back(self) -> None:
        self.shell.open_page("library", recording_id=self.recording_id)

    def show_side(self, shown: bool) -> None:
        """The side is there, or all the room is the picture's; remembered."""
        self.shell.settings.set(_SIDE, shown)
        self._fit_side()

    def toggle_side(self) -> None:
        if self._has_room():
            self.show_side(self.side.isHidden())
        else:
            self.shell.say("info", translate("player", "The window is too narrow for the side with markers."))

    # making

    def _fit_side(self) -> None:
        there = self.viewing is not None or self._opening is not None
        self.side.setVisible(there and self._has_room() and self.shell.settings.flag(_SIDE, True))

    def _has_room(self) -> bool:
        """Whether the picture and what is under it have room beside the side."""
        return self.width() - self.side.width() >= theme.px(_LEAST_STAGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = QStackedWidget()
        for page in (self.view, self.trouble, self.nothing):
            self.pages.addWidget(page)
        self.stage = QWidget()
        self.stage.setObjectName("player.stage")
        column = QVBoxLayout(self.stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addWidget(self.controls)
        self.across = QHBoxLayout()
        self.across.setSpacing(0)
        self.across.addWidget(self.stage, 1)
        self.across.addWidget(self.side)
        self.body.addLayout(self.across)

    def _connect(self) -> None:
        playback, controls = self.playback, self.controls
        playback.opened.connect(self._begin)
        playback.failed.connect(self._fail)
        playback.shown.connect(self._show_frame)
        playback.moved.connect(self._show_place)
        playback.changed.connect(self._show_state)
        playback.ended.connect(self._go_on)
        self.view.looked.connect(playback.set_view)
        self.markers.changed.connect(self._show_line)
        self.sights.changed.connect(self._show_line)
        controls.seek.picture_at = self.sights.picture_at
        self.watch.found.connect(self._judge)
        controls.seek.sought.connect(self.seek_line)


def _view(desk: Desk, recording_id: str, _on_progress: OnProgress, _control: Control) -> Viewing:
    return open_for_viewing(desk, recording_id)


def _read(desk: Desk, recording_id: str, _on_progress: OnProgress, _control: Control) -> RecordingFacts:
    return show_recording(desk, recording_id)


def _line(desk: Desk, recording_id: str, queue: Sequence[str], _on_progress: OnProgress, _control: Control) -> Timeline:
    """Of several that were chosen they are the line; of one, what its recorder recorded before and after."""
    return timeline_of_chosen(desk, queue) if len(queue) > 1 else timeline_of(desk, recording_id)
