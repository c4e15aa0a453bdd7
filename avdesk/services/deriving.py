"""Snapshots and clips: recordings made here from others, kept and checked as these are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.media.making import make_clip, make_frame
from avdesk.models import Recording
from avdesk.progress import Control, OnProgress, ignore
from avdesk.services._derivation import Derivation
from avdesk.services._deriving import store, workroom
from avdesk.services._originals import Original, original_of, require_good
from avdesk.services._seconds import require_within
from avdesk.services.desk import Desk, service
from avdesk.terms import CopyState, Kind, Right


@dataclass(frozen=True, slots=True)
class DerivedCopy:
    vault_id: str
    state: CopyState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``index`` is the number of the frame and ``time_s`` its time in ``derived_from``.

    ``stored_path`` is relative to the vault root.
    """

    recording_id: str
    derived_from: str
    index: int | None
    time_s: float
    width: int
    height: int
    sha256: str
    stored_path: str
    copies: tuple[DerivedCopy, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """``mode``: ``copy`` when nothing was encoded, else ``encode``.

    ``first_s`` and ``last_s``: the times in ``derived_from`` of the first and last frame that are really in it.
    """

    recording_id: str
    derived_from: str
    mode: str
    first_s: float
    last_s: float
    first_index: int | None
    last_index: int | None
    sha256: str
    stored_path: str
    copies: tuple[DerivedCopy, ...]
    findings: tuple[Finding, ...]


@service(Right.DERIVE)
def snapshot(
    desk: Desk,
    recording_id: str,
    at_s: float,
    *,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> Snapshot:
    """The frame on the screen at ``at_s`` seconds as a picture in full size: a recording of its own, in every vault.

    Raises :class:`UsageError` for an unknown recording and a time that it does not have, :class:`CopyDamaged`,
    :class:`NotDecoded`, :class:`VaultUnavailable`, :class:`VaultFull`, :class:`EnvironmentFault`, :class:`Cancelled`.
    """
    control = control or Control()
    original = _original(desk, recording_id, at_s)
    place, path = require_good(desk, original, on_progress, control)
    with workroom(desk) as file:
        made = make_frame(path, file, index=None, at_s=at_s, control=control)
        derivation = Derivation(
            how="snapshot",
            recording_id=original.recording_id,
            vault_id=place.vault_id,
            path=original.path,
            sha256=original.expected.sha256,
            from_s=at_s,
            to_s=None,
            first_s=made.time_s,
            last_s=made.time_s,
            first_index=made.index,
            last_index=made.index,
            pts=made.pts,
            mode=None,
        )
        name = f"{_stem(original)}_snapshot_{_clock(made.time_s)}.png"
        outcome, findings = store(desk, file, name, derivation, on_progress, control)
    return Snapshot(
        recording_id=str(outcome.recording_id),
        derived_from=original.recording_id,
        index=made.index,
        time_s=made.time_s,
        width=made.width,
        height=made.height,
        sha256=str(outcome.sha256),
        stored_path=str(outcome.stored_path),
        copies=tuple(DerivedCopy(copy.vault_id, copy.state) for copy in outcome.copies),
        findings=findings,
    )


@service(Right.DERIVE)
def clip(
    desk: Desk,
    recording_id: str,
    from_s: float,
    to_s: float,
    *,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> Clip:
    """What is on the screen from ``from_s`` to ``to_s`` seconds as a film: a recording of its own, in every vault.

    It begins with exactly the frame on the screen at ``from_s``: copied when that is a key frame, else encoded. Raises
    as :func:`snapshot` does, also for a span that does not end after it begins.
    """
    control = control or Control()
    original = _original(desk, recording_id, from_s, to_s)
    place, path = require_good(desk, original, on_progress, control)
    with workroom(desk) as file:
        made = make_clip(path, file, from_s=from_s, to_s=to_s, on_progress=on_progress, control=control)
        derivation = Derivation(
            how="clip",
            recording_id=original.recording_id,
            vault_id=place.vault_id,
            path=original.path,
            sha256=original.expected.sha256,
            from_s=from_s,
            to_s=to_s,
            first_s=made.first_s,
            last_s=made.last_s,
            first_index=made.first_index,
            last_index=made.last_index,
            pts=None,
            mode=made.mode,
        )
        name = f"{_stem(original)}_clip_{_clock(from_s)}_{_clock(to_s)}.{made.extension}"
        outcome, findings = store(desk, file, name, derivation, on_progress, control)
    return Clip(
        recording_id=str(outcome.recording_id),
        derived_from=original.recording_id,
        mode=made.mode,
        first_s=made.first_s,
        last_s=made.last_s,
        first_index=made.first_index,
        last_index=made.last_index,
        sha256=str(outcome.sha256),
        stored_path=str(outcome.stored_path),
        copies=tuple(DerivedCopy(copy.vault_id, copy.state) for copy in outcome.copies),
        findings=findings,
    )


def _original(desk: Desk, recording_id: str, *times: float) -> Original:
    """The recording, when it has these times. Raises :class:`UsageError`."""
    with desk.database.read() as session:
        original = original_of(desk, session, recording_id)
        row = session.get_one(Recording, original.recording_id)
        if len(times) > 1 and row.kind == Kind.PHOTO:
            raise UsageError("NO_FILM", recordings=[original.recording_id])
        require_within(row, *times)
        if len(times) > 1 and times[1] <= times[0]:
            raise UsageError("SPAN_REVERSED", at=f"{times[0]:g}", to=f"{times[1]:g}")
        return original


def _stem(original: Original) -> str:
    return Path(original.name).stem


def _clock(seconds: float) -> str:
    """A time as it can stand in the name of a file: ``00-01-05.340``."""
    milliseconds = int(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}-{minutes % 60:02d}-{rest // 1000:02d}.{rest % 1000:03d}"
