"""What the analysis found on the line: waves, lanes, small pictures. Read from the cache, never worked out here."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage

from avdesk.progress import Control, OnProgress
from avdesk.services.analysis import Analysis, AnalysisSpan, Filmstrip, Waveform, analysis_of
from avdesk.services.desk import Desk
from avdesk.terms import AnalysisCode
from avdesk.ui import formats
from avdesk.ui.pages.player_line import Band, Wave
from avdesk.ui.pages.player_side import Found
from avdesk.ui.runner import QUERY
from avdesk.ui.texts import translate, word

if TYPE_CHECKING:
    from avdesk.ui.pages.player import PlayerPage

_SOUND = frozenset({AnalysisCode.SILENT, AnalysisCode.CLIPPED})
_LOOKS: Mapping[AnalysisCode, tuple[str, str, str]] = MappingProxyType(
    {
        # the tone of its band; the sign and its tone at the side
        AnalysisCode.BLACK_OR_COVERED: ("badsolid", "eye-off", "bad"),
        AnalysisCode.FROZEN: ("warnsolid", "player-pause", "warn"),
        AnalysisCode.BLURRED: ("warnsolid", "circle-dashed", "warn"),
        AnalysisCode.OVEREXPOSED: ("warnsolid", "sun", "warn"),
        AnalysisCode.UNDEREXPOSED: ("warnsolid", "moon", "warn"),
        AnalysisCode.SILENT: ("text3", "volume-off", "text2"),
        AnalysisCode.CLIPPED: ("warnsolid", "volume", "warn"),
    }
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of one recording, with the sheet of its small pictures."""

    analysis: Analysis
    sheet: QImage | None
    peaks: bytes


class Sights(QObject):
    """Of all recordings on the line."""

    changed = Signal()

    def __init__(self, page: PlayerPage) -> None:
        super().__init__(page)
        self._page = page
        self._known: dict[str, Sight] = {}

    def load(self) -> None:
        """Read what there is now."""
        ids = [segment.recording_id for segment in self._page.reel.segments]
        self._page.runner.start(partial(_read, self._page.desk, ids), lane=QUERY, on_success=self._take)

    def clear(self) -> None:
        """Nothing is open."""
        self._known = {}

    @property
    def analysed(self) -> bool:
        """Whether picture or sound of anything on the line was looked at."""
        return any(sight.analysis.state is not None for sight in self._known.values())

    @property
    def waves(self) -> list[Wave]:
        reel = self._page.reel
        return [
            Wave(reel.place(recording_id, 0.0), sight.analysis.waveform.per_second, sight.peaks)
            for recording_id, sight in self._known.items()
            if sight.analysis.waveform is not None
        ]

    def bands(self, *, sound: bool) -> list[Band]:
        """What was found in the sound, or in the picture."""
        place = self._page.reel.place
        made = []
        for recording_id, span in self._spans():
            if (span.code in _SOUND) is sound:
                starts, ends = place(recording_id, span.from_s), place(recording_id, span.to_s)
                made.append(Band(starts, ends, _LOOKS[span.code][0], _words(span)))
        return made

    @property
    def found(self) -> list[Found]:
        """The same as rows."""
        place = self._page.reel.place
        return [
            Found(*_LOOKS[span.code][1:], _words(span), place(recording_id, span.from_s))
            for recording_id, span in self._spans()
        ]

    def _spans(self) -> Iterator[tuple[str, AnalysisSpan]]:
        for recording_id, sight in self._known.items():
            for span in sight.analysis.spans:
                yield recording_id, span

    def picture_at(self, place: float) -> QImage | None:
        """The small picture of a place of the line."""
        reel = self._page.reel
        if not reel.segments:
            return None
        recording_id, seconds = reel.at(place)
        sight = self._known.get(recording_id)
        if sight is None or sight.sheet is None or sight.analysis.filmstrip is None:
            return None
        return _cut(sight.sheet, sight.analysis.filmstrip, seconds)

    def _take(self, found: Mapping[str, Sight]) -> None:
        self._known = {one: sight for one, sight in found.items() if self._page.reel.has(one)}
        self.changed.emit()


def _read(desk: Desk, recording_ids: Sequence[str], _on_progress: OnProgress, control: Control) -> Mapping[str, Sight]:
    found: dict[str, Sight] = {}
    for recording_id in recording_ids:
        control.check()
        analysis = analysis_of(desk, recording_id)
        sheet = QImage(str(analysis.filmstrip.file)) if analysis.filmstrip is not None else None
        peaks = _loudness(analysis.waveform) if analysis.waveform is not None else b""
        found[recording_id] = Sight(analysis, sheet if sheet is not None and not sheet.isNull() else None, peaks)
    return found


def _loudness(waveform: Waveform) -> bytes:
    """The louder half of each part, from 0 to 255."""
    peaks = array("b", waveform.peaks)
    return bytes(min(2 * max(-low, high, 0), 255) for low, high in zip(peaks[0::2], peaks[1::2], strict=True))


def _cut(sheet: QImage, strip: Filmstrip, seconds: float) -> QImage:
    number = max(bisect_right(strip.times_s, seconds) - 1, 0)
    row, column = divmod(number, strip.columns)
    return sheet.copy(QRect(column * strip.width, row * strip.height, strip.width, strip.height))


def _words(span: AnalysisSpan) -> str:
    told = {"what": word(span.code), "span": formats.span(span.to_s - span.from_s)}
    return translate("player", "{what} {span}").format(**told)
