"""One card's work without its widgets: several volumes of a device are one card."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from avdesk.progress import Control, ignore
from avdesk.services.cards import CardVolume
from avdesk.services.desk import Desk
from avdesk.services.ingest import SourceChoice
from avdesk.ui.pages.ingest_report import print_reports
from avdesk.ui.pages.ingest_work import CardWork, Phase, Place
from avdesk.ui.runner import Runner
from tests.ui.ingest_page import fresh_card, sample_card

__all__ = ["sample_card"]


def test_two_volumes_are_collected_as_one_work(
    desk: Desk, runner: Runner, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roots = [
        fresh_card(sample_card, tmp_path / "internal", "4100301"),
        fresh_card(sample_card, tmp_path / "card", "4100302"),
    ]
    work = CardWork(desk, runner, _place(roots), runner)
    work.title = "4100301"
    seen: list[int] = []

    def keep(progress: object) -> None:
        seen.append(getattr(progress, "bytes_done"))  # noqa: B009 - a signal carries plain objects

    work.progressed.connect(keep)
    work.look()
    qtbot.waitUntil(lambda: work.phase is Phase.READY, timeout=20_000)
    assert len(work.chosen_rows()) == 16
    work.untick({next(row.key for row in work.chosen_rows() if row.part == 1)}, True)
    work.start()
    assert work.phase is Phase.READY, "not without a reason"
    work.skip_reason = "误触开机"
    work.start()
    assert [job.title for job in runner.jobs] == ["采集 4100301"]
    qtbot.waitUntil(lambda: work.phase is Phase.DONE, timeout=20_000)
    assert work.result is not None
    assert [report.totals.skipped for report in work.result.reports] == [0, 1]
    assert sum(report.totals.verified + report.totals.duplicate for report in work.result.reports) == 15
    assert work.result.complete and not work.result.safe_to_erase
    assert seen == sorted(seen)
    ingests = tuple(report.ingest_id for report in work.result.reports)
    written = print_reports(desk, ingests, tmp_path / "report.pdf", ignore, Control())
    assert [file.name for file in written] == ["report.pdf", "report-2.pdf"]


def _place(roots: list[Path]) -> Place:
    volumes = tuple(CardVolume(str(root), "8:16", "exfat", None, None, "1-4", None, 1 << 30) for root in roots)
    return Place("8:16", volumes, tuple(SourceChoice(root) for root in roots))
