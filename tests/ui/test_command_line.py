"""The window as the command line asks for it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from avdesk.cli import run

ROOT = Path(__file__).resolve().parent.parent.parent


def avdesk(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a display unless one is given."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "avdesk", *map(str, words)],
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_without_words_and_without_a_display_it_is_the_environment_s_fault(made_workspace: Path) -> None:
    done = avdesk("--workspace", made_workspace)
    assert done.returncode == 4
    assert "There is no display" in done.stderr
    assert json.loads(avdesk("--workspace", made_workspace, "--json").stdout)["error"]["code"] == "NO_DISPLAY"


def test_pictures_need_no_display(made_workspace: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(made_workspace, workspace)
    done = avdesk(
        "--workspace", workspace, "pictures", tmp_path / "out", "--size", "1000x700", "--theme", "dark", "--lang", "en",
        "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)["pictures"]
    assert {row["page"] for row in made} == {
        "first-run",
        "ingest",
        "library",
        "player",
        "cases",
        "labels",
        "settings",
    }
    for row in made:
        image = QImage(row["path"])
        assert (image.width(), image.height()) == (1000, 700)


@pytest.mark.parametrize("words", [["--size", "10x10"], ["--size", "wide"], ["--theme", "blue"], ["--lang", "de"]])
def test_wrong_words_are_usage(words: list[str], tmp_path: Path) -> None:
    assert run(["pictures", str(tmp_path / "out"), *words]) == 2
    assert not (tmp_path / "out").exists()


def test_pictures_of_no_workspace_are_the_environment_s_fault(tmp_path: Path) -> None:
    done = avdesk("--workspace", tmp_path / "missing", "pictures", tmp_path / "out", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (4, "WORKSPACE_MISSING")


def test_the_command_line_never_loads_qt(made_workspace: Path) -> None:
    code = (
        "import sys; from avdesk.cli import run; run(sys.argv[1:]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--workspace", str(made_workspace), "list", "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert done.returncode == 0


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_on_a_screen_it_opens_and_a_second_start_ends_at_once(made_workspace: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(made_workspace, workspace)
    with subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"], stdout=subprocess.PIPE) as screen:
        assert screen.stdout is not None
        environment = {
            **os.environ,
            "DISPLAY": f":{screen.stdout.readline().decode().strip()}",
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        }
        command = [sys.executable, "-m", "avdesk", "--workspace", str(workspace)]
        try:
            with subprocess.Popen(command, env=environment) as first:
                until = time.monotonic() + 60
                while not (workspace / "window.socket").exists() and time.monotonic() < until:
                    time.sleep(0.1)
                assert subprocess.run(command, env=environment, timeout=60).returncode == 0
                assert first.poll() is None
                first.send_signal(signal.SIGTERM)
                assert first.wait(60) == 0
        finally:
            screen.terminate()
    assert (tmp_path / "config" / "avdesk" / "window.ini").is_file()


def test_practice_makes_its_own_workspace_and_ends_well(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "AVDESK_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/office",
    }
    command = [sys.executable, "-m", "avdesk", "--workspace", str(tmp_path / "avdesk"), "practice"]
    practice = tmp_path / "avdesk-practice"
    with subprocess.Popen(command, env=environment) as window:
        until = time.monotonic() + 90
        while not (practice / "workspace" / "logs" / "avdesk.log").exists() and time.monotonic() < until:
            time.sleep(0.1)
        window.send_signal(signal.SIGTERM)
        assert window.wait(60) == 0
    assert (practice / "sample-card" / "DCIM").is_dir()
    assert not (tmp_path / "avdesk").exists()
