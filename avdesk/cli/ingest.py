"""``plan``, ``ingest`` and ``reconcile``."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from avdesk.cli.command import Answer, Command, Options, no_arguments
from avdesk.cli.failure import ENVIRONMENT, FAILED, OK, document, status_of
from avdesk.cli.output import say, shown, size, watched
from avdesk.cli.words import sentence
from avdesk.errors import AvdeskError, UsageError
from avdesk.services import ingest as service
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestReport
from avdesk.terms import Outcome

_VAULT_STOPS = frozenset({"VAULT_UNAVAILABLE", "CATALOGUE_FAILED", "NOT_SEALED"})


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="SRC")
    parser.add_argument("--compare-contents", action="store_true")


def _plan(desk: Desk, options: Options) -> Answer:
    (source,) = service.choose([options.source])
    with watched() as (progress, control):
        plan = service.plan(
            desk, source, compare_contents=options.compare_contents, on_progress=progress, control=control
        )
    counts = Counter(file.state.value for file in plan.files)
    lines = [f"{file.state:<9} {shown(file.path)}" for file in plan.files]
    lines.append("  ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Nothing there.")
    lines += [f"vault {row.vault_id}: needs {size(row.needed)}, {_free(row)}" for row in plan.space]
    return Answer(plan, tuple(lines))


def _free(row: service.Space) -> str:
    return "away" if row.free is None else f"{size(row.free)} free" + ("" if row.enough else ", NOT ENOUGH")


def _ingest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", type=Path, nargs="+", metavar="SRC")
    parser.add_argument("--vault", action="append", default=[], metavar="ID", help="only this vault (again for more)")
    parser.add_argument("--compare-contents", action="store_true", help="read also what was collected earlier")
    parser.add_argument("--select", action="append", default=[], metavar="GLOB", help="only these files")
    parser.add_argument("--skip", action="append", default=[], metavar="GLOB", help="not these files")
    parser.add_argument("--skip-reason", metavar="R")
    parser.add_argument("--handed-in-by", metavar="P")


def _ingest(desk: Desk, options: Options) -> Answer:
    if options.skip and not (options.skip_reason or "").strip():
        raise UsageError("SKIP_NEEDS_REASON")
    with watched() as (progress, control):
        plans = [
            service.plan(desk, source, probe=False, on_progress=progress, control=control)
            for source in service.choose(options.sources)
        ]
    reports: list[IngestReport] = []
    for plan in plans:
        try:
            reports.append(_ingest_one(desk, plan, options))
        except AvdeskError as error:
            if not reports:
                raise
            return _ended_early(reports, error)
    return _answer(reports, {}, _status(reports))


def _ingest_one(desk: Desk, plan: service.IngestPlan, options: Options) -> IngestReport:
    with watched() as (progress, control):
        return service.ingest(
            desk,
            plan,
            unticked=service.unticked_by_pattern(plan, options.select, options.skip, options.skip_reason),
            vault_ids=options.vault,
            handed_in_by=options.handed_in_by,
            compare_contents=options.compare_contents,
            on_progress=progress,
            control=control,
        )


def _ended_early(reports: list[IngestReport], error: AvdeskError) -> Answer:
    """A later card was refused: what the earlier ones came to is not lost."""
    say(sentence(error))
    return _answer(reports, document(error), status_of(error))


def _answer(reports: list[IngestReport], more: dict[str, object], status: int) -> Answer:
    for report in reports:
        _complain(report)
    return Answer({"ingests": reports, **more}, tuple(line for each in reports for line in _lines(each)), status)


def _status(reports: list[IngestReport]) -> int:
    full = any(
        outcome.error is not None and outcome.error.code == "ENOSPC" for each in reports for outcome in each.outcomes
    )
    if full or any(report.stopped in _VAULT_STOPS for report in reports):
        return ENVIRONMENT
    return OK if all(report.complete for report in reports) else FAILED


def _complain(report: IngestReport) -> None:
    for outcome in report.outcomes:
        if outcome.error is not None:
            error = outcome.error
            say(f"{outcome.status}: {outcome.path}: {error.stage}: {error.code}. Next: {error.next}")
        for finding in outcome.findings:
            say(f"note: {outcome.path}: {finding.code}")


def _lines(report: IngestReport) -> list[str]:
    totals = report.totals
    methods = Counter(
        copy.read_back
        for outcome in report.outcomes
        if outcome.status is Outcome.VERIFIED
        for copy in outcome.copies[:1]
    )
    how = ", ".join(f"{count} {method}" for method, count in methods.items()) or "none"
    lines = [
        f"{shown(report.source)}: {totals.verified} verified ({how}), {totals.duplicate} duplicate, "
        f"{totals.unreadable} unreadable, {totals.failed} failed, {totals.skipped} skipped; "
        f"{size(totals.bytes)} in {totals.seconds:.1f} s",
        f"ingest {report.ingest_id}  bag {report.bag or '(nothing new)'}",
    ]
    if report.safe_to_erase:
        lines.append("The card may be emptied: every file was verified or read now and found equal.")
    else:
        codes = Counter(reason.code for reason in report.reasons)
        lines.append("Don't empty the card: " + ", ".join(f"{count} × {code}" for code, count in codes.items()))
    return lines


def _reconcile(desk: Desk, _options: Options) -> Answer:
    found = service.reconcile(desk)
    lines = [
        f"{row.state} {row.ingest_id}: {row.adopted} adopted, {row.requeued} to collect again, "
        f"{row.quarantined} in quarantine"
        for row in found.ingests
    ]
    return Answer(found, tuple(lines) or ("Nothing was left open.",))


COMMANDS = (
    Command("plan", "what collecting would do; writes nothing", (service.plan,), _plan_arguments, _plan),
    Command("ingest", "collect and verify", (service.ingest, service.plan), _ingest_arguments, _ingest),
    Command(
        "reconcile",
        "put in order what an interruption left",
        (service.reconcile,),
        no_arguments,
        _reconcile,
    ),
)
