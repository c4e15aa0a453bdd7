"""What came of a card, and what would: in whole sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from avdesk.findings import Finding
from avdesk.services.cards import RecorderName
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestReport
from avdesk.services.interruptions import Interruption
from avdesk.terms import CopyState, Outcome, PlanState, ReadBack
from avdesk.ui import formats
from avdesk.ui.pages.ingest_collect import Collected
from avdesk.ui.pages.ingest_words import joined, listed, recorder_name, vault_name
from avdesk.ui.pages.ingest_work import CardWork
from avdesk.ui.texts import sentence, translate, word

_SPECIAL = ("LINK", "DEVICE", "FIFO", "SOCKET", "OTHER_FILE_SYSTEM", "SKIPPED")
_GOOD = (Outcome.VERIFIED, Outcome.DUPLICATE, Outcome.SKIPPED, Outcome.NOT_SELECTED)


def result_count(result: Collected) -> tuple[str, str, str]:
    """The big count, what follows it, and how it was read back, of a card that is through."""
    verified = [
        outcome for report in result.reports for outcome in report.outcomes if outcome.status is Outcome.VERIFIED
    ]
    wanted = len(verified) + len(problems(result.reports))
    again = sum(report.totals.duplicate for report in result.reports)
    size = formats.size(sum(report.totals.bytes for report in result.reports))
    before = translate("ingest", "%n collected before", None, again) if again else ""
    if not wanted:
        return formats.number(again), translate("ingest", "file(s) collected before", None, again), _compared(result)
    big = formats.number(len(verified)) if wanted == len(verified) else f"{len(verified)} / {wanted}"
    words = joined([translate("ingest", "file(s) collected and verified", None, wanted), size])
    return big, "  ".join(part for part in (words, before) if part), read_back_text(result.reports)


def _compared(result: Collected) -> str:
    outcomes = [
        outcome for report in result.reports for outcome in report.outcomes if outcome.status is Outcome.DUPLICATE
    ]
    read = sum(outcome.read_now for outcome in outcomes)
    if not read:
        return ""
    return translate("ingest", "%n of them read now on card and vault: the same digest", None, read)


def read_back_text(reports: Sequence[IngestReport]) -> str:
    """How the copies that were made now were read again."""
    methods = Counter(
        copy.read_back
        for report in reports
        for outcome in report.outcomes
        if outcome.status is Outcome.VERIFIED
        for copy in outcome.copies
        if copy.state is CopyState.VERIFIED and copy.read_back is not None
    )
    if not methods:
        return ""
    if len(methods) == 1:
        only = next(iter(methods))
        return translate("ingest", "Copies {how}, digests agree").format(how=word(only))
    parts = []
    for method in ReadBack:
        count = methods[method]
        if count:
            parts.append(translate("ingest", "%n {how}", None, count).format(how=word(method)))
    return translate("ingest", "Copies: {parts}; digests agree").format(parts=listed(parts))


def problems(reports: Iterable[IngestReport]) -> list[tuple[int, str]]:
    """Files that were to be collected and are not, by the report's number and path."""
    return [
        (part, outcome.path)
        for part, report in enumerate(reports)
        for outcome in report.outcomes
        if outcome.status not in _GOOD
    ]


def reasons_of(reports: Iterable[IngestReport]) -> list[Finding]:
    return [reason for report in reports for reason in report.reasons]


def reason_lines(desk: Desk, reasons: Sequence[Finding]) -> list[str]:
    """Why a card may not be emptied: a sentence per kind of reason, with how many files it is about."""
    counts = Counter(_group(desk, reason) for reason in reasons)
    return [_line(code, vault, count) for (code, vault), count in counts.items()]


def _group(desk: Desk, reason: Finding) -> tuple[str, str]:
    vault = str(reason.facts.get("vault_id") or "")
    code = "SPECIAL" if reason.code in _SPECIAL else reason.code
    return code, vault_name(desk, vault) if vault else ""


def _line(code: str, vault: str, count: int) -> str:
    known = {
        "NOT_COMPARED": translate("ingest", "%n file(s) collected before were not compared this time", None, count),
        "COPY_NOT_VERIFIED": translate("ingest", "%n file(s) without a verified copy: {vault}", None, count),
        "UNREADABLE": translate("ingest", "%n file(s) can't be read", None, count),
        "MISSING": translate("ingest", "%n file(s) are gone", None, count),
        "CHANGED": translate("ingest", "%n file(s) changed while they were read", None, count),
        "FAILED": translate("ingest", "%n file(s) were not stored", None, count),
        "CANCELLED": translate("ingest", "%n file(s) were not collected: stopped", None, count),
        "NOT_SELECTED": translate("ingest", "%n file(s) were left out", None, count),
        "SPECIAL": translate("ingest", "%n link(s) or special file(s) were not collected", None, count),
        "WALK_ERROR": translate("ingest", "%n folder(s) can't be read", None, count),
        "ONLY_CHOSEN_FILES": translate("ingest", "only some files were chosen, the rest was not looked at"),
        "CARD_CHANGED": translate("ingest", "the card changed since it was read"),
        "NOTHING_ON_SOURCE": translate("ingest", "there is nothing on the card"),
        "STOPPED": translate("ingest", "collecting ended early"),
    }
    return known.get(code, sentence(code)).format(vault=vault)


