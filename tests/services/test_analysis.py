"""Real recordings analysed out of the vault: catalogue, cache, audit chain, and what a changed threshold does."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from avdesk.errors import Cancelled, UsageError
from avdesk.media.analysis import Measured
from avdesk.media.analysis_worker import Step
from avdesk.models import Analysis as AnalysisRow
from avdesk.models import AuditEvent, Recording
from avdesk.progress import Control, Progress
from avdesk.services.analysis import Analyser, analyse, analysis_of, waiting_for_analysis
from avdesk.services.audit import verify_audit
from avdesk.services.desk import Desk
from avdesk.services.policies import set_policy
from avdesk.services.vaults import verify
from avdesk.services.workspace import sign_in
from avdesk.terms import AnalysisCode, AnalysisState
from tests.conftest import Collect, sqlite_only
from tests.media.flawed import Coding, Part, write

SMALL = Coding(size=(320, 180), rate=10, gop=10)
COVERED = "DCIM/VIDEO/DSJ_5K20417_310086_20261123140210.MP4"
GOOD = "DCIM/VIDEO/DSJ_5K20417_310086_20261123150210.MP4"
SOUND = "DCIM/AUDIO/DSJ_5K20417_310086_20261123130210.WAV"


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A film that is covered and silent for a while, one that is as it should be, a sound, and a log."""
    folder = tmp_path_factory.mktemp("films")
    covered = [Part(4, sound="speech"), Part(6, "hand", "nothing"), Part(4, sound="speech")]
    made = {
        COVERED: write(folder / "covered.mp4", covered, SMALL),
        GOOD: write(folder / "good.mp4", [Part(6, sound="room")], SMALL),
        SOUND: write(folder / "sound.wav", [Part(6, None, "dead microphone")], Coding(audio="pcm_s16le")),
    }
    return {**{path: file.read_bytes() for path, file in made.items()}, "LOG/20261123.LOG": b"power on\n"}


@pytest.fixture(scope="module")
def worker() -> Iterator[Analyser]:
    with Analyser() as made:
        yield made


@pytest.fixture
def ids(collect: Collect, films: dict[str, bytes]) -> dict[str, str]:
    """Recordings by their paths."""
    return {outcome.path: str(outcome.recording_id) for outcome in collect(films).outcomes}


def events(desk: Desk) -> list[dict[str, object]]:
    with desk.database.read() as session:
        found = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.seq))
        return [json.loads(event.facts) for event in found if event.act == "recordings.analysed"]


def later(desk: Desk, key: str, value: str) -> closing[Desk]:
    set_policy(desk, key, value, "试")
    return closing(sign_in(desk.workspace, None))


