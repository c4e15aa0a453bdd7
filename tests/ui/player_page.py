"""A recording opened on the player's page, and what is on the screen, read from its own pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from avdesk.media.sample_card import BIT_SQUARE, FRAME_BITS, VIDEO_SIZE
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, list_recordings, show_recording
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.pages.player_processes import Frame

WAIT = 30_000
VIDEO, HEVC, PHOTO, VOICE = "140210", "142104", "140432", "WAV"


def recording(desk: Desk, query: str) -> str:
    return list_recordings(desk, RecordingFilter(query=query)).recordings[0].recording_id


def stored(desk: Desk, query: str) -> Path:
    """The file of a recording in the vault; to be harmed by tests."""
    copy = show_recording(desk, recording(desk, query)).copies[0]
    path = desk.first_vault.path / copy.path
    path.parent.chmod(0o700)
    path.chmod(0o600)
    return path


def viewed(desk: Desk, recording_id: str) -> int:
    return [event.act for event in show_recording(desk, recording_id).custody].count("recording.viewed")


def on_screen(page: PlayerPage) -> int:
    """The number that the sample card painted into the frame, read from the picture of the widget."""
    image: QImage = page.view.grab().toImage()
    target = page.view.target()
    scale = target.width() / VIDEO_SIZE[0]
    number = 0
    for place in range(FRAME_BITS):
        x = target.left() + (place + 0.5) * BIT_SQUARE * scale
        y = target.bottom() - BIT_SQUARE / 2 * scale
        number = number << 1 | (image.pixelColor(int(x), int(y)).lightness() > 128)
    return number


def fits(page: PlayerPage) -> bool:
    """Whether the picture on the screen was made for the view as it is now."""
    frame, view = page.view.frame, page.view
    return frame is not None and (frame.picture.width == view.width() or frame.picture.height == view.height())


def words(page: QWidget, name: str) -> str:
    label = page.window().findChild(QLabel, name)
    assert label is not None
    return label.text()


class Opened:
    """Opens recordings on the page and waits for their first picture."""

    def __init__(self, page: PlayerPage, qtbot: QtBot) -> None:
        self.page = page
        self._qtbot = qtbot

    def open(self, query: str, *, on_picture: bool = True) -> PlayerPage:
        self.page.shell.open_page("player", recording_id=recording(self.page.desk, query))
        self.wait(lambda: self.page.settled() and self.page.playback.facts is not None)
        assert (self.page.playback.frame is not None) is on_picture
        self.focus()
        return self.page

    def focus(self) -> None:
        """Keys go to the page."""
        with self._qtbot.waitActive(self.page.window()):
            self.page.window().activateWindow()
        self.page.setFocus()

    def counted(self, query: str) -> PlayerPage:
        page = self.open(query)
        self.wait(lambda: page.playback.frame is not None and page.playback.frame.picture.number is not None)
        return page

    def seek(self, at: float) -> Frame:
        """The frame that answers."""
        page = self.page
        with self._qtbot.waitSignal(page.playback.shown, timeout=WAIT):
            page.playback.seek(at)
        assert page.playback.frame is not None
        return page.playback.frame

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=WAIT)

    def trouble(self) -> str:
        """The sentence in the place of the picture."""
        self.wait(self.page.trouble.isVisible)
        return " ".join(label.text() for label in self.page.trouble.findChildren(QLabel) if label.isVisible())


def decoders() -> list[psutil.Process]:
    """The processes of the player that are alive."""
    alive = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    modules = ("avdesk.media.decoder", "avdesk.ui.sound_process")
    return [child for child in alive if any(module in child.cmdline() for module in modules)]
