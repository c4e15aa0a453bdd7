"""What one does with a recording beside playing it: speed, repeating, snapshot, marker, the view, the sound."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from avdesk.media.player import Opened
from avdesk.terms import MarkerKind
from avdesk.ui import icons, theme
from avdesk.ui.pages.player_adjust import AdjustPopup
from avdesk.ui.pages.player_loop import Loop
from avdesk.ui.pages.player_loudness import Loudness
from avdesk.ui.pages.player_markers import SIGNS
from avdesk.ui.pages.player_parts import button_of, row_of
from avdesk.ui.pages.player_playback import RATES
from avdesk.ui.pages.player_seek import exact
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.buttons import Button, IconButton

if TYPE_CHECKING:
    from avdesk.ui.pages.player_controls import Controls

_SPACING = 2


class Acts(QWidget):
    """The right end of the row. What has no room is hidden: each has a key too."""

    def __init__(self, controls: Controls) -> None:
        super().__init__()
        self._controls = controls
        self.speed = _SpeedButton(controls.rate_chosen.emit)
        self.loop = _LoopButton(controls.loop_wanted.emit)
        snapshot, clip = (
            translate("player", "Snapshot of this frame (S)"),
            translate("player", "Clip of what repeats (X)"),
        )
        self.snapshot = button_of("camera", snapshot, controls.snapshot_wanted.emit, "player.snapshot")
        self.clip = button_of("video", clip, controls.clip_wanted.emit, "player.clip")
        marker, turn = translate("player", "Marker here (1 to 9)"), translate("player", "Turn (R)")
        self.marker = _MarkerButton(marker, controls.marker_wanted.emit)
        self.turn = button_of("rotate-clockwise", turn, partial(controls.turned.emit, 1), "player.turn")
        self.adjust = AdjustPopup(controls.adjusted.emit, self)
        tones = translate("player", "Brightness and contrast (E)")
        self._adjust = button_of("adjustments-horizontal", tones, self.open_adjust, "player.adjust-open")
        self.loudness = Loudness(controls.muted.emit, controls.volume_chosen.emit, controls.channels_chosen.emit)
        self._full = IconButton("maximize", "", controls.full_screen_wanted.emit, name="player.full")
        row: list[QWidget] = [self.speed, self.loop, self.clip, self.snapshot, self.marker, self.turn]
        row_of(self, [*row, self._adjust, self.loudness, self._full], spacing=_SPACING, stretch_before=True)
        self._goes: list[QWidget] = [
            self.turn,
            self._adjust,
            self.loop,
            self.clip,
            self.snapshot,
            self.marker,
            self.speed,
        ]
        self._offered: set[QWidget] = set()
        self.show_full(False)

    def take(self, facts: Opened, *, moving: bool) -> None:
        """What there is to do with this kind of file."""
        film = bool(facts.rate)
        offers = {
            self.speed: moving,
            self.loop: moving,
            self.snapshot: film,
            self.marker: True,
            self.turn: facts.picture,
            self._adjust: facts.picture,
        }
        self._offered = {widget for widget, there in offers.items() if there}
        self.loudness.setVisible(moving and facts.sound)
        self.adjust.reset()

    def show_loop(self, loop: Loop) -> None:
        """What repeats can be cut out."""
        self.loop.show_loop(loop)
        (self._offered.add if loop.b is not None else self._offered.discard)(self.clip)
        self.clip.setVisible(self.clip in self._offered and not self.loop.isHidden())

    def fit(self, room: int, easy: int) -> int:
        """Show what has room; the width that is taken, in pixels. The slider is there only where ``easy`` has room."""
        self.loudness.fold(False)
        for widget in self._goes:
            widget.setVisible(widget in self._offered)
        self.loudness.fold(self._taken() > easy)
        for widget in self._goes:
            if self._taken() <= room:
                break
            widget.hide()
        return self._taken()

    def minimumSizeHint(self) -> QSize:
        """Room for the loudspeaker and the full screen: everything else may go."""
        return QSize(theme.px(72), super().minimumSizeHint().height())

    def open_adjust(self) -> None:
        """Brightness and contrast, over their button."""
        if self._adjust in self._offered:
            self.adjust.open_above(self._full if self._adjust.isHidden() else self._adjust)

    def show_full(self, full: bool) -> None:
        """The button leads to full screen, or back."""
        words = translate("player", "Leave full screen (Esc)") if full else translate("player", "Full screen (F)")
        icons.put(self._full, "minimize" if full else "maximize", "text2", 18)
        self._full.setToolTip(words)
        self._full.setAccessibleName(words)

    def _taken(self) -> int:
        """The width of what is shown; the layout itself learns of a hidden slider only later."""
        shown = [widget for widget in (*self._goes, self.loudness, self._full) if not widget.isHidden()]
        return sum(widget.sizeHint().width() + _SPACING for widget in shown)


class _MarkerButton(IconButton):
    """A menu of all kinds, each with its key."""

    def __init__(self, words: str, choose: Callable[[MarkerKind], object]) -> None:
        super().__init__("bookmark", words, self._open, name="player.marker")
        self.setIconSize(QSize(20, 20))
        self._menu = QMenu(self)
        self._menu.setObjectName("player.marker-kinds")
        for kind in sorted(MarkerKind, key=lambda kind: SIGNS.get(kind, "9+")):
            action = QAction(f"{SIGNS.get(kind, '·')}  {word(kind)}", self)
            action.triggered.connect(partial(choose, kind))
            self._menu.addAction(action)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))


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
        """Negative: backwards."""
        self.setText(_times(rate))
        self.setAccessibleName(translate("player", "Speed {speed}").format(speed=_times(rate)))
        self.setToolTip(translate("player", "Speed"))
        for action in self._group.actions():
            action.setChecked(action.data() == rate)

    def _chosen(self, action: QAction) -> None:
        self._choose(action.data())


class _LoopButton(IconButton):
    """Repeats a part: pressed at its beginning, at its end, and to end it."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__("repeat", "", act, name="player.loop")
        self.setIconSize(QSize(20, 20))
        self.show_loop(Loop())

    def show_loop(self, loop: Loop) -> None:
        if loop.a is None:
            words = translate("player", "Repeat a part: from here (A)")
        elif loop.b is None:
            words = translate("player", "Repeated from {a}: up to here (B)").format(a=exact(loop.a))
        else:
            told = {"a": exact(loop.a), "b": exact(loop.b)}
            words = translate("player", "Repeated from {a} to {b}: end it (Q)").format(**told)
        icons.put(self, "repeat", "text2" if loop.a is None else "mark", 20)
        self.setToolTip(words)
        self.setAccessibleName(words)


def _times(rate: float) -> str:
    return f"{rate:g}×" if rate not in (1.0, 2.0) else f"{rate:.1f}×"
