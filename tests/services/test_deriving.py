"""Snapshots and clips: made from a copy that is good now, kept like everything else, told by the vault alone."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from avdesk.errors import Cancelled, CopyDamaged, EnvironmentFault, NotDecoded, NotPermitted, UsageError
from avdesk.progress import Control, Progress
from avdesk.services.audit import verify_audit
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.deriving import clip, snapshot
from avdesk.services.desk import Desk
from avdesk.services.frames import extract_frame
from avdesk.services.ingest import reconcile
from avdesk.services.interruptions import list_interruptions
from avdesk.services.rebuilding import rebuild
from avdesk.services.recordings import list_recordings, show_recording
from avdesk.services.timelines import timeline_of
from avdesk.services.vaults import verify
from avdesk.services.workspace import init, sign_in
from avdesk.terms import CopyState, Kind, Right
from avdesk.vault.root import VaultPlace, create_vault
from tests.commands import OPERATOR, UNIT, validate
from tests.conftest import Collect
from tests.media.numbered import make_film, number_of, numbers_in

NUMBER = "平石医保罚字〔2026〕7号"
NAME = "DCIM/VIDEO/DSJ_5K20417_310086_20261123140210.MP4"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A film of two seconds with a key frame each second."""
    return make_film(tmp_path_factory.mktemp("film") / "film.mp4", sound="aac").read_bytes()


@pytest.fixture
def film(collect: Collect, content: bytes) -> str:
    (outcome,) = collect({NAME: content}).outcomes
    assert outcome.recording_id is not None
    return outcome.recording_id


def stored(desk: Desk, recording_id: str) -> Path:
    return desk.first_vault.path / show_recording(desk, recording_id).copies[0].path


def bag_of(desk: Desk, recording_id: str) -> Path:
    path = Path(show_recording(desk, recording_id).copies[0].path)
    return desk.first_vault.path / path.as_posix().partition("/data/")[0]


def acts(desk: Desk, recording_id: str) -> list[str]:
    return [event.act for event in show_recording(desk, recording_id).custody]


def spoil(file: Path) -> None:
    file.chmod(0o600)
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def everything_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestSnapshot:
    def test_it_is_the_frame_on_the_screen_as_a_recording_of_its_own(self, desk: Desk, film: str) -> None:
        made = snapshot(desk, film, 0.61)
        assert (made.derived_from, made.index, made.time_s, made.width, made.height) == (film, 15, 0.6, 160, 96)
        file = stored(desk, made.recording_id)
        assert file.relative_to(desk.first_vault.path).parts[0] == "derived"
        assert hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256
        with Image.open(file) as picture:
            assert (picture.format, number_of(picture)) == ("PNG", 15)
        shown = show_recording(desk, made.recording_id)
        assert (shown.kind, shown.derived_from, shown.verified) == (Kind.PHOTO, film, True)
        assert f"{shown.recorded_at:%Y-%m-%d %H:%M:%S.%f}" == "2026-11-23 14:02:10.600000"
        assert [row.recording_id for row in show_recording(desk, film).derived] == [made.recording_id]

    def test_its_provenance_stands_in_catalogue_bag_and_chain(self, desk: Desk, film: str) -> None:
        original = show_recording(desk, film)
        made = snapshot(desk, film, 0.61)
        shown = show_recording(desk, made.recording_id)
        assert shown.provenance is not None
        told = {"how": "snapshot", "recording_id": film, "sha256": original.sha256, "path": original.copies[0].path}
        told |= {"from_s": 0.61, "to_s": None, "first_index": 15, "first_s": 0.6, "mode": None}  # type: ignore[dict-item]
        assert told.items() <= shown.provenance.items()
        assert shown.provenance["by"] == desk.person_name
        said = json.loads((bag_of(desk, made.recording_id) / "avdesk-ingest.json").read_text())
        assert told.items() <= said["derivation"].items()
        assert said["operator"]["name"] == desk.person_name and said["started_at"]
        event = show_recording(desk, film).custody[-1]
        assert (event.act, event.facts["derived"], event.facts["how"]) == (
            "recording.derived",
            made.recording_id,
            "snapshot",
        )
        assert event.facts["from_ms"] == 610
        assert acts(desk, made.recording_id) == ["recording.registered"]
        assert verify_audit(desk).ok

    def test_the_bag_is_valid_and_is_verified_with_the_others(self, desk: Desk, film: str) -> None:
        made = snapshot(desk, film, 0)
        bag = bag_of(desk, made.recording_id)
        validate(bag)
        assert not (bag / ".incoming").exists()
        assert (verify(desk).ok, verify(desk).findings) == (2, ())
        spoil(stored(desk, made.recording_id))
        (finding, *_tags) = verify(desk).findings
        assert (finding.code, finding.facts["recording_id"]) == ("DIGEST_MISMATCH", made.recording_id)

    def test_it_belongs_to_the_cases_of_its_original(self, desk: Desk, film: str) -> None:
        add_case(desk, NUMBER, "惠民示例大药房案")
        link_recordings(desk, NUMBER, [film])
        made = snapshot(desk, film, 0)
        assert [link.number for link in show_recording(desk, made.recording_id).links] == [NUMBER]

    def test_the_same_frame_twice_is_two_recordings(self, desk: Desk, film: str) -> None:
        one, two = snapshot(desk, film, 0), snapshot(desk, film, 0)
        assert one.sha256 == two.sha256 and one.recording_id != two.recording_id
        assert one.stored_path != two.stored_path

    def test_of_a_photograph(self, desk: Desk, collect: Collect, tmp_path: Path) -> None:
        Image.new("RGB", (64, 48), "red").save(tmp_path / "photo.jpg")
        (outcome,) = collect({"DCIM/IMG_0001.JPG": (tmp_path / "photo.jpg").read_bytes()}).outcomes
        made = snapshot(desk, str(outcome.recording_id), 0)
        assert (made.index, made.width, made.height) == (0, 64, 48)
        with pytest.raises(UsageError, match="NO_FILM"):
            clip(desk, str(outcome.recording_id), 0, 0.001)

    def test_from_a_snapshot_another_can_be_made(self, desk: Desk, film: str) -> None:
        first = snapshot(desk, film, 0)
        second = snapshot(desk, first.recording_id, 0)
        assert second.derived_from == first.recording_id


