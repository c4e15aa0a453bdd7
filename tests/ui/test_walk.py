"""Walks every page there is, in both languages, with larger text and on a screen at 200 %: names, keyboard order,
clipped, cut off and untranslated text. A new page joins by itself.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from avdesk import resources
from avdesk.media.sample_card import write_sample_card
from avdesk.services.desk import Desk
from avdesk.services.recordings import RecordingFilter, list_recordings
from avdesk.terms import Kind
from avdesk.ui import languages, pages, theme
from avdesk.ui.first_run import FirstRun
from avdesk.ui.page import Page
from avdesk.ui.pictures import settle
from avdesk.ui.runner import Bug, Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
LOOKS = [("zh", 1.0), ("en", 1.0), ("zh", 1.3), ("en", 1.3)]
SMALL, DOUBLED = QSize(1366, 700), QSize(960, 472)
"""What 1366x768, and 1920x1080 at 200 %, leave between a title bar and a task bar."""


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    language, size = request.param
    languages.use(dressed, language)
    theme.apply(dressed, theme.LIGHT, size)
    yield language
    languages.use(dressed, "zh")
    theme.apply(dressed, theme.LIGHT)


@pytest.fixture(params=[SMALL, DOUBLED], ids=lambda size: f"{size.width()}x{size.height()}")
def room(request: pytest.FixtureRequest) -> QSize:
    """How large the window is."""
    size: QSize = request.param
    return size


@pytest.fixture
def window(language: str, room: QSize, desk: Desk, runner: Runner, settings: Settings) -> Iterator[Shell]:
    """The window with every page that exists."""
    made = Shell(desk, runner, settings)
    for page_class in pages.classes():
        made.add_page(page_class(desk, runner, made))
    made.resize(room)
    made.show()
    made.vault_room.look()
    yield made
    settle(runner)
    made.hide()
    made.deleteLater()


def press(window: Shell, name: str) -> None:
    """Press the button of that name."""
    button = window.findChild(QAbstractButton, name)
    assert button is not None and button.isVisible(), name
    button.click()


def open_page(window: Shell, runner: Runner, name: str) -> None:
    window.open_page(name, **(window.pages[name].picture_state() or {}))
    settle(runner)


def form_of_a_case(window: Shell, _runner: Runner, _folder: Path) -> None:
    window.open_page("cases", new=True)


def pictures_chosen(window: Shell, runner: Runner, _folder: Path) -> None:
    open_page(window, runner, "library")
    press(window, "library.view.tiles")
    press(window, "library.filter.untagged")
    settle(runner)
    window.pages["library"].acts.check_all()


def details_beside_rows(window: Shell, runner: Runner, _folder: Path) -> None:
    open_page(window, runner, "library")
    if window.findChild(QWidget, "library.details").isHidden():
        press(window, "library.fold")


def sheet_of_labels(window: Shell, runner: Runner, _folder: Path) -> None:
    open_page(window, runner, "labels")
    if window.findChild(QWidget, "labels.turns").isVisible():
        press(window, "labels.turns.sheet")


def photograph(window: Shell, runner: Runner, _folder: Path) -> None:
    rows = list_recordings(window.desk, RecordingFilter(kind=Kind.PHOTO), limit=1).recordings
    window.open_page("player", recording_id=rows[0].recording_id)
    settle(runner, until=window.pages["player"].settled)


def plan_of_a_card(window: Shell, runner: Runner, folder: Path) -> None:
    write_sample_card(folder / "card")
    for path in [path for path in (folder / "card").rglob("*") if path.is_file()]:
        with path.open("ab") as file:
            file.write(b"of another card")
    window.open_page("ingest", folder=str(folder / "card"))
    settle(runner)
    card = window.pages["ingest"].cards[-1]
    press(window, f"{card.objectName()}.list")


Way = Callable[[Shell, Runner, Path], None]
WAYS = [form_of_a_case, pictures_chosen, details_beside_rows, sheet_of_labels, photograph, plan_of_a_card]


def keys(window: Shell) -> None:
    window.open_page("player")
    window.show_keys()


def fault(window: Shell) -> None:
    window.show_bug(Bug("Traceback\n" * 80))


def policy(window: Shell) -> None:
    window.open_page("settings")
    settle(window.runner)
    press(window, "settings.policy.disc_number.pattern")


def calibration(window: Shell) -> None:
    open_page(window, window.runner, "labels")
    press(window, "labels.calibrate.open")


DIALOGS = [keys, fault, policy, calibration]


@pytest.mark.parametrize("name", [page.NAME for page in pages.classes()])
def test_walk(window: Shell, room: QSize, runner: Runner, language: str, name: str) -> None:
    page = window.pages[name]
    state = page.picture_state()
    if state is None:
        pytest.fail(f"{name} has nothing to show on a workspace in use")
    window.open_page(name, **state)
    settle(runner, until=page.settled)
    found = [*faults(window, language), *order_faults(window), *size_faults(window, room)]
    assert found == []


@pytest.mark.parametrize("way", WAYS)
def test_walk_further(
    window: Shell,
    room: QSize,
    runner: Runner,
    language: str,
    tmp_path: Path,
    way: Way,
) -> None:
    way(window, runner, tmp_path)
    settle(runner)
    found = [*faults(window, language), *order_faults(window), *size_faults(window, room)]
    assert found == []


@pytest.mark.parametrize("open_dialog", DIALOGS)
def test_walk_dialogs(
    window: Shell, room: QSize, runner: Runner, language: str, open_dialog: Callable[[Shell], object]
) -> None:
    open_dialog(window)
    settle(runner)
    (dialog,) = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    found = [*faults(dialog, language), *order_faults(dialog), *size_faults(dialog, room)]
    dialog.reject()
    assert found == []


@pytest.mark.parametrize("page_class", pages.classes(), ids=lambda page: page.NAME)
def test_a_page_made_behind_leaves_the_keyboard_where_it_is(
    page_class: type[Page], desk: Desk, runner: Runner, shell: Shell
) -> None:
    shell.show()
    shell.search.open()
    assert shell.focusWidget() is shell.search.box
    shell.add_page(page_class(desk, runner, shell))
    settle(runner)
    assert shell.focusWidget() is shell.search.box


def test_walk_first_run(language: str, room: QSize, runner: Runner, tmp_path: Path) -> None:
    window = FirstRun(tmp_path / "workspace", runner, language)
    window.resize(room)
    window.show()
    settle(runner)
    assert [*faults(window, language), *order_faults(window), *size_faults(window, room)] == []
    window.hide()
    window.deleteLater()


def faults(window: QWidget, language: str) -> list[str]:
    """What is nameless, clipped or in the wrong language."""
    foreign = foreign_texts(language)
    found = []
    for widget in visible(window):
        where = path_of(widget)
        if isinstance(widget, CONTROLS) and not isinstance(widget, QScrollBar) and not name_of(widget):
            found.append(f"no accessible name: {where}")
        if isinstance(widget, CONTROLS) and not isinstance(widget, QScrollBar) and not widget.objectName():
            found.append(f"no object name: {where} {name_of(widget)}")
        if is_clipped(widget):
            found.append(f"clipped: {where} {text_of(widget)!r}")
        if text_of(widget).strip() in foreign:
            found.append(f"not translated: {where} {text_of(widget)!r}")
    return found


def visible(window: QWidget) -> list[QWidget]:
    """Every widget of ours that is shown; what Qt builds its own widgets of has names that begin with qt_."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and not widget.objectName().startswith("qt_") and not inside_of_qt(widget)
    ]


