"""The result of one card in full: why it may not be emptied, and every file that is not stored, to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avdesk.findings import Finding
from avdesk.services.desk import Desk
from avdesk.services.ingest import FileOutcome
from avdesk.terms import CopyState, Outcome
from avdesk.ui import theme
from avdesk.ui.pages.ingest_collect import Collected
from avdesk.ui.pages.ingest_verdicts import erase_note, reason_lines, reasons_of, result_count
from avdesk.ui.pages.ingest_words import vault_name
from avdesk.ui.texts import reason, sentence, translate, word
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.labels import Label, Note
from avdesk.ui.widgets.table import Column, RowsModel, Table, TableCard, as_text


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One file, in words."""

    path: str
    state: str
    good: bool
    stage: str
    why: str
    next: str


def result_rows(desk: Desk, result: Collected) -> list[ResultRow]:
    """Every file, those with trouble first."""
    rows = [_row(desk, outcome) for report in result.reports for outcome in report.outcomes]
    return sorted(rows, key=lambda row: (row.good, row.path))


def _row(desk: Desk, outcome: FileOutcome) -> ResultRow:
    error = outcome.error
    good = outcome.status in (Outcome.VERIFIED, Outcome.DUPLICATE) and all(
        copy.state is CopyState.VERIFIED for copy in outcome.copies
    )
    if error is not None:
        return ResultRow(
            outcome.path, word(outcome.status), False, word(error.stage), reason(error.code), sentence(error.next)
        )
    said = [] if outcome.status is Outcome.NOT_SELECTED else [_finding(finding) for finding in outcome.findings]
    if outcome.status is Outcome.NOT_SELECTED:
        said = [str(finding.facts.get("reason") or "") for finding in outcome.findings]
    said += [
        translate("ingest", "{vault}: {state}").format(
            vault=vault_name(desk, copy.vault_id), state=word(copy.read_back) if copy.read_back else word(copy.state)
        )
        for copy in outcome.copies
    ]
    return ResultRow(outcome.path, word(outcome.status), good, "", translate("ingest", "; ").join(said), "")


def _finding(finding: Finding) -> str:
    """What was found in a file, without its path: that stands in the row already."""
    known = reason(finding.code)
    return known if known != finding.code else sentence(finding).removeprefix(finding.path or "").strip(" :：")


class ResultDialog(QDialog):
    """Everything of one result; the list can be copied as text."""

    def __init__(self, desk: Desk, title: str, result: Collected, parent: QWidget, *, chosen: bool) -> None:
        super().__init__(parent)
        self.setObjectName("ingest.result")
        self.setWindowTitle(translate("ingest", "{card}: result").format(card=title))
        resize_within(self, QSize(theme.px(860), theme.px(520)))
        big, words, how = result_count(result)
        tone, text, why = erase_note(desk, result, chosen=chosen)
        self.lines = [
            line for line in (f"{big} {words}", how, text, *reason_lines(desk, reasons_of(result.reports))) if line
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(10)
        column.addWidget(Label(f"{big} {words}", "head"))
        if how:
            column.addWidget(Label(how, tone="text2", wrap=True))
        verdict = Note(tone, text, why, icon="shield-check" if tone == "ok" else None)
        verdict.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(verdict)
        self.table = Table(name="ingest.result.table", text=translate("ingest", "Files and what became of them"))
        self.table.set_rows_model(RowsModel(_columns(), parent=self))
        self._fill(result_rows(desk, result))
        column.addWidget(TableCard(self.table), 1)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("ingest", "Copy"), self.copy, icon="copy", name="ingest.result.copy"))
        close = PrimaryButton(translate("ingest", "Close"), self.accept, name="ingest.result.close")
        close.setDefault(True)
        acts.addWidget(close)
        column.addLayout(acts)

    def copy(self) -> None:
        """The sentences and the list as text."""
        QGuiApplication.clipboard().setText("\n".join([*self.lines, "", as_text(self.table)]))

    def _fill(self, rows: Sequence[ResultRow]) -> None:
        model = self.table.model()
        if isinstance(model, RowsModel):
            model.set_rows(rows)


def _columns() -> list[Column[ResultRow]]:
    return [
        Column("path", translate("ingest", "File name"), lambda row: row.path, 250),
        Column(
            "state",
            translate("ingest", "Result"),
            lambda row: row.state,
            120,
            chip=lambda row: "ok" if row.good else "warn",
        ),
        Column("stage", translate("ingest", "Stage"), lambda row: row.stage, 70),
        Column("why", translate("ingest", "What was found"), lambda row: row.why, 200, stretch=True),
        Column("next", translate("ingest", "Next step"), lambda row: row.next, 170),
    ]
