"""What was read in one file, and how it travels as JSON from the worker process, which nobody trusts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from avdesk.findings import Finding
from avdesk.terms import Kind, TimeSource

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A recorded time as it stands in the file.

    ``raw`` is the text that was read; ``at`` is aware when ``zone_stated``, else naive in the recorder's own zone.
    """

    source: TimeSource
    raw: str
    at: datetime
    zone_stated: bool


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the content of a file says; what it does not say is ``None``.

    ``kind`` is judged by the content alone, ``duration_s`` in seconds, ``width`` and ``height`` in pixels as coded (no
    rotation applied), ``frame_rate`` a fraction (``30000/1001``), codecs as FFmpeg names them, ``times`` best first.
    ``findings`` have no path: the caller knows it.
    """

    kind: Kind | None = None
    format: str | None = None
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    frame_rate: str | None = None
    make: str | None = None
    model: str | None = None
    serial: str | None = None
    times: tuple[ReadTime, ...] = ()
    findings: tuple[Finding, ...] = ()


def clean_text(value: object) -> str | None:
    """Text out of a file's metadata, fit for a table: one line, no control characters, no lone surrogates, not endless.

    ``None`` for anything empty or that is no text.
    """
    if isinstance(value, bytes):
        value = value.split(b"\0", 1)[0].decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    encodable = value.split("\0", 1)[0].encode("utf-8", "replace").decode("utf-8")
    text = " ".join("".join(c if c.isprintable() else " " for c in encodable).split())
    return text[:LONGEST_TEXT] or None


def to_message(facts: MediaFacts) -> dict[str, object]:
    """The facts as a JSON object."""
    message: dict[str, object] = {name: getattr(facts, name) for name in MediaFacts.__slots__}
    message["times"] = [[t.source, t.raw, t.at.isoformat(), t.zone_stated] for t in facts.times]
    message["findings"] = [[f.code, dict(f.facts)] for f in facts.findings]
    return message


def from_message(message: object) -> MediaFacts:
    """The facts out of a JSON object. Raises :class:`ValueError` for what :func:`to_message` would not write."""
    if not isinstance(message, dict) or set(message) != set(MediaFacts.__slots__):
        raise ValueError("not the facts of a file")
    kind = _text(message, "kind")
    return MediaFacts(
        kind=None if kind is None else Kind(kind),
        format=_text(message, "format"),
        duration_s=_number(message, "duration_s"),
        width=_whole(message, "width"),
        height=_whole(message, "height"),
        video_codec=_text(message, "video_codec"),
        audio_codec=_text(message, "audio_codec"),
        frame_rate=_text(message, "frame_rate"),
        make=_text(message, "make"),
        model=_text(message, "model"),
        serial=_text(message, "serial"),
        times=tuple(_time(row) for row in _rows(message, "times", 4)),
        findings=tuple(_finding(row) for row in _rows(message, "findings", 2)),
    )


def _text(message: Mapping[str, object], name: str) -> str | None:
    value = message[name]
    if value is None or (isinstance(value, str) and len(value) <= LONGEST_TEXT):
        return value
    raise ValueError(name)


def _number(message: Mapping[str, object], name: str) -> float | None:
    value = message[name]
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(name)


def _whole(message: Mapping[str, object], name: str) -> int | None:
    value = message[name]
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(name)


def _rows(message: Mapping[str, object], name: str, width: int) -> list[list[object]]:
    rows = message[name]
    if isinstance(rows, list) and all(isinstance(row, list) and len(row) == width for row in rows):
        return rows
    raise ValueError(name)


def _time(row: list[object]) -> ReadTime:
    source, raw, at, zone_stated = row
    if not isinstance(source, str) or not isinstance(raw, str) or not isinstance(at, str):
        raise ValueError("times")
    moment = datetime.fromisoformat(at)
    if zone_stated is not (moment.tzinfo is not None):
        raise ValueError("times")
    return ReadTime(TimeSource(source), raw, moment, moment.tzinfo is not None)


def _finding(row: list[object]) -> Finding:
    code, facts = row
    if not isinstance(code, str) or not isinstance(facts, dict):
        raise ValueError("findings")
    return Finding(code, None, facts)
