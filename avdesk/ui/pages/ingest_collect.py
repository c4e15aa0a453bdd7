"""Collecting all volumes of one card, as the runner is given it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services.cards import CardLook, look_into
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestPlan, IngestReport, SourceChoice, ingest
from avdesk.terms import PlanState

TAKEN = (PlanState.NEW, PlanState.DIFFERS)
"""What collecting stores."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be collected of one card, and how. ``unticked``: per plan, path to reason."""

    plans: tuple[IngestPlan, ...]
    unticked: tuple[Mapping[str, str], ...]
    handed_in_by: str | None
    compare_contents: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of it: a report per volume. ``error`` kept the further ones from being collected."""

    reports: tuple[IngestReport, ...]
    error: AvdeskError | None
    seconds: float
    ended: datetime

    @property
    def stopped(self) -> str | None:
        """Why it ended early: a code, ``None`` when it did not."""
        return next((report.stopped for report in self.reports if report.stopped is not None), None)

    @property
    def complete(self) -> bool:
        """Whether everything that was to be collected is."""
        return self.error is None and self.stopped is None and all(report.complete for report in self.reports)

    @property
    def safe_to_erase(self) -> bool:
        return self.error is None and all(report.safe_to_erase for report in self.reports)


class _Joined:
    """The progress of several volumes as that of one work."""

    def __init__(self, on_progress: OnProgress, order: Order) -> None:
        self._on_progress = on_progress
        self._files = [len(plan.files) for plan in order.plans]
        self._bytes = [
            bytes_to_read(plan, unticked, order.compare_contents)
            for plan, unticked in zip(order.plans, order.unticked, strict=True)
        ]
        self.part = 0

    def tell(self, progress: Progress) -> None:
        files, sizes = sum(self._files[: self.part]), sum(self._bytes[: self.part])
        later = sum(self._bytes[self.part + 1 :])
        self._on_progress(
            Progress(
                progress.stage,
                progress.path,
                files + progress.files_done,
                sum(self._files),
                sizes + progress.bytes_done,
                sizes + progress.bytes_total + later,
            )
        )


def bytes_to_read(plan: IngestPlan, unticked: Mapping[str, str], compare_contents: bool) -> int:
    """Bytes of the card that collecting will read."""
    wanted = (*TAKEN, PlanState.COLLECTED) if compare_contents else TAKEN
    return sum(file.size or 0 for file in plan.files if file.state in wanted and file.path not in unticked)


def collect(desk: Desk, order: Order, on_progress: OnProgress, control: Control) -> Collected:
    """Collect volume after volume. Raises what the first one raises; a later one's error stands in the result."""
    began = time.monotonic()
    joined = _Joined(on_progress, order)
    reports: list[IngestReport] = []
    error: AvdeskError | None = None
    for part, plan in enumerate(order.plans):
        joined.part = part
        try:
            report = ingest(
                desk,
                plan,
                unticked=order.unticked[part],
                handed_in_by=order.handed_in_by,
                compare_contents=order.compare_contents,
                on_progress=joined.tell,
                control=control,
            )
        except AvdeskError as failed:
            if not reports:
                raise
            error = failed
            break
        reports.append(report)
        if report.stopped is not None:
            break
    return Collected(tuple(reports), error, time.monotonic() - began, datetime.now(desk.zone))


def look(
    desk: Desk,
    choices: tuple[SourceChoice, ...],
    most: int | None,
    probe: bool,
    on_progress: OnProgress,
    control: Control,
) -> tuple[CardLook, ...]:
    """Look into every volume of a card."""
    found = []
    for choice in choices:
        control.check()
        found.append(look_into(desk, choice, most=most, probe=probe, on_progress=on_progress, control=control))
    return tuple(found)
