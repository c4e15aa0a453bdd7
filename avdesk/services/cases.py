"""Cases, and the recordings that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from avdesk.db import page, parts
from avdesk.errors import UsageError
from avdesk.findings import Finding
from avdesk.models import CaseFile, CaseRecording, Recording, new_id
from avdesk.services._case_numbers import parse_case_number
from avdesk.services._cases import find_case
from avdesk.services._text import clean, plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Right

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class NewCase:
    """``findings`` has NUMBER_NOT_RECOGNISED when the number is of no known form."""

    case_id: str
    number: str
    normalised: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    case_id: str
    number: str
    normalised: str
    title: str
    party: str | None
    disc_number: str | None
    opened_at: datetime
    recordings: int
    version: int


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


@service(Right.CASES)
def add_case(desk: Desk, number: str, title: str, party: str | None = None) -> NewCase:
    """Open a case. Raises :class:`UsageError` when its number, compared normalised, is there already."""
    number, title = clean("number", number, _LONGEST), clean("title", title, 1000)
    party = clean("party", party, 1000) if party is not None else None
    parsed = parse_case_number(number)
    if len(parsed.normalised) > _LONGEST:
        raise UsageError("TOO_LONG", field="number", limit=_LONGEST)
    with desk.database.write() as session:
        taken = session.scalars(select(CaseFile).where(CaseFile.normalised == parsed.normalised)).first()
        if taken is not None:
            raise UsageError("CASE_EXISTS", number=taken.number, title=taken.title)
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
        found = () if parsed.recognised else (Finding("NUMBER_NOT_RECOGNISED", None, {"number": number}),)
        return NewCase(case.id, number, parsed.normalised, found)


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
        counted = select(CaseRecording.case_id, func.count().label("number")).group_by(CaseRecording.case_id).subquery()
        statement = select(CaseFile, counted.c.number).outerjoin(counted, counted.c.case_id == CaseFile.id)
        rows, following = page(session, statement, (CaseFile.id,), limit, after)
        total = session.scalar(select(func.count()).select_from(CaseFile)) or 0
        return Cases(tuple(_facts(desk, case, number or 0) for case, number in rows), total, following)


def _facts(desk: Desk, case: CaseFile, recordings: int) -> CaseFacts:
    return CaseFacts(
        case.id,
        case.number,
        case.normalised,
        case.title,
        case.party,
        case.disc_number,
        case.opened_at.astimezone(desk.zone),
        recordings,
        case.version,
    )
