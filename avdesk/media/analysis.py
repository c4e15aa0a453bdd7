"""What was measured in picture and sound, and which spans of it are not as they should be.

Measuring decodes and takes long; judging by thresholds is done again at once whenever a threshold changes. Neither
decodes nor knows a database: this is the half that the desk itself runs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from avdesk.findings import Finding
from avdesk.terms import AnalysisCode

VERSION = 1
"""Of the measuring: what another version measured is measured anew."""
PER_SECOND = 10
"""So many windows of sound, and peaks of the waveform, are in a second."""
NO_DETAIL = -1
"""``Look.detail`` of a picture in which nothing is to be sharp: a wall, a hand."""
MOVED_RATIO = 7
"""So much more than most of the picture its liveliest part may change while it stands still: coding makes edges so."""

_JOIN_PICTURE_MS = 1200
_JOIN_SILENCE_MS = 300
_JOIN_CLIPPED_MS = 2000
_WINDOW_MS = 1000 // PER_SECOND


@dataclass(frozen=True, slots=True)
class Look:
    """One frame that was looked at, ``at_ms`` after the beginning. The upper and lower eighth, where recorders write,
    is left out. Levels are 0 (black) to 255.

    ``brightest``: the level that half a percent of the picture reaches. ``burnt``: per mille of it at 248 and more.
    ``detail``: per mille of an edge's height that the sharpest step takes, in the sharper blocks; ``NO_DETAIL`` without
    edges. ``still`` and ``moved``: how much the median block, and the liveliest half percent of the blocks, changed
    since the look before, in hundredths of a level; ``None`` in the first.
    """

    at_ms: int
    brightest: int
    burnt: int
    detail: int
    still: int | None
    moved: int | None


@dataclass(frozen=True, slots=True)
class Strip:
    """Small pictures on one JPEG sheet, row by row: each ``width`` by ``height`` pixels, ``times_ms`` of each."""

    jpeg: bytes
    columns: int
    width: int
    height: int
    times_ms: tuple[int, ...]


@dataclass(slots=True)
class Measured:
    """What one file was found to hold; complete when ``ended`` and without findings.

    Of sound, for each tenth of a second: ``low`` and ``high`` peaks of -127 to 127, ``level`` (RMS without its mean) in
    tenths of a dB below full scale, at least -1200, ``clipped`` samples in per mille. ``picture_ms``: where the
    picture ends, 0 without one.
    """

    has_picture: bool = False
    has_sound: bool = False
    picture_ms: int = 0
    looks: list[Look] = field(default_factory=list)
    low: array[int] = field(default_factory=lambda: array("b"))
    high: array[int] = field(default_factory=lambda: array("b"))
    level: array[int] = field(default_factory=lambda: array("h"))
    clipped: array[int] = field(default_factory=lambda: array("H"))
    strip: Strip | None = None
    findings: list[Finding] = field(default_factory=list)
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is not as it should be; units as in :class:`Look` and :class:`Measured`.

    ``overexposed_above`` in percent of the picture, ``silent_below`` in dB, ``clipped_above`` in per mille of a second.
    """

    shortest_s: int
    black_below: int
    covered_below: int
    underexposed_below: int
    overexposed_above: int
    blurred_below: int
    frozen_below: int
    silent_below: int
    clipped_above: int


@dataclass(frozen=True, slots=True)
class Span:
    """``value``: the measured value that decided, its mean over the span, in the unit of its threshold."""

    code: AnalysisCode
    from_ms: int
    to_ms: int
    value: int


@dataclass(frozen=True, slots=True)
class _Piece:
    code: AnalysisCode
    from_ms: int
    to_ms: int
    value: int


def spans_of(measured: Measured, thresholds: Thresholds) -> tuple[Span, ...]:
    """The spans that are not as they should be, in the order of time."""
    pieces = [*_seen(measured, thresholds), *_stood(measured.looks, thresholds), *_heard(measured, thresholds)]
    found: list[Span] = []
    for code in AnalysisCode:
        own = [piece for piece in pieces if piece.code is code]
        found += _joined(own, _join(code), thresholds.shortest_s * 1000)
    return tuple(sorted(found, key=lambda span: (span.from_ms, span.to_ms, span.code)))


