"""The head of the player, in the place of the search field: what is played, when it was recorded, how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePosixPath

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avdesk.services.recordings import CaseLink, CopyFacts, RecordingFacts
from avdesk.terms import CopyState
from avdesk.ui import formats, theme
from avdesk.ui.texts import sentence, translate, word
from avdesk.ui.widgets.buttons import IconButton
from avdesk.ui.widgets.cards import Chip
from avdesk.ui.widgets.labels import ElidedLabel, Label

_CUT = "CUT_SHORT"
_MOST_CASES = 2
_NAME, _FACTS = 260, 130
"""What the name, and the facts beside it, need at least, in pixels of text size 1."""
_BETWEEN = 10


class PlayerTop(QWidget):
    """Back, name, facts, which of several it is, chips."""

    def __init__(self, back: Callable[[], object], go: Callable[[int], object]) -> None:
        super().__init__()
        self.setObjectName("player.top")
        self._name = ElidedLabel("", "head")
        self._name.setObjectName("player.name")
        self._second = ElidedLabel("", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        self._second.setObjectName("player.facts")
        self._facts: RecordingFacts | None = None
        self._opened = True
        self._segment = ""
        self._chips = QHBoxLayout()
        self._chips.setSpacing(_BETWEEN)
        self._arrow = IconButton(
            "arrow-left", translate("player", "Back to the library (Esc)"), back, name="player.back-to"
        )
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(_BETWEEN)
        across.addWidget(self._arrow)
        across.addWidget(self._name, 0)
        across.addWidget(self._second, 0)
        across.addStretch(1)
        self._place = _PlaceInQueue(go)
        across.addWidget(self._place)
        across.addLayout(self._chips)
        self.setMinimumHeight(theme.px(32))

    def show_nothing(self, title: str = "") -> None:
        """No recording, or not yet."""
        self._name.setText(title)
        self._second.setText("")
        self._facts = None
        self._fit()

    def show_place(self, place: int, count: int) -> None:
        """Which of several recordings it is, from 1; nothing is said of a single one."""
        self._place.show_place(place, count)
        self._fit()

    def show_segment(self, number: int, count: int) -> None:
        """Which segment of one recording it is, from 1; nothing is said of a single one."""
        words = translate("player", "Segment {number} of {count}").format(number=number, count=count)
        self._segment = words if count > 1 else ""
        if self._facts is not None:
            self.take(self._facts, opened=self._opened)

    def take(self, facts: RecordingFacts, *, opened: bool = True) -> None:
        """What is known of the recording; of its copies only when one could be opened, else it would contradict."""
        self._opened = opened
        self._name.setText(PurePosixPath(facts.path).name)
        told = [formats.moment(facts.recorded_at), recorder_words(facts), facts.handed_in_by or "", word(facts.kind)]
        if self._segment:
            told.insert(0, self._segment)
        if facts.duration_s:
            told.append(formats.duration(facts.duration_s))
        self._second.setText("·".join(part for part in told if part))
        self._facts = facts
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The name keeps room: the cases become a count, then the facts beside the name go."""
        room = self.width() - self._arrow.sizeHint().width() - 3 * _BETWEEN
        if not self._place.isHidden():
            room -= self._place.sizeHint().width() + _BETWEEN
        chips = self._told(self._facts, _case_chips) if self._facts is not None else []
        if self._facts is not None and room - _width(chips) < theme.px(_NAME):
            chips = self._told(self._facts, _case_count)
        self._show_chips(chips)
        room -= _width(chips) + self._name.sizeHint().width()
        self._second.setVisible(room >= min(theme.px(_FACTS), self._second.sizeHint().width()))

    def _told(self, facts: RecordingFacts, of_cases: Callable[[Sequence[CaseLink]], list[Chip]]) -> list[Chip]:
        cut = [finding for finding in facts.findings if finding.code == _CUT]
        first = [Chip(sentence(cut[0]), "warn")] if cut else []
        return [*first, *of_cases(facts.links), *([_copies_chip(facts.copies)] if self._opened else [])]

    def _show_chips(self, chips: Sequence[Chip]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._chips.addWidget(chip)


class _PlaceInQueue(QWidget):
    """``2 / 5`` between the buttons that lead to the ones before and after."""

    def __init__(self, go: Callable[[int], object]) -> None:
        super().__init__()
        self._words = Label("", "body")
        self._words.setObjectName("player.place")
        before, after = translate("player", "Recording before (PgUp)"), translate("player", "Next recording (PgDown)")
        self._before = IconButton("player-skip-back", before, partial(go, -1), name="player.previous")
        self._after = IconButton("player-skip-forward", after, partial(go, 1), name="player.next")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        for widget in (self._before, self._words, self._after):
            across.addWidget(widget)
        for button in (self._before, self._after):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar still plays
        self.hide()

    def show_place(self, place: int, count: int) -> None:
        self._words.setText(f"{place} / {count}")
        self._words.setAccessibleName(
            translate("player", "Recording {place} of {count}").format(place=place, count=count)
        )
        self._before.setEnabled(place > 1)
        self._after.setEnabled(place < count)
        self.setVisible(count > 1)


def _width(chips: Sequence[Chip]) -> int:
    return sum(chip.sizeHint().width() + _BETWEEN for chip in chips)


def recorder_words(facts: RecordingFacts) -> str:
    """The recorder's own name: model and serial number, or nothing."""
    return " ".join(part for part in (facts.model, facts.recorder_number) if part)


def _case_chips(links: Sequence[CaseLink]) -> list[Chip]:
    chips = []
    for link in links[:_MOST_CASES]:
        chip = Chip(link.number, "sel", icon="briefcase")
        chip.setToolTip(link.title)
        chips.append(chip)
    if len(links) > _MOST_CASES:
        more = Chip(f"+{len(links) - _MOST_CASES}", "sel")
        more.setToolTip("\n".join(link.number for link in links[_MOST_CASES:]))
        chips.append(more)
    return chips


def _case_count(links: Sequence[CaseLink]) -> list[Chip]:
    """One chip for all cases."""
    if not links:
        return []
    chip = Chip(translate("player", "%n case(s)", None, len(links)), "sel", icon="briefcase")
    chip.setToolTip("\n".join(f"{link.number} {link.title}" for link in links))
    return [chip]


def _copies_chip(copies: Sequence[CopyFacts]) -> Chip:
    """What was last known of the copies, the worst first."""
    states = [copy.state for copy in copies]
    for state in (CopyState.DAMAGED, CopyState.MISSING, CopyState.FAILED):
        if state in states:
            return Chip(word(state), "bad", icon="shield-x")
    verified = states.count(CopyState.VERIFIED)
    if verified == 0:
        return Chip(translate("player", "Not verified"), "warn")
    return Chip(translate("player", "Digest matches, %n copies", None, verified), "ok", icon="shield-check")
