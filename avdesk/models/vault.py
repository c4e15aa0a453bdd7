"""The vaults this catalogue knows; where each lies on a PC is in that PC's ``avdesk.toml``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, UtcDateTime


class Vault(Base):
    __tablename__ = "vault"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    role: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
