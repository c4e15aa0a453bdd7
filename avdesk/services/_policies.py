"""The policies in force, as the catalogue has them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.models import PolicyValue
from avdesk.policy import POLICIES


def values_in_force(session: Session) -> dict[str, bool | int | str]:
    """Every policy's value, changed or default."""
    stored = {row.key: row.value for row in session.scalars(select(PolicyValue))}
    changed = {key: value for key, value in stored.items() if isinstance(value, bool | int | str)}
    return {policy.key: changed.get(policy.key, policy.default) for policy in POLICIES}
