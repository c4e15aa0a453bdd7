"""Files copied out of the vaults, for a player of their maker say: read from a good copy, verified, and audited."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from avdesk.errors import Cancelled, EnvironmentFault, UsageError, VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import Recording
from avdesk.progress import Control, OnProgress, Progress, ignore
from avdesk.services._fixity import check_copy, write_down
from avdesk.services._matching import VaultReader
from avdesk.services._originals import Original, original_of
from avdesk.services._text import clean, plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import ReadBack, Right
from avdesk.vault.medium import Medium, probe_medium
from avdesk.vault.outside import NotTaken, OutsideFile
from avdesk.vault.root import MARKER, VaultRoot, reason_of

_OF_THIS_FILE = ("EEXIST", "EINVAL", "EILSEQ", "ENAMETOOLONG", "EFBIG", "DIGEST_MISMATCH")
"""Why one file can't lie in a folder that may well take the others."""
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """One file copied out: ``path`` where it lies now, ``size`` in bytes, ``read_back`` how it was read again there."""

    recording_id: str
    path: str
    size: int
    sha256: str
    verified: bool
    read_back: ReadBack


@dataclass(frozen=True, slots=True)
class CopiedOut:
    """What lies in ``folder`` now, and whatever else is not as it should be.

    A file that was not copied is a finding ``NOT_COPIED_OUT`` with its reason; copies in the vaults that are not what
    was collected are findings as by ``verify``.
    """

    folder: str
    files: tuple[CopiedFile, ...]
    findings: tuple[Finding, ...]


