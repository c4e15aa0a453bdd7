"""The Desk: who acts, with which rights, on which catalogue; and the decorator every service carries."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timezone
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from avdesk.db import Database
from avdesk.errors import NotPermitted, VaultUnavailable
from avdesk.models import Recording
from avdesk.policy import TIME_ZONE, PolicyValues, parse_zone
from avdesk.services._chain import append
from avdesk.terms import Right
from avdesk.vault.root import VaultPlace

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """Made at sign-in and captured when work is submitted. ``vaults`` are this PC's, the first vault first."""

    person_id: str
    person_name: str
    unit: str
    rights: frozenset[Right]
    workstation: str
    workspace: Path
    database: Database
    vaults: tuple[VaultPlace, ...]
    policy: PolicyValues

    @property
    def zone(self) -> timezone:
        """The zone assumed for a recorder's own time, and shown."""
        return parse_zone(self.policy[TIME_ZONE])

    @property
    def first_vault(self) -> VaultPlace:
        """The vault that decides outcomes. Raises :class:`VaultUnavailable` when this PC has none."""
        if not self.vaults:
            raise VaultUnavailable(reason="NO_VAULT_ON_THIS_PC")
        return self.vaults[0]

    def record(self, session: Session, act: str, target: tuple[str, str], facts: Mapping[str, object]) -> int:
        """Append to the audit chain as this person, in the caller's transaction; the event's ``seq``."""
        signed = {**facts, "by": self.person_id}
        return append(session, self.person_name, self.workstation, act, target, signed).seq

    def close(self) -> None:
        self.database.close()


REGISTRY: dict[str, Right | None] = {}
"""Every service with the right it asks for; ``None`` for what works without sign-in."""


def service(
    right: Right,
) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Check the right before anything else, refuse with :class:`NotPermitted` (audited), and register the function.

    A database that fails on the way is :class:`DatabaseUnreachable`.
    """

    def decorate(function: Callable[Concatenate[Desk, P], R]) -> Callable[Concatenate[Desk, P], R]:
        name = service_name(function)

        @functools.wraps(function)
        def call(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with desk.database.reachable():
                require_right(desk, name)
                return function(desk, *args, **kwargs)

        REGISTRY[name] = right
        return call

    return decorate


def require_right(desk: Desk, name: str) -> None:
    """Refuse, in the audit chain too, who lacks the right that the service of that name asks for.

    Raises :class:`NotPermitted`.
    """
    right = REGISTRY[name]
    if right is None or right in desk.rights:
        return
    with desk.database.reachable(), desk.database.write() as session:
        desk.record(session, "refused", ("service", name), {"right": right.value})
    raise NotPermitted(right)


def without_sign_in(function: Callable[P, R]) -> Callable[P, R]:
    """Register a function that nobody need be signed in for."""
    REGISTRY[service_name(function)] = None
    return function


def service_name(function: Callable[..., object]) -> str:
    """``ingest.plan`` for ``avdesk.services.ingest.plan``."""
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def visible(_desk: Desk) -> Select[Recording]:
    """Where every query of recordings starts: those that this person may see.

    The same statement for the same right to see, so that what is made of it can be kept.
    """
    return _ALL


_ALL = select(Recording)
