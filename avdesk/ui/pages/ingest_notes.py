"""What a card says besides its facts: what is wrong, what is to be decided, what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from avdesk.terms import PlanState
from avdesk.ui.pages.ingest_verdicts import erase_note
from avdesk.ui.pages.ingest_words import short_of_space
from avdesk.ui.pages.ingest_work import CardWork, Phase
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Note


def notes_of(work: CardWork) -> list[QWidget]:
    """The notes of a card, from the top."""
    if work.busy:
        taken_out = translate("ingest", "The card was taken out")
        return [Note("warn", taken_out, icon="plug-connected-x")] if work.gone else []
    notes: list[QWidget] = []
    if work.error is not None:
        notes.append(Note("bad", sentence(work.error)))
    if work.phase is Phase.VAST:
        notes.append(
            Note(
                "info",
                translate("ingest", "A disk with very many files: it was not looked through"),
                translate("ingest", "Choose the folder to collect, or read all of it; that may take long."),
            )
        )
    if work.phase is Phase.READY:
        notes.extend(_ready_notes(work))
    if work.phase is Phase.DONE and work.result is not None:
        notes.extend(_done_notes(work))
    return notes


def _ready_notes(work: CardWork) -> list[QWidget]:
    notes: list[QWidget] = []
    if work.interruption is not None:
        text = translate("ingest", "Interrupted before: it goes on with number {next}").format(
            next=work.interruption.collected + 1
        )
        notes.append(Note("warn", text, icon="plug-connected-x"))
    short = short_of_space(work)
    if short:
        notes.append(Note("bad", short))
    findings = sum(len(plan.findings) for plan in work.plans)
    if findings:
        notes.append(Note("warn", translate("ingest", "%n folder(s) can't be read", None, findings)))
    differs = work.count(PlanState.DIFFERS)
    if differs:
        notes.append(Note("warn", translate("ingest", "%n file(s) changed since they were collected", None, differs)))
    if work.unticked:
        out = len(work.unticked)
        text = translate("ingest", "%n file(s) left out", None, out)
        detail = work.skip_reason or translate("ingest", "Say why in the list before collecting")
        notes.append(Note("warn", text, detail, icon="square-x"))
    if work.nothing_new and work.count(PlanState.COLLECTED):
        if work.place.chosen:
            notes.append(Note("info", translate("ingest", "Everything in it was collected before")))
        else:
            text = translate("ingest", "Everything on it was collected before")
            next_step = translate("ingest", "To empty this card, compare its contents with the vault first.")
            notes.append(Note("info", text, next_step))
    return notes


def _done_notes(work: CardWork) -> list[QWidget]:
    result = work.result
    if result is None:
        return []
    if result.stopped == "SOURCE_REMOVED":
        done = sum(report.totals.verified + report.totals.duplicate for report in result.reports)
        text = translate("ingest", "The card was taken out while it was collected")
        next_step = translate("ingest", "Put it in again: it goes on with number {next}.").format(next=done + 1)
        return [Note("warn", text, next_step, icon="plug-connected-x")]
    tone, text, why = erase_note(work.desk, result, chosen=work.place.chosen)
    return [Note(tone, text, why, icon="shield-check" if tone == "ok" else None)]


class Doing(QWidget):
    """The file at hand."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ElidedLabel("", "body", "text2")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(Icon("refresh", "text2"))
        across.addWidget(self._words, 1)

    def tell(self, path: str) -> None:
        name = path.rpartition("/")[2]
        self._words.setText(translate("ingest", "{file}: reading, storing, reading back").format(file=name))
