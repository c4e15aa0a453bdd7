"""``case add``, ``case link`` and ``case list``."""

from __future__ import annotations

import argparse

from avdesk.cli.arguments import add_paging
from avdesk.cli.command import Answer, Command, Options
from avdesk.cli.output import say
from avdesk.services.cases import add_case, link_recordings, list_cases
from avdesk.services.desk import Desk


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NO")
    parser.add_argument("--title", required=True, metavar="T")
    parser.add_argument("--party", metavar="TEXT")


def _add(desk: Desk, options: Options) -> Answer:
    case = add_case(desk, options.number, options.title, options.party)
    if case.findings:
        say(f"{case.number} is of no known form; it is kept as typed. [NUMBER_NOT_RECOGNISED]")
    return Answer(case, (f"{case.case_id}  {case.normalised}",))


def _link_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NO")
    parser.add_argument("recordings", nargs="+", metavar="REC")


def _link(desk: Desk, options: Options) -> Answer:
    linked = link_recordings(desk, options.number, options.recordings)
    return Answer(linked, (f"{linked.linked} linked, {linked.already} of them before",))


def _list(desk: Desk, options: Options) -> Answer:
    page = list_cases(desk, options.limit, options.after)
    lines = [f"{case.normalised}  {case.title}  {case.recordings} recordings" for case in page.cases]
    return Answer(page, tuple(lines) or ("No cases yet.",))


COMMANDS = (
    Command("case add", "open a case", (add_case,), _add_arguments, _add),
    Command("case link", "tie recordings to a case", (link_recordings,), _link_arguments, _link),
    Command("case list", "cases, newest first", (list_cases,), add_paging, _list),
)
