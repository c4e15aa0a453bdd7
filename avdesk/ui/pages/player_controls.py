"""What is under the picture: the seek bar, the row of buttons, and the keys that do the same."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.media.player import Opened
from avdesk.ui import formats, icons, theme
from avdesk.ui.pages.player_acts import Acts
from avdesk.ui.pages.player_hints import Hints
from avdesk.ui.pages.player_line import Line
from avdesk.ui.pages.player_parts import button_of, row_of
from avdesk.ui.pages.player_seek import SeekBar, exact
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.cards import Chip
from avdesk.ui.widgets.labels import Label

_ROW = 52
_BETWEEN = 8


class Controls(QFrame):
    """The surface under the picture. It only says what the person wants; the page does it."""

    toggled = Signal()
    skipped = Signal(float)
    stepped = Signal(int)
    turned = Signal(int)
    zoomed = Signal(str)
    """``in``, ``out``, ``fit`` or ``true``."""
    rate_chosen = Signal(float)
    volume_chosen = Signal(int)
    muted = Signal()
    channels_chosen = Signal(object)
    """A :class:`Channels`."""
    loop_wanted = Signal()
    snapshot_wanted = Signal()
    clip_wanted = Signal()
    marker_wanted = Signal(object)
    """A :class:`MarkerKind`."""
    adjusted = Signal(object)
    """An :class:`Adjustment`."""
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player.controls")
        self.setProperty("kind", "controls")
        self.seek = SeekBar()
        self.clock = _ClockFace()
        self.transport = _Transport(self)
        self.zoom = _Zoom(self)
        self.acts = Acts(self)
        left = QWidget()
        row_of(left, [self.clock], stretch_after=True)
        across = QHBoxLayout()
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        across.setSpacing(_BETWEEN)
        across.addWidget(left, 1)
        across.addWidget(self.transport)
        across.addWidget(self.zoom)
        across.addStretch(1)
        across.addWidget(self.acts)
        self.clock.grown.connect(self._fold)
        self.hints = Hints()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.MARGIN - 8, 0, theme.MARGIN - 8, 0)
        bar.addWidget(self.seek)
        self._column.addLayout(bar)
        self._column.addLayout(across)
        self._column.addSpacing(6)
        self._column.addWidget(self.hints)
        for widget in (left, self.acts, self.transport, self.zoom):
            widget.setMinimumHeight(theme.px(_ROW) - 6)

    def show_nothing(self) -> None:
        """No file: nothing can be pressed."""
        self.setEnabled(False)
        self.seek.show_line(Line())
        self.clock.show_size("")

    def take(self, facts: Opened, *, moving: bool) -> None:
        """The buttons of this kind of file."""
        self.setEnabled(True)
        self.seek.setVisible(moving)
        self.transport.setVisible(moving)
        self.zoom.setVisible(not moving)
        self.acts.take(facts, moving=moving)
        self.transport.set_frames(bool(facts.rate))
        size = f"{facts.width} × {facts.height}"
        self.clock.show_size("" if moving else size)
        self.hints.show_kind("video" if facts.rate else "sound" if moving else "photo")
        self._fold()

    def show_playing(self, playing: bool) -> None:
        self.transport.show_playing(playing)

    def show_full(self, full: bool) -> None:
        """The button leads back; the row of keys makes room for the picture."""
        self.acts.show_full(full)
        self.hints.setVisible(not full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where the row has no room for everything, the slider of the volume goes, then the number of the frame, then
        acts that have a key.
        """
        self.clock.give_room(0)
        middle = sum(part.sizeHint().width() for part in (self.transport, self.zoom) if not part.isHidden())
        room = self.width() - middle - 2 * theme.MARGIN - 4 * _BETWEEN
        taken = self.acts.fit(room - self.clock.least(), room - self.clock.whole())
        self.clock.give_room(room - taken)