def inside_of_qt(widget: QWidget) -> bool:
    """Parts of a combo box, spin box, table: the whole has the name."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView | QLineEdit | QProgressBar):
            return True
        parent = parent.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return QLabel.text(widget) if isinstance(widget, QLabel) else widget.text()
    return widget.placeholderText() if isinstance(widget, QLineEdit) else ""


def is_clipped(widget: QWidget) -> bool:
    """Whether words do not fit; what elides in the middle says so in its tooltip and is no fault."""
    if isinstance(widget, QLabel) and QLabel.text(widget):
        if widget.contentsRect().height() < widget.fontMetrics().ascent():
            return True
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 2
        room = widget.contentsRect().width()
        return widget.fontMetrics().horizontalAdvance(QLabel.text(widget)) > room + 1
    if isinstance(widget, QPushButton) and widget.text():
        return widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
    if isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > widget.width()
    return False


def foreign_texts(language: str) -> set[str]:
    """Texts that must not be seen in this language: the sources in Chinese, the translations in English."""
    found = set()
    for file in resources.path("i18n").glob("*.zh.ts"):
        for message in ElementTree.parse(file).iter("message"):
            source, translation = message.findtext("source", ""), message.findtext("translation", "")
            if source != translation and translation.strip():
                found.add(source if language == "zh" else translation)
    return found - {""}


def order_faults(window: QWidget) -> list[str]:
    """Controls that the Tab key does not reach."""
    wanted = {
        widget
        for widget in visible(window)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QScrollBar)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_unchecked_of_a_group(widget)
    }
    reached: set[QWidget] = set()
    current: QWidget | None = window.nextInFocusChain()
    while current is not None and current is not window:
        reached.add(current)
        current = current.nextInFocusChain()
    found = [f"not reached by Tab: {path_of(widget)}" for widget in wanted - reached]
    for widget in visible(window):
        mouse_only = isinstance(widget, QAbstractButton) and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if mouse_only and widget.isEnabled() and not is_unchecked_of_a_group(widget):
            found.append(f"no focus by keyboard: {path_of(widget)}")
    return found


def is_unchecked_of_a_group(widget: QWidget) -> bool:
    """Of an exclusive group the arrow keys reach the others."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()


