"""Reading and changing the policies of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import UsageError
from avdesk.models import Person, PolicyValue
from avdesk.policy import POLICIES, SM3, named
from avdesk.services._policies import values_in_force
from avdesk.services._text import clean
from avdesk.services.desk import Desk, service
from avdesk.terms import Right
from avdesk.vault.digests import sm3_available


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    key: str
    value: bool | int | str
    default: bool | int | str
    article: str | None
    changed_by: str | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Policies:
    policies: tuple[PolicyFacts, ...]


@service(Right.VIEW)
def list_policies(desk: Desk) -> Policies:
    """Every policy with its value in force."""
    with desk.database.read() as session:
        return _policies(desk, session)


@service(Right.POLICY)
def set_policy(desk: Desk, key: str, text: str, reason: str) -> Policies:
    """Change one policy, with the reason. Raises :class:`UsageError` for an unknown key or a value out of bounds."""
    policy = named(key)
    reason = clean("reason", reason, 1000)
    try:
        value = policy.parse(text)
    except ValueError as error:
        raise UsageError("BAD_POLICY_VALUE", key=key, value=text, expected=str(error)) from error
    if policy is SM3 and value is True and not sm3_available():
        raise UsageError("NO_SM3_HERE", key=key)
    with desk.database.write() as session:
        row = session.get(PolicyValue, key)
        before = row.value if row is not None else policy.default
        if row is None:
            row = PolicyValue(key=key)
            session.add(row)
        row.value, row.reason = value, reason
        row.changed_by_id, row.changed_at = desk.person_id, datetime.now(UTC)
        desk.record(session, "policy.changed", ("policy", key), {"from": before, "to": value, "reason": reason})
        session.flush()
        return _policies(desk, session)


def _policies(desk: Desk, session: Session) -> Policies:
    values = values_in_force(session)
    changes = session.execute(select(PolicyValue, Person.name).join(Person, Person.id == PolicyValue.changed_by_id))
    changed = {row.key: (name, row.changed_at.astimezone(desk.zone)) for row, name in changes}
    return Policies(
        tuple(
            PolicyFacts(
                policy.key, values[policy.key], policy.default, policy.article, *changed.get(policy.key, (None, None))
            )
            for policy in POLICIES
        )
    )
