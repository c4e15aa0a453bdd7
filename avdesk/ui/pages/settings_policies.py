"""The policies of the office: what they are, the article they come from, and changing one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avdesk.errors import AvdeskError, UsageError
from avdesk.progress import Control, OnProgress
from avdesk.services.desk import Desk
from avdesk.services.policies import Policies, PolicyFacts, set_policy
from avdesk.ui import formats, theme
from avdesk.ui.dialogs.growing import GrowingDialog
from avdesk.ui.marking import QT_TRANSLATE_NOOP
from avdesk.ui.runner import WRITE, Job, Runner
from avdesk.ui.texts import sentence, translate, translated
from avdesk.ui.widgets.buttons import Button, PrimaryButton
from avdesk.ui.widgets.cards import Card, row_line
from avdesk.ui.widgets.fields import FieldRow
from avdesk.ui.widgets.labels import ElidedLabel, Label, Note

NAMES: Mapping[str, tuple[str, str]] = {
    "time.zone": (
        QT_TRANSLATE_NOOP("settings", "Time zone of recorders"),
        QT_TRANSLATE_NOOP("settings", "Assumed where a recorder states none; an offset from -12:00 to +14:00"),
    ),
    "digest.sm3": (
        QT_TRANSLATE_NOOP("settings", "SM3 beside SHA-256"),
        QT_TRANSLATE_NOOP("settings", "A second digest of every file; collecting takes longer"),
    ),
    "disc_number.pattern": (
        QT_TRANSLATE_NOOP("settings", "How disc numbers are written"),
        QT_TRANSLATE_NOOP("settings", "Text with {number} and, if wanted, {year}, such as {year}-{number:04d}"),
    ),
    "disc_number.start": (
        QT_TRANSLATE_NOOP("settings", "First disc number of a year"),
        QT_TRANSLATE_NOOP("settings", "Where the paper register already runs; a whole number from 1 to 999999"),
    ),
    "media.probe_seconds": (
        QT_TRANSLATE_NOOP("settings", "Time for the details of one file"),
        QT_TRANSLATE_NOOP("settings", "Seconds before reading is given up; a whole number from 1 to 600"),
    ),
    "timeline.gap_minutes": (
        QT_TRANSLATE_NOOP("settings", "Longest gap within one recording"),
        QT_TRANSLATE_NOOP("settings", "Minutes between segments that are played as one; a whole number from 0 to 600"),
    ),
    "analysis.enabled": (
        QT_TRANSLATE_NOOP("settings", "Look through picture and sound"),
        QT_TRANSLATE_NOOP("settings", "After collecting, in the background; off: only when asked for by command"),
    ),
    "analysis.shortest_s": (
        QT_TRANSLATE_NOOP("settings", "Shortest span that is told"),
        QT_TRANSLATE_NOOP("settings", "Seconds; a whole number from 1 to 600"),
    ),
    "analysis.black_below": (
        QT_TRANSLATE_NOOP("settings", "Picture is black below"),
        QT_TRANSLATE_NOOP(
            "settings", "Level of its brightest half percent; a whole number from 0 (black) to 255 (white)"
        ),
    ),
    "analysis.covered_below": (
        QT_TRANSLATE_NOOP("settings", "Picture without detail is covered below"),
        QT_TRANSLATE_NOOP("settings", "Level of its brightest half percent; a whole number from 0 to 255"),
    ),
    "analysis.underexposed_below": (
        QT_TRANSLATE_NOOP("settings", "Picture is underexposed below"),
        QT_TRANSLATE_NOOP("settings", "Level of its brightest half percent; a whole number from 0 to 255"),
    ),
    "analysis.overexposed_above": (
        QT_TRANSLATE_NOOP("settings", "Picture is overexposed above"),
        QT_TRANSLATE_NOOP("settings", "Percent of it that is burnt out; a whole number from 1 to 100"),
    ),
    "analysis.blurred_below": (
        QT_TRANSLATE_NOOP("settings", "Picture is blurred below"),
        QT_TRANSLATE_NOOP(
            "settings", "Per mille of an edge's height that its steepest step takes; a whole number from 0 to 1000"
        ),
    ),
    "analysis.frozen_below": (
        QT_TRANSLATE_NOOP("settings", "Picture stands still below"),
        QT_TRANSLATE_NOOP("settings", "Hundredths of a level by which it changes; a whole number from 0 to 1000"),
    ),
    "analysis.silent_below_db": (
        QT_TRANSLATE_NOOP("settings", "Sound is silent below"),
        QT_TRANSLATE_NOOP("settings", "Decibels below full scale; a whole number from -110 to -20"),
    ),
    "analysis.clipped_above": (
        QT_TRANSLATE_NOOP("settings", "Sound is clipped above"),
        QT_TRANSLATE_NOOP("settings", "Per mille of a second's samples near the limit; a whole number from 0 to 1000"),
    ),
}
"""Name and hint of each policy, by its key."""
_UNITS = {
    "analysis.overexposed_above": "{value} %",
    "analysis.blurred_below": "{value} ‰",
    "analysis.silent_below_db": "{value} dB",
    "analysis.clipped_above": "{value} ‰",
}


def name_of(key: str) -> str:
    return translated("settings", NAMES[key][0]) if key in NAMES else key


def hint_of(key: str) -> str:
    return translated("settings", NAMES[key][1]) if key in NAMES else ""


def value_text(policy: PolicyFacts) -> str:
    """The value as the office says it: a length of time with its unit, a disc number as it would be written."""
    value = policy.value
    if isinstance(value, bool):
        return translate("settings", "Yes") if value else translate("settings", "No")
    if policy.key in ("media.probe_seconds", "analysis.shortest_s") and isinstance(value, int):
        return formats.span(value)
    if policy.key == "timeline.gap_minutes" and isinstance(value, int):
        return formats.span(value * 60)
    if policy.key in _UNITS:
        return _UNITS[policy.key].format(value=value)
    if policy.key == "disc_number.pattern" and isinstance(value, str):
        written = value.format(year=datetime.now().astimezone().year, number=1)
        return translate("settings", "such as {number}").format(number=written)
    return str(value)


def source_of(policy: PolicyFacts) -> str:
    """The article, and who changed it when."""
    article = (
        translate("settings", "Art. {article}").format(article=policy.article)
        if policy.article
        else translate("settings", "Set by the office")
    )
    if policy.changed_by is None or policy.changed_at is None:
        return translate("settings", "{article}, as delivered").format(article=article)
    return translate("settings", "{article}, changed by {person} {when}").format(
        article=article, person=policy.changed_by, when=formats.when(policy.changed_at)
    )


class PoliciesCard(Card):
    """A row for each policy."""

    change_wanted = Signal(object)
    """A :class:`PolicyFacts`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="settings.policies", parent=parent)
        self.body.addWidget(Label(translate("settings", "Rules of the office"), "panel"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_policies(self, policies: Policies) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # else it would be shown once more, as a window
                widget.setParent(None)
                widget.deleteLater()
        for position, policy in enumerate(policies.policies):
            if position:
                self._rows.addWidget(row_line())
            row = _Row(policy)
            row.change_wanted.connect(self.change_wanted)
            self._rows.addWidget(row)


class _Row(QWidget):
    change_wanted = Signal(object)

    def __init__(self, policy: PolicyFacts) -> None:
        super().__init__()
        self._policy = policy
        name = name_of(policy.key)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(name, mode=Qt.TextElideMode.ElideRight))
        words.addWidget(ElidedLabel(source_of(policy), "second", "text2", mode=Qt.TextElideMode.ElideRight))
        value = ElidedLabel(value_text(policy), "row")
        value.setMaximumWidth(theme.px(220))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        change = Button(
            translate("settings", "Change…"), self._change, size="small", name=f"settings.policy.{policy.key}"
        )
        change.setAccessibleName(translate("settings", "Change {setting}").format(setting=name))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addLayout(words, 1)
        across.addWidget(value)
        across.addWidget(change)

    def _change(self) -> None:
        self.change_wanted.emit(self._policy)


class PolicyDialog(GrowingDialog):
    """One policy: the new value and why. ``saved`` with all policies as they are then."""

    saved = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, policy: PolicyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.policy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("settings", "Change a rule of the office"))
        self.setMinimumWidth(theme.px(520))
        self._desk = desk
        self._runner = runner
        self._policy = policy
        self.value = self._value_field()
        self.reason = QLineEdit()
        self.reason.setObjectName("dialog.policy.reason")
        self._rows = {
            "value": FieldRow(translate("settings", "New value"), self.value, across=80),
            "reason": FieldRow(translate("settings", "Reason"), self.reason, across=80),
        }
        self._other = Note("bad", "")
        self._other.hide()
        self._save = PrimaryButton(translate("settings", "Save"), self.save, name="dialog.policy.save")
        self._save.setDefault(True)
        self._build()
        self.value.setFocus()

    def save(self) -> None:
        """Change it, with the reason."""
        for row in self._rows.values():
            row.say("info", "")
        self._rows["value"].say("info", hint_of(self._policy.key))
        desk, key, text, reason = self._desk, self._policy.key, self._text(), self.reason.text()
        self._save.setEnabled(False)

        def work(_on_progress: OnProgress, _control: Control) -> Policies:
            return set_policy(desk, key, text, reason)

        self._runner.start(work, lane=WRITE, on_success=self._done, on_error=self._refused, on_end=self._ended)

    def error(self, field: str) -> str:
        """What is said below ``value`` or ``reason``."""
        return self._rows[field].said

    def _value_field(self) -> QWidget:
        if isinstance(self._policy.value, bool):
            box = QCheckBox(name_of(self._policy.key))
            box.setChecked(self._policy.value)
            box.setObjectName("dialog.policy.value")
            return box
        line = QLineEdit(str(self._policy.value))
        line.setObjectName("dialog.policy.value")
        line.selectAll()
        return line

    def _text(self) -> str:
        if isinstance(self.value, QCheckBox):
            return "true" if self.value.isChecked() else "false"
        return self.value.text().strip() if isinstance(self.value, QLineEdit) else ""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        column.addWidget(Label(name_of(self._policy.key), "head"))
        column.addWidget(Label(source_of(self._policy), "second", "text2", wrap=True))
        for row in self._rows.values():
            column.addWidget(row)
        self._rows["value"].say("info", hint_of(self._policy.key))
        column.addWidget(self._other)
        written = translate("settings", "The change, its reason and your name are written into the audit log.")
        column.addWidget(Label(written, "second", "text2", wrap=True))
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(Button(translate("settings", "Cancel"), self.reject, name="dialog.policy.cancel"))
        acts.addWidget(self._save)
        column.addLayout(acts)

    def _done(self, policies: Policies) -> None:
        self.saved.emit(policies)
        self.accept()

    def _refused(self, error: AvdeskError) -> None:
        if error.code in ("BAD_POLICY_VALUE", "NO_SM3_HERE"):
            hint = hint_of(self._policy.key)
            known = {"value": self._text(), "expected": hint}
            self._point(
                "value",
                sentence("BAD_POLICY_VALUE", known) if hint and error.code != "NO_SM3_HERE" else sentence(error),
            )
        elif isinstance(error, UsageError) and error.facts.get("field") == "reason":
            self._point("reason", sentence(error))
        else:
            self._other.say("bad", sentence(error))
            self._other.show()

    def _point(self, field: str, text: str) -> None:
        self._rows[field].say("bad", text)
        self._rows[field].field.setFocus()

    def _ended(self, _job: Job) -> None:
        self._save.setEnabled(True)
