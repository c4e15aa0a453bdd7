"""The bundled fonts in a PDF: which font has a character, how wide a text is, how it is drawn.

ReportLab embeds TrueType outlines only, draws a character that a font lacks as nothing and says nothing; so every text
is split by what each font's cmap covers before it is measured or drawn: Bold, then Regular, then Rare.
"""

from __future__ import annotations

import struct
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from avdesk import resources
from avdesk.errors import BadResource

REGULAR = "avdesk-regular"
BOLD = "avdesk-bold"
RARE = "avdesk-rare"
FILES = {
    REGULAR: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold-GB2312.ttf",
    RARE: "AvdeskRare-Regular.ttf",
}

NO_BREAK = "\u00a0"
"""A space at which no line ends."""

ASCENT = 1.11
"""How far above the base line the letters of the bundled fonts reach, in em (highest: Ḯ of the rare font)."""

DESCENT = 0.29
"""How far below the base line they reach, in em (lowest: | of Noto Sans SC Bold)."""


class _EmbeddedFont(TTFont):  # type: ignore[misc] # ReportLab has no types
    """A TrueType font whose ToUnicode table is right beyond U+FFFF.

    ReportLab writes such a character there by its plain number; readers take it for two others. ISO 32000-1, 9.10.3
    asks for UTF-16BE.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        state = self.state[doc]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for index, characters in enumerate(state.subsets):
            font = fonts[f"{state.internalName}+{index}"]
            doc.idToObject[font.ToUnicode.name].content = _to_unicode(font.BaseFont, characters)


def _to_unicode(name: str, characters: list[int]) -> str:
    """The CMap that tells which character each code of a font's subset stands for."""
    pairs = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(characters)
        if character
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


_faces: dict[str, Any] = {}
_registering = threading.Lock()


def register() -> None:
    """Make the fonts known to ReportLab; once is enough. Raises :class:`BadResource` for a broken file."""
    with _registering:
        for name, file in FILES.items():
            if name not in _faces:
                font = _load(name, resources.path("fonts", file))
                pdfmetrics.registerFont(font)
                _faces[name] = font.face


def _load(name: str, file: Path) -> _EmbeddedFont:
    try:
        return _EmbeddedFont(name, str(file), asciiReadable=False)
    except (TTFError, struct.error, IndexError, ValueError) as error:
        raise BadResource(file=str(file), reason=str(error)) from error


@cache
def _glyph(character: str, bold: bool) -> tuple[str, float] | None:
    """The first font that has ``character``, and its width there in em; ``None`` when none has it."""
    register()
    code = 0x20 if character == NO_BREAK else ord(character)
    for name in (BOLD, REGULAR, RARE) if bold else (REGULAR, RARE):
        face = _faces[name]
        if code in face.charToGlyph:
            return name, face.getCharWidth(code) / 1000
    return None


def missing(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that cannot be printed, each once: no font has them, or they are marks that can't be
    joined to a letter. Text is expected as :func:`clean` leaves it.
    """
    return tuple(dict.fromkeys(c for c in text if _glyph(c, False) is None or unicodedata.category(c) in ("Mn", "Me")))


def clean(text: str) -> str:
    """``text`` as one line that can be set: white space, control characters and line separators of any kind become
    single spaces (a no-break space stays one), marks that change no outline (joiners, directions, variation selectors)
    go, accents written apart are joined to their letter.
    """
    shown: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if character == NO_BREAK:
            shown.append(character)
        elif category in ("Cc", "Zl", "Zp", "Zs"):
            shown.append(" ")
        elif category == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
            continue
        elif category == "Mn" and shown and len(joined := unicodedata.normalize("NFC", shown[-1] + character)) == 1:
            shown[-1] = joined
        else:
            shown.append(character)
    return " ".join(part for part in "".join(shown).split(" ") if part)


def visible(text: str) -> str:
    """``text`` cleaned, but with all that can't be seen or printed in it written as its number, like ``[U+1F600]``:
    for names of files, which must not look like others.
    """
    shown = clean("".join(_number(c) if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text))
    lacking = missing(shown)
    return "".join(_number(c) if c in lacking else c for c in shown)


def _number(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def runs(text: str, *, bold: bool = False) -> Iterator[tuple[str, str]]:
    """``text`` as pieces of one font each: (font name, piece). Raises ``ValueError`` for what no font has."""
    for name, piece in groupby(text, lambda character: _font(character, bold)[0]):
        yield name, "".join(piece)


def width(text: Iterable[str], *, bold: bool = False) -> float:
    """How wide ``text`` is, in em. Raises ``ValueError`` for what no font has."""
    return sum(_font(character, bold)[1] for character in text)


def _font(character: str, bold: bool) -> tuple[str, float]:
    found = _glyph(character, bold)
    if found is None:
        raise ValueError(f"no font has U+{ord(character):04X}")
    return found


def draw(canvas: Canvas, x: float, y: float, text: str, pt: float, *, bold: bool = False) -> None:
    """Draw one line. ``x``, ``y``: start of its base line in points from the page's bottom left."""
    line = canvas.beginText(x, y)
    for name, piece in runs(text, bold=bold):
        line.setFont(name, pt)
        line.textOut(piece)
    canvas.drawText(line)
