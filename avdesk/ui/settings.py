"""What this PC's person prefers and what the window remembers: never anything of the office (that is policy)."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from avdesk.ui.theme import TEXT_SIZES

THEMES = ("system", "light", "dark")


def default_file() -> Path:
    """Where preferences are kept for the person of this PC."""
    return Path(platformdirs.user_config_dir("avdesk", appauthor=False)) / "window.ini"


class Settings:
    """Texts, numbers and layouts by key; keys begin with the page's name: ``library/columns``."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """``zh`` unless ``en`` was chosen."""
        return "en" if self.text("look/language") == "en" else "zh"

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        chosen = self.text("look/theme", "system")
        return chosen if chosen in THEMES else "system"

    @property
    def text_size(self) -> float:
        """The factor of the text size."""
        chosen = self.number("look/text", 1.0)
        return chosen if chosen in TEXT_SIZES else 1.0

    def text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float = 0.0) -> float:
        try:
            return float(self.text(key, str(default)))
        except ValueError:
            return default

    def flag(self, key: str, default: bool = False) -> bool:
        return self.text(key, "yes" if default else "no") == "yes"

    def texts(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        if isinstance(value, str):
            return [value] if value else []
        return [str(item) for item in value] if isinstance(value, list) else []

    def set(self, key: str, value: str | float | bool | list[str]) -> None:
        """Remember a value."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        self._store.setValue(key, value if isinstance(value, list) else str(value))

    def forget(self, key: str) -> None:
        self._store.remove(key)

    def save_header(self, key: str, header: QHeaderView) -> None:
        """Remember the order, widths, sort and choice of columns."""
        self._store.setValue(key, header.saveState())

    def restore_header(self, key: str, header: QHeaderView) -> bool:
        """As it was; false when nothing fitting is remembered."""
        state = self._store.value(key)
        return isinstance(state, QByteArray) and not state.isEmpty() and header.restoreState(state)

    def save_splitter(self, key: str, splitter: QSplitter) -> None:
        self._store.setValue(key, splitter.saveState())

    def restore_splitter(self, key: str, splitter: QSplitter) -> bool:
        state = self._store.value(key)
        return isinstance(state, QByteArray) and not state.isEmpty() and splitter.restoreState(state)

    def save_geometry(self, key: str, window: QWidget) -> None:
        self._store.setValue(key, window.saveGeometry())

    def restore_geometry(self, key: str, window: QWidget) -> bool:
        state = self._store.value(key)
        return isinstance(state, QByteArray) and not state.isEmpty() and window.restoreGeometry(state)

    def sync(self) -> None:
        """Write to the file now."""
        self._store.sync()
