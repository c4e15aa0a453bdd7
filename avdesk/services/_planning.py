"""What a plan is, and how one is made; nothing is written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from avdesk.errors import VaultUnavailable
from avdesk.findings import Finding
from avdesk.media.facts import MediaFacts
from avdesk.media.worker import MediaWorker
from avdesk.models import Recording
from avdesk.policy import PROBE_SECONDS
from avdesk.progress import Control, OnProgress, Progress
from avdesk.recorders.names import is_system_file, kind_of
from avdesk.recorders.profiles import recognise
from avdesk.recorders.scanning import Scan, Source, SourceFile
from avdesk.services._matching import Earlier, VaultReader, by_digest, by_name_size_mtime, by_path, same_content
from avdesk.services._sources import SourceChoice, source_key, volume_of
from avdesk.services._times import at_ns, moments
from avdesk.services.desk import Desk, visible
from avdesk.terms import Kind, MatchedBy, PlanState
from avdesk.vault.copying import source_digest
from avdesk.vault.root import VaultRoot

SYSTEM_FILE = "SYSTEM_FILE"
MEDIA = frozenset({Kind.VIDEO, Kind.AUDIO, Kind.PHOTO})
_OVERHEAD = 1 << 20
_OVERHEAD_PER_FILE = 8 << 10


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """``size`` in bytes; ``mtime`` for reading, ``mtime_ns`` exact, as text; ``earlier`` is the recording matched."""

    path: str
    size: int | None
    mtime: datetime | None
    mtime_ns: str | None
    kind: Kind
    recorded_at: datetime | None
    duration_s: float | None
    state: PlanState
    matched_by: MatchedBy | None
    reason: str | None
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes; ``free`` is ``None`` when the vault is away."""

    vault_id: str
    needed: int
    free: int | None
    enough: bool


@dataclass(frozen=True, slots=True)
class PlanTotals:
    files: int
    bytes: int
    new: int
    new_bytes: int
    collected: int
    differs: int
    skipped: int


