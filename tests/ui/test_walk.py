"""Walks every page there is, in both languages and with larger text: names, keyboard order, clipped and untranslated
text. A new page joins by itself.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
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
from avdesk.services.desk import Desk
from avdesk.ui import languages, pages, theme
from avdesk.ui.first_run import FirstRun
from avdesk.ui.page import Page
from avdesk.ui.pictures import settle
from avdesk.ui.runner import Runner
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
WIDTH, HEIGHT = 1366, 700
"""What 1366x768 leaves between a title bar and a task bar."""


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    language, size = request.param
    languages.use(dressed, language)
    theme.apply(dressed, theme.LIGHT, size)
    yield language
    languages.use(dressed, "zh")
    theme.apply(dressed, theme.LIGHT)


@pytest.fixture
def window(language: str, desk: Desk, runner: Runner, settings: Settings) -> Iterator[Shell]:
    """The window with every page that exists."""
    made = Shell(desk, runner, settings)
    for page_class in pages.classes():
        made.add_page(page_class(desk, runner, made))
    made.resize(WIDTH, HEIGHT)
    made.show()
    made.vault_room.look()
    yield made
    settle(runner)
    made.hide()
    made.deleteLater()


@pytest.mark.parametrize("name", [page.NAME for page in pages.classes()])
def test_walk(window: Shell, runner: Runner, language: str, name: str) -> None:
    page = window.pages[name]
    state = page.picture_state()
    if state is None:
        pytest.fail(f"{name} has nothing to show on a workspace in use")
    window.open_page(name, **state)
    settle(runner, until=page.settled)
    found = [*faults(window, language), *order_faults(window), *size_faults(window)]
    assert found == []


def test_walk_first_run(language: str, runner: Runner, tmp_path: Path) -> None:
    window = FirstRun(tmp_path / "workspace", runner, language)
    window.resize(theme.px(1060), theme.px(640))
    window.show()
    settle(runner)
    assert [*faults(window, language), *order_faults(window)] == []
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
        if mouse_only and widget.isEnabled():
            found.append(f"no focus by keyboard: {path_of(widget)}")
    return found


def is_unchecked_of_a_group(widget: QWidget) -> bool:
    """Of an exclusive group the arrow keys reach the others."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()


def size_faults(window: QWidget) -> list[str]:
    """What needs more than the smallest screen gives: the window, or a bar to scroll sideways."""
    found = []
    if window.width() > WIDTH or window.height() > HEIGHT:
        found.append(f"the window needs {window.width()}x{window.height()}")
    for area in window.findChildren(QAbstractScrollArea):
        if area.isVisible() and area.horizontalScrollBar().isVisible() and area.horizontalScrollBar().maximum() > 0:
            found.append(f"scrolls sideways: {path_of(area)}")
    return found


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
