"""Opening a recording: which copy is shown, and what the chain says of it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from avdesk.errors import Cancelled, EnvironmentFault, NotPermitted, UsageError, VaultUnavailable
from avdesk.models import Copy
from avdesk.progress import Control, Progress
from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.recordings import show_recording
from avdesk.services.viewing import check_viewed, close_viewing, open_for_viewing
from avdesk.terms import CopyState, Right
from avdesk.vault.root import VaultPlace, create_vault
from tests.conftest import Collect

CONTENT = "现场记录".encode()


@pytest.fixture
def recording_id(collect: Collect) -> str:
    (outcome,) = collect({"LOG/DSJ_5K20417_310086_20261123140210.LOG": CONTENT}).outcomes
    assert outcome.recording_id is not None
    return outcome.recording_id


def viewed(desk: Desk, recording_id: str) -> list[dict[str, object]]:
    """The facts of every event of looking."""
    events = show_recording(desk, recording_id).custody
    return [dict(event.facts) for event in events if event.act == "recording.viewed"]


def with_second_vault(desk: Desk, recording_id: str, folder: Path) -> Desk:
    """The same Desk with a second vault that holds the same bag, as collecting into two would leave it."""
    shutil.copytree(desk.first_vault.path, folder, ignore=shutil.ignore_patterns("avdesk-vault.json"))
    second = VaultPlace("0198c0de-0000-7000-8000-000000000002", folder)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (folder / "avdesk-vault.json").write_text(f'{{"vault_id": "{second.vault_id}"}}')
    with desk.database.write() as session:
        row = session.scalars(sa.select(Copy).where(Copy.recording_id == recording_id)).one()
        columns = {column.name: getattr(row, column.name) for column in Copy.__table__.columns}
        _register_vault(session, second.vault_id)
        session.add(Copy(**{**columns, "vault_id": second.vault_id}))
    return replace(desk, vaults=(desk.first_vault, second))


def _register_vault(session: sa.orm.Session, vault_id: str) -> None:
    from avdesk.models import Vault

    first = session.scalars(sa.select(Vault)).first()
    columns = {column.name: getattr(first, column.name) for column in Vault.__table__.columns}
    session.add(Vault(**{**columns, "id": vault_id}))
    session.flush()


def test_the_copy_of_the_first_vault_is_given_with_everything_known(desk: Desk, recording_id: str) -> None:
    viewing = open_for_viewing(desk, recording_id)
    file = Path(viewing.file)
    assert file.is_relative_to(desk.first_vault.path)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == viewing.recording.sha256
    assert (viewing.vault_id, viewing.state, viewing.away) == (desk.first_vault.vault_id, CopyState.VERIFIED, ())
    assert viewing.recording == show_recording(desk, recording_id)


def test_every_opening_is_one_event_of_the_recording(desk: Desk, recording_id: str) -> None:
    first = open_for_viewing(desk, recording_id)
    assert len(viewed(desk, recording_id)) == 1
    open_for_viewing(desk, recording_id)
    path = Path(first.file).relative_to(desk.first_vault.path).as_posix()
    told = {"vault_id": desk.first_vault.vault_id, "path": path, "by": desk.person_id}
    assert viewed(desk, recording_id) == [told, told]
    assert verify_audit(desk).ok


def test_reading_what_is_known_is_no_event(desk: Desk, recording_id: str) -> None:
    show_recording(desk, recording_id)
    assert viewed(desk, recording_id) == []


def test_without_the_right_nothing_is_opened(desk: Desk, recording_id: str) -> None:
    with pytest.raises(NotPermitted):
        open_for_viewing(replace(desk, rights=desk.rights - {Right.VIEW}), recording_id)
    assert viewed(desk, recording_id) == []


@pytest.mark.parametrize("unknown", ["", "0198c0de-0000-7000-8000-00000000ffff", "\0", "x" * 4000])
def test_what_is_not_in_the_catalogue_is_refused(desk: Desk, unknown: str) -> None:
    with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
        open_for_viewing(desk, unknown)


def test_a_vault_that_is_away_is_told_with_its_reason(desk: Desk, recording_id: str) -> None:
    desk.first_vault.path.rename(desk.first_vault.path.with_name("elsewhere"))
    with pytest.raises(VaultUnavailable) as caught:
        open_for_viewing(desk, recording_id)
    assert caught.value.facts["reason"] == "NO_FOLDER"
    assert viewed(desk, recording_id) == []


def test_another_vault_in_its_place_is_not_opened(desk: Desk, recording_id: str) -> None:
    path = desk.first_vault.path
    path.rename(path.with_name("elsewhere"))
    create_vault(path, "0198c0de-0000-7000-8000-000000000009")
    with pytest.raises(VaultUnavailable) as caught:
        open_for_viewing(desk, recording_id)
    assert caught.value.facts["reason"] == "OTHER_VAULT"


@pytest.mark.parametrize("instead", ["nothing", "folder", "link"])
def test_a_file_that_is_gone_is_told(desk: Desk, recording_id: str, tmp_path: Path, instead: str) -> None:
    file = Path(open_for_viewing(desk, recording_id).file)
    file.parent.chmod(0o700)
    file.unlink()
    if instead == "folder":
        file.mkdir()
    elif instead == "link":
        (tmp_path / "other").write_bytes(CONTENT)
        file.symlink_to(tmp_path / "other")
    with pytest.raises(EnvironmentFault) as caught:
        open_for_viewing(desk, recording_id)
    assert caught.value.facts["reason"] == "COPY_MISSING"
    assert len(viewed(desk, recording_id)) == 1


@pytest.mark.parametrize("loss", ["vault", "file"])
def test_the_second_vault_serves_when_the_first_can_not(
    desk: Desk, recording_id: str, tmp_path: Path, loss: str
) -> None:
    both = with_second_vault(desk, recording_id, tmp_path / "second-vault")
    first = Path(open_for_viewing(both, recording_id).file)
    assert first.is_relative_to(both.vaults[0].path)
    if loss == "vault":
        both.vaults[0].path.rename(tmp_path / "elsewhere")
    else:
        first.parent.chmod(0o700)
        first.unlink()
    viewing = open_for_viewing(both, recording_id)
    assert Path(viewing.file).is_relative_to(both.vaults[1].path)
    assert Path(viewing.file).read_bytes() == CONTENT
    assert (viewing.vault_id, viewing.away) == (both.vaults[1].vault_id, (both.vaults[0].vault_id,))
    assert viewed(both, recording_id)[-1]["vault_id"] == both.vaults[1].vault_id


def test_a_copy_that_was_never_made_is_not_looked_for(desk: Desk, recording_id: str) -> None:
    with desk.database.write() as session:
        session.execute(sa.update(Copy).values(state=CopyState.FAILED))
    with pytest.raises(EnvironmentFault) as caught:
        open_for_viewing(desk, recording_id)
    assert caught.value.facts["reason"] == "COPY_MISSING"


class TestWatched:
    def test_what_was_watched_is_one_event_without_overlaps(self, desk: Desk, recording_id: str) -> None:
        told = close_viewing(desk, recording_id, [(5000, 9000), (0, 2000), (1500, 3000), (9000, 9500), (20, 20)], 61)
        assert (told.spans, told.seconds) == (((0, 3000), (5000, 9500)), 61)
        last = show_recording(desk, recording_id).custody[-1]
        assert last.act == "recording.watched"
        assert dict(last.facts) == {"spans": [[0, 3000], [5000, 9500]], "seconds": 61, "by": desk.person_id}
        assert verify_audit(desk).ok

    def test_nothing_watched_is_an_event_too(self, desk: Desk, recording_id: str) -> None:
        assert close_viewing(desk, recording_id, [], 0).spans == ()
        assert show_recording(desk, recording_id).custody[-1].facts["spans"] == []

    def test_what_is_no_span_is_a_bug(self, desk: Desk, recording_id: str) -> None:
        for span in ((-1, 5), (6, 5)):
            with pytest.raises(ValueError, match="no span"):
                close_viewing(desk, recording_id, [span], 1)

    def test_an_unknown_recording(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
            close_viewing(desk, "unknown", [], 1)


class TestChecked:
    def test_a_good_copy(self, desk: Desk, recording_id: str) -> None:
        before = show_recording(desk, recording_id).copies[0].checked_at
        viewing = open_for_viewing(desk, recording_id)
        said: list[Progress] = []
        assert check_viewed(desk, recording_id, viewing.vault_id, on_progress=said.append) == ()
        assert (said[-1].bytes_done, said[-1].bytes_total) == (len(CONTENT), len(CONTENT))
        after = show_recording(desk, recording_id).copies[0].checked_at
        assert before is not None and after is not None and after > before

    def test_a_damaged_copy_is_found_written_down_and_good_again(self, desk: Desk, recording_id: str) -> None:
        viewing = open_for_viewing(desk, recording_id)
        file = Path(viewing.file)
        file.chmod(0o600)
        file.write_bytes(CONTENT[:-1] + b"x")
        (finding,) = check_viewed(desk, recording_id, viewing.vault_id)
        assert (finding.code, finding.facts["expected"]) == ("DIGEST_MISMATCH", viewing.recording.sha256)
        shown = show_recording(desk, recording_id)
        assert (shown.verified, shown.copies[0].state, shown.custody[-1].act) == (False, "DAMAGED", "copy.bad")
        file.write_bytes(CONTENT)
        assert check_viewed(desk, recording_id, viewing.vault_id) == ()
        assert show_recording(desk, recording_id).verified

    def test_a_copy_that_is_gone(self, desk: Desk, recording_id: str) -> None:
        file = Path(open_for_viewing(desk, recording_id).file)
        file.parent.chmod(0o700)
        file.unlink()
        (finding,) = check_viewed(desk, recording_id, desk.first_vault.vault_id)
        assert finding.code == "MISSING"
        assert show_recording(desk, recording_id).copies[0].state == "MISSING"

    def test_stopped_nothing_is_written_down(self, desk: Desk, recording_id: str) -> None:
        before = show_recording(desk, recording_id)
        control = Control()
        control.cancel()
        with pytest.raises(Cancelled):
            check_viewed(desk, recording_id, desk.first_vault.vault_id, control=control)
        assert show_recording(desk, recording_id) == before

    def test_a_vault_that_is_not_here(self, desk: Desk, recording_id: str) -> None:
        with pytest.raises(UsageError, match="VAULT_UNKNOWN"):
            check_viewed(desk, recording_id, "other")
        desk.first_vault.path.rename(desk.first_vault.path.with_name("elsewhere"))
        with pytest.raises(VaultUnavailable):
            check_viewed(desk, recording_id, desk.first_vault.vault_id)
