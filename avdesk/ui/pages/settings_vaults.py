"""The vaults of this PC with their room."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avdesk.services.places import LITTLE_SPACE, VaultSpace, VaultSpaces
from avdesk.ui import formats
from avdesk.ui.texts import reason, translate, word
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Label, Note
from avdesk.ui.widgets.states import SpaceBar


class VaultsCard(Card):
    """One block per vault."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="settings.vaults", parent=parent)
        self.body.addWidget(Label(translate("settings", "Vaults of this PC"), "panel"))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(12)
        self.body.addLayout(self._blocks)

    def show_spaces(self, spaces: VaultSpaces) -> None:
        while (item := self._blocks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # else it would be shown once more, as a window
                widget.setParent(None)
                widget.deleteLater()
        for space in spaces.vaults:
            self._blocks.addWidget(_Block(space))


class _Block(QWidget):
    def __init__(self, space: VaultSpace) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        name = word(space.role)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("database", "text2", 16))
        head.addWidget(Label(name), 1)
        column.addLayout(head)
        column.addWidget(ElidedLabel(space.path, "second", "text2"))
        if space.reason is not None or space.bytes_total is None or space.bytes_free is None:
            column.addWidget(Note("bad", translate("settings", "Can't be used now"), reason(space.reason or "")))
            return
        bar = SpaceBar(text=name)
        bar.set_shares(1 - space.bytes_free / max(space.bytes_total, 1))
        column.addWidget(bar)
        words = translate("settings", "{free} of {total} free").format(
            free=formats.space(space.bytes_free), total=formats.space(space.bytes_total)
        )
        column.addWidget(Label(words, "second", "text2"))
        if space.bytes_free < LITTLE_SPACE:
            column.addWidget(Note("warn", translate("settings", "There is little space left.")))
