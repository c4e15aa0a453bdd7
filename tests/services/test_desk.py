"""Every service asks for a right, and what it gives can't be changed nor reach the database again."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

import avdesk.services
from avdesk.errors import DatabaseUnreachable, NotPermitted, VaultUnavailable
from avdesk.models import AuditEvent, Base
from avdesk.services.cards import VolumeWatch
from avdesk.services.cases import add_case, list_cases
from avdesk.services.desk import REGISTRY, Desk, service_name, visible
from avdesk.services.people import add_person, list_people
from avdesk.services.policies import set_policy
from avdesk.terms import RIGHTS, Right
from tests.conftest import sqlite_only

MODULES = [
    importlib.import_module(f"avdesk.services.{module.name}")
    for module in pkgutil.iter_modules(avdesk.services.__path__)
    if not module.name.startswith("_") and module.name != "desk"  # the machinery itself
]
PLAIN = (str, int, float, bool, bytes, type(None), datetime, date, timezone, Path)
CONTAINERS = (tuple, list, dict, frozenset, Mapping, Sequence)


def services() -> Iterator[Callable[..., object]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield value


SERVICES = list(services())


@pytest.mark.parametrize("function", SERVICES, ids=service_name)
def test_every_public_function_asks_for_a_right_or_says_that_none_is_needed(function: Callable[..., object]) -> None:
    assert service_name(function) in REGISTRY, "write @service(Right.…) or @without_sign_in above it"
    first = next(iter(inspect.signature(function).parameters.values()), None)
    if REGISTRY[service_name(function)] is not None:
        assert first is not None and (first.name, first.annotation) == ("desk", "Desk")
    else:
        assert first is None or first.annotation != "Desk"


def test_nothing_is_registered_that_is_no_public_function() -> None:
    assert set(REGISTRY) == {service_name(function) for function in SERVICES}


def test_every_right_is_asked_for_and_held_by_some_role() -> None:
    assert {right for right in REGISTRY.values() if right is not None} == set(Right)
    assert {right for held in RIGHTS.values() for right in held} == set(Right)


@pytest.mark.parametrize("function", SERVICES, ids=service_name)
def test_what_a_service_gives_is_frozen_and_no_row(function: Callable[..., object]) -> None:
    inner = inspect.unwrap(function)
    returned = typing.get_type_hints(inner)["return"]
    for kind in _inside(returned, set()):
        assert not (isinstance(kind, type) and issubclass(kind, Base)), kind
        if dataclasses.is_dataclass(kind):
            assert vars(kind)["__dataclass_params__"].frozen, kind
        elif kind is not typing.Any:
            assert issubclass(kind, (*PLAIN, *CONTAINERS, enum.Enum)) or kind is object, kind


def _inside(kind: object, seen: set[object]) -> Iterator[typing.Any]:
    """A type and all types of its parts; the Desk and a watch are of their own."""
    if kind in (Desk, VolumeWatch) or kind in seen or kind is Ellipsis:
        return
    seen.add(kind)
    origin = typing.get_origin(kind)
    if origin is not None:
        if origin is not types.UnionType and origin is not typing.Union:
            yield origin
        for part in typing.get_args(kind):
            yield from _inside(part, seen)
        return
    yield kind
    if dataclasses.is_dataclass(kind):
        for part in typing.get_type_hints(kind).values():
            yield from _inside(part, seen)


def _events(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.database.read() as session:
        rows = session.execute(
            sa.select(AuditEvent.actor, AuditEvent.act, AuditEvent.object_id).order_by(AuditEvent.seq)
        )
        return [(actor, act, target) for actor, act, target in rows]


def test_a_refused_call_is_written_down_and_does_nothing(desk: Desk) -> None:
    poor = replace(desk, rights=desk.rights - {Right.PEOPLE})
    with pytest.raises(NotPermitted) as caught:
        add_person(poor, "张示例")
    assert (caught.value.code, caught.value.right) == ("NO_RIGHT", "people")
    assert _events(desk)[1:] == [("王示例", "refused", "people.add_person")]
    assert [row.name for row in list_people(desk).people] == ["王示例"]


def test_the_right_is_asked_before_the_values(desk: Desk) -> None:
    nobody = replace(desk, rights=frozenset())
    with pytest.raises(NotPermitted):
        add_person(nobody, "")
    with pytest.raises(NotPermitted):
        set_policy(nobody, "no.such.policy", "", "")


def test_who_may_change_a_policy_need_not_see_recordings(desk: Desk) -> None:
    administrator = replace(desk, rights=frozenset({Right.POLICY}))
    assert set_policy(administrator, "digest.sm3", "true", "试点要求").policies[1].value is True


def test_the_desk_is_who_acts_whoever_signs_in_later(desk: Desk) -> None:
    later = replace(desk, person_name="张示例")
    add_case(desk, "平石医保罚字〔2026〕7号", "案")
    add_case(later, "平石医保罚字〔2026〕8号", "案")
    assert [actor for actor, act, _target in _events(desk) if act == "case.added"] == ["王示例", "张示例"]


def test_a_desk_without_vault_says_so(desk: Desk) -> None:
    with pytest.raises(VaultUnavailable, match="NO_VAULT_ON_THIS_PC"):
        _vault = replace(desk, vaults=()).first_vault


def test_every_list_of_recordings_begins_with_what_may_be_seen(desk: Desk) -> None:
    assert str(visible(desk)).endswith("FROM recording")


@sqlite_only
def test_a_database_that_fails_under_work_is_unreachable(desk: Desk, tmp_path: Path) -> None:
    desk.database.close()
    for file in tmp_path.glob("avdesk.sqlite3*"):
        file.write_bytes(b"spoilt, spoilt, spoilt, spoilt, spoilt" * 1000)
    with pytest.raises(DatabaseUnreachable, match="not a database"):
        list_cases(desk)
