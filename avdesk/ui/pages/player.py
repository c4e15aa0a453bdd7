"""Looking at and listening to one recording."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError
from avdesk.media.player import Opened
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFacts, RecordingFilter, list_recordings, show_recording
from avdesk.services.viewing import Viewing, open_for_viewing
from avdesk.terms import Kind
from avdesk.ui.key_choice import changed_keys
from avdesk.ui.page import Key, Page
from avdesk.ui.pages.player_controls import Controls
from avdesk.ui.pages.player_full import FullScreen
from avdesk.ui.pages.player_goto import GoToDialog
from avdesk.ui.pages.player_keys import keys_of
from avdesk.ui.pages.player_playback import RATES, Playback
from avdesk.ui.pages.player_processes import Frame
from avdesk.ui.pages.player_top import PlayerTop
from avdesk.ui.pages.player_view import ZOOM_STEP, PictureView
from avdesk.ui.pages.player_voice import LOUDEST
from avdesk.ui.pages.player_words import LASTING, error_words, fault_words
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.cards import EmptyState

_VOLUME, _MUTED = "player/volume", "player/muted"
_LOUD = 80


class PlayerPage(Page):
    """The picture as large as possible, and under it what one does with it."""

    NAME: ClassVar[str] = "player"
    ICON: ClassVar[str] = "movie"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"recordings", "cases"})
    UNDER: ClassVar[str] = "library"
    FOLDS: ClassVar[bool] = True

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self.head = PlayerTop(self._back, self.go)
        self.top = self.head
        self.playback = Playback(self)
        self.view = PictureView()
        self.view.setObjectName("player.picture")
        self.view.setAccessibleName(translate("player", "Picture"))
        self.controls = Controls()
        self.nothing = EmptyState(
            "movie",
            translate("player", "Choose a recording in the library."),
            act=(translate("player", "Open the library"), self._back),
            name="player.nothing",
        )
        self.trouble = EmptyState(
            "movie-off", "", act=(translate("player", "Try again"), self._again), primary=False, name="player.trouble"
        )
        self._recording_id = ""
        self._queue: tuple[str, ...] = ()
        self._opening: Job | None = None
        self._reading: Job | None = None
        self._viewing: Viewing | None = None
        self._full: FullScreen | None = None
        self._muted = shell.settings.flag(_MUTED)
        self._volume = round(min(max(shell.settings.number(_VOLUME, _LOUD), 0), LOUDEST))
        self._build()
        self._connect()
        self._tell_volume()
        self._show_nothing()

    @classmethod
    def title(cls) -> str:
        return translate("player", "Player")

    # what the frame calls

    def on_shown(self, **state: object) -> None:
        """``recordings``: the ids of those that are looked at one after the other, ``recording_id`` among them."""
        wanted, queue = state.get("recording_id"), state.get("recordings")
        if isinstance(wanted, str):
            self._queue = tuple(map(str, queue)) if isinstance(queue, list | tuple) else (wanted,)
            self._show_queue()
        if isinstance(wanted, str) and (wanted != self._recording_id or self._viewing is None):
            self._open(wanted)
        elif self._recording_id and self._viewing is None:
            self._open(self._recording_id)
        self.setFocus()

    def on_hidden(self) -> None:
        self._leave_full()
        self._close()

    def refresh(self) -> None:
        if self._viewing is not None:
            desk, recording_id = self.desk, self._recording_id
            work = partial(_read, desk, recording_id)
            self._reading = self.runner.start(work, lane=QUERY, on_success=self._show_facts)

    def take_desk(self, desk: Desk) -> None:
        self.desk = desk
        self.refresh()

    def save_state(self) -> None:
        self._close()

    def keys(self) -> Sequence[Key]:
        return changed_keys(keys_of(self), self.shell.settings, self.NAME)

    def settled(self) -> bool:
        waits = self._opening is not None or (self._viewing is not None and not self.playback.settled)
        return not waits or self._pages.currentWidget() is self.trouble

    def picture_state(self) -> Mapping[str, object] | None:
        rows = list_recordings(self.desk, RecordingFilter(kind=Kind.VIDEO), limit=1).recordings
        return {"recording_id": rows[0].recording_id} if rows else None

    # opening

    def _open(self, recording_id: str) -> None:
        """A new opening, which is audited."""
        self._close()
        self._recording_id = recording_id
        self.head.show_nothing()
        self._show_queue()
        self._wait()
        work = partial(_view, self.desk, recording_id)
        self._opening = self.runner.start(work, lane=QUERY, on_success=self._opened, on_error=self._refused)

    def go(self, step: int) -> None:
        """To another one of those that were chosen together."""
        place = self._place() + step
        if 0 <= place < len(self._queue):
            self._open(self._queue[place])

    def _place(self) -> int:
        return self._queue.index(self._recording_id) if self._recording_id in self._queue else 0

    def _show_queue(self) -> None:
        self.head.show_place(self._place() + 1, len(self._queue))

    def _wait(self) -> None:
        self.controls.show_nothing()
        self.controls.show()
        self.view.wait(translate("player", "Opening…"))
        self._pages.setCurrentWidget(self.view)

    def _opened(self, viewing: Viewing) -> None:
        if viewing.recording.recording_id != self._recording_id or self._opening is None:
            return
        self._opening = None
        self._viewing = viewing
        self.head.take(viewing.recording)
        self._play_file()

    def _play_file(self) -> None:
        if self._viewing is not None:
            name = PurePosixPath(self._viewing.recording.path).name
            self._wait()
            self.playback.set_view(self.view.wanted)
            self.playback.open(Path(self._viewing.file), name)

    def _refused(self, error: AvdeskError) -> None:
        """Say why, and of which file."""
        self._opening = None
        self._show_trouble(*error_words(error))
        work = partial(_read, self.desk, self._recording_id)
        self.runner.start(work, lane=QUERY, on_success=self._name_refused, on_error=self._stay_nameless)

    def _name_refused(self, facts: RecordingFacts) -> None:
        if facts.recording_id == self._recording_id and self._viewing is None:
            self.head.take(facts, opened=False)

    def _stay_nameless(self, _error: AvdeskError) -> None:
        """It is unknown altogether, as the page says."""

    def _show_facts(self, facts: RecordingFacts) -> None:
        if facts.recording_id == self._recording_id and self._viewing is not None:
            self.head.take(facts)

    def _again(self) -> None:
        """The same opening goes on where its file was given; else it is a new one."""
        if self._viewing is not None:
            self._play_file()
        elif self._recording_id:
            self._open(self._recording_id)

    def _close(self) -> None:
        """Nothing is open, and no process is left."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        self._viewing = None
        self.playback.close()

    # what the playback says

    def _begin(self, facts: Opened) -> None:
        self.controls.take(facts, moving=self.playback.moving)
        self.controls.show_playing(False)
        if not self.playback.moving:
            self.view.take_photograph(QSize(facts.width, facts.height))
            self.controls.zoom.show_ratio(self.view.ratio)
        elif facts.picture:
            self.view.take_film(QSize(facts.width, facts.height))
        else:
            self.view.show_sign("microphone", translate("player", "Sound recording"))
        self._show_place(0.0)

    def _show_frame(self, frame: Frame | None) -> None:
        self.view.show_frame(frame)
        if frame is not None and self.playback.moving:
            self.controls.clock.show_time(frame.seconds, self.playback.duration)
            self.controls.clock.show_frame(frame.picture.number)
        elif frame is not None:
            self.controls.zoom.show_ratio(self.view.ratio)

    def _show_place(self, seconds: float) -> None:
        self.controls.seek.show_place(seconds)
        if self.playback.facts is not None and not self.playback.facts.picture:
            self.controls.clock.show_time(seconds, self.playback.duration)
            self.controls.clock.show_frame(None)

    def _show_state(self) -> None:
        self.controls.show_playing(self.playback.playing)
        self.controls.acts.speed.show_rate(self.playback.rate)
        self.controls.acts.show_loop(self.playback.loop)
        self.controls.acts.loudness.show_missing(self.playback.voice.missing)

    def _fail(self, code: str, reason: object) -> None:
        self._leave_full()
        self._show_trouble(*fault_words(code, reason if isinstance(reason, str) else None), again=code not in LASTING)

    def _show_trouble(self, sentence: str, hint: str, *, again: bool = True) -> None:
        self.controls.hide()
        self.trouble.say(sentence, hint)
        if self.trouble.button is not None:
            self.trouble.button.setVisible(again)
        self._pages.setCurrentWidget(self.trouble)
        self.setFocus()

    def _show_nothing(self) -> None:
        self.head.show_nothing(self.title())
        self.controls.hide()
        self._pages.setCurrentWidget(self.nothing)

    # what the person does

    def space(self) -> None:
        """Space presses the button that has the focus; anywhere else it plays."""
        focus = self.window().focusWidget() if self._full is None else self._full.focusWidget()
        if isinstance(focus, QAbstractButton) and focus.isEnabled():
            focus.click()
        else:
            self.playback.toggle()

    def skip(self, seconds: float) -> None:
        self.playback.skip(seconds)

    def to_end(self) -> None:
        self.playback.pause()
        self.playback.seek(self.playback.duration)

    def louder(self, percent: int) -> None:
        self._set_volume(min(max(self._volume + percent, 0), LOUDEST))

    def _set_volume(self, percent: int) -> None:
        self._volume, self._muted = percent, False
        self._tell_volume()

    def mute(self) -> None:
        self._muted = not self._muted
        self._tell_volume()

    def _tell_volume(self) -> None:
        self.playback.voice.set_volume(self._volume, self._muted)
        self.controls.acts.loudness.show_volume(self._volume, self._muted)
        self.shell.settings.set(_VOLUME, self._volume)
        self.shell.settings.set(_MUTED, self._muted)

    def faster(self, by: int) -> None:
        place = RATES.index(abs(self.playback.rate)) + by
        if self.playback.moving and 0 <= place < len(RATES):
            self.playback.set_rate(math.copysign(RATES[place], self.playback.rate))

    def go_to(self) -> None:
        """Ask for a time."""
        if self.playback.moving:
            whole = self._full or self.window()
            GoToDialog(self.playback.position, self.playback.duration, self.playback.seek, whole).open()

    def _cycle_loop(self) -> None:
        """The button: from here, up to here, no more."""
        loop = self.playback.loop
        if loop.a is None:
            self.playback.mark_loop("a")
        elif loop.b is None:
            self.playback.mark_loop("b")
        else:
            self.playback.clear_loop()

    def zoom(self, how: str) -> None:
        match how:
            case "in":
                self.view.zoom_by(ZOOM_STEP)
            case "out":
                self.view.zoom_by(1 / ZOOM_STEP)
            case "true":
                self.view.zoom_to(self.view.true_zoom())
            case _:
                self.view.zoom_to(1.0)

    def _click(self) -> None:
        self.setFocus()
        self.playback.toggle()

    # full screen

    def toggle_full(self) -> None:
        """The picture on the whole screen, and back."""
        self._fill(self.window().screen())

    def toggle_other(self) -> None:
        """The picture on the whole of another screen, where the PC has one, and back."""
        here = self.window().screen()
        self._fill(next((screen for screen in QGuiApplication.screens() if screen is not here), here))

    def _fill(self, screen: QScreen) -> None:
        if self._full is not None:
            self._leave_full()
        elif self._viewing is not None and self._pages.currentWidget() is self.view:
            self._full = FullScreen(self._stage, self.controls, self.keys(), self._leave_full)
            self.controls.show_full(True)
            self._full.setGeometry(screen.geometry())
            self._full.showFullScreen()
            self._full.activateWindow()

    def _leave_full(self) -> None:
        full, self._full = self._full, None
        if full is not None:
            self.body.addWidget(full.release())
            self._stage.show()
            self.controls.show_full(False)
            full.hide()
            full.deleteLater()
            self.window().activateWindow()
            self.setFocus()

    def escape(self) -> None:
        if self._full is not None:
            self._leave_full()
        else:
            self._back()

    def _back(self) -> None:
        self.shell.open_page("library", recording_id=self._recording_id)

    # making

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages = QStackedWidget()
        for page in (self.view, self.trouble, self.nothing):
            self._pages.addWidget(page)
        self._stage = QWidget()
        self._stage.setObjectName("player.stage")
        column = QVBoxLayout(self._stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self.controls)
        self.body.addWidget(self._stage)

    def _connect(self) -> None:
        playback, controls = self.playback, self.controls
        playback.opened.connect(self._begin)
        playback.failed.connect(self._fail)
        playback.shown.connect(self._show_frame)
        playback.moved.connect(self._show_place)
        playback.changed.connect(self._show_state)
        self.view.looked.connect(playback.set_view)
        self.view.clicked.connect(self._click)
        self.view.double_clicked.connect(self.toggle_full)
        controls.seek.sought.connect(playback.seek)
        controls.toggled.connect(playback.toggle)
        controls.skipped.connect(playback.skip)
        controls.stepped.connect(playback.step)
        controls.turned.connect(self.view.turn)
        controls.zoomed.connect(self.zoom)
        controls.rate_chosen.connect(playback.set_rate)
        controls.volume_chosen.connect(self._set_volume)
        controls.muted.connect(self.mute)
        controls.channels_chosen.connect(playback.voice.set_channels)
        controls.loop_wanted.connect(self._cycle_loop)
        controls.adjusted.connect(self.view.adjust)
        controls.full_screen_wanted.connect(self.toggle_full)


def _view(desk: Desk, recording_id: str, _on_progress: OnProgress, _control: Control) -> Viewing:
    return open_for_viewing(desk, recording_id)


def _read(desk: Desk, recording_id: str, _on_progress: OnProgress, _control: Control) -> RecordingFacts:
    return show_recording(desk, recording_id)
