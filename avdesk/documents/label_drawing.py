"""One label as it will be printed, in plain numbers, for whoever draws it elsewhere than in a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from avdesk.documents import fonts
from avdesk.documents.breaking import LEADING
from avdesk.documents.label_design import Design, Frame, Rule, Text


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font: ``font`` is one of the names in :mod:`avdesk.documents.fonts`, ``pt`` its size in points;
    ``x`` and ``y`` are the start of its base line.
    """

    x: float
    y: float
    text: str
    font: str
    pt: float


@dataclass(frozen=True, slots=True)
class Module:
    """Dark modules of a QR code that lie side by side, as one rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LabelDrawing:
    """Everything that has ink; millimetres from the label's top left corner, downwards."""

    runs: tuple[Run, ...]
    frames: tuple[Frame, ...]
    rules: tuple[Rule, ...]
    modules: tuple[Module, ...]


def drawing_of(design: Design, qr: Sequence[bytearray]) -> LabelDrawing:
    """The drawing of a label that is laid out."""
    runs = tuple(run for text in design.texts for run in _runs(text))
    return LabelDrawing(runs, tuple(design.frames), tuple(design.rules), tuple(modules(design.qr, qr)))


def _runs(text: Text) -> Iterator[Run]:
    block = text.block
    y = text.y + fonts.ASCENT * block.pt / mm
    for line in block.lines:
        x = text.x
        for font, piece in fonts.runs(line, bold=block.bold):
            yield Run(x, y, piece.replace(fonts.NO_BREAK, " "), font, block.pt)
            x += fonts.width(piece, bold=block.bold) * block.pt / mm
        y += LEADING * block.pt / mm


def modules(place: tuple[float, float, float], code: Sequence[bytearray]) -> Iterator[Module]:
    """The dark modules of a QR code whose left, top and side are ``place``."""
    left, top, side = place
    module = side / len(code)
    for row, line in enumerate(code):
        column = 0
        while column < len(line):
            run = 1
            while column + run < len(line) and line[column + run] == line[column]:
                run += 1
            if line[column]:
                yield Module(left + column * module, top + row * module, run * module, module)
            column += run
