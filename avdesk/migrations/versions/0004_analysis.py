"""What was found in picture and sound of recordings."""

import sqlalchemy as sa
from alembic import op

from avdesk.models.base import JsonText, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "analysis",
        sa.Column("recording_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.String(length=64), nullable=False),
        sa.Column("analysed_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("frames", sa.Integer(), nullable=False),
        sa.Column("spans", JsonText(), nullable=False),
        sa.Column("findings", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_analysis_recording_id")),
        sa.PrimaryKeyConstraint("recording_id", name=op.f("pk_analysis")),
    )
    op.create_index("ix_analysis_settings_recording_id", "analysis", ["settings", "recording_id"], unique=False)
