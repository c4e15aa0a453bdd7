"""Where everything stands on one disc label: millimetres from the label's top left corner, nothing drawn yet.

Head: heading, mark of the copy, disc number. Body: a row per item, those of Art. 16 first and largest. Foot: copy
number, mark of verification, QR code. Texts wrap; where that is not enough the tallest shrinks, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.lib.units import mm

from avdesk.documents import fonts
from avdesk.documents.breaking import Block, height_of, lines_in, set_block
from avdesk.documents.label_texts import Item, Words
from avdesk.documents.stocks import Stock

SMALLEST = 6.0
ALIKE_DOWN_TO = 9.0
STEP = 0.5
HEADING_PT = 18.0
DISC_NUMBER_PT = 24.0
SECOND_PT = 10.5
MARK_PT = 15.0

ROWS = {
    Item.TITLE: 13.0,
    Item.NUMBER: 13.0,
    Item.UNIT: 13.0,
    Item.MAKER: 13.0,
    Item.DATE: 13.0,
    Item.RECORDED: SECOND_PT,
    Item.FILES: SECOND_PT,
}
"""The rows of the body from top to bottom, with the size of their text in points when there is room."""

FAIR_LINES = {
    Item.NUMBER: 3,
    Item.UNIT: 3,
    Item.MAKER: 2,
    Item.DATE: 1,
    Item.RECORDED: 1,
    Item.FILES: 2,
}
"""How many lines of the smallest size each row may claim when the body is over-full; the title has what is left."""

HEADING_BASE = 12.5
DISC_NUMBER_BASE = 23.3
HEAD_RULE = 26.6
MARK_WIDTH, MARK_HEIGHT = 19.0, 7.4
VALUE_LEFT = 20.0
QR_SIZE = 21.0
PADDING = 2.4
QUIET = 3.0
LEAST_GAP, LARGEST_GAP = 0.4, 3.0


@dataclass(frozen=True, slots=True)
class TooLong:
    """An item that does not fit at the smallest size: it has ``length`` characters, about ``fits`` have room."""

    item: str
    length: int
    fits: int


@dataclass(frozen=True, slots=True)
class Text:
    """A block of text; ``x``, ``y`` are its top left. ``item`` is none for heading, captions and the copy's mark."""

    block: Block
    x: float
    y: float
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A box without filling; ``line`` is as thick as it is drawn, inside the box."""

    x: float
    y: float
    width: float
    height: float
    line: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line, ``y`` its middle."""

    left: float
    right: float
    y: float
    line: float


@dataclass(slots=True)
class Design:
    """One label laid out. ``qr`` is the left, top and side of the QR code, its quiet zone not counted; ``small_pt`` the
    size of captions and copy number.
    """

    qr: tuple[float, float, float]
    small_pt: float = SECOND_PT
    texts: list[Text] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    too_long: list[TooLong] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Edges:
    left: float
    right: float
    top: float
    bottom: float


def lay_out(texts: Mapping[Item, str], words: Words, stock: Stock, copy: int) -> Design:
    """The label of that copy on a stock of rectangles."""
    width, height = stock.label
    edges = _Edges(stock.safe, width - stock.safe, stock.safe, height - stock.safe)
    design = Design(qr=(edges.right - QR_SIZE, edges.bottom - QR_SIZE, QR_SIZE))
    foot_rule = edges.bottom - QR_SIZE - QUIET
    _head(design, edges, texts, words, copy)
    _body(design, edges, texts, words, foot_rule)
    _foot(design, edges, texts, words, foot_rule)
    return design


def _head(design: Design, edges: _Edges, texts: Mapping[Item, str], words: Words, copy: int) -> None:
    heading = set_block(words.heading, (edges.right - edges.left - MARK_WIDTH) * mm, HEADING_PT, bold=True)
    design.texts.append(Text(heading, edges.left, HEADING_BASE - fonts.ASCENT * HEADING_PT / mm))
    frame = Frame(edges.right - MARK_WIDTH, edges.top, MARK_WIDTH, MARK_HEIGHT, 0.5)
    framed(design, frame, Block((spaced(words.copies[copy - 1]),), MARK_PT, bold=True))
    room = (fonts.ASCENT + fonts.DESCENT) * DISC_NUMBER_PT
    block = fit(design, Item.DISC_NUMBER, texts, edges.right - edges.left, room, DISC_NUMBER_PT, bold=True)
    bottom = DISC_NUMBER_BASE + fonts.DESCENT * DISC_NUMBER_PT / mm
    design.texts.append(Text(block, edges.left, bottom - block.height / mm, Item.DISC_NUMBER))
    design.rules.append(Rule(edges.left, edges.right, HEAD_RULE, 0.5))


def _body(design: Design, edges: _Edges, texts: Mapping[Item, str], words: Words, foot_rule: float) -> None:
    top = HEAD_RULE + PADDING
    room = foot_rule - PADDING - top
    gaps = len(ROWS) - 1
    blocks, too_long = _fit_rows(texts, edges.right - edges.left - VALUE_LEFT, room - gaps * LEAST_GAP)
    design.too_long += too_long
    spare = room - sum(block.height / mm for block in blocks.values())
    gap = min(max(spare / gaps, LEAST_GAP), LARGEST_GAP)
    top += max(spare - gaps * gap, 0) / 2
    design.small_pt = min(SECOND_PT, blocks[Item.DATE].pt)
    for item, block in blocks.items():
        _row(design, edges.left, top, item, block, words)
        top += block.height / mm + gap


