"""Cases, and the recordings that belong to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from avdesk.db import page, parts
from avdesk.errors import StaleEdit, UsageError
from avdesk.findings import Finding
from avdesk.models import AuditEvent, CaseFile, CaseRecording, Recording, new_id
from avdesk.services._case_numbers import CaseNumber, parse_case_number
from avdesk.services._case_rows import (
    CaseFacts,
    CaseOrder,
    CasePlace,
    CaseRow,
    CaseWish,
    count_of,
    counted,
    facts_of,
    page_of,
    row_of,
)
from avdesk.services._cases import find_case
from avdesk.services._text import clean, plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Right

__all__ = [
    "CaseDetails",
    "CaseFacts",
    "CaseOrder",
    "CasePage",
    "CasePlace",
    "CaseRow",
    "Cases",
    "LabelsMade",
    "Linked",
    "NewCase",
    "ReadNumber",
    "add_case",
    "edit_case",
    "find_cases",
    "link_recordings",
    "list_cases",
    "read_number",
    "show_case",
    "unlink_recordings",
]

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class NewCase:
    """``findings`` has NUMBER_NOT_RECOGNISED when the number is of no known form."""

    case_id: str
    number: str
    normalised: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    cases: tuple[CaseFacts, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """``linked``: how many of the recordings named now belong to the case; ``already``: how many of them did before."""

    linked: int
    already: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """``next``: where to go on, ``None`` at the end."""

    cases: tuple[CaseRow, ...]
    total: int
    next: CasePlace | None


@dataclass(frozen=True, slots=True)
class LabelsMade:
    """The labels of a case, when they were made last. ``outdated``: case or footage changed afterwards."""

    at: datetime
    by: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """A case and what belongs to it. ``size`` in bytes, of all its recordings; ``first`` and ``last`` are when they
    begin and end. ``missing``: ``NO_FOOTAGE``, ``NO_LABELS``, ``LABELS_OUTDATED``.
    """

    case: CaseRow
    recognised: bool
    size: int
    first: datetime | None
    last: datetime | None
    labels: LabelsMade | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A case number as it would be kept; ``taken`` is the case that has it already."""

    normalised: str
    recognised: bool
    taken: CaseFacts | None


@service(Right.CASES)
def add_case(desk: Desk, number: str, title: str, party: str | None = None) -> NewCase:
    """Open a case. Raises :class:`UsageError` when its number, compared normalised, is there already."""
    number, title, party, parsed = _clean(number, title, party)
    with desk.database.write() as session:
        _require_free(session, parsed)
        case = CaseFile(
            id=new_id(),
            number=number,
            normalised=parsed.normalised,
            title=title,
            party=party,
            opened_at=datetime.now(UTC),
        )
        session.add(case)
        desk.record(session, "case.added", ("case", case.id), {"number": number, "title": title, "party": party})
        return NewCase(case.id, number, parsed.normalised, _found(parsed, number))


@service(Right.CASES)
def edit_case(desk: Desk, case_id: str, version: int, title: str, party: str | None, number: str) -> NewCase:
    """Change what is written of a case; ``version`` is the one that was read.

    Raises :class:`StaleEdit` when somebody else changed the case since then, and :class:`UsageError` as
    :func:`add_case` does; nothing is overwritten then.
    """
    number, title, party, parsed = _clean(number, title, party)
    with desk.database.write() as session:
        case = session.get(CaseFile, plain(case_id))
        if case is None:
            raise UsageError("CASE_UNKNOWN", number=number)
        if case.version != version:
            raise StaleEdit(case_id=case.id)
        _require_free(session, parsed, case.id)
        before = {"number": case.number, "title": case.title, "party": case.party}
        after = {"number": number, "title": title, "party": party}
        if after != before:
            case.number, case.title, case.party, case.normalised = number, title, party, parsed.normalised
            changed = {key: value for key, value in after.items() if value != before[key]}
            facts = {"from": {key: before[key] for key in changed}, "to": changed}
            desk.record(session, "case.changed", ("case", case.id), facts)
    return NewCase(case.id, number, parsed.normalised, _found(parsed, number))


@service(Right.CASES)
def unlink_recordings(desk: Desk, number: str, recording_ids: Sequence[str], reason: str) -> int:
    """Take recordings out of a case, with the reason; they stay in the vault. How many were in it."""
    reason = clean("reason", reason, 1000)
    with desk.database.write() as session:
        case = find_case(session, number)
        removed = 0
        for recording_id in dict.fromkeys(map(plain, recording_ids)):
            link = session.get(CaseRecording, (case.id, recording_id))
            if link is None:
                continue
            session.delete(link)
            facts = {"case_id": case.id, "number": case.number, "reason": reason}
            desk.record(session, "recording.unlinked", ("recording", recording_id), facts)
            removed += 1
        return removed


@service(Right.CASES)
def link_recordings(desk: Desk, number: str, recording_ids: Sequence[str]) -> Linked:
    """Tie recordings to a case; all of them or none. Raises :class:`UsageError` naming every unknown one."""
    wanted = list(dict.fromkeys(map(plain, recording_ids)))
    with desk.database.write() as session:
        case = find_case(session, number)
        known: set[str] = set()
        already: set[str] = set()
        for part in parts(wanted):
            known.update(session.scalars(visible(desk).with_only_columns(Recording.id).where(Recording.id.in_(part))))
            links = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
            already.update(session.scalars(links.where(CaseRecording.recording_id.in_(part))))
        unknown = [recording_id for recording_id in wanted if recording_id not in known]
        if unknown:
            raise UsageError("RECORDING_UNKNOWN", recordings=unknown)
        now = datetime.now(UTC)
        for recording_id in wanted:
            if recording_id in already:
                continue
            session.add(
                CaseRecording(case_id=case.id, recording_id=recording_id, linked_by_id=desk.person_id, linked_at=now)
            )
            facts = {"case_id": case.id, "number": case.number}
            desk.record(session, "recording.linked", ("recording", recording_id), facts)
        return Linked(len(wanted), len(already))


