"""Colours, type and measures of the window, named once.

Sizes of type are points, heights and spaces are logical pixels at the usual text size; :func:`px` and
:func:`style_sheet` multiply them by the chosen text size.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from avdesk import resources

_PAIRS = {
    # name: (light, dark)
    "text": ("#1A1E25", "#E7E9EC"),
    "text2": ("#4A525F", "#B4BAC4"),
    "text3": ("#5E6673", "#9DA4AF"),
    "onaccent": ("#FFFFFF", "#FFFFFF"),
    "selt": ("#1E4AA3", "#A9C5FB"),
    "link": ("#2453B5", "#8FB2F7"),
    "ok": ("#1B6B3D", "#72CE98"),
    "warn": ("#855000", "#E5B35F"),
    "bad": ("#AF261E", "#F2928A"),
    "tipt": ("#F4F5F7", "#181A1E"),
    "mark": ("#2A5BC4", "#7AA2F2"),
    "field": ("#858D9B", "#747C89"),
    "oksolid": ("#2A8350", "#3E9E68"),
    "warnsolid": ("#C27A12", "#CB8A2B"),
    "badsolid": ("#C93A30", "#D5564C"),
    "onsolid": ("#FFFFFF", "#111317"),
    "window": ("#F4F5F7", "#181A1E"),
    "side": ("#EBEDF0", "#131518"),
    "surface": ("#FFFFFF", "#202328"),
    "hover": ("#F0F2F5", "#2A2E35"),
    "press": ("#E4E7EC", "#333840"),
    "sel": ("#E2EAF9", "#24365A"),
    "stage": ("#0D0E10", "#0D0E10"),
    "tip": ("#23272E", "#E7E9EC"),
    "line": ("#DDE0E5", "#33383F"),
    "edge": ("#C3C8D0", "#4A515B"),
    "track": ("#E1E4E9", "#353A42"),
    "wave": ("#9AA3B0", "#6B7380"),
    "accent": ("#2A5BC4", "#3B69CC"),
    "accenth": ("#2450AE", "#406ED1"),
    "accentp": ("#1D4294", "#2F5AB8"),
    "oksoft": ("#E5F3EB", "#1C3327"),
    "warnsoft": ("#FBF1DE", "#372C18"),
    "badsoft": ("#FAE9E7", "#3C2322"),
    "okline": ("#B4D8C2", "#2F5B43"),
    "warnline": ("#E8CE9B", "#645029"),
    "badline": ("#EDBDB8", "#6E3B38"),
    "disabled": ("#9AA1AC", "#6C737D"),
}

FAMILY = "Noto Sans SC"
BODY = 10.5
"""Points of the body text; the application's own font."""
TYPES: Mapping[str, tuple[float, int]] = MappingProxyType(
    {
        # name: (points, weight)
        "total": (27.0, 400),
        "page": (18.0, 500),
        "head": (14.0, 500),
        "body": (BODY, 400),
        "row": (BODY, 500),
        "panel": (BODY, 700),
        "second": (9.0, 400),
        "tick": (8.25, 400),
    }
)
TEXT_SIZES = (1.0, 1.15, 1.3)
"""What the switch for larger text multiplies by."""

MARGIN = 16
GAP = 12
_FONTS = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Medium-GB2312.ttf",
    "NotoSansSC-Bold-GB2312.ttf",
    "AvdeskRare-Regular.ttf",
)
_TOKEN = re.compile(r"@(?:(?P<kind>px|pt)(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<less>-[0-9]+)?|(?P<name>[a-z0-9]+))")


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours; ``name`` is ``light`` or ``dark``."""

    name: str
    colours: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """The colour of a token; copy it before changing it. An unknown token is a bug: ``KeyError``."""
        return _colour(self.colours[token])


@cache
def _colour(name: str) -> QColor:
    return QColor(name)


LIGHT = Theme("light", MappingProxyType({name: pair[0] for name, pair in _PAIRS.items()}))
DARK = Theme("dark", MappingProxyType({name: pair[1] for name, pair in _PAIRS.items()}))


def of(_widget: QWidget) -> Theme:
    """The theme that a widget is shown in. A style sheet changes the widget's own palette: the application's counts."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def text_size() -> float:
    """The factor of the text size in use."""
    return QGuiApplication.font().pointSizeF() / BODY


def px(pixels: int) -> int:
    """A height or width that grows with the text."""
    return round(pixels * text_size())


def font(kind: str) -> QFont:
    """The font of one of :data:`TYPES`, for what is painted by hand. Copy it before changing it."""
    return _font(kind, text_size())


def metrics(kind: str) -> QFontMetrics:
    """How wide and high text of one of :data:`TYPES` is on the screen."""
    return _metrics(kind, text_size())


@cache
def _font(kind: str, size: float) -> QFont:
    points, weight = TYPES[kind]
    made = body_font(size)
    made.setPointSizeF(points * size)
    made.setWeight(QFont.Weight(weight))
    return made


@cache
def _metrics(kind: str, size: float) -> QFontMetrics:
    return QFontMetrics(_font(kind, size))


def load_fonts() -> None:
    """Make the bundled fonts known to Qt, so that none of the system is needed."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))


def body_font(size: float) -> QFont:
    """The application's font at one of :data:`TEXT_SIZES`."""
    made = QFont()
    made.setFamilies([FAMILY, "Avdesk Rare"])
    made.setPointSizeF(BODY * size)
    return made


def palette(theme: Theme) -> QPalette:
    """The palette that Fusion paints with where the style sheet says nothing."""
    role = QPalette.ColorRole
    names = {
        role.Window: "window",
        role.Base: "surface",
        role.Button: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.WindowText: "text",
        role.ButtonText: "text",
        role.BrightText: "onaccent",
        role.Highlight: "sel",
        role.HighlightedText: "text",
        role.PlaceholderText: "text3",
        role.Link: "link",
        role.LinkVisited: "link",
        role.Accent: "mark",
        role.ToolTipBase: "tip",
        role.ToolTipText: "tipt",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "edge",
        role.Dark: "field",
        role.Shadow: "line",
    }
    made = QPalette()
    for which, name in names.items():
        made.setColor(which, theme.colour(name))
    for which in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, which, theme.colour("disabled"))
    return made


def style_sheet(theme: Theme, size: float = 1.0) -> str:
    """``style.qss`` with every token filled: colours, ``@px32`` and ``@px32-2`` in pixels, ``@pt10.5`` in points."""

    def fill(token: re.Match[str]) -> str:
        if token["name"]:
            return _word(theme, token["name"])
        value = float(token["number"]) * size
        return f"{value:g}pt" if token["kind"] == "pt" else f"{round(value) + int(token['less'] or 0)}px"

    return _TOKEN.sub(fill, resources.path("style.qss").read_text("utf-8"))


def _word(theme: Theme, name: str) -> str:
    if name == "theme":
        return theme.name
    if name == "fixed":
        return resources.path("icons", "fixed").as_posix()
    return theme.colours[name]


def apply(app: QApplication, theme: Theme, size: float = 1.0) -> None:
    """Show everything in a theme and text size, now."""
    app.setFont(body_font(size))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, size))


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget drawn by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
