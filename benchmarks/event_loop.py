"""How long the window's event loop stands still while two cards are collecting and the library scrolls. Needs root.

    python benchmarks/library_rows.py /tmp/many --rows 200000
    python benchmarks/event_loop.py /tmp/many --work /tmp/loop [--seconds 60]

Two really mounted ext4 cards, one of large videos and one of many small files, are put in and collected by their
buttons into a copy of the workspace, through the real window; meanwhile the wheel turns over the library's table. A
timer of 5 ms on the event loop notes when it is called: a gap is the time between two calls, so 5 ms is none at all.
The cards are made anew when they are not there. Prints a table for ``docs/BENCHMARKS.md``.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton

from avdesk.media.sample_card import write_sample_card
from avdesk.ui.app import App, make_application
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.pages.library import LibraryPage
from avdesk.ui.settings import Settings
from tests.mounts import make_image, mount_image

TICK = 5
WHEEL = 30
"""Milliseconds between two steps of the wheel: as fast as a hand turns it."""
TURN_ABOUT = 400
"""Steps of the wheel before it turns the other way."""
LARGE = (44, 400 << 20)
SMALL = (18_000, 400 << 10)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for cards and the copy, 50 GiB free")
    parser.add_argument("--seconds", type=float, default=60.0)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    large = card(wanted.work, "large", 19_500, lambda root: fill_large(root, *LARGE))
    small = card(wanted.work, "small", 10_000, lambda root: fill_small(root, *SMALL))
    workspace = wanted.work / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(wanted.workspace, workspace, ignore=shutil.ignore_patterns("*.socket"))
    places = workspace / "avdesk.toml"
    places.write_text(places.read_text().replace(str(wanted.workspace.absolute()), str(workspace.absolute())))
    with ExitStack() as mounts:
        window = App(make_application(), workspace, None, Settings(workspace / "window.ini"))
        scene = Scene(window, wanted.seconds)
        QTimer.singleShot(
            0,
            lambda: scene.play(
                [
                    mounts.enter_context(mount_image(image, "ext4", wanted.work / name, read_only=True))
                    for name, image in (("DSJ-01", large), ("DSJ-02", small))
                ]
            ),
        )
        window.run()
    shutil.rmtree(workspace)
    return 0


def card(work: Path, name: str, size_mb: int, fill: Callable[[Path], None]) -> Path:
    """The image of a card, made when it is not there yet."""
    image = work / f"{name}.img"
    if not image.exists():
        beside = work / f"{name}.new"
        beside.unlink(missing_ok=True)
        make_image(beside, "ext4", size_mb)
        with mount_image(beside, "ext4", work / name) as root:
            fill(root)
        beside.rename(image)
    return image


def fill_large(root: Path, files: int, size: int) -> None:
    """Playable videos, each made large by a box that players pass over, with content of its own."""
    write_sample_card(root)
    video = next((root / "DCIM" / "VIDEO").iterdir())
    head = video.read_bytes()
    more = size - len(head)
    block = os.urandom(1 << 20)
    for number in range(files):
        with (video.parent / f"DSJ_5K20417_310086_20261120{number // 60:02}{number % 60:02}00.MP4").open("wb") as file:
            file.write(head + more.to_bytes(4, "big") + b"free" + number.to_bytes(8, "big"))
            while file.tell() < size:
                file.write(block[: size - file.tell()])


def fill_small(root: Path, files: int, size: int) -> None:
    """Photographs, each with content of its own behind the picture."""
    write_sample_card(root / "one")
    photo = next((root / "one" / "DCIM" / "PHOTO").iterdir()).read_bytes()
    shutil.rmtree(root / "one")
    for number in range(files):
        folder = root / "DCIM" / f"{100 + number // 1000}MEDIA"
        folder.mkdir(parents=True, exist_ok=True)
        at = datetime(2026, 11, 10, tzinfo=UTC) + timedelta(seconds=10 * number)
        name = f"DSJ_5K20418_310087_{at:%Y%m%d%H%M%S}.JPG"
        content = photo + number.to_bytes(8, "big") + os.urandom(max(0, size - len(photo)))
        (folder / name).write_bytes(content)


class Scene(QObject):
    """What the custodian does, and what the event loop does meanwhile."""

    def __init__(self, window: App, seconds: float) -> None:
        super().__init__()
        self.window = window
        self.seconds = seconds
        self.ticks: list[float] = []
        self.turns = 0
        self.timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(lambda: self.ticks.append(time.perf_counter()))
        self.wheel = QTimer(self, interval=WHEEL)
        self.wheel.timeout.connect(self.turn)

    def play(self, roots: list[Path]) -> None:
        wait(lambda: self.window.shell is not None)
        shell = self.window.shell
        assert shell is not None
        shell.showNormal()
        shell.resize(1366, 768)
        page = shell.current
        assert isinstance(page, IngestPage)
        cards = [self.ready(page, root) for root in roots]
        for each in cards:
            page.findChild(QAbstractButton, f"{each.objectName()}.start").click()
        shell.findChild(QAbstractButton, "nav.library").click()
        wait(lambda: isinstance(shell.current, LibraryPage) and shell.current.model.recordings > 0)
        assert isinstance(shell.current, LibraryPage)
        self.library = shell.current
        began = time.perf_counter()
        self.timer.start()
        self.wheel.start()
        wait(lambda: time.perf_counter() - began > self.seconds or not all(map(running, cards)), 3600)
        self.timer.stop()
        self.wheel.stop()
        self.report(time.perf_counter() - began, cards)
        for each in cards:
            each.work.cancel()
        wait(lambda: not any(map(running, cards)), 600)
        shell.close()

    def ready(self, page: IngestPage, root: Path) -> IngestCard:
        """The card of that volume, once it is read."""

        def found() -> list[IngestCard]:
            return [each for each in page.cards if any(choice.root == root for choice in each.work.place.choices)]

        wait(lambda: [each.work.phase for each in found()] == [Phase.READY], 600)
        return found()[0]

    def turn(self) -> None:
        """One step of the wheel over the middle of the table."""
        self.turns += 1
        step = -120 if self.turns // TURN_ABOUT % 2 == 0 else 120
        viewport = self.library.current_view().viewport()
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(viewport.mapToGlobal(middle.toPoint())),
            QPoint(),
            QPoint(0, step),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.postEvent(viewport, event)

    def report(self, seconds: float, cards: list[IngestCard]) -> None:
        gaps = sorted((later - sooner) * 1000 for sooner, later in zip(self.ticks, self.ticks[1:], strict=False))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        rows = self.library.model.recordings
        print(f"{seconds:.1f} s, {len(gaps)} calls, {self.turns} steps, {rows} rows loaded, window {most} MiB at most")
        for each in cards:
            job = each.work.job
            if job is not None and job.progress is not None:
                done = job.progress
                print(f"  {done.files_done} of {done.files_total} files, {done.bytes_done >> 20} MiB")
        print("| p50 | p99 | p99.9 | max |\n|---|---|---|---|")
        print(
            "| "
            + " | ".join(f"{gaps[min(int(len(gaps) * part), len(gaps) - 1)]:.1f}" for part in (0.5, 0.99, 0.999, 1))
            + " |"
        )


def running(card: IngestCard) -> bool:
    return card.work.phase is Phase.COLLECTING


def wait(until: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the window work until it is so."""
    loop = QEventLoop()
    deadline = time.monotonic() + seconds

    def look() -> None:
        if until() or time.monotonic() > deadline:
            loop.quit()

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    if not until():
        raise TimeoutError(until)


if __name__ == "__main__":
    sys.exit(main())
