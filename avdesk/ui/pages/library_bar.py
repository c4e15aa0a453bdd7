"""What can be done with the chosen recordings, below the list."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.services.library import ChosenRecording
from avdesk.terms import Right
from avdesk.ui import formats, theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from avdesk.ui.widgets.labels import ElidedLabel, Label


class SelectionBar(QFrame):
    """Count, length and size of the choice, and its acts; hidden while nothing is chosen."""

    link_wanted = Signal()
    play_wanted = Signal()
    export_wanted = Signal()
    copy_out_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, rights: Set[Right], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library.selection")
        self.setProperty("kind", "selection-bar")
        self.setFixedHeight(theme.px(50))
        self._count = Label("", "body", "selt")
        self._sum = ElidedLabel("", "body", "text2")
        link, play = translate("library", "Link to a case"), translate("library", "Play")
        self._link = PrimaryButton(link, self.link_wanted.emit, icon="link", name="library.selection.link")
        self._play = Button(play, self.play_wanted.emit, icon="player-play", name="library.selection.play")
        export, none = translate("library", "Export list"), translate("library", "Choose none (Esc)")
        self._export = Button(export, self.export_wanted.emit, icon="table-export", name="library.selection.export")
        out = translate("library", "Copy out…")
        self._out = Button(out, self.copy_out_wanted.emit, icon="file-export", name="library.selection.copy-out")
        self._clear = IconButton("x", none, self.clear_wanted.emit, name="library.selection.clear")
        across = QHBoxLayout(self)
        across.setContentsMargins(14, 0, 8, 0)
        across.setSpacing(8)
        across.addWidget(self._count)
        across.addWidget(self._sum, 1)
        for widget in (self._link, self._play, self._export, self._out, self._clear):
            across.addWidget(widget)
        self._link.setVisible(Right.CASES in rights)
        self._out.setVisible(Right.EXPORT in rights)
        self._play.hide()
        self.hide()

    def offer_player(self, there: bool) -> None:
        """Whether there is a player."""
        self._play.setVisible(there)

    def show_choice(self, chosen: list[ChosenRecording], hidden: int) -> None:
        """``hidden``: how many of them are surely not in the list below the present filters."""
        self.setVisible(bool(chosen))
        self._count.setText(translate("library", "%n chosen", None, len(chosen)))
        length = sum(each.duration_s or 0 for each in chosen)
        told = [formats.duration(length)] if length else []
        told.append(formats.size(sum(each.size for each in chosen)))
        if hidden:
            told.append(translate("library", "%n of them not in this list", None, hidden))
        together = translate("library", "Play in turn")
        self._play.setText(together if len(chosen) > 1 else translate("library", "Play"))
        self._sum.setText(translate("library", ", ").join(told))
