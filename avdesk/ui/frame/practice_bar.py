"""The bar that says, on every page, that nothing here is real."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.labels import Icon, Label


class PracticeBar(QFrame):
    """Permanent: it can't be closed."""

    card_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice")
        self.setProperty("kind", "practice")
        self.setMinimumHeight(theme.px(36))
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 3, theme.MARGIN, 3)
        across.setSpacing(8)
        across.addWidget(Icon("school", "warn", 18))
        across.addWidget(Label(translate("shell", "Practice"), "panel", "warn"))
        text = translate("shell", "Nothing here reaches the real vault. Close this window to end practising.")
        across.addWidget(Label(text), 1)
        collect = translate("shell", "Put the sample card in")
        across.addWidget(Button(collect, self.card_wanted.emit, size="small", name="practice.collect"))
