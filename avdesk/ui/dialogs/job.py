"""One long work in full: file, stage, figures, pause and cancel."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.progress import Progress as Done
from avdesk.ui import formats, theme
from avdesk.ui.frame.task_strip import Pace
from avdesk.ui.runner import Job, JobState
from avdesk.ui.texts import stage, translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.facts import FactsGrid
from avdesk.ui.widgets.labels import ElidedLabel, Label
from avdesk.ui.widgets.states import Progress


class JobDialog(QDialog):
    """Follows a job until it is over."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.job")
        self.setWindowTitle(job.title or "")
        self.setMinimumWidth(theme.px(520))
        self._job = job
        self._pace = Pace()
        self._bar = Progress(text=job.title or "")
        self._facts = FactsGrid(kind="body")
        self._state = self._fact(translate("shell", "State"))
        self._file = self._fact(translate("shell", "File"))
        self._count = self._fact(translate("shell", "Number of files"))
        self._size = self._fact(translate("shell", "Size"))
        self._speed = self._fact(translate("shell", "Speed"))
        self._left = self._fact(translate("shell", "Time left"))
        self._pause = Button("", self._pause_or_resume, name="dialog.job.pause")
        self._cancel = Button(translate("shell", "Cancel this work"), job.cancel, name="dialog.job.cancel")
        close = PrimaryButton(translate("shell", "Close"), self.accept, name="dialog.job.close")
        close.setDefault(True)
        acts = QHBoxLayout()
        for button in (self._pause, self._cancel):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(job.title or "", "head"))
        column.addWidget(self._bar)
        column.addWidget(self._facts)
        column.addStretch(1)
        column.addLayout(acts)
        job.progressed.connect(self._show)
        job.changed.connect(self._changed)
        self._changed(job)
        if job.progress is not None:
            self._show(job.progress)

    def _fact(self, label: str) -> ElidedLabel:
        value = ElidedLabel("—")
        self._facts.add(label, value)
        return value

    def _show(self, progress: Done) -> None:
        self._pace.tell(progress, time.monotonic())
        whole = progress.bytes_total or progress.files_total
        self._bar.set_share(progress.bytes_done if progress.bytes_total else progress.files_done, whole)
        self._state.setText(_state_word(self._job, progress))
        self._file.setText(progress.path or "—")
        self._count.setText(f"{formats.number(progress.files_done)} / {formats.number(progress.files_total)}")
        if progress.bytes_total:
            self._size.setText(f"{formats.size(progress.bytes_done)} / {formats.size(progress.bytes_total)}")
        self._speed.setText(formats.rate(self._pace.rate) if self._pace.rate else "—")
        left = self._pace.left(progress)
        self._left.setText(formats.span(left) if left is not None else "—")

    def _changed(self, job: Job) -> None:
        self._state.setText(_state_word(job, job.progress))
        paused = job.state is JobState.PAUSED
        self._pause.setText(translate("shell", "Go on") if paused else translate("shell", "Pause"))
        self._pause.setEnabled(job.state in (JobState.RUNNING, JobState.PAUSED))
        self._cancel.setEnabled(not job.over)

    def _pause_or_resume(self) -> None:
        if self._job.state is JobState.PAUSED:
            self._job.resume()
        else:
            self._job.pause()


def _state_word(job: Job, progress: Done | None) -> str:
    words = {
        JobState.WAITING: translate("shell", "waiting"),
        JobState.PAUSED: translate("shell", "paused"),
        JobState.DONE: translate("shell", "done"),
        JobState.FAILED: translate("shell", "failed"),
        JobState.CANCELLED: translate("shell", "stopped"),
    }
    if job.state in words:
        return words[job.state]
    return stage(progress.stage) if progress is not None else translate("shell", "at work")