def judge(look: Look, thresholds: Thresholds) -> tuple[AnalysisCode, int] | None:
    """What is not as it should be in a single picture, with the value that says so; only the worst."""
    if look.brightest < thresholds.black_below:
        return AnalysisCode.BLACK_OR_COVERED, look.brightest
    if look.brightest < thresholds.covered_below and look.detail == NO_DETAIL:
        return AnalysisCode.BLACK_OR_COVERED, look.brightest
    if look.brightest < thresholds.underexposed_below:
        return AnalysisCode.UNDEREXPOSED, look.brightest
    if look.burnt > thresholds.overexposed_above * 10:
        return AnalysisCode.OVEREXPOSED, look.burnt // 10
    if NO_DETAIL < look.detail < thresholds.blurred_below:
        return AnalysisCode.BLURRED, look.detail
    return None


def _seen(measured: Measured, thresholds: Thresholds) -> Iterable[_Piece]:
    """A look stands for the time to half-way to its neighbours, the first and the last one for what is beyond."""
    looks = measured.looks
    if not looks:
        return
    middles = [(look.at_ms + following.at_ms) // 2 for look, following in pairwise(looks)]
    begins, ends = [0, *middles], [*middles, max(measured.picture_ms, looks[-1].at_ms)]
    for look, begin, end in zip(looks, begins, ends, strict=True):
        verdict = judge(look, thresholds)
        if verdict is not None:
            yield _Piece(verdict[0], begin, end, verdict[1])


def _stood(looks: Sequence[Look], thresholds: Thresholds) -> Iterable[_Piece]:
    """A picture that is black or burnt out stands still too: that is said already."""
    told = (AnalysisCode.BLACK_OR_COVERED, AnalysisCode.OVEREXPOSED)
    for before, look in pairwise(looks):
        if look.still is None or look.moved is None:
            continue
        verdict = judge(look, thresholds)
        quiet = look.still < thresholds.frozen_below and look.moved < thresholds.frozen_below * MOVED_RATIO
        if quiet and (verdict is None or verdict[0] not in told):
            yield _Piece(AnalysisCode.FROZEN, before.at_ms, look.at_ms, look.still)


def _heard(measured: Measured, thresholds: Thresholds) -> Iterable[_Piece]:
    silence = thresholds.silent_below * 10
    for number, level in enumerate(measured.level):
        if level < silence:
            yield _Piece(AnalysisCode.SILENT, number * _WINDOW_MS, (number + 1) * _WINDOW_MS, round(level / 10))
    for number in range(0, len(measured.clipped), PER_SECOND):
        second = measured.clipped[number : number + PER_SECOND]
        share = sum(second) // len(second)
        if share > thresholds.clipped_above:
            begin = number * _WINDOW_MS
            yield _Piece(AnalysisCode.CLIPPED, begin, begin + len(second) * _WINDOW_MS, share)


def _join(code: AnalysisCode) -> int:
    if code is AnalysisCode.SILENT:
        return _JOIN_SILENCE_MS
    return _JOIN_CLIPPED_MS if code is AnalysisCode.CLIPPED else _JOIN_PICTURE_MS


def _joined(pieces: Sequence[_Piece], gap_ms: int, shortest_ms: int) -> Iterable[Span]:
    """Pieces of one code, put together where no more than ``gap_ms`` lies between them; too short ones are dropped."""
    runs: list[list[_Piece]] = []
    for piece in pieces:
        if runs and piece.from_ms - runs[-1][-1].to_ms <= gap_ms:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    for run in runs:
        begin, end = run[0].from_ms, run[-1].to_ms
        if end - begin >= shortest_ms:
            yield Span(run[0].code, begin, end, round(sum(piece.value for piece in run) / len(run)))
