"""People: one human, one row; whoever plays which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from avdesk.errors import AmbiguousName, UsageError
from avdesk.models import Person, new_id
from avdesk.services._text import clean
from avdesk.services.desk import Desk, service
from avdesk.terms import Right


@dataclass(frozen=True, slots=True)
class PersonFacts:
    person_id: str
    name: str
    enforcement_id: str | None
    section: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class People:
    people: tuple[PersonFacts, ...]


@service(Right.PEOPLE)
def add_person(desk: Desk, name: str, enforcement_id: str | None = None, section: str | None = None) -> PersonFacts:
    """Add one human. Two may have one name; an enforcement ID belongs to one. Raises :class:`UsageError`."""
    name = clean("name", name, 100)
    enforcement_id = clean("enforcement_id", enforcement_id, 50) if enforcement_id is not None else None
    section = clean("section", section, 100) if section is not None else None
    with desk.database.write() as session:
        if enforcement_id is not None:
            taken = session.scalars(select(Person).where(Person.enforcement_id == enforcement_id)).first()
            if taken is not None:
                raise UsageError("ENFORCEMENT_ID_TAKEN", enforcement_id=enforcement_id, name=taken.name)
        person = Person(
            id=new_id(),
            name=name,
            enforcement_id=enforcement_id,
            section=section,
            active=True,
            created_at=datetime.now(UTC),
        )
        session.add(person)
        facts = {"name": name, "enforcement_id": enforcement_id, "section": section}
        desk.record(session, "person.added", ("person", person.id), facts)
        session.flush()
        return facts_of(person)


@service(Right.VIEW)
def list_people(desk: Desk) -> People:
    """Everybody, by name."""
    with desk.database.read() as session:
        return People(tuple(facts_of(row) for row in session.scalars(select(Person).order_by(Person.name, Person.id))))


def facts_of(person: Person) -> PersonFacts:
    return PersonFacts(person.id, person.name, person.enforcement_id, person.section, person.active)


def find_person(session: Session, named: str) -> Person:
    """The active person of that name, enforcement ID or id. Raises :class:`UsageError`, :class:`AmbiguousName`."""
    fits = or_(Person.name == named, Person.enforcement_id == named, Person.id == named)
    found = list(session.scalars(select(Person).where(fits, Person.active).order_by(Person.created_at)))
    if not found:
        raise UsageError("PERSON_UNKNOWN", person=named)
    if len(found) > 1:
        raise AmbiguousName(named, [f"{row.name} ({row.enforcement_id or row.id})" for row in found])
    return found[0]
