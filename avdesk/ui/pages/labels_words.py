"""The words of the labels page that stand in more than one place."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from avdesk.services.labels import Stock
from avdesk.ui import theme
from avdesk.ui.texts import translated

STOCKS = {
    "sleeve": QT_TRANSLATE_NOOP("labels", "Sleeve 125×125 mm"),
    "jewel-front": QT_TRANSLATE_NOOP("labels", "Case front 120×120 mm"),
    "ring-2up": QT_TRANSLATE_NOOP("labels", "Ring label ⌀117/41"),
    "ring-2up-full": QT_TRANSLATE_NOOP("labels", "Ring label ⌀117/17"),
}
REQUIRED = ("unit", "maker", "date", "title", "disc_number")
"""The five items of Art. 16."""


def pane_width() -> int:
    """The width of the panes beside the preview at text size 1; with larger text they stay within 340 pixels."""
    return round(min(310, 340 / theme.text_size()))


def stock_text(stock: Stock) -> str:
    """What a stock is called; one that an office added has the title of its file."""
    return translated("labels", str(STOCKS[stock.name])) if stock.name in STOCKS else stock.title
