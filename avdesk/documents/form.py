"""The page frame of every printed form: head, body in one column, signature lines, page x of y.

Everything is set at once and drawn when the number of pages is known; rows are set one by one, so a table of ten
thousand costs its text and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from avdesk import resources
from avdesk.documents import fonts
from avdesk.documents.breaking import LEADING, height_of, lines_in, wrap
from avdesk.documents.pdf import new_pdf
from avdesk.documents.printed import PrintedWords

A4 = (210.0, 297.0)
MARGIN: float = 18 * mm
FOOT: float = 15 * mm
PAD: float = 1.2 * mm
UNIT_PT, TITLE_PT, HEADING_PT, BODY_PT, CELL_PT, SMALL_PT = 11.0, 18.0, 12.0, 10.5, 9.0, 8.5
SIGNATURES_A_LINE = 3
SIGNATURE_HEIGHT: float = 12 * mm
SHADE = 0.93
SPACING = 1.5
"""From base line to base line of running text, in em."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, and whether it is set to the right, as numbers are."""

    title: str
    weight: float = 1.0
    right: bool = False


@dataclass(slots=True)
class _Page:
    """What is drawn on one page; points, ``y`` downwards from the page's top."""

    texts: list[tuple[float, float, str, float, bool]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    shades: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    """Lines of one cell; ``x`` and ``width`` in points."""

    x: float
    width: float
    lines: tuple[str, ...]
    bold: bool = False
    right: bool = False
    shaded: bool = False

    def part(self, start: int, end: int | None) -> _Cell:
        """The cell with some of its lines."""
        return replace(self, lines=self.lines[start:end])


@dataclass(frozen=True, slots=True)
class FrameWords:
    """``resources/forms/frame.toml``."""

    number: str
    page: str
    signature: str


def load_frame_words() -> FrameWords:
    """The words of the frame. Raises :class:`BadResource` with file, key and reason."""
    whole = PrintedWords.of(resources.path("forms", "frame.toml"))
    words = FrameWords(
        number=whole.template("number", "number"),
        page=whole.template("page", "page", "pages"),
        signature=whole.template("signature", "label"),
    )
    whole.end()
    return words


class Form:
    """A form on A4, filled from top to bottom and then saved; whatever has no room goes on to the next page.

    Texts are one line each, wrapped where they must be. What cannot be printed or seen in them is written as its
    number, like ``[U+1F600]``. ``number`` is the form's own, from its register.
    """

    def __init__(self, unit: str, title: str, *, number: str | None = None, landscape: bool = False) -> None:
        self._words = load_frame_words()
        self._unit, self._title = fonts.visible(unit), fonts.visible(title)
        self._number = fonts.visible(self._words.number.format(number=number)) if number else ""
        self._size = (A4[1], A4[0]) if landscape else A4
        self._width = self._size[0] * mm - 2 * MARGIN
        self._bottom = self._size[1] * mm - FOOT - 6 * mm
        self._pages: list[_Page] = [_Page()]
        self._y = MARGIN
        self._head()

    def heading(self, text: str) -> None:
        """A line in bold; it never stands alone at the foot of a page."""
        self._y += 3 * mm
        self._need(height_of(1, HEADING_PT) + 15 * mm)
        self._lines(fonts.visible(text), HEADING_PT, bold=True)
        self._y += 1 * mm

    def paragraph(self, text: str) -> None:
        """Running text, first lines set in by two characters; a line break begins a new one."""
        for part in text.splitlines():
            self._lines(fonts.NO_BREAK * 9 + fonts.visible(part), BODY_PT)
        self._y += 2 * mm

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value, two pairs in a row of a grid; the last odd one has a row to itself."""
        label = max((fonts.width(fonts.visible(name)) for name, _ in pairs), default=0) * CELL_PT + 2 * PAD + 1
        label = min(label, self._width / 5)
        value = self._width / 2 - label
        for start in range(0, len(pairs), 2):
            some = pairs[start : start + 2]
            widths = [label, value, label, value] if len(some) == 2 else [label, self._width - label]
            self._flow(_cells(widths, [text for pair in some for text in pair], shaded=(True, False) * len(some)))
        self._y += 3 * mm

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A grid with a head repeated on every page. A text wider than its column wraps; a row higher than a page is
        carried over. Raises ``ValueError`` for a row that has not as many cells as there are columns, and for a head
        that leaves no room for rows.
        """
        weights = sum(column.weight for column in columns)
        widths = [self._width * column.weight / weights for column in columns]
        right = [column.right for column in columns]
        shaded = [True] * len(columns)
        head = _cells(widths, [column.title for column in columns], right=right, shaded=shaded, bold=True)
        if _row_height(head) > (self._bottom - MARGIN) / 2:
            raise ValueError("the table's head fills the page")
        self._need(_row_height(head) + _row_height(()))
        self._row(head)
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"{len(row)} cells for {len(columns)} columns")
            self._flow(_cells(widths, row, right=right), head)
        self._y += 3 * mm

    def signatures(self, labels: Sequence[str]) -> None:
        """A line to write on for each label, three side by side; all on one page. Raises ``ValueError`` for a label
        that leaves no room to sign.
        """
        step = self._width / SIGNATURES_A_LINE
        lines = -(-len(labels) // SIGNATURES_A_LINE)
        self._need(lines * SIGNATURE_HEIGHT)
        for index, label in enumerate(labels):
            across, down = index % SIGNATURES_A_LINE, index // SIGNATURES_A_LINE
            x, y = MARGIN + across * step, self._y + (down + 1) * SIGNATURE_HEIGHT - 3 * mm
            text = fonts.visible(self._words.signature.format(label=label))
            used = fonts.width(text) * BODY_PT
            if used > step / 2:
                raise ValueError(f"no room to sign beside {label!r}")
            self._page.texts.append((x, y, text, BODY_PT, False))
            self._page.lines.append((x + used, y + 1 * mm, x + step - 5 * mm, y + 1 * mm))
        self._y += lines * SIGNATURE_HEIGHT

    def save(self, path: Path) -> int:
        """Write the form to ``path``, replacing what is there; gives the number of pages. Raises
        :class:`EnvironmentFault` when it cannot be written.
        """
        with new_pdf(path, self._size, title=self._title, author=self._unit) as canvas:
            for index, page in enumerate(self._pages, start=1):
                _paint(canvas, page, self._size[1] * mm)
                self._paint_foot(canvas, index)
                canvas.showPage()
        return len(self._pages)

    @property
    def _page(self) -> _Page:
        return self._pages[-1]

    def _head(self) -> None:
        self._lines(self._unit, UNIT_PT, centred=True)
        self._y += 1 * mm
        self._lines(self._title, TITLE_PT, bold=True, centred=True)
        self._y += 1 * mm
        if self._number:
            self._put_right(self._number, self._y + fonts.ASCENT * BODY_PT, BODY_PT)
            self._y += LEADING * BODY_PT
        self._y += 3 * mm

    def _need(self, height: float) -> None:
        """Go on to a new page when ``height`` points have no room on this one."""
        if self._y + height > self._bottom:
            self._new_page()

    def _new_page(self) -> None:
        self._pages.append(_Page())
        self._y = MARGIN
        base = self._y - 5 * mm
        room = self._width - fonts.width(self._number) * SMALL_PT - 5 * mm
        self._page.texts.append((MARGIN, base, _shortened(self._title, room / SMALL_PT), SMALL_PT, False))
        self._put_right(self._number, base, SMALL_PT)
        self._page.lines.append((MARGIN, self._y - 3.5 * mm, MARGIN + self._width, self._y - 3.5 * mm))

    def _lines(self, text: str, pt: float, *, bold: bool = False, centred: bool = False) -> None:
        """Running text over the whole width, from page to page."""
        for line in wrap(text, self._width / pt, bold=bold):
            self._need(height_of(1, pt))
            spare = self._width - fonts.width(line, bold=bold) * pt
            self._page.texts.append(
                (MARGIN + (spare / 2 if centred else 0), self._y + fonts.ASCENT * pt, line, pt, bold)
            )
            self._y += SPACING * pt

    def _put_right(self, text: str, y: float, pt: float) -> None:
        if text:
            self._page.texts.append((MARGIN + self._width - fonts.width(text) * pt, y, text, pt, False))

    def _flow(self, cells: list[_Cell], head: Sequence[_Cell] = ()) -> None:
        """Keep a row whole on the next page when it has room there; else carry its lines over."""
        height = _row_height(cells)
        if self._y + height > self._bottom and height <= self._bottom - MARGIN - (_row_height(head) if head else 0):
            self._continue(head)
        rest = cells
        while self._y + _row_height(rest) > self._bottom:
            count = lines_in(self._bottom - self._y - 2 * PAD, CELL_PT)
            if count:
                self._row([cell.part(0, count) for cell in rest])
                rest = [cell.part(count, None) for cell in rest]
            self._continue(head)
        self._row(rest)

    def _continue(self, head: Sequence[_Cell]) -> None:
        self._new_page()
        if head:
            self._row(head)

    def _row(self, cells: Sequence[_Cell]) -> None:
        """One row of a grid at the present height, with the lines around it."""
        page, top, height = self._page, self._y, _row_height(cells)
        for cell in cells:
            if cell.shaded:
                page.shades.append((cell.x, top, cell.width, height))
            for index, line in enumerate(cell.lines):
                y = top + PAD + (fonts.ASCENT + index * LEADING) * CELL_PT
                used = fonts.width(line, bold=cell.bold) * CELL_PT
                x = cell.x + cell.width - PAD - used if cell.right else cell.x + PAD
                page.texts.append((x, y, line, CELL_PT, cell.bold))
        left, right = cells[0].x, cells[-1].x + cells[-1].width
        page.lines += [(x, top, x, top + height) for x in (*(cell.x for cell in cells), right)]
        page.lines += [(left, y, right, y) for y in (top, top + height)]
        self._y += height

    def _paint_foot(self, canvas: Canvas, index: int) -> None:
        text = fonts.clean(self._words.page.format(page=index, pages=len(self._pages)))
        x = MARGIN + (self._width - fonts.width(text) * SMALL_PT) / 2
        fonts.draw(canvas, x, FOOT, text, SMALL_PT)


def _cells(
    widths: Sequence[float],
    texts: Sequence[str],
    *,
    right: Sequence[bool] = (),
    shaded: Sequence[bool] = (),
    bold: bool = False,
) -> list[_Cell]:
    plain = [False] * len(widths)
    cells = []
    x = MARGIN
    for width, text, to_right, shade in zip(widths, texts, right or plain, shaded or plain, strict=True):
        lines = tuple(wrap(fonts.visible(text), (width - 2 * PAD) / CELL_PT, bold=bold))
        cells.append(_Cell(x, width, lines, bold, to_right, shade))
        x += width
    return cells


def _row_height(cells: Sequence[_Cell]) -> float:
    return height_of(max((len(cell.lines) for cell in cells), default=0) or 1, CELL_PT) + 2 * PAD


def _shortened(text: str, room: float) -> str:
    """``text``, cut with an ellipsis where it is wider than ``room`` em."""
    lines = wrap(text, room - 1)
    return text if len(lines) <= 1 else lines[0] + "…"


def _paint(canvas: Canvas, page: _Page, height: float) -> None:
    canvas.setFillGray(SHADE)
    for x, y, width, high in page.shades:
        canvas.rect(x, height - y - high, width, high, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setLineWidth(0.5)
    for x1, y1, x2, y2 in page.lines:
        canvas.line(x1, height - y1, x2, height - y2)
    for x, y, text, pt, bold in page.texts:
        fonts.draw(canvas, x, height - y, text, pt, bold=bold)
