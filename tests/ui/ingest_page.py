"""What the tests of the page for collecting share: the page in its window, cards, and waiting."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from avdesk.media.sample_card import write_sample_card
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.shell import Shell

PATIENCE = 20_000


@pytest.fixture(scope="session")
def sample_card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample card, only to be copied."""
    folder = tmp_path_factory.mktemp("sample") / "card"
    write_sample_card(folder)
    return folder


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> Iterator[IngestPage]:
    """The page, shown in its window."""
    made = IngestPage(shell.desk, shell.runner, shell)
    shell.add_page(made)
    shell.show()
    qtbot.waitExposed(shell)
    shell.open_page("ingest")
    yield made
    for work in made.works:
        work.resume()
        work.cancel()


def fresh_card(sample: Path, folder: Path, serial: str, more: Mapping[str, bytes] | None = None) -> Path:
    """A card of another recorder: the sample card under another number, with other content."""
    shutil.copytree(sample, folder)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        with path.open("ab") as file:
            file.write(serial.encode())
        path.rename(path.with_name(path.name.replace("5K20417", serial)))
    for name, content in (more or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def find_card(page: IngestPage, root: Path) -> IngestCard | None:
    """The card whose volume or folder that is; other tests may have cards of their own mounted."""
    for card in page.cards:
        if any(choice.root == root for choice in card.work.place.choices):
            return card
    return None


def await_card(page: IngestPage, root: Path, qtbot: QtBot, phase: Phase = Phase.READY) -> IngestCard:
    """The card at that place, as soon as it is so far."""
    found: list[IngestCard] = []

    def there() -> bool:
        card = find_card(page, root)
        found[:] = [card] if card is not None and card.work.phase is phase else []
        return bool(found)

    qtbot.waitUntil(there, timeout=PATIENCE)
    return found[0]


def await_true(condition: Callable[[], bool], qtbot: QtBot) -> None:
    qtbot.waitUntil(condition, timeout=PATIENCE)


def press(card: QWidget, part: str) -> None:
    """Press a button of a card, which must be there and enabled."""
    found = button(card, part)
    assert found.isVisible() and found.isEnabled(), part
    found.click()


def button(card: QWidget, part: str) -> QAbstractButton:
    """A button of a card, shown or not."""
    found = card.findChild(QAbstractButton, f"{card.objectName()}.{part}")
    assert found is not None, part
    return found


def shown(card: QWidget, part: str) -> bool:
    """Whether a button of a card is there."""
    button = card.findChild(QAbstractButton, f"{card.objectName()}.{part}")
    return button is not None and button.isVisible()


def words(widget: QWidget) -> str:
    """Everything that can be read on a widget."""
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())
