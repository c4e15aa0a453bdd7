"""Word of mounts and unmounts in the window's event loop: the kernel tells, nothing asks by a clock."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from avdesk.services.cards import VolumeWatch

_TOGETHER = 150
"""Milliseconds within which several changes (a card of two volumes) are told as one."""


class MountNotifier(QObject):
    """Emits ``changed`` after mounts came or went."""

    changed = Signal()

    def __init__(self, watch: VolumeWatch, parent: QObject) -> None:
        super().__init__(parent)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TOGETHER)
        self._wait.timeout.connect(self.changed)
        notifier = QSocketNotifier(watch.fileno(), QSocketNotifier.Type.Exception, self)
        notifier.activated.connect(self._told)
        notifier.destroyed.connect(watch.close)

    def _told(self) -> None:
        self._wait.start()
