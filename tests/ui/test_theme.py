"""Colours that can be told apart, a style sheet without holes, icons that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from avdesk import resources
from avdesk.ui import icons, theme
from avdesk.ui.widgets.buttons import Button

TABLE = """
text       4.5  window 15.3 14.3  surface 16.7 13.0  sel 13.8 9.9  hover 14.9 11.2
text2      4.5  window 7.2 8.9  surface 7.9 8.1  sel 6.5 6.1  press 6.4 6.0
text3      4.5  window 5.3 6.9  side 4.9 7.3  surface 5.8 6.3  sel 4.8 4.8
onaccent   4.5  accent 6.2 5.1  accenth 7.4 4.8  accentp 9.3 6.4
selt       4.5  sel 6.8 6.9
link       4.5  window 6.5 8.2  surface 7.0 7.4  sel 5.8 5.6
ok         4.5  surface 6.5 8.3  window 6.0 9.1  oksoft 5.7 7.1
warn       4.5  surface 6.7 8.2  window 6.1 9.1  sel 5.5 6.3  warnsoft 6.0 7.1
bad        4.5  surface 6.7 6.9  window 6.2 7.7  sel 5.6 5.3  badsoft 5.7 6.4
tipt       4.5  tip 13.7 14.3
mark       3.0  surface 6.2 6.2  window 5.7 6.9  track 4.9 4.5  sel 5.1 4.7
field      3.0  surface 3.3 3.7  window 3.1 4.1
oksolid    3.0  surface 4.7 4.7
warnsolid  3.0  surface 3.5 5.4
badsolid   3.0  surface 5.1 4.0
onsolid    3.0  oksolid 4.7 5.6  warnsolid 3.5 6.4  badsolid 5.1 4.7
"""
"""Token, least ratio, then ground with the ratio that was designed, light and dark."""

ALSO_USED = {
    # what the style sheet and the painting put on each other beside the table
    "text": ("side", "press", "oksoft", "warnsoft", "badsoft"),
    "text2": ("side", "hover"),
    "link": ("hover", "oksoft", "warnsoft", "badsoft"),
    "mark": ("surface",),
    "selt": ("surface",),
    "warn": ("warnsoft",),
}


def luminance(colour: QColor) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(look: theme.Theme, first: str, second: str) -> float:
    light, dark = sorted((luminance(look.colour(first)), luminance(look.colour(second))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def designed() -> list[tuple[str, float, str, float, float]]:
    rows = []
    for line in TABLE.split("\n"):
        words = line.split()
        for place in range(2, len(words), 3):
            ground, light, dark = words[place : place + 3]
            rows.append((words[0], float(words[1]), ground, float(light), float(dark)))
    return rows


@pytest.mark.parametrize(("token", "least", "ground", "light", "dark"), designed())
def test_designed_pairs_have_their_contrast(token: str, least: float, ground: str, light: float, dark: float) -> None:
    for look, wanted in ((theme.LIGHT, light), (theme.DARK, dark)):
        found = ratio(look, token, ground)
        assert found == pytest.approx(wanted, abs=0.06), look.name
        assert found >= least


@pytest.mark.parametrize(("token", "ground"), [(token, ground) for token, all_ in ALSO_USED.items() for ground in all_])
def test_other_pairs_in_use_can_be_read(token: str, ground: str) -> None:
    for look in (theme.LIGHT, theme.DARK):
        assert ratio(look, token, ground) >= 4.5, look.name


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("size", theme.TEXT_SIZES)
def test_style_sheet_has_no_hole(look: theme.Theme, size: float) -> None:
    text = theme.style_sheet(look, size)
    assert "@" not in text
    for file in re.findall(r'url\("([^"]+)"\)', text):
        assert Path(file).is_file(), file


def test_unknown_token_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "style.qss").write_text("QLabel { color: @colour; }", "utf-8")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    with pytest.raises(KeyError, match="colour"):
        theme.style_sheet(theme.LIGHT)


def test_type_grows_with_the_text_size() -> None:
    usual, larger = theme.style_sheet(theme.LIGHT), theme.style_sheet(theme.LIGHT, 1.3)
    assert "font-size: 18pt" in usual
    assert "font-size: 23.4pt" in larger
    assert "min-height: 30px" in usual
    assert "min-height: 40px" in larger


def test_every_token_is_in_both_themes() -> None:
    assert theme.LIGHT.colours.keys() == theme.DARK.colours.keys()
    assert all(QColor(colour).isValid() for look in (theme.LIGHT, theme.DARK) for colour in look.colours.values())


def test_icons_of_the_style_sheet_have_the_colours_of_their_tokens() -> None:
    inks = {"check": "onaccent", "minus": "onaccent"}
    for file in resources.path("icons", "fixed").glob("*.svg"):
        name, look, _suffix = file.name.split(".")
        wanted = (theme.LIGHT if look == "light" else theme.DARK).colours[inks.get(name, "text2")]
        assert f'stroke="{wanted}"' in file.read_text("utf-8"), file.name


def test_icons_come_with_their_licence_and_can_be_coloured(dressed: QApplication) -> None:
    assert "MIT License" in resources.path("icons", "LICENSE-tabler.txt").read_text("utf-8")
    for file in resources.path("icons").glob("*.svg"):
        if file.stem == "avdesk":
            continue  # the program's own, in its own colours
        assert "currentColor" in file.read_text("utf-8"), file.name
        image = icons.pixmap(file.stem, "#AF261E", 24, 2.0).toImage()
        assert image.width() == 48
        assert any(image.pixelColor(x, y).alpha() for x in range(48) for y in range(48)), file.name


def test_icons_of_buttons_follow_the_theme(dressed: QApplication) -> None:
    button = Button("打印", icon="printer")

    def ink() -> QColor:
        image = button.icon().pixmap(18, 18).toImage()
        points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(points, key=QColor.alpha)

    assert ink().lightness() < 128
    try:
        theme.apply(dressed, theme.DARK)
        icons.repaint(dressed)
        assert ink().lightness() > 128
        assert theme.of(button) is theme.DARK
    finally:
        theme.apply(dressed, theme.LIGHT)
        icons.repaint(dressed)


def test_fonts_are_the_programs_own(dressed: QApplication) -> None:
    assert "Avdesk Rare" in QFontDatabase.families()
    for kind, (points, weight) in theme.TYPES.items():
        found = QFontInfo(theme.font(kind))
        assert (found.family(), found.weight()) == (theme.FAMILY, weight)
        assert found.pointSizeF() == pytest.approx(points, abs=0.4)


def test_properties_reach_the_style(dressed: QApplication) -> None:
    label = QLabel("x")
    label.setProperty("tone", "text")
    label.ensurePolished()
    theme.set_property(label, "tone", "bad")
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.LIGHT.colour("bad")
