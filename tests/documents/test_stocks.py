from __future__ import annotations

from pathlib import Path

import pytest

from avdesk import resources
from avdesk.documents.stocks import find_stock, load_stocks, read_stock
from avdesk.errors import BadResource, UsageError

STOCKS = ["jewel-front", "ring-2up", "ring-2up-full", "sleeve"]
SLEEVE = resources.path("stocks", "sleeve.toml").read_text("utf-8")


def test_the_sleeve_is_two_squares_of_125_mm_on_a4() -> None:
    stock = find_stock()
    assert stock.name == "sleeve"
    assert stock.page == (210, 297)
    assert stock.label == (125, 125)
    assert len(stock.positions) == 2
    (x1, y1), (x2, y2) = stock.positions
    assert x1 == x2 == (210 - 125) / 2
    assert y2 - y1 >= 125


def test_every_stock_of_the_program_is_well_formed() -> None:
    assert sorted(load_stocks()) == STOCKS
    assert sorted(name for name, stock in load_stocks().items() if stock.adhesive) == ["ring-2up", "ring-2up-full"]


def test_an_unknown_stock_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        find_stock("envelope")
    assert caught.value.code == "UNKNOWN_STOCK"
    assert caught.value.facts == {"name": "envelope", "known": STOCKS}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("width_mm = 210", "width_mm = 99", "page.width_mm"),
        ("width_mm = 210", 'width_mm = "210"', "page.width_mm"),
        ("width_mm = 210", "width_mm = true", "page.width_mm"),
        ("width_mm = 210", "width_mm = nan", "page.width_mm"),
        ("width_mm = 210\n", "", "page.width_mm"),
        ("width_mm = 125", "width_mm = 60", "label.width_mm"),
        ("safe_mm = 6.4", "safe_mm = 0", "label.safe_mm"),
        ('shape = "rect"', 'shape = "star"', "label.shape"),
        ('cut = "dashed"', 'cut = "dashed"\ncolour = 3', "label.colour"),
        ("adhesive = false", "", "label.adhesive"),
        ('shape = "rect"', 'shape = "rect"\nhole_mm = 41', "label.hole_mm"),
        ('shape = "rect"', 'shape = "ring"\nhole_mm = 41', "label.cut"),
        ("[page]", "[sheet]", "page"),
        ("[[42.5, 15.5], [42.5, 156.5]]", "[]", "positions_mm"),
        ("[[42.5, 15.5], [42.5, 156.5]]", "[[42.5, 15.5, 1]]", "positions_mm"),
        ("[[42.5, 15.5], [42.5, 156.5]]", "[[90.0, 15.5]]", "positions_mm"),
        ('title = "光盘', 'title = "😀', "title"),
    ],
)
def test_a_malformed_stock_is_refused_with_file_key_and_reason(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in SLEEVE
    file = tmp_path / "odd.toml"
    file.write_text(SLEEVE.replace(old, new, 1), "utf-8")
    with pytest.raises(BadResource) as caught:
        read_stock(file)
    assert caught.value.facts["file"] == str(file)
    assert caught.value.facts["key"] == key
    assert caught.value.facts["reason"]


def test_a_stock_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text("title = \n", "utf-8")
    with pytest.raises(BadResource, match="line 1"):
        read_stock(file)
