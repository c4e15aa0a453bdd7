"""Pictures of real recordings, from the vault into the cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from avdesk.errors import Cancelled
from avdesk.media.sample_card import write_sample_card
from avdesk.models import AuditEvent
from avdesk.progress import Control
from avdesk.services import ingest
from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.library import browse
from avdesk.services.thumbnails import Thumbnailer, thumbnails
from avdesk.terms import Kind


@pytest.fixture
def worker() -> Iterator[Thumbnailer]:
    with Thumbnailer() as made:
        yield made


@pytest.fixture
def collected(desk: Desk, tmp_path: Path) -> dict[str, Kind]:
    """Kinds by recording, of the sample card."""
    card = tmp_path / "card"
    write_sample_card(card)
    (source,) = ingest.choose([card])
    ingest.ingest(desk, ingest.plan(desk, source, probe=False))
    return {row.recording_id: row.kind for row in browse(desk).rows}


def events(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return [act for act in session.scalars(sa.select(AuditEvent.act)) if act == "thumbnails.made"]


def test_each_recording_has_its_picture_in_the_cache(
    desk: Desk, collected: dict[str, Kind], worker: Thumbnailer
) -> None:
    made = thumbnails(desk, list(collected), worker)
    assert [each.recording_id for each in made] == list(collected)
    for each in made:
        shown = collected[each.recording_id] is not Kind.SIDECAR
        assert (each.file is not None) == shown
        if each.file is not None:
            assert each.file == desk.workspace / "cache" / each.recording_id / "thumb.jpg"
            assert each.file.read_bytes().startswith(b"\xff\xd8\xff")
    assert len(events(desk)) == 1 and verify_audit(desk).ok


def test_nothing_is_made_twice(desk: Desk, collected: dict[str, Kind], worker: Thumbnailer) -> None:
    first = thumbnails(desk, list(collected), worker)
    stamps = [each.file.stat().st_mtime_ns for each in first if each.file is not None]
    second = thumbnails(desk, list(collected), worker)
    assert second == first
    assert [each.file.stat().st_mtime_ns for each in second if each.file is not None] == stamps
    assert len(events(desk)) == 1


def test_a_content_that_shows_nothing_is_asked_once(desk: Desk, worker: Thumbnailer, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    (card / "broken.MP4").write_bytes(b"no film")
    (source,) = ingest.choose([card])
    ingest.ingest(desk, ingest.plan(desk, source, probe=False))
    (row,) = browse(desk).rows
    assert thumbnails(desk, [row.recording_id], worker)[0].file is None
    assert (desk.workspace / "cache" / row.recording_id / "thumb.none").exists()
    assert thumbnails(desk, [row.recording_id], worker)[0].file is None
    assert events(desk) == []


def test_a_vault_that_is_away_is_asked_again(desk: Desk, collected: dict[str, Kind], worker: Thumbnailer) -> None:
    vault = desk.first_vault.path
    vault.rename(vault.with_name("elsewhere"))
    assert {each.file for each in thumbnails(desk, list(collected), worker)} == {None}
    vault.with_name("elsewhere").rename(vault)
    assert sum(each.file is not None for each in thumbnails(desk, list(collected), worker)) == 7


@pytest.mark.parametrize("named", ["", "nothing", "../../avdesk", "\0", "\udcff", "x" * 1000])
def test_an_unknown_one_has_none(desk: Desk, worker: Thumbnailer, named: str) -> None:
    assert [each.file for each in thumbnails(desk, [named], worker)] == [None]
    assert list((desk.workspace / "cache").iterdir()) == []


def test_it_can_be_stopped(desk: Desk, collected: dict[str, Kind], worker: Thumbnailer) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        thumbnails(desk, list(collected), worker, control=control)
    assert events(desk) == []
