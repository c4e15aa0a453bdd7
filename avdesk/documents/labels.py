"""The two disc labels of Art. 16, copy 1 of 2 and copy 2 of 2, as one PDF of true size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from avdesk.documents import fonts
from avdesk.documents.breaking import LEADING
from avdesk.documents.label_design import Design, Text, TooLong, lay_out
from avdesk.documents.label_drawing import LabelDrawing, drawing_of, modules
from avdesk.documents.label_ring import lay_out_ring
from avdesk.documents.label_texts import COPIES, Item, LabelContent, Words, item_texts, load_words
from avdesk.documents.pdf import new_pdf
from avdesk.documents.stocks import Stock
from avdesk.errors import UsageError

__all__ = [
    "Item",
    "Label",
    "LabelContent",
    "LabelItem",
    "LabelSheet",
    "SheetDrawing",
    "TooLong",
    "draw_labels",
    "lay_out_labels",
]

CUT_LINE = 0.2
CUT_GREY = 0.25
DASH, DASH_GAP = 2.0, 1.0
LARGEST_QR = 77
"""Modules a side; more would be less than 0.27 mm each, too fine for an office printer and a camera."""

Box = tuple[float, float, float, float]
"""Left, top, width and height in millimetres, from the page's top left."""


@dataclass(frozen=True, slots=True)
class LabelItem:
    """A text as it is drawn: ``box_mm`` is the text's area from the highest to the lowest letter, ``pt`` its size in
    points (none for the QR code, whose box is without its quiet zone and whose ``text`` is what it holds).
    """

    item: str
    text: str
    box_mm: Box
    pt: float | None


