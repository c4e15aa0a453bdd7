"""Times within a recording, as people give them."""

from __future__ import annotations

import math

from avdesk.errors import UsageError
from avdesk.models import Recording
from avdesk.services._markers import milliseconds
from avdesk.terms import Kind

_LONGEST_SECONDS = 30 * 24 * 3600
"""For recordings of unknown length."""


def end_of(recording: Recording) -> float:
    """The last second there is; a photograph has only its beginning."""
    if recording.kind == Kind.PHOTO:
        return 0.0
    return float(_LONGEST_SECONDS) if recording.duration_s is None else recording.duration_s


def require_within(recording: Recording, *times: float) -> None:
    """Raises :class:`UsageError` for a time that is before the recording's beginning or beyond its end."""
    end_s = end_of(recording)
    for seconds in times:
        if not math.isfinite(seconds) or not 0 <= milliseconds(seconds) <= milliseconds(end_s):
            raise UsageError("TIME_OUT_OF_RANGE", at=str(seconds), end=f"{end_s:g}")
