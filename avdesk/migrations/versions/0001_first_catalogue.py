"""The first catalogue: people, vaults, ingests, recordings, cases, policies, audit chain."""

import sqlalchemy as sa
from alembic import op

from avdesk.models.base import JsonText, UtcDateTime

revision = "0001"
down_revision = None

_SQLITE_TRIGGER = """
CREATE TRIGGER audit_event_no_{name} BEFORE {event} ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
"""
_SQLITE_NO_REPLACE = """
CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq OR hash = NEW.hash OR prev = NEW.prev)
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()
"""


def upgrade() -> None:
    _create_tables()
    op.execute("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_TRIGGER.format(name=event.lower(), event=event))
        op.execute(_SQLITE_NO_REPLACE)
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_POSTGRESQL_TRIGGER)


def _create_tables() -> None:
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("workstation", sa.String(length=255), nullable=False),
        sa.Column("act", sa.String(length=100), nullable=False),
        sa.Column("object_type", sa.String(length=50), nullable=False),
        sa.Column("object_id", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
        sa.UniqueConstraint("prev", name=op.f("uq_audit_event_prev")),
    )
    op.create_index("ix_audit_event_object_type_object_id", "audit_event", ["object_type", "object_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("normalised", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("disc_number", sa.String(length=100), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("disc_number", name=op.f("uq_case_file_disc_number")),
        sa.UniqueConstraint("normalised", name=op.f("uq_case_file_normalised")),
    )
    op.create_table(
        "number_series",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("enforcement_id", sa.String(length=50), nullable=True),
        sa.Column("section", sa.String(length=100), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("enforcement_id", name=op.f("uq_person_enforcement_id")),
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_unit_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_table(
        "vault",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault")),
    )
    op.create_table(
        "ingest",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("vault_id", sa.String(length=36), nullable=False),
        sa.Column("bag", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("recorder", JsonText(), nullable=False),
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("handed_in_by_id", sa.String(length=36), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("safe_to_erase", sa.Boolean(), nullable=False),
        sa.Column("reasons", JsonText(), nullable=False),
        sa.Column("audit_head", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["person.id"], name=op.f("fk_ingest_handed_in_by_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["person.id"], name=op.f("fk_ingest_operator_id")),
        sa.ForeignKeyConstraint(["vault_id"], ["vault.id"], name=op.f("fk_ingest_vault_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest")),
        sa.UniqueConstraint("vault_id", "bag", name=op.f("uq_ingest_vault_id_bag")),
    )
    op.create_index(op.f("ix_ingest_fingerprint"), "ingest", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_ingest_state"), "ingest", ["state"], unique=False)
    op.create_table(
        "policy_value",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.String(length=36), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_policy_value_changed_by_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_policy_value")),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ingest_id", sa.String(length=36), nullable=False),
        sa.Column("original_path", sa.LargeBinary(), nullable=False),
        sa.Column("original_name", sa.LargeBinary(), nullable=False),
        sa.Column("stored_path", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sm3", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at_source", sa.String(length=10), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(length=100), nullable=True),
        sa.Column("video_codec", sa.String(length=50), nullable=True),
        sa.Column("audio_codec", sa.String(length=50), nullable=True),
        sa.Column("frame_rate", sa.String(length=30), nullable=True),
        sa.Column("make", sa.String(length=200), nullable=True),
        sa.Column("model", sa.String(length=200), nullable=True),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("findings", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["ingest_id"], ["ingest.id"], name=op.f("fk_recording_ingest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
    )
    op.create_index("ix_recording_ingest_id_stored_path", "recording", ["ingest_id", "stored_path"], unique=True)
    op.create_index(op.f("ix_recording_kind"), "recording", ["kind"], unique=False)
    op.create_index("ix_recording_recorded_at_id", "recording", ["recorded_at", "id"], unique=False)
    op.create_index(op.f("ix_recording_sha256"), "recording", ["sha256"], unique=False)
    op.create_index("ix_recording_size_mtime_ns", "recording", ["size", "mtime_ns"], unique=False)
    op.create_table(
        "case_recording",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("recording_id", sa.String(length=36), nullable=False),
        sa.Column("linked_by_id", sa.String(length=36), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_recording_case_id")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["person.id"], name=op.f("fk_case_recording_linked_by_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_case_recording_recording_id")),
        sa.PrimaryKeyConstraint("case_id", "recording_id", name=op.f("pk_case_recording")),
    )
    op.create_index(op.f("ix_case_recording_recording_id"), "case_recording", ["recording_id"], unique=False)
    op.create_table(
        "copy",
        sa.Column("recording_id", sa.String(length=36), nullable=False),
        sa.Column("vault_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("read_back", sa.String(length=20), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_copy_recording_id")),
        sa.ForeignKeyConstraint(["vault_id"], ["vault.id"], name=op.f("fk_copy_vault_id")),
        sa.PrimaryKeyConstraint("recording_id", "vault_id", name=op.f("pk_copy")),
    )
    op.create_index(op.f("ix_copy_state"), "copy", ["state"], unique=False)
    op.create_table(
        "ingest_outcome",
        sa.Column("ingest_id", sa.String(length=36), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("matched_by", sa.String(length=20), nullable=True),
        sa.Column("recording_id", sa.String(length=36), nullable=True),
        sa.Column("error", JsonText(), nullable=True),
        sa.Column("findings", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["ingest_id"], ["ingest.id"], name=op.f("fk_ingest_outcome_ingest_id")),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_ingest_outcome_recording_id")),
        sa.PrimaryKeyConstraint("ingest_id", "path", name=op.f("pk_ingest_outcome")),
    )
    op.create_index("ix_ingest_outcome_path_size", "ingest_outcome", ["path", "size"], unique=False)
    op.create_table(
        "recorded_time",
        sa.Column("recording_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("raw", sa.String(length=100), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("zone_stated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["recording.id"], name=op.f("fk_recorded_time_recording_id")),
        sa.PrimaryKeyConstraint("recording_id", "position", name=op.f("pk_recorded_time")),
    )
