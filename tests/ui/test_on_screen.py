"""The program as a process of its own on a real X server, driven by real keys."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from avdesk.ui.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
WIDE, HIGH = 1366, 768
VOICE = "141500"
"""What only the name of the voice recording has."""

pytestmark = [
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed"),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed"),
]


class Screen:
    """A screen without a window manager, and the hands in front of it."""

    def __init__(self, folder: Path) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND"))}
        self.config = folder / "config"
        self.environment = {
            **own,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_RUNTIME_DIR": str(folder),
        }
        read, write = os.pipe()
        size = f"{WIDE}x{HIGH}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.environment["DISPLAY"] = f":{number.readline().strip()}"
        self._programs: list[subprocess.Popen[str]] = []

    def start(self, workspace: Path) -> subprocess.Popen[str]:
        """The program on a workspace."""
        command = [sys.executable, "-m", "avdesk", "--workspace", str(workspace)]
        log = open(self.config.parent / f"avdesk-{len(self._programs)}.log", "w", encoding="utf-8")  # noqa: SIM115
        with log:
            program = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, text=True)
        self._programs.append(program)
        return program

    def hands(self, *words: str) -> str:
        """What xdotool says; nothing when it finds nothing."""
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=30)
        return done.stdout.strip()

    def windows(self, title: str, program: subprocess.Popen[str] | None = None) -> list[str]:
        """The windows of that title that can be seen, of one process or of any."""
        by = ["--all", "--pid", str(program.pid)] if program is not None else []
        return self.hands("search", "--onlyvisible", *by, "--name", f"^{title}$").split()

    def await_window(self, title: str, program: subprocess.Popen[str] | None = None) -> str:
        """The window of that title, once it is there, with the keyboard on it."""
        await_true(lambda: bool(self.windows(title, program)))
        window = self.windows(title, program)[0]
        self.hands("windowfocus", "--sync", window)
        return window

    def uppermost(self) -> str:
        """The window that is seen in the middle of the screen."""
        self.hands("mousemove", str(WIDE // 2), str(HIGH // 2))
        told = dict(line.split("=") for line in self.hands("getmouselocation", "--shell").split())
        return told["WINDOW"]

    def close(self) -> None:
        for program in self._programs:
            if program.poll() is None:
                program.kill()
            program.wait()
        self._server.terminate()
        self._server.wait()


def await_true(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.5)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path)
    yield made
    made.close()


@pytest.fixture
def workspace(made_workspace: Path, tmp_path: Path) -> Path:
    """A workspace in use whose vault is its own."""
    return copied(made_workspace, tmp_path / "workspace")


def copied(made: Path, workspace: Path) -> Path:
    shutil.copytree(made, workspace)
    configuration = workspace / "avdesk.toml"
    configuration.write_text(configuration.read_text("utf-8").replace(str(made), str(workspace)), "utf-8")
    return workspace


def viewed(workspace: Path) -> list[str]:
    """The paths of the recordings that were opened, as the audit chain has it."""
    query = "SELECT stored_path FROM audit_event JOIN recording ON id = object_id WHERE act = 'recording.viewed'"
    with closing(sqlite3.connect(f"file:{workspace / 'avdesk.sqlite3'}?mode=ro", uri=True)) as catalogue:
        return [path for (path,) in catalogue.execute(query)]


def test_it_opens_finds_plays_and_closes(screen: Screen, workspace: Path) -> None:
    program = screen.start(workspace)
    window = screen.await_window("avdesk", program)
    assert f"Geometry: {WIDE}x{HIGH}" in screen.hands("getwindowgeometry", window)
    screen.hands("key", "ctrl+k")
    screen.hands("type", "--delay", "60", VOICE)

    def is_viewed() -> bool:
        screen.hands("key", "Return")  # nothing while nothing is found; then to its row in the library; then plays it
        return bool(viewed(workspace))

    assert viewed(workspace) == []
    await_true(is_viewed)
    assert [VOICE in path for path in viewed(workspace)] == [True]
    screen.hands("key", "ctrl+4", "ctrl+q")
    assert program.wait(PATIENCE) == 0
    assert Settings(screen.config / "avdesk" / "window.ini").text("shell/page") == "labels"


def test_the_question_mark_opens_the_list_of_keys(screen: Screen, workspace: Path) -> None:
    program = screen.start(workspace)
    window = screen.await_window("avdesk", program)
    screen.hands("key", "question")
    screen.await_window("全部按键", program)
    screen.hands("key", "Escape")
    await_true(lambda: not screen.windows("全部按键", program))
    screen.hands("windowfocus", "--sync", window)
    screen.hands("key", "ctrl+k")
    screen.hands("type", "--delay", "60", "?")
    screen.hands("key", "ctrl+q")  # does nothing behind an open dialog
    assert program.wait(PATIENCE) == 0


def test_a_second_start_raises_the_first(screen: Screen, workspace: Path, made_workspace: Path, tmp_path: Path) -> None:
    first = screen.start(workspace)
    window = screen.await_window("avdesk", first)
    await_true(lambda: screen.uppermost() == window)
    other = screen.start(copied(made_workspace, tmp_path / "other"))
    above = screen.await_window("avdesk", other)
    await_true(lambda: screen.uppermost() == above)
    again = screen.start(workspace)
    assert again.wait(PATIENCE) == 0
    await_true(lambda: screen.uppermost() == window)
    assert screen.windows("avdesk", again) == []
    for program, its in ((first, window), (other, above)):
        screen.hands("windowfocus", "--sync", its)
        screen.hands("key", "ctrl+q")
        assert program.wait(PATIENCE) == 0
