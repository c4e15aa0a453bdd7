"""The list of a card as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.ui.dialogs.export import ListExport
from avdesk.ui.pages.ingest_collect import Order
from avdesk.ui.pages.ingest_work import CardWork
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate

if TYPE_CHECKING:
    from avdesk.services.exports import ExportedList


class PlanExport(ListExport):
    """Every file of the card, whatever the filters show."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(shell, "ingest.plan.export.dialog", _files, parent)

    def ask_for(self, work: CardWork) -> None:
        """Ask where the list of this card goes, as it is ticked now."""
        day = f"{datetime.now(work.desk.zone):%Y-%m-%d}"
        name = translate("ingest", "{card} {day} collecting list.xlsx").format(card=work.title, day=day)
        self.ask(name, partial(_write, work.desk, work.order()))


def _files(count: int) -> str:
    return translate("ingest", "%n file(s)", None, count)


def _write(desk: Desk, order: Order, output: Path, on_progress: OnProgress, control: Control) -> ExportedList:
    from avdesk.services.exports import export_plan  # a library that the start of the window spares

    return export_plan(desk, output, order.plans, order.unticked, on_progress=on_progress, control=control)
