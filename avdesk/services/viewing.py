"""Opening a recording to be looked at: the only way to a file in a vault, and an event of its custody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.progress import Control, OnProgress, ignore
from avdesk.services._originals import check_now, first_with, original_of
from avdesk.services.desk import Desk, service
from avdesk.services.recordings import RecordingFacts, show_recording
from avdesk.terms import CopyState, Right


@dataclass(frozen=True, slots=True)
class Viewing:
    """A recording that is looked at. ``file`` is its copy in ``vault_id``; ``state`` is what was last known of it.

    ``away`` names the vaults asked before that are not connected or do not have it.
    """

    file: str
    vault_id: str
    state: CopyState
    away: tuple[str, ...]
    recording: RecordingFacts


@service(Right.VIEW)
def open_for_viewing(desk: Desk, recording_id: str) -> Viewing:
    """The recording, and the file of its copy in the first vault of this PC that has it; audited as seen.

    Raises :class:`UsageError` for one that is unknown, :class:`VaultUnavailable` when no vault with a copy can be read,
    :class:`EnvironmentFault` with the reason ``COPY_MISSING`` when none has its file.
    """
    with desk.database.read() as session:
        original = original_of(desk, session, recording_id)
    place, asked = first_with(desk, original)
    with desk.database.write() as session:
        facts = {"vault_id": place.vault_id, "path": original.path}
        desk.record(session, "recording.viewed", ("recording", original.recording_id), facts)
    facts_of_it = show_recording(desk, original.recording_id)
    file = str(place.path / original.path)
    return Viewing(file, place.vault_id, original.states[place.vault_id], tuple(asked), facts_of_it)


@dataclass(frozen=True, slots=True)
class Watched:
    """What was on the screen: ``spans`` in milliseconds from the recording's beginning, without overlaps, in order.

    ``seconds`` of the clock on the wall that it was open.
    """

    recording_id: str
    spans: tuple[tuple[int, int], ...]
    seconds: int


@service(Right.VIEW)
def close_viewing(desk: Desk, recording_id: str, watched: Sequence[tuple[int, int]], seconds: int) -> Watched:
    """Write down what was watched of a recording that was opened, and for how long it was open.

    ``watched``: from and to in milliseconds, in any order; a still picture is a span without length. Raises
    :class:`UsageError` for an unknown recording, ``ValueError`` for what is no span.
    """
    spans = _merged(watched)
    with desk.database.write() as session:
        original = original_of(desk, session, recording_id)
        facts = {"spans": [list(span) for span in spans], "seconds": max(int(seconds), 0)}
        desk.record(session, "recording.watched", ("recording", original.recording_id), facts)
    return Watched(original.recording_id, spans, max(int(seconds), 0))


@service(Right.VIEW)
def check_viewed(
    desk: Desk,
    recording_id: str,
    vault_id: str,
    *,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> tuple[Finding, ...]:
    """Read the copy that is looked at back from its medium and compare its digest; its state is kept as by ``verify``.

    Nothing when it is good. Raises :class:`UsageError` for an unknown recording or vault, :class:`VaultUnavailable`,
    :class:`Cancelled`.
    """
    with desk.database.read() as session:
        original = original_of(desk, session, recording_id)
    place = next((each for each in desk.vaults if each.vault_id == vault_id), None)
    if place is None or vault_id not in original.states:
        raise UsageError("VAULT_UNKNOWN", vaults=[vault_id], known=sorted(original.states))
    finding = check_now(desk, original, place, on_progress, control or Control())
    return () if finding is None else (finding,)


def _merged(watched: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in watched):
        if not 0 <= start <= end:
            raise ValueError(f"no span: {start} to {end}")
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
