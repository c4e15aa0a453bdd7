"""Several processes that do the same at the same moment, each with a database of its own making.

    python -m tests.at_once open BACKUPS ADDRESS...       # every address is opened by all at once, one after another
    python -m tests.at_once append WORKSPACE COUNT        # each adds COUNT people

Prints what went wrong; its exit code is how many processes failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import alembic.command  # noqa: F401 - loaded before the fork, or the slowest to load it comes last

from avdesk.db import open_database
from avdesk.services.people import add_person
from avdesk.services.workspace import sign_in

PROCESSES = 4


def open_all(backups: Path, address: str) -> None:
    open_database(address, backups=backups, create=True).close()


def append(workspace: Path, count: int) -> None:
    desk = sign_in(workspace, None)
    for number in range(count):
        add_person(desk, f"{os.getpid()} {number}")
    desk.close()


def at_once(work: Callable[[], None]) -> int:
    """How many of the processes failed."""
    hold, release = os.pipe()
    children = []
    for _number in range(PROCESSES):
        child = os.fork()
        if child == 0:
            os.close(release)
            os.read(hold, 1)  # until the parent closes its end
            work()
            os._exit(0)
        children.append(child)
    os.close(hold)
    os.close(release)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


def main(what: str, place: str, *more: str) -> int:
    if what == "open":
        return sum(at_once(lambda address=address: open_all(Path(place), address)) for address in more)  # type: ignore[misc]
    return at_once(lambda: append(Path(place), int(more[0])))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
