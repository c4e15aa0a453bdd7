"""One exact frame of a recording as a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import UsageError
from avdesk.media.making import make_frame
from avdesk.progress import Control, OnProgress, ignore
from avdesk.services._originals import original_of, require_good
from avdesk.services._output import replacing, require_free
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service
from avdesk.terms import Right


@dataclass(frozen=True, slots=True)
class Frame:
    """``index`` counts displayed frames from 0, ``None`` when it can't be told; ``pts`` as in the file.

    ``time_s`` from the recording's beginning; ``width`` and ``height`` in pixels as displayed. ``source_sha256``: of
    the copy that was read for it now.
    """

    recording_id: str
    index: int | None
    pts: int
    time_s: float
    width: int
    height: int
    source_sha256: str
    output: str


@service(Right.VIEW)
def extract_frame(
    desk: Desk,
    recording_id: str,
    output: Path,
    *,
    index: int | None = None,
    at_s: float = 0.0,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> Frame:
    """Write the frame of that number, else the last one that is not after ``at_s`` seconds, as PNG in full size.

    The copy is read from its medium before; nothing is made of one that is not as it was registered. Raises
    :class:`CopyDamaged`, :class:`NotDecoded`, :class:`UsageError` for an unknown recording or frame and for an
    ``output`` that is not free, :class:`EnvironmentFault`, :class:`Cancelled`; then what was there stays.
    """
    control = control or Control()
    if not math.isfinite(at_s) or at_s < 0:
        raise UsageError("TIME_OUT_OF_RANGE", at=str(at_s), end="∞")
    require_free(desk, output)
    with desk.database.read() as session:
        original = original_of(desk, session, recording_id)
    place, path = require_good(desk, original, on_progress, control)
    with replacing(output) as file:
        made = make_frame(path, file, index=index, at_s=at_s, control=control)
    with desk.database.write() as session:
        facts = {"index": made.index, "vault_id": place.vault_id, "file": plain(output.name)}
        desk.record(session, "recording.frame", ("recording", original.recording_id), facts)
    return Frame(
        recording_id=original.recording_id,
        index=made.index,
        pts=made.pts,
        time_s=made.time_s,
        width=made.width,
        height=made.height,
        source_sha256=original.expected.sha256,
        output=str(output),
    )
