"""Language, colours and text size of this person's window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Segment
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.labels import Label, Note


class LookCard(Card):
    """Changes hold at once."""

    changed = Signal(str)
    """``language``, ``theme`` or ``text``."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(name="settings.look", parent=parent)
        self._settings = settings
        self.language = Segment([("zh", "中文"), ("en", "English")], settings.language, name="settings.language")
        self.theme = Segment(
            [
                ("system", translate("settings", "As the system"), "device-desktop"),
                ("light", translate("settings", "Light"), "sun"),
                ("dark", translate("settings", "Dark"), "moon"),
            ],
            settings.theme,
            name="settings.theme",
        )
        sizes = zip(
            theme.TEXT_SIZES,
            (translate("settings", "Usual"), translate("settings", "Larger"), translate("settings", "Largest")),
            strict=True,
        )
        self.text = Segment(
            [(str(size), name) for size, name in sizes], str(settings.text_size), name="settings.text-size"
        )
        self._busy = Note("info", translate("settings", "Language and text size can be changed when no work goes on."))
        self._busy.hide()
        self.language.chosen.connect(self._choose_language)
        self.theme.chosen.connect(self._choose_theme)
        self.text.chosen.connect(self._choose_text)
        self._build()

    def set_busy(self, busy: bool) -> None:
        """Whether works report to the window as it is."""
        self.language.setEnabled(not busy)
        self.text.setEnabled(not busy)
        self._busy.setVisible(busy)

    def _build(self) -> None:
        self.body.addWidget(Label(translate("settings", "Display"), "panel"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, theme.px(72))
        rows = (
            (translate("settings", "Language"), self.language),
            (translate("settings", "Colours"), self.theme),
            (translate("settings", "Text size"), self.text),
        )
        for row, (label, segment) in enumerate(rows):
            grid.addWidget(Label(label, tone="text2"), row, 0)
            segment.setAccessibleName(label)
            grid.addWidget(segment, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._busy)

    def _choose_language(self, key: str) -> None:
        self._settings.set("look/language", key)
        self.changed.emit("language")

    def _choose_theme(self, key: str) -> None:
        self._settings.set("look/theme", key)
        self.changed.emit("theme")

    def _choose_text(self, key: str) -> None:
        self._settings.set("look/text", key)
        self.changed.emit("text")
