"""The list of cases as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.cases import CaseOrder
from avdesk.services.desk import Desk
from avdesk.ui.dialogs.export import ListExport
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate

if TYPE_CHECKING:
    from avdesk.services.exports import ExportedList


class CaseExport(ListExport):
    """Every case that is found, also those that are not loaded."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(shell, "cases.export", _cases, parent)

    def ask_for(self, desk: Desk, shown: tuple[str, CaseOrder, bool]) -> None:
        """Ask where the list goes. ``shown``: found by what, in which order, whether downwards."""
        name = translate("cases", "Cases {day}.xlsx").format(day=f"{datetime.now(desk.zone):%Y-%m-%d}")
        self.ask(name, partial(_write, desk, *shown))


def _cases(count: int) -> str:
    return translate("cases", "%n case(s)", None, count)


def _write(
    desk: Desk,
    query: str,
    order: CaseOrder,
    descending: bool,
    output: Path,
    on_progress: OnProgress,
    control: Control,
) -> ExportedList:
    from avdesk.services.exports import export_cases  # a library that the start of the window spares

    return export_cases(
        desk, output, query, order=order, descending=descending, on_progress=on_progress, control=control
    )