@dataclass(frozen=True, slots=True)
class Label:
    """One label on the sheet; ``page`` counts from 1. With anything ``too_long`` nothing was written."""

    copy: int
    of: int
    disc: int
    page: int
    outline_mm: Box
    items: tuple[LabelItem, ...]
    too_long: tuple[TooLong, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """What was drawn, or, when an item is too long, what would be."""

    pages: int
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class SheetDrawing:
    """The sheet with the drawing of each of its labels, in their order."""

    sheet: LabelSheet
    drawings: tuple[LabelDrawing, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    label: Label
    design: Design
    qr: tuple[bytearray, ...]


def draw_labels(
    content: LabelContent, stock: Stock, output: Path, *, start: int = 1, dx: float = 0, dy: float = 0
) -> LabelSheet:
    """Write the labels of both copies to ``output``, replacing it; nothing is written when an item is too long.

    ``start`` is the first position on the first sheet, from 1; further labels go on to further sheets. ``dx`` and
    ``dy`` shift everything, in mm to the right and down. White space of any kind becomes single spaces; an item of
    Art. 16 must say something. Raises :class:`UsageError` ``START_OUT_OF_RANGE``, ``LABEL_OFF_PAGE``,
    ``LABEL_ITEM_EMPTY`` or ``NOT_PRINTABLE`` (characters that no font has); :class:`EnvironmentFault` when the file
    cannot be written.
    """
    words = load_words()
    placed = _place_all(content, words, stock, start, dx, dy)
    sheet = _sheet(placed)
    if not any(label.too_long for label in sheet.labels):
        title = words.document.format(disc_number=fonts.clean(content.disc_number))
        with new_pdf(output, stock.page, title=title, author=fonts.clean(content.unit)) as canvas:
            _paint_sheets(canvas, placed, stock)
    return sheet


def lay_out_labels(
    content: LabelContent, stock: Stock, *, start: int = 1, dx: float = 0, dy: float = 0
) -> SheetDrawing:
    """What :func:`draw_labels` would write, without writing; raises what it raises, the file's faults aside."""
    placed = _place_all(content, load_words(), stock, start, dx, dy)
    return SheetDrawing(_sheet(placed), tuple(drawing_of(one.design, one.qr) for one in placed))


def _sheet(placed: Sequence[_Placed]) -> LabelSheet:
    return LabelSheet(pages=placed[-1].label.page, labels=tuple(one.label for one in placed))


def _place_all(content: LabelContent, words: Words, stock: Stock, start: int, dx: float, dy: float) -> list[_Placed]:
    return [
        _place(content, words, stock, copy, outline, page)
        for copy, (page, outline) in enumerate(_slots(stock, start, dx, dy), start=1)
    ]


def _slots(stock: Stock, start: int, dx: float, dy: float) -> list[tuple[int, Box]]:
    """Page and outline of each label."""
    count = len(stock.positions)
    if not 1 <= start <= count:
        raise UsageError("START_OUT_OF_RANGE", start=start, positions=count)
    width, height = stock.label
    slots = []
    for index in range(start - 1, start - 1 + COPIES):
        x, y = stock.positions[index % count]
        left, top = x + dx, y + dy
        if not (0 <= left <= stock.page[0] - width and 0 <= top <= stock.page[1] - height):
            raise UsageError("LABEL_OFF_PAGE", position=index % count + 1, dx=dx, dy=dy)
        slots.append((index // count + 1, (round(left, 3), round(top, 3), width, height)))
    return slots


def _place(content: LabelContent, words: Words, stock: Stock, copy: int, outline: Box, page: int) -> _Placed:
    texts = item_texts(content, words, copy)
    texts[Item.QR], qr = _qr(texts[Item.QR])
    design = (lay_out_ring if stock.is_ring else lay_out)(texts, words, stock, copy)
    boxes: dict[Item, tuple[Box, float | None]] = {
        text.item: (_box(text, outline), text.block.pt) for text in design.texts if text.item is not None
    }
    left, top, side = design.qr
    boxes[Item.QR] = ((round(outline[0] + left, 3), round(outline[1] + top, 3), side, side), None)
    label = Label(
        copy=copy,
        of=COPIES,
        disc=content.disc,
        page=page,
        outline_mm=outline,
        items=tuple(
            LabelItem(item.value, texts[item].replace(fonts.NO_BREAK, " "), boxes[item][0], boxes[item][1])
            for item in Item
        ),
        too_long=tuple(design.too_long),
        verified=content.verified,
    )
    return _Placed(label, design, qr)


def _box(text: Text, outline: Box) -> Box:
    block = text.block
    return (
        round(outline[0] + text.x, 3),
        round(outline[1] + text.y, 3),
        round(block.width / mm, 3),
        round(block.height / mm, 3),
    )


def _qr(text: str) -> tuple[str, tuple[bytearray, ...]]:
    """What the QR code holds and its modules; lines are left out from the third on until it is coarse enough.

    Bytes in UTF-8, said so: left to itself segno picks kanji mode for Chinese, and scanners read rubbish.
    """
    lines = text.split("\n")
    while True:
        shown = "\n".join(lines)
        code = segno.make(shown, error="m", micro=False, mode="byte", encoding="utf-8", eci=True)
        if len(code.matrix) <= LARGEST_QR or len(lines) == 1:
            return shown, code.matrix
        del lines[-2 if len(lines) > 2 else -1]


def _paint_sheets(canvas: Canvas, placed: list[_Placed], stock: Stock) -> None:
    page = 1
    for one in placed:
        while page < one.label.page:
            canvas.showPage()
            page += 1
        canvas.saveState()
        canvas.translate(one.label.outline_mm[0] * mm, (stock.page[1] - one.label.outline_mm[1]) * mm)
        if stock.cut == "dashed":
            _paint_cut(canvas, *stock.label)
        _paint_design(canvas, one.design)
        _paint_qr(canvas, one)
        canvas.restoreState()
    canvas.showPage()


def _paint_cut(canvas: Canvas, width: float, height: float) -> None:
    """The line to cut along, a dash beginning and ending at every corner."""
    canvas.saveState()
    canvas.setLineWidth(CUT_LINE * mm)
    canvas.setStrokeGray(CUT_GREY)
    for x, y, length, vertical in (
        (0, 0, width, False),
        (0, height, width, False),
        (0, 0, height, True),
        (width, 0, height, True),
    ):
        dashes = max(round((length + DASH_GAP) / (DASH + DASH_GAP)), 1)
        scale = length / (dashes * (DASH + DASH_GAP) - DASH_GAP)
        canvas.setDash([DASH * scale * mm, DASH_GAP * scale * mm])
        canvas.line(x * mm, -y * mm, (x if vertical else x + length) * mm, -(y + length if vertical else y) * mm)
    canvas.restoreState()


def _paint_design(canvas: Canvas, design: Design) -> None:
    for text in design.texts:
        block = text.block
        base = -text.y * mm - fonts.ASCENT * block.pt
        for line in block.lines:
            fonts.draw(canvas, text.x * mm, base, line, block.pt, bold=block.bold)
            base -= LEADING * block.pt
    for frame in design.frames:
        canvas.setLineWidth(frame.line * mm)
        half = frame.line / 2
        canvas.rect(
            (frame.x + half) * mm,
            -(frame.y + frame.height - half) * mm,
            (frame.width - frame.line) * mm,
            (frame.height - frame.line) * mm,
        )
    for rule in design.rules:
        canvas.setLineWidth(rule.line * mm)
        canvas.line(rule.left * mm, -rule.y * mm, rule.right * mm, -rule.y * mm)


def _paint_qr(canvas: Canvas, placed: _Placed) -> None:
    """All modules as one path, so that no hair lines show between them."""
    path = canvas.beginPath()
    for module in modules(placed.design.qr, placed.qr):
        path.rect(module.x * mm, -(module.y + module.height) * mm, module.width * mm, module.height * mm)
    canvas.drawPath(path, stroke=0, fill=1)
