"""The task strip: every long work from any page, with its progress, speed, time left and cancel."""

from __future__ import annotations

import itertools
import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.progress import Progress as Done
from avdesk.ui import formats, theme
from avdesk.ui.runner import Job, JobState, Runner
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Label
from avdesk.ui.widgets.states import Progress

_MOST = 3


class Pace:
    """Bytes per second and the time left, smoothed over the last seconds."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._bytes = 0
        self.rate = 0.0
        """Bytes per second; 0 while unknown."""

    def tell(self, progress: Done, now: float) -> None:
        """``now`` in seconds on the monotonic clock."""
        if self._at is None or progress.bytes_done < self._bytes:
            self._at, self._bytes = now, progress.bytes_done
            return
        passed = now - self._at
        if passed < 0.5:
            return
        seen = (progress.bytes_done - self._bytes) / passed
        self.rate = seen if not self.rate else 0.7 * self.rate + 0.3 * seen
        self._at, self._bytes = now, progress.bytes_done

    def left(self, progress: Done) -> float | None:
        """Seconds, ``None`` while unknown."""
        if self.rate < 1 or not progress.bytes_total:
            return None
        return (progress.bytes_total - progress.bytes_done) / self.rate


class Task(QWidget):
    """One work in the strip; a click opens what the job belongs to."""

    clicked = Signal(object)

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.pace = Pace()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon = Icon("refresh", "text2", 14)
        self._title = ElidedLabel(job.title or "", "second", "text2")
        self._title.setMaximumWidth(theme.px(150))
        self._bar = Progress(size="strip", text=job.title or "")
        self._bar.setFixedWidth(96)
        self._figures = Label("", "second", "text2")
        cancel = translate("shell", "Cancel {work}").format(work=job.title or "")
        self._cancel = IconButton("x", cancel, job.cancel, size="small")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        for widget in (self._icon, self._title, self._bar, self._figures, self._cancel):
            across.addWidget(widget)
        job.progressed.connect(self._show)
        job.changed.connect(self._changed)
        self._changed(job)

    def name(self, name: str) -> None:
        """Its object name, and that of its button."""
        self.setObjectName(name)
        self._cancel.setObjectName(f"{name}.cancel")

    def figures(self) -> str:
        return self._figures.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.job)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self.job)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.of(self).colour("mark"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _show(self, progress: Done) -> None:
        self.pace.tell(progress, time.monotonic())
        done, total = progress.bytes_done, progress.bytes_total
        if not total:
            done, total = progress.files_done, progress.files_total
        self._bar.set_share(done, total)
        self._figures.setText(self._words(progress))
        self._name()

    def _words(self, progress: Done) -> str:
        if self.job.state is JobState.PAUSED:
            return translate("shell", "paused")
        if not progress.bytes_total:
            counts = {"done": progress.files_done, "total": progress.files_total}
            return translate("shell", "{done} / {total} files").format(**counts)
        parts = [f"{100 * progress.bytes_done // progress.bytes_total} %"]
        if self.pace.rate:
            parts.append(formats.rate(self.pace.rate))
        left = self.pace.left(progress)
        if left is not None:
            parts.append(formats.left(left))
        return "·".join(parts)

    def _changed(self, job: Job) -> None:
        if job.state is JobState.PAUSED:
            self._figures.setText(translate("shell", "paused"))
        elif job.state is JobState.WAITING:
            self._figures.setText(translate("shell", "waiting"))
        elif job.progress is None:
            self._figures.setText("")
        else:
            self._figures.setText(self._words(job.progress))
        self._icon.set("player-pause" if job.state is JobState.PAUSED else "refresh", "text2")
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.job.title} {self.figures()}".strip())


class TaskStrip(QFrame):
    """At the bottom of the window, whatever page is shown. At the right: the free space of the vaults."""

    opened = Signal(object)
    """A :class:`Job` whose details are wanted."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setProperty("kind", "strip")
        self.setFixedHeight(theme.px(32))
        self._tasks: dict[Job, Task] = {}
        self._none_icon = Icon("circle-check", "text2", 14)
        self._none = Label(translate("shell", "No work is going on"), "second", "text2")
        self._more = Label("", "second", "text2")
        self._left = QHBoxLayout()
        self._left.setSpacing(14)
        self.right = QHBoxLayout()
        self.right.setSpacing(16)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        across.setSpacing(8)
        across.addWidget(self._none_icon)
        across.addWidget(self._none)
        across.addLayout(self._left)
        across.addWidget(self._more)
        across.addStretch(1)
        across.addLayout(self.right)
        self._more.hide()
        runner.started.connect(self._add)
        runner.ended.connect(self._drop)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(self._tasks.values())

    def _add(self, job: Job) -> None:
        if job.title is None:
            return
        task = Task(job, self)
        taken = {other.objectName() for other in self._tasks.values()}
        task.name(next(name for number in itertools.count() if (name := f"strip.task.{number}") not in taken))
        task.clicked.connect(self.opened.emit)
        self._tasks[job] = task
        self._left.addWidget(task)
        self._arrange()

    def _drop(self, job: Job) -> None:
        task = self._tasks.pop(job, None)
        if task is not None:
            self._left.removeWidget(task)
            task.hide()
            task.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        busy = bool(self._tasks)
        self._none.setVisible(not busy)
        self._none_icon.setVisible(not busy)
        for position, task in enumerate(self._tasks.values()):
            task.setVisible(position < _MOST)
        hidden = max(len(self._tasks) - _MOST, 0)
        self._more.setVisible(hidden > 0)
        self._more.setText(translate("shell", "and %n more", None, hidden))
