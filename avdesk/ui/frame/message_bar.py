"""Where errors go: what happened, to which file, at which stage, what to do next; one act, details to copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avdesk.ui import theme
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import Button, IconButton, LinkButton
from avdesk.ui.widgets.labels import SIGNS, ElidedLabel, Icon


class Act(NamedTuple):
    """A word and what it does: a bound method. ``stays``: it can be done nowhere else, so it outlasts its page."""

    text: str
    do: Callable[[], object]
    stays: bool = False


class MessageBar(QFrame):
    """Shown only when there is something to say. ``left`` when it goes while it has the focus."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("kind", "message")
        self.setMinimumHeight(theme.px(40))
        self.details = ""
        self._act: Act | None = None
        self._icon = Icon("info-circle", "text2", 18)
        self._text = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._text.setObjectName("message.text")
        self._more = LinkButton(translate("shell", "Details"), self._show_details, size="small", name="message.details")
        self._button = Button("", self._do, size="small", name="message.act")
        self._close = IconButton("x", translate("shell", "Close the message"), self.dismiss, size="small")
        self._close.setObjectName("message.close")
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.MARGIN, 4, 8, 4)
        across.setSpacing(8)
        across.addWidget(self._icon)
        across.addWidget(self._text, 1)
        for widget in (self._more, self._button, self._close):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where the work is
            across.addWidget(widget)
        self.hide()

    @property
    def kind(self) -> str:
        return str(self.property("state"))

    def text(self) -> str:
        return self._text.text()

    def say(self, kind: str, text: str, details: str | None = None, act: Act | None = None) -> None:
        """``kind``: ``ok``, ``info``, ``warn`` or ``bad``."""
        theme.set_property(self, "state", kind)
        self._icon.set(SIGNS[kind], "text2" if kind == "info" else kind)
        self._text.setText(text)
        self.details = details or ""
        self._act = act
        self._more.setVisible(bool(details))
        self._button.setVisible(act is not None)
        self._button.setText(act.text if act is not None else "")
        self.setAccessibleName(text)
        self.show()

    def dismiss(self) -> None:
        self._act = None
        focused = self.window().focusWidget()
        self.hide()
        if focused is not None and self.isAncestorOf(focused):
            self.left.emit()

    def leave_page(self) -> None:
        """Another page is in front: a success is of the past, unless it offers what is offered nowhere else."""
        if self.isVisible() and self.kind == "ok" and not (self._act is not None and self._act.stays):
            self.dismiss()

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act.do()

    def _show_details(self) -> None:
        from avdesk.ui.dialogs.details import DetailsDialog

        DetailsDialog(self.text(), self.details, self.window()).open()
