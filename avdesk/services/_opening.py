"""What comes before the first byte: the vaults open, room in them, a new bag in each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import count

from avdesk.errors import UsageError, VaultFull, VaultUnavailable
from avdesk.services._planning import space_for
from avdesk.services._run import Run
from avdesk.terms import PlanState
from avdesk.vault.bag import OpenBag, open_bag
from avdesk.vault.root import VaultRoot


def open_vaults(run: Run, stack: ExitStack) -> None:
    """The first vault must be there; a second one that is away is a state of its copies.

    Raises :class:`VaultUnavailable`, :class:`UsageError` for a vault that this PC does not have.
    """
    wanted, vaults = run.options.vault_ids, run.desk.vaults
    unknown = sorted(set(wanted) - {place.vault_id for place in vaults})
    if unknown:
        raise UsageError("VAULT_UNKNOWN", vaults=unknown, known=[place.vault_id for place in vaults])
    places = [place for place in vaults if not wanted or place.vault_id in wanted]
    if not places:
        raise VaultUnavailable(reason="NO_VAULT_ON_THIS_PC")
    run.vaults.append(stack.enter_context(VaultRoot(places[0])))
    for place in places[1:]:
        try:
            run.vaults.append(stack.enter_context(VaultRoot(place)))
        except VaultUnavailable:
            run.away.append(place.vault_id)


def require_space(run: Run) -> None:
    """A full first vault refuses with :class:`VaultFull`; a full second one is left out."""
    wanted = [file for file in run.plan.files if run.selected(file) and file.state is not PlanState.COLLECTED]
    space = {row.vault_id: row for row in space_for(run.desk, wanted)}
    first = space[run.vaults[0].vault_id]
    if wanted and not first.enough:
        raise VaultFull(path=str(run.vaults[0].path), **asdict(first))
    full = [vault for vault in run.vaults[1:] if not space[vault.vault_id].enough]
    run.vaults = [vault for vault in run.vaults if vault not in full]
    run.away += [vault.vault_id for vault in full]


def new_bags(run: Run, folder: str = "") -> list[OpenBag]:
    """A new bag with a readable name, the same in every vault of the run, under its lock; ``folder`` above the year.

    Raises :class:`VaultUnavailable`, :class:`VaultFull`.
    """
    now = run.started_at.astimezone(run.desk.zone)
    for number in count(1):
        run.bag = f"{folder}{now:%Y/%m/%Y%m%d-%H%M}-{number:02d}"
        bags: list[OpenBag] = []
        try:
            for vault in run.vaults:
                bag = open_bag(vault, run.bag, create=True)
                if bag is not None:
                    bags.append(bag)
        except FileExistsError:
            remove(bags)
            close_bags(bags)
            continue
        except BaseException:
            close_bags(bags)
            raise
        if bags:
            break
    return bags


def remove(bags: Sequence[OpenBag]) -> None:
    """Take away bags into which nothing was put, when they are closed."""
    for bag in bags:
        bag.remove()


def close_bags(bags: Sequence[OpenBag]) -> None:
    """Let their locks go."""
    for bag in bags:
        bag.close()
