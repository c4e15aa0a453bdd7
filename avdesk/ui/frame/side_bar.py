"""The side bar: an icon and a word for each page, a quiet count where something waits; folds to a rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from avdesk.ui import icons, theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton
from avdesk.ui.widgets.labels import ElidedLabel, Label

WIDE, RAIL = 168, 56


class NavItem(QToolButton):
    """One page. A 3 px bar at the left edge when it is chosen, a pill with the count."""

    def __init__(self, name: str, icon: str, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = text
        self.count = 0
        self.icon_name = icon
        self._rail = False
        self.setObjectName(f"nav.{name}")
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys = keys
        self.setIconSize(QSize(20, 20))
        self.toggled.connect(self._toggled)
        self._toggled(False)
        self.fold(False)
        self._name()

    def fold(self, rail: bool) -> None:
        """Show the icon only, with the count as a badge; or icon and word."""
        self._rail = rail
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if rail else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style)
        self.setText("" if rail else f"  {self.word}")
        theme.set_property(self, "place", "rail" if rail else "")
        self.setFixedSize(theme.px(RAIL - 16) if rail else theme.px(WIDE) - 16, theme.px(36))
        self._name()

    def set_count(self, count: int) -> None:
        if count != self.count:
            self.count = count
            self._name()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_count(painter, theme.of(self))
        painter.end()

    def _paint_count(self, painter: QPainter, colours: theme.Theme) -> None:
        painter.setFont(theme.font("tick" if self._rail else "second"))
        text = str(self.count) if self.count < 1000 else "999+"
        height = theme.px(15 if self._rail else 20)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + (8 if self._rail else 12))
        top = 1.0 if self._rail else (self.height() - height) / 2
        pill = QRectF(self.width() - width - (0 if self._rail else 9), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("surface" if self.isChecked() else "press"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colours.colour("selt" if self.isChecked() else "text2"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _toggled(self, chosen: bool) -> None:
        icons.put(self, self.icon_name, "selt" if chosen else "text2", 20)

    def _name(self) -> None:
        count = translate("shell", "%n waiting", None, self.count) if self.count else ""
        self.setAccessibleName(f"{self.word} {count}".strip())
        self.setToolTip(f"{self.word} ({self._keys})" if self._keys else self.word)


class SideBar(QFrame):
    """All pages that exist."""

    chosen = Signal(str)
    folded = Signal(bool)
    """The person folded or unfolded it."""

    def __init__(self, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("kind", "side")
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self._rail = False
        self._brand = _Brand()
        self._unit = ElidedLabel(unit, "second", "text2")
        self._fold = IconButton("layout-sidebar-left-collapse", "", self._clicked_fold, size="small", name="side.fold")
        self._nav = QVBoxLayout()
        self._nav.setContentsMargins(8, 4, 8, 0)
        self._nav.setSpacing(4)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(18, 0, 10, 2)
        self._foot.addWidget(self._unit, 1)
        self._foot.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._brand)
        column.addLayout(self._nav)
        column.addStretch(1)
        column.addLayout(self._foot)
        self.fold(False)

    @property
    def items(self) -> tuple[NavItem, ...]:
        return tuple(self._items.values())

    @property
    def rail(self) -> bool:
        return self._rail

    def add(self, name: str, icon: str, text: str) -> None:
        """One more page."""
        keys = f"Ctrl+{len(self._items) + 1}"
        item = NavItem(name, icon, text, keys, self)
        item.fold(self._rail)
        self._items[name] = item
        self._group.addButton(item, len(self._items) - 1)
        self._nav.addWidget(item)
        item.clicked.connect(self._clicked)
        before = list(self._items.values())[-2:][0]
        if before is not item:
            self.setTabOrder(before, item)
        self.setTabOrder(item, self._fold)

    def mark(self, name: str) -> None:
        """Light the item of a page."""
        if name in self._items:
            self._items[name].setChecked(True)
        self.update()

    def set_count(self, name: str, count: int) -> None:
        if name in self._items:
            self._items[name].set_count(count)

    def set_unit(self, unit: str) -> None:
        self._unit.setText(unit)

    def fold(self, rail: bool) -> None:
        """To a rail of icons, or back."""
        self._rail = rail
        self.setFixedWidth(theme.px(RAIL if rail else WIDE))
        self._unit.setVisible(not rail)
        self._foot.setContentsMargins(*((15, 0, 15, 2) if rail else (18, 0, 10, 2)))
        self._brand.fold(rail)
        for item in self._items.values():
            item.fold(rail)
        icons.put(self._fold, f"layout-sidebar-left-{'expand' if rail else 'collapse'}", "text2", 16)
        text = translate("shell", "Unfold the side bar") if rail else translate("shell", "Fold the side bar")
        self._fold.setAccessibleName(text)
        self._fold.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        item = self._group.checkedButton()
        if item is not None:
            painter = QPainter(self)
            box = item.geometry()
            bar = QRectF(0, box.top() + 4, 3, box.height() - 8)
            painter.fillRect(bar, theme.of(self).colour("mark"))
            painter.end()

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            self.update()
            self.chosen.emit(item.objectName().removeprefix("nav."))

    def _clicked_fold(self) -> None:
        self.fold(not self._rail)
        self.folded.emit(self._rail)


class _Brand(QWidget):
    """The mark and the name."""

    def __init__(self) -> None:
        super().__init__()
        self._word = Label("avdesk", "panel")
        font = QFont(theme.font("panel"))
        font.setPointSizeF(font.pointSizeF() * 12 / 10.5)
        self._word.setFont(font)
        self._across = QHBoxLayout(self)
        self._across.setSpacing(10)
        self._across.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignLeft)
        self._across.addWidget(self._word, 1)
        self.setFixedHeight(theme.px(48))
        self.fold(False)

    def fold(self, rail: bool) -> None:
        self._word.setVisible(not rail)
        left = theme.px(RAIL - 20) // 2 if rail else 18
        self._across.setContentsMargins(left, 0, 0, 0)


class Mark(QWidget):
    """The square of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent"))
        painter.drawRoundedRect(QRectF(1, 1, 18, 18), 4, 4)
        painter.setBrush(colours.colour("onaccent"))
        painter.drawRoundedRect(QRectF(5, 5, 10, 10), 2.5, 2.5)
        painter.setBrush(colours.colour("accent"))
        painter.drawRoundedRect(QRectF(7, 7, 6, 6), 1, 1)
        painter.end()