class TestClip:
    @pytest.mark.parametrize(("from_s", "mode"), [(1.0, "copy"), (0.48, "encode")])
    def test_it_begins_with_the_frame_on_the_screen(self, desk: Desk, film: str, from_s: float, mode: str) -> None:
        made = clip(desk, film, from_s, 1.6)
        first = round(from_s * 25)
        assert (made.mode, made.first_s, made.first_index) == (mode, from_s, first)
        numbers = [number for number, _time in numbers_in(stored(desk, made.recording_id))]
        assert numbers[: 40 - first] == list(range(first, 40))
        assert made.last_index == numbers[-1] and made.last_s == numbers[-1] / 25
        shown = show_recording(desk, made.recording_id)
        assert (shown.kind, shown.derived_from, shown.verified, shown.width) == (Kind.VIDEO, film, True, 160)
        assert shown.duration_s is not None and abs(shown.duration_s - len(numbers) / 25) < 0.1
        assert shown.provenance is not None and shown.provenance["mode"] == mode
        validate(bag_of(desk, made.recording_id))

    def test_what_is_no_span_is_refused(self, desk: Desk, film: str) -> None:
        for span, code in (((1.0, 1.0), "SPAN_REVERSED"), ((-1.0, 1.0), "TIME_OUT_OF_RANGE"), ((0, 9), "TIME_OUT_OF")):
            with pytest.raises(UsageError, match=code):
                clip(desk, film, *span)
        assert list_recordings(desk).total == 1

    def test_it_can_be_stopped_and_leaves_nothing(self, desk: Desk, film: str) -> None:
        control = Control()

        def stop(progress: Progress) -> None:
            if progress.stage == "verify":
                control.cancel()

        before = everything_below(desk.first_vault.path)
        with pytest.raises(Cancelled):
            clip(desk, film, 0.48, 1.6, on_progress=stop, control=control)
        assert everything_below(desk.first_vault.path) == before
        assert list_recordings(desk).total == 1 and acts(desk, film)[-1] != "recording.derived"


