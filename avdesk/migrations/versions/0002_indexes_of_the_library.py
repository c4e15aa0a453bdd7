"""Indexes by which the library's filters are answered at once, however many recordings there are."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.drop_index(op.f("ix_recording_kind"), "recording")
    op.create_index("ix_recording_kind_recorded_at_id", "recording", ["kind", "recorded_at", "id"], unique=False)
    op.drop_index(op.f("ix_copy_state"), "copy")
    op.create_index("ix_copy_state_recording_id", "copy", ["state", "recording_id"], unique=False)
