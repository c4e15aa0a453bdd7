"""Looking up the case that somebody named."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import UsageError
from avdesk.models import CaseFile
from avdesk.services._case_numbers import parse_case_number
from avdesk.services._text import plain


def find_case(session: Session, number: str) -> CaseFile:
    """The case of that number, compared normalised. Raises :class:`UsageError`."""
    normalised = parse_case_number(plain(number)).normalised
    case = session.scalars(select(CaseFile).where(CaseFile.normalised == normalised)).one_or_none()
    if case is None:
        raise UsageError("CASE_UNKNOWN", number=number)
    return case
