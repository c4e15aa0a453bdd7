"""Each policy is changed through the service, and what it is for is seen to change."""

from __future__ import annotations

import hashlib
import io
import wave
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avdesk.errors import UsageError
from avdesk.models import CaseFile, PolicyValue
from avdesk.policy import POLICIES
from avdesk.services import ingest as collecting
from avdesk.services.analysis import Analyser, analyse, analysis_of, waiting_for_analysis
from avdesk.services.audit import export_audit
from avdesk.services.cases import add_case, list_cases
from avdesk.services.desk import Desk
from avdesk.services.labels import make_labels
from avdesk.services.people import add_person
from avdesk.services.policies import list_policies, set_policy
from avdesk.services.recordings import RecordingFilter, list_recordings, show_recording
from avdesk.services.workspace import sign_in
from tests.conftest import collect_files, make_card, sqlite_only
from tests.faultfs import Fault, Rule, faultfs, missing
from tests.media.flawed import Coding, Part, write

LOG = {"LOG/DSJ_5K20417_310086_20261123233000.LOG": b"power on\n"}
REASON = "试点要求"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

ANALYSIS = [  # what a value makes of a film that is as the parts below; of which code so many seconds, before and after
    ("shortest_s", "7", "CLIPPED", (5, 0)),
    ("black_below", "220", "BLACK_OR_COVERED", (10, 20)),
    ("covered_below", "0", "UNDEREXPOSED", (0, 5)),
    ("underexposed_below", "220", "UNDEREXPOSED", (0, 10)),
    ("overexposed_above", "100", "OVEREXPOSED", (5, 0)),
    ("blurred_below", "1000", "BLURRED", (0, 15)),
    ("frozen_below", "1000", "FROZEN", (0, 4)),
    ("silent_below_db", "-110", "SILENT", (10, 0)),
    ("clipped_above", "1000", "CLIPPED", (5, 0)),
]
FLAWED = (
    *(Part(5, sound="speech, loud"), Part(5, "black, noise", "dead microphone"), Part(5, "hand", "dead microphone")),
    *(Part(5, "bright", "clipped"), Part(5, "white", "room"), Part(5, "standing, noise", "room")),
)
WRONG = [
    ("no.such", "1", REASON, "UNKNOWN_POLICY"),
    ("\udcff", "1", REASON, "UNKNOWN_POLICY"),
    ("media.probe_seconds", "0", REASON, "BAD_POLICY_VALUE"),
    ("media.probe_seconds", "601", REASON, "BAD_POLICY_VALUE"),
    ("time.zone", "Asia/Shanghai", REASON, "BAD_POLICY_VALUE"),
    ("disc_number.pattern", "{number.__class__}{number}", REASON, "BAD_POLICY_VALUE"),
    ("disc_number.pattern", "{number}{year:9999999999}", REASON, "BAD_POLICY_VALUE"),
    ("digest.sm3", "maybe", REASON, "BAD_POLICY_VALUE"),
    ("digest.sm3", "true", "", "EMPTY"),
    ("digest.sm3", "true", " \u3000", "EMPTY"),
    ("digest.sm3", "true", "x" * 1001, "TOO_LONG"),
    ("digest.sm3", "true", "a\0b", "CONTROL_CHARACTER"),
]


@contextmanager
def signed_in_after(desk: Desk, key: str, value: str) -> Iterator[Desk]:
    """A change holds from the next sign-in on."""
    set_policy(desk, key, value, REASON)
    with closing(sign_in(desk.workspace, None)) as later:
        yield later


def test_every_policy_is_tested_here() -> None:
    """Whoever adds one, adds the test that shows what it does."""
    elsewhere = {"timeline.gap_minutes"}  # in test_timelines.py
    tested = {"time.zone", "digest.sm3", "disc_number.pattern", "disc_number.start", "media.probe_seconds"}
    analysis = {f"analysis.{key}" for key in ("enabled", *(key for key, *_rest in ANALYSIS))}
    assert {policy.key for policy in POLICIES} == tested | elsewhere | analysis


