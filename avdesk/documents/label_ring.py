"""Where everything stands on a round label: millimetres from the top left corner of the ring's square.

Above the hole: heading, disc number, title, case number. Left of it the QR code; right of it copy, maker, date. Below
it the other rows and the mark of verification. Every row has the width of the ring at its narrower edge, so nothing
leaves the ring or enters the hole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from reportlab.lib.units import mm

from avdesk.documents import fonts
from avdesk.documents.breaking import Block, height_of
from avdesk.documents.label_design import Design, Frame, Text, fit, framed, spaced
from avdesk.documents.label_texts import Item, Words
from avdesk.documents.stocks import Stock

QR_SIZE = 19.0
CAPTION_PT = 7.0
CAPTION_GAP = 1.6
MARK_PT, MARK_HEIGHT = 9.0, 5.4
COPY_PT, COPY_WIDTH, COPY_HEIGHT = 12.0, 15.0, 5.8
HEADING_PT = 9.0
GAP = 0.6


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a cap: what it says, its size in points when there is room, its share of the height that is left."""

    item: Item
    pt: float
    share: float
    least: float = 3.0
    """Its height at least, in mm: one line of the smallest size."""


TOP = (_Row(Item.DISC_NUMBER, 16.0, 0.15, 6.6), _Row(Item.TITLE, 13.0, 0.7, 6.0), _Row(Item.NUMBER, 12.0, 0.15, 4.6))
BOTTOM = (
    _Row(Item.UNIT, 12.0, 0.4, 5.2),
    _Row(Item.RECORDED, 8.5, 0.15),
    _Row(Item.FILES, 8.5, 0.3, 4.0),
    _Row(Item.COPY, 8.5, 0.15),
)


@dataclass(frozen=True, slots=True)
class _Ring:
    """``middle`` of the square, ``outer`` and ``inner`` radius within which there is room."""

    middle: float
    outer: float
    inner: float

    def half(self, y: float) -> float:
        """Half the width of the ring's disc at ``y`` from the middle."""
        return sqrt(max(self.outer**2 - y**2, 0))


def lay_out_ring(texts: Mapping[Item, str], words: Words, stock: Stock, copy: int) -> Design:
    """The label of that copy on a stock of rings."""
    ring = _Ring(stock.label[0] / 2, stock.label[0] / 2 - stock.safe, stock.hole / 2 + stock.safe)
    side = ring.half(QR_SIZE / 2)
    left = ring.middle - (side + ring.inner) / 2 - QR_SIZE / 2
    design = Design(qr=(left, ring.middle - QR_SIZE / 2, QR_SIZE), small_pt=CAPTION_PT)
    _top(design, ring, texts, words)
    _right(design, ring, texts, words, copy)
    _bottom(design, ring, texts, words)
    return design


def _top(design: Design, ring: _Ring, texts: Mapping[Item, str], words: Words) -> None:
    heading = Block((words.heading,), HEADING_PT, bold=True)
    y = -ring.outer + 1.2
    half = heading.width / mm / 2
    while ring.half(y) < half:
        y += 0.1
    design.texts.append(Text(heading, ring.middle - half, ring.middle + y))
    _stack(design, ring, TOP, y + heading.height / mm + GAP, -ring.inner, texts, words)


def _bottom(design: Design, ring: _Ring, texts: Mapping[Item, str], words: Words) -> None:
    mark = Block((texts[Item.VERIFIED],), MARK_PT, bold=True)
    width = mark.width / mm + 4
    y = ring.outer - MARK_HEIGHT
    while ring.half(y + MARK_HEIGHT) < width / 2:
        y -= 0.1
    frame = Frame(ring.middle - width / 2, ring.middle + y, width, MARK_HEIGHT, 0.4)
    framed(design, frame, mark, Item.VERIFIED)
    _stack(design, ring, BOTTOM, ring.inner, y - GAP, texts, words)


def _stack(
    design: Design,
    ring: _Ring,
    rows: tuple[_Row, ...],
    top: float,
    bottom: float,
    texts: Mapping[Item, str],
    words: Words,
) -> None:
    """Rows one below the other between ``top`` and ``bottom``, from the ring's middle."""
    spare = bottom - top - sum(row.least for row in rows) - GAP * (len(rows) - 1)
    for row in rows:
        height = row.least + spare * row.share
        half = min(ring.half(top), ring.half(top + height))
        _row(design, ring, row, top, height, half, texts, words)
        top += height + GAP


def _row(
    design: Design,
    ring: _Ring,
    row: _Row,
    top: float,
    height: float,
    half: float,
    texts: Mapping[Item, str],
    words: Words,
) -> None:
    """Caption and value in the middle of the row's room."""
    caption = words.captions.get(row.item)
    before = fonts.width(caption) * CAPTION_PT / mm + CAPTION_GAP if caption else 0.0
    bold = row.item is Item.DISC_NUMBER
    block = fit(design, row.item, texts, 2 * half - before, height * mm, row.pt, bold=bold)
    x = ring.middle - (before + block.width / mm) / 2
    y = ring.middle + top + max(height - block.height / mm, 0) / 2
    design.texts.append(Text(block, x + before, y, row.item))
    if caption:
        base = y + fonts.ASCENT * block.pt / mm
        design.texts.append(Text(Block((caption,), CAPTION_PT), x, base - fonts.ASCENT * CAPTION_PT / mm))


def _right(design: Design, ring: _Ring, texts: Mapping[Item, str], words: Words, copy: int) -> None:
    """The mark of the copy, and below it maker and date under their captions."""
    depth = min(ring.inner, 17.0)
    x = ring.middle + ring.inner
    width = ring.half(depth) - ring.inner
    top = ring.middle - depth
    framed(
        design,
        Frame(x + (width - COPY_WIDTH) / 2, top, COPY_WIDTH, COPY_HEIGHT, 0.5),
        Block((spaced(words.copies[copy - 1]),), COPY_PT, bold=True),
    )
    top += COPY_HEIGHT + GAP
    height = (ring.middle + depth - top) / 2
    small = height_of(1, CAPTION_PT) / mm - 0.4
    for item in (Item.MAKER, Item.DATE):
        caption = Block((words.captions[item],), CAPTION_PT)
        block = fit(design, item, texts, width, (height - small) * mm, 12.0)
        y = top + (height - small - block.height / mm) / 2
        design.texts.append(Text(caption, x + (width - caption.width / mm) / 2, y))
        design.texts.append(Text(block, x + (width - block.width / mm) / 2, y + small, item))
        top += height
