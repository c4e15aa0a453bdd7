"""The fixity check, and a catalogue from the bags alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from avdesk.db import sqlite_url
from avdesk.errors import UsageError
from avdesk.services import ingest as collecting
from avdesk.services.audit import verify_audit
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestReport
from avdesk.services.people import add_person
from avdesk.services.rebuilding import rebuild
from avdesk.services.recordings import list_recordings, show_recording
from avdesk.services.vaults import verify
from avdesk.services.workspace import init, sign_in
from avdesk.vault.bag import open_bag
from avdesk.vault.root import VaultRoot
from tests.conftest import Collect, make_card

CARD = {"DCIM/a.log": b"one", "DCIM/b.log": b"two", "说明.txt": "三".encode()}


@pytest.fixture
def report(collect: Collect) -> IngestReport:
    return collect(CARD)


def stored(desk: Desk, report: IngestReport, path: str) -> Path:
    (outcome,) = [outcome for outcome in report.outcomes if outcome.path == path]
    return desk.first_vault.path / str(outcome.stored_path)


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[0] ^= 1
    file.chmod(0o600)
    file.write_bytes(content)


def remove(file: Path) -> None:
    file.parent.chmod(0o700)
    file.unlink()


def add_stranger(file: Path) -> None:
    file.parent.chmod(0o700)
    (file.parent / "stranger").write_bytes(b"?")


def test_a_whole_vault_is_well(desk: Desk, report: IngestReport) -> None:
    found = verify(desk)
    assert (found.checked, found.ok, found.findings) == (len(CARD), len(CARD), ())


@pytest.mark.parametrize(
    ("harm", "code", "ok"),
    [(flip_a_bit, "DIGEST_MISMATCH", 2), (remove, "MISSING", 2), (add_stranger, "UNEXPECTED", 3)],
)
def test_every_harm_is_found(
    desk: Desk, report: IngestReport, harm: Callable[[Path], None], code: str, ok: int
) -> None:
    file = stored(desk, report, "DCIM/a.log")
    harm(file)
    found = verify(desk)
    (finding,) = found.findings
    assert (finding.code, found.checked, found.ok) == (code, len(CARD), ok)
    assert finding.path is not None
    assert finding.path.startswith(f"{report.bag}/data/DCIM/")
    assert finding.facts["vault_id"] == desk.first_vault.vault_id
    assert [row.verified for row in list_recordings(desk).recordings].count(True) == ok


def test_a_changed_tag_file_is_found(desk: Desk, report: IngestReport) -> None:
    flip_a_bit(desk.first_vault.path / str(report.bag) / "bag-info.txt")
    (finding,) = verify(desk).findings
    assert (finding.code, finding.facts["recording_id"]) == ("DIGEST_MISMATCH", None)


def test_only_the_case_or_the_ingest_that_was_asked_for(desk: Desk, report: IngestReport, collect: Collect) -> None:
    other = collect({"other.log": b"other"})
    flip_a_bit(stored(desk, other, "other.log"))
    number = add_case(desk, "平石医保罚字〔2026〕7号", "惠民示例大药房案").number
    link_recordings(desk, number, [str(report.outcomes[0].recording_id)])
    assert (verify(desk, case_number=number).checked, verify(desk, case_number=number).findings) == (1, ())
    assert verify(desk, ingest_id=report.ingest_id).checked == len(CARD)
    assert len(verify(desk, ingest_id=other.ingest_id).findings) == 1
    with pytest.raises(UsageError):
        verify(desk, ingest_id="none")


def test_what_was_bad_and_is_good_again_is_verified_again(desk: Desk, report: IngestReport) -> None:
    file = stored(desk, report, "DCIM/a.log")
    flip_a_bit(file)
    assert verify(desk).ok == len(CARD) - 1
    flip_a_bit(file)
    assert verify(desk).ok == len(CARD)
    acts = [event.act for event in show_recording(desk, str(report.outcomes[0].recording_id)).custody]
    assert acts == ["recording.registered", "copy.bad"]


@pytest.fixture
def other_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Another workspace with a catalogue of its own, as after the loss of the first."""
    monkeypatch.setenv("AVDESK_DATABASE_URL", str(sqlite_url(tmp_path / "other.sqlite3")))
    init(tmp_path / "other", "平石市医疗保障局", "王示例")
    return sign_in(tmp_path / "other", None)


def test_the_bags_alone_tell_the_story(desk: Desk, report: IngestReport, other_desk: Desk) -> None:
    made = rebuild(other_desk, desk.first_vault.path)
    assert (made.bags, made.recordings, made.findings) == (1, len(CARD), ())
    for outcome in report.outcomes:
        before, after = (show_recording(which, str(outcome.recording_id)) for which in (desk, other_desk))
        same = replace(after, collected_by=before.collected_by, custody=(), source=before.source, links=())
        assert replace(before, custody=(), links=(), copies=()) == replace(same, copies=())
        assert [copy.path for copy in after.copies] == [copy.path for copy in before.copies]
    assert verify_audit(other_desk).ok
    with pytest.raises(UsageError) as refusal:
        rebuild(other_desk, desk.first_vault.path)
    assert refusal.value.code == "WORKSPACE_HAS_RECORDINGS"
    other_desk.close()


def test_people_are_matched_by_enforcement_id_else_by_name(desk: Desk, tmp_path: Path, other_desk: Desk) -> None:
    add_person(desk, "张示例", "41040001")
    (source,) = collecting.choose([make_card(tmp_path, CARD)])
    report = collecting.ingest(desk, collecting.plan(desk, source, probe=False), handed_in_by="41040001")
    known = add_person(other_desk, "张 示例", "41040001")
    rebuild(other_desk, desk.first_vault.path)
    shown = show_recording(other_desk, str(report.outcomes[0].recording_id))
    assert (shown.handed_in_by, shown.collected_by) == (known.name, "王示例")
    other_desk.close()


def test_rebuilding_believes_no_copy_that_it_did_not_read(desk: Desk, report: IngestReport, other_desk: Desk) -> None:
    flip_a_bit(stored(desk, report, "DCIM/a.log"))
    made = rebuild(other_desk, desk.first_vault.path)
    assert [finding.code for finding in made.findings] == ["DIGEST_MISMATCH"]
    assert [row.verified for row in list_recordings(other_desk).recordings].count(True) == len(CARD) - 1
    other_desk.close()


def test_an_open_bag_is_rebuilt_from_its_journal(
    desk: Desk, report: IngestReport, other_desk: Desk, tmp_path: Path
) -> None:
    """As after a power cut and the loss of the catalogue: sealed tag files are taken away, the journal is put back."""
    bag = desk.first_vault.path / str(report.bag)
    journal = "".join(
        f'["{outcome.stored_path.partition("/data/")[2]}", "{os.fsencode(outcome.path).hex()}", {outcome.size}, '
        f'{outcome.mtime_ns}, "{outcome.sha256}", null]\n'
        for outcome in report.outcomes
        if outcome.stored_path is not None
    )
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "avdesk-files.jsonl", "bag-info.txt"):
        (bag / name).unlink()
    (bag / ".incoming").mkdir()
    (bag / ".incoming" / "journal.jsonl").write_text(journal, "utf-8")
    made = rebuild(other_desk, desk.first_vault.path)
    assert [finding.code for finding in made.findings] == ["BAG_WAS_OPEN"]
    assert made.recordings == len(CARD)
    assert {row.path for row in list_recordings(other_desk).recordings} == set(CARD)
    with VaultRoot(desk.first_vault) as vault:
        still = open_bag(vault, str(report.bag))
        assert still is not None
        still.close()
    other_desk.close()
