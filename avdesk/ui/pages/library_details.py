"""Everything known of the current recording, in the pane at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.library import LibraryRow
from avdesk.services.recordings import CaseLink, CopyFacts, RecordingFacts, show_recording
from avdesk.terms import CopyState, Kind, ReadBack, TimeSource, VaultRole
from avdesk.ui import formats, icons, theme
from avdesk.ui.pages.library_model import shown
from avdesk.ui.pages.library_painting import KIND_ICONS, on_screen, paint_length
from avdesk.ui.pages.library_pictures import Pictures
from avdesk.ui.pages.library_story import Step, finding_words, source_words, story
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.texts import sentence, translate, word
from avdesk.ui.widgets.buttons import Button, IconButton, LinkButton
from avdesk.ui.widgets.cards import Chip, row_line
from avdesk.ui.widgets.facts import FactsGrid, SidePane
from avdesk.ui.widgets.labels import ElidedLabel, Icon, Label, Note

_PAUSE_MS = 60
_HIGH = 126
_ROUND = 7
WIDTH = 292
_PLAYED = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)


class Details(SidePane):
    """The pane. What it offers is told to the page by signals."""

    play_wanted = Signal(str)
    link_wanted = Signal(str)
    case_wanted = Signal(str)
    """The number of a case."""

    def __init__(self, desk: Desk, runner: Runner, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(width=WIDTH, name="library.details", parent=parent)
        self.setAccessibleName(translate("library", "Details"))
        self.desk = desk
        self._runner = runner
        self.plays = False
        """Whether there is a player."""
        self.opens_cases = False
        self.may_link = True
        self.row: LibraryRow | None = None
        self._place = ""
        self._job: Job | None = None
        self.facts: RecordingFacts | None = None
        self.picture = Picture(pictures, self._play)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, self.picture)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.show_row(None, "")

    def show_row(self, row: LibraryRow | None, place: str) -> None:
        """Show a recording; ``place`` says which of the chosen ones it is."""
        same = row is not None and self.row is not None and row.recording_id == self.row.recording_id
        self.row, self._place = row, place
        self.picture.show_row(row, plays=self.plays)
        if row is None:
            self.facts = None
            self._pause.stop()
            self.clear()
            self.body.addWidget(
                Label(translate("library", "Choose a file to see what is known of it."), "second", "text2", wrap=True)
            )
        elif same and self.facts is not None:
            self._fill()
        else:
            self._pause.start()

    def read_again(self) -> None:
        """Something changed."""
        if self.row is not None:
            self._pause.start()

    def _read(self) -> None:
        if self.row is None:
            return
        desk, recording_id = self.desk, self.row.recording_id

        def work(_on_progress: OnProgress, _control: Control) -> RecordingFacts:
            return show_recording(desk, recording_id)

        if self._job is not None:
            self._job.cancel()
        self._job = self._runner.start(work, lane=QUERY, on_success=self._take, on_error=self._failed)

    def _take(self, facts: RecordingFacts) -> None:
        if self.row is not None and facts.recording_id == self.row.recording_id:
            self.facts = facts
            self._fill()

    def _failed(self, error: AvdeskError) -> None:
        self.facts = None
        self.clear()
        self.body.addWidget(Note("bad", sentence(error)))

    def _play(self) -> None:
        if self.row is not None:
            self.play_wanted.emit(self.row.recording_id)

    def _link(self) -> None:
        if self.row is not None:
            self.link_wanted.emit(self.row.recording_id)

    def _copy_digest(self) -> None:
        if self.facts is not None:
            QGuiApplication.clipboard().setText(self.facts.sha256)

    def _fill(self) -> None:
        facts = self.facts
        if facts is None:
            return
        self.clear()
        self._add_name(facts)
        self.body.addWidget(self._grid(facts))
        for finding in facts.findings:
            self.body.addWidget(Note("warn", finding_words(finding)))
        self._add_copies(facts)
        self._add_cases(facts)
        self.add_section(translate("library", "History"))
        steps = story(facts, self.desk.zone)
        for number, step in enumerate(steps):
            self.body.addWidget(StoryStep(step, last=number == len(steps) - 1))

    def _add_name(self, facts: RecordingFacts) -> None:
        name = ElidedLabel(shown(facts.path.rpartition("/")[2]), "row")
        name.setObjectName("library.details.name")
        self.body.addWidget(name)
        if self._place:
            self.body.addWidget(Label(self._place, "second", "text2"))

    def _grid(self, facts: RecordingFacts) -> FactsGrid:
        grid = FactsGrid()
        source = source_words(facts.recorded_at_source)
        grid.add(translate("library", "Recorded"), f"{formats.moment(facts.recorded_at)} {source}", elide=False)
        written = next((time for time in facts.times if time.source == TimeSource.MTIME), None)
        if written is not None:
            grid.add(translate("library", "File's time"), formats.moment(written.at))
        seen = picture_words(facts)
        if seen:
            grid.add(translate("library", "Picture"), seen)
        grid.add(translate("library", "Length, size"), length_words(facts))
        made = " ".join(filter(None, (facts.make, facts.model, facts.recorder_number)))
        if made:
            grid.add(translate("library", "Recorder"), made)
        grid.add(translate("library", "Folder"), shown(facts.path.rpartition("/")[0]) or "/")
        grid.add("SHA-256", self._digest(facts.sha256))
        return grid

    def _digest(self, sha256: str) -> QWidget:
        across = QWidget()
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        text = Label(f"{sha256[:4]} {sha256[4:8]} … {sha256[-4:]}", "second")
        text.setToolTip(sha256)
        text.setAccessibleName(sha256)
        copy = IconButton("copy", translate("library", "Copy the whole digest"), self._copy_digest, size="tiny")
        copy.setObjectName("library.details.digest")
        row.addWidget(text)
        row.addWidget(copy)
        row.addStretch(1)
        return across

    def _add_copies(self, facts: RecordingFacts) -> None:
        self._add_head(translate("library", "Copies"), _copies_sign(facts))
        grid = FactsGrid()
        for copy in facts.copies:
            tone = "bad" if copy.state not in (CopyState.VERIFIED, CopyState.AWAY) else "text2"
            label = Label(copy_words(copy), "second", tone, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setToolTip(copy_tip(copy))
            grid.add(self._vault(copy.vault_id), label)
        self.body.addWidget(grid)

    def _vault(self, vault_id: str) -> str:
        places = [place.vault_id for place in self.desk.vaults]
        if vault_id not in places:
            return translate("library", "Vault of another PC")
        return word(VaultRole.FIRST if places[0] == vault_id else VaultRole.SECOND)

    def _add_cases(self, facts: RecordingFacts) -> None:
        text = translate("library", "Link to a case…")
        name = "library.details.link"
        act = LinkButton(text, self._link, size="small", name=name, flush=True) if self.may_link else QWidget()
        self._add_head(translate("library", "Case"), act)
        for link in facts.links:
            self.body.addWidget(CaseLine(link, self.case_wanted.emit if self.opens_cases else None))
        if not facts.links:
            self.body.addWidget(Chip(translate("library", "Not linked"), "warn", icon="tag"))

    def _add_head(self, title: str, right: QWidget) -> None:
        """A line, a panel head and what stands at its right."""
        self.body.addWidget(row_line())
        head = QWidget()
        across = QHBoxLayout(head)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Label(title, "panel"))
        across.addStretch(1)
        across.addWidget(right)
        self.body.addWidget(head)


def picture_words(facts: RecordingFacts) -> str:
    """``1920×1080, 25 per second, H.264``."""
    told = []
    if facts.width and facts.height:
        told.append(f"{facts.width}×{facts.height}")
    rate = rate_of(facts.frame_rate)
    if rate:
        told.append(translate("library", "{rate} frames/s").format(rate=rate))
    codec = facts.video_codec or facts.audio_codec
    if codec:
        told.append(_CODECS.get(codec, codec))
    return translate("library", ", ").join(told)


_CODECS = {"h264": "H.264", "hevc": "H.265", "mjpeg": "MJPEG", "aac": "AAC", "mp3": "MP3", "pcm_s16le": "PCM"}


def rate_of(text: str | None) -> str:
    """``30000/1001`` as ``29.97``."""
    if not text:
        return ""
    above, _slash, below = text.partition("/")
    try:
        return f"{int(above) / int(below or 1):.2f}".rstrip("0").rstrip(".")
    except (ValueError, ZeroDivisionError):
        return ""


def length_words(facts: RecordingFacts) -> str:
    size = formats.size(facts.size)
    if facts.duration_s is None:
        return size
    length = formats.duration(facts.duration_s)
    return translate("library", "{length}, {size}").format(length=length, size=size)


def copy_words(copy: CopyFacts) -> str:
    """When and how a copy was read last, or what is wrong with it."""
    when = formats.when(copy.checked_at) if copy.checked_at is not None else ""
    if copy.state != CopyState.VERIFIED:
        return " ".join(filter(None, (word(CopyState(copy.state)), when)))
    how = word(ReadBack(copy.read_back)) if copy.read_back in set(ReadBack) else ""
    return " ".join(filter(None, (when, how)))


def copy_tip(copy: CopyFacts) -> str:
    return f"{copy_words(copy)}\n{copy.path}"


def _copies_sign(facts: RecordingFacts) -> QWidget:
    bad = [copy for copy in facts.copies if copy.state not in (CopyState.VERIFIED, CopyState.AWAY)]
    good = sum(copy.state == CopyState.VERIFIED for copy in facts.copies)
    if bad:
        text, tone, icon = word(CopyState(bad[0].state)), "bad", "circle-x"
    elif good:
        text, tone, icon = translate("library", "%n matching", None, good), "ok", "shield-check"
    else:
        text, tone, icon = translate("library", "Not verified"), "warn", "alert-triangle"
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(4)
    across.addWidget(Icon(icon, tone, 14))
    across.addWidget(Label(text, "second", tone))
    return made


class CaseLine(QWidget):
    """A case the recording belongs to."""

    def __init__(self, link: CaseLink, open_case: Callable[[str], object] | None) -> None:
        super().__init__()
        self._number = link.number
        self._open = open_case
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if open_case is None:
            column.addWidget(ElidedLabel(link.number))
        else:
            column.addWidget(LinkButton(link.number, self._go, size="small", flush=True), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Label(link.title, "second", "text2", wrap=True))

    def _go(self) -> None:
        if self._open is not None:
            self._open(self._number)


class StoryStep(QWidget):
    """A step of the story with its sign, tied to the next one by a line."""

    def __init__(self, step: Step, *, last: bool) -> None:
        super().__init__()
        self._last = last
        self._icon, self._tone = step.icon, step.tone
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 4)
        across.setSpacing(8)
        across.addSpacing(22)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(step.text, wrap=True))
        words.addWidget(Label(step.second, "second", "text2", wrap=True))
        across.addLayout(words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._last:
            painter.fillRect(9, 20, 1, self.height() - 20, colours.colour("line"))
        painter.setBrush(colours.colour({"ok": "oksoft", "bad": "badsoft"}.get(self._tone, "hover")))
        painter.drawEllipse(0, 1, 19, 19)
        painter.drawPixmap(3, 4, icons.picture(self, self._icon, self._tone, 13))
        painter.end()


class Picture(QWidget):
    """The picture on top of the pane, as wide as it; with the act that plays it."""

    def __init__(self, pictures: Pictures, play: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.row: LibraryRow | None = None
        self.setFixedHeight(theme.px(_HIGH))
        self.play = Button(
            translate("library", "Play (Enter)"),
            play,
            icon="player-play",
            size="small",
            name="library.details.play",
            parent=self,
        )
        self.play.hide()
        pictures.arrived.connect(self._arrived)

    def show_row(self, row: LibraryRow | None, *, plays: bool) -> None:
        self.row = row
        self.setVisible(row is not None)
        self.play.setVisible(plays and row is not None and row.kind in _PLAYED)
        self._ask()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.play.sizeHint()
        self.play.setGeometry(
            self.width() - size.width() - 8, self.height() - size.height() - 8, size.width(), size.height()
        )
        self._ask()

    def paintEvent(self, _event: QPaintEvent) -> None:
        row = self.row
        if row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_above = QPainterPath()
        round_above.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, _ROUND), _ROUND, _ROUND)
        painter.setClipPath(round_above)
        picture = self._pictures.find(row.recording_id, self._size())
        if picture is not None:
            painter.drawPixmap(self.rect(), picture)
        else:
            painter.fillRect(self.rect(), theme.of(self).colour("press"))
            sign: QPixmap = icons.picture(self, KIND_ICONS.get(row.kind, "file"), "text3", 36)
            painter.drawPixmap(self.width() // 2 - 18, self.height() // 2 - 18, sign)
        if row.duration_s is not None and not self.play.isVisible():
            paint_length(painter, self.rect().adjusted(0, 0, -8, -8), formats.duration(row.duration_s))
        painter.end()

    def _size(self) -> QSize:
        return on_screen(self, self.size())

    def _ask(self) -> None:
        if self.row is not None and self.isVisible() and self.row.kind in _PLAYED:
            self._pictures.want_one(self.row.recording_id, self._size())

    def _arrived(self, recording_id: str) -> None:
        if self.row is not None and self.row.recording_id == recording_id:
            self.update()