def erase_note(desk: Desk, result: Collected, *, chosen: bool) -> tuple[str, str, str]:
    """Tone, sentence and reasons of whether the card, or the folder that was ``chosen``, may be emptied now."""
    files = sum(len(report.outcomes) for report in result.reports)
    if result.safe_to_erase:
        card, folder = (
            translate("ingest", "This card may be emptied"),
            translate("ingest", "This folder may be emptied"),
        )
        text = folder if chosen else card
        why = translate(
            "ingest", "Each of the %n file(s) on it was read now and has a verified copy in every vault", None, files
        )
        return "ok", text, why
    lines = reason_lines(desk, reasons_of(result.reports))
    if result.error is not None:
        lines.append(sentence(result.error))
    first, rest = lines[:1], lines[1:]
    card = translate("ingest", "This card may not be emptied yet: {reason}")
    folder = translate("ingest", "This folder may not be emptied yet: {reason}")
    text = (folder if chosen else card).format(reason=listed(first))
    return "warn", text, translate("ingest", "; ").join(rest)


def forecast(desk: Desk, work: CardWork) -> tuple[str, str, str]:
    """The same before collecting: what would keep the card from being emptied."""
    reasons = [finding for plan in work.plans for finding in plan.findings]
    reasons += [Finding("NOT_SELECTED", path) for _part, path in work.unticked]
    if not work.compare:
        reasons += [
            Finding("NOT_COMPARED", row.file.path) for row in work.rows() if row.file.state is PlanState.COLLECTED
        ]
    special = [row for row in work.rows() if row.file.reason in _SPECIAL]
    reasons += [Finding("SPECIAL", row.file.path) for row in special]
    reasons += [Finding("ONLY_CHOSEN_FILES") for plan in work.plans if plan.only is not None]
    if not reasons:
        card = translate("ingest", "Afterwards this card may be emptied")
        folder = translate("ingest", "Afterwards this folder may be emptied")
        text = folder if work.place.chosen else card
        return "ok", text, translate("ingest", "when every copy agrees in its digest")
    card = translate("ingest", "Afterwards this card may not be emptied yet")
    folder = translate("ingest", "Afterwards this folder may not be emptied yet")
    text = folder if work.place.chosen else card
    return "warn", text, translate("ingest", "; ").join(_forecast_lines(reasons))


def _forecast_lines(reasons: Sequence[Finding]) -> list[str]:
    said = []
    for code, count in Counter(reason.code for reason in reasons).items():
        if code == "NOT_COMPARED":
            said.append(translate("ingest", "%n file(s) collected before are not compared", None, count))
        elif code == "NOT_SELECTED":
            said.append(translate("ingest", "%n file(s) are left out", None, count))
        else:
            said.append(_line(code, "", count))
    return said


# interruptions


def interruption_text(names: Mapping[str, RecorderName], found: Interruption, now: datetime) -> str:
    """``Yesterday 18:07, DSJ…: 12 of 34 files were collected, then the card was taken out. Put it in again …``."""
    facts = {
        "when": formats.when(found.at, now),
        "card": found.serial or recorder_name(names, found.profile) or found.source,
        "collected": found.collected,
        "files": found.files,
        "next": found.collected + 1,
    }
    why = {
        "SOURCE_REMOVED": translate("ingest", "then the card was taken out"),
        "VAULT_UNAVAILABLE": translate("ingest", "then the vault went away"),
        "CATALOGUE_FAILED": translate("ingest", "then the catalogue failed"),
    }.get(found.stopped or "", translate("ingest", "then avdesk ended"))
    if found.files is None:
        text = translate(
            "ingest", "{when}, {card}: {collected} files were collected, {why}. Put this card in again to go on."
        )
    else:
        text = translate(
            "ingest",
            "{when}, {card}: {collected} of {files} files were collected, {why}. "
            "Put this card in again; it goes on with number {next}.",
        )
    return text.format(why=why, **facts)


def matching(work: CardWork, found: Iterable[Interruption]) -> Interruption | None:
    """The interruption that this card would go on with, or that it ended in."""
    prints = {plan.fingerprint for plan in work.plans}
    same = [row for row in found if row.fingerprint in prints or row.source_key in work.source_keys]
    return same[0] if same else None
