"""Lists as spreadsheets: what the disk refuses."""

from __future__ import annotations

import errno
import gc
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from avdesk.documents.cases_list import ListedCase, write_cases_list
from avdesk.documents.sheets import ListHead

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HEAD = ListHead("平石市医疗保障局", "王示例", MADE, 1)
CASE = ListedCase("平石医保罚字〔2026〕7号", "甲案", None, 0, False, MADE, None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_disk_that_is_full_says_so() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError) as raised:
        write_cases_list(HEAD, [CASE], full)
    assert raised.value.errno == errno.ENOSPC


@pytest.mark.filterwarnings("ignore:Exception ignored in. <function ZipFile:pytest.PytestUnraisableExceptionWarning")
def test_without_a_place_for_temporary_files_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(OSError) as raised:
        write_cases_list(HEAD, [CASE], BytesIO())
    assert raised.value.errno == errno.ENOENT
    del raised
    gc.collect()  # the library has left its archive open
