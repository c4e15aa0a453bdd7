"""The printed report of one collecting."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from avdesk.errors import EnvironmentFault, UsageError
from avdesk.services.desk import Desk
from avdesk.services.reports import ingest_report
from tests.conftest import Collect

CARD = {
    "LOG/DSJ_5K20417_310086_20261123140210.LOG": b"one",
    "LOG/空.LOG": b"",
    os.fsdecode(b"LOG/\xb3\xb5.LOG"): b"three",
}


def test_every_file_stands_in_it(desk: Desk, collect: Collect, tmp_path: Path) -> None:
    report = collect(CARD)
    printed = ingest_report(desk, report.ingest_id, tmp_path / "report.pdf")
    assert (printed.pages, printed.files) == (1, 3)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert desk.unit in text and "王示例" in text
    assert "20261123140210" in text.replace("\n", "").replace(" ", "")


def test_an_unknown_ingest_is_refused(desk: Desk, tmp_path: Path) -> None:
    for named in ("", "nothing", "\udcff", "\0"):
        with pytest.raises(UsageError, match="INGEST_UNKNOWN"):
            ingest_report(desk, named, tmp_path / "report.pdf")


def test_where_it_cannot_be_written(desk: Desk, collect: Collect, tmp_path: Path) -> None:
    report = collect(CARD)
    with pytest.raises(EnvironmentFault):
        ingest_report(desk, report.ingest_id, tmp_path / "missing" / "report.pdf")
    with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
        ingest_report(desk, report.ingest_id, desk.first_vault.path / "report.pdf")
