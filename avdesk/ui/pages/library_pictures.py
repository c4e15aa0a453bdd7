"""The small pictures of the library: asked for when they come into view, kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.thumbnails import Thumbnailer, thumbnails
from avdesk.ui.runner import Job, Runner

LANE = "thumbnails"
_AT_ONCE = 6
_MOST_BYTES = 48 << 20
_IDLE_MS = 20_000
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One picture as it will be painted; a null image when there is none."""

    key: Key
    image: QImage


class Pictures(QObject):
    """Pictures by recording and size in pixels of the screen. The process that makes them ends when idle."""

    arrived = Signal(str)
    """The id of a recording whose picture can be painted now."""

    def __init__(self, desk: Desk, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self._worker = Thumbnailer()
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._nothing: set[str] = set()
        self._waiting: list[Key] = []
        self._job: Job | None = None
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._rest)
        self.destroyed.connect(self._worker.close)

    def find(self, recording_id: str, size: QSize) -> QPixmap | None:
        """The picture, filling ``size`` pixels of the screen; ``None`` when it is not there (yet)."""
        key = (recording_id, size.width(), size.height())
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def want(self, recording_ids: Sequence[str], size: QSize) -> None:
        """Ask for what is in view now; what was asked before and is no longer in view is not waited for."""
        keys = [(recording_id, size.width(), size.height()) for recording_id in recording_ids]
        others = [key for key in self._waiting if key[1:] != (size.width(), size.height())]
        self._waiting = others + [key for key in keys if key not in self._kept and key[0] not in self._nothing]
        self._go_on()

    def want_one(self, recording_id: str, size: QSize) -> None:
        """Ask for a single picture of its own size, before all others."""
        key = (recording_id, size.width(), size.height())
        if key not in self._kept and recording_id not in self._nothing:
            alike = [each for each in self._waiting if each[1:] != key[1:]]
            self._waiting = [key, *alike]
            self._go_on()

    def forget_missing(self) -> None:
        """What had no picture may have one now: a vault came back."""
        self._nothing.clear()

    def _go_on(self) -> None:
        if self._job is not None or not self._waiting:
            return
        self._idle.stop()
        size = self._waiting[0][1:]
        part = [key for key in self._waiting if key[1:] == size][:_AT_ONCE]
        self._waiting = [key for key in self._waiting if key not in part]
        desk, worker = self.desk, self._worker

        def work(_on_progress: OnProgress, control: Control) -> list[Arrived]:
            return read(desk, worker, part, control)

        self._job = self._runner.start(
            work, lane=LANE, on_success=self._take, on_error=self._give_up, on_end=self._ended
        )

    def _take(self, arrived: list[Arrived]) -> None:
        for each in arrived:
            recording_id = each.key[0]
            if each.image.isNull():
                self._nothing.add(recording_id)
                continue
            self._keep(each.key, QPixmap.fromImage(each.image))
            self.arrived.emit(recording_id)

    def _give_up(self, _error: AvdeskError) -> None:
        """The list itself says what is wrong with the catalogue."""
        self._waiting.clear()

    def _ended(self, _job: Job) -> None:
        self._job = None
        self._go_on()
        if self._job is None:
            self._idle.start()

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self._bytes += _bytes(key)
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            oldest, _pixmap = self._kept.popitem(last=False)
            self._bytes -= _bytes(oldest)

    def _rest(self) -> None:
        worker = self._worker

        def work(_on_progress: OnProgress, _control: Control) -> None:
            worker.close()

        self._runner.start(work, lane=LANE)


def _bytes(key: Key) -> int:
    return key[1] * key[2] * 4


def read(desk: Desk, worker: Thumbnailer, keys: Sequence[Key], control: Control) -> list[Arrived]:
    """On the lane's thread: have the pictures made where they are not in the cache, and read them."""
    made = thumbnails(desk, [key[0] for key in keys], worker, control=control)
    files = {each.recording_id: each.file for each in made}
    return [Arrived(key, filling(files.get(key[0]), QSize(key[1], key[2]))) for key in keys]


def filling(file: Path | None, size: QSize) -> QImage:
    """The middle of a picture, so that it fills ``size``."""
    image = QImage(str(file)) if file is not None else QImage()
    if image.isNull():
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    big = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)
    left, top = (big.width() - size.width()) // 2, (big.height() - size.height()) // 2
    return big.copy(left, top, size.width(), size.height())