class _ClockFace(QWidget):
    """Where one is, how long it is, which frame it is."""

    grown = Signal()
    """The time takes another width than before."""

    def __init__(self) -> None:
        super().__init__()
        self._now = Label("", "head")
        self._now.setObjectName("player.time")
        self._whole = Label("", "body", "text2")
        self._whole.setObjectName("player.length")
        self._frame = Chip("", icon="movie")
        self._frame.setObjectName("player.frame")
        self._frame.hide()
        self._known = False
        self._room = 0
        row_of(self, [self._now, self._whole, self._frame], spacing=8)

    def least(self) -> int:
        """What the time alone takes, in pixels."""
        return sum(label.sizeHint().width() + 8 for label in (self._now, self._whole) if not label.isHidden())

    def whole(self) -> int:
        """What the time and the number of the frame take, in pixels."""
        return self.least() + (self._frame.sizeHint().width() if self._known else 0)

    def give_room(self, room: int) -> None:
        """So many pixels there are; the number of the frame is shown where it has room."""
        self._room = room
        self._frame.setVisible(self._known and self.least() + self._frame.sizeHint().width() <= room)

    def show_time(self, seconds: float, whole: float | None) -> None:
        before = self.least()
        self._now.show()
        self._now.setText(exact(seconds))
        self._whole.setText(f"/ {formats.duration(whole)}" if whole else "")
        self._now.setAccessibleName(translate("player", "Time {time}").format(time=exact(seconds)))
        if self.least() != before:
            self.grown.emit()

    def show_frame(self, number: int | None) -> None:
        """The number of the frame on the screen; hidden while it is not known."""
        grown, self._known = self._known is not (number is not None), number is not None
        if number is not None:
            words = translate("player", "Frame {number}, exact").format(number=formats.number(number))
            self._frame.say(words, "", "movie")
        self.give_room(self._room)
        if grown:
            self.grown.emit()

    def show_size(self, words: str) -> None:
        """For a photograph: its size in pixels in place of the time."""
        self._now.setText("")
        self._now.hide()
        self._whole.setText(words)
        self.show_frame(None)


class _Transport(QWidget):
    """Back, play, forward."""

    def __init__(self, controls: Controls) -> None:
        super().__init__()
        back = translate("player", "Back 10 s (Ctrl+←)")
        on = translate("player", "Forward 10 s (Ctrl+→)")
        before = translate("player", "Frame before (,)")
        after = translate("player", "Next frame (.)")
        self._play = PrimaryButton("", controls.toggled.emit, name="player.play")
        self._play.setFixedSize(theme.px(44), theme.px(36))
        self._frames = [
            button_of("chevron-left", before, partial(controls.stepped.emit, -1), "player.frame-back"),
            button_of("chevron-right", after, partial(controls.stepped.emit, 1), "player.frame-on"),
        ]
        buttons = [
            button_of("rewind-backward-10", back, partial(controls.skipped.emit, -10.0), "player.back"),
            self._frames[0],
            self._play,
            self._frames[1],
            button_of("rewind-forward-10", on, partial(controls.skipped.emit, 10.0), "player.on"),
        ]
        row_of(self, buttons, spacing=8)
        self.show_playing(False)

    def show_playing(self, playing: bool) -> None:
        words = translate("player", "Pause (Space)") if playing else translate("player", "Play (Space)")
        icons.put(self._play, "player-pause" if playing else "player-play-filled", "onaccent", 20)
        self._play.setToolTip(words)
        self._play.setAccessibleName(words)

    def set_frames(self, there: bool) -> None:
        for button in self._frames:
            button.setVisible(there)


class _Zoom(QWidget):
    """For photographs: smaller, how large, larger."""

    def __init__(self, controls: Controls) -> None:
        super().__init__()
        zoomed = controls.zoomed.emit
        out = translate("player", "Smaller (-)")
        larger = translate("player", "Larger (+)")
        self._share = Label("", "body")
        self._share.setObjectName("player.share")
        self._share.setMinimumWidth(theme.px(56))
        self._share.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fit = Button(translate("player", "Fit"), partial(zoomed, "fit"), name="player.fit")
        fit.setToolTip(translate("player", "The whole picture (0)"))
        true = Button("100 %", partial(zoomed, "true"), name="player.true")
        true.setToolTip(translate("player", "One pixel of the picture on one of the screen (Z)"))
        widgets = [
            button_of("zoom-out", out, partial(zoomed, "out"), "player.smaller"),
            self._share,
            button_of("zoom-in", larger, partial(zoomed, "in"), "player.larger"),
            fit,
            true,
        ]
        row_of(self, widgets, spacing=8)
        self.hide()

    def show_ratio(self, ratio: float) -> None:
        """Pixels of the screen for one of the picture."""
        self._share.setText(f"{round(ratio * 100)} %" if ratio else "")
