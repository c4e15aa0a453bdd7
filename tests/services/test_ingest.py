"""Collecting through the services: outcomes, duplicates, what keeps a card from being erased, several vaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from avdesk.errors import IngestRunning, UsageError, VaultUnavailable
from avdesk.models import Ingest, Vault, new_id
from avdesk.progress import Control, Progress
from avdesk.services import ingest as collecting
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestPlan, IngestReport
from avdesk.services.recordings import list_recordings
from avdesk.services.vaults import verify
from avdesk.terms import CopyState, IngestState, MatchedBy, Outcome, PlanState, VaultRole
from avdesk.vault.bag import open_bag
from avdesk.vault.root import MARKER, VaultRoot, create_vault
from tests.commands import bags, validate
from tests.conftest import make_card

CARD = {"DCIM/a.log": b"one", "DCIM/b.log": b"two", "empty.log": b"", "copy of b.log": b"two"}


def plan_of(desk: Desk, card: Path, **options: bool) -> IngestPlan:
    (source,) = collecting.choose([card])
    return collecting.plan(desk, source, probe=False, **options)


def ingest(desk: Desk, card: Path, unticked: Mapping[str, str] | None = None, **options: bool) -> IngestReport:
    return collecting.ingest(desk, plan_of(desk, card), unticked=unticked, **options)


def statuses(report: IngestReport) -> dict[str, Outcome]:
    return {outcome.path: outcome.status for outcome in report.outcomes}


def codes(report: IngestReport) -> set[str]:
    return {reason.code for reason in report.reasons}


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return make_card(tmp_path, CARD)


def test_the_same_content_twice_on_one_card_is_stored_twice(desk: Desk, card: Path) -> None:
    report = ingest(desk, card)
    assert set(statuses(report).values()) == {Outcome.VERIFIED}
    assert (report.safe_to_erase, report.reasons, report.totals.verified) == (True, (), len(CARD))
    assert len({outcome.stored_path for outcome in report.outcomes}) == len(CARD)
    (bag,) = bags(desk.first_vault.path)
    validate(bag)


def test_an_empty_file_is_a_finding_and_stays_verified(desk: Desk, card: Path) -> None:
    (empty,) = [outcome for outcome in ingest(desk, card).outcomes if outcome.size == 0]
    assert empty.status is Outcome.VERIFIED
    assert [finding.code for finding in empty.findings] == ["EMPTY"]


def test_a_card_collected_before_is_not_read_unless_asked(desk: Desk, card: Path) -> None:
    ingest(desk, card)
    again = ingest(desk, card)
    assert {outcome.matched_by for outcome in again.outcomes} == {MatchedBy.NAME_SIZE_MTIME}
    assert (again.bag, codes(again)) == (None, {"NOT_COMPARED"})
    compared = ingest(desk, card, compare_contents=True)
    assert {outcome.matched_by for outcome in compared.outcomes} == {MatchedBy.CONTENT}
    assert compared.safe_to_erase
    assert list_recordings(desk).total == len(CARD)
    assert len(bags(desk.first_vault.path)) == 1


def test_same_size_and_time_but_other_content_is_collected_when_compared(desk: Desk, card: Path) -> None:
    ingest(desk, card)
    file = card / "DCIM/a.log"
    before = file.stat()
    file.write_bytes(b"ONE")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert {row.path: row.state for row in plan_of(desk, card, compare_contents=True).files}["DCIM/a.log"] is (
        PlanState.DIFFERS
    )
    report = ingest(desk, card, compare_contents=True)
    assert statuses(report)["DCIM/a.log"] is Outcome.VERIFIED
    assert report.safe_to_erase
    assert list_recordings(desk).total == len(CARD) + 1


def test_known_content_under_another_name_is_a_duplicate(desk: Desk, card: Path, tmp_path: Path) -> None:
    ingest(desk, card)
    other = make_card(tmp_path, {"renamed.log": b"two", "new.log": b"three", "another empty.log": b""})
    report = ingest(desk, other)
    by_path = {outcome.path: outcome for outcome in report.outcomes}
    assert by_path["renamed.log"].status is Outcome.DUPLICATE
    assert by_path["renamed.log"].matched_by is MatchedBy.CONTENT
    assert by_path["new.log"].status is Outcome.VERIFIED
    assert by_path["another empty.log"].status is Outcome.VERIFIED  # emptiness says nothing
    assert report.safe_to_erase


def test_a_duplicate_whose_earlier_copy_is_bad_is_stored_again(desk: Desk, card: Path) -> None:
    first = ingest(desk, card)
    damaged = {outcome.path: outcome for outcome in first.outcomes}["DCIM/a.log"]
    stored = desk.first_vault.path / str(damaged.stored_path)
    stored.chmod(0o600)
    stored.write_bytes(b"XXX")
    report = ingest(desk, card, compare_contents=True)
    assert statuses(report)["DCIM/a.log"] is Outcome.VERIFIED
    assert statuses(report)["DCIM/b.log"] is Outcome.DUPLICATE
    shown = {row.recording_id: row.verified for row in list_recordings(desk).recordings}
    assert not shown[str(damaged.recording_id)]


def test_unticked_files_keep_the_card_from_being_erased(desk: Desk, card: Path) -> None:
    report = ingest(desk, card, {"DCIM/a.log": "与执法无关"})
    (left,) = [outcome for outcome in report.outcomes if outcome.status is Outcome.NOT_SELECTED]
    assert (left.path, left.findings[0].facts["reason"]) == ("DCIM/a.log", "与执法无关")
    assert report.complete
    assert codes(report) == {"NOT_SELECTED"}


def test_a_card_that_changes_meanwhile_is_not_safe(desk: Desk, card: Path) -> None:
    plan = plan_of(desk, card)
    (card / "late.log").write_bytes(b"late")
    (card / "DCIM/a.log").write_bytes(b"longer than before")
    (card / "DCIM/b.log").unlink()
    report = collecting.ingest(desk, plan)
    found = statuses(report)
    assert (found["DCIM/a.log"], found["DCIM/b.log"]) == (Outcome.CHANGED, Outcome.MISSING)
    assert {"CARD_CHANGED", "CHANGED", "MISSING"} <= codes(report)
    assert not report.complete


def test_cancelling_answers_every_file_and_seals_what_is_there(desk: Desk, card: Path) -> None:
    control = Control()
    seen: list[Progress] = []

    def cancel_after_first(progress: Progress) -> None:
        seen.append(progress)
        control.cancel()

    report = collecting.ingest(desk, plan_of(desk, card), on_progress=cancel_after_first, control=control)
    assert seen
    assert report.stopped == "CANCELLED"
    assert set(statuses(report)) == set(CARD)
    assert Outcome.CANCELLED in statuses(report).values()
    for bag in bags(desk.first_vault.path):
        validate(bag)
    rest = ingest(desk, card)
    assert set(statuses(rest).values()) <= {Outcome.VERIFIED, Outcome.DUPLICATE}
    assert list_recordings(desk).total == len(CARD)


def test_source_and_vault_may_not_lie_in_each_other(desk: Desk) -> None:
    for place in (desk.first_vault.path, desk.first_vault.path.parent):
        with pytest.raises(UsageError) as refusal:
            plan_of(desk, place)
        assert refusal.value.code == "SOURCE_AND_VAULT_OVERLAP"


def test_a_vault_without_its_marker_is_refused_before_the_first_byte(desk: Desk, card: Path) -> None:
    plan = plan_of(desk, card)
    (desk.first_vault.path / MARKER).unlink()
    with pytest.raises(VaultUnavailable):
        collecting.ingest(desk, plan)
    assert list(desk.first_vault.path.iterdir()) == []


def test_a_card_that_another_program_collects_is_left_to_it(desk: Desk, card: Path) -> None:
    plan = plan_of(desk, card)
    path = "2026/11/20261124-1802-01"
    with VaultRoot(desk.first_vault) as vault:
        bag = open_bag(vault, path, create=True)
        assert bag is not None
        with desk.database.write() as session:
            session.add(
                Ingest(
                    id=new_id(),
                    vault_id=vault.vault_id,
                    bag=path,
                    state=IngestState.OPEN,
                    source=plan.source,
                    source_key=plan.source_key,
                    fingerprint=plan.fingerprint,
                    recorder={},
                    operator_id=desk.person_id,
                    started_at=datetime.now(UTC),
                    reasons=[],
                )
            )
        with pytest.raises(IngestRunning):
            collecting.ingest(desk, plan)
        assert [row.state for row in collecting.reconcile(desk).ingests] == [IngestState.LIVE]
        bag.close()
    assert [row.state for row in collecting.reconcile(desk).ingests] == [IngestState.OPEN]
    report = collecting.ingest(desk, plan)
    assert (report.bag, report.complete) == (path, True)


@pytest.fixture
def two_vaults(desk: Desk, tmp_path: Path) -> Desk:
    """The same desk with a second vault, as adding one will make it."""
    place = create_vault(tmp_path / "second", new_id())
    with desk.database.write() as session:
        session.add(Vault(id=place.vault_id, role=VaultRole.SECOND, added_at=datetime.now(UTC)))
    return replace(desk, vaults=(*desk.vaults, place))


def test_every_vault_gets_the_same_bag(two_vaults: Desk, card: Path) -> None:
    report = ingest(two_vaults, card)
    assert report.safe_to_erase
    for outcome in report.outcomes:
        assert [copy.vault_id for copy in outcome.copies] == [place.vault_id for place in two_vaults.vaults]
        assert {copy.state for copy in outcome.copies} == {CopyState.VERIFIED}
    for place in two_vaults.vaults:
        validate(place.path / str(report.bag))
    assert verify(two_vaults).ok == 2 * len(CARD)


def test_a_second_vault_that_is_away_is_a_state_of_its_copies(two_vaults: Desk, card: Path) -> None:
    (two_vaults.vaults[1].path / MARKER).rename(two_vaults.vaults[1].path / "away")
    report = ingest(two_vaults, card)
    assert report.complete
    assert {outcome.copies[1].state for outcome in report.outcomes} == {CopyState.AWAY}
    assert codes(report) == {"COPY_NOT_VERIFIED"}
    assert {reason.facts["vault"] for reason in report.reasons} == {str(two_vaults.vaults[1].path)}
    assert all(row.verified for row in list_recordings(two_vaults).recordings)


def test_chosen_files_of_a_folder(desk: Desk, card: Path) -> None:
    sources = collecting.choose([card / "DCIM/a.log", card / "empty.log", card / "DCIM/b.log"])
    reports = [collecting.ingest(desk, collecting.plan(desk, source, probe=False)) for source in sources]
    assert [sorted(statuses(report)) for report in reports] == [["a.log", "b.log"], ["empty.log"]]
    assert codes(reports[0]) == {"ONLY_CHOSEN_FILES"}
