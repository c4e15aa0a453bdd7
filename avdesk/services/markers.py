"""Marking recordings: what a person saw or heard, and when in them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from avdesk.errors import StaleEdit, UsageError
from avdesk.models import Marker as MarkerRow
from avdesk.models import Recording
from avdesk.services._markers import Marker, marker_of, markers_of, milliseconds, there
from avdesk.services._text import clean, plain
from avdesk.services.desk import Desk, service, visible
from avdesk.terms import Kind, MarkerKind, Right

__all__ = ["Marker", "Markers", "add_marker", "edit_marker", "list_markers", "remove_marker", "show_marker"]

_LONGEST = 1000
_LONGEST_SECONDS = 30 * 24 * 3600
"""For recordings of unknown length."""


@dataclass(frozen=True, slots=True)
class Markers:
    """In the order of their times."""

    markers: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person says of a marker, as it is stored."""

    from_ms: int
    to_ms: int | None
    kind: MarkerKind
    text: str

    @property
    def facts(self) -> dict[str, object]:
        return {"from_ms": self.from_ms, "to_ms": self.to_ms, "kind": self.kind.value, "text": self.text}


@service(Right.MARK)
def add_marker(
    desk: Desk, recording_id: str, at_s: float, *, to_s: float | None = None, kind: MarkerKind | None, text: str = ""
) -> Marker:
    """Mark a time, or a span up to ``to_s``; seconds from the recording's beginning, kept in whole milliseconds.

    ``text`` may be empty. Raises :class:`UsageError` for an unknown recording, a time before its beginning or beyond
    its end, a span that ends before it begins, and no kind.
    """
    with desk.database.write() as session:
        recording = _recording(desk, session, recording_id)
        said = _said(recording, at_s, to_s, kind, text)
        row = MarkerRow(
            recording_id=recording.id,
            from_ms=said.from_ms,
            to_ms=said.to_ms,
            kind=said.kind,
            text=said.text,
            search_text=said.text.casefold(),
            author_id=desk.person_id,
            created_at=datetime.now(UTC),
        )
        session.add(row)
        session.flush()
        _record(desk, session, "marker.added", row, said.facts)
        return marker_of(desk, row, desk.person_name)


@service(Right.MARK)
def edit_marker(
    desk: Desk,
    marker_id: str,
    *,
    at_s: float,
    to_s: float | None,
    kind: MarkerKind | None,
    text: str,
    version: int,
) -> Marker:
    """Change what a marker says; ``version`` is the one that was read. Its author stays.

    Raises :class:`StaleEdit` when somebody else changed it since then, and :class:`UsageError` for one that is not
    there, and as :func:`add_marker` does; nothing is overwritten then.
    """
    with desk.database.write() as session:
        row, author = _marker(session, marker_id, version)
        said = _said(_recording(desk, session, row.recording_id), at_s, to_s, kind, text)
        before = _Said(row.from_ms, row.to_ms, MarkerKind(row.kind), row.text)
        if said != before:
            row.from_ms, row.to_ms, row.kind = said.from_ms, said.to_ms, said.kind
            row.text, row.search_text = said.text, said.text.casefold()
            session.flush()
            _record(desk, session, "marker.edited", row, {**said.facts, "from": before.facts})
        return marker_of(desk, row, author)


@service(Right.MARK)
def remove_marker(desk: Desk, marker_id: str, *, version: int | None = None) -> Marker:
    """Take a marker out of every list; it stays in the catalogue and in the audit chain. What it was.

    Raises as :func:`edit_marker` does; without ``version`` it is removed as it is now.
    """
    with desk.database.write() as session:
        row, author = _marker(session, marker_id, version)
        said = _Said(row.from_ms, row.to_ms, MarkerKind(row.kind), row.text)
        row.removed_at = datetime.now(UTC)
        session.flush()
        _record(desk, session, "marker.removed", row, said.facts)
        return marker_of(desk, row, author)


@service(Right.VIEW)
def list_markers(desk: Desk, recording_id: str) -> Markers:
    """The markers of a recording. Raises :class:`UsageError` for an unknown one."""
    with desk.database.read() as session:
        recording = _recording(desk, session, recording_id)
        return Markers(tuple(markers_of(desk, session, [recording.id])[recording.id]))


@service(Right.VIEW)
def show_marker(desk: Desk, marker_id: str) -> Marker:
    """One marker. Raises :class:`UsageError` for one that is unknown or was removed."""
    with desk.database.read() as session:
        row, author = _marker(session, marker_id, None)
        _recording(desk, session, row.recording_id)
        return marker_of(desk, row, author)


def _recording(desk: Desk, session: Session, recording_id: str) -> Recording:
    row = session.scalars(visible(desk).where(Recording.id == plain(recording_id))).one_or_none()
    if row is None:
        raise UsageError("RECORDING_UNKNOWN", recordings=[recording_id])
    return row


def _marker(session: Session, marker_id: str, version: int | None) -> tuple[MarkerRow, str]:
    found = session.execute(there().where(MarkerRow.id == plain(marker_id))).one_or_none()
    if found is None:
        raise UsageError("MARKER_UNKNOWN", marker_id=marker_id)
    row, author = found
    if version is not None and row.version != version:
        raise StaleEdit(marker_id=row.id)
    return row, author


def _said(recording: Recording, at_s: float, to_s: float | None, kind: MarkerKind | None, text: str) -> _Said:
    end_s = _end(recording)
    for seconds in (at_s, at_s if to_s is None else to_s):
        if not math.isfinite(seconds) or not 0 <= milliseconds(seconds) <= milliseconds(end_s):
            raise UsageError("TIME_OUT_OF_RANGE", at=str(seconds), end=f"{end_s:g}")
    if to_s is not None and to_s < at_s:
        raise UsageError("SPAN_REVERSED", at=f"{at_s:g}", to=f"{to_s:g}")
    if kind is None:
        raise UsageError("EMPTY", field="kind")
    words = clean("text", text, _LONGEST) if text.strip() else ""
    return _Said(milliseconds(at_s), None if to_s is None else milliseconds(to_s), kind, words)


def _end(recording: Recording) -> float:
    """The last second that can be marked; a photograph has only its beginning."""
    if recording.duration_s is not None:
        return recording.duration_s
    return 0.0 if recording.kind == Kind.PHOTO else float(_LONGEST_SECONDS)


def _record(desk: Desk, session: Session, act: str, row: MarkerRow, facts: Mapping[str, object]) -> None:
    """An event of the recording's custody."""
    desk.record(session, act, ("recording", row.recording_id), {"marker_id": row.id, **facts})
