"""Pages as pictures: true to size, and the same ink that another program sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avdesk.documents.labels import LabelContent, draw_labels
from avdesk.documents.rasters import page_rasters
from avdesk.documents.stocks import find_stock
from avdesk.errors import EnvironmentFault


def test_a_page_is_drawn_at_its_true_size(
    tmp_path: Path, content: Callable[..., LabelContent], ink: Callable[[Path], list[Any]]
) -> None:
    target = tmp_path / "labels.pdf"
    draw_labels(content(), find_stock(), target, start=2)
    pages = list(page_rasters(target, 300))
    assert len(pages) == 2
    for page, expected in zip(pages, ink(target), strict=True):
        assert (page.width_mm, page.height_mm) == pytest.approx((210, 297), abs=0.01)
        grey = np.frombuffer(page.grey, np.uint8).reshape(page.height, page.stride)[:, : page.width]
        drawn = grey < 160
        assert abs(page.width - 2480) <= 1 and abs(page.height - 3508) <= 1
        for axis in (0, 1):
            found, wanted = (np.flatnonzero(one.any(axis=axis)) for one in (drawn, expected))
            assert (found[0], found[-1]) == pytest.approx((wanted[0], wanted[-1]), abs=3)


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_bytes(b"no")
    with pytest.raises(EnvironmentFault):
        list(page_rasters(tmp_path / "no.pdf", 100))
