"""Analysing one recording after the other: what is kept is used, the rest measured, results are written together."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from avdesk.media.analysis import VERSION, Measured, Span, Thresholds, spans_of
from avdesk.media.analysis_worker import Analyser, Step
from avdesk.models import Analysis, Recording
from avdesk.policy import (
    ANALYSIS_BLACK,
    ANALYSIS_BLURRED,
    ANALYSIS_CLIPPED,
    ANALYSIS_COVERED,
    ANALYSIS_FROZEN,
    ANALYSIS_OVEREXPOSED,
    ANALYSIS_SHORTEST,
    ANALYSIS_SILENT,
    ANALYSIS_UNDEREXPOSED,
)
from avdesk.services._caching import Original, cache_folder, files_of
from avdesk.services._json import findings_json
from avdesk.services._measured import keep_pictures, keep_values, kept_values
from avdesk.services.desk import Desk, visible
from avdesk.terms import AnalysisState, Kind

KINDS = (Kind.VIDEO, Kind.AUDIO)
"""What has picture or sound in time."""
_TOGETHER = 20
_OFTEN_S = 10.0
_UNREADABLE = "UNREADABLE"
_BAD_LUCK = ("ANALYSIS_CRASHED", "ANALYSIS_TIMEOUT")
"""What may go better another time: whoever asks for that recording again has it measured again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one recording; ``frames`` that were looked at."""

    recording_id: str
    measured: Measured
    state: AnalysisState
    spans: tuple[Span, ...]


def thresholds_of(desk: Desk) -> Thresholds:
    """The office's."""
    policy = desk.policy
    return Thresholds(
        shortest_s=policy[ANALYSIS_SHORTEST],
        black_below=policy[ANALYSIS_BLACK],
        covered_below=policy[ANALYSIS_COVERED],
        underexposed_below=policy[ANALYSIS_UNDEREXPOSED],
        overexposed_above=policy[ANALYSIS_OVEREXPOSED],
        blurred_below=policy[ANALYSIS_BLURRED],
        frozen_below=policy[ANALYSIS_FROZEN],
        silent_below=policy[ANALYSIS_SILENT],
        clipped_above=policy[ANALYSIS_CLIPPED],
    )


