"""The whole main job once, on a sample card, through the services that a custodian's click calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from avdesk.errors import UsageError
from avdesk.media.sample_card import SampleFile, write_sample_card
from avdesk.progress import OnProgress, ignore
from avdesk.services import audit, cases, ingest, labels, reports, vaults
from avdesk.services.desk import Desk, without_sign_in
from avdesk.services.ingest import IngestReport
from avdesk.services.workspace import init, sign_in

_UNIT = "平石市医疗保障局"
_OPERATOR = "王示例"
_NUMBER = "平石医保罚字〔2026〕7号"
_TITLE = "惠民示例大药房违规使用医保基金案"
_PARTY = "惠民示例大药房"


@dataclass(frozen=True, slots=True)
class SampleCard:
    files: tuple[SampleFile, ...]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Where everything lies; ``ok`` when every file was verified and the vault and the audit chain hold."""

    output: str
    workspace: str
    bag: str
    labels: str
    pictures: tuple[str, ...]
    reports: tuple[str, ...]
    ok: bool


@without_sign_in
def sample_card(folder: Path) -> SampleCard:
    """Write a small real recorder card. Raises :class:`UsageError` when the folder is not empty."""
    return SampleCard(tuple(write_sample_card(folder)))


@without_sign_in
def demo(output: Path, *, on_progress: OnProgress = ignore) -> DemoReport:
    """Card, plan, collecting, case, labels, checks and report, in a workspace of its own below ``output``."""
    output = output.absolute()
    if output.exists() and any(output.iterdir()):
        raise UsageError("NOT_EMPTY", path=str(output))
    output.mkdir(parents=True, exist_ok=True)
    card, workspace = output / "card", output / "workspace"
    write_sample_card(card)
    init(workspace, _UNIT, _OPERATOR)
    desk = sign_in(workspace, None)
    try:
        report = _collect(desk, card, on_progress)
        pdf = output / "labels.pdf"
        made = labels.make_labels(desk, _case(desk, report), pdf)
        printed = output / "ingest-report.pdf"
        reports.ingest_report(desk, report.ingest_id, printed)
        chain = output / "audit.jsonl"
        audit.export_audit(desk, chain)
        checks = (
            report.complete,
            not made.too_long,
            not vaults.verify(desk).findings,
            audit.verify_audit(desk).ok,
        )
        bag = desk.first_vault.path / (report.bag or "")
        return DemoReport(str(output), str(workspace), str(bag), str(pdf), (), (str(printed), str(chain)), all(checks))
    finally:
        desk.close()


def _collect(desk: Desk, card: Path, on_progress: OnProgress) -> IngestReport:
    (source,) = ingest.choose([card])
    return ingest.ingest(desk, ingest.plan(desk, source, probe=False), on_progress=on_progress)


def _case(desk: Desk, report: IngestReport) -> str:
    case = cases.add_case(desk, _NUMBER, _TITLE, _PARTY)
    cases.link_recordings(desk, case.number, _recordings(report))
    return case.number


def _recordings(report: IngestReport) -> Sequence[str]:
    return [outcome.recording_id for outcome in report.outcomes if outcome.recording_id is not None]
