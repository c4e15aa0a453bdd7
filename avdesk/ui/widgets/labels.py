"""Words on the page, in the type and colour of the style sheet."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from avdesk.ui import icons, theme

_SHORTEST, _LONGEST_HEAD = 6, 4


class Label(QLabel):
    """Plain words. ``kind`` is one of :data:`theme.TYPES`, ``tone`` a colour token; text is never taken as HTML."""

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        theme.set_property(self, "tone", tone)


class ElidedLabel(Label):
    """One line that gives way in the middle and shows the whole text in its tooltip."""

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        tone: str = "text",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        self._mode = mode
        self._whole = ""
        super().__init__("", kind, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(24))
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        shown = elided(self._whole, self.fontMetrics(), max(self.width(), theme.px(24)), self._mode)
        if shown != super().text():
            super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Icon(QWidget):
    """A picture beside words, in the colour of a token."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._tone = tone
        self._size = size
        self.setFixedSize(size, size)

    def set(self, name: str, tone: str) -> None:
        """Show another icon, or the same in another colour."""
        self.name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icons.picture(self, self.name, self._tone, self._size))
        painter.end()


def elided(text: str, metrics: QFontMetrics, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> str:
    """Text that fits into ``width``. In the middle the beginning gives way first: a name's end says when it was."""
    if mode is not Qt.TextElideMode.ElideMiddle or metrics.horizontalAdvance(text) <= width:
        return metrics.elidedText(text, mode, width)
    for kept in range(len(text) - 1, _SHORTEST, -1):
        head = min(max(kept // 4, 1), _LONGEST_HEAD)
        shown = f"{text[:head]}…{text[len(text) - kept + head :]}"
        if metrics.horizontalAdvance(shown) <= width:
            return shown
    return metrics.elidedText(text, mode, width)


def elided_as(kind: str, text: str, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> str:
    """:func:`elided` in one of ``theme.TYPES``, remembered: lists paint the same texts again and again."""
    return _elided(text, kind, theme.text_size(), width, mode)


@lru_cache(maxsize=4096)
def _elided(text: str, kind: str, _size: float, width: int, mode: Qt.TextElideMode) -> str:
    return elided(text, theme.metrics(kind), width, mode)


SIGNS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "circle-x",
    "info": "info-circle",
    "text2": "info-circle",
}
"""The sign that always stands beside the word of a tone."""


class Note(QWidget):
    """A sign, a sentence in its colour, and below it the reason: never a colour alone."""

    def __init__(
        self, tone: str, text: str, detail: str = "", *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = Icon(icon or SIGNS.get(tone, "info-circle"), _ink(tone))
        self._text = Label(text, tone=_ink(tone), wrap=True)
        self._detail = Label(detail, "second", "text2", wrap=True)
        if not detail:
            self._detail.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        words.addStretch()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        sign = QVBoxLayout()
        sign.setContentsMargins(0, theme.px(3), 0, 0)
        sign.addWidget(self._icon)
        sign.addStretch()
        across.addLayout(sign)
        across.addLayout(words, 1)

    def say(self, tone: str, text: str, detail: str = "", icon: str | None = None) -> None:
        """Say something else."""
        self._icon.set(icon or SIGNS.get(tone, "info-circle"), _ink(tone))
        self._text.set_tone(_ink(tone))
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))


def _ink(tone: str) -> str:
    return "text2" if tone == "info" else tone