@service(Right.VIEW)
def list_cases(desk: Desk, limit: int = 100, after: str | None = None) -> Cases:
    """Cases, newest first, a page at a time."""
    with desk.database.read() as session:
        rows, following = page(session, counted(), (CaseFile.id,), limit, after)
        total = session.scalar(select(func.count()).select_from(CaseFile)) or 0
        return Cases(tuple(facts_of(desk, case, number) for case, number in rows), total, following)


@service(Right.VIEW)
def find_cases(
    desk: Desk,
    query: str = "",
    limit: int = 100,
    after: CasePlace | None = None,
    *,
    order: CaseOrder = CaseOrder.OPENED,
    descending: bool = True,
) -> CasePage:
    """Cases whose number (as typed or normalised), title or party holds ``query``, newest first or in another order of
    all of them, a page at a time. Raises :class:`UsageError` for a limit below one.
    """
    with desk.database.read() as session:
        rows, following = page_of(desk, session, CaseWish(query, order, descending), limit, after)
        return CasePage(rows, count_of(session, query), following)


@service(Right.VIEW)
def show_case(desk: Desk, case_id: str) -> CaseDetails:
    """A case with what is missing. Raises :class:`UsageError` for an unknown one."""
    with desk.database.read() as session:
        found = session.execute(counted().where(CaseFile.id == plain(case_id))).one_or_none()
        if found is None:
            raise UsageError("CASE_UNKNOWN", number=case_id)
        case, number = found
        labels = _labels_made(desk, session, case)
        size, first, last = _extent(desk, session, case)
        missing = []
        if not number:
            missing.append("NO_FOOTAGE")
        if labels is None:
            missing.append("NO_LABELS")
        elif labels.outdated:
            missing.append("LABELS_OUTDATED")
        row = row_of(desk, case, number, labels is not None)
        recognised = parse_case_number(case.number).recognised
        return CaseDetails(row, recognised, size, first, last, labels, tuple(missing))


@service(Right.VIEW)
def read_number(desk: Desk, text: str, except_id: str | None = None) -> ReadNumber:
    """How a number would be kept while it is being typed, and which case, ``except_id`` aside, has it."""
    parsed = parse_case_number(plain(text))
    with desk.database.read() as session:
        same = counted().where(CaseFile.normalised == parsed.normalised, CaseFile.id != (except_id or ""))
        taken = session.execute(same).one_or_none()
        facts = facts_of(desk, taken[0], taken[1]) if taken is not None else None
        return ReadNumber(parsed.normalised, parsed.recognised, facts)


def _clean(number: str, title: str, party: str | None) -> tuple[str, str, str | None, CaseNumber]:
    number, title = clean("number", number, _LONGEST), clean("title", title, 1000)
    party = clean("party", party, 1000) if party is not None else None
    parsed = parse_case_number(number)
    if len(parsed.normalised) > _LONGEST:
        raise UsageError("TOO_LONG", field="number", limit=_LONGEST)
    return number, title, party, parsed


def _require_free(session: Session, parsed: CaseNumber, own: str | None = None) -> None:
    taken = session.scalars(select(CaseFile).where(CaseFile.normalised == parsed.normalised)).first()
    if taken is not None and taken.id != own:
        raise UsageError("CASE_EXISTS", number=taken.number, title=taken.title)


def _found(parsed: CaseNumber, number: str) -> tuple[Finding, ...]:
    return () if parsed.recognised else (Finding("NUMBER_NOT_RECOGNISED", None, {"number": number}),)


def _labels_events(ids: Sequence[str]) -> Select[AuditEvent]:
    return select(AuditEvent).where(
        AuditEvent.object_type == "case", AuditEvent.object_id.in_(ids), AuditEvent.act == "labels.made"
    )


def _labels_made(desk: Desk, session: Session, case: CaseFile) -> LabelsMade | None:
    last = session.scalars(_labels_events([case.id]).order_by(AuditEvent.seq.desc()).limit(1)).first()
    if last is None:
        return None
    at = datetime.fromisoformat(last.at)
    linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id, CaseRecording.linked_at > at)
    changed = select(AuditEvent.seq).where(
        AuditEvent.object_type == "case",
        AuditEvent.object_id == case.id,
        AuditEvent.act == "case.changed",
        AuditEvent.seq > last.seq,
    )
    outdated = any(session.execute(later.limit(1)).first() is not None for later in (linked, changed))
    files = json.loads(last.facts).get("files")
    count = select(func.count()).select_from(CaseRecording).where(CaseRecording.case_id == case.id)
    return LabelsMade(at.astimezone(desk.zone), last.actor, outdated or session.scalar(count) != files)


def _extent(desk: Desk, session: Session, case: CaseFile) -> tuple[int, datetime | None, datetime | None]:
    """Bytes of a case's recordings, and from when to when they reach."""
    linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
    rows = list(
        session.execute(
            visible(desk)
            .where(Recording.id.in_(linked))
            .with_only_columns(Recording.size, Recording.recorded_at, Recording.duration_s)
        )
    )
    if not rows:
        return 0, None, None
    ends = [at + timedelta(seconds=duration or 0) for _size, at, duration in rows]
    first, last = min(at for _size, at, _duration in rows), max(ends)
    return sum(size for size, _at, _duration in rows), first.astimezone(desk.zone), last.astimezone(desk.zone)
