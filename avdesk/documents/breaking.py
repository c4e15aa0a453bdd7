"""Breaking Chinese text into lines.

ReportLab's own breaking splits ``〔2026〕`` and leaves an opening bracket at the end of a line. Here a year in
brackets, a date, a number with 号, a Latin word or number is one piece; no line begins with closing punctuation or ends
with opening punctuation; a piece wider than a line is broken where the line is full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from avdesk.documents import fonts

OPENING = frozenset("（〔［｛【〖《〈「『“‘([{〝￥＄$#＃№")
CLOSING = frozenset("）〕］｝】〗》〉」』”’)]}〞，。、；：？！．·・～％‰℃°,.;:?!%／/")
LEADING = 1.3
"""From one base line to the next, in em."""

_PIECE = re.compile(
    r"[〔［\[(（]\d{4}[〕］\])）]"  # the year of a case number
    r"|\d+年\d+月\d+日|\d+号"
    r"|[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]+(?:[-_./:'’@&+][0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]+)*"
    r"|—+|…+|.",
    re.DOTALL,
)


def chunks(text: str) -> list[str]:
    """``text`` in pieces that stay whole where a line has room for them; spaces stand at a piece's end."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if found and _belongs(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _belongs(before: str, piece: str) -> bool:
    return (
        piece in (" ", fonts.NO_BREAK)
        or piece[0] in CLOSING
        or before.endswith(fonts.NO_BREAK)
        or before.rstrip(" ")[-1:] in OPENING
    )


def wrap(text: str, room: float, *, bold: bool = False) -> list[str]:
    """The lines of ``text`` when each may be ``room`` em wide; text as :func:`fonts.clean` leaves it."""
    if _fits(text, room, bold):
        return [text] if text else []
    lines: list[str] = []
    line = ""
    for chunk in chunks(text):
        if _fits(line + chunk, room, bold):
            line += chunk
            continue
        if _fits(chunk, room, bold):
            lines.append(line)
            line = chunk
            continue
        line += chunk
        while line and not _fits(line, room, bold):
            cut = _cut(line, room, bold)
            lines.append(line[:cut])
            line = line[cut:].lstrip(" ")
    return [shown for line in (*lines, line) if (shown := line.strip(" "))]


def _fits(text: str, room: float, bold: bool) -> bool:
    return fonts.width(text.rstrip(" "), bold=bold) <= room + 1e-9


def _cut(text: str, room: float, bold: bool) -> int:
    """How many characters of a piece too wide for a line stand on it: as many as fit, at least one, and where that
    would leave punctuation on the wrong side, fewer.
    """
    full, used = 0, 0.0
    while full < len(text) and (used := used + fonts.width(text[full], bold=bold)) <= room + 1e-9:
        full += 1
    full = max(full, 1)
    for cut in range(min(full, len(text) - 1), 0, -1):
        if text[cut] not in CLOSING and text[cut - 1] not in OPENING:
            return cut
    return full


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size; ``pt`` in points."""

    lines: tuple[str, ...]
    pt: float
    bold: bool = False

    @property
    def height(self) -> float:
        """From the highest letter of the first line to the lowest of the last, in points."""
        return height_of(len(self.lines), self.pt)

    @property
    def width(self) -> float:
        """Of the widest line, in points."""
        return max(fonts.width(line, bold=self.bold) for line in self.lines) * self.pt


def height_of(lines: int, pt: float) -> float:
    """How high ``lines`` lines of ``pt`` points are, in points."""
    return (fonts.ASCENT + fonts.DESCENT + (lines - 1) * LEADING) * pt


def set_block(text: str, width: float, pt: float, *, bold: bool = False) -> Block:
    """``text`` broken into lines of at most ``width`` points."""
    return Block(tuple(wrap(text, width / pt, bold=bold)), pt, bold)


def lines_in(height: float, pt: float) -> int:
    """How many lines of ``pt`` points have room in ``height`` points."""
    first = (fonts.ASCENT + fonts.DESCENT) * pt
    return max(0, int((height - first) / (LEADING * pt) + 1 + 1e-9)) if height >= first - 1e-9 else 0