def _foot(design: Design, edges: _Edges, texts: Mapping[Item, str], words: Words, foot_rule: float) -> None:
    design.rules.append(Rule(edges.left, edges.right, foot_rule, 0.3))
    left, top, _ = design.qr
    width = left - QUIET - edges.left
    block = fit(design, Item.COPY, texts, width - VALUE_LEFT, height_of(2, design.small_pt), design.small_pt)
    _row(design, edges.left, top, Item.COPY, block, words)
    mark = Block((texts[Item.VERIFIED],), MARK_PT, bold=True)
    frame = Frame(edges.left, edges.bottom - MARK_HEIGHT, mark.width / mm + 6, MARK_HEIGHT, 0.5)
    framed(design, frame, mark, Item.VERIFIED)


def _row(design: Design, left: float, top: float, item: Item, block: Block, words: Words) -> None:
    """A caption spread over four characters, and its value; both on one base line."""
    design.texts.append(Text(block, left + VALUE_LEFT, top, item))
    pt = design.small_pt
    caption = words.captions[item]
    base = top + fonts.ASCENT * block.pt / mm
    room = max(4 - fonts.width(caption), 0) * pt / max(len(caption) - 1, 1)
    x = left
    for character in caption:
        design.texts.append(Text(Block((character,), pt), x, base - fonts.ASCENT * pt / mm))
        x += (fonts.width(character) * pt + room) / mm


def framed(design: Design, frame: Frame, block: Block, item: Item | None = None) -> None:
    """A block of one line in the middle of a frame; Chinese characters reach from 0.88 em above to 0.12 below."""
    design.frames.append(frame)
    x = frame.x + (frame.width - block.width / mm) / 2
    base = frame.y + frame.height / 2 + (0.88 - 0.12) / 2 * block.pt / mm
    design.texts.append(Text(block, x, base - fonts.ASCENT * block.pt / mm, item))


def spaced(text: str) -> str:
    """Characters with a space between, as a mark stands in its frame."""
    return fonts.NO_BREAK.join(text)


def fit(
    design: Design, item: Item, texts: Mapping[Item, str], width: float, room: float, pt: float, *, bold: bool = False
) -> Block:
    """The item at the largest size, from ``pt`` down, that stays within ``width`` mm and ``room`` points of height."""
    text = texts[item]
    block = set_block(text, width * mm, pt, bold=bold)
    while block.height > room + 1e-6 and block.pt > SMALLEST:
        block = set_block(text, width * mm, block.pt - STEP, bold=bold)
    lines = lines_in(room, block.pt)
    if len(block.lines) > lines:
        design.too_long.append(_too_long(item, text, block, lines))
    return block


def _fit_rows(texts: Mapping[Item, str], width: float, room: float) -> tuple[dict[Item, Block], list[TooLong]]:
    """The rows at sizes at which they fit into ``room`` mm; else all at the smallest size, with what is too long.

    First all shrink alike; then, to leave the short ones readable, always the tallest.
    """
    cap = max(ROWS.values())
    while True:
        blocks = {item: set_block(texts[item], width * mm, min(pt, cap)) for item, pt in ROWS.items()}
        if _height(blocks) <= room * mm:
            return blocks, []
        if cap <= ALIKE_DOWN_TO:
            break
        cap -= STEP
    while shrinkable := [item for item, block in blocks.items() if block.pt > SMALLEST]:
        tallest = max(shrinkable, key=lambda item: blocks[item].height)
        blocks[tallest] = set_block(texts[tallest], width * mm, blocks[tallest].pt - STEP)
        if _height(blocks) <= room * mm:
            return blocks, []
    return blocks, _too_long_rows(texts, blocks, room)


def _height(blocks: Mapping[Item, Block]) -> float:
    return sum(block.height for block in blocks.values())


def _too_long_rows(texts: Mapping[Item, str], blocks: Mapping[Item, Block], room: float) -> list[TooLong]:
    """The rows with more than their fair lines; the first of them may also take what the others leave."""
    left = room * mm - sum(height_of(count, SMALLEST) for count in FAIR_LINES.values())
    fair = {**FAIR_LINES, Item.TITLE: lines_in(left, SMALLEST)}
    lines = {item: min(len(block.lines), fair[item]) for item, block in blocks.items()}
    over = [item for item, block in blocks.items() if len(block.lines) > fair[item]]
    others = sum(height_of(count, SMALLEST) for item, count in lines.items() if item != over[0])
    lines[over[0]] = lines_in(room * mm - others, SMALLEST)
    return [_too_long(item, texts[item], blocks[item], lines[item]) for item in over]


def _too_long(item: Item, text: str, block: Block, lines: int) -> TooLong:
    return TooLong(item.value, len(text), len("".join(block.lines[:lines])))
