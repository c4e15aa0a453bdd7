"""The markers of what is open: read, added, changed, removed, gone to. The page's own part for that noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from avdesk.errors import AvdeskError, StaleEdit
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.markers import Marker, add_marker, edit_marker, list_markers, remove_marker
from avdesk.terms import MarkerKind
from avdesk.ui import formats
from avdesk.ui.frame.message_bar import Act
from avdesk.ui.pages.player_line import Flag, Reel
from avdesk.ui.pages.player_marker_dialog import MarkerDialog
from avdesk.ui.runner import QUERY, WRITE
from avdesk.ui.texts import translate, word

if TYPE_CHECKING:
    from avdesk.ui.pages.player import PlayerPage

SIGNS: Mapping[MarkerKind, str] = MappingProxyType(
    {
        MarkerKind.STATEMENT: "1",
        MarkerKind.SCENE: "2",
        MarkerKind.KEY_EVIDENCE: "3",
        MarkerKind.PRIOR_NOTICE: "4",
        MarkerKind.PARTY: "5",
        MarkerKind.OFFICERS: "6",
        MarkerKind.PARTICIPANTS: "7",
        MarkerKind.PLACE: "8",
        MarkerKind.VIOLATION: "9",
    }
)
"""The key of each kind; the others are chosen when a marker is written."""
_PASSED = 0.05
"""Seconds: nearer than this a marker is where one is already."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A marker and where it stands on the line, in seconds."""

    marker: Marker
    at: float
    to: float | None

    @property
    def words(self) -> str:
        """What it says in one line."""
        return "·".join(filter(None, (word(self.marker.kind), self.marker.text)))


class MarkersOfLine(QObject):
    """Those of all recordings on the line, in the order of their places."""

    changed = Signal()

    def __init__(self, page: PlayerPage) -> None:
        super().__init__(page)
        self._page = page
        self._all: list[Placed] = []
        self.wanted: MarkerKind | None = None
        """Only this kind is shown; all when there is none."""
        self.chosen = ""
        """The id of the one that was added or chosen last."""

    @property
    def shown(self) -> list[Placed]:
        return [placed for placed in self._all if self.wanted in (None, placed.marker.kind)]

    @property
    def count(self) -> int:
        return len(self._all)

    @property
    def flags(self) -> Sequence[Flag]:
        return [
            Flag(one.at, one.to, SIGNS.get(one.marker.kind, ""), one.words, one.marker.marker_id == self.chosen)
            for one in self.shown
        ]

    def load(self) -> None:
        """Read those of the line anew."""
        ids = [segment.recording_id for segment in self._page.reel.segments]
        work = partial(_list, self._page.desk, ids)
        self._page.runner.start(work, lane=QUERY, on_success=self._take)

    def clear(self) -> None:
        """Nothing is open."""
        self._all, self.chosen = [], ""
        self.changed.emit()

    def show_only(self, kind: MarkerKind | None) -> None:
        self.wanted = kind
        self.changed.emit()

    def add(self, kind: MarkerKind) -> None:
        """At the frame that is shown; over what repeats, while one is within it."""
        here = self._page.marked_place()
        if here is None:
            return
        recording_id, at, to = here
        work = partial(_add, self._page.desk, recording_id, at, to, kind)
        self._page.runner.start(work, lane=WRITE, on_success=self._added)

    def choose(self, marker_id: str) -> None:
        """Go to it."""
        self.chosen = marker_id
        placed = self._placed(marker_id)
        self.changed.emit()
        if placed is not None:
            self._page.seek_line(placed.at)

    def step(self, way: int) -> None:
        """To the next marker, or to the one before."""
        here, shown = self._page.place, self.shown
        if way > 0:
            found = next((one for one in shown if one.at > here + _PASSED), None)
        else:
            found = next((one for one in reversed(shown) if one.at < here - _PASSED), None)
        if found is not None:
            self.choose(found.marker.marker_id)

    def write(self) -> None:
        """Change the one that was added or chosen last."""
        placed = self._placed(self.chosen)
        if placed is not None:
            dialog = MarkerDialog(placed.marker, self._page.dialog_parent)
            dialog.wanted.connect(partial(self._edit, dialog))
            dialog.open()

    def remove(self) -> None:
        """Take the chosen one out; it can be put back."""
        placed = self._placed(self.chosen)
        if placed is not None:
            work = partial(_remove, self._page.desk, placed.marker)
            self._page.runner.start(work, lane=WRITE, on_success=self._removed, on_error=self._refused)

    # what comes back

    def _take(self, found: Sequence[Marker]) -> None:
        reel = self._page.reel
        self._all = sorted(
            (_placed(reel, marker) for marker in found if reel.has(marker.recording_id)), key=lambda placed: placed.at
        )
        self.changed.emit()

    def _added(self, marker: Marker) -> None:
        self.chosen = marker.marker_id
        self._keep(marker)

    def _keep(self, marker: Marker) -> None:
        if self._page.reel.has(marker.recording_id):
            rest = [one for one in self._all if one.marker.marker_id != marker.marker_id]
            self._all = sorted([*rest, _placed(self._page.reel, marker)], key=lambda placed: placed.at)
            self.changed.emit()
        self._page.shell.tell("markers")

    def _edit(self, dialog: MarkerDialog) -> None:
        work = partial(_edit, self._page.desk, dialog.marker, dialog.kind, dialog.at, dialog.to, dialog.text)
        self._page.runner.start(
            work, lane=WRITE, on_success=dialog.done_with, on_error=dialog.show_error, on_end=dialog.free
        )
        dialog.saved.connect(self._keep)
        dialog.outdated.connect(self._renew)

    def _renew(self, dialog: MarkerDialog) -> None:
        """Somebody else changed it: show what it says now."""
        work = partial(_list, self._page.desk, [dialog.marker.recording_id])
        self._page.runner.start(work, lane=QUERY, on_success=dialog.take_newer)
        self.load()

    def _removed(self, marker: Marker) -> None:
        self._all = [one for one in self._all if one.marker.marker_id != marker.marker_id]
        self.chosen = ""
        self.changed.emit()
        words = translate("player", "Marker at {at} removed.").format(at=formats.duration(marker.at_s))
        self._page.shell.say("info", words, act=Act(translate("player", "Put it back"), _Again(self, marker).act))
        self._page.shell.tell("markers")

    def put_back(self, marker: Marker) -> None:
        """The same again, as a new marker."""
        work = partial(_again, self._page.desk, marker)
        self._page.runner.start(work, lane=WRITE, on_success=self._added)

    def _refused(self, error: AvdeskError) -> None:
        if isinstance(error, StaleEdit):
            self._page.shell.say("warn", translate("player", "Somebody else changed this marker. It is shown anew."))
        else:
            self._page.shell.show_error(error)
        self.load()

    def _placed(self, marker_id: str) -> Placed | None:
        return next((one for one in self._all if one.marker.marker_id == marker_id), None)


