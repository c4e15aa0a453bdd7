"""One card on the page, whatever shows it: what is known of it, and the work that goes on with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from avdesk.errors import AvdeskError
from avdesk.services.cards import CardLook, CardVolume
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestPlan, PlannedFile, SourceChoice
from avdesk.services.interruptions import Interruption
from avdesk.services.people import PersonFacts
from avdesk.services.volumes import MOST_FILES
from avdesk.terms import PlanState
from avdesk.ui.frame.task_strip import Pace
from avdesk.ui.pages.ingest_collect import TAKEN, Collected, Order, collect, look
from avdesk.ui.runner import Job, JobState, Runner, volume_lane
from avdesk.ui.texts import translate


class Phase(StrEnum):
    READING = "reading"
    VAST = "vast"
    """More files than a card has: nobody wants all of a disk by accident."""
    FAILED = "failed"
    READY = "ready"
    COLLECTING = "collecting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Place:
    """What a card is made of: the volumes of a device, or what the person chose. ``key`` is its own."""

    key: str
    volumes: tuple[CardVolume, ...]
    choices: tuple[SourceChoice, ...]

    @property
    def chosen(self) -> bool:
        """A folder or files that the person pointed at; it stays until it is taken away."""
        return not self.volumes

    @classmethod
    def of_volumes(cls, key: str, volumes: Sequence[CardVolume]) -> Place:
        """The volumes of one device."""
        return cls(key, tuple(volumes), tuple(SourceChoice(Path(volume.mount)) for volume in volumes))

    @classmethod
    def of_choice(cls, choice: SourceChoice) -> Place:
        """What the person pointed at."""
        names = "" if choice.only is None else f":{hash(choice.only):x}"
        return cls(f"chosen:{choice.root}{names}", (), (choice,))


def same_card(place: Place, other: Place) -> bool:
    """Whether a volume of a device came or went while others stayed."""
    return bool({volume.mount for volume in place.volumes} & {volume.mount for volume in other.volumes}) and any(
        volume in other.volumes for volume in place.volumes
    )


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One file of one of the card's plans."""

    part: int
    file: PlannedFile

    @property
    def key(self) -> tuple[int, str]:
        return (self.part, self.file.path)

    @property
    def tickable(self) -> bool:
        """Whether the person can leave it out."""
        return self.file.state in TAKEN


