"""What nobody caught is logged and shown, never swallowed and never the end of the window."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from avdesk.ui.faults import Faults, log_to, report
from avdesk.ui.runner import Bug


@pytest.fixture
def shown() -> list[Bug]:
    return []


@pytest.fixture
def faults(shown: list[Bug]) -> Iterator[Faults]:
    made = Faults(shown.append)
    before = (sys.excepthook, threading.excepthook)
    made.install()
    yield made
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log_to(tmp_path / "logs")
    yield tmp_path / "logs" / "avdesk.log"
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def raise_it() -> None:
    raise RuntimeError("not foreseen")


def test_uncaught_is_shown_and_logged(faults: Faults, shown: list[Bug], log: Path) -> None:
    try:
        raise_it()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    (bug,) = shown
    assert "RuntimeError: not foreseen" in bug.trace
    assert "in raise_it" in bug.trace
    assert "in raise_it" in log.read_text("utf-8")


def test_ctrl_c_is_no_fault(faults: Faults, shown: list[Bug], capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_what_fails_beside_the_window_is_logged(faults: Faults, shown: list[Bug], log: Path) -> None:
    thread = threading.Thread(target=raise_it)
    thread.start()
    thread.join()
    assert shown == []
    assert "not foreseen" in log.read_text("utf-8")


def test_qt_s_own_warnings_are_logged(faults: Faults, log: Path) -> None:
    qWarning("something of Qt")
    assert "Qt: something of Qt" in log.read_text("utf-8")


def test_the_report_names_versions_and_no_people(shown: list[Bug]) -> None:
    text = report(Bug("Traceback"))
    for word in ("avdesk ", "Python ", "Qt ", "PySide ", "Traceback"):
        assert word in text
    assert "王示例" not in text
