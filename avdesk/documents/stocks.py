"""Label stocks: which sheet, where the labels lie on it, how large they are; data files in ``resources/stocks``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avdesk import resources
from avdesk.documents.printed import PrintedWords
from avdesk.errors import UsageError

DEFAULT = "sleeve"


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of labels; everything in millimetres. ``positions`` are the labels' top left corners from the sheet's
    top left, in the order in which they are used; ``safe`` is kept free inside each label's edge. A ring lies in its
    square: ``label`` is its outer diameter, twice, ``hole`` the inner one. ``adhesive``: it is stuck on the disc, which
    archive practice avoids.
    """

    name: str
    title: str
    page: tuple[float, float]
    label: tuple[float, float]
    safe: float
    cut: str
    positions: tuple[tuple[float, float], ...]
    hole: float = 0.0
    adhesive: bool = False

    @property
    def is_ring(self) -> bool:
        return self.hole > 0


def load_stocks() -> dict[str, Stock]:
    """Every stock by name. Raises :class:`BadResource` for the first that is not well formed."""
    return {file.stem: read_stock(file) for file in resources.toml_files("stocks")}


def find_stock(name: str = DEFAULT) -> Stock:
    """The stock of that name. Raises :class:`UsageError` ``UNKNOWN_STOCK`` with the known ones."""
    stocks = load_stocks()
    if name not in stocks:
        raise UsageError("UNKNOWN_STOCK", name=name, known=sorted(stocks))
    return stocks[name]


def read_stock(file: Path) -> Stock:
    """A stock from its file; its name is the file's. Raises :class:`BadResource` with file, key and reason."""
    whole = PrintedWords.of(file)
    page, label = whole.table("page"), whole.table("label")
    ring = label.choice("shape", "rect", "ring") == "ring"
    stock = Stock(
        name=file.stem,
        title=whole.text("title"),
        page=(page.number("width_mm", 100, 450), page.number("height_mm", 100, 450)),
        label=(label.number("width_mm", 110, 300), label.number("height_mm", 110, 300)),
        safe=label.number("safe_mm", 3, 15),
        cut=label.choice("cut", *(("none",) if ring else ("dashed", "none"))),
        positions=whole.points("positions_mm", 0, 450),
        hole=label.number("hole_mm", 15, 46) if ring else 0.0,
        adhesive=label.flag("adhesive"),
    )
    if ring and stock.label[0] != stock.label[1]:
        label.refuse("height_mm", "must be the width: a ring lies in a square")
    for section in (whole, page, label):
        section.end()
    for x, y in stock.positions:
        if x + stock.label[0] > stock.page[0] or y + stock.label[1] > stock.page[1]:
            whole.refuse("positions_mm", f"the label at {x:g}, {y:g} leaves the page")
    return stock
