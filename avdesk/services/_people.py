"""Looking up the people that somebody named."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from avdesk.errors import AmbiguousName, UsageError
from avdesk.models import Person
from avdesk.services._text import typed


def find_person(session: Session, named: str) -> Person:
    """The active person of that name, enforcement ID or id. Raises :class:`UsageError`, :class:`AmbiguousName`."""
    wanted = typed(named)
    fits = or_(Person.name == wanted, Person.enforcement_id == wanted, Person.id == wanted)
    found = list(session.scalars(select(Person).where(fits, Person.active).order_by(Person.created_at, Person.id)))
    if not found:
        raise UsageError("PERSON_UNKNOWN", person=named)
    if len(found) > 1:
        raise AmbiguousName(named, [f"{row.name} ({row.enforcement_id or row.id})" for row in found])
    return found[0]
