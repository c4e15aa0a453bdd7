"""Python's collector of cycles, kept to the GUI thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds between looks at what has gathered."""


class Garbage(QObject):
    """Collects cycles on this thread while work runs on others.

    Left alone, the collector runs on whichever thread happens to allocate: a cycle that holds objects of Qt would be
    freed on a lane's thread, which Qt does not bear.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_EVERY)

    def keep(self) -> None:
        """What is there now stays, for example the pages: later looks pass over it and are short."""
        gc.freeze()

    def close(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        """The oldest generation that is due, as Python would."""
        due = zip((2, 1, 0), reversed(gc.get_count()), reversed(gc.get_threshold()), strict=True)
        for generation, count, threshold in due:
            if count > threshold:
                gc.collect(generation)
                return
