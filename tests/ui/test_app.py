"""One run of the program: first run, second start, theme and language, what ends it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avdesk.services.desk import Desk
from avdesk.services.practice import make_practice
from avdesk.ui import pages, theme
from avdesk.ui.app import App, NoDisplay, require_display
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.pictures import settle
from avdesk.ui.settings import Settings
from avdesk.ui.single import SingleWindow, addresses_of

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def app(desk: Desk, dressed: QApplication, settings: Settings, qtbot: QtBot) -> Iterator[App]:
    """Not begun yet, on a workspace in use."""
    made = App(dressed, desk.workspace, None, settings)
    yield made
    end(made)


def end(made: App) -> None:
    made.runner.cancel_all()
    settle(made.runner)
    for window in (made.shell, made.first_run):
        if window is not None:
            window.hide()
            window.deleteLater()
    made.settings.set("look/theme", "light")
    made.settings.set("look/language", "zh")
    made.settings.set("look/text", 1.0)
    made.dress()
    made._end()
    made.deleteLater()


def test_it_opens_on_a_workspace(app: App, qtbot: QtBot) -> None:
    app.begin()
    assert app.shell is not None
    assert app.shell.isVisible()
    assert "settings" in app.shell.pages
    assert (app.workspace / "logs" / "avdesk.log").is_file()
    settle(app.runner)
    assert not app.shell.message_bar.isVisible() or app.shell.message_bar.kind != "bad"


def test_the_side_bar_knows_each_page_before_it_is_made(dressed: QApplication) -> None:
    for entry in pages.ENTRIES:
        made = entry.load()
        assert (entry.name, entry.icon, entry.title, entry.under) == (made.NAME, made.ICON, made.title(), made.UNDER)


def test_pages_behind_are_made_when_the_window_is_open(app: App, qtbot: QtBot) -> None:
    app.begin()
    shell = app.shell
    assert shell is not None
    assert set(shell.waiting_pages) == {entry.name for entry in pages.ENTRIES} - {"ingest"}
    assert len(shell.side_bar.items) == len([entry for entry in pages.ENTRIES if not entry.under])
    assert shell.has_page("labels")
    shell.open_page("settings")
    assert shell.current is not None
    assert shell.current.NAME == "settings"
    qtbot.waitUntil(lambda: shell.waiting_pages == [], timeout=30_000)


def test_where_there_is_no_workspace_it_asks(
    dressed: QApplication, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    made = App(dressed, tmp_path / "new", None, settings)
    made.begin()
    assert made.first_run is not None
    made.first_run.unit.setText("平石市医疗保障局")
    made.first_run.operator.setText("王示例")
    made.first_run.languages.chosen.emit("en")
    assert made.first_run.windowTitle() == "avdesk"
    assert (made.first_run.unit.text(), made.first_run.operator.text()) == ("平石市医疗保障局", "王示例")
    assert "Set up this workstation" in {label.text() for label in made.first_run.findChildren(QLabel)}
    made.first_run._make()
    qtbot.waitUntil(lambda: made.shell is not None, timeout=30_000)
    assert made.shell is not None
    assert made.desk is not None
    assert made.desk.unit == "平石市医疗保障局"
    assert "Settings" in [item.word for item in made.shell.side_bar.items]
    end(made)


def test_a_second_start_raises_the_first(app: App, qtbot: QtBot) -> None:
    app.begin()
    assert app.shell is not None
    app.shell.showMinimized()
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(app.workspace)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: app.shell is not None and not app.shell.isMinimized())


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from avdesk.ui.single import SingleWindow
app = QCoreApplication([])
sys.exit(0 if not SingleWindow(Path(sys.argv[1])).claim() else 1)
"""


def test_a_socket_that_was_left_does_not_keep_the_window_away(tmp_path: Path, dressed: QApplication) -> None:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(addresses_of(tmp_path)[0])
    window = SingleWindow(tmp_path)
    assert window.claim()
    window.release()


