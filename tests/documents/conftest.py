"""Real PDFs read back by other programs: poppler for pages, text and fonts, zbar for QR codes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from avdesk.documents.labels import LabelContent
from avdesk.terms import Kind

DPI = 300
PIXELS_A_MM = DPI / 25.4
CHINA = timezone(timedelta(hours=8))

Page = npt.NDArray[np.bool_]


def run(program: str, *arguments: str | Path) -> str:
    """Standard output of a program that must be there and succeed."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([found, *arguments], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


@pytest.fixture
def reader() -> Callable[..., str]:
    """Run a program that reads PDFs or pictures: its standard output."""
    return run


@pytest.fixture
def ink(tmp_path: Path) -> Callable[[Path], list[Page]]:
    """The pages of a PDF at 300 dpi: true where there is ink."""

    def render(pdf: Path) -> list[Page]:
        run("pdftoppm", "-r", str(DPI), "-gray", pdf, tmp_path / pdf.stem)
        pages = sorted(tmp_path.glob(f"{pdf.stem}-*.pgm"))
        return [np.asarray(Image.open(page)) < 160 for page in pages]

    return render


@pytest.fixture
def cut() -> Callable[[Page, Sequence[float]], Page]:
    """The part of a page within a box in mm."""

    def part(page: Page, box: Sequence[float]) -> Page:
        x, y, width, height = (value * PIXELS_A_MM for value in box)
        return page[round(y) : round(y + height), round(x) : round(x + width)]

    return part


@pytest.fixture
def content() -> Callable[..., LabelContent]:
    """A label's content, with some of it changed."""
    usual = LabelContent(
        unit="平石市医疗保障局",
        maker="王示例",
        made=date(2026, 11, 24),
        title="惠民示例大药房违规使用医保基金案",
        number="平石医保罚字〔2026〕7号",
        disc_number="PSYB-2026-0007",
        recorded_from=datetime(2026, 11, 23, 13, 58, tzinfo=CHINA),
        recorded_to=datetime(2026, 11, 23, 16, 32, tzinfo=CHINA),
        counts={Kind.VIDEO: 7, Kind.PHOTO: 3, Kind.AUDIO: 1},
        files=11,
        size=7_301_444_403,
        verified=False,
    )

    def changed(**changes: object) -> LabelContent:
        return replace(usual, **changes)  # type: ignore[arg-type]

    return changed
