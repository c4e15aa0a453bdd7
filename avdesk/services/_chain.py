"""The audit chain: the one place that appends to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.models import AuditEvent, AuditHead

ORIGIN = "0" * 64
_UNSIGNED = ("hash", "sig", "key")


def append(
    session: Session,
    actor: str,
    workstation: str,
    act: str,
    target: tuple[str, str],
    facts: Mapping[str, object],
) -> AuditEvent:
    """Add one event, in the caller's transaction; ``target`` is (type, id). The head's row is locked until its end."""
    head = session.scalars(select(AuditHead).with_for_update()).one()
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    line: dict[str, object] = {
        "seq": head.seq + 1,
        "at": at,
        "actor": actor,
        "workstation": workstation,
        "act": act,
        "object": {"type": target[0], "id": target[1]},
        "facts": dict(facts),
        "prev": head.hash,
    }
    event = AuditEvent(
        seq=head.seq + 1,
        at=at,
        actor=actor,
        workstation=workstation,
        act=act,
        object_type=target[0],
        object_id=target[1],
        facts=rfc8785.dumps(dict(facts)).decode(),  # type: ignore[arg-type]
        prev=head.hash,
        hash=digest(line),
    )
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    session.flush()
    return event


def digest(line: Mapping[str, object]) -> str:
    """SHA-256 over the RFC 8785 form of a line, without ``hash``, ``sig`` and ``key``."""
    bare = {key: value for key, value in line.items() if key not in _UNSIGNED}
    return hashlib.sha256(rfc8785.dumps(bare)).hexdigest()  # type: ignore[arg-type]
