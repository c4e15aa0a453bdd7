"""The two disc labels of Art. 16 for a case."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from avdesk.documents.label_drawing import LabelDrawing
from avdesk.documents.label_test_page import draw_test_page
from avdesk.documents.labels import Label, LabelContent, TooLong, draw_labels, lay_out_labels
from avdesk.documents.rasters import PageRaster, page_rasters
from avdesk.documents.stocks import DEFAULT, Stock, find_stock, load_stocks
from avdesk.models import CaseFile, CaseRecording, Recording
from avdesk.policy import DISC_NUMBER_PATTERN, DISC_NUMBER_START
from avdesk.services._cases import find_case
from avdesk.services._numbers import next_number, numbers_to_come
from avdesk.services._output import require_free
from avdesk.services._people import find_person
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, Right

__all__ = [
    "DEFAULT",
    "Label",
    "LabelDrawing",
    "LabelPreview",
    "Labels",
    "PageRaster",
    "Stock",
    "TooLong",
    "list_stocks",
    "make_labels",
    "make_test_page",
    "preview_labels",
    "printed_pages",
]


@dataclass(frozen=True, slots=True)
class Labels:
    """``pages`` of the PDF; nothing was written when any label has something ``too_long``."""

    pages: int
    labels: tuple[Label, ...]

    @property
    def too_long(self) -> bool:
        return any(label.too_long for label in self.labels)


@dataclass(frozen=True, slots=True)
class LabelPreview:
    """Labels that were not written. ``numbered``: the case has its disc number; else it is the one it would be given.
    ``drawings`` belong to ``labels`` one by one. ``files`` recordings of ``size`` bytes are on the disc.
    """

    case_number: str
    title: str
    unit: str
    maker: str
    made: date
    disc_number: str
    numbered: bool
    files: int
    size: int
    pages: int
    labels: tuple[Label, ...]
    drawings: tuple[LabelDrawing, ...]

    @property
    def too_long(self) -> tuple[TooLong, ...]:
        """Every item that does not fit, once; of two copies the one with the least room."""
        least: dict[str, TooLong] = {}
        for found in (found for label in self.labels for found in label.too_long):
            if found.item not in least or found.fits < least[found.item].fits:
                least[found.item] = found
        return tuple(least.values())


@service(Right.LABELS)
def make_labels(
    desk: Desk,
    case_number: str,
    output: Path,
    *,
    stock: str = DEFAULT,
    maker: str | None = None,
    made: date | None = None,
    start: int = 1,
    dx: float = 0.0,
    dy: float = 0.0,
) -> Labels:
    """Write the labels of copy 1 and copy 2 to one PDF; the case's disc number is given now, once, and kept.

    ``maker`` is a person (default: who is signed in), ``made`` the date made (default: today in the office's zone),
    ``dx`` and ``dy`` in mm. ``verified`` stays false until a verified disc stands behind a label. Raises
    :class:`UsageError`, and :class:`EnvironmentFault` when ``output`` can't be written.
    """
    require_free(desk, output)
    sheet = find_stock(stock)
    with desk.database.write() as session:
        case = find_case(session, case_number)
        made_by, made = _made(desk, session, maker, made)
        _require_number(desk, session, case, made)
        content = _content(desk, session, case, case.disc_number or "", made_by, made)
    drawn = draw_labels(content, sheet, output, start=start, dx=dx, dy=dy)
    labels = Labels(drawn.pages, drawn.labels)
    if not labels.too_long:
        _write_down(desk, case, content, stock, output)
    return labels


@service(Right.LABELS)
def preview_labels(
    desk: Desk,
    case_number: str,
    *,
    stock: str = DEFAULT,
    maker: str | None = None,
    made: date | None = None,
    start: int = 1,
    dx: float = 0.0,
    dy: float = 0.0,
) -> LabelPreview:
    """What :func:`make_labels` would write for the same arguments; nothing is written and no number is given.

    Raises what it raises, the faults of the file aside.
    """
    sheet = find_stock(stock)
    with desk.database.read() as session:
        case = find_case(session, case_number)
        made_by, made = _made(desk, session, maker, made)
        number = case.disc_number or _number_to_come(desk, session, made)
        content = _content(desk, session, case, number, made_by, made)
    drawn = lay_out_labels(content, sheet, start=start, dx=dx, dy=dy)
    return LabelPreview(
        case_number=content.number,
        title=content.title,
        unit=content.unit,
        maker=content.maker,
        made=content.made,
        disc_number=number,
        numbered=case.disc_number is not None,
        files=content.files,
        size=content.size,
        pages=drawn.sheet.pages,
        labels=drawn.sheet.labels,
        drawings=drawn.drawings,
    )


@service(Right.LABELS)
def make_test_page(desk: Desk, output: Path, *, stock: str = DEFAULT, dx: float = 0.0, dy: float = 0.0) -> None:
    """Write the page that shows a printer's shift. Raises :class:`UsageError`, :class:`EnvironmentFault`."""
    require_free(desk, output)
    draw_test_page(find_stock(stock), output, dx=dx, dy=dy)


@service(Right.LABELS)
def list_stocks(desk: Desk) -> tuple[Stock, ...]:
    """Every stock, the usual one first."""
    return tuple(sorted(load_stocks().values(), key=lambda stock: (stock.name != DEFAULT, stock.adhesive, stock.name)))


@service(Right.LABELS)
def printed_pages(desk: Desk, pdf: Path, dpi: float) -> tuple[PageRaster, ...]:
    """The pages of labels or of a test page as pictures, for the printer. Raises :class:`EnvironmentFault`."""
    return tuple(page_rasters(pdf, dpi))


def _made(desk: Desk, session: Session, maker: str | None, made: date | None) -> tuple[str, date]:
    name = find_person(session, maker).name if maker is not None else desk.person_name
    return name, made or datetime.now(desk.zone).date()


def _number_to_come(desk: Desk, session: Session, made: date) -> str:
    pattern, start = desk.policy[DISC_NUMBER_PATTERN], desk.policy[DISC_NUMBER_START]
    numbers = numbers_to_come(session, "disc", year=made.year, pattern=pattern, start=start)
    return next(number for number in numbers if not _taken(session, number))


def _taken(session: Session, number: str) -> bool:
    return session.scalars(select(CaseFile.id).where(CaseFile.disc_number == number)).first() is not None


def _require_number(desk: Desk, session: Session, case: CaseFile, made: date) -> None:
    """A number that a case has already, from another pattern, is passed over."""
    pattern, start = desk.policy[DISC_NUMBER_PATTERN], desk.policy[DISC_NUMBER_START]
    while case.disc_number is None:
        number = next_number(session, "disc", year=made.year, pattern=pattern, start=start)
        if not _taken(session, number):
            case.disc_number = number
            desk.record(session, "case.numbered", ("case", case.id), {"disc_number": number})


def _content(desk: Desk, session: Session, case: CaseFile, disc_number: str, maker: str, made: date) -> LabelContent:
    linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
    rows = list(session.scalars(visible(desk).where(Recording.id.in_(linked))))
    first, last = _span(rows)
    return LabelContent(
        unit=desk.unit,
        maker=maker,
        made=made,
        title=case.title,
        number=case.number,
        disc_number=disc_number,
        recorded_from=first.astimezone(desk.zone) if first is not None else None,
        recorded_to=last.astimezone(desk.zone) if last is not None else None,
        counts=Counter(Kind(row.kind) for row in rows),
        files=len(rows),
        size=sum(row.size for row in rows),
        verified=False,
    )


def _span(rows: Sequence[Recording]) -> tuple[datetime | None, datetime | None]:
    """From the first beginning to the last end of what was filmed, photographed or spoken."""
    media = [row for row in rows if row.kind in (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)]
    if not media:
        return None, None
    ends = [row.recorded_at + timedelta(seconds=row.duration_s or 0) for row in media]
    return min(row.recorded_at for row in media), max(ends)


def _write_down(desk: Desk, case: CaseFile, content: LabelContent, stock: str, output: Path) -> None:
    facts = {
        "disc_number": content.disc_number,
        "maker": content.maker,
        "made": content.made.isoformat(),
        "files": content.files,
        "stock": stock,
        "sha256": hashlib.sha256(output.read_bytes()).hexdigest(),
        "at": datetime.now(UTC).isoformat(),
    }
    with desk.database.write() as session:
        desk.record(session, "labels.made", ("case", case.id), facts)
