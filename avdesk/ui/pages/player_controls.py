"""What is under the picture: the seek bar, the row of buttons, and the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from avdesk.media.player import Opened
from avdesk.ui import formats, icons, theme
from avdesk.ui.dialogs.keys import shown
from avdesk.ui.pages.player_playback import RATES
from avdesk.ui.pages.player_seek import SeekBar, exact
from avdesk.ui.sound import has_sound_device
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from avdesk.ui.widgets.cards import Chip, KeyCap
from avdesk.ui.widgets.labels import Label

_ROW = 52
_KEYS_ROW = 30
_BETWEEN = 14


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
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player.controls")
        self.setProperty("kind", "controls")
        self.seek = SeekBar()
        self.clock = _ClockFace()
        self.transport = _Transport(self)
        self.zoom = _Zoom(self)
        self.speed = _SpeedButton(self.rate_chosen.emit)
        self.loudness = _Loudness(self)
        self.full = IconButton("maximize", translate("player", "Full screen (F)"), self._full, name="player.full")
        self._turn = _button(
            "rotate-clockwise", translate("player", "Turn (R)"), partial(self.turned.emit, 1), "player.turn"
        )
        left, self._right = QWidget(), QWidget()
        _row(left, [self.clock], stretch_after=True)
        _row(self._right, [self.speed, self._turn, self.loudness, self.full], stretch_before=True)
        across = QHBoxLayout()
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN - 4, 0)
        across.addWidget(left, 1)
        across.addWidget(self.transport)
        across.addWidget(self.zoom)
        across.addWidget(self._right, 1)
        self.hints = _Hints()
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
        self._moving: list[QWidget] = [self.seek, self.transport, self.speed, self.loudness]
        for widget in (left, self._right, self.transport, self.zoom):
            widget.setMinimumHeight(theme.px(_ROW) - 6)

    def show_nothing(self) -> None:
        """No file: nothing can be pressed."""
        self.setEnabled(False)
        self.seek.set_duration(0.0)
        self.clock.show_size("")

    def take(self, facts: Opened, *, moving: bool) -> None:
        """The buttons of this kind of file."""
        self.setEnabled(True)
        for widget in self._moving:
            widget.setVisible(moving)
        self.zoom.setVisible(not moving)
        self.loudness.setVisible(moving and facts.sound)
        self.transport.set_frames(bool(facts.rate))
        self._turn.setVisible(facts.picture)
        self.seek.set_duration(facts.duration_s or 0.0)
        size = f"{facts.width} × {facts.height}"
        self.clock.show_size("" if moving else size)
        self.hints.show_kind("video" if facts.rate else "sound" if moving else "photo")
        self._fold()

    def show_playing(self, playing: bool) -> None:
        self.transport.show_playing(playing)

    def show_full(self, full: bool) -> None:
        """The button leads back; the row of keys makes room for the picture."""
        words = translate("player", "Leave full screen (Esc)") if full else translate("player", "Full screen (F)")
        icons.put(self.full, "minimize" if full else "maximize", "text2", 18)
        self.full.setToolTip(words)
        self.full.setAccessibleName(words)
        self.hints.setVisible(not full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where the row has no room for everything, the number of the frame goes, then the slider of the volume."""
        self.clock.give_room(0)
        self.loudness.fold(False)
        middle = sum(part.sizeHint().width() for part in (self.transport, self.zoom) if not part.isHidden())
        room = self.width() - middle - self._right.sizeHint().width() - 2 * (theme.MARGIN + _BETWEEN)
        if room < self.clock.least():
            self.loudness.fold(True)
            room += self.loudness.slider.width()
        self.clock.give_room(room)

    def _full(self) -> None:
        self.full_screen_wanted.emit()


class _ClockFace(QWidget):
    """Where one is, how long it is, which frame it is."""

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
        _row(self, [self._now, self._whole, self._frame], spacing=8)

    def least(self) -> int:
        """What the time alone takes, in pixels."""
        return sum(label.sizeHint().width() + 8 for label in (self._now, self._whole) if not label.isHidden())

    def give_room(self, room: int) -> None:
        """So many pixels there are; the number of the frame is shown where it has room."""
        self._room = room
        self._frame.setVisible(self._known and self.least() + self._frame.sizeHint().width() <= room)

    def show_time(self, seconds: float, whole: float | None) -> None:
        self._now.show()
        self._now.setText(exact(seconds))
        self._whole.setText(f"/ {formats.duration(whole)}" if whole else "")
        self._now.setAccessibleName(translate("player", "Time {time}").format(time=exact(seconds)))

    def show_frame(self, number: int | None) -> None:
        """The number of the frame on the screen; hidden while it is not known."""
        self._known = number is not None
        if number is not None:
            words = translate("player", "Frame {number}, exact").format(number=formats.number(number))
            self._frame.say(words, "", "movie")
        self.give_room(self._room)

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
            _button("chevron-left", before, partial(controls.stepped.emit, -1), "player.frame-back"),
            _button("chevron-right", after, partial(controls.stepped.emit, 1), "player.frame-on"),
        ]
        buttons = [
            _button("rewind-backward-10", back, partial(controls.skipped.emit, -10.0), "player.back"),
            self._frames[0],
            self._play,
            self._frames[1],
            _button("rewind-forward-10", on, partial(controls.skipped.emit, 10.0), "player.on"),
        ]
        _row(self, buttons, spacing=8)
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
        true.setToolTip(translate("player", "One pixel of the picture on one of the screen (1)"))
        widgets = [
            _button("zoom-out", out, partial(zoomed, "out"), "player.smaller"),
            self._share,
            _button("zoom-in", larger, partial(zoomed, "in"), "player.larger"),
            fit,
            true,
        ]
        _row(self, widgets, spacing=8)
        self.hide()

    def show_ratio(self, ratio: float) -> None:
        """Pixels of the screen for one of the picture."""
        self._share.setText(f"{round(ratio * 100)} %" if ratio else "")


