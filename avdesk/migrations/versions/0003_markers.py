"""Markers, and recordings that are made from others."""

import sqlalchemy as sa
from alembic import op

from avdesk.models.base import JsonText, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("recording") as recording:  # SQLite makes the table anew; it has no triggers to lose
        recording.add_column(sa.Column("derived_from", sa.String(length=36), nullable=True))
        recording.create_foreign_key(op.f("fk_recording_derived_from"), "recording", ["derived_from"], ["id"])
        recording.create_index("ix_recording_derived_from", ["derived_from"], unique=False)
    op.add_column("ingest", sa.Column("derivation", JsonText(), nullable=True))
    op.create_table(
        "marker",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recording_id", sa.String(length=36), nullable=False),
        sa.Column("from_ms", sa.BigInteger(), nullable=False),
        sa.Column("to_ms", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_marker_author_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_marker_recording_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marker")),
    )
    op.create_index("ix_marker_recording_id_from_ms_id", "marker", ["recording_id", "from_ms", "id"], unique=False)
