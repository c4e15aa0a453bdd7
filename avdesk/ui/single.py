"""One window per workspace: a second start raises the first."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)
_LONGEST = 100
"""Bytes that fit into the address of a socket."""
_WAIT = 2000
_HELLO = b"raise"


class SingleWindow(QObject):
    """Listens in the workspace; ``raised`` when somebody starts the program on it again."""

    raised = Signal()

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._addresses = addresses_of(workspace)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Be the one window; false when there is one, which is then raised.

        Where nothing can listen at all, the window opens nevertheless: whoever is told nothing has nothing to do next.
        """
        if any(call(address) for address in self._addresses):
            return False
        if not any(self._listen(address) for address in self._addresses):
            _log.warning("a second window would not be noticed: %s", self._server.errorString())
        return True

    def _listen(self, address: str) -> bool:
        if self._server.listen(address):
            return True
        QLocalServer.removeServer(address)  # left by one that was killed
        return self._server.listen(address)

    def release(self) -> None:
        self._server.close()

    def _greet(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_HELLO)
            socket.flush()
            self.raised.emit()


def call(address: str) -> bool:
    """Ask the window that listens there to come to the front; whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(address)
    answered = socket.waitForConnected(_WAIT) and socket.waitForReadyRead(_WAIT)
    socket.abort()
    return answered


def addresses_of(workspace: Path) -> tuple[str, ...]:
    """A socket in the workspace; and one in the folder for temporary files, where its path is too long for a socket,
    it can't be written or its file system has none (exFAT, network shares)."""
    here = str(workspace.absolute() / "window.socket")
    there = f"{QDir.tempPath()}/avdesk-{hashlib.sha256(here.encode()).hexdigest()[:16]}"
    return (here, there) if len(here.encode()) <= _LONGEST else (there,)
