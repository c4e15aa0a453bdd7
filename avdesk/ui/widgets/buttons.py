"""Buttons: an act each, with a word; those without a word have an accessible name and a tooltip."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from avdesk.ui import icons, theme


class Button(QPushButton):
    """A usual button. ``size``: ``card`` is 36 high, ``small`` 26, else 32. ``on_click`` is a bound method; ``wide``
    fills the width.
    """

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str | None = None,
        size: str = "",
        kind: str = "",
        name: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setProperty("form", size)
        self.setObjectName(name)
        self.setAutoDefault(False)
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if icon is not None:
            colour = {"primary": "onaccent", "link": "link"}.get(kind, "text")
            icons.put(self, icon, colour, 16 if size == "small" else 18)
        self._act = on_click
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()


class PrimaryButton(Button):
    """The one obvious next act."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str | None = None,
        size: str = "",
        name: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, on_click, icon=icon, size=size, kind="primary", name=name, wide=wide, parent=parent)


class LinkButton(Button):
    """An act as words only. ``flush``: its words stand at the very edge, as those above and below it do."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str | None = None,
        size: str = "",
        name: str = "",
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, on_click, icon=icon, size=size, kind="link", name=name, parent=parent)
        self.setProperty("place", "flush" if flush else "")


class IconButton(QToolButton):
    """A square button without a word; ``text`` is its accessible name and tooltip. ``size`` ``tiny`` fits a line of
    small type.
    """

    def __init__(
        self,
        icon: str,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        framed: bool = False,
        size: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "framed" if framed else "")
        self.setProperty("form", size)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.put(self, icon, "text2", {"tiny": 14, "small": 16}.get(size, 18))
        self._act = on_click
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()


class Segment(QWidget):
    """Some words of which one is chosen. ``choices`` are (key, word) or (key, word, icon)."""

    chosen = Signal(str)
    """The key, when the person chose it."""

    def __init__(
        self, choices: Sequence[tuple[str, ...]], chosen: str, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for position, choice in enumerate(choices):
            button = QPushButton(choice[1], self)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setProperty("place", _place(position, len(choices)))
            button.setObjectName(f"{name}.{choice[0]}" if name else "")
            if len(choice) > 2:
                icons.put(button, choice[2], "text2", 18)
            self._buttons[choice[0]] = button
            self._group.addButton(button, position)
            across.addWidget(button)
        self._keys = [choice[0] for choice in choices]
        self.choose(chosen)
        self._group.idClicked.connect(self._clicked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """What is chosen."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose without a signal."""
        self._buttons[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Another word, say with a count."""
        self._buttons[key].setText(text)

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def _clicked(self, position: int) -> None:
        self.chosen.emit(self._keys[position])


def _place(position: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(position, "mid")


class FilterChip(QPushButton):
    """A filter: off with a ▾ that opens ``choose``, on with its words and a × that drops it.

    One that ``toggles`` has a sign when it is off, or how many there are, in the colour of ``tone``.
    ``opened`` asks the page to open its choice; ``dropped`` says that the filter was dropped (it shows itself off).
    """

    opened = Signal()
    dropped = Signal()

    def __init__(
        self,
        text: str,
        *,
        icon: str | None = None,
        name: str = "",
        toggles: bool = False,
        tone: str = "warn",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._off = text
        self._tone = tone
        self._icon = icon
        self._toggles = toggles
        self._count = ""
        self.setObjectName(name)
        self.setProperty("kind", "filter")
        self.setAutoDefault(False)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)
        self.turn_off()

    @property
    def on(self) -> bool:
        return bool(self.property("state") == "on")

    def turn_on(self, text: str) -> None:
        """Show the filter as in force, in these words."""
        self._count = ""
        self.setText(text)
        theme.set_property(self, "state", "on")
        icons.put(self, "x", "selt", 14)

    def turn_off(self, text: str | None = None, count: str = "") -> None:
        """Show the filter as not in force; ``text`` replaces its words, ``count`` stands behind them."""
        self._off = text if text is not None else self._off
        self._count = count
        self.setText(f"{self._off} {count}".strip())
        theme.set_property(self, "state", "off")
        if count:
            icons.clear(self)
        elif self._toggles:
            icons.put(self, self._icon or "filter", "text2", 14)
        else:
            icons.put(self, "chevron-down", "text2", 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._count:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        words = f"{self._off} "
        room = self.rect().adjusted(10, 0, -10, 0)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        colours = theme.of(self)
        painter.setPen(colours.colour("text"))
        painter.drawText(room, side, words)
        painter.setPen(colours.colour(self._tone))
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words))
        painter.drawText(room, side, self._count)
        painter.end()

    def _clicked(self) -> None:
        if self.on:
            self.turn_off()
            self.dropped.emit()
        else:
            self.opened.emit()
