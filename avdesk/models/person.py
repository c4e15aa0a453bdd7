"""People and the unit they belong to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from avdesk.models.base import Base, Id, UtcDateTime, new_id


class Unit(Base):
    """The enforcement unit that this workstation serves; exactly one row."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str] = mapped_column(String(200))


class Person(Base):
    """One human, one row. Operator, officer, reviewer, witness and maker are roles a person plays."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(100), index=True)
    enforcement_id: Mapped[str | None] = mapped_column(String(50), unique=True)
    section: Mapped[str | None] = mapped_column(String(100))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