@dataclass(frozen=True, slots=True)
class RecorderFacts:
    profile: str | None
    make: str | None
    model: str | None
    serial: str | None
    asset_number: str | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What collecting a source would do; it is handed to ``ingest`` as it is. ``findings``: folders not readable."""

    source: str
    source_key: str
    only: tuple[str, ...] | None
    fingerprint: str
    recorder: RecorderFacts
    files: tuple[PlannedFile, ...]
    space: tuple[Space, ...]
    totals: PlanTotals
    findings: tuple[Finding, ...]

    @property
    def choice(self) -> SourceChoice:
        return SourceChoice(Path(self.source), None if self.only is None else frozenset(map(os.fsencode, self.only)))


@dataclass(frozen=True, slots=True)
class _Match:
    state: PlanState
    by: MatchedBy | None = None
    earlier: Earlier | None = None


def make_plan(
    desk: Desk, choice: SourceChoice, *, compare_contents: bool, probe: bool, on_progress: OnProgress, control: Control
) -> IngestPlan:
    """Scan, match and, when ``probe``, read the metadata of what is new."""
    key = source_key(choice, volume_of(choice))
    with Source(choice.root, choice.only) as source:
        scan = source.scan()
        regular = [file for file in scan.files if not is_system_file(os.fsdecode(file.path))]
        matches = _match(desk, source, key, regular, compare_contents, on_progress, control)
    facts = _probe(desk, choice, regular, matches, on_progress, control) if probe else {}
    known = _known(desk, matches)
    files = [_planned(desk, file, matches[file.path], facts, known) for file in regular]
    files += [_skipped(desk, file.path, SYSTEM_FILE, file) for file in scan.files if file.path not in matches]
    files += [_skipped(desk, other.path, other.reason, None) for other in scan.others]
    files.sort(key=lambda file: os.fsencode(file.path))
    return IngestPlan(
        source=choice.text,
        source_key=key,
        only=None if choice.only is None else tuple(sorted(map(os.fsdecode, choice.only))),
        fingerprint=scan.fingerprint,
        recorder=recorder_of(scan),
        files=tuple(files),
        space=space_for(desk, [file for file in files if file.state in (PlanState.NEW, PlanState.DIFFERS)]),
        totals=_totals(files),
        findings=scan.findings,
    )


def count_new(desk: Desk, scan: Scan) -> int:
    """How many files of a scan were not collected yet, by name, size and mtime."""
    files = [file for file in scan.files if not is_system_file(os.fsdecode(file.path))]
    if not desk.vaults:
        return len(files)
    with desk.database.read() as session:
        known = by_name_size_mtime(session, desk.first_vault.vault_id, files)
    return len(files) - len(known)


def recorder_of(scan: Scan) -> RecorderFacts:
    """Which recorder wrote this card, and why we think so."""
    match = recognise(os.fsdecode(file.path) for file in scan.files)
    if match is None:
        return RecorderFacts(None, None, None, None, None, ())
    return RecorderFacts(match.profile, match.make, match.model, match.serial, None, match.why)


def space_for(desk: Desk, files: Sequence[PlannedFile]) -> tuple[Space, ...]:
    """Whether each vault can take these files, with something to spare for its tag files."""
    needed = sum(file.size or 0 for file in files) + _OVERHEAD + _OVERHEAD_PER_FILE * len(files)
    rows = []
    for place in desk.vaults:
        try:
            with VaultRoot(place) as vault:
                free = vault.free()
        except VaultUnavailable:
            rows.append(Space(place.vault_id, needed, None, False))
        else:
            rows.append(Space(place.vault_id, needed, free, free >= needed))
    return tuple(rows)


def _match(
    desk: Desk,
    source: Source,
    key: str,
    files: Sequence[SourceFile],
    compare_contents: bool,
    on_progress: OnProgress,
    control: Control,
) -> dict[bytes, _Match]:
    if not desk.vaults:
        return {file.path: _Match(PlanState.NEW) for file in files}
    place = desk.vaults[0]
    with desk.database.read() as session:
        named = by_name_size_mtime(session, place.vault_id, files)
        before = by_path(session, place.vault_id, key, files)
    try:
        with VaultRoot(place) as vault:
            reader = VaultReader(vault)
            named = {path: earlier for path, earlier in named.items() if reader.holds(earlier)}
    except VaultUnavailable:
        pass  # collecting will say so; what was collected stays known
    matches = {
        file.path: _Match(PlanState.COLLECTED, MatchedBy.NAME_SIZE_MTIME, named[file.path])
        if file.path in named
        else _Match(PlanState.DIFFERS if file.path in before else PlanState.NEW)
        for file in files
    }
    if compare_contents:
        matches.update(_compare(desk, source, files, matches, on_progress, control))
    return matches


def _compare(
    desk: Desk,
    source: Source,
    files: Sequence[SourceFile],
    matches: Mapping[bytes, _Match],
    on_progress: OnProgress,
    control: Control,
) -> dict[bytes, _Match]:
    """Read every file and match it by content alone; what can't be read stays as it was matched."""
    total = sum(file.size for file in files)
    done = 0
    digests: dict[bytes, str] = {}

    def advance(path: bytes, count: int) -> None:
        nonlocal done
        done += count
        on_progress(Progress("compare", os.fsdecode(path), len(digests), len(files), done, total))

    for file in files:
        with contextlib.suppress(OSError):
            digests[file.path] = source_digest(source.open_file, file.path, control, advance)
    with desk.database.read() as session:
        known = by_digest(session, desk.vaults[0].vault_id, digests.values(), None)
    found: dict[bytes, _Match] = {}
    for file in files:
        if file.path not in digests:
            continue
        earlier = same_content(file.path.rpartition(b"/")[2], file.size, known.get(digests[file.path], []))
        if earlier is not None:
            found[file.path] = _Match(PlanState.COLLECTED, MatchedBy.CONTENT, earlier)
        elif matches[file.path].state is not PlanState.NEW:
            found[file.path] = _Match(PlanState.DIFFERS)
    return found


