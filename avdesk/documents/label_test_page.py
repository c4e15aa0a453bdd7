"""A page on which the shift of a printer is read off: rulers in mm across the edges of every label of a stock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from avdesk import resources
from avdesk.documents import fonts
from avdesk.documents.pdf import new_pdf
from avdesk.documents.printed import PrintedWords
from avdesk.documents.stocks import Stock
from avdesk.errors import UsageError

REACH = 10
"""How far a ruler goes to both sides of its zero, in mm."""
TICK, FIVE, TEN = 1.5, 2.5, 4.0
LINE, FINE = 0.2, 0.12
FIGURE_PT, TEXT_PT, TITLE_PT = 6.0, 8.0, 12.0
CHECK = 100.0
CROSS = 4.0


@dataclass(frozen=True, slots=True)
class PageWords:
    """``resources/forms/test_page.toml``."""

    title: str
    document: str
    stock: str
    across: str
    down: str
    ruler: str
    paper: str
    sheet: str


def load_page_words() -> PageWords:
    """The words of the test page. Raises :class:`BadResource` with file, key and reason."""
    whole = PrintedWords.of(resources.path("forms", "test_page.toml"))
    words = PageWords(
        title=whole.text("title"),
        document=whole.template("document", "stock"),
        stock=whole.template("stock", "stock", "dx", "dy"),
        across=whole.text("across"),
        down=whole.text("down"),
        ruler=whole.text("ruler"),
        paper=whole.template("paper", "left", "top"),
        sheet=whole.text("sheet"),
    )
    whole.end()
    return words


def draw_test_page(stock: Stock, output: Path, *, dx: float = 0, dy: float = 0) -> None:
    """Write the page to ``output``, replacing it. ``dx`` and ``dy`` shift it as they shift labels, in mm.

    Raises :class:`UsageError` ``LABEL_OFF_PAGE``, :class:`EnvironmentFault` when the file cannot be written.
    """
    words = load_page_words()
    width, height = stock.label
    for position, (x, y) in enumerate(stock.positions, start=1):
        if not (0 <= x + dx <= stock.page[0] - width and 0 <= y + dy <= stock.page[1] - height):
            raise UsageError("LABEL_OFF_PAGE", position=position, dx=dx, dy=dy)
    title = words.document.format(stock=stock.name)
    with new_pdf(output, stock.page, title=title, author="avdesk") as canvas:
        for position, (x, y) in enumerate(stock.positions):
            canvas.saveState()
            canvas.translate((x + dx) * mm, (stock.page[1] - y - dy) * mm)
            _paint_label(canvas, stock, words)
            if position == 0:
                _paint_words(canvas, stock, words, dx, dy)
            canvas.restoreState()
        canvas.showPage()


def _paint_label(canvas: Canvas, stock: Stock, words: PageWords) -> None:
    """Outline, crosses where its corners are, and a ruler across its left and its top edge."""
    width, height = stock.label
    canvas.setLineWidth(FINE * mm)
    if stock.is_ring:
        for diameter in (width, stock.hole):
            canvas.circle(width / 2 * mm, -height / 2 * mm, diameter / 2 * mm)
    else:
        canvas.rect(0, -height * mm, width * mm, height * mm)
    for x in (0.0, width):
        for y in (0.0, height):
            _line(canvas, x - CROSS, y, x + CROSS, y)
            _line(canvas, x, y - CROSS, x, y + CROSS)
    _paint_ruler(canvas, 0, height / 2, words.across, down=False)
    _paint_ruler(canvas, width / 2, 0, words.down, down=True)


def _paint_ruler(canvas: Canvas, x: float, y: float, name: str, *, down: bool) -> None:
    """A ruler whose zero is at ``x``, ``y``; figures below it or at its right."""
    canvas.setLineWidth(LINE * mm)
    for step in range(-REACH, REACH + 1):
        length = TEN if step == 0 else FIVE if step % 5 == 0 else TICK
        if down:
            _line(canvas, x, y + step, x + length, y + step)
        else:
            _line(canvas, x + step, y, x + step, y + length)
        if step % 5 == 0:
            at = (x + TEN + 0.6, y + step + 0.7) if down else (x + step - 0.8, y + TEN + 2.4)
            _text(canvas, *at, f"{step:+d}" if step else "0", FIGURE_PT)
    _line(canvas, x, y - REACH, x, y + REACH) if down else _line(canvas, x - REACH, y, x + REACH, y)
    at = (x - 4, y + REACH - 1) if down else (x + REACH + 1.5, y + 1)
    _text(canvas, *at, name, TEXT_PT, bold=True)


def _paint_words(canvas: Canvas, stock: Stock, words: PageWords, dx: float, dy: float) -> None:
    """In the first label below its middle, on a ring below its hole: what it is and how to read it. Below the last
    label a line that tells whether the page has its true size.
    """
    left, top = stock.positions[0]
    width, height = stock.label
    y = height / 2 + stock.hole / 2 + 12
    shown = {"stock": stock.name, "dx": f"{dx:g}", "dy": f"{dy:g}"}
    how = words.sheet if stock.adhesive else words.paper.format(left=f"{left:g}", top=f"{top:g}")
    lines = [words.stock.format(**shown), *_halves(how)]
    _centred(canvas, width / 2, y, words.title, TITLE_PT, bold=True)
    for line in lines:
        y += 5
        _centred(canvas, width / 2, y, line, FIGURE_PT + 1)
    x, y = width / 2 - CHECK / 2, stock.positions[-1][1] - top + height + 8
    canvas.setLineWidth(LINE * mm)
    _line(canvas, x, y, x + CHECK, y)
    for end in (x, x + CHECK):
        _line(canvas, end, y - 2, end, y + 2)
    _centred(canvas, width / 2, y - 1.5, words.ruler, FIGURE_PT)


def _halves(sentences: str) -> list[str]:
    """Sentences in lines short enough for a ring."""
    found: list[str] = []
    for part in sentences.replace("，", "，\n").replace("。", "。\n").replace("：", "：\n").splitlines():
        if found and len(found[-1]) + len(part) <= 30:
            found[-1] += part
        else:
            found.append(part)
    return found


def _line(canvas: Canvas, x1: float, y1: float, x2: float, y2: float) -> None:
    canvas.line(x1 * mm, -y1 * mm, x2 * mm, -y2 * mm)


def _text(canvas: Canvas, x: float, y: float, text: str, pt: float, *, bold: bool = False) -> None:
    fonts.draw(canvas, x * mm, -y * mm, text, pt, bold=bold)


def _centred(canvas: Canvas, middle: float, y: float, text: str, pt: float, *, bold: bool = False) -> None:
    _text(canvas, middle - fonts.width(text, bold=bold) * pt / mm / 2, y, text, pt, bold=bold)
