"""One recording being played: the decoder, the sound, and the clock that brings them together."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from avdesk.media.fitting import PIXEL
from avdesk.media.player import Counted, Decoder, End, Ended, Event, Failed, Opened, Picture, View
from avdesk.ui.pages.player_clock import Clock
from avdesk.ui.pages.player_loop import Loop
from avdesk.ui.pages.player_processes import Frame, Post, Processes
from avdesk.ui.pages.player_voice import Voice
from avdesk.ui.sound import Heard, Over, SoundEvent, Soundless

PATIENCE = 20_000
"""Milliseconds that an answer of the decoder is waited for."""
RATES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0, 8.0, 16.0)
_SHUTTLE = (1.0, 2.0, 4.0, 8.0, 16.0)
"""The speeds that pressing J or L again goes through."""
_EARLY = 0.002
_EVERY_FRAME = 2.0
"""Up to this speed, either way, the decoder gives every frame, and one stream serves all such speeds."""
_LATE = 0.25
_LOST = 0.6
"""Seconds of the person's time that the picture may be late before decoding begins anew where it should be."""
_IDLE_TICK = 40
_BACK_TICK = 15
_VIEW_DELAY = 80


class Playback(QObject):
    """Plays one file after the other. Times in seconds of the file."""

    opened = Signal(object)
    """An :class:`Opened`."""
    failed = Signal(str, object)
    """Why nothing is shown (any more): a code and a reason or ``None``. All processes are gone then."""
    shown = Signal(object)
    """A :class:`Frame`; the one before is no longer valid. ``None``: nothing is shown."""
    moved = Signal(float)
    """The place that is played."""
    ended = Signal()
    """It played to its end."""
    changed = Signal()
    """Playing or not, the speed, the number of frames."""
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: Opened | None = None
        self._processes = Processes()
        self.frames: int | None = None
        self.playing = False
        self.rate = 1.0
        self.clock = Clock()
        self._path = Path()
        self._epoch = 0
        self._begins = 0.0
        self.voice = Voice(self._processes)
        self.loop = Loop()
        self._view = View(16, 9)
        self._generation = 0
        self._streamed = 1.0
        self._asked: int | None = None
        self._again: int | None = None
        self._queue: deque[Picture] = deque()
        self._steps = 0
        self._owed = 0
        self._no_more = False
        self._beat = self._timer(self._tick, Qt.TimerType.PreciseTimer)
        self._watch = self._timer(self._give_up)
        self._view_timer = self._timer(self._renew)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._processes.close)

    # what the page asks

    def open(self, path: Path, name: str, at: float = 0.0, *, playing: bool = False, table: Path | None = None) -> None:
        """Open a file, paused on the picture ``at`` that time, or playing from there.

        The table of its frames is kept in the file ``table``. :attr:`opened` or :attr:`failed` follows.
        """
        self.close()
        self._epoch += 1
        self._begins, self.playing = at, playing
        self._path = path
        try:
            self._processes.decoder = Decoder(Post(self._arrived.emit, self._epoch))
        except OSError as error:
            self._fail("NOT_STARTED", error.strerror)
            return
        self._processes.decoder.open(path, name, table)
        self._watch.start(PATIENCE)

    def close(self) -> None:
        """Show nothing, and end the processes."""
        self._halt()
        for timer in (self._watch, self._view_timer):
            timer.stop()
        self.facts = self.frames = self._asked = self._again = None
        self.loop = Loop()
        self.rate = abs(self.rate)
        self._queue.clear()
        if self.frame is not None:
            self.shown.emit(None)
        self._processes.close()

    @property
    def frame(self) -> Frame | None:
        """What is on the screen."""
        return self._processes.frame

    @property
    def _decoder(self) -> Decoder | None:
        return self._processes.decoder

    @property
    def pids(self) -> list[int]:
        """The ids of the processes at work."""
        return self._processes.pids

    @property
    def moving(self) -> bool:
        """Whether the file has a length: no photograph."""
        return self.facts is not None and (self.facts.rate > 0 or not self.facts.picture)

    @property
    def duration(self) -> float:
        """The length in seconds, 0 when it is not known."""
        return (self.facts.duration_s or 0.0) if self.facts is not None else 0.0

    @property
    def position(self) -> float:
        """The place that is played."""
        return max(self.clock.now(), 0.0)

    @property
    def settled(self) -> bool:
        """Whether everything there is to be shown of a file that stands still is shown."""
        if self.facts is None or self._asked is not None:
            return False
        if not self.facts.picture:
            return True
        return self.frame is not None and (not self.facts.rate or self.frame.picture.number is not None)

    def play(self) -> None:
        """Play on; from the beginning at the end."""
        if not self.moving or self.playing:
            return
        self.playing = True
        if self.rate > 0 and self._is_at_end():
            self.seek(0.0)
        elif self._asked is None:
            self._run()
        self.changed.emit()

    def pause(self) -> None:
        """Stand still on the picture that is shown; steps go forward from it."""
        if self.playing:
            self._halt()
            if self.frame is not None and self._asked is None and not _is_same(self._streamed, 1.0):
                self._ask(self.frame.picture.pts)
            self.changed.emit()

    def toggle(self) -> None:
        """Pause; or play forward, at the speed that was chosen."""
        if self.playing:
            self.pause()
            return
        self.rate = abs(self.rate)
        self.play()

    def shuttle(self, way: int) -> None:
        """Play forward (1) or backwards (-1); when it does already, twice as fast."""
        if not self.moving or (way < 0 and not self._can_go_back()):
            return
        same = self.playing and self.rate * way > 0
        faster = next((rate for rate in _SHUTTLE if rate > abs(self.rate)), _SHUTTLE[-1])
        self.set_rate(way * (faster if same else 1.0))
        self.play()

    def halt(self) -> None:
        """Stand still, and be back at normal speed."""
        self.pause()
        self.set_rate(1.0)

    def seek(self, at: float) -> None:
        """Show what is on the screen at that time, exactly; playing goes on from there."""
        if self.facts is None or not self.moving:
            return
        at = min(max(at, 0.0), self.duration) if self.duration else max(at, 0.0)
        self._owed = 0
        self.voice.stop(elsewhere=True)
        self.clock.stop(at)
        self.moved.emit(at)
        if self.facts.picture:
            self._ask(self.facts.pts(at))
        elif self.playing:
            self._run()

    def skip(self, seconds: float) -> None:
        """Forward or back by so many seconds."""
        self.seek(self.position + seconds)

    def step(self, frames: int) -> None:
        """One frame forward or back from the one that is shown."""
        if self.facts is None or self.frame is None or not self.facts.rate:
            return
        self.pause()
        if self._asked is not None:
            self._owed = frames  # taken when the picture that is on its way is there
            return
        if frames < 0:
            self._ask(self.frame.picture.pts - 1)
        elif self._queue:
            self._present(self._queue.popleft())
        elif not self._no_more:
            self._steps += 1

    def set_rate(self, rate: float) -> None:
        """Faster or slower, backwards when negative; the sound follows while it can be understood."""
        self.rate = rate
        if self.clock.running:
            self.voice.stop(elsewhere=True)
            self.clock.stop()
            if self._asked is None:
                self._run()
        self.changed.emit()

    def mark_loop(self, end: str) -> None:
        """The place that is played becomes the beginning (``a``) or the end (``b``) of what is repeated."""
        if self.moving:
            self.loop = self.loop.begun(self.position) if end == "a" else self.loop.ended(self.position)
            self.changed.emit()

    def clear_loop(self) -> None:
        """Nothing is repeated."""
        self.loop = Loop()
        self.changed.emit()

    def set_view(self, view: View) -> None:
        """What the window shows from now on."""
        if view == self._view:
            return
        turned = view.turns != self._view.turns
        self._view = view
        if self._decoder is None or self.frame is None:
            return
        self._decoder.look(view)
        if turned or not self.moving:
            self._renew()
        elif not self._view_timer.isActive():
            self._view_timer.start(_VIEW_DELAY)

    # the decoder

    def _take(self, epoch: int, event: Event | SoundEvent) -> None:
        """What a process said; those of an earlier file may still have words on the way."""
        if epoch != self._epoch or self._decoder is None:
            return
        if isinstance(event, Heard | Over | Soundless):
            self._listen(event)
        else:
            self._decode(event)

    def _decode(self, event: Event) -> None:
        match event:
            case Picture():
                self._take_picture(event)
            case Opened():
                self._begin(event)
            case Counted(frames=frames):
                self.frames = frames
                if self.frame is not None and not self.playing and self.frame.picture.number is None:
                    self._renew()
                self.changed.emit()
            case End(generation=generation):
                self._no_more = self._no_more or generation == self._generation
                if self._asked is not None and generation == self._generation:
                    self._fail("DAMAGED", None)  # nothing at all could be decoded
            case Failed(code=code, reason=reason):
                self._fail(code, reason)
            case Ended():
                self._fail("DECODER_ENDED", None)

    def _begin(self, facts: Opened) -> None:
        self.facts = facts
        self._watch.stop()
        if facts.sound:
            self.voice.start(self._path, facts.format, Post(self._arrived.emit, self._epoch))
        self.clock.stop(self._begins)
        self.opened.emit(facts)
        if facts.picture:
            self._ask(facts.pts(self._begins))
        elif self.playing:
            self._run()

    def _ask(self, pts: int) -> None:
        """One question at a time; of those that come meanwhile the last one counts."""
        if self._decoder is None:
            return
        if self._asked is not None:
            self._again = pts
            return
        self._beat.stop()
        self._free_queue()
        self._steps = 0
        self._no_more = False
        self._asked, self._again = pts, None
        self._streamed = self.rate if self.playing else 1.0
        self._generation = self._decoder.show(pts, self._view, self._streamed)
        self._watch.start(PATIENCE)

    def _renew(self) -> None:
        """The picture that is shown, made anew for the view."""
        if self.frame is not None and (not self.playing or self._asked is not None):
            self._ask(self.frame.picture.pts if self._asked is None else self._asked)

    def _take_picture(self, picture: Picture) -> None:
        if picture.generation != self._generation:
            self._free(picture)
        elif self._asked is not None:
            self._answer(picture)
        elif self._steps > 0:
            self._steps -= 1
            self._present(picture)
        else:
            self._queue.append(picture)
            if self.playing:
                self._tick()

    def _answer(self, picture: Picture) -> None:
        """The picture that was asked for."""
        self._watch.stop()
        self._asked = None
        self._present(picture)
        if self._again is not None:
            self._ask(self._again)
        elif self.clock.running:
            self._tick()
        elif self.playing:
            self._run()
        elif self._owed:
            owed, self._owed = self._owed, 0
            self.step(owed)

    def _present(self, picture: Picture) -> None:
        """Bring a picture to the screen; its number and pts go with it."""
        if self._decoder is None or self.facts is None:
            return
        pixels = self._decoder.pixels(picture)
        image = QImage(pixels, picture.width, picture.height, picture.width * PIXEL, QImage.Format.Format_RGB32)
        before = self.frame
        frame = self._processes.frame = Frame(picture, image, pixels, self.facts.seconds(picture.pts))
        self.shown.emit(frame)
        if before is not None:
            before.drop()
            self._free(before.picture)
        if not self.playing and self._asked is None and self._again is None and self.facts.rate:
            self._settle(frame.seconds)

    def _settle(self, seconds: float) -> None:
        """After a step the clock stands at the frame; after a seek where it was asked to, within the frame."""
        following = self._queue[0] if self._queue else None
        ahead = self.facts.seconds(following.pts) if self.facts and following else seconds + 1 / float(self._rate())
        if not seconds <= self.clock.now() < ahead:
            self.clock.stop(seconds)
            self.voice.stop(elsewhere=True)
            self.moved.emit(seconds)

    def _rate(self) -> float:
        return float(self.facts.rate) if self.facts is not None and self.facts.rate else 25.0

    # the clock

    def _run(self) -> None:
        """Sound and clock go off together, from where the clock stands."""
        if self.frame is not None and not _is_same(self._streamed, self.rate):
            self._ask(self._wanted())
            return
        at = self.clock.now()
        self.clock.start(at, self.rate)
        self.voice.go(at, self.rate)
        self._tick()

    def _halt(self) -> None:
        self.playing = False
        self.voice.stop()
        self.clock.stop()
        self._beat.stop()

    def _tick(self) -> None:
        """Show what is due, drop what came too late, and come again when the next is due."""
        if not self.clock.running or self.facts is None or self._asked is not None:
            return
        now = self.clock.now()
        if self.loop.is_behind(now, self.rate):
            self.seek(self.loop.start(self.rate))
        elif self.rate < 0 and self.frame is not None:
            self._go_back(now, self.facts, self.frame)
        else:
            self._go_on(now, self.facts)

    def _go_back(self, now: float, facts: Opened, shown: Frame) -> None:
        """Backwards the next picture is due when the one on the screen had not begun; the clock waits for it."""
        due: Picture | None = None
        while self._queue and (facts.seconds(due.pts) if due is not None else shown.seconds) > now + _EARLY:
            if due is not None:
                self._free(due)
            due = self._queue.popleft()
        if due is not None:
            self._present(due)
        elif not self._queue and shown.seconds - now > _LOST * -self.rate:
            self.clock.start(shown.seconds, self.rate)
        self.moved.emit(max(now, 0.0))
        if now <= 0 and not self._queue and self._no_more:
            self._finish()
        else:
            self._beat.start(_BACK_TICK)

    def _go_on(self, now: float, facts: Opened) -> None:
        due: Picture | None = None
        while self._queue and facts.seconds(self._queue[0].pts) <= now + _EARLY:
            if due is not None:
                self._free(due)
            due = self._queue.popleft()
        if due is not None:
            self._present(due)
        self.moved.emit(now)
        if self._is_over(now):
            self._finish()
            return
        self._hurry(now)
        if self._asked is None:
            self._beat.start(self._wait(now))

    def _wanted(self) -> int:
        """The pts of the moment that is played."""
        return self.facts.pts(self.position) if self.facts is not None else 0

    def _can_go_back(self) -> bool:
        return self.facts is not None and self.facts.picture

    def _wait(self, now: float) -> int:
        """Milliseconds until the next picture is due, at most a short while."""
        if not self._queue or self.facts is None:
            return _IDLE_TICK
        left = (self.facts.seconds(self._queue[0].pts) - now) / self.rate
        return min(max(round(left * 1000), 1), _IDLE_TICK)

    def _hurry(self, now: float) -> None:
        """A decoder that can't keep up need not make what nobody will see."""
        if self._decoder is None or self.facts is None or self.frame is None or self._queue or self._no_more:
            return
        late = now - self.frame.seconds
        if late > _LOST * max(self.rate, 1.0):
            self._ask(self.facts.pts(now))
        elif late > _LATE:
            self._decoder.hurry(self.facts.pts(now))

    def _is_over(self, now: float) -> bool:
        if self._queue or (self.facts is not None and self.facts.picture and not self._no_more):
            return False
        ends = self.duration
        if self.frame is not None and self._no_more:
            ends = max(ends, self.frame.seconds) if not self._is_cut() else self.frame.seconds + 1 / self._rate()
        return bool(ends) and now >= ends

    def _is_cut(self) -> bool:
        return self.facts is not None and self.facts.cut

    def _is_at_end(self) -> bool:
        """Nothing is left to be played."""
        left = 1 / self._rate() if self.facts is not None and self.facts.picture else 0.0
        over = bool(self.duration) and self.position >= self.duration - left
        return over or (self._is_cut() and self._no_more and not self._queue)

    def _finish(self) -> None:
        """The end: stand on the last picture."""
        self._halt()
        self.clock.stop(min(self.position, self.duration or self.position))
        if self.facts is not None and not _is_same(self._streamed, 1.0):
            self._ask(self.facts.pts(self.position))
        self.voice.stop(elsewhere=True)
        self.moved.emit(self.position)
        self.changed.emit()
        if self.rate > 0:
            self.ended.emit()

    # the sound

    def _listen(self, event: SoundEvent) -> None:
        if not self.voice.takes(event):
            return
        if isinstance(event, Heard):
            self.clock.heard(event.at, event.moment)
        elif isinstance(event, Soundless):
            self.changed.emit()
        elif self.facts is not None and not self.facts.picture and not self.duration:
            self._finish()

    # leaving

    def _give_up(self) -> None:
        self._fail("TIMEOUT", None)

    def _fail(self, code: str, reason: str | None) -> None:
        self.close()
        self.changed.emit()
        self.failed.emit(code, reason)

    def _free(self, picture: Picture) -> None:
        if self._decoder is not None:
            self._decoder.free(picture)

    def _free_queue(self) -> None:
        while self._queue:
            self._free(self._queue.popleft())

    def _timer(self, act: object, kind: Qt.TimerType = Qt.TimerType.CoarseTimer) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(kind)
        timer.timeout.connect(act)
        return timer


def _is_same(streamed: float, wanted: float) -> bool:
    """Whether a stream of pictures made for one speed serves another one."""
    every = abs(streamed) <= _EVERY_FRAME and abs(wanted) <= _EVERY_FRAME
    return streamed * wanted > 0 and (every or streamed == wanted)