class TestNothingIsMade:
    def test_from_a_damaged_copy(self, desk: Desk, film: str, tmp_path: Path) -> None:
        spoil(stored(desk, film))
        before = everything_below(desk.first_vault.path)
        for make in (lambda: snapshot(desk, film, 0), lambda: clip(desk, film, 0, 1)):
            with pytest.raises(CopyDamaged) as caught:
                make()
            assert caught.value.finding.code == "DIGEST_MISMATCH"
        with pytest.raises(CopyDamaged):
            extract_frame(desk, film, tmp_path / "frame.png", index=0)
        assert not (tmp_path / "frame.png").exists()
        assert everything_below(desk.first_vault.path) == before
        shown = show_recording(desk, film)
        assert (shown.copies[0].state, shown.derived) == ("DAMAGED", ()) and "copy.bad" in acts(desk, film)

    def test_without_a_copy_or_the_right(self, desk: Desk, film: str) -> None:
        viewer = replace(desk, rights=frozenset({Right.VIEW, Right.MARK}))
        with pytest.raises(NotPermitted):
            snapshot(viewer, film, 0)
        file = stored(desk, film)
        file.parent.chmod(0o700)
        file.rename(file.with_name("away"))
        with pytest.raises(EnvironmentFault, match="COPY_MISSING"):
            snapshot(desk, film, 0)

    def test_from_what_has_no_picture(self, desk: Desk, collect: Collect) -> None:
        (outcome,) = collect({"LOG/a.LOG": b"words"}).outcomes
        with pytest.raises(NotDecoded, match="NOT_SHOWN"):
            snapshot(desk, str(outcome.recording_id), 0)
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
            snapshot(desk, "unknown", 0)

    def test_the_original_stays_as_it_is(self, desk: Desk, film: str) -> None:
        file = stored(desk, film)
        before = file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode
        snapshot(desk, film, 1)
        clip(desk, film, 0, 1)
        assert (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode) == before


class TestVaults:
    def with_second(self, desk: Desk, folder: Path) -> Desk:
        from avdesk.models import Vault

        place = create_vault(folder, "0198c0de-0000-7000-8000-000000000002")
        with desk.database.write() as session:
            first = session.get_one(Vault, desk.first_vault.vault_id)
            session.add(Vault(id=place.vault_id, role="second", added_at=first.added_at))
        return replace(desk, vaults=(desk.first_vault, VaultPlace(place.vault_id, folder)))

    def test_it_goes_into_every_vault(self, desk: Desk, film: str, tmp_path: Path) -> None:
        both = self.with_second(desk, tmp_path / "second")
        made = snapshot(both, film, 1)
        assert [copy.state for copy in made.copies] == [CopyState.VERIFIED] * 2
        for place in both.vaults:
            assert hashlib.sha256((place.path / made.stored_path).read_bytes()).hexdigest() == made.sha256
            validate(place.path / made.stored_path.partition("/data/")[0])

    def test_a_second_vault_that_is_away_is_a_state_of_the_copy(self, desk: Desk, film: str, tmp_path: Path) -> None:
        both = self.with_second(desk, tmp_path / "second")
        (tmp_path / "second").rename(tmp_path / "elsewhere")
        states = {copy.vault_id: copy.state for copy in snapshot(both, film, 1).copies}
        assert list(states.values()) == [CopyState.VERIFIED, CopyState.AWAY]

    def test_the_vault_alone_tells_of_it(self, desk: Desk, film: str, tmp_path: Path, monkeypatch: Any) -> None:
        picture, part = snapshot(desk, film, 1), clip(desk, film, 0.48, 1.6)
        before = {each: show_recording(desk, each) for each in (film, picture.recording_id, part.recording_id)}
        monkeypatch.delenv("AVDESK_DATABASE_URL")
        init(tmp_path / "new", UNIT, OPERATOR)
        again = sign_in(tmp_path / "new", None)
        try:
            report = rebuild(again, desk.first_vault.path)
            assert (report.bags, report.recordings, report.findings) == (3, 3, ())
            for recording_id, known in before.items():
                shown = show_recording(again, recording_id)
                assert (shown.sha256, shown.derived_from) == (known.sha256, known.derived_from)
                assert shown.provenance == known.provenance
                assert shown.recorded_at == known.recorded_at
        finally:
            again.close()

    def test_without_its_original_it_is_still_told(
        self, desk: Desk, film: str, tmp_path: Path, monkeypatch: Any
    ) -> None:
        picture = snapshot(desk, film, 1)
        for folder in desk.first_vault.path.glob("[0-9]*"):
            folder.rename(tmp_path / folder.name)
        monkeypatch.delenv("AVDESK_DATABASE_URL")
        init(tmp_path / "new", UNIT, OPERATOR)
        again = sign_in(tmp_path / "new", None)
        try:
            report = rebuild(again, desk.first_vault.path)
            assert [finding.code for finding in report.findings] == ["ORIGINAL_UNKNOWN"]
            shown = show_recording(again, picture.recording_id)
            assert shown.derived_from is None
            assert shown.provenance is not None and shown.provenance["recording_id"] == film
        finally:
            again.close()


