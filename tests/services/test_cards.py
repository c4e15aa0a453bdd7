"""What the window is told of cards, on real mounts."""

from __future__ import annotations

import select
from contextlib import closing
from pathlib import Path

import pytest

from avdesk.errors import SourceMissing
from avdesk.media.sample_card import write_sample_card
from avdesk.services.cards import list_cards, look_into, recorder_names, watch_cards
from avdesk.services.desk import Desk
from avdesk.services.ingest import SourceChoice
from avdesk.services.workspace import init, sign_in
from tests.commands import OPERATOR, UNIT
from tests.conftest import sqlite_only
from tests.mounts import mounted_image, requires_root_mounts


@sqlite_only
@requires_root_mounts
def test_a_card_is_listed_and_its_coming_and_going_told(desk: Desk, tmp_path: Path) -> None:
    watch = watch_cards(desk)
    try:
        poll = select.poll()
        poll.register(watch.fileno(), select.POLLPRI)
        with mounted_image(tmp_path, "exfat", label="KAKA") as root:
            assert poll.poll(2000), "the mount is told"
            (card,) = [card for card in list_cards(desk) if card.mount == str(root)]
            assert (card.fstype, card.label) == ("exfat", "KAKA")
            assert card.bytes_total > 0 and card.device_id and card.uuid
        assert poll.poll(2000), "the unmount is told"
        assert not [card for card in list_cards(desk) if card.mount == str(root)]
    finally:
        watch.close()


@requires_root_mounts
def test_a_volume_that_holds_the_vault_is_no_card(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "ext4") as root:
        init(tmp_path / "workspace", UNIT, OPERATOR, root / "vault")
        with closing(sign_in(tmp_path / "workspace", None)) as desk:
            assert str(root) not in {card.mount for card in list_cards(desk)}


@sqlite_only
def test_a_look_gives_the_plan_and_who_recorded(desk: Desk, tmp_path: Path) -> None:
    write_sample_card(tmp_path / "card")
    found = look_into(desk, SourceChoice(tmp_path / "card"))
    assert found.plan is not None
    assert found.plan.totals.new == 8 and found.plan.recorder.profile in recorder_names(desk)
    assert found.users == ("310086",)


@sqlite_only
def test_a_source_with_too_many_files_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / "disk" / f"{number % 3}").mkdir(parents=True, exist_ok=True)
        (tmp_path / "disk" / f"{number % 3}" / f"{number}.mp4").write_bytes(b"x")
    source = SourceChoice(tmp_path / "disk")
    assert look_into(desk, source, most=11).plan is None
    for most in (12, None):
        found = look_into(desk, source, most=most)
        assert found.plan is not None and found.plan.totals.files == 12


@sqlite_only
def test_a_source_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        look_into(desk, SourceChoice(tmp_path / "nowhere"))


@sqlite_only
def test_every_family_of_recorders_has_a_name_in_both_languages(desk: Desk) -> None:
    names = recorder_names(desk)
    assert "gat947" in names
    assert all(name.zh and name.en for name in names.values())
