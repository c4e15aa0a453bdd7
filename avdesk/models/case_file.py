"""Cases and the recordings that belong to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, UtcDateTime, new_id


class CaseFile(Base):
    """``number`` as typed, ``normalised`` for comparing; ``disc_number`` is given once and kept."""

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(200))
    normalised: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(Text)
    party: Mapped[str | None] = mapped_column(Text)
    disc_number: Mapped[str | None] = mapped_column(String(100), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class CaseRecording(Base):
    """A recording linked to a case."""

    __tablename__ = "case_recording"

    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id"), primary_key=True, index=True)
    linked_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