def settings_of(thresholds: Thresholds) -> str:
    """A digest over what a result depends on beside the recording."""
    text = json.dumps({"version": VERSION, **asdict(thresholds)}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(measured: Measured) -> AnalysisState:
    """NOTHING when the file is of no kind that has picture or sound, FAILED when nothing of them could be measured."""
    if measured.looks or measured.level:
        return AnalysisState.DONE if measured.ended and not measured.findings else AnalysisState.PARTLY
    if measured.ended and all(finding.code in ("NOT_SHOWN", "EMPTY") for finding in measured.findings):
        return AnalysisState.NOTHING
    return AnalysisState.FAILED


def waiting(session: Session, desk: Desk, settings: str, limit: int, after: str | None) -> list[str]:
    """Recordings without an analysis by these settings, newest first; behind ``after`` where it is known.

    Each kind has its rows by an index in this order, and each row's analysis is found by another: it ends at the limit.
    """
    there = select(Analysis.recording_id).where(Analysis.settings == settings, Analysis.recording_id == Recording.id)
    place = session.execute(
        visible(desk).where(Recording.id == after).with_only_columns(Recording.recorded_at, Recording.id)
    ).first()
    found: list[tuple[datetime, str]] = []
    for kind in KINDS:
        statement = visible(desk).where(Recording.kind == kind, ~there.exists())
        if place is not None:
            statement = statement.where(tuple_(Recording.recorded_at, Recording.id) < tuple_(*place))
        newest = statement.order_by(Recording.recorded_at.desc(), Recording.id.desc()).limit(limit)
        rows = session.execute(newest.with_only_columns(Recording.recorded_at, Recording.id))
        found += [(at, recording_id) for at, recording_id in rows]
    return [recording_id for _at, recording_id in sorted(found, reverse=True)[:limit]]


def number_waiting(session: Session, desk: Desk, settings: str) -> int:
    """From two counts, each by an index alone."""
    kinds = visible(desk).where(Recording.kind.in_(KINDS)).with_only_columns(func.count(Recording.id))
    done = select(func.count()).select_from(Analysis).where(Analysis.settings == settings)
    return max((session.scalar(kinds) or 0) - (session.scalar(done) or 0), 0)


def read_or_measure(
    desk: Desk, original: Original, worker: Analyser, thresholds: Thresholds, on_step: Callable[[Step], None]
) -> Result | None:
    """The result for one recording, from what is kept where that will do; ``None`` when its file can't be read now."""
    folder = cache_folder(desk, original.recording_id)
    measured = kept_values(folder)
    if measured is None:
        measured = _measure(desk, original, worker, on_step)
        if measured is None:
            return None
        keep_pictures(folder, measured)
        if all(finding.code not in _BAD_LUCK for finding in measured.findings):
            keep_values(folder, measured)
    return Result(original.recording_id, measured, state_of(measured), spans_of(measured, thresholds))


def _measure(desk: Desk, original: Original, worker: Analyser, on_step: Callable[[Step], None]) -> Measured | None:
    """By the first vault that gives the whole file."""
    folder = cache_folder(desk, original.recording_id)
    early = _Early(on_step, lambda measured: keep_pictures(folder, measured))
    for file in files_of(desk, original):
        try:
            measured = worker.analyse(file, early)
        except OSError:
            continue
        if all(finding.code != _UNREADABLE for finding in measured.findings):
            return measured
    return None


@dataclass(slots=True)
class _Early:
    """Hands on each step, and keeps waveform and sheet once, as soon as both are there."""

    on_step: Callable[[Step], None]
    keep: Callable[[Measured], None]
    kept: Measured | None = None

    def __call__(self, step: Step, measured: Measured) -> None:
        if measured.strip is not None and self.kept is not measured:
            self.kept = measured
            self.keep(measured)
        self.on_step(step)


@dataclass(slots=True)
class Writing:
    """Results on their way into the catalogue, a few together: one transaction and one line of the audit chain."""

    desk: Desk
    settings: str
    _results: list[Result] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def add(self, result: Result) -> None:
        """Write when enough came together, or the last time was a while ago."""
        self._results.append(result)
        if len(self._results) >= _TOGETHER or time.monotonic() - self._since >= _OFTEN_S:
            self.flush()

    def flush(self) -> None:
        """Write what is left."""
        self._since = time.monotonic()
        results, self._results = self._results, []
        if not results:
            return
        now = datetime.now(UTC)
        with self.desk.database.write() as session:
            known = _known(session, [result.recording_id for result in results])
            for result in results:
                row = known.get(result.recording_id)
                if row is None:
                    row = Analysis(recording_id=result.recording_id)
                    session.add(row)
                row.version, row.settings, row.analysed_at = VERSION, self.settings, now
                row.state, row.frames = result.state.value, len(result.measured.looks)
                row.spans, row.findings = spans_json(result.spans), findings_json(result.measured.findings)
            ids = [result.recording_id for result in results]
            facts = {"recordings": ids, "version": VERSION, "settings": self.settings}
            self.desk.record(session, "recordings.analysed", ("recordings", ids[0]), facts)


def _known(session: Session, ids: Sequence[str]) -> dict[str, Analysis]:
    return {row.recording_id: row for row in session.scalars(select(Analysis).where(Analysis.recording_id.in_(ids)))}


def spans_json(spans: Iterable[Span]) -> list[dict[str, object]]:
    """Whole milliseconds, so that no rounding is in the catalogue."""
    return [
        {"code": span.code.value, "from_ms": span.from_ms, "to_ms": span.to_ms, "value": span.value} for span in spans
    ]
