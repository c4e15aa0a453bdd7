"""What the seek bar draws: one line of time with everything that is known of it. Times in seconds of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from avdesk.services.timelines import Gap, Segment, Timeline
from avdesk.ui import formats
from avdesk.ui.texts import translate


@dataclass(frozen=True, slots=True)
class Flag:
    """A marker: the digit of its kind, or none, and the words that stand beside it."""

    at: float
    to: float | None
    sign: str
    words: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Something found in picture or sound. ``tone`` is a colour's name."""

    starts: float
    ends: float
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Wave:
    """The loudness of one segment: so many peaks a second, each from 0 to 255."""

    starts: float
    per_second: float
    peaks: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """``length`` 0: nothing is open, or its length is not known."""

    length: float = 0.0
    seams: Sequence[float] = ()
    gaps: Sequence[Gap] = ()
    waves: Sequence[Wave] = ()
    picture: Sequence[Band] = ()
    sound: Sequence[Band] = ()
    flags: Sequence[Flag] = ()
    analysed: bool = False
    """Whether picture and sound were looked at, so that their lanes are there."""

    def words_at(self, at: float, near: float) -> str:
        """What is there at a time, or within ``near`` seconds of it: a gap, a marker, something found."""
        gap = next((gap for gap in self.gaps if gap.starts_s <= at <= gap.starts_s + gap.length_s), None)
        told = [gap_words(gap)] if gap is not None else []
        told += [flag.words for flag in self.flags if abs(flag.at - at) <= near]
        told += [band.words for band in (*self.picture, *self.sound) if band.starts - near <= at <= band.ends + near]
        return "\n".join(told)


def gap_words(gap: Gap) -> str:
    """How long nothing was recorded."""
    return translate("player", "Gap of {span}").format(span=formats.span(gap.seconds))


@dataclass(slots=True)
class Reel:
    """The recordings on the line, and which one is played."""

    segments: Sequence[Segment] = ()
    gaps: Sequence[Gap] = ()
    index: int = 0
    _ids: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, timeline: Timeline, recording_id: str) -> Reel:
        """The line with one of its recordings being played."""
        ids = [segment.recording_id for segment in timeline.segments]
        return cls(timeline.segments, timeline.gaps, ids.index(recording_id) if recording_id in ids else 0, ids)

    @property
    def length(self) -> float:
        last = self.segments[-1] if self.segments else None
        return last.starts_s + last.duration_s if last is not None else 0.0

    @property
    def seams(self) -> list[float]:
        return [segment.starts_s for segment in self.segments[1:]]

    @property
    def starts(self) -> float:
        """Where the recording that is played begins on the line."""
        return self.segments[self.index].starts_s if self.segments else 0.0

    def has(self, recording_id: str) -> bool:
        return recording_id in self._ids

    def turn_to(self, recording_id: str) -> None:
        """That one is played now."""
        self.index = self._ids.index(recording_id)

    def place(self, recording_id: str, seconds: float) -> float:
        """Seconds of a recording as seconds of the line."""
        return self.segments[self._ids.index(recording_id)].starts_s + seconds

    def at(self, place: float) -> tuple[str, float]:
        """Which recording is played at a place of the line, and its own seconds there; in a gap the next one begins."""
        for segment in self.segments:
            if place < segment.starts_s + segment.duration_s:
                return segment.recording_id, max(place - segment.starts_s, 0.0)
        last = self.segments[-1]
        return last.recording_id, last.duration_s

    def next(self) -> str | None:
        """The recording that follows the one that is played."""
        following = self.index + 1
        return self.segments[following].recording_id if following < len(self.segments) else None
