"""The first run: whose workstation this is, who works at it, and where the evidence is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError, UsageError
from avdesk.progress import Control, OnProgress
from avdesk.services.places import PlaceCheck, check_vault_place
from avdesk.services.workspace import NewWorkspace, init
from avdesk.ui import formats, theme
from avdesk.ui.dialogs.details import DetailsDialog
from avdesk.ui.faults import report
from avdesk.ui.frame.message_bar import MessageBar
from avdesk.ui.frame.side_bar import Mark
from avdesk.ui.runner import QUERY, WRITE, Bug, Job, Runner
from avdesk.ui.texts import sentence, translate
from avdesk.ui.widgets.buttons import Button, PrimaryButton, Segment
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.fitting import resize_within
from avdesk.ui.widgets.labels import Icon, Label, Note
from avdesk.ui.widgets.scroll import DownScroll

_PAUSE = 300
_LEAST, _USUAL = (800, 440), (1060, 640)
_ACROSS = 88
_TOLD = 780
"""How wide the window is at least, in pixels of text size 1, to also tell what the program does."""
_INFORMING = frozenset({"PLACE_ON_SYSTEM_DISK"})


class FirstRun(QWidget):
    """A window of its own, before there is a workspace."""

    made = Signal()
    """The workspace is there."""
    practice_wanted = Signal()
    language_chosen = Signal(str)
    left = Signal()
    """Closed without making one."""

    def __init__(self, workspace: Path, runner: Runner, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page.first-run")
        self.setWindowTitle("avdesk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*_LEAST)
        self._workspace = workspace
        self._runner = runner
        self._checking: Job | None = None
        self.unit = _line("first-run.unit", translate("first-run", "e.g. the healthcare security bureau of a city"))
        self.operator = _line("first-run.operator", translate("first-run", "your name"))
        self.vault = _line("first-run.vault", "", str(workspace / "vault"))
        self.message = MessageBar()
        self._rows = {
            "unit": FieldRow(translate("first-run", "Unit"), self.unit, across=_ACROSS),
            "operator": FieldRow(translate("first-run", "Operator"), self.operator, across=_ACROSS),
        }
        self._clear_errors()
        self.checks = QVBoxLayout()
        self.start = PrimaryButton(
            translate("first-run", "Set up and begin"), self._make, size="card", name="first-run.start"
        )
        self.practise = Button(
            translate("first-run", "Try it on a sample card first"),
            self.practice_wanted.emit,
            icon="school",
            size="card",
            name="first-run.practise",
        )
        self.languages = Segment([("zh", "中文"), ("en", "English")], language, name="first-run.language")
        self.languages.chosen.connect(self.language_chosen.emit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._check)
        self.vault.textChanged.connect(self._vault_changed)
        for field in (self.unit, self.operator):
            field.textEdited.connect(self._typed)
        for field in (self.unit, self.operator, self.vault):
            field.returnPressed.connect(self._make)
        self._build()
        resize_within(self, QSize(*map(theme.px, _USUAL)))
        runner.broke.connect(self._show_bug)
        self._check()

    def take_over(self, other: FirstRun) -> None:
        """Go on with what was typed into another one."""
        for field, before in ((self.unit, other.unit), (self.operator, other.operator), (self.vault, other.vault)):
            field.setText(before.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(event.size().width() >= theme.px(_TOLD))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.MARGIN * 2, theme.MARGIN, theme.MARGIN * 2, theme.MARGIN)
        column.setSpacing(theme.GAP)
        head = QHBoxLayout()
        head.addWidget(Label(translate("first-run", "Set up this workstation"), "page"), 1)
        head.addWidget(self.languages)
        column.addLayout(head)
        column.addWidget(self._cards(), 1)
        acts = QHBoxLayout()
        acts.addWidget(self.practise)
        acts.addStretch(1)
        acts.addWidget(self.start)
        column.addLayout(acts)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.message)
        right.addLayout(column, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._side = self._story()
        across.addWidget(self._side)
        across.addLayout(right, 1)
        self.unit.setFocus()

    def _story(self) -> QFrame:
        """What the program does, in four lines, for who sees it first."""
        side = QFrame()
        side.setProperty("kind", "side")
        side.setFixedWidth(theme.px(300))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        brand = QHBoxLayout()
        brand.setSpacing(10)
        brand.addWidget(Mark())
        brand.addWidget(Label("avdesk", "head"), 1)
        column.addLayout(brand)
        column.addWidget(Label(translate("first-run", "The workstation of the evidence custodian"), "row", wrap=True))
        for icon, text in (
            ("device-sd-card", translate("first-run", "Put in a card: what is new is collected, once.")),
            ("shield-check", translate("first-run", "Every copy is read back from the medium and compared.")),
            ("briefcase", translate("first-run", "Files are linked to their case and found again.")),
            ("disc", translate("first-run", "Labels for discs are printed in true size.")),
        ):
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Icon(icon, "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(text, tone="text2", wrap=True), 1)
            column.addLayout(line)
        column.addStretch(1)
        offline = translate("first-run", "Everything stays on this PC. The program needs no network.")
        column.addWidget(Label(offline, "second", "text2", wrap=True))
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(DownScroll(inside))
        return side

    def _cards(self) -> DownScroll:
        """What is asked; it scrolls where the screen is low, and the acts below it stay."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._people_card())
        column.addWidget(self._vault_card())
        column.addStretch(1)
        return DownScroll(inside)

    def _people_card(self) -> Card:
        card = Card()
        card.body.addWidget(Label(translate("first-run", "Unit and operator"), "panel"))
        for row in self._rows.values():
            card.body.addWidget(row)
        return card

    def _vault_card(self) -> Card:
        card = Card()
        card.body.addWidget(Label(translate("first-run", "Place of the vault"), "panel"))
        hint = translate("first-run", "Originals are kept here. Best on a disk of its own, with much room.")
        card.body.addWidget(Label(hint, "second", "text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.vault.setAccessibleName(translate("first-run", "Place of the vault"))
        row.addWidget(self.vault, 1)
        row.addWidget(
            Button(translate("first-run", "Choose a folder…"), self._choose, icon="folder", name="first-run.choose")
        )
        card.body.addLayout(row)
        self.checks.setSpacing(4)
        card.body.addLayout(self.checks)
        return card

    def _choose(self) -> None:
        title = translate("first-run", "Place of the vault")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path(self.vault.text()).parent))
        if chosen:
            self.vault.setText(chosen)

    def _vault_changed(self, _text: str) -> None:
        self._pause.start()

    def _typed(self, _text: str) -> None:
        """What was missing is there: nothing red stays beside it."""
        for key, field in (("unit", self.unit), ("operator", self.operator)):
            if field.text().strip():
                self._clear_error(key)

    def _place(self) -> Path | None:
        text = self.vault.text().strip()
        return Path(text).expanduser() if text else None

    def _check(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
        place = self._place()
        if place is None:
            self._checking = None
            self._show_notes([("bad", sentence("EMPTY", {"field": translate("first-run", "Place of the vault")}))])
            return
        if not place.is_absolute():
            self._checking = None
            self._show_notes([("bad", translate("first-run", "Give the whole path, or choose the folder."))])
            return

        def work(_on_progress: OnProgress, control: Control) -> PlaceCheck:
            control.check()
            return check_vault_place(place)

        self._checking = self._runner.start(work, lane=QUERY, on_success=self._show_check, on_error=self._check_failed)

    def _show_check(self, check: PlaceCheck) -> None:
        place = self._place()
        if place is None or str(place.absolute()) != check.path:
            return
        self._show_notes(notes_of(check))

    def _check_failed(self, error: AvdeskError) -> None:
        self._show_notes([("bad", sentence(error))])

    def _show_notes(self, notes: list[tuple[str, str]]) -> None:
        while (item := self.checks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # else it would be shown once more, as a window
                widget.setParent(None)
                widget.deleteLater()
        for tone, text in notes:
            self.checks.addWidget(Note(tone, text))

    def _make(self) -> None:
        self._clear_errors()
        self.message.dismiss()
        workspace, unit, operator, vault = self._workspace, self.unit.text(), self.operator.text(), self._place()
        if not unit.strip() or not operator.strip():
            for key, text in (("operator", operator), ("unit", unit)):
                if not text.strip():
                    self._show_error(key, sentence("EMPTY", {"field": key}))
            return
        if vault is None or not vault.is_absolute():
            self.vault.setFocus()
            return
        self.start.setEnabled(False)

        def work(_on_progress: OnProgress, _control: Control) -> NewWorkspace:
            return init(workspace, unit, operator, vault)

        self._runner.start(work, lane=WRITE, on_success=self._done, on_error=self._refused, on_end=self._ended)

    def error(self, key: str) -> str:
        """What is said below the field ``unit`` or ``operator``."""
        return self._rows[key].said

    def _show_error(self, key: str, text: str) -> bool:
        row = self._rows.get(key)
        if row is None:
            return False
        row.say("bad", text)
        row.field.setFocus()
        return True

    def _clear_errors(self) -> None:
        for key in self._rows:
            self._clear_error(key)

    def _clear_error(self, key: str) -> None:
        hint = translate("first-run", "As it is printed on labels and reports") if key == "unit" else ""
        self._rows[key].say("info", hint)

    def _done(self, _made: NewWorkspace) -> None:
        self.made.emit()

    def _refused(self, error: AvdeskError) -> None:
        """Beside the field when it is about one, else in the message bar."""
        if isinstance(error, UsageError) and self._show_error(str(error.facts.get("field")), sentence(error)):
            return
        self.message.say("bad", sentence(error), str(error))

    def _ended(self, _job: Job) -> None:
        self.start.setEnabled(True)

    def _show_bug(self, bug: Bug) -> None:
        title = translate("shell", "Fault in the program")
        DetailsDialog(title, report(bug), self, title=title).open()


def _line(name: str, placeholder: str, text: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(name)
    field.setPlaceholderText(placeholder)
    return field


def notes_of(check: PlaceCheck) -> list[tuple[str, str]]:
    """What a check of a place says, as tones and sentences: the verdict first."""
    room = translate("first-run", "{free} of {total} free, {fstype}").format(
        free=formats.space(check.bytes_free), total=formats.space(check.bytes_total), fstype=check.fstype or "?"
    )
    notes = []
    if check.usable and check.vault_id is not None:
        notes.append(
            ("ok", translate("first-run", "A vault lies here already; it is taken over. {room}").format(room=room))
        )
    elif check.usable:
        notes.append(("ok", translate("first-run", "Good: a vault can be made here. {room}").format(room=room)))
    tone = "warn" if check.usable else "bad"
    for finding in check.findings:
        notes.append(("info" if finding.code in _INFORMING else tone, sentence(finding)))
    return notes