class TestInterrupted:
    @pytest.mark.parametrize("moment", ["filled", "adopted", "registered"])
    def test_it_is_brought_into_order(
        self, desk: Desk, film: str, moment: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The process dies at a moment; the next one finds the bag as it was left."""
        killed_at = {
            "filled": "avdesk.vault.bag.OpenBag.journal",
            "adopted": "avdesk.services._filling.register",
            "registered": "avdesk.services._deriving.close_ingest",
        }[moment]
        child = os.fork()
        if child == 0:
            monkeypatch.setattr(killed_at, lambda *_args, **_named: os._exit(9))
            own = sign_in(desk.workspace, None)
            snapshot(own, film, 1)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9
        assert list_interruptions(desk) == ()  # no card is waited for
        (ingest,) = reconcile(desk).ingests
        assert ingest.state == "SEALED" and reconcile(desk).ingests == ()
        made = show_recording(desk, film).derived
        if moment == "filled":
            assert made == () and not any((desk.first_vault.path / "derived").glob("*/*/*"))
            return
        (one,) = made
        shown = show_recording(desk, one.recording_id)
        assert shown.verified and shown.provenance is not None and shown.provenance["first_index"] == 25
        validate(bag_of(desk, one.recording_id))
        assert verify(desk).findings == () and verify_audit(desk).ok


def test_a_card_with_the_same_content_is_collected(desk: Desk, film: str, collect: Collect) -> None:
    """What was made here is no earlier collecting of a card."""
    made = snapshot(desk, film, 1)
    (outcome,) = collect({"DCIM/IMG_0001.PNG": stored(desk, made.recording_id).read_bytes()}).outcomes
    assert outcome.status == "VERIFIED" and outcome.recording_id != made.recording_id


def test_the_line_of_time_has_only_what_recorders_made(desk: Desk, film: str) -> None:
    snapshot(desk, film, 1)
    made = clip(desk, film, 1, 2)
    line = timeline_of(desk, film)
    assert [segment.recording_id for segment in line.segments] == [film] and line.photographs == ()
    assert [segment.recording_id for segment in timeline_of(desk, made.recording_id).segments] == [made.recording_id]


class TestFrame:
    def test_a_picture_in_full_size_and_what_it_was_made_of(self, desk: Desk, film: str, tmp_path: Path) -> None:
        output = tmp_path / "frame.png"
        output.write_bytes(b"before")
        made = extract_frame(desk, film, output, index=33)
        assert (made.index, made.time_s, made.width, made.height) == (33, 1.32, 160, 96)
        assert made.source_sha256 == show_recording(desk, film).sha256
        with Image.open(output) as picture:
            assert number_of(picture) == 33
        assert extract_frame(desk, film, output, at_s=1.339).index == 33
        assert acts(desk, film)[-2:] == ["recording.frame"] * 2

    def test_what_was_there_stays_when_there_is_no_such_frame(self, desk: Desk, film: str, tmp_path: Path) -> None:
        output = tmp_path / "frame.png"
        output.write_bytes(b"before")
        with pytest.raises(UsageError, match="NO_SUCH_FRAME"):
            extract_frame(desk, film, output, index=50)
        assert output.read_bytes() == b"before" and [path.name for path in tmp_path.glob("*.part")] == []

    def test_never_into_a_vault(self, desk: Desk, film: str) -> None:
        with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
            extract_frame(desk, film, desk.first_vault.path / "frame.png", index=0)
