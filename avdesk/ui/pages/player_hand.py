"""What the person does on the player's page, by key, button or mouse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QAbstractButton

from avdesk.ui.pages.player_full import FullScreen
from avdesk.ui.pages.player_goto import GoToDialog
from avdesk.ui.pages.player_playback import RATES
from avdesk.ui.pages.player_view import ZOOM_STEP
from avdesk.ui.pages.player_voice import LOUDEST

if TYPE_CHECKING:
    from avdesk.ui.pages.player import PlayerPage

_VOLUME, _MUTED = "player/volume", "player/muted"
_LOUD = 80


class Hand(QObject):
    """Volume, speed, zoom, full screen: what needs no service."""

    def __init__(self, page: PlayerPage) -> None:
        super().__init__(page)
        self._page = page
        self.full: FullScreen | None = None
        settings = page.shell.settings
        self.muted = settings.flag(_MUTED)
        self.volume = round(min(max(settings.number(_VOLUME, _LOUD), 0), LOUDEST))
        controls, playback, view = page.controls, page.playback, page.view
        view.clicked.connect(self._click)
        view.double_clicked.connect(self.toggle_full)
        controls.toggled.connect(playback.toggle)
        controls.skipped.connect(self.skip)
        controls.stepped.connect(playback.step)
        controls.turned.connect(view.turn)
        controls.zoomed.connect(self.zoom)
        controls.rate_chosen.connect(playback.set_rate)
        controls.volume_chosen.connect(self._set_volume)
        controls.muted.connect(self.mute)
        controls.channels_chosen.connect(playback.voice.set_channels)
        controls.loop_wanted.connect(self._cycle_loop)
        controls.marker_wanted.connect(page.markers.add)
        controls.adjusted.connect(view.adjust)
        controls.full_screen_wanted.connect(self.toggle_full)
        self._tell_volume()

    def space(self) -> None:
        """Space presses the button that has the focus; anywhere else it plays."""
        focus = self._page.dialog_parent.focusWidget()
        if isinstance(focus, QAbstractButton) and focus.isEnabled():
            focus.click()
        else:
            self._page.playback.toggle()

    def skip(self, seconds: float) -> None:
        """Forward or back on the line."""
        self._page.seek_line(self._page.place + seconds)

    def to_beginning(self) -> None:
        self._page.seek_line(0.0)

    def to_end(self) -> None:
        """The last picture of the line."""
        self._page.playback.pause()
        self._page.seek_line(self._page.controls.seek.line.length)

    def go_to(self) -> None:
        """Ask for a time."""
        page = self._page
        if page.playback.moving:
            GoToDialog(page.place, page.controls.seek.line.length, page.seek_line, page.dialog_parent).open()

    def faster(self, by: int) -> None:
        """The next speed."""
        playback = self._page.playback
        place = RATES.index(abs(playback.rate)) + by
        if playback.moving and 0 <= place < len(RATES):
            playback.set_rate(math.copysign(RATES[place], playback.rate))

    def louder(self, percent: int) -> None:
        self._set_volume(min(max(self.volume + percent, 0), LOUDEST))

    def mute(self) -> None:
        self.muted = not self.muted
        self._tell_volume()

    def zoom(self, how: str) -> None:
        """``in``, ``out``, ``true`` or ``fit``."""
        view = self._page.view
        match how:
            case "in":
                view.zoom_by(ZOOM_STEP)
            case "out":
                view.zoom_by(1 / ZOOM_STEP)
            case "true":
                view.zoom_to(view.true_zoom())
            case _:
                view.zoom_to(1.0)

    # full screen

    def toggle_full(self) -> None:
        """The picture on the whole screen, and back."""
        self._fill(self._page.window().screen())

    def toggle_other(self) -> None:
        """The picture on the whole of another screen, where the PC has one, and back."""
        here = self._page.window().screen()
        self._fill(next((screen for screen in QGuiApplication.screens() if screen is not here), here))

    def leave_full(self) -> None:
        """Back into the window."""
        page = self._page
        full, self.full = self.full, None
        if full is not None:
            page.across.insertWidget(0, full.release(), 1)
            page.stage.show()
            page.controls.show_full(False)
            full.hide()
            full.deleteLater()
            page.window().activateWindow()
            page.setFocus()

    def escape(self) -> None:
        """Out of full screen; else back to the library."""
        if self.full is not None:
            self.leave_full()
        else:
            self._page.back()

    def _fill(self, screen: QScreen) -> None:
        page = self._page
        if self.full is not None:
            self.leave_full()
        elif page.viewing is not None and page.pages.currentWidget() is page.view:
            self.full = FullScreen(page.stage, page.controls, page.keys(), self.leave_full)
            page.controls.show_full(True)
            self.full.setGeometry(screen.geometry())
            self.full.showFullScreen()
            self.full.activateWindow()

    # inside

    def _click(self) -> None:
        self._page.setFocus()
        self._page.playback.toggle()

    def _cycle_loop(self) -> None:
        """The button: from here, up to here, no more."""
        playback = self._page.playback
        if playback.loop.a is None:
            playback.mark_loop("a")
        elif playback.loop.b is None:
            playback.mark_loop("b")
        else:
            playback.clear_loop()

    def _set_volume(self, percent: int) -> None:
        self.volume, self.muted = percent, False
        self._tell_volume()

    def _tell_volume(self) -> None:
        page = self._page
        page.playback.voice.set_volume(self.volume, self.muted)
        page.controls.acts.loudness.show_volume(self.volume, self.muted)
        page.shell.settings.set(_VOLUME, self.volume)
        page.shell.settings.set(_MUTED, self.muted)
