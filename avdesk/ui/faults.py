"""What the program logs, and the report of a fault."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

import avdesk
from avdesk.ui.runner import Bug

_SIZE, _KEPT = 1_000_000, 5
_log = logging.getLogger(__name__)
_QT = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_to(folder: Path) -> None:
    """Log warnings and faults to ``avdesk.log`` in a folder; five files of 1 MB are kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "avdesk.log", maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def report(bug: Bug) -> str:
    """A fault with what is needed to find it: versions, system, where it happened. No names of cases or people."""
    versions = f"avdesk {avdesk.__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"{versions}, PySide {PySide6.__version__}\n{platform.platform()}\n\n{bug.trace}"


class Faults:
    """Catches what nobody caught, logs it, and hands the report on."""

    def __init__(self, show: Callable[[Bug], object]) -> None:
        self._show = show
        self._before = (sys.excepthook, threading.excepthook)
        self._qt_before: Callable[[QtMsgType, QMessageLogContext, str], object] | None = None

    def install(self) -> None:
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_beside
        self._qt_before = qInstallMessageHandler(_from_qt)

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("uncaught", exc_info=(kind, error, trace))
        self._show(Bug("".join(traceback.format_exception(kind, error, trace))))

    def _uncaught_beside(self, told: threading.ExceptHookArgs) -> None:
        """Beside the window nothing can be shown: the work that needed that thread fails and says so."""
        if told.exc_value is not None:
            _log.error("uncaught in %s", told.thread, exc_info=told.exc_value)


def _from_qt(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    _log.log(_QT.get(kind, logging.WARNING), "Qt: %s", text)