def test_time_zone_is_what_a_recorders_own_time_is_taken_for(desk: Desk, tmp_path: Path) -> None:
    (before,) = collect_files(desk, tmp_path, LOG).outcomes
    with signed_in_after(desk, "time.zone", "+06:00") as later:
        (after,) = collect_files(later, tmp_path, {"LOG/DSJ_5K20417_310086_20261123233000.LOG": b"another\n"}).outcomes
        (first,) = show_recording(later, str(before.recording_id)).times[:1]
        on_the_day = list_recordings(later, RecordingFilter(day=date(2026, 11, 23)))
    assert (str(before.recorded_at), str(after.recorded_at)) == (
        "2026-11-23 23:30:00+08:00",
        "2026-11-23 23:30:00+06:00",
    )
    assert (str(first.at), first.raw, first.zone_stated) == ("2026-11-23 21:30:00+06:00", "20261123233000", False)
    assert on_the_day.total == 2
    assert list_recordings(desk, RecordingFilter(day=date(2026, 11, 24))).total == 1


def test_digest_sm3_is_computed_beside_sha256(desk: Desk, tmp_path: Path) -> None:
    (before,) = collect_files(desk, tmp_path, {"a.LOG": b"one"}).outcomes
    assert before.sm3 is None
    with signed_in_after(desk, "digest.sm3", "true") as later:
        (after,) = collect_files(later, tmp_path, {"b.LOG": b"two"}).outcomes
        shown = show_recording(later, str(after.recording_id))
    assert after.sm3 == shown.sm3 == hashlib.new("sm3", b"two").hexdigest()


def number_of(desk: Desk, folder: Path, number: int) -> str:
    case = add_case(desk, f"平石医保罚字〔2026〕{number}号", "惠民示例大药房违规使用医保基金案", "惠民示例大药房")
    sheet = make_labels(desk, case.number, folder / "labels.pdf", made=date(2026, 11, 25))
    first, second = (item.text for label in sheet.labels for item in label.items if item.item == "disc_number")
    assert (first[-2:], second) == ("-1", f"{first[:-1]}2")
    return first[:-2]


def test_disc_number_pattern_is_how_numbers_are_written(desk: Desk, tmp_path: Path) -> None:
    assert "2026-0001" in number_of(desk, tmp_path, 1)
    with signed_in_after(desk, "disc_number.pattern", "医保盘{year}第{number}号") as later:
        assert "医保盘2026第2号" in number_of(later, tmp_path, 2)


def test_disc_number_start_goes_on_where_the_paper_register_ended(desk: Desk, tmp_path: Path) -> None:
    with signed_in_after(desk, "disc_number.start", "317") as later:
        assert "2026-0317" in number_of(later, tmp_path, 1)
        assert "2026-0318" in number_of(later, tmp_path, 2)
        with signed_in_after(later, "disc_number.start", "5") as last:
            assert "2026-0319" in number_of(last, tmp_path, 3)


def test_numbers_without_a_year_go_on_in_the_next(desk: Desk, tmp_path: Path) -> None:
    with signed_in_after(desk, "disc_number.pattern", "D{number:05d}") as later:
        for year, number in ((2026, 1), (2027, 2)):
            case = add_case(later, f"平石医保罚字〔{year}〕1号", "案")
            make_labels(later, case.number, tmp_path / "labels.pdf", made=date(year, 11, 25))
            assert list_cases(later).cases[0].disc_number == f"D{number:05}"


def test_a_number_that_was_given_under_another_pattern_is_not_given_again(desk: Desk, tmp_path: Path) -> None:
    number_of(desk, tmp_path, 1)
    with desk.database.write() as session:
        session.add(CaseFile(number="旧", normalised="旧", title="旧案", disc_number="2026-0002", opened_at=NOON))
    assert "2026-0003" in number_of(desk, tmp_path, 2)


@sqlite_only
@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_probe_seconds_is_how_long_a_files_metadata_may_take(desk: Desk, tmp_path: Path) -> None:
    root = make_card(tmp_path, {"RECORD/20261123_141500.WAV": sound()})
    (tmp_path / "mount").mkdir()
    with faultfs(root, tmp_path / "mount") as card:
        card.set(Rule("RECORD/*", Fault.SLOW, seconds=1.2, count=1))
        (source,) = collecting.choose([tmp_path / "mount"])
        assert collecting.plan(desk, source).files[0].duration_s == 2.0
        with signed_in_after(desk, "media.probe_seconds", "1") as later:
            card.set(Rule("RECORD/*", Fault.SLOW, seconds=1.2))
            assert collecting.plan(later, source).files[0].duration_s is None


