"""``volumes`` as the contract has it; what counts as what is tested in ``recorders``."""

from __future__ import annotations

from tests.cli.conftest import Call

FIELDS = {
    *("mount", "device", "fstype", "uuid", "label", "port", "read_only", "bytes_total", "bytes_free", "state"),
    *("profile", "why", "serial", "asset_number", "files", "new"),
}


def test_every_mount_is_told_with_its_reason(at: Call) -> None:
    said = at("volumes")
    assert said.status == 0 and said.document["volumes"]
    for row in said.document["volumes"]:
        assert set(row) >= FIELDS
        assert row["state"] in ("RECORDER", "STORAGE", "EXCLUDED")
        assert row["why"] or row["state"] == "STORAGE"
        assert row["files"] is None or set(row["files"]) == {"video", "audio", "photo", "other"}


def test_waiting_ends_at_the_latest_when_asked(at: Call) -> None:
    assert at("volumes", "--wait", "0.05").document["volumes"]
