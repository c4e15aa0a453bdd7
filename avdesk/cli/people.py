"""``person add`` and ``person list``."""

from __future__ import annotations

import argparse

from avdesk.cli.command import Answer, Command, Options, no_arguments
from avdesk.services.desk import Desk
from avdesk.services.people import add_person, list_people


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="N")
    parser.add_argument("--enforcement-id", metavar="X")
    parser.add_argument("--section", metavar="S")


def _add(desk: Desk, options: Options) -> Answer:
    person = add_person(desk, options.name, options.enforcement_id, options.section)
    return Answer(person, (f"{person.person_id}  {person.name}",))


def _list(desk: Desk, _options: Options) -> Answer:
    found = list_people(desk)
    lines = (f"{row.person_id}  {row.name}  {row.enforcement_id or ''}  {row.section or ''}" for row in found.people)
    return Answer(found, tuple(lines))


COMMANDS = (
    Command("person add", "add one human", (add_person,), _add_arguments, _add),
    Command("person list", "everybody", (list_people,), no_arguments, _list),
)
