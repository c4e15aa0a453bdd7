"""The audit chain: what a line of it is, and the one place that appends to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.errors import AuditHeadMissing
from avdesk.models import AuditEvent, AuditHead

ORIGIN = "0" * 64
_MOST = 2**53
_HEAD = "audit head"
_UNSIGNED = ("hash", "sig", "key")


def append(
    session: Session,
    actor: str,
    workstation: str,
    act: str,
    target: tuple[str, str],
    facts: Mapping[str, object],
) -> AuditEvent:
    """Add one event, in the caller's transaction; ``target`` is (type, id). The head's row is locked until its end.

    Raises ``ValueError`` for facts that are not text, booleans, ``None``, integers below 2⁵³, or lists and objects with
    ASCII keys of these.
    """
    _require_plain(facts)
    head = _locked_head(session)
    event = AuditEvent(
        seq=head.seq + 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        actor=actor,
        workstation=workstation,
        act=act,
        object_type=target[0],
        object_id=target[1],
        facts=canonical(facts).decode(),
        prev=head.hash,
        hash="",
    )
    event.hash = digest(line_of(event))
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    return event


def _locked_head(session: Session) -> AuditHead:
    """The end of the chain, locked at the first event of a transaction; a session has one transaction.

    Raises :class:`AuditHeadMissing`.
    """
    head = session.info.get(_HEAD)
    if not isinstance(head, AuditHead):
        head = session.scalars(select(AuditHead).with_for_update()).one_or_none()
        if head is None:
            raise AuditHeadMissing
        session.info[_HEAD] = head
    return head


def line_of(event: AuditEvent, *, as_text: bool = False) -> dict[str, object]:
    """The line of an event as it is exported; with ``as_text`` its facts are not read. Raises ``ValueError`` else when
    they are no JSON.
    """
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "workstation": event.workstation,
        "act": event.act,
        "object": {"type": event.object_type, "id": event.object_id},
        "facts": event.facts if as_text else json.loads(event.facts),
        "prev": event.prev,
        "hash": event.hash,
    }


def digest(line: Mapping[str, object]) -> str:
    """SHA-256 over the RFC 8785 form of a line, without ``hash``, ``sig`` and ``key``."""
    return hashlib.sha256(canonical({key: value for key, value in line.items() if key not in _UNSIGNED})).hexdigest()


def canonical(value: Mapping[str, object]) -> bytes:
    """The RFC 8785 form. Raises ``ValueError`` for what has none."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def _require_plain(value: object) -> None:
    match value:
        case None | bool() | str():
            pass
        case int() if abs(value) < _MOST:
            pass
        case list() | tuple():
            for item in value:
                _require_plain(item)
        case Mapping():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise ValueError(f"no key of facts: {key!r}")
                _require_plain(item)
        case _:
            raise ValueError(f"no fact: {value!r}")