def test_what_waits_is_newest_first_and_then_nothing_does(desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
    waiting = waiting_for_analysis(desk)
    assert waiting.recording_ids == (ids[GOOD], ids[COVERED], ids[SOUND]) and waiting.left == 3
    first = waiting_for_analysis(desk, 1)
    assert (first.recording_ids, first.left) == ((ids[GOOD],), 3)
    assert waiting_for_analysis(desk, 9, after=ids[GOOD]).recording_ids == (ids[COVERED], ids[SOUND])
    report = analyse(desk, waiting.recording_ids[:2], worker)
    assert [each.recording_id for each in report.analysed] == [ids[GOOD], ids[COVERED]] and report.left == 1
    assert waiting_for_analysis(desk).recording_ids == (ids[SOUND],)
    assert analyse(desk, [ids[SOUND]], worker).left == 0
    assert waiting_for_analysis(desk) == replace(waiting, recording_ids=(), left=0)


def test_what_was_found_is_told_without_any_decoding(desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
    before = analysis_of(desk, ids[COVERED])
    assert (before.state, before.spans, before.waveform, before.filmstrip) == (None, (), None, None)
    (done,) = analyse(desk, [ids[COVERED]], worker).analysed
    told = analysis_of(desk, ids[COVERED])
    assert (told.state, told.current, told.frames) == (AnalysisState.DONE, True, 14)
    assert told.spans == done.spans and told.findings == () and told.analysed_at is not None
    assert {span.code for span in told.spans} == {AnalysisCode.BLACK_OR_COVERED, AnalysisCode.SILENT}
    assert all(abs(span.from_s - 4) <= 1 and abs(span.to_s - 10) <= 1 for span in told.spans)
    assert told.waveform is not None and told.waveform.per_second == 10
    peaks = memoryview(told.waveform.peaks).cast("b")
    assert 2 * 138 <= len(peaks) <= 2 * 145 and max(peaks[:60]) > 20 and set(peaks[120:180]) <= {-1, 0, 1}
    assert told.filmstrip is not None and told.filmstrip.file.parent == desk.workspace / "cache" / ids[COVERED]
    image = Image.open(io.BytesIO(told.filmstrip.file.read_bytes()))
    assert image.size == (told.filmstrip.width * 7, told.filmstrip.height) and len(told.filmstrip.times_s) == 7


def test_one_audit_event_tells_of_all_that_were_analysed(desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
    wanted = [ids[GOOD], ids[COVERED], ids[SOUND]]
    analyse(desk, wanted, worker)
    (event,) = events(desk)
    assert event["recordings"] == wanted and verify_audit(desk).ok
    analyse(desk, [], worker)
    assert len(events(desk)) == 1
    assert verify(desk).findings == ()


def test_a_log_has_nothing_to_be_analysed(desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
    (done,) = analyse(desk, [ids["LOG/20261123.LOG"]], worker).analysed
    assert (done.state, done.spans) == (AnalysisState.NOTHING, ())
    assert events(desk) == [] and analysis_of(desk, done.recording_id).state is None


@pytest.mark.parametrize("named", ["", "nothing", "../../avdesk", "\0", "\udcff", "x" * 1000])
def test_an_unknown_one_is_refused(desk: Desk, worker: Analyser, named: str) -> None:
    for ask in (lambda: analyse(desk, [named], worker), lambda: analysis_of(desk, named)):
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
            ask()
    assert waiting_for_analysis(desk, after=named).left == 0


def test_a_limit_below_one_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="BAD_LIMIT"):
        waiting_for_analysis(desk, 0)


class Unused(Analyser):
    """For what must not decode."""

    def analyse(self, path: Path, watch: object) -> Measured:
        raise AssertionError(path)


class TestAgain:
    def test_a_changed_threshold_is_judged_without_the_file(
        self, desk: Desk, ids: dict[str, str], worker: Analyser
    ) -> None:
        analyse(desk, list(ids.values()), worker)
        with later(desk, "analysis.silent_below_db", "-110") as stricter:
            assert set(waiting_for_analysis(stricter).recording_ids) == {ids[GOOD], ids[COVERED], ids[SOUND]}
            assert not analysis_of(stricter, ids[SOUND]).current
            vault = desk.first_vault.path
            vault.rename(vault.with_name("elsewhere"))
            report = analyse(stricter, waiting_for_analysis(stricter).recording_ids, Unused())
            assert report.left == 0 and not report.unread
            assert analysis_of(stricter, ids[SOUND]).spans == ()  # a dead microphone at -74 dB
            assert analysis_of(stricter, ids[SOUND]).current

    def test_a_lost_cache_is_made_anew(self, desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
        analyse(desk, [ids[COVERED]], worker)
        before = analysis_of(desk, ids[COVERED])
        folder = desk.workspace / "cache" / ids[COVERED]
        (folder / "waveform.bin").write_bytes(b"AVW1")
        (folder / "filmstrip.jpg").unlink()
        hurt = analysis_of(desk, ids[COVERED])
        assert (hurt.waveform, hurt.filmstrip, hurt.spans) == (None, None, before.spans)
        analyse(desk, [ids[COVERED]], worker)
        assert replace(analysis_of(desk, ids[COVERED]), analysed_at=before.analysed_at) == before

    @pytest.mark.parametrize("spoilt", [b"", b"{}", b"[]", b"\xff", b'{"version": 1}'])
    def test_a_spoilt_cache_is_no_cache(self, desk: Desk, ids: dict[str, str], worker: Analyser, spoilt: bytes) -> None:
        analyse(desk, [ids[SOUND]], worker)
        for file in (desk.workspace / "cache" / ids[SOUND]).iterdir():
            file.write_bytes(spoilt)
        assert analysis_of(desk, ids[SOUND]).waveform is None
        (done,) = analyse(desk, [ids[SOUND]], worker).analysed
        assert done.state is AnalysisState.DONE and analysis_of(desk, ids[SOUND]).waveform is not None

    def test_a_cache_that_can_t_be_written_is_done_without(
        self, desk: Desk, ids: dict[str, str], worker: Analyser
    ) -> None:
        shutil.rmtree(desk.workspace / "cache")
        (desk.workspace / "cache").write_bytes(b"no folder")
        (done,) = analyse(desk, [ids[SOUND]], worker).analysed
        assert [span.code for span in done.spans] == [AnalysisCode.SILENT]
        assert analysis_of(desk, ids[SOUND]).spans == done.spans and analysis_of(desk, ids[SOUND]).waveform is None


class TestVaults:
    def test_one_that_is_away_is_said_and_asked_again(self, desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
        vault = desk.first_vault.path
        vault.rename(vault.with_name("elsewhere"))
        report = analyse(desk, [ids[GOOD]], worker)
        assert (report.analysed, report.unread, report.left) == ((), (ids[GOOD],), 3)
        vault.with_name("elsewhere").rename(vault)
        assert analyse(desk, [ids[GOOD]], worker).unread == () and analysis_of(desk, ids[GOOD]).current

    def test_a_file_that_is_gone_is_said(self, desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
        (file,) = desk.first_vault.path.rglob(Path(GOOD).name)
        file.parent.chmod(0o755)
        file.unlink()
        assert analyse(desk, [ids[GOOD]], worker).unread == (ids[GOOD],)


class TestBroken:
    def test_it_goes_as_far_as_it_goes(
        self, desk: Desk, collect: Collect, films: dict[str, bytes], worker: Analyser
    ) -> None:
        (outcome,) = collect({"a.MP4": films[GOOD][:-3000]}).outcomes
        (done,) = analyse(desk, [str(outcome.recording_id)], worker).analysed
        assert done.state is AnalysisState.FAILED
        told = analysis_of(desk, done.recording_id)
        assert {finding.code for finding in told.findings} == {"CUT_SHORT", "DAMAGED"}
        assert told.current and waiting_for_analysis(desk).left == 0

    def test_what_no_reader_knows(self, desk: Desk, collect: Collect, worker: Analyser) -> None:
        (outcome,) = collect({"a.MP4": b"maker's own\0" * 900}).outcomes
        (done,) = analyse(desk, [str(outcome.recording_id)], worker).analysed
        assert done.state is AnalysisState.NOTHING and waiting_for_analysis(desk).left == 0

    def test_a_process_that_dies_costs_one_recording_and_may_be_asked_again(
        self, desk: Desk, ids: dict[str, str]
    ) -> None:
        with Analyser(seconds=0.0) as hasty:
            (done,) = analyse(desk, [ids[GOOD]], hasty).analysed
        assert [finding.code for finding in done.findings] == ["ANALYSIS_TIMEOUT"]
        assert done.state is AnalysisState.FAILED and waiting_for_analysis(desk).left == 2
        with Analyser() as patient:
            (again,) = analyse(desk, [ids[GOOD]], patient).analysed
        assert again.state is AnalysisState.DONE


class TestStopping:
    def test_before_the_first(self, desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
        control = Control()
        control.cancel()
        with pytest.raises(Cancelled):
            analyse(desk, list(ids.values()), worker, control=control)
        assert events(desk) == [] and waiting_for_analysis(desk).left == 3

    def test_within_one_what_is_done_stays(self, desk: Desk, ids: dict[str, str]) -> None:
        control = Control()

        class Stopping(Analyser):
            """Real, and cancelled at the second step of the second file."""

            files = steps = 0

            def analyse(self, path: Path, watch: object) -> Measured:
                self.files += 1

                def stop(step: Step, measured: Measured) -> None:
                    self.steps += self.files == 2
                    if self.steps == 2:
                        control.cancel()
                    watch(step, measured)  # type: ignore[operator]

                return super().analyse(path, stop)

        with Stopping() as worker, pytest.raises(Cancelled):
            analyse(desk, [ids[SOUND], ids[COVERED], ids[GOOD]], worker, control=control)
        assert [event["recordings"] for event in events(desk)] == [[ids[SOUND]]]
        assert set(waiting_for_analysis(desk).recording_ids) == {ids[COVERED], ids[GOOD]}

    def test_it_says_which_and_how_many(self, desk: Desk, ids: dict[str, str], worker: Analyser) -> None:
        seen: list[Progress] = []
        analyse(desk, [ids[SOUND], ids[GOOD]], worker, on_progress=seen.append)
        counts = [(each.path, each.files_done, each.files_total) for each in seen]
        assert list(dict.fromkeys(counts)) == [(ids[SOUND], 0, 2), (ids[GOOD], 1, 2), (None, 2, 2)]
        assert {each.stage for each in seen} == {"analyse"}


@sqlite_only
def test_two_hundred_thousand_are_asked_by_indexes_alone(desk: Desk, ids: dict[str, str]) -> None:
    """No plan sorts or reads the table itself. PostgreSQL plans by statistics, which few rows do not have."""
    from avdesk.services._analysing import waiting

    with desk.database.read() as session:
        sent: list[str] = []
        sa.event.listen(desk.database.engine, "before_cursor_execute", lambda *a: sent.append(a[2]))
        waiting(session, desk, "x", 10, None)
        plans = [
            [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", _of(text)).all()]
            for text in list(sent)
            if "analysis" in text
        ]
    assert len(plans) == 2
    for plan in plans:
        assert any("USING COVERING INDEX ix_recording_kind_recorded_at_id" in line for line in plan), plan
        assert any(line.startswith("SEARCH analysis USING") for line in plan), plan
        assert not any("TEMP B-TREE" in line for line in plan), plan


def _of(text: str) -> tuple[str, ...]:
    return ("x",) * text.count("?")


def test_rows_of_older_settings_are_not_counted_as_done(desk: Desk, ids: dict[str, str]) -> None:
    with desk.database.write() as session:
        for number, recording in enumerate(session.scalars(sa.select(Recording))):
            at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=number)
            row = AnalysisRow(recording_id=recording.id, version=0, settings="old", analysed_at=at)
            row.state, row.frames, row.spans, row.findings = "DONE", 1, [], []
            session.add(row)
    assert waiting_for_analysis(desk).left == 3
