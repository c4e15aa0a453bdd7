"""What stands on a disc label: its content, the words around it and the text of each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from avdesk import resources
from avdesk.documents import fonts
from avdesk.documents.printed import PrintedWords
from avdesk.errors import UsageError
from avdesk.terms import Kind

COPIES = 2
"""Art. 16 asks for two discs."""


class Item(StrEnum):
    """What a label says, in the order of the contract; the first six are those of Art. 16 and the case number."""

    UNIT = "unit"
    MAKER = "maker"
    DATE = "date"
    TITLE = "title"
    NUMBER = "number"
    DISC_NUMBER = "disc_number"
    COPY = "copy"
    RECORDED = "recorded"
    FILES = "files"
    VERIFIED = "verified"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class LabelContent:
    """The facts of a disc's two labels.

    ``disc_number`` is without the copy's number. ``recorded_from`` and ``recorded_to`` are aware and in the zone to
    print. ``counts`` are recordings per kind, ``files`` all files, ``size`` their bytes. ``verified``: a disc whose
    surface was read and found equal stands behind the labels.
    """

    unit: str
    maker: str
    made: date
    title: str
    number: str
    disc_number: str
    recorded_from: datetime | None
    recorded_to: datetime | None
    counts: Mapping[Kind, int]
    files: int
    size: int
    verified: bool
    disc: int = 1
    discs: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """``resources/forms/label.toml``."""

    heading: str
    document: str
    nothing: str
    captions: Mapping[Item, str]
    copies: tuple[str, ...]
    copy: str
    day: str
    minute: str
    span: str
    kind: str
    between_kinds: str
    total: str
    size: str
    between: str
    kinds: Mapping[Kind, str]
    verified: str
    unverified: str


CAPTIONED = (Item.TITLE, Item.NUMBER, Item.UNIT, Item.MAKER, Item.DATE, Item.RECORDED, Item.FILES, Item.COPY)
"""The items that have a caption before them, from top to bottom."""


def load_words() -> Words:
    """The words of the labels. Raises :class:`BadResource` with file, key and reason."""
    whole = PrintedWords.of(resources.path("forms", "label.toml"))
    captions, copy, time = whole.table("captions"), whole.table("copy"), whole.table("time")
    files, kinds, verified = whole.table("files"), whole.table("kinds"), whole.table("verified")
    words = Words(
        heading=whole.text("heading"),
        document=whole.template("document", "disc_number"),
        nothing=whole.text("nothing"),
        captions={item: captions.text(item.value) for item in CAPTIONED},
        copies=_names(copy),
        copy=copy.template("text", "name", "copy", "of", "disc", "discs"),
        day=time.template("day", "year", "month", "day"),
        minute=time.template("minute", "day", "hour", "minute"),
        span=time.template("span", "first", "last"),
        kind=files.template("kind", "kind", "count"),
        between_kinds=files.text("between_kinds"),
        total=files.template("total", "files"),
        size=files.template("size", "size", "unit"),
        between=files.text("between"),
        kinds={kind: kinds.text(kind.value) for kind in Kind},
        verified=verified.text("yes"),
        unverified=verified.text("no"),
    )
    for section in (whole, captions, copy, time, files, kinds, verified):
        section.end()
    return words


def _names(copy: PrintedWords) -> tuple[str, ...]:
    names = copy.texts("names")
    if len(names) != COPIES:
        copy.refuse("names", f"must be {COPIES} texts")
    return names


def item_texts(content: LabelContent, words: Words, copy: int) -> dict[Item, str]:
    """The text of every item on the label of that copy (1 or 2), each one line as it can be set.

    Raises :class:`UsageError`: ``LABEL_ITEM_EMPTY`` with the items of Art. 16 that say nothing, ``NOT_PRINTABLE`` with
    the characters, by item, that no font has.
    """
    disc_number = f"{content.disc_number.strip()}-{copy}" if fonts.clean(content.disc_number) else ""
    raw = {
        Item.UNIT: content.unit,
        Item.MAKER: content.maker,
        Item.DATE: _day(content.made, words),
        Item.TITLE: content.title,
        Item.NUMBER: content.number,
        Item.DISC_NUMBER: disc_number,
        Item.COPY: words.copy.format(
            name=words.copies[copy - 1], copy=copy, of=COPIES, disc=content.disc, discs=content.discs
        ),
        Item.RECORDED: _recorded(content, words),
        Item.FILES: _files(content, words),
        Item.VERIFIED: words.verified if content.verified else words.unverified,
    }
    texts = {item: fonts.clean(text) for item, text in raw.items()}
    if empty := [item.value for item, text in texts.items() if not text]:
        raise UsageError("LABEL_ITEM_EMPTY", items=empty)
    if unprintable := {item.value: list(lacking) for item, text in texts.items() if (lacking := fonts.missing(text))}:
        raise UsageError("NOT_PRINTABLE", items=unprintable)
    parts = (texts[Item.DISC_NUMBER], texts[Item.NUMBER], texts[Item.UNIT], content.made.isoformat())
    texts[Item.QR] = "\n".join(parts)
    return texts


def _day(day: date, words: Words) -> str:
    return words.day.format(year=day.year, month=day.month, day=day.day)


def _minute(at: datetime, words: Words, *, day: bool = True) -> str:
    clock = words.minute.format(day=_day(at, words) if day else "", hour=f"{at.hour:02}", minute=f"{at.minute:02}")
    return fonts.clean(clock).strip(fonts.NO_BREAK)


def _recorded(content: LabelContent, words: Words) -> str:
    known = [at for at in (content.recorded_from, content.recorded_to) if at is not None]
    if not known:
        return words.nothing
    first, last = known[0], known[-1]
    start = _minute(first, words)
    if start == _minute(last, words):
        return start
    return words.span.format(first=start, last=_minute(last, words, day=first.date() != last.date()))


def _files(content: LabelContent, words: Words) -> str:
    order = (Kind.VIDEO, Kind.PHOTO, Kind.AUDIO, Kind.SIDECAR, Kind.OTHER)
    counted = [
        words.kind.format(kind=words.kinds[kind], count=count) for kind in order if (count := content.counts.get(kind))
    ]
    parts = [words.between_kinds.join(counted)] if counted else []
    return words.between.join([*parts, words.total.format(files=content.files), size_text(content.size, words)])


def size_text(size: int, words: Words) -> str:
    """``size`` bytes in the largest binary unit that leaves at least 1, with one digit after the point."""
    if size < 1024:
        return words.size.format(size=size, unit="B")
    shown = float(size)
    for unit in ("KiB", "MiB", "GiB", "TiB"):
        shown /= 1024
        if round(shown, 1) < 1024 or unit == "TiB":
            break
    return words.size.format(size=f"{shown:.1f}", unit=unit)
