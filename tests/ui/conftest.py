"""The real window, offscreen, on a real workspace with the sample card."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6.QtWidgets", reason="the libraries of Qt are missing")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avdesk.media.sample_card import write_sample_card
from avdesk.services import cases, ingest
from avdesk.services.desk import Desk
from avdesk.services.workspace import init, sign_in
from avdesk.ui import languages, theme
from avdesk.ui.pages.player import PlayerPage
from avdesk.ui.pictures import settle
from avdesk.ui.runner import Runner
from avdesk.ui.settings import Settings
from avdesk.ui.shell import Shell
from tests.ui.player_page import Opened

UNIT, OPERATOR, NUMBER = "平石市医疗保障局", "王示例", "平石医保罚字〔2026〕7号"


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with the program's fonts, light, in Chinese."""
    theme.load_fonts()
    theme.apply(qapp, theme.LIGHT)
    languages.use(qapp, "zh")
    return qapp


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample card collected and one case; copied for each test, never changed."""
    folder = tmp_path_factory.mktemp("made")
    card, workspace = folder / "card", folder / "workspace"
    write_sample_card(card)
    init(workspace, UNIT, OPERATOR)
    with closing(sign_in(workspace, None)) as desk:
        (source,) = ingest.choose([card])
        report = ingest.ingest(desk, ingest.plan(desk, source, probe=False))
        case = cases.add_case(desk, NUMBER, "惠民示例大药房违规使用医保基金案", "惠民示例大药房")
        recordings = [outcome.recording_id for outcome in report.outcomes if outcome.recording_id is not None]
        cases.link_recordings(desk, case.number, recordings[:2])
    return workspace


@pytest.fixture
def desk(made_workspace: Path, tmp_path: Path) -> Iterator[Desk]:
    """Signed in to a copy of a workspace in use. Its vault is the copy's own."""
    workspace = tmp_path / "workspace"
    shutil.copytree(made_workspace, workspace)
    configuration = workspace / "avdesk.toml"
    configuration.write_text(configuration.read_text("utf-8").replace(str(made_workspace), str(workspace)), "utf-8")
    with closing(sign_in(workspace, None)) as made:
        yield made


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """Signed in to a new workspace."""
    workspace = tmp_path / "empty-workspace"
    init(workspace, UNIT, OPERATOR)
    with closing(sign_in(workspace, None)) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def runner(dressed: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.cancel_all()
    settle(made)
    assert made.close(patience=0) == []


@pytest.fixture
def shell(desk: Desk, runner: Runner, settings: Settings, qtbot: QtBot) -> Shell:
    """The window without pages, not yet shown."""
    made = Shell(desk, runner, settings)
    made.resize(1366, 768)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def idle() -> Callable[[Runner], None]:
    """Waits until no job is left."""
    return settle


@pytest.fixture
def opened(shell: Shell, desk: Desk, runner: Runner, qtbot: QtBot) -> Iterator[Opened]:
    page = PlayerPage(desk, runner, shell)
    shell.add_page(page)
    shell.show()
    yield Opened(page, qtbot)
    page.on_hidden()
