"""A PNG of every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from avdesk.errors import EnvironmentFault
from avdesk.services.desk import Desk
from avdesk.ui import languages, pages, theme
from avdesk.ui.pictures import Look, make_pictures


@pytest.fixture(autouse=True)
def dressed_again(dressed: QApplication) -> Iterator[None]:
    """As it was before, for the other tests."""
    yield
    theme.apply(dressed, theme.LIGHT)
    languages.use(dressed, "zh")


def test_every_page_is_there_in_its_size(desk: Desk, dressed: QApplication, tmp_path: Path) -> None:
    made = make_pictures(dressed, desk, tmp_path / "out", Look((1366, 768), dark=False, language="zh"))
    assert [picture.page for picture in made.pictures] == ["first-run", *(page.NAME for page in pages.classes())]
    for picture in made.pictures:
        image = QImage(picture.path)
        assert (image.width(), image.height()) == (1366, 768)
        assert Path(picture.path).name == f"{picture.page}.png"
        assert image.pixelColor(2, 400) == theme.LIGHT.colour("side")


def test_dark_is_dark_and_an_empty_workspace_has_no_player(
    empty_desk: Desk, dressed: QApplication, tmp_path: Path
) -> None:
    made = make_pictures(dressed, empty_desk, tmp_path, Look((1920, 1080), dark=True, language="en"))
    names = [picture.page for picture in made.pictures]
    assert "player" not in names
    assert {"first-run", "settings"} <= set(names)
    image = QImage(str(tmp_path / "settings.png"))
    assert (image.width(), image.height()) == (1920, 1080)
    assert image.pixelColor(230, 1000) == theme.DARK.colour("window")


def test_a_place_that_can_t_be_written_is_the_world_s_fault(
    empty_desk: Desk, dressed: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentFault):
        make_pictures(dressed, empty_desk, tmp_path / "file", Look((1366, 768), dark=False, language="zh"))
