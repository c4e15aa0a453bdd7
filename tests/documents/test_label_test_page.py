"""The page on which the shift of a printer is read off: its rulers stand exactly on the labels' edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avdesk.documents.label_test_page import REACH, TEN, draw_test_page
from avdesk.documents.stocks import find_stock, load_stocks
from avdesk.errors import UsageError

PIXELS_A_MM = 300 / 25.4
Ink = Callable[[Path], list[Any]]
Cut = Callable[[Any, Sequence[float]], Any]


@pytest.mark.parametrize("name", sorted(load_stocks()))
def test_rulers_stand_on_the_edges_of_every_label(tmp_path: Path, ink: Ink, cut: Cut, name: str) -> None:
    stock = find_stock(name)
    target = tmp_path / "test.pdf"
    draw_test_page(stock, target, dx=1.5, dy=-2)
    (page,) = ink(target)
    width, height = stock.label
    for x, y in ((x + 1.5, y - 2) for x, y in stock.positions):
        for step in range(-REACH, REACH + 1):
            tick = cut(page, (x + step - 0.2, y + height / 2 + 0.4, 0.4, 0.8))
            assert tick.all(axis=0).any(), step
            tick = cut(page, (x + width / 2 + 0.4, y + step - 0.2, 0.8, 0.4))
            assert tick.all(axis=1).any(), step
        between = cut(page, (x + 0.3, y + height / 2 + TEN - 0.6, 0.4, 0.3))
        assert not between.any()
    last = page[round((stock.positions[-1][1] - 2 + height + 8) * PIXELS_A_MM)]
    line = np.flatnonzero(last)
    assert (line[-1] - line[0]) / PIXELS_A_MM == pytest.approx(100, abs=0.2)


def test_the_page_says_what_it_was_made_with(tmp_path: Path, reader: Callable[..., str]) -> None:
    target = tmp_path / "test.pdf"
    draw_test_page(find_stock("sleeve"), target, dx=0.5, dy=-0.3)
    said = "".join(reader("pdftotext", target, "-").split())
    assert "横0.5mm，纵-0.3mm" in said and "42.5mm" in said and "100mm" in said


def test_a_page_that_would_leave_the_paper_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        draw_test_page(find_stock("ring-2up"), tmp_path / "test.pdf", dx=50)
    assert caught.value.code == "LABEL_OFF_PAGE"
    assert list(tmp_path.iterdir()) == []