class CardWork(QObject):
    """From the first look to the result. All of it happens on the GUI thread but what the runner is given."""

    changed = Signal(object)
    """This work, when anything but the progress did."""
    progressed = Signal(object)
    read = Signal(object)
    """This work, when a look into the card succeeded."""
    ended = Signal(object)
    """This work, when collecting ended, however."""

    def __init__(self, desk: Desk, runner: Runner, place: Place, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._runner = runner
        self.place = place
        self.title = ""
        self.phase = Phase.READING
        self.plans: tuple[IngestPlan, ...] = ()
        self.users: tuple[str, ...] = ()
        self.probed = False
        self.error: AvdeskError | None = None
        self.result: Collected | None = None
        self.printed = False
        self._rows: tuple[PlanRow, ...] = ()
        self._counts: Counter[PlanState] = Counter()
        self.unticked: set[tuple[int, str]] = set()
        self.skip_reason = ""
        self.officer: PersonFacts | None = None
        self.officer_guessed = False
        """Nobody chose: the file names say so."""
        self.officer_unknown = False
        """Something was typed that is nobody."""
        self.compare = False
        self.gone = False
        self.interruption: Interruption | None = None
        self.pace = Pace()
        self._job: Job | None = None
        self._starts = False
        self._most = None if place.chosen else MOST_FILES

    # what is known

    @property
    def job(self) -> Job | None:
        """Collecting that is not over."""
        return self._job if self.phase is Phase.COLLECTING else None

    @property
    def busy(self) -> bool:
        return self.phase is Phase.COLLECTING

    @property
    def paused(self) -> bool:
        return self._job is not None and self._job.state is JobState.PAUSED

    @property
    def source_keys(self) -> set[str]:
        return {plan.source_key for plan in self.plans}

    def rows(self) -> tuple[PlanRow, ...]:
        """Every file of the card."""
        return self._rows

    def chosen_rows(self) -> list[PlanRow]:
        """What would be stored now."""
        return [row for row in self._rows if row.tickable and row.key not in self.unticked]

    def count(self, *states: PlanState) -> int:
        """How many files are so."""
        return sum(self._counts[state] for state in states)

    @property
    def aside(self) -> int:
        """Files that collecting answers without reading them."""
        known = 0 if self.compare else self.count(PlanState.COLLECTED)
        return self.count(PlanState.SKIPPED) + known + len(self.unticked)

    @property
    def needs_reason(self) -> bool:
        return bool(self.unticked) and not self.skip_reason.strip()

    @property
    def nothing_new(self) -> bool:
        return self.phase is Phase.READY and not self.count(*TAKEN)

    def order(self) -> Order:
        """What is to be collected, and what the person left out with the reason."""
        left_out: list[Mapping[str, str]] = [
            {path: self.skip_reason.strip() for which, path in self.unticked if which == part}
            for part in range(len(self.plans))
        ]
        officer = self.officer.person_id if self.officer is not None else None
        return Order(self.plans, tuple(left_out), officer, self.compare)

    # what is done

    def look(self, *, everything: bool = False, then_start: bool = False) -> None:
        """Read the card. ``everything``: also when it has very many files."""
        self._give_up_reading()
        self.phase, self.error, self.result, self.printed = Phase.READING, None, None, False
        self._starts = then_start
        if everything:
            self._most = None
        self._job = self._runner.start(
            partial(look, self.desk, self.place.choices, self._most, False),
            lane=volume_lane(self.place.key),
            on_success=self._take_looks,
            on_error=self._take_error,
            on_end=self._look_ended,
        )
        self.changed.emit(self)

    def probe(self) -> None:
        """Also read durations, for the list; the card stays as it is meanwhile."""
        if self.phase is not Phase.READY or self.probed or self._job is not None:
            return
        self._job = self._runner.start(
            partial(look, self.desk, self.place.choices, None, True),
            lane=volume_lane(self.place.key),
            on_success=self._take_probed,
            on_error=self._probe_failed,
            on_end=self._probe_ended,
        )

    @property
    def probing(self) -> bool:
        return self.phase is Phase.READY and self._job is not None

    def start(self) -> None:
        """Collect what is ticked."""
        if self.phase is not Phase.READY or self.needs_reason or self.gone:
            return
        self._give_up_reading()
        self.phase, self.error, self.result = Phase.COLLECTING, None, None
        self.pace = Pace()
        self._job = self._runner.start(
            partial(collect, self.desk, self.order()),
            lane=volume_lane(self.place.key),
            on_success=self._take_result,
            on_error=self._take_error,
            on_end=self._end,
            on_progress=self.progressed.emit,
            title=translate("ingest", "Collect {card}").format(card=self.title),
        )
        self._job.changed.connect(self._job_changed)
        self.changed.emit(self)

    def compare_all(self) -> None:
        """Collect, and read what was collected before on both sides."""
        self.compare = True
        if self.phase is Phase.READY:
            self.start()
        else:
            self.look(then_start=True)

    def retry(self) -> None:
        """Read the card again and collect what is missing."""
        self.look(then_start=True)

    def pause(self) -> None:
        if self._job is not None:
            self._job.pause()

    def resume(self) -> None:
        if self._job is not None:
            self._job.resume()

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def leave(self) -> None:
        """The card goes from the page: whatever reads it may stop."""
        self._give_up_reading()
        self.cancel()

    def tell(self) -> None:
        """Something that others show was changed: ticks, the reason, who handed it in."""
        self.changed.emit(self)

    def untick(self, keys: set[tuple[int, str]], out: bool) -> None:
        """Leave files out, or take them again."""
        self.unticked = self.unticked | keys if out else self.unticked - keys
        self.changed.emit(self)

    # what comes back

    def _take_looks(self, looks: tuple[CardLook, ...]) -> None:
        self._job = None
        if any(found.plan is None for found in looks):
            self.phase = Phase.VAST
            self.changed.emit(self)
            return
        self._keep(looks)
        self.probed = False
        self.phase = Phase.READY
        self.read.emit(self)
        starts, self._starts = self._starts, False
        if starts and (self.compare or self.chosen_rows()) and not self.needs_reason:
            self.start()
        else:
            self.changed.emit(self)

    def _look_ended(self, job: Job) -> None:
        """Neither read nor refused: the program has a fault, which is told elsewhere."""
        if job is self._job:
            self.phase, self._job = Phase.FAILED, None
            self.changed.emit(self)

    def _keep(self, looks: tuple[CardLook, ...]) -> None:
        self.plans = tuple(found.plan for found in looks if found.plan is not None)
        self._rows = tuple(PlanRow(part, file) for part, plan in enumerate(self.plans) for file in plan.files)
        self._counts = Counter(row.file.state for row in self._rows)
        self.users = tuple(dict.fromkeys(user for found in looks for user in found.users))
        self.unticked &= {row.key for row in self._rows if row.tickable}

    def _take_probed(self, looks: tuple[CardLook, ...]) -> None:
        if self.phase is Phase.READY and all(found.plan is not None for found in looks):
            self._keep(looks)
            self.probed = True

    def _probe_failed(self, _error: AvdeskError) -> None:
        self.probed = True  # the list does without durations; collecting says what is wrong with the card

    def _probe_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.changed.emit(self)

    def _take_result(self, result: Collected) -> None:
        self.result = result
        self.phase = Phase.DONE
        self.interruption = None

    def _take_error(self, error: AvdeskError) -> None:
        self.error = error
        if self.phase is Phase.READING:
            self.phase, self._job = Phase.FAILED, None
            self.changed.emit(self)
        else:
            self.phase = Phase.READY

    def _end(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        if self.phase is Phase.COLLECTING:
            self.phase = Phase.READY
        self.changed.emit(self)
        self.ended.emit(self)

    def _job_changed(self, _job: Job) -> None:
        if self.phase is Phase.COLLECTING:
            self.changed.emit(self)

    def _give_up_reading(self) -> None:
        """What reads the card for its list only makes way."""
        job = self._job
        if job is not None and self.phase in (Phase.READING, Phase.READY):
            if self.phase is Phase.READING:
                job.succeeded.disconnect(self._take_looks)
                job.failed.disconnect(self._take_error)
            else:
                job.succeeded.disconnect(self._take_probed)
                job.failed.disconnect(self._probe_failed)
            job.cancel()
            self._job = None
