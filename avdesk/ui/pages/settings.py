"""The settings of the unit and of this PC."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.places import VaultSpaces, vault_spaces
from avdesk.services.policies import Policies, PolicyFacts, list_policies
from avdesk.ui import theme
from avdesk.ui.page import Command, Page, PageHead
from avdesk.ui.pages.settings_about import AboutCard
from avdesk.ui.pages.settings_look import LookCard
from avdesk.ui.pages.settings_policies import PoliciesCard, PolicyDialog
from avdesk.ui.pages.settings_vaults import VaultsCard
from avdesk.ui.runner import QUERY, Job, Runner
from avdesk.ui.shell import Shell
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button
from avdesk.ui.widgets.cards import Card
from avdesk.ui.widgets.facts import FactsGrid
from avdesk.ui.widgets.labels import Label
from avdesk.ui.widgets.scroll import DownScroll

_NARROW = 760
"""Below this width, in pixels of text size 1, one column stands below the other."""


class _Columns(QWidget):
    """Columns of cards with their shares of the width."""

    def __init__(self, *columns: tuple[QVBoxLayout, int]) -> None:
        super().__init__()
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(theme.GAP)
        for column, share in columns:
            column.setSpacing(theme.GAP)
            column.addStretch(1)
            self._across.addLayout(column, share)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(direction)


class SettingsPage(Page):
    """Unit, vaults, policies with their article, language, theme, text size, about."""

    NAME: ClassVar[str] = "settings"
    ICON: ClassVar[str] = "settings"
    CONCERNS: ClassVar[frozenset[str]] = frozenset({"policies", "vaults"})

    def __init__(self, desk: Desk, runner: Runner, shell: Shell) -> None:
        super().__init__(desk, runner, shell)
        self._dialog: PolicyDialog | None = None
        self.vaults = VaultsCard()
        self.policies = PoliciesCard()
        self.look = LookCard(shell.settings)
        self._unit = FactsGrid(kind="body")
        self.body.addWidget(PageHead(self.title()))
        self.body.addWidget(self._columns(), 1)
        self.policies.change_wanted.connect(self._change)
        self.look.changed.connect(shell.look_changed)
        runner.started.connect(self._work_changed)
        runner.ended.connect(self._work_changed)

    @classmethod
    def title(cls) -> str:
        return translate("settings", "Settings")

    def on_shown(self, **_state: object) -> None:
        self._work_changed()

    def refresh(self) -> None:
        desk = self.desk
        self._show_unit()

        def spaces(_on_progress: OnProgress, _control: Control) -> VaultSpaces:
            return vault_spaces(desk)

        def policies(_on_progress: OnProgress, _control: Control) -> Policies:
            return list_policies(desk)

        self.runner.start(spaces, lane=QUERY, on_success=self.vaults.show_spaces)
        self.runner.start(policies, lane=QUERY, on_success=self.policies.show_policies)

    def commands(self) -> list[Command]:
        return [Command(translate("settings", "Practise on a sample card"), "school", self._practise)]

    def _columns(self) -> DownScroll:
        """Two columns that scroll together."""
        left, right = QVBoxLayout(), QVBoxLayout()
        for card in (self._unit_card(), self.vaults, self.look):
            left.addWidget(card)
        for card in (self.policies, AboutCard()):
            right.addWidget(card)
        return DownScroll(_Columns((left, 4), (right, 5)))

    def _unit_card(self) -> Card:
        card = Card()
        card.body.addWidget(Label(translate("settings", "Unit and workstation"), "panel"))
        card.body.addWidget(self._unit)
        if not self.shell.practice:
            row = QHBoxLayout()
            words = translate("settings", "Practise on a sample card")
            row.addWidget(Button(words, self._practise, icon="school", name="settings.practise"))
            row.addStretch(1)
            card.body.addLayout(row)
            hint = translate("settings", "A window of its own opens; nothing in it reaches this vault.")
            card.body.addWidget(Label(hint, "second", "text2", wrap=True))
        return card

    def _show_unit(self) -> None:
        self._unit.clear()
        self._unit.add(translate("settings", "Unit"), self.desk.unit)
        self._unit.add(translate("settings", "Operator"), self.desk.person_name)
        self._unit.add(translate("settings", "This PC"), self.desk.workstation)
        self._unit.add(translate("settings", "Workspace"), str(self.desk.workspace))

    def _practise(self) -> None:
        self.shell.practice_wanted.emit()

    def _work_changed(self, _job: Job | None = None) -> None:
        """Language and text size make the window anew: not while a work reports to it."""
        self.look.set_busy(any(job.title is not None and not job.over for job in self.runner.jobs))

    def _change(self, policy: PolicyFacts) -> None:
        self._dialog = PolicyDialog(self.desk, self.runner, policy, self)
        self._dialog.saved.connect(partial(self._saved, policy))
        self._dialog.open()

    def _saved(self, _policy: PolicyFacts, policies: Policies) -> None:
        self.policies.show_policies(policies)
        self.shell.desk_changed.emit()
        self.shell.say("ok", translate("settings", "The setting was changed and written into the audit log."))
