"""``policy list`` and ``policy set``."""

from __future__ import annotations

import argparse

from avdesk.cli.command import Answer, Command, Options, no_arguments
from avdesk.services.desk import Desk
from avdesk.services.policies import Policies, list_policies, set_policy


def _set_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("value", metavar="VALUE")
    parser.add_argument("--reason", required=True, metavar="R")


def _list(desk: Desk, _options: Options) -> Answer:
    return _answer(list_policies(desk))


def _set(desk: Desk, options: Options) -> Answer:
    return _answer(set_policy(desk, options.key, options.value, options.reason))


def _typed(value: bool | int | str) -> str:
    """A value as it would be given to ``policy set``."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _answer(policies: Policies) -> Answer:
    lines = (
        f"{row.key} = {_typed(row.value)}" + (f"  (Art. {row.article})" if row.article else "")
        for row in policies.policies
    )
    return Answer(policies, tuple(lines))


COMMANDS = (
    Command("policy list", "every policy with its value", (list_policies,), no_arguments, _list),
    Command("policy set", "change a policy, with a reason", (set_policy,), _set_arguments, _set),
)
