"""One collecting of one source, and what became of each of its files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, JsonText, UtcDateTime


class Ingest(Base):
    """``bag`` is relative to the root of the vault that was the first one then, ``None`` when nothing was new.

    ``derivation``: where what lies in the bag comes from, when it was made here from a recording; else ``None``.
    """

    __tablename__ = "ingest"
    __table_args__ = (UniqueConstraint("vault_id", "bag"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    vault_id: Mapped[str] = mapped_column(ForeignKey("vault.id"))
    bag: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), index=True)
    source: Mapped[str] = mapped_column(Text)
    source_key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    recorder: Mapped[object] = mapped_column(JsonText)
    operator_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    handed_in_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    safe_to_erase: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[object] = mapped_column(JsonText)
    audit_head: Mapped[str | None] = mapped_column(String(64))
    derivation: Mapped[object | None] = mapped_column(JsonText)


class IngestOutcome(Base):
    """One file of one ingest; ``path`` keeps the bytes of the card."""

    __tablename__ = "ingest_outcome"
    __table_args__ = (Index("ix_ingest_outcome_path_size", "path", "size"),)

    ingest_id: Mapped[str] = mapped_column(ForeignKey("ingest.id"), primary_key=True)
    path: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    mtime_ns: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    matched_by: Mapped[str | None] = mapped_column(String(20))
    recording_id: Mapped[str | None] = mapped_column(ForeignKey("recording.id"))
    error: Mapped[object | None] = mapped_column(JsonText)
    findings: Mapped[object] = mapped_column(JsonText)
