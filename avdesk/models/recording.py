"""Recordings (any kind of original), the times they carry, and their copies in vaults."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, JsonText, UtcDateTime, new_id


class Recording(Base):
    """One original file, or one made here from another, which is ``derived_from``.

    Sizes in bytes, durations in seconds; ``stored_path`` is relative to its bag's ``data``.
    """

    __tablename__ = "recording"
    __table_args__ = (
        Index("ix_recording_recorded_at_id", "recorded_at", "id"),
        Index("ix_recording_kind_recorded_at_id", "kind", "recorded_at", "id"),
        Index("ix_recording_size_mtime_ns", "size", "mtime_ns"),
        Index("ix_recording_ingest_id_stored_path", "ingest_id", "stored_path", unique=True),
        Index("ix_recording_derived_from", "derived_from"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    ingest_id: Mapped[str] = mapped_column(ForeignKey("ingest.id"))
    original_path: Mapped[bytes] = mapped_column(LargeBinary)
    original_name: Mapped[bytes] = mapped_column(LargeBinary)
    stored_path: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    sm3: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at_source: Mapped[str] = mapped_column(String(10))
    duration_s: Mapped[float | None] = mapped_column()
    width: Mapped[int | None] = mapped_column()
    height: Mapped[int | None] = mapped_column()
    format: Mapped[str | None] = mapped_column(String(100))
    video_codec: Mapped[str | None] = mapped_column(String(50))
    audio_codec: Mapped[str | None] = mapped_column(String(50))
    frame_rate: Mapped[str | None] = mapped_column(String(30))
    make: Mapped[str | None] = mapped_column(String(200))
    model: Mapped[str | None] = mapped_column(String(200))
    serial: Mapped[str | None] = mapped_column(String(200))
    findings: Mapped[object] = mapped_column(JsonText)
    derived_from: Mapped[str | None] = mapped_column(ForeignKey("recording.id"))


class RecordedTime(Base):
    """One time that a recording carries, as it was read: raw text, source, and whether its zone was stated."""

    __tablename__ = "recorded_time"

    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(10))
    raw: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone_stated: Mapped[bool] = mapped_column()


class Copy(Base):
    """One copy of a recording in one vault."""

    __tablename__ = "copy"
    __table_args__ = (Index("ix_copy_state_recording_id", "state", "recording_id"),)

    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id"), primary_key=True)
    vault_id: Mapped[str] = mapped_column(ForeignKey("vault.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    read_back: Mapped[str | None] = mapped_column(String(20))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