def test_a_long_workspace_has_a_short_address(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    (only,) = addresses_of(long)
    assert len(only.encode()) <= 100
    assert only not in addresses_of(tmp_path / ("y" * 120))


def test_a_workspace_that_takes_no_socket_opens_its_window_and_only_one(
    tmp_path: Path, dressed: QApplication, qtbot: QtBot
) -> None:
    """A disk that is read-only or has no sockets (here: a folder that is not there) is no second start."""
    workspace = tmp_path / "away" / "workspace"
    window = SingleWindow(workspace)
    assert window.claim()
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(workspace)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    window.release()
    assert second.returncode == 0


def test_theme_and_language_hold_at_once(app: App, qtbot: QtBot) -> None:
    app.begin()
    first = app.shell
    assert first is not None
    first.open_page("settings")
    settle(app.runner)
    app.settings.set("look/theme", "dark")
    first.look_changed.emit("theme")
    assert app.shell is first
    assert theme.of(first) is theme.DARK
    app.settings.set("look/language", "en")
    app.settings.set("look/text", 1.3)
    first.look_changed.emit("language")
    assert app.shell is not None
    assert app.shell is not first
    assert app.shell.current is app.shell.pages["settings"]
    assert "Settings" in [item.word for item in app.shell.side_bar.items]
    assert theme.text_size() == pytest.approx(1.3)


def test_a_changed_rule_reaches_the_pages(app: App, qtbot: QtBot) -> None:
    from avdesk.policy import DISC_NUMBER_START
    from avdesk.services.policies import set_policy

    app.begin()
    assert app.shell is not None
    assert app.desk is not None
    settle(app.runner)
    set_policy(app.desk, "disc_number.start", "41", "接纸质台账")
    app.shell.desk_changed.emit()
    assert app.shell.desk.policy[DISC_NUMBER_START] == 41
    assert app.shell.pages["settings"].desk is app.shell.desk


def test_what_keeps_it_from_opening_is_shown(
    desk: Desk, dressed: QApplication, settings: Settings, qtbot: QtBot
) -> None:
    (desk.workspace / "avdesk.sqlite3").write_bytes(b"no catalogue")
    made = App(dressed, desk.workspace, None, settings)
    made.begin()
    assert made.error is not None
    assert made.error.code == "DATABASE_UNREACHABLE"
    dialogs = [widget for widget in dressed.topLevelWidgets() if isinstance(widget, DetailsDialog)]
    assert any("打不开" in label.text() for dialog in dialogs for label in dialog.findChildren(QLabel))
    for dialog in dialogs:
        dialog.close()
    end(made)


def test_practice_is_known_by_its_mark(
    dressed: QApplication, tmp_path: Path, settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_practice(tmp_path / "practice", "练习单位", "练习人员")
    monkeypatch.setenv("AVDESK_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/office")
    practice = App(dressed, Path(made.workspace), None, settings)
    practice.begin()
    assert practice.shell is not None
    assert practice.shell.practice
    assert practice.shell.practice_bar.isVisible()
    assert practice.desk is not None
    assert practice.desk.database.engine.url.get_backend_name() == "sqlite"
    assert practice.desk.first_vault.path.is_relative_to(tmp_path / "practice")
    end(practice)


@pytest.mark.parametrize("display", ["", ":4711"])
def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(NoDisplay):
        require_display()


def test_the_window_s_process_never_loads_opencv() -> None:
    code = "import sys, avdesk.ui.app, avdesk.ui.pages as p; p.classes(); sys.exit('cv2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0


def test_the_system_s_word_to_end_closes_in_good_order(made_workspace: Path, tmp_path: Path) -> None:
    """SIGTERM is taken as the choice to stop and close: state is saved, the exit is clean."""
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from avdesk.ui import app
begin = app.App.begin
def told(self):
    begin(self)
    QTimer.singleShot(1000, lambda: print("open", flush=True))
app.App.begin = told
app.open_window(Path({str(made_workspace)!r}), None, settings_file=Path({str(tmp_path / "window.ini")!r}))
print("closed", flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.terminate()
        assert process.stdout.read() == "closed\n"
    assert process.returncode == 0
    assert "geometry" in (tmp_path / "window.ini").read_text("utf-8")
