"""One window per workspace: a second start raises the first."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LONGEST = 100
"""Bytes that fit into the address of a socket."""
_WAIT = 2000
_HELLO = b"raise"


class SingleWindow(QObject):
    """Listens in the workspace; ``raised`` when somebody starts the program on it again."""

    raised = Signal()

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address_of(workspace)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Be the one window; false when there is one, which is then raised."""
        if call(self._address):
            return False
        if not self._server.listen(self._address):
            QLocalServer.removeServer(self._address)  # left by one that was killed
            return self._server.listen(self._address)
        return True

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


def address_of(workspace: Path) -> str:
    """A socket in the workspace, or, where its path is too long for one, in the folder for temporary files."""
    here = str(workspace.absolute() / "window.socket")
    if len(here.encode()) <= _LONGEST:
        return here
    return f"{QDir.tempPath()}/avdesk-{hashlib.sha256(here.encode()).hexdigest()[:16]}"
