"""The top bar: the search box, who is at the desk, and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton
from avdesk.ui.widgets.labels import Icon, Label
from avdesk.ui.widgets.pile import Pile


class TopBar(QFrame):
    """48 high. A page that folds the side bar puts its own title in the place of the search box."""

    keys_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self.setProperty("kind", "top")
        self.setFixedHeight(theme.px(48))
        self._place = Pile()
        usual = QWidget()
        inside = QHBoxLayout(usual)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(search, 3)
        inside.addStretch(2)
        self._place.addWidget(usual)
        self._find = IconButton(
            "search", translate("shell", "Search (Ctrl+K)"), self.search_wanted.emit, name="top.search"
        )
        self._person = Label("", "body", "text2")
        self._person.setObjectName("top.person")
        keys = IconButton("help", translate("shell", "All keys (?)"), self.keys_wanted.emit, name="top.keys")
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 0, 12, 0)
        across.setSpacing(8)
        across.addWidget(self._place, 1)
        across.addWidget(self._find)
        across.addWidget(Icon("user-circle", "text2", 18))
        across.addWidget(self._person)
        across.addWidget(keys)
        self._find.hide()

    def set_person(self, name: str) -> None:
        self._person.setText(name)

    def show_top(self, widget: QWidget | None) -> None:
        """A page's own head in place of the search box; ``None`` brings the box back."""
        other = self._place.widget(1)
        if other is not None and other is not widget:
            self._place.removeWidget(other)
            other.hide()
        if widget is not None:
            if self._place.indexOf(widget) < 0:
                self._place.addWidget(widget)
            self._place.setCurrentWidget(widget)
        else:
            self._place.setCurrentIndex(0)
        self._find.setVisible(widget is not None)
        self._place.updateGeometry()
