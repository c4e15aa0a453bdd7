"""What was found in picture and sound of a recording. The measured values behind it lie in the workspace's cache."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, JsonText, UtcDateTime


class Analysis(Base):
    """``settings`` is a digest over version and thresholds; ``spans`` hold milliseconds, ``frames`` those looked at."""

    __tablename__ = "analysis"
    __table_args__ = (Index("ix_analysis_settings_recording_id", "settings", "recording_id"),)

    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id"), primary_key=True)
    version: Mapped[int] = mapped_column()
    settings: Mapped[str] = mapped_column(String(64))
    analysed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10))
    frames: Mapped[int] = mapped_column()
    spans: Mapped[object] = mapped_column(JsonText)
    findings: Mapped[object] = mapped_column(JsonText)
