"""Pages on a printer at their true size: the whole paper, never fitted to what the printer can reach."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from avdesk.errors import EnvironmentFault
from avdesk.services.labels import PageRaster

FINEST = 600
"""Dots an inch beyond which a picture of a page only costs memory."""


def set_true_size(printer: QPrinter, width_mm: float, height_mm: float) -> None:
    """The whole paper of that size, without margins, whatever was chosen in the dialog."""
    size = QPageSize(QSizeF(width_mm, height_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    )
    printer.setFullPage(True)
    if printer.resolution() > FINEST:
        printer.setResolution(FINEST)


def print_pages(printer: QPrinter, pages: Iterable[PageRaster]) -> int:
    """Print pictures of pages, one sheet each, millimetre for millimetre; how many.

    Raises :class:`EnvironmentFault` when the printer takes nothing.
    """
    painter = QPainter()
    count = 0
    for page in pages:
        if count == 0:
            set_true_size(printer, page.width_mm, page.height_mm)
            if not painter.begin(printer):
                raise EnvironmentFault(file=printer.printerName() or printer.outputFileName(), reason="UNREACHABLE")
        elif not printer.newPage():
            raise EnvironmentFault(file=printer.printerName(), reason="UNREACHABLE")
        image = QImage(page.grey, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8)
        dots = printer.resolution() / 25.4
        painter.drawImage(QRectF(0, 0, page.width_mm * dots, page.height_mm * dots), image)
        count += 1
    if count:
        painter.end()
    return count
