"""Spreadsheets, read back as any program would: as XML in a zip file."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from avdesk.errors import Cancelled, EnvironmentFault, UsageError
from avdesk.progress import Control, Progress
from avdesk.services.cases import add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.exports import export_recordings
from avdesk.services.library import browse
from avdesk.services.recordings import RecordingFilter
from tests.conftest import Collect

NUMBER = "平石医保罚字〔2026〕7号"
FORMULA = "=HYPERLINK(1)_20261124120000.LOG"
CARD = {
    "LOG/DSJ_5K20417_310086_20261123140210.LOG": b"one",
    "LOG/DSJ_5K20417_310086_20261124140210.LOG": b"three",
    f"LOG/{FORMULA}": b"fo",
}
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(file: Path) -> list[dict[str, str]]:
    """Rows of texts and numbers by column letter; a formula would be an error."""
    with zipfile.ZipFile(file) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        assert archive.testzip() is None
    assert not list(sheet.iter(f"{SPACE}f"))
    return [{cell.get("r", "").rstrip("0123456789"): _value(cell) for cell in row} for row in sheet.iter(f"{SPACE}row")]


def _value(cell: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in cell.iter() if text.tag in (f"{SPACE}t", f"{SPACE}v"))


@pytest.fixture
def ids(collect: Collect) -> dict[str, str]:
    return {outcome.path: str(outcome.recording_id) for outcome in collect(CARD).outcomes}


def test_every_column_of_what_is_wanted(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    add_case(desk, NUMBER, "惠民示例大药房案")
    link_recordings(desk, NUMBER, [ids["LOG/DSJ_5K20417_310086_20261123140210.LOG"]])
    output = tmp_path / "list.xlsx"
    done = export_recordings(desk, output, RecordingFilter(query="dsj"))
    assert (done.output, done.recordings) == (str(output), 2)
    title, made, head, first, second = cells(output)
    assert (title["A"], made["A"].startswith("平石市医疗保障局　王示例　")) == ("音像资料清单", True)
    assert made["A"].endswith("共 2 个文件")
    assert (head["A"], head["D"], head["L"]) == ("序号", "录制时间", "SHA-256")
    assert (first["A"], first["B"], first["C"]) == ("1", "DSJ_5K20417_310086_20261124140210.LOG", "附属")
    recorded = datetime(1899, 12, 30) + timedelta(days=float(second["D"]))  # noqa: DTZ001 - a spreadsheet's own
    assert abs(recorded - datetime(2026, 11, 23, 14, 2, 10)) < timedelta(seconds=1)  # noqa: DTZ001
    assert (second["F"], second["I"], second["J"]) == ("3", NUMBER, "惠民示例大药房案")
    assert (second["K"], len(second["L"])) == ("已核验", 64)


def test_only_the_named_ones_in_their_order(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "list.xlsx"
    formula, one, three = ids.values()
    assert export_recordings(desk, output, recording_ids=[three, formula, "unknown"]).recordings == 2
    assert [row["F"] for row in cells(output)[3:]] == ["5", "2"]
    assert export_recordings(desk, output, recording_ids=[one]).recordings == 1


def test_a_name_is_never_a_formula(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "list.xlsx"
    export_recordings(desk, output, recording_ids=[ids[f"LOG/{FORMULA}"]])
    assert cells(output)[3]["B"] == FORMULA


def test_more_than_one_portion(
    desk: Desk, ids: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avdesk.services.exports._PORTION", 2)
    told: list[Progress] = []
    export_recordings(desk, tmp_path / "a.xlsx", oldest_first=True, on_progress=told.append)
    sizes = [int(row["F"]) for row in cells(tmp_path / "a.xlsx")[3:]]
    assert sizes == [row.size for row in browse(desk, oldest_first=True).rows]
    assert [(each.files_done, each.files_total) for each in told] == [(0, 3), (1, 3), (2, 3)]


def test_a_list_that_is_stopped_leaves_what_was_there(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "list.xlsx"
    output.write_text("before")
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        export_recordings(desk, output, control=control)
    assert [path.name for path in tmp_path.glob("*list*")] == ["list.xlsx"]
    assert output.read_text() == "before"


def test_places_of_evidence_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
        export_recordings(desk, desk.first_vault.path / "list.xlsx")
    with pytest.raises(EnvironmentFault):
        export_recordings(desk, tmp_path / "none" / "list.xlsx")