class _Again:
    """Puts one removed marker back, once."""

    def __init__(self, markers: MarkersOfLine, marker: Marker) -> None:
        self._markers = markers
        self._marker = marker

    def act(self) -> None:
        self._markers.put_back(self._marker)


def _placed(reel: Reel, marker: Marker) -> Placed:
    to = None if marker.to_s is None else reel.place(marker.recording_id, marker.to_s)
    return Placed(marker, reel.place(marker.recording_id, marker.at_s), to)


def _list(desk: Desk, recording_ids: Sequence[str], _on_progress: OnProgress, control: Control) -> list[Marker]:
    found: list[Marker] = []
    for recording_id in recording_ids:
        control.check()
        found.extend(list_markers(desk, recording_id).markers)
    return found


def _add(
    desk: Desk, recording_id: str, at: float, to: float | None, kind: MarkerKind, _tell: OnProgress, _control: Control
) -> Marker:
    return add_marker(desk, recording_id, at, to_s=to, kind=kind)


def _edit(
    desk: Desk,
    marker: Marker,
    kind: MarkerKind,
    at: float,
    to: float | None,
    text: str,
    _tell: OnProgress,
    _control: Control,
) -> Marker:
    return edit_marker(desk, marker.marker_id, at_s=at, to_s=to, kind=kind, text=text, version=marker.version)


def _remove(desk: Desk, marker: Marker, _tell: OnProgress, _control: Control) -> Marker:
    return remove_marker(desk, marker.marker_id, version=marker.version)


def _again(desk: Desk, marker: Marker, _tell: OnProgress, _control: Control) -> Marker:
    return add_marker(desk, marker.recording_id, marker.at_s, to_s=marker.to_s, kind=marker.kind, text=marker.text)
