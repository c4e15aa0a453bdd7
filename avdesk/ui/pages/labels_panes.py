"""Fields, label and sheet beside each other; where there is no room for that, fields and sheet take turns."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.page import PageHead
from avdesk.ui.pages.labels_fields import LabelFields
from avdesk.ui.pages.labels_side import LabelSide
from avdesk.ui.pages.labels_words import pane_width
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Segment

_PREVIEW = 300
"""What the preview needs beside both panes, in pixels of text size 1."""

FIELDS, SHEET = "fields", "sheet"


class LabelPanes(QWidget):
    """Two panes with the preview between them, or one pane beside it and the printing in the page's head."""

    def __init__(self, head: PageHead, fields: LabelFields, middle: QWidget, side: LabelSide) -> None:
        super().__init__()
        self._head = head
        self._fields = fields
        self._side = side
        self._has_side = False
        self.folded = False
        """Whether the two panes take turns."""
        self.turns = Segment(
            [(FIELDS, translate("labels", "On the labels")), (SHEET, translate("labels", "Two labels"))],
            FIELDS,
            name="labels.turns",
        )
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        self._left.addWidget(self.turns)
        self._left.addWidget(fields)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.GAP)
        self._across.addLayout(self._left)
        self._across.addWidget(middle, 1)
        self._across.addWidget(side)
        self.turns.chosen.connect(self._show_chosen)
        self._show_chosen()

    def show_side(self) -> None:
        """There are labels: the sheet and the acts have something to show."""
        self._has_side = True
        self._show_chosen()

    def show_fields(self) -> None:
        """Bring the fields to the front."""
        self.turns.choose(FIELDS)
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < theme.px(2 * pane_width() + _PREVIEW) + 2 * theme.GAP
        if folded != self.folded:
            self.folded = folded
            self._fold()

    def _fold(self) -> None:
        if self.folded:
            self._left.addWidget(self._side)
            self._head.add(self._side.print_button)
        else:
            self._across.addWidget(self._side)
            self._side.take_print_button()
        self._show_chosen()

    def _show_chosen(self, _key: str = "") -> None:
        both = not (self.folded and self._has_side)
        self.turns.setVisible(not both)
        self._fields.setVisible(both or self.turns.key == FIELDS)
        self._side.setVisible(self._has_side and (both or self.turns.key == SHEET))
        self._side.print_button.setVisible(self._has_side)
