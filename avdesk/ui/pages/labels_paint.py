"""Painting a label as it will be printed, at any scale, with the fonts that are printed with."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from avdesk.services.labels import LabelDrawing, Stock
from avdesk.ui import theme

MM_A_POINT = 25.4 / 72
INK = QColor(0, 0, 0)
PAPER = QColor(255, 255, 255)
CUT = QColor(110, 110, 110)
_DRAWN = 200
"""The size at which text is laid out before it is scaled, in pixels: no hinting moves a letter."""


@lru_cache(maxsize=3)
def _font(name: str) -> QFont:
    """A font by the name that it has in the PDF."""
    made = QFont("Avdesk Rare" if name == "avdesk-rare" else theme.FAMILY)
    made.setWeight(QFont.Weight.Bold if name == "avdesk-bold" else QFont.Weight.Normal)
    made.setPixelSize(_DRAWN)
    made.setKerning(False)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def outline(stock: Stock) -> QPainterPath:
    """The label's paper, in mm from its top left corner: a rectangle, or a ring with its hole."""
    path = QPainterPath()
    width, height = stock.label
    if not stock.is_ring:
        path.addRect(QRectF(0, 0, width, height))
        return path
    path.addEllipse(QRectF(0, 0, width, height))
    path.addEllipse(QPointF(width / 2, height / 2), stock.hole / 2, stock.hole / 2)
    return path


def paint_paper(painter: QPainter, stock: Stock, scale: float) -> None:
    """The white of the label and its edge, at ``scale`` pixels a mm from where the painter stands."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setBrush(PAPER)
    pen = QPen(CUT, 0, Qt.PenStyle.SolidLine if stock.is_ring else Qt.PenStyle.DashLine)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPath(outline(stock))
    painter.restore()


def paint_drawing(painter: QPainter, drawing: LabelDrawing, scale: float) -> None:
    """The ink of a label, at ``scale`` pixels a mm from where the painter stands."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    for run in drawing.runs:
        painter.save()
        painter.translate(run.x, run.y)
        shrunk = run.pt * MM_A_POINT / _DRAWN
        painter.scale(shrunk, shrunk)
        painter.setFont(_font(run.font))
        painter.setPen(INK)
        painter.drawText(QPointF(0, 0), run.text)
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for frame in drawing.frames:
        painter.setPen(QPen(INK, frame.line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
        half = frame.line / 2
        painter.drawRect(QRectF(frame.x + half, frame.y + half, frame.width - frame.line, frame.height - frame.line))
    for rule in drawing.rules:
        painter.setPen(QPen(INK, rule.line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(rule.left, rule.y), QPointF(rule.right, rule.y))
    code = QPainterPath()
    code.setFillRule(Qt.FillRule.WindingFill)
    for module in drawing.modules:
        code.addRect(QRectF(module.x, module.y, module.width, module.height))
    painter.fillPath(code, INK)
    painter.restore()
