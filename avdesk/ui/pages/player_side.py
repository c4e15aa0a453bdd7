"""The side of the player: markers, gaps and what was found in picture and sound, photographs of the same day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from avdesk.services.timelines import DayPhotograph
from avdesk.terms import MarkerKind
from avdesk.ui import formats, theme
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.pages.player_markers import MarkersOfLine
from avdesk.ui.pages.player_marks import MarkList
from avdesk.ui.texts import translate, word
from avdesk.ui.widgets.buttons import Button, IconButton
from avdesk.ui.widgets.cards import row_line
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Label

_WIDE = 288
_PHOTO = QSize(116, 66)
_MOST_FOUND = 5
_FIRST = 1000
"""The list of markers takes what room it needs before any stays empty."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of what was found: its sign, what it is, and where on the line it begins, in seconds."""

    icon: str
    tone: str
    words: str
    at: float


class PlayerSide(QFrame):
    """Three parts; each is there when it has something to show, the markers always."""

    def __init__(
        self,
        markers: MarkersOfLine,
        pictures: Pictures,
        seek: Callable[[float], object],
        open_photograph: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.setObjectName("player.side")
        self.setProperty("kind", "panel")
        self.setFixedWidth(theme.px(_WIDE))
        self._markers = markers
        self._seek = seek
        self._open = open_photograph
        self._pictures = pictures
        self.marks = MarkList()
        self._empty = Label(
            translate("player", "No markers yet: 1 to 9 mark what is on the screen."), "second", "text2", wrap=True
        )
        self._empty.setContentsMargins(14, 4, 14, 8)
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._count = Label("", "body", "text2")
        self.found = _FoundList(self._seek)
        self.photographs = _Photographs()
        self._parts = {
            "found": _part(translate("player", "Gaps and quality"), self.found),
            "photographs": _part(translate("player", "Photographs of this day"), self.photographs),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._empty)
        column.addWidget(self.marks, _FIRST)
        column.addLayout(self._acts())
        for part in self._parts.values():
            part.hide()
            column.addWidget(part)
        column.addStretch(1)
        self.marks.chosen.connect(markers.choose)
        self.marks.edit_wanted.connect(markers.write)
        self.marks.remove_wanted.connect(markers.remove)
        self.photographs.itemActivated.connect(self._photograph)
        self.photographs.itemClicked.connect(self._photograph)
        pictures.arrived.connect(self._picture_arrived)
        markers.changed.connect(self.show_markers)
        self.show_markers()

    def show_markers(self) -> None:
        """The markers as they are now."""
        shown = self._markers.shown
        self._count.setText(formats.number(self._markers.count) if self._markers.count else "")
        self._empty.setVisible(not shown)
        self.marks.setVisible(bool(shown))
        self.marks.fill(shown, self._markers.chosen)
        chosen = any(one.marker.marker_id == self._markers.chosen for one in shown)
        for button in (self._write, self._remove):
            button.setVisible(bool(shown))
            button.setEnabled(chosen)

    def show_found(self, found: Sequence[Found]) -> None:
        """Gaps, and what was found in picture and sound, in the order of time."""
        self.found.fill(found)
        self._parts["found"].setVisible(bool(found))

    def show_photographs(self, photographs: Sequence[DayPhotograph]) -> None:
        """Small pictures, asked for as they are needed."""
        self.photographs.clear()
        for photograph in photographs:
            item = QListWidgetItem(formats.clock(photograph.recorded_at))
            item.setData(Qt.ItemDataRole.UserRole, photograph.recording_id)
            item.setToolTip(photograph.name)
            self.photographs.addItem(item)
            self._put_picture(item)
        self._pictures.want([photograph.recording_id for photograph in photographs], self._pixels())
        self._parts["photographs"].setVisible(bool(photographs))

    # making

    def _head(self) -> QHBoxLayout:
        self._filter = Button(translate("player", "All"), icon="filter", size="small", name="player.marker-filter")
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for kind in (None, *MarkerKind):
            words = translate("player", "All") if kind is None else word(kind)
            action = QAction(words, self, checkable=True, checked=kind is None)
            action.triggered.connect(partial(self._show_only, kind))
            self._group.addAction(action)
            menu.addAction(action)
        self._filter.setMenu(menu)
        across = QHBoxLayout()
        across.setContentsMargins(14, 10, 14, 6)
        across.setSpacing(6)
        across.addWidget(Label(translate("player", "Markers"), "panel"))
        across.addWidget(self._count, 1)
        across.addWidget(self._filter)
        return across

    def _acts(self) -> QHBoxLayout:
        self._write = Button(
            translate("player", "Write (T)"),
            self._markers.write,
            icon="pencil",
            size="small",
            name="player.marker.write",
        )
        self._remove = IconButton(
            "trash", translate("player", "Remove this marker (Del)"), self._markers.remove, name="player.marker.remove"
        )
        across = QHBoxLayout()
        across.setContentsMargins(14, 6, 14, 8)
        across.addWidget(self._write)
        across.addStretch(1)
        across.addWidget(self._remove)
        return across

    def _show_only(self, kind: MarkerKind | None) -> None:
        self._filter.setText(translate("player", "All") if kind is None else word(kind))
        self._markers.show_only(kind)

    # pictures

    def _pixels(self) -> QSize:
        size = QSize(theme.px(_PHOTO.width()), theme.px(_PHOTO.height()))
        return (size * self.devicePixelRatioF()).expandedTo(QSize(1, 1))

    def _picture_arrived(self, recording_id: str) -> None:
        for row in range(self.photographs.count()):
            item = self.photographs.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == recording_id:
                self._put_picture(item)

    def _put_picture(self, item: QListWidgetItem) -> None:
        picture = self._pictures.find(item.data(Qt.ItemDataRole.UserRole), self._pixels())
        if picture is not None:
            item.setIcon(QIcon(picture))

    def _photograph(self, item: QListWidgetItem) -> None:
        self._open(item.data(Qt.ItemDataRole.UserRole))


class _FoundList(QListWidget):
    """A click goes to where it begins."""

    def __init__(self, seek: Callable[[float], object]) -> None:
        super().__init__()
        self.setObjectName("player.found")
        self.setAccessibleName(translate("player", "Gaps and quality"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._seek = seek
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def fill(self, found: Sequence[Found]) -> None:
        self.clear()
        for one in found:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, one.at)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.words} {formats.duration(one.at)}")
            item.setSizeHint(QSize(0, theme.px(30)))
            self.addItem(item)
            self.setItemWidget(item, _found_row(one))
        self.setFixedHeight(theme.px(30) * min(len(found), _MOST_FOUND) + 6)

    def _go(self, item: QListWidgetItem) -> None:
        self._seek(item.data(Qt.ItemDataRole.UserRole))


class _Photographs(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("player.photographs")
        self.setAccessibleName(translate("player", "Photographs of this day"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(QSize(theme.px(_PHOTO.width()), theme.px(_PHOTO.height())))
        self.setGridSize(QSize(theme.px(_PHOTO.width() + 10), theme.px(_PHOTO.height() + 24)))
        self.setFixedHeight(theme.px(_PHOTO.height() + 34))


def _found_row(found: Found) -> QWidget:
    row = QWidget()
    row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    sign = Icon(found.icon, found.tone, 16)
    across = QHBoxLayout(row)
    across.setContentsMargins(14, 0, 14, 0)
    across.setSpacing(8)
    across.addWidget(sign)
    across.addWidget(ElidedLabel(found.words, "body", mode=Qt.TextElideMode.ElideRight), 1)
    across.addWidget(Label(formats.duration(found.at), "body", "text2"))
    return row


def _part(title: str, inside: QWidget) -> QWidget:
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(2)
    column.addWidget(row_line())
    head = Label(title, "panel")
    head.setContentsMargins(14, 8, 14, 2)
    column.addWidget(head)
    column.addWidget(inside)
    return made