def _probe(
    desk: Desk,
    choice: SourceChoice,
    files: Sequence[SourceFile],
    matches: Mapping[bytes, _Match],
    on_progress: OnProgress,
    control: Control,
) -> dict[bytes, MediaFacts]:
    wanted = [file for file in files if matches[file.path].earlier is None and kind_of(_name(file.path)) in MEDIA]
    found: dict[bytes, MediaFacts] = {}
    with MediaWorker(seconds=desk.policy[PROBE_SECONDS]) as worker:
        for file in wanted:
            control.check()
            on_progress(Progress("probe", os.fsdecode(file.path), len(found), len(wanted), 0, 0))
            found[file.path] = worker.probe(choice.root / os.fsdecode(file.path), _name(file.path))
    return found


def _known(desk: Desk, matches: Mapping[bytes, _Match]) -> dict[str, tuple[datetime, float | None]]:
    """Recorded time and duration of what was collected earlier."""
    ids = [match.earlier.recording_id for match in matches.values() if match.earlier is not None]
    found: dict[str, tuple[datetime, float | None]] = {}
    with desk.database.read() as session:
        for start in range(0, len(ids), 500):
            part = Recording.id.in_(ids[start : start + 500])
            for row in session.scalars(visible(desk).where(part)):
                found[row.id] = (row.recorded_at, row.duration_s)
    return found


def _planned(
    desk: Desk,
    file: SourceFile,
    match: _Match,
    facts: Mapping[bytes, MediaFacts],
    known: Mapping[str, tuple[datetime, float | None]],
) -> PlannedFile:
    read = facts.get(file.path, MediaFacts())
    recorded_at = moments(_name(file.path), file.mtime_ns, read.times, desk.zone)[0].at
    duration = read.duration_s
    earlier = match.earlier.recording_id if match.earlier is not None else None
    if earlier is not None:
        recorded_at, duration = known[earlier]
    return PlannedFile(
        path=os.fsdecode(file.path),
        size=file.size,
        mtime=at_ns(file.mtime_ns).astimezone(desk.zone),
        mtime_ns=str(file.mtime_ns),
        kind=kind_of(_name(file.path)),
        recorded_at=recorded_at.astimezone(desk.zone),
        duration_s=duration,
        state=match.state,
        matched_by=match.by,
        reason=None,
        earlier=earlier,
    )


def _skipped(desk: Desk, path: bytes, reason: str, file: SourceFile | None) -> PlannedFile:
    return PlannedFile(
        path=os.fsdecode(path),
        size=file.size if file is not None else None,
        mtime=at_ns(file.mtime_ns).astimezone(desk.zone) if file is not None else None,
        mtime_ns=str(file.mtime_ns) if file is not None else None,
        kind=Kind.OTHER,
        recorded_at=None,
        duration_s=None,
        state=PlanState.SKIPPED,
        matched_by=None,
        reason=reason,
        earlier=None,
    )


def _totals(files: Sequence[PlannedFile]) -> PlanTotals:
    def count(state: PlanState) -> int:
        return sum(file.state is state for file in files)

    return PlanTotals(
        files=len(files),
        bytes=sum(file.size or 0 for file in files),
        new=count(PlanState.NEW),
        new_bytes=sum(file.size or 0 for file in files if file.state in (PlanState.NEW, PlanState.DIFFERS)),
        collected=count(PlanState.COLLECTED),
        differs=count(PlanState.DIFFERS),
        skipped=count(PlanState.SKIPPED),
    )


def _name(path: bytes) -> str:
    return os.fsdecode(path.rpartition(b"/")[2])
