"""Looking up the case that somebody named."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from avdesk.errors import UsageError
from avdesk.models import CaseFile
from avdesk.services._case_numbers import parse_case_number
from avdesk.services._text import plain


def find_case(session: Session, number: str) -> CaseFile:
    """The case of that number, compared normalised. Raises :class:`UsageError`."""
    case = session.scalars(select(CaseFile).where(CaseFile.normalised == _normalised(number))).one_or_none()
    if case is None:
        raise UsageError("CASE_UNKNOWN", number=number)
    return case


def find_case_id(connection: Connection, number: str) -> str:
    """The id alone of the case of that number. Raises :class:`UsageError`."""
    case_id = connection.scalar(select(CaseFile.id).where(CaseFile.normalised == _normalised(number)))
    if case_id is None:
        raise UsageError("CASE_UNKNOWN", number=number)
    return case_id


def _normalised(number: str) -> str:
    return parse_case_number(plain(number)).normalised
