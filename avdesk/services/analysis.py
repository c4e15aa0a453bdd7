"""What is not as it should be in picture and sound of recordings, with their waveforms and small pictures.

Measuring takes a process of its own and a while; reading what was found takes neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from avdesk.db import parts
from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.media.analysis_worker import Analyser, Step
from avdesk.models import Analysis as AnalysisRow
from avdesk.models import Recording
from avdesk.policy import ANALYSIS_ENABLED
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._analysing import (
    KINDS,
    Result,
    Writing,
    number_waiting,
    read_or_measure,
    settings_of,
    spans_json,
    thresholds_of,
    waiting,
)
from avdesk.services._caching import cache_folder, originals_of
from avdesk.services._json import findings_of
from avdesk.services._measured import Filmstrip, Waveform, kept_filmstrip, kept_waveform
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import AnalysisCode, AnalysisState, Kind, Right

__all__ = [
    "AnalysedRecording",
    "Analyser",
    "Analysis",
    "AnalysisReport",
    "AnalysisSpan",
    "AnalysisWaiting",
    "Filmstrip",
    "Waveform",
    "analyse",
    "analysis_of",
    "waiting_for_analysis",
]

STAGE = "analyse"


@dataclass(frozen=True, slots=True)
class AnalysisSpan:
    """Seconds from the beginning. ``value``: what was measured there, in the unit of the code's threshold."""

    code: AnalysisCode
    from_s: float
    to_s: float
    value: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of one recording now. ``state`` is ``None`` when it was not analysed yet.

    ``current``: whether the spans are those of the thresholds in force. ``frames``: so many were looked at.
    """

    recording_id: str
    state: AnalysisState | None
    current: bool
    analysed_at: datetime | None
    frames: int
    spans: tuple[AnalysisSpan, ...]
    findings: tuple[Finding, ...]
    waveform: Waveform | None
    filmstrip: Filmstrip | None


@dataclass(frozen=True, slots=True)
class AnalysisWaiting:
    """``recording_ids``, newest first; ``left``: how many wait in all."""

    recording_ids: tuple[str, ...]
    left: int


@dataclass(frozen=True, slots=True)
class AnalysedRecording:
    recording_id: str
    state: AnalysisState
    frames: int
    spans: tuple[AnalysisSpan, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """``unread``: those whose file no vault gives now. ``left``: how many still wait."""

    analysed: tuple[AnalysedRecording, ...]
    unread: tuple[str, ...]
    left: int


@service(Right.VIEW)
def analysis_of(desk: Desk, recording_id: str) -> Analysis:
    """What was found, from the catalogue and the cache alone. Raises :class:`UsageError` for an unknown recording."""
    with desk.database.read() as session:
        known = visible(desk).where(Recording.id == plain(recording_id)).with_only_columns(Recording.id)
        if session.execute(known).first() is None:
            raise UsageError("RECORDING_UNKNOWN", recordings=[recording_id])
        row = session.get(AnalysisRow, recording_id)
    folder = cache_folder(desk, recording_id)
    return Analysis(
        recording_id=recording_id,
        state=None if row is None else AnalysisState(row.state),
        current=row is not None and row.settings == settings_of(thresholds_of(desk)),
        analysed_at=None if row is None else row.analysed_at.astimezone(desk.zone),
        frames=0 if row is None else row.frames,
        spans=() if row is None else _spans(row.spans),
        findings=() if row is None else findings_of(row.findings),
        waveform=kept_waveform(folder),
        filmstrip=kept_filmstrip(folder),
    )


@service(Right.VIEW)
def waiting_for_analysis(desk: Desk, limit: int = 100, *, after: str | None = None) -> AnalysisWaiting:
    """Films and sounds that were not analysed by the thresholds in force, newest first; those behind ``after`` where
    given. None at all while the policy ``analysis.enabled`` is off. Raises :class:`UsageError` for a limit below one.
    """
    if limit < 1:
        raise UsageError("BAD_LIMIT", limit=limit)
    if not desk.policy[ANALYSIS_ENABLED]:
        return AnalysisWaiting((), 0)
    settings = settings_of(thresholds_of(desk))
    with desk.database.read() as session:
        left = number_waiting(session, desk, settings)
        place = None if after is None else plain(after)
        return AnalysisWaiting(tuple(waiting(session, desk, settings, limit, place)) if left else (), left)


@service(Right.VIEW)
def analyse(
    desk: Desk,
    recording_ids: Sequence[str],
    worker: Analyser,
    *,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> AnalysisReport:
    """Analyse these recordings, in this order; what was measured before is only judged anew.

    Results are written a few together, each time with one audit event. Stops in good order within a recording too:
    raises :class:`Cancelled`. Raises :class:`UsageError` when one is unknown.
    """
    control = control or Control()
    ids = list(dict.fromkeys(recording_ids))
    kinds = _kinds(desk, ids)
    with desk.database.read() as session:
        originals = originals_of(desk, session, [each for each in ids if kinds[each] in KINDS], KINDS)
    thresholds = thresholds_of(desk)
    settings = settings_of(thresholds)
    writing, analysed, unread = Writing(desk, settings), [], []
    by_id = {original.recording_id: original for original in originals}
    try:
        for number, recording_id in enumerate(ids):
            step = _Stepping(on_progress, control, recording_id, number, len(ids))
            step(Step(0))
            original = by_id.get(recording_id)
            if original is None:
                analysed.append(AnalysedRecording(recording_id, AnalysisState.NOTHING, 0, (), ()))
                continue
            result = read_or_measure(desk, original, worker, thresholds, step)
            if result is None:
                unread.append(recording_id)
                continue
            writing.add(result)
            analysed.append(_told(result))
    finally:
        writing.flush()
    on_progress(Progress(STAGE, None, len(ids), len(ids), 0, 0))
    with desk.database.read() as session:
        left = number_waiting(session, desk, settings) if desk.policy[ANALYSIS_ENABLED] else 0
    return AnalysisReport(tuple(analysed), tuple(unread), left)


@dataclass(frozen=True, slots=True)
class _Stepping:
    """Between two steps: say where the work is, wait while paused, stop when cancelled."""

    on_progress: OnProgress
    control: Control
    recording_id: str
    number: int
    total: int

    def __call__(self, _step: Step) -> None:
        self.on_progress(Progress(STAGE, self.recording_id, self.number, self.total, 0, 0))
        self.control.check()


def _kinds(desk: Desk, ids: Sequence[str]) -> dict[str, Kind]:
    """Raises :class:`UsageError` when one is unknown."""
    with desk.database.read() as session:
        found = {
            recording_id: Kind(kind)
            for part in parts([plain(each) for each in ids])
            for recording_id, kind in session.execute(
                visible(desk).where(Recording.id.in_(part)).with_only_columns(Recording.id, Recording.kind)
            )
        }
    unknown = [each for each in ids if each not in found]
    if unknown:
        raise UsageError("RECORDING_UNKNOWN", recordings=unknown)
    return found


def _told(result: Result) -> AnalysedRecording:
    spans, findings = _spans(spans_json(result.spans)), tuple(result.measured.findings)
    return AnalysedRecording(result.recording_id, result.state, len(result.measured.looks), spans, findings)


def _spans(stored: object) -> tuple[AnalysisSpan, ...]:
    rows = stored if isinstance(stored, list) else []
    return tuple(
        AnalysisSpan(AnalysisCode(row["code"]), row["from_ms"] / 1000, row["to_ms"] / 1000, row["value"])
        for row in rows
    )