@service(Right.EXPORT)
def copy_out(
    desk: Desk,
    recording_ids: Sequence[str],
    folder: Path,
    *,
    reason: str = "",
    with_sidecars: bool = True,
    on_progress: OnProgress = ignore,
    control: Control | None = None,
) -> CopiedOut:
    """Copy recordings under their original names into a folder that is there, each an event of its custody.

    ``with_sidecars``: also what the same card had in the same folder under the same stem. No file is replaced. When the
    disk is full, the folder vanishes or ``control`` is cancelled, nothing half stays, and what was done stays and is
    told. Raises :class:`UsageError` for an unknown recording, a bad reason and a folder within a vault or the
    workspace, :class:`EnvironmentFault` for a folder that can't be opened.
    """
    said = clean("reason", reason, _LONGEST_REASON) if reason.strip() else ""
    place = _place(desk, folder)
    leaving = _leaving(desk, recording_ids, with_sidecars=with_sidecars)
    with _opened(place) as descriptor:
        work = _Work(desk, place, descriptor, said, on_progress, control or Control(), leaving)
        work.run()
    return CopiedOut(str(place), tuple(work.files), tuple(work.findings))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A recording that is to be copied out, under its original ``name``."""

    original: Original
    mtime_ns: int

    @property
    def name(self) -> str:
        return self.original.name


@dataclass(slots=True)
class _Work:
    """One copying out. ``folder`` is a descriptor of ``place``; each byte is read twice, once here and once there."""

    desk: Desk
    place: Path
    folder: int
    reason: str
    on_progress: OnProgress
    control: Control
    leaving: Sequence[_Leaving]
    files: list[CopiedFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _turn: int = 0
    _done: int = 0

    def run(self) -> None:
        medium = probe_medium(self.folder)
        for turn, leaving in enumerate(self.leaving):
            self._turn = turn
            self._done = 2 * sum(each.original.expected.size for each in self.leaving[: self._turn])
            try:
                self._copy(leaving, medium)
            except Cancelled:
                self._stop("CANCELLED")
                return
            except NotTaken as refusal:
                if refusal.reason not in _OF_THIS_FILE:
                    self._stop(refusal.reason)
                    return
                self._not_copied(leaving, refusal.reason)

    def _stop(self, why: str) -> None:
        """The file at hand was not copied for this reason, the rest was not reached."""
        self._not_copied(self.leaving[self._turn], why)
        for leaving in self.leaving[self._turn + 1 :]:
            self._not_copied(leaving, "CANCELLED" if why == "CANCELLED" else "NOT_TRIED")

    def _not_copied(self, leaving: _Leaving, why: str) -> None:
        facts = {"recording_id": leaving.original.recording_id, "folder": str(self.place), "reason": why}
        self.findings.append(Finding("NOT_COPIED_OUT", leaving.name, facts))

    def _copy(self, leaving: _Leaving, medium: Medium) -> None:
        """Raises :class:`NotTaken` for what the folder refuses, :class:`Cancelled`; then nothing of it stays."""
        self.control.check()
        expected = leaving.original.expected
        with OutsideFile(self.folder, leaving.name) as file:
            vault_id = self._fill(leaving, file)
            if vault_id is None:
                return
            file.finish(leaving.mtime_ns)
            found, method = file.digest(medium, self._watch)
            if found != expected.sha256:
                raise NotTaken("DIGEST_MISMATCH")
            with self.desk.database.write() as session:
                facts = {
                    "folder": plain(str(self.place)),
                    "file": plain(leaving.name),
                    "sha256": found,
                    "vault_id": vault_id,
                    "reason": self.reason,
                }
                self.desk.record(session, "recording.copied_out", ("recording", expected.recording_id), facts)
                file.rename()
            file.keep()
        path = str(self.place / leaving.name)
        self.files.append(CopiedFile(expected.recording_id, path, expected.size, found, True, method))

    def _fill(self, leaving: _Leaving, file: OutsideFile) -> str | None:
        """The vault whose copy was written, the first that is good; ``None`` when none is, with findings why."""
        original, begun = leaving.original, self._done
        away: list[Finding] = []
        for place in self.desk.vaults:
            if place.vault_id not in original.states:
                continue
            self._done = begun
            file.begin_again()

            def take(piece: memoryview) -> None:
                self._watch(piece)
                file.write(piece)

            try:
                with VaultRoot(place) as vault:
                    found = check_copy(VaultReader(vault), original.bag, original.expected, take)
            except VaultUnavailable as unavailable:
                away.append(Finding("VAULT_UNAVAILABLE", original.path, unavailable.facts))
                continue
            write_down(self.desk, place.vault_id, [found])
            if found.finding is None:
                return place.vault_id
            self.findings.append(found.finding)
        self.findings.extend(away)
        self._not_copied(leaving, "NO_GOOD_COPY")
        return None

    def _watch(self, piece: memoryview) -> None:
        self.control.check()
        self._done += len(piece)
        total = 2 * sum(each.original.expected.size for each in self.leaving)
        name = self.leaving[self._turn].name
        self.on_progress(Progress("copy-out", name, self._turn, len(self.leaving), self._done, total))


def _place(desk: Desk, folder: Path) -> Path:
    """The folder's real path. Raises :class:`UsageError` within the workspace and any vault, this PC's or another's."""
    try:
        place = folder.resolve(strict=True)
        kept = [desk.workspace.resolve(), *(vault.path.resolve() for vault in desk.vaults)]
        inside = any(place.is_relative_to(each) for each in kept)
        inside = inside or any((above / MARKER).exists() for above in (place, *place.parents))
    except (OSError, RuntimeError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise EnvironmentFault(file=str(folder), reason=reason) from error
    if inside:
        raise UsageError("OUTPUT_NOT_ALLOWED", file=str(folder))
    return place


@contextmanager
def _opened(place: Path) -> Iterator[int]:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise EnvironmentFault(file=str(place), reason=reason_of(error)) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _leaving(desk: Desk, recording_ids: Sequence[str], *, with_sidecars: bool) -> list[_Leaving]:
    """Each recording once, its sidecars after it. Raises :class:`UsageError` for those that are unknown."""
    found: dict[str, _Leaving] = {}
    with desk.database.read() as session:
        for wanted in recording_ids:
            original = original_of(desk, session, wanted)
            row = session.get_one(Recording, original.recording_id)
            rows = [row]
            if with_sidecars:
                of_card = visible(desk).where(Recording.ingest_id == row.ingest_id).order_by(Recording.original_path)
                rows += [each for each in session.scalars(of_card) if _belongs(each, row)]
            for each in rows:
                found.setdefault(each.id, _Leaving(original_of(desk, session, each.id), each.mtime_ns))
    return list(found.values())


def _belongs(other: Recording, row: Recording) -> bool:
    """Whether it lay beside the other one under the same stem, in whatever case: cards know none."""
    return other.id != row.id and _stem(other.original_path) == _stem(row.original_path)


def _stem(path: bytes) -> tuple[bytes, bytes]:
    folder, _, name = path.rpartition(b"/")
    return folder, (name.rpartition(b".")[0] or name).lower()
