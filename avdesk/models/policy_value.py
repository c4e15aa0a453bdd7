"""Policies that were changed from their default."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, JsonText, UtcDateTime


class PolicyValue(Base):
    __tablename__ = "policy_value"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[object] = mapped_column(JsonText)
    reason: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
