"""A part of a recording that is played again and again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loop:
    """What is repeated, in seconds of the file. Nothing is while one of the two ends is missing."""

    a: float | None = None
    b: float | None = None

    def begun(self, at: float) -> Loop:
        """From ``at`` on; an end before it is dropped."""
        return Loop(at, self.b if self.b is not None and self.b > at else None)

    def ended(self, at: float) -> Loop:
        """Up to ``at``, from the beginning of the file when nothing else was said."""
        return Loop(self.a if self.a is not None and self.a < at else 0.0, at) if at > 0 else self

    def is_behind(self, now: float, rate: float) -> bool:
        """Whether it is time to begin again."""
        return self.a is not None and self.b is not None and (now >= self.b if rate > 0 else now <= self.a)

    def start(self, rate: float) -> float:
        """Where it begins again."""
        return (self.a if rate > 0 else self.b) or 0.0
