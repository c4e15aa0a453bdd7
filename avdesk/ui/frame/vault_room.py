"""The free space of the vaults, at the right of the task strip."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avdesk.errors import AvdeskError
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.places import LITTLE_SPACE, VaultSpace, VaultSpaces, vault_spaces
from avdesk.terms import VaultRole
from avdesk.ui import formats
from avdesk.ui.runner import QUERY, Runner
from avdesk.ui.texts import reason, translate, word
from avdesk.ui.widgets.labels import Icon, Label

_EVERY = 30_000


class VaultRoom(QWidget):
    """A sign and a sentence for the first vault and, of the others, for the one that needs a look most; looked at twice
    a minute. ``changed`` when one was taken away or is back.
    """

    changed = Signal()

    def __init__(self, runner: Runner, desk: Callable[[], Desk], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._desk = desk
        self._asked = self._again = False
        self._there: list[bool] | None = None
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(16)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now, and go on looking."""
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Ask; once more after the answer when the last question is still open, which may not see what is new."""
        if self._asked:
            self._again = True
            return
        self._asked = True
        desk = self._desk()

        def work(_on_progress: OnProgress, _control: Control) -> VaultSpaces:
            return vault_spaces(desk)

        self._runner.start(work, lane=QUERY, on_success=self._show, on_error=self._fail, on_end=self._ended)

    def words(self) -> list[str]:
        return [label.text() for label in self.findChildren(Label)]

    def _ended(self, _job: object) -> None:
        self._asked = False
        if self._again:
            self._again = False
            self.look()

    def _fail(self, _error: AvdeskError) -> None:
        """The next look may succeed; whoever needs the catalogue says what is wrong with it."""

    def _show(self, spaces: VaultSpaces) -> None:
        while (item := self._across.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # else it would be shown once more, as a window
                widget.setParent(None)
                widget.deleteLater()
        firsts = [space for space in spaces.vaults if space.role is VaultRole.FIRST]
        others = [space for space in spaces.vaults if space.role is not VaultRole.FIRST]
        for space in (*firsts, *sorted(others, key=_free)[:1]):
            self._across.addWidget(_Room(space))
        before, self._there = self._there, [space.reason is None for space in spaces.vaults]
        if before is not None and before != self._there:
            self.changed.emit()


class _Room(QWidget):
    def __init__(self, space: VaultSpace) -> None:
        super().__init__()
        self.setObjectName(f"strip.vault.{space.role}")
        icon, tone, text = _told(space)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(Icon(icon, tone, 14))
        across.addWidget(Label(text, "second", tone))
        self.setToolTip(space.path if space.reason is None else f"{space.path}\n{reason(space.reason)}")
        self.setAccessibleName(text)


def _free(space: VaultSpace) -> int:
    """Bytes; a vault that is away has none."""
    return -1 if space.reason is not None or space.bytes_free is None else space.bytes_free


def _told(space: VaultSpace) -> tuple[str, str, str]:
    name = word(space.role)
    if space.reason is not None or space.bytes_free is None:
        away = translate("shell", "{vault} is away").format(vault=name)
        first = space.role is VaultRole.FIRST
        return ("circle-x", "bad", away) if first else ("alert-triangle", "warn", away)
    room = formats.space(space.bytes_free)
    text = translate("shell", "{vault} {space} free").format(vault=name, space=room)
    if space.bytes_free < LITTLE_SPACE:
        return "alert-triangle", "warn", text
    return "database", "text2", text
