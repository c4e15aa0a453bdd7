"""People: one human, one row; whoever plays which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from avdesk.errors import UsageError
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
        return _facts(person)


@service(Right.VIEW)
def list_people(desk: Desk) -> People:
    """Everybody, by name."""
    with desk.database.read() as session:
        return People(tuple(_facts(row) for row in session.scalars(select(Person).order_by(Person.name, Person.id))))


def _facts(person: Person) -> PersonFacts:
    return PersonFacts(person.id, person.name, person.enforcement_id, person.section, person.active)
