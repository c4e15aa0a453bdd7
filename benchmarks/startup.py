"""How long until the window can be used, beside an empty PySide6 window with the same Qt modules; both from nothing.

    python benchmarks/startup.py WORKSPACE [--runs N]

A start is measured by the process itself: from its first line to the first event after its first paint.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

EMPTY = """
import time; began = time.monotonic()
from PySide6 import QtCore, QtGui, QtNetwork, QtPrintSupport, QtSvg, QtWidgets
app = QtWidgets.QApplication(["empty"]); app.setStyle("Fusion")
window = QtWidgets.QMainWindow(); window.resize(1366, 768); window.show()
QtCore.QTimer.singleShot(0, lambda: QtCore.QTimer.singleShot(0, app.quit))
app.exec(); print(time.monotonic() - began)
"""
OURS = """
import sys, time; began = time.monotonic()
from pathlib import Path
from PySide6.QtCore import QTimer
from avdesk.ui.app import App, make_application
from avdesk.ui.settings import Settings
app = make_application()
window = App(app, Path(sys.argv[1]), None, Settings(Path(sys.argv[2])))
def look():
    if window.shell is not None and window.shell.isVisible():
        print(time.monotonic() - began, flush=True)
        import os; os._exit(0)
timer = QTimer(); timer.timeout.connect(look); timer.start(5)
window.run()
"""


def seconds(code: str, *words: str) -> float:
    """One start, in seconds, and nothing of an earlier one but the file cache."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment)
    return float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    settings = str(options.workspace / f"benchmark-{time.time_ns()}.ini")
    empty, ours = [], []
    for _run in range(options.runs):  # in turns, so that a busy moment meets both
        empty.append(seconds(EMPTY))
        ours.append(seconds(OURS, str(options.workspace), settings))
    Path(settings).unlink(missing_ok=True)
    bare, window = statistics.median(empty), statistics.median(ours)
    print(f"empty window {bare:.2f} s (min {min(empty):.2f}), avdesk {window:.2f} s (min {min(ours):.2f})")
    print(f"allowed 1.5 x empty + 0.5 s = {1.5 * bare + 0.5:.2f} s; over by {window - 1.5 * bare - 0.5:+.2f} s")


if __name__ == "__main__":
    main()
