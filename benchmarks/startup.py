"""How long until the window can be used, beside an empty PySide6 window with the same Qt modules; both from nothing.

    python benchmarks/startup.py WORKSPACE [--runs N]

A start is the real command's: from before the process is made to the first event after the window's first paint.
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
import time
from PySide6 import QtCore, QtGui, QtNetwork, QtPrintSupport, QtSvg, QtWidgets
app = QtWidgets.QApplication(["empty"]); app.setStyle("Fusion")
window = QtWidgets.QMainWindow(); window.resize(1366, 768); window.show()
QtCore.QTimer.singleShot(0, lambda: QtCore.QTimer.singleShot(0, app.quit))
app.exec(); print(time.monotonic())
"""
OURS = """
import sys
from avdesk.__main__ import Window, main

def opened(self, workspace, operator):
    import os, time
    from PySide6.QtCore import QTimer
    from avdesk.ui.app import App, make_application
    from avdesk.ui.settings import Settings
    app = make_application()
    window = App(app, workspace, operator, Settings(workspace / "benchmark.ini"))
    def look():
        if window.shell is not None and window.shell.isVisible():
            print(time.monotonic(), flush=True)
            os._exit(0)
    timer = QTimer(); timer.timeout.connect(look); timer.start(5)
    window.run()

Window.open = opened
sys.exit(main())
"""


def seconds(code: str, *words: str) -> float:
    """One start, in seconds, and nothing of an earlier one but the file cache."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment)
    return float(done.stdout.split()[-1]) - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    empty, ours = [], []
    for _run in range(options.runs):  # in turns, so that a busy moment meets both
        empty.append(seconds(EMPTY))
        ours.append(seconds(OURS, "--workspace", str(options.workspace)))
    (options.workspace / "benchmark.ini").unlink(missing_ok=True)
    bare, window = statistics.median(empty), statistics.median(ours)
    print(f"empty window {bare:.2f} s (min {min(empty):.2f}), avdesk {window:.2f} s (min {min(ours):.2f})")
    print(f"allowed 1.5 x empty + 0.5 s = {1.5 * bare + 0.5:.2f} s; over by {window - 1.5 * bare - 0.5:+.2f} s")


if __name__ == "__main__":
    main()
