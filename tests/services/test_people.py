"""People: one human, one row; found by name or enforcement ID, and never one for another."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from avdesk.errors import AmbiguousName, UsageError
from avdesk.models import Person
from avdesk.services._people import find_person
from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.people import add_person, list_people

NO_NAMES = [
    ("name", "", "EMPTY"),
    ("name", "\u3000 \t", "EMPTY"),
    ("name", "\u200b\u2060", "EMPTY"),
    ("name", "x" * 101, "TOO_LONG"),
    ("name", "张\n示例", "CONTROL_CHARACTER"),
    ("name", "张\u2028示例", "CONTROL_CHARACTER"),
    ("name", "张\0", "CONTROL_CHARACTER"),
    ("name", "\udce5张", "CONTROL_CHARACTER"),
    ("enforcement_id", "", "EMPTY"),
    ("enforcement_id", "1" * 51, "TOO_LONG"),
    ("section", " ", "EMPTY"),
    ("section", "x" * 101, "TOO_LONG"),
]


def found(desk: Desk, named: str) -> str:
    with desk.database.read() as session:
        return find_person(session, named).id


def test_a_person_is_kept_as_typed_without_white_space_around(desk: Desk) -> None:
    made = add_person(desk, " 张示例\u3000", " 310086 ", "法规科")
    assert (made.name, made.enforcement_id, made.section, made.active) == ("张示例", "310086", "法规科", True)
    assert made in list_people(desk).people
    assert verify_audit(desk).ok


def test_two_may_have_one_name_and_both_are_named(desk: Desk) -> None:
    first = add_person(desk, "张示例", "310086")
    second = add_person(desk, "张示例")
    with pytest.raises(AmbiguousName) as caught:
        found(desk, "张示例")
    assert caught.value.facts["candidates"] == ["张示例 (310086)", f"张示例 ({second.person_id})"]
    assert found(desk, "310086") == first.person_id
    assert found(desk, second.person_id) == second.person_id


def test_a_name_that_is_another_ones_enforcement_id_fits_two(desk: Desk) -> None:
    add_person(desk, "310086")
    add_person(desk, "张示例", "310086")
    with pytest.raises(AmbiguousName):
        found(desk, "310086")


def test_a_name_is_found_however_it_is_composed(desk: Desk) -> None:
    """NFC and NFD of one name look the same."""
    made = add_person(desk, "Ame\u0301lie 示例")
    assert found(desk, "Amélie 示例") == made.person_id == found(desk, " Ame\u0301lie 示例 ")


def test_an_enforcement_id_belongs_to_one(desk: Desk) -> None:
    add_person(desk, "张示例", "310086")
    with pytest.raises(UsageError, match="ENFORCEMENT_ID_TAKEN") as caught:
        add_person(desk, "李示例", "310086")
    assert caught.value.facts["name"] == "张示例"
    assert len(list_people(desk).people) == 2


def test_nobody_of_that_name(desk: Desk) -> None:
    for named in ("", " ", "nobody", "王", "%", "\udcff", "\0", "x" * 100_000):
        with pytest.raises(UsageError, match="PERSON_UNKNOWN"):
            found(desk, named)


def test_who_has_left_is_not_chosen_any_more(desk: Desk) -> None:
    add_person(desk, "张示例", "310086")
    with desk.database.write() as session:
        session.scalars(sa.select(Person).where(Person.name == "张示例")).one().active = False
    with pytest.raises(UsageError, match="PERSON_UNKNOWN"):
        found(desk, "张示例")
    assert [person.active for person in list_people(desk).people if person.name == "张示例"] == [False]


def test_text_that_is_no_name_is_refused_with_its_field(desk: Desk) -> None:
    for field, text, code in NO_NAMES:
        with pytest.raises(UsageError, match=code) as caught:
            add_person(desk, **{"name": "张示例", field: text})
        assert caught.value.facts["field"] == field
    assert len(list_people(desk).people) == 1


def test_rare_characters_and_the_longest_name_are_kept(desk: Desk) -> None:
    names = ["𠮷田示例", "x" * 100, "阿不都·示例", 'O\'Neil "%_" \\']
    for name in names:
        assert add_person(desk, name).name == name
    assert {row.name for row in list_people(desk).people} == {"王示例", *names}
