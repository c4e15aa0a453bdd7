"""Closing the window while work goes on: ask, wait, and give up only on what does not answer, saying so."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.labels import Label, Note
from avdesk.ui.widgets.states import Progress

PATIENCE = 30.0
"""Seconds without a sign of life after which a lane is given up."""
_LOOK = 100
_SOON = 0.8
"""Seconds within which most work stops: no word about it before."""


class AskDialog(QDialog):
    """What is going on, and the three ways."""

    stop_wanted = Signal()
    wait_wanted = Signal()

    def __init__(self, jobs: list[Job], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.closing")
        self.setWindowTitle(translate("shell", "Close avdesk"))
        self.setMinimumWidth(theme.px(500))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(translate("shell", "%n work(s) going on", None, len(jobs)), "head"))
        for job in jobs:
            column.addWidget(Note("info", job.title or "", icon="refresh"))
        hint = translate(
            "shell",
            "What is collected and verified stays. Stopping now leaves the rest on the card: put it in again later "
            "and collecting goes on where it stopped.",
        )
        column.addWidget(Label(hint, "second", "text2", wrap=True))
        acts = QHBoxLayout()
        acts.addWidget(Button(translate("shell", "Stop and close"), self._stop, name="dialog.closing.stop"))
        acts.addWidget(Button(translate("shell", "Close when it is done"), self._wait, name="dialog.closing.wait"))
        acts.addStretch(1)
        stay = PrimaryButton(translate("shell", "Don't close"), self.reject, name="dialog.closing.stay")
        stay.setDefault(True)
        acts.addWidget(stay)
        column.addLayout(acts)
        stay.setFocus()

    def _stop(self) -> None:
        self.accept()
        self.stop_wanted.emit()

    def _wait(self) -> None:
        self.accept()
        self.wait_wanted.emit()


class WaitDialog(QDialog):
    """Everything was asked to stop; this closes by itself."""

    give_up_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.waiting")
        self.setWindowTitle(translate("shell", "Close avdesk"))
        self.setMinimumWidth(theme.px(460))
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self._words = Note("info", translate("shell", "Stopping at a safe place…"), icon="refresh")
        bar = Progress(text=translate("shell", "Stopping at a safe place…"))
        bar.setRange(0, 0)
        self._give_up = Button(
            translate("shell", "Close without it"), self.give_up_wanted.emit, name="dialog.waiting.give-up"
        )
        self._give_up.hide()
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self._give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(self._words)
        column.addWidget(bar)
        column.addLayout(acts)

    @property
    def gives_up(self) -> bool:
        return not self._give_up.isHidden()

    def say_silent(self, names: list[str]) -> None:
        """Say which works have not answered, and offer to close without them."""
        named = translate("shell", ", ").join(names)
        text = translate("shell", "No answer for 30 seconds: {names}").format(names=named)
        detail = translate(
            "shell",
            "Its disk may be faulty or gone. What is verified is safe; the file at hand will be collected again.",
        )
        self._words.say("warn", text, detail)
        self._give_up.show()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(layout.heightForWidth(self.width()), self.minimumSizeHint().height()))

    def reject(self) -> None:
        """Esc does not end the waiting."""


class Closing(QObject):
    """Asked by the window before it closes; ``closed`` when it may."""

    closed = Signal()

    def __init__(self, runner: Runner, window: QWidget, *, patience: float = PATIENCE) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self._patience = patience
        self._signs: dict[Job, float] = {}
        self._waiting: WaitDialog | None = None
        self._asked_at = 0.0
        self.may_close = False
        self.when_done = False
        self.given_up = False
        """Some work did not end; the process must leave without it."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._look)

    @property
    def waiting(self) -> WaitDialog | None:
        return self._waiting

    def ask(self) -> None:
        """Close at once when nothing goes on; else ask."""
        going_on = [job for job in self._runner.jobs if job.matters]
        if not going_on:
            self.stop()
            return
        dialog = AskDialog(going_on, self._window)
        dialog.stop_wanted.connect(self.stop)
        dialog.wait_wanted.connect(self.close_when_done)
        dialog.open()

    def close_when_done(self) -> None:
        """Let the work end, then close."""
        self.when_done = True
        self._runner.ended.connect(self._ended)

    def stop(self) -> None:
        """Ask everything to stop, and close as soon as it has."""
        self._runner.cancel_all()
        if not self._runner.jobs:
            self._finish()
            return
        now = self._asked_at = time.monotonic()
        for job in self._runner.jobs:
            self._signs[job] = now
            job.progressed.connect(self._sign_of_life)
            job.changed.connect(self._sign_of_life)
        self._timer.start()

    def _sign_of_life(self, _told: object) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._signs[job] = time.monotonic()

    def _ended(self, _job: Job) -> None:
        if not any(job.matters for job in self._runner.jobs):
            self.stop()

    def _look(self) -> None:
        jobs = self._runner.jobs
        if not jobs:
            self._finish()
            return
        now = time.monotonic()
        if now - self._asked_at < _SOON:
            return
        self._show_waiting()
        silent = [job for job in jobs if now - self._signs.get(job, now) >= self._patience]
        if len(silent) == len(jobs) and all(job.lane == QUERY for job in silent):
            self._give_up()
        elif silent and self._waiting is not None and not self._waiting.gives_up:
            self._waiting.say_silent([job.title or job.lane for job in silent])

    def _show_waiting(self) -> None:
        if self._waiting is None:
            self._waiting = WaitDialog(self._window)
            self._waiting.give_up_wanted.connect(self._give_up)
            self._waiting.open()

    def _give_up(self) -> None:
        self.given_up = True
        self._finish()

    def _finish(self) -> None:
        self._timer.stop()
        if self._waiting is not None:
            self._waiting.accept()
            self._waiting = None
        self.may_close = True
        self.closed.emit()
