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

from avdesk.documents.labels import Label, LabelContent, draw_labels
from avdesk.documents.stocks import DEFAULT, find_stock
from avdesk.models import CaseFile, CaseRecording, Recording
from avdesk.policy import DISC_NUMBER_PATTERN, DISC_NUMBER_START
from avdesk.services._cases import find_case
from avdesk.services._numbers import next_number
from avdesk.services._output import require_free
from avdesk.services._people import find_person
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, Right


@dataclass(frozen=True, slots=True)
class Labels:
    """``pages`` of the PDF; nothing was written when any label has something ``too_long``."""

    pages: int
    labels: tuple[Label, ...]

    @property
    def too_long(self) -> bool:
        return any(label.too_long for label in self.labels)


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
        made_by = find_person(session, maker).name if maker is not None else desk.person_name
        made = made or datetime.now(desk.zone).date()
        _require_number(desk, session, case, made)
        content = _content(desk, session, case, made_by, made)
    drawn = draw_labels(content, sheet, output, start=start, dx=dx, dy=dy)
    labels = Labels(drawn.pages, drawn.labels)
    if not labels.too_long:
        _write_down(desk, case, content, stock, output)
    return labels


def _require_number(desk: Desk, session: Session, case: CaseFile, made: date) -> None:
    """A number that a case has already, from another pattern, is passed over."""
    pattern, start = desk.policy[DISC_NUMBER_PATTERN], desk.policy[DISC_NUMBER_START]
    while case.disc_number is None:
        number = next_number(session, "disc", year=made.year, pattern=pattern, start=start)
        if session.scalars(select(CaseFile.id).where(CaseFile.disc_number == number)).first() is None:
            case.disc_number = number
            desk.record(session, "case.numbered", ("case", case.id), {"disc_number": number})


def _content(desk: Desk, session: Session, case: CaseFile, maker: str, made: date) -> LabelContent:
    linked = select(CaseRecording.recording_id).where(CaseRecording.case_id == case.id)
    rows = list(session.scalars(visible(desk).where(Recording.id.in_(linked))))
    first, last = _span(rows)
    return LabelContent(
        unit=desk.unit,
        maker=maker,
        made=made,
        title=case.title,
        number=case.number,
        disc_number=case.disc_number or "",
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
