"""What the program is, and under which licences it and its parts come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QHBoxLayout, QWidget

import avdesk
from avdesk import resources
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.facts import FactsGrid
from avdesk.ui.widgets.labels import Label

_TEXTS = (
    ("icons", "LICENSE-tabler.txt"),
    ("fonts", "NotoSansSC-OFL.txt"),
    ("fonts", "AvdeskRare-OFL.txt"),
)
_PARTS = (
    ("PySide6, Qt", "LGPL-3.0"),
    ("libVLC, python-vlc", "LGPL-2.1-or-later"),
    ("FFmpeg, PyAV", "LGPL-2.1-or-later, BSD-3-Clause"),
    ("OpenCV", "Apache-2.0"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("Pillow, pillow-heif", "MIT-CMU, BSD-3-Clause"),
    ("psycopg", "LGPL-3.0"),
    ("segno", "BSD-3-Clause"),
    ("fontTools", "MIT"),
    ("Tabler Icons", "MIT"),
    ("Noto Sans SC, LXGW WenKai", "OFL-1.1"),
)


class AboutCard(Card):
    """Version, licence, parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="settings.about", parent=parent)
        self.body.addWidget(Label(translate("settings", "About"), "panel"))
        grid = FactsGrid(kind="body")
        grid.add("avdesk", avdesk.__version__)
        grid.add("Qt", qVersion())
        grid.add(translate("settings", "Licence"), "GPL-3.0-or-later")
        self.body.addWidget(grid)
        row = QHBoxLayout()
        row.addWidget(Button(translate("settings", "Licences…"), self._show, icon="license", name="settings.licences"))
        row.addStretch(1)
        self.body.addLayout(row)

    def _show(self) -> None:
        title = translate("settings", "Licences")
        text = translate(
            "settings", "avdesk is free software under the GNU General Public License, version 3 or later."
        )
        DetailsDialog(text, licences(), self.window(), title=title).open()


def licences() -> str:
    """The parts with their licences, then the texts that come with the program."""
    lines = [f"{name}: {licence}" for name, licence in _PARTS]
    files = [resources.ROOT.parent / "LICENSE", *(resources.path(*parts) for parts in _TEXTS)]
    return "\n".join([*lines, *(_text(file) for file in files)])


def _text(file: Path) -> str:
    return f"\n{'=' * 72}\n{file.name}\n\n{file.read_text('utf-8')}"
