"""The dashed tile: what is not a card comes in here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.labels import Icon, Label


class SourceTile(QFrame):
    """Says that folders, disks and files can be dropped, and offers to choose them."""

    def __init__(
        self, on_folder: Callable[[], object], on_files: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ingest.tile")
        self.setProperty("kind", "tile")
        self.setMinimumHeight(theme.px(220))
        centre = Qt.AlignmentFlag.AlignHCenter
        icon = QFrame()
        icon.setProperty("kind", "icon-tile")
        icon.setFixedSize(44, 44)
        QVBoxLayout(icon).addWidget(Icon("folder-open", "text2", 24), 0, Qt.AlignmentFlag.AlignCenter)
        self._first = Label("", "row", wrap=True)
        self._second = Label("", "second", "text2", wrap=True)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(
            Button(translate("ingest", "Choose folder…"), on_folder, size="card", name="ingest.choose_folder")
        )
        acts.addWidget(Button(translate("ingest", "Choose files…"), on_files, size="card", name="ingest.choose_files"))
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(icon, 0, centre)
        column.addSpacing(6)
        for label in (self._first, self._second):
            label.setAlignment(centre)
            column.addWidget(label)
        column.addSpacing(6)
        column.addLayout(acts)
        column.addStretch(1)
        self.show_empty(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashes: those of a style sheet are single pixels."""
        super().paintEvent(event)
        over = self.property("state") == "over"
        pen = QPen(theme.of(self).colour("mark" if over else "field"), 1)
        pen.setDashPattern([4, 3])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through."""
        return tuple(self.findChildren(Button))

    def show_empty(self, empty: bool) -> None:
        """``empty``: there is no card, so this is also where the page says what belongs here."""
        if empty:
            self._first.setText(translate("ingest", "Put in a recorder or a memory card: it appears here by itself"))
            self._second.setText(
                translate(
                    "ingest", "Or drop a folder, a disk or files here: phones, surveillance disks, sticks of parties"
                )
            )
        else:
            self._first.setText(translate("ingest", "Drop a folder, a disk or files here"))
            self._second.setText(translate("ingest", "Phones, surveillance disks, sticks handed in by parties"))

    def show_over(self, over: bool) -> None:
        """Something is being dragged over the page."""
        theme.set_property(self, "state", "over" if over else "")