@pytest.fixture(scope="session")
def flawed_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("flawed") / "film.mp4"
    return write(file, FLAWED, Coding(size=(320, 180), rate=10, gop=10)).read_bytes()


@pytest.mark.parametrize(("key", "value", "code", "seconds"), ANALYSIS, ids=[row[0] for row in ANALYSIS])
def test_analysis_thresholds_decide_what_is_told(
    desk: Desk, tmp_path: Path, flawed_film: bytes, key: str, value: str, code: str, seconds: tuple[int, int]
) -> None:
    (outcome,) = collect_files(desk, tmp_path, {"film.MP4": flawed_film}).outcomes
    recording_id = str(outcome.recording_id)
    with Analyser() as worker, signed_in_after(desk, f"analysis.{key}", value) as later:
        for each, expected in ((desk, seconds[0]), (later, seconds[1])):
            analyse(each, [recording_id], worker)
            spans = [span for span in analysis_of(each, recording_id).spans if span.code == code]
            assert sum(span.to_s - span.from_s for span in spans) == pytest.approx(expected, abs=1.01)


def test_analysis_enabled_is_whether_anything_waits_for_it(desk: Desk, tmp_path: Path, flawed_film: bytes) -> None:
    collect_files(desk, tmp_path, {"film.MP4": flawed_film})
    assert waiting_for_analysis(desk).left == 1
    with signed_in_after(desk, "analysis.enabled", "false") as later:
        waiting = waiting_for_analysis(later)
    assert (waiting.recording_ids, waiting.left) == ((), 0)


def sound() -> bytes:
    """Two seconds of silence."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 16_000)
    return content.getvalue()


class TestChanging:
    def test_a_change_says_who_when_from_what_and_why(self, desk: Desk, tmp_path: Path) -> None:
        (before,) = [row for row in list_policies(desk).policies if row.key == "disc_number.start"]
        assert (before.value, before.default, before.article, before.changed_by, before.changed_at) == (
            1,
            1,
            "16",
            None,
            None,
        )
        answered = set_policy(desk, "disc_number.start", "317", f" {REASON} ")
        (after,) = [row for row in answered.policies if row.key == "disc_number.start"]
        assert (after.value, after.default, after.changed_by) == (317, 1, "王示例")
        assert after.changed_at is not None and str(after.changed_at).endswith("+08:00")
        assert list_policies(desk) == answered
        set_policy(desk, "disc_number.start", "318", REASON)
        export_audit(desk, tmp_path / "audit.jsonl")
        lines = (tmp_path / "audit.jsonl").read_text().splitlines()
        assert '"from":1,"reason":"试点要求","to":317' in lines[1]
        assert '"from":317,"reason":"试点要求","to":318' in lines[2]

    def test_a_change_does_not_reach_who_is_signed_in_already(self, desk: Desk, tmp_path: Path) -> None:
        """Work that was submitted goes on as it was."""
        set_policy(desk, "digest.sm3", "true", REASON)
        (outcome,) = collect_files(desk, tmp_path, LOG).outcomes
        assert outcome.sm3 is None

    def test_what_is_wrong_changes_nothing(self, desk: Desk) -> None:
        before = list_policies(desk)
        for key, value, reason, code in WRONG:
            with pytest.raises(UsageError, match=code):
                set_policy(desk, key, value, reason)
        assert list_policies(desk) == before

    def test_a_value_of_another_kind_in_the_catalogue_is_not_used(self, desk: Desk) -> None:
        """A list, say, from a later version that was rolled back."""
        set_policy(desk, "digest.sm3", "true", REASON)
        with desk.database.write() as session:
            session.get_one(PolicyValue, "digest.sm3").value = ["sm3"]
        assert list_policies(desk).policies[1].value is False

    def test_who_changed_it_may_be_anybody(self, desk: Desk) -> None:
        person = add_person(desk, "张示例")
        with desk.database.write() as session:
            session.add(
                PolicyValue(key="digest.sm3", value=True, reason="r", changed_by_id=person.person_id, changed_at=NOON)
            )
        assert list_policies(desk).policies[1].changed_by == "张示例"
