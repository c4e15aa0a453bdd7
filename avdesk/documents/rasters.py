"""A PDF's pages as pictures, for a printer that is given no PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from avdesk.errors import EnvironmentFault

POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class PageRaster:
    """One page, 8 bit grey, white is 255; ``stride`` bytes a row, rows from the top. ``width_mm`` and ``height_mm`` are
    the paper's.
    """

    width: int
    height: int
    stride: int
    grey: bytes
    width_mm: float
    height_mm: float


def page_rasters(pdf: Path, dpi: float) -> Iterator[PageRaster]:
    """Every page at ``dpi`` pixels an inch, one after the other. Raises :class:`EnvironmentFault` for no PDF."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except (OSError, pypdfium2.PdfiumError) as error:
        raise EnvironmentFault(file=str(pdf), reason=str(error)) from error
    try:
        for page in document:
            width, height = page.get_size()
            bitmap = page.render(scale=dpi / POINTS_AN_INCH, grayscale=True, optimize_mode="print")
            yield PageRaster(
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                bytes(bitmap.buffer),
                width / POINTS_AN_INCH * 25.4,
                height / POINTS_AN_INCH * 25.4,
            )
            bitmap.close()
            page.close()
    finally:
        document.close()
