"""Who may do what, from the same registration that enforces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from avdesk.services.desk import REGISTRY, without_sign_in
from avdesk.terms import RIGHTS, Right


@dataclass(frozen=True, slots=True)
class RightFacts:
    right: Right | None
    services: tuple[str, ...]
    commands: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    rights: tuple[RightFacts, ...]


@without_sign_in
def list_rights(commands: Mapping[str, Sequence[str]]) -> Rights:
    """Every right with its services, the commands that call them, and the roles that hold it.

    ``commands`` maps a command to the names of the services it calls. The last row, with no right, is what works
    without sign-in.
    """
    rows = []
    for right in (*Right, None):
        services = sorted(name for name, asked in REGISTRY.items() if asked is right)
        callers = sorted(command for command, called in commands.items() if set(called) & set(services))
        roles = sorted(role.value for role, held in RIGHTS.items() if right in held)
        rows.append(RightFacts(right, tuple(services), tuple(callers), tuple(roles)))
    return Rights(tuple(rows))
