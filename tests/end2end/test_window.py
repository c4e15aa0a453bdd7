"""The whole job in the window: a card is put in, collected and verified, watched, tied to a case, and labelled.

Once with the mouse, and once by the keyboard alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6.QtWidgets", reason="the libraries of Qt are missing")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from avdesk.media.sample_card import write_sample_card
from avdesk.services.cases import list_cases
from avdesk.services.workspace import init
from avdesk.terms import Kind
from avdesk.ui import languages, theme
from avdesk.ui.app import App
from avdesk.ui.page import Page
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.pages.labels import LabelsPage
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.pages.library_cases import LinkDialog
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.pictures import settle
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from tests.mounts import mounted_image, requires_root_mounts

pytestmark = [
    requires_root_mounts,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed"),
]

PATIENCE = 30_000
UNIT, OPERATOR = "平石市医疗保障局", "王示例"
NUMBER, TITLE = "平石医保罚字〔2026〕8号", "惠民示例大药房违规使用医保基金案"
RECORDINGS = 8
MOST_STOPS = 80
P = TypeVar("P", bound=Page)
W = TypeVar("W", bound=QWidget)


class Desk:
    """The window, and what its user does: looks, waits, and acts on what has the focus."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        assert app.shell is not None
        self.app = app
        self.shell: Shell = app.shell
        self._qtbot = qtbot

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=PATIENCE)

    def page(self, kind: type[P]) -> P:
        """The page of that kind, once it is in front."""
        self.wait(lambda: isinstance(self.shell.current, kind))
        assert isinstance(self.shell.current, kind)
        return self.shell.current

    def child(self, name: str, kind: type[W]) -> W:
        """A widget by its object name, once it can be used."""
        self.wait(lambda: any(map(_usable, self._named(name, kind))))
        return next(filter(_usable, self._named(name, kind)))

    def _named(self, name: str, kind: type[W]) -> list[W]:
        return self.shell.findChildren(kind, name)

    def active(self, window: QWidget) -> None:
        """Keys go to that window: offscreen there is no window manager that would see to it."""

        def is_active() -> bool:
            if not window.isActiveWindow():
                window.activateWindow()
            return window.isActiveWindow()

        self.wait(is_active)

    # the mouse

    def click(self, name: str) -> None:
        self._qtbot.mouseClick(self.child(name, QAbstractButton), Qt.MouseButton.LeftButton)

    # the keyboard

    def focus(self) -> QWidget:
        """What a key reaches in the window in front."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        window = QApplication.activeModalWidget() or self.shell
        self.active(window)
        return QApplication.focusWidget() or window

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, keys)

    def control(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str) -> None:
        """Latin is typed; what needs an input method is brought from the clipboard."""
        if text.isascii():
            QTest.keyClicks(self.focus(), text)
            return
        QApplication.clipboard().setText(text)
        self.control(Qt.Key.Key_V)

    def tab_to(self, name: str) -> None:
        """Tab from stop to stop until that widget has the focus."""
        passed: list[str] = []
        while self.focus().objectName() != name:
            passed.append(self.focus().objectName())
            assert len(passed) <= MOST_STOPS, f"Tab does not lead to {name}: {passed}"
            self.press(Qt.Key.Key_Tab)


def _usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


@pytest.fixture
def user(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """At the window, opened on a new workspace as the program opens it."""
    theme.load_fonts()
    init(tmp_path / "workspace", UNIT, OPERATOR)
    settings = Settings(tmp_path / "window.ini")
    settings.set("look/language", "zh")
    app = App(qapp, tmp_path / "workspace", None, settings)
    app.begin()
    made = Desk(app, qtbot)
    made.shell.showNormal()  # the screen of this platform is smaller
    made.shell.resize(1366, 768)
    made.active(made.shell)
    yield made

    app.runner.cancel_all()
    settle(app.runner)
    made.shell.save_state()
    made.shell.hide()
    made.shell.deleteLater()
    app._end()
    app.deleteLater()
    theme.apply(qapp, theme.LIGHT)
    languages.use(qapp, "zh")


@pytest.fixture
def mount(user: Desk, tmp_path: Path) -> Iterator[Path]:
    """The sample card on an ext4 volume, put in while the window is open."""
    write_sample_card(tmp_path / "files")
    with mounted_image(tmp_path, "ext4", fill=tmp_path / "files") as root:
        yield root


def card_at(user: Desk, root: Path) -> IngestCard:
    """The card of that volume, once it has appeared by itself and is read."""
    page = user.page(IngestPage)

    def found() -> list[IngestCard]:
        return [card for card in page.cards if any(choice.root == root for choice in card.work.place.choices)]

    user.wait(lambda: [card.work.phase for card in found()] == [Phase.READY])
    return found()[0]


def verified(user: Desk, card: IngestCard) -> None:
    """The card says so, and so does what it reports."""
    user.wait(lambda: card.work.phase is Phase.DONE)
    assert (card.ring_state(), card.word()) == ("ok", "已核验")
    assert card.work.result is not None and card.work.result.complete


def full_library(user: Desk) -> LibraryPage:
    """The library, once it shows every recording of the card."""
    page = user.page(LibraryPage)
    user.wait(lambda: page.model.recordings == RECORDINGS)
    return page


def plays(user: Desk, start: Callable[[], None]) -> None:
    """The picture comes, ``start`` sets it going, and its time goes on."""
    player = user.page(PlayerPage)
    user.wait(lambda: player.settled() and player.playback.frame is not None)
    assert not player.playback.playing
    start()
    user.wait(lambda: player.playback.playing)
    began = player.playback.position
    user.wait(lambda: player.playback.position > began + 0.2)


def linked(user: Desk) -> None:
    """The new case has every recording."""
    desk = user.shell.desk
    user.wait(lambda: [case.recordings for case in list_cases(desk).cases] == [RECORDINGS])
    assert [(case.number, case.title) for case in list_cases(desk).cases] == [(NUMBER, TITLE)]


def labelled(user: Desk, pdf: Path) -> None:
    """Both labels can be read by another program, with the number that the case has got."""
    user.wait(lambda: list_cases(user.shell.desk).cases[0].disc_number is not None)
    user.wait(lambda: user.shell.message_bar.isVisible() and pdf.is_file())
    assert user.shell.message_bar.kind == "ok"
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    words = "".join(text.split())
    disc_number = list_cases(user.shell.desk).cases[0].disc_number
    assert disc_number is not None
    for number in (f"{disc_number}-1", f"{disc_number}-2"):
        assert number in words, text
    for word in (NUMBER, TITLE, UNIT, OPERATOR):
        assert words.count(word) == 2, (word, text)


def test_from_card_to_labels_with_the_mouse(user: Desk, mount: Path, tmp_path: Path, qtbot: QtBot) -> None:
    card = card_at(user, mount)
    user.click(f"{card.objectName()}.start")
    verified(user, card)

    user.click("nav.library")
    library = full_library(user)
    table = library.table
    video = next(
        row
        for row, each in enumerate(map(library.model.recording, range(len(library.model.items))))
        if each is not None and each.kind is Kind.VIDEO
    )
    place = table.visualRect(library.model.index(video, table.column("name"))).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    plays(user, lambda: user.click("player.play"))

    user.click("player.back-to")
    full_library(user)
    head = table.horizontalHeader()
    check = QPoint(head.sectionViewportPosition(table.column("check")) + 12, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=check)
    user.wait(lambda: len(library.model.checked) == RECORDINGS)
    user.click("library.selection.link")
    user.active(user.child("library.link", LinkDialog))
    qtbot.mouseClick(user.child("library.link.case.edit", QLineEdit), Qt.MouseButton.LeftButton)
    user.write(NUMBER)
    title = user.child("library.link.title", QLineEdit)
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    user.write(TITLE)
    user.click("library.link.go")
    linked(user)
    user.active(user.shell)

    user.click("nav.labels")
    labels = user.page(LabelsPage)
    case = user.child("labels.case", QLineEdit)
    qtbot.mouseClick(case, Qt.MouseButton.LeftButton)
    user.write(NUMBER)
    offered = labels.fields.case.completer().popup()
    user.wait(offered.isVisible)
    only = offered.visualRect(offered.model().index(0, 0)).center()
    qtbot.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=only)
    user.wait(lambda: labels.preview is not None and labels.preview.files == RECORDINGS)
    user.click("labels.save")
    dialog = user.child("labels.save.dialog", QFileDialog)
    user.active(dialog)
    name = user.child("fileNameEdit", QLineEdit)
    name.selectAll()
    qtbot.keyClicks(name, str(tmp_path / "labels.pdf"))
    save = dialog.findChildren(QPushButton)[0]
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    labelled(user, tmp_path / "labels.pdf")


def test_from_card_to_labels_by_the_keyboard_alone(user: Desk, mount: Path, tmp_path: Path) -> None:
    user.control(Qt.Key.Key_1)
    card = card_at(user, mount)
    user.tab_to(card.objectName())
    user.press(Qt.Key.Key_Return)
    verified(user, card)

    user.control(Qt.Key.Key_2)
    library = full_library(user)
    user.wait(library.table.hasFocus)
    for _row in range(RECORDINGS):
        current = library.model.recording(library.table.currentIndex().row())
        if current is not None and current.kind is Kind.VIDEO:
            break
        user.press(Qt.Key.Key_Down)
    user.press(Qt.Key.Key_Return)
    plays(user, lambda: user.press(Qt.Key.Key_Space))

    user.press(Qt.Key.Key_Escape)
    full_library(user)
    user.wait(library.table.hasFocus)
    user.control(Qt.Key.Key_A)
    user.wait(lambda: len(library.model.checked) == RECORDINGS)
    user.tab_to("library.selection.link")
    user.press(Qt.Key.Key_Space)
    user.active(user.child("library.link", LinkDialog))
    user.write(NUMBER)
    user.child("library.link.title", QLineEdit)
    user.tab_to("library.link.title")
    user.write(TITLE)
    user.press(Qt.Key.Key_Return)
    linked(user)
    user.active(user.shell)

    user.control(Qt.Key.Key_4)
    labels = user.page(LabelsPage)
    user.wait(labels.fields.case.hasFocus)
    user.write(NUMBER)
    user.wait(labels.fields.case.completer().popup().isVisible)
    user.press(Qt.Key.Key_Down)
    user.press(Qt.Key.Key_Return)
    user.wait(lambda: labels.preview is not None and labels.preview.files == RECORDINGS)
    user.tab_to("labels.save")
    user.press(Qt.Key.Key_Space)
    user.active(user.child("labels.save.dialog", QFileDialog))
    user.tab_to("fileNameEdit")
    user.control(Qt.Key.Key_A)
    user.write(str(tmp_path / "labels.pdf"))
    user.press(Qt.Key.Key_Return)
    labelled(user, tmp_path / "labels.pdf")
