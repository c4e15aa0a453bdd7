"""Markers: what a person saw or heard at a time of a recording."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, UtcDateTime, new_id


class Marker(Base):
    """A time, or a span when ``to_ms`` is there, in milliseconds from the recording's beginning.

    A removed one stays in the table with ``removed_at``. ``search_text`` is the text, folded.
    """

    __tablename__ = "marker"
    __table_args__ = (Index("ix_marker_recording_id_from_ms_id", "recording_id", "from_ms", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id"))
    from_ms: Mapped[int] = mapped_column(BigInteger)
    to_ms: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