class _SpeedButton(Button):
    """The speed, with a menu of others."""

    def __init__(self, choose: Callable[[float], object]) -> None:
        super().__init__("", icon="chevron-down", name="player.speed")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for rate in RATES:
            action = QAction(_times(rate), self, checkable=True)
            action.setData(rate)
            self._group.addAction(action)
            menu.addAction(action)
        self._choose = choose
        self._group.triggered.connect(self._chosen)
        self.setMenu(menu)
        self.show_rate(1.0)

    def show_rate(self, rate: float) -> None:
        self.setText(_times(rate))
        self.setAccessibleName(translate("player", "Speed {speed}").format(speed=_times(rate)))
        self.setToolTip(translate("player", "Speed"))
        for action in self._group.actions():
            action.setChecked(action.data() == rate)

    def _chosen(self, action: QAction) -> None:
        self._choose(action.data())


class _Loudness(QWidget):
    """The loudspeaker, which mutes, and how loud."""

    def __init__(self, controls: Controls) -> None:
        super().__init__()
        self._sign = IconButton("volume", "", controls.muted.emit, name="player.mute")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("player.volume")
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setFixedWidth(theme.px(72))
        self.slider.setAccessibleName(translate("player", "Volume"))
        self.slider.valueChanged.connect(controls.volume_chosen)
        _row(self, [self._sign, self.slider], spacing=4)

    def fold(self, folded: bool) -> None:
        """Without the slider: the arrow keys up and down do the same."""
        self.slider.setVisible(not folded)

    def show_volume(self, percent: int, muted: bool) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(percent)
        self.slider.blockSignals(False)
        silent = muted or percent == 0
        words = translate("player", "Sound on (M)") if silent else translate("player", "Mute (M)")
        if not has_sound_device():
            words = translate("player", "This PC has no loudspeaker. {act}").format(act=words)
        icons.put(self._sign, "volume-off" if silent else "volume", "text2", 20)
        self._sign.setToolTip(words)
        self._sign.setAccessibleName(words)
        self.slider.setToolTip(f"{percent} %")


class _Hints(QFrame):
    """The keys that are used most, in a quiet row."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self.setFixedHeight(theme.px(_KEYS_ROW))
        self._kinds: dict[QWidget, frozenset[str]] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        across.setSpacing(_BETWEEN)
        moving, video, photo = frozenset({"video", "sound"}), frozenset({"video"}), frozenset({"photo"})
        for keys, words, kinds in (
            (("Space",), translate("player", "play"), moving),
            ((",", "."), translate("player", "frame by frame"), video),
            (("Left", "Right"), translate("player", "5 s"), moving),
            (("Home", "End"), translate("player", "beginning, end"), moving),
            (("+", "-"), translate("player", "larger, smaller"), photo),
            (("0",), translate("player", "whole picture"), photo),
            (("1",), translate("player", "true size"), photo),
            (("R",), translate("player", "turn"), video | photo),
            (("M",), translate("player", "mute"), moving),
            (("F",), translate("player", "full screen"), moving | photo),
        ):
            hint = _hint(keys, words)
            self._kinds[hint] = kinds
            across.addWidget(hint)
        across.addStretch(1)
        self._all = _hint(("?",), translate("player", "all keys"))
        across.addWidget(self._all)
        self.show_kind("")

    def show_kind(self, kind: str) -> None:
        """The keys of a kind of recording, as many as have room; ``?`` tells them all."""
        self._kind = kind
        room = self.width() - 2 * theme.MARGIN - self._all.sizeHint().width() - _BETWEEN
        for hint, kinds in self._kinds.items():
            if kind in kinds:
                room -= hint.sizeHint().width() + _BETWEEN
            if kind in kinds and room >= 0:
                hint.show()
            else:
                hint.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_kind(self._kind)


def _hint(keys: Sequence[str], words: str) -> QWidget:
    made = QWidget()
    caps: list[QWidget] = [KeyCap(shown(key)) for key in keys]
    _row(made, [*caps, Label(words, "second", "text2")], spacing=4)
    return made


def _button(icon: str, words: str, act: Callable[[], object], name: str) -> IconButton:
    made = IconButton(icon, words, act, name=name)
    made.setIconSize(QSize(20, 20))
    return made


def _row(
    widget: QWidget,
    parts: Sequence[QWidget],
    *,
    spacing: int = 6,
    stretch_before: bool = False,
    stretch_after: bool = False,
) -> None:
    across = QHBoxLayout(widget)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(spacing)
    if stretch_before:
        across.addStretch(1)
    for part in parts:
        across.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    if stretch_after:
        across.addStretch(1)


def _times(rate: float) -> str:
    return f"{rate:g}×" if rate not in (1.0, 2.0) else f"{rate:.1f}×"
