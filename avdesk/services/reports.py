"""Printed reports of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from avdesk.documents.ingest_report import IngestReportContent, ReportFile, draw_ingest_report
from avdesk.errors import UsageError
from avdesk.models import Ingest, Person
from avdesk.services._json import findings_of
from avdesk.services._outcomes import FileOutcome, load
from avdesk.services._output import require_free
from avdesk.services._text import plain
from avdesk.services.desk import Desk, service
from avdesk.terms import Outcome, Right


@dataclass(frozen=True, slots=True)
class PrintedReport:
    output: str
    pages: int
    files: int


@service(Right.INGEST)
def ingest_report(desk: Desk, ingest_id: str, output: Path) -> PrintedReport:
    """Print the report of one collecting as a PDF.

    Raises :class:`UsageError` for an unknown ingest, :class:`EnvironmentFault` when ``output`` can't be written.
    """
    require_free(desk, output)
    with desk.database.read() as session:
        ingest = session.get(Ingest, plain(ingest_id))
        if ingest is None:
            raise UsageError("INGEST_UNKNOWN", ingest_id=ingest_id)
        outcomes = load(session, desk, ingest_id)
        operator = session.get_one(Person, ingest.operator_id)
        officer = session.get(Person, ingest.handed_in_by_id) if ingest.handed_in_by_id else None
    recorder = ingest.recorder if isinstance(ingest.recorder, dict) else {}
    named = [str(recorder[key]) for key in ("profile", "make", "model") if recorder.get(key)]
    content = IngestReportContent(
        unit=desk.unit,
        facts={
            "ingest": ingest.id,
            "bag": ingest.bag,
            "source": ingest.source,
            "recorder": " ".join(named),
            "serial": recorder.get("serial"),
            "operator": _person(operator),
            "handed_in_by": _person(officer) if officer is not None else None,
            "started": f"{ingest.started_at.astimezone(desk.zone):%Y-%m-%d %H:%M:%S}",
            "collected": str(_count(outcomes, Outcome.VERIFIED)),
            "duplicate": str(_count(outcomes, Outcome.DUPLICATE)),
            "failed": str(len(outcomes) - _count(outcomes, Outcome.VERIFIED, Outcome.DUPLICATE)),
        },
        files=[_row(outcome) for outcome in outcomes],
        reasons=[f"{reason.code} {plain(reason.path or '')}".strip() for reason in findings_of(ingest.reasons)],
    )
    return PrintedReport(str(output), draw_ingest_report(content, output), len(outcomes))


def _row(outcome: FileOutcome) -> ReportFile:
    recorded = f"{outcome.recorded_at:%Y-%m-%d %H:%M:%S}" if outcome.recorded_at is not None else None
    read_back = outcome.copies[0].read_back if outcome.copies else None
    return ReportFile(
        plain(outcome.path), outcome.kind, recorded, outcome.size, outcome.status, read_back, outcome.sha256
    )


def _count(outcomes: Sequence[FileOutcome], *statuses: Outcome) -> int:
    return sum(outcome.status in statuses for outcome in outcomes)


def _person(person: Person) -> str:
    return f"{person.name}（{person.enforcement_id}）" if person.enforcement_id else person.name