def size_faults(window: QWidget, room: QSize) -> list[str]:
    """What needs more than the screen gives: the window, a bar to scroll sideways, and what is cut off."""
    found = []
    if window.width() > room.width() or window.height() > room.height():
        found.append(f"the window needs {window.width()}x{window.height()}")
    for area in window.findChildren(QAbstractScrollArea):
        if area.isVisible() and area.horizontalScrollBar().isVisible() and area.horizontalScrollBar().maximum() > 0:
            found.append(f"scrolls sideways: {path_of(area)}")
    for widget in visible(window):
        if isinstance(widget, (*CONTROLS, QLabel)) and (where := cut_off_by(widget)) is not None:
            found.append(f"cut off by {path_of(where)}: {path_of(widget)} {text_of(widget)!r}")
    return found


def cut_off_by(widget: QWidget) -> QWidget | None:
    """What a widget sticks out of, so that a part of it is never seen; up and down one may scroll."""
    box, scrolls = widget.rect(), False
    inside, parent = widget, widget.parentWidget()
    while parent is not None and not inside.isWindow():
        box = QRect(inside.mapToParent(box.topLeft()), box.size())
        scrolls |= isinstance(parent.parentWidget(), QAbstractScrollArea)
        seen = parent.rect()
        if scrolls:
            box.moveTop(0)
            box.setHeight(1)
        if not seen.contains(box):
            return parent
        inside, parent = parent, parent.parentWidget()
    return None


def path_of(widget: QWidget) -> str:
    """Where a widget is: the names and kinds from the page down."""
    steps = []
    current: QWidget | None = widget
    while current is not None and not current.isWindow():
        steps.append(current.objectName() or type(current).__name__)
        if isinstance(current, Page):
            break
        current = current.parentWidget()
    return " > ".join(reversed(steps[:4]))
