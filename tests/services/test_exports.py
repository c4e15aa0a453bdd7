"""Spreadsheets, read back as any program would: as XML in a zip file."""

from __future__ import annotations

import json
import os
import socket
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from avdesk.errors import Cancelled, EnvironmentFault, UsageError
from avdesk.progress import Control, Progress
from avdesk.services import ingest
from avdesk.services.audit import export_audit
from avdesk.services.cases import CaseOrder, add_case, link_recordings
from avdesk.services.desk import Desk
from avdesk.services.exports import export_cases, export_plan, export_recordings
from avdesk.services.library import browse
from avdesk.services.markers import add_marker
from avdesk.services.recordings import RecordingFilter
from avdesk.terms import MarkerKind
from tests.conftest import Collect, make_card

NUMBER = "平石医保罚字〔2026〕7号"
DIFFERS = "与以前采集的同名文件内容不同，另存一份"
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
    assert (done.output, done.rows) == (str(output), 2)
    title, made, head, first, second = cells(output)
    assert (title["A"], made["A"].startswith("平石市医疗保障局　王示例　")) == ("音像资料清单", True)
    assert made["A"].endswith("共 2 个文件")
    assert (head["A"], head["D"], head["L"]) == ("序号", "录制时间", "SHA-256")
    assert (first["A"], first["B"], first["C"]) == ("1", "DSJ_5K20417_310086_20261124140210.LOG", "附属文件")
    recorded = datetime(1899, 12, 30) + timedelta(days=float(second["D"]))  # noqa: DTZ001 - a spreadsheet's own
    assert abs(recorded - datetime(2026, 11, 23, 14, 2, 10)) < timedelta(seconds=1)  # noqa: DTZ001
    assert (second["F"], second["I"], second["J"]) == ("3", NUMBER, "惠民示例大药房案")
    assert (second["K"], len(second["L"])) == ("已核验", 64)


def test_markers_stand_in_their_own_column(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    one = ids["LOG/DSJ_5K20417_310086_20261123140210.LOG"]
    add_marker(desk, one, 3725.5, kind=MarkerKind.VIOLATION, text="=拒绝")
    add_marker(desk, one, 5, to_s=9, kind=MarkerKind.PLACE)
    output = tmp_path / "list.xlsx"
    export_recordings(desk, output)
    _title, _made, head, *rows = cells(output)
    assert head["N"] == "标记"
    assert [row["N"] for row in rows if "N" in row] == ["0:00:05–0:00:09 地点；1:02:05 违法行为 =拒绝"]


def test_only_the_named_ones_in_their_order(desk: Desk, ids: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "list.xlsx"
    formula, one, three = ids.values()
    assert export_recordings(desk, output, recording_ids=[three, formula, "unknown"]).rows == 2
    assert [row["F"] for row in cells(output)[3:]] == ["5", "2"]
    assert export_recordings(desk, output, recording_ids=[one]).rows == 1


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


class TestPlans:
    def test_every_file_of_the_card_with_its_state_and_why(
        self, desk: Desk, ids: dict[str, str], tmp_path: Path
    ) -> None:
        known = tmp_path / "card-0"
        os.utime(known / f"LOG/{FORMULA}", (1, 1))
        (known / "LOG/DSJ_5K20417_310086_20261124140210.LOG").write_bytes(b"other")
        (known / "DCIM").mkdir()
        (known / "DCIM/=1+1.JPG").write_bytes(b"jpeg")
        (known / "DCIM/IMG_20261121_101500.JPG").write_bytes(b"mine")
        os.utime(known / "DCIM/=1+1.JPG", (0, 0))
        (known / ".DS_Store").write_bytes(b"")
        (known / "link").symlink_to("/etc/hostname")
        os.mkfifo(known / "pipe")
        plans = [ingest.plan(desk, source, probe=False) for source in ingest.choose([known])]
        output = tmp_path / "plan.xlsx"
        done = export_plan(desk, output, plans, [{"DCIM/IMG_20261121_101500.JPG": "私人照片"}])
        title, made, head, *rows = cells(output)
        assert done.rows == len(rows) == sum(len(plan.files) for plan in plans) == 8
        assert title["A"] == f"采集清单　{known}"
        assert made["A"].endswith("共 8 个文件")
        assert [head[letter] for letter in "ABDFGH"] == ["序号", "文件名", "录制时间", "字节", "状态", "说明"]
        told = [(row["B"], row.get("F"), row["G"], row.get("H")) for row in rows]
        assert told == [
            ("=1+1.JPG", "4", "新文件", None),
            (FORMULA, "2", "有变化", DIFFERS),
            ("IMG_20261121_101500.JPG", "4", "未选", "私人照片"),
            ("DSJ_5K20417_310086_20261123140210.LOG", "3", "已采集", "名称、大小、时间相同"),
            ("DSJ_5K20417_310086_20261124140210.LOG", "5", "有变化", DIFFERS),
            (".DS_Store", "0", "跳过", "系统文件，不是音像资料"),
            ("link", None, "跳过", "链接，不是文件"),
            ("pipe", None, "跳过", "管道，不是文件"),
        ]
        assert {row["J"] for row in rows} == {str(known)}

    def test_every_reason_to_pass_over_a_file_has_its_words(self, desk: Desk, tmp_path: Path) -> None:
        card = make_card(tmp_path, {"a.LOG": b"a"})
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(card / "socket"))
        (source,) = ingest.choose([card])
        made = ingest.plan(desk, source, probe=False)
        skipped = next(file for file in made.files if file.reason == "SOCKET")
        reasons = ("SOCKET", "DEVICE", "OTHER_FILE_SYSTEM")
        files = tuple(replace(skipped, reason=reason) for reason in reasons)
        export_plan(desk, tmp_path / "plan.xlsx", [replace(made, files=files)])
        said = [row["H"] for row in cells(tmp_path / "plan.xlsx")[3:]]
        assert said == ["套接字，不是文件", "设备节点，不是文件", "在另一个磁盘上"]

    def test_two_volumes_are_one_list(self, desk: Desk, tmp_path: Path) -> None:
        cards = [
            make_card(tmp_path, {"IMG_20261120_101500.JPG": b"a"}),
            make_card(tmp_path, {"IMG_20261119_101500.JPG": b"b"}),
        ]
        plans = [ingest.plan(desk, source, probe=False) for source in ingest.choose(cards)]
        export_plan(desk, tmp_path / "plan.xlsx", plans, [{}, {"IMG_20261119_101500.JPG": ""}])
        rows = cells(tmp_path / "plan.xlsx")[3:]
        assert [(row["I"], row["G"], row["J"]) for row in rows] == [
            ("IMG_20261119_101500.JPG", "未选", str(cards[1])),
            ("IMG_20261120_101500.JPG", "新文件", str(cards[0])),
        ]


class TestCases:
    @pytest.fixture
    def three(self, desk: Desk, ids: dict[str, str]) -> None:
        add_case(desk, "平石医保罚字〔2026〕3号", "丙案", "惠民示例大药房")
        add_case(desk, NUMBER, "甲案")
        add_case(desk, "另字〔2026〕5号", "乙案", "样本口腔门诊部")
        link_recordings(desk, NUMBER, list(ids.values()))

    def test_all_that_are_found_in_the_order_wanted(
        self, desk: Desk, three: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("avdesk.services._case_rows._PORTION", 1)
        output = tmp_path / "cases.xlsx"
        assert export_cases(desk, output).rows == 3
        title, made, head, *rows = cells(output)
        assert (title["A"], made["A"].endswith("共 3 件"), head["B"]) == ("案件清单", True, "案号")
        assert [(row["A"], row["C"]) for row in rows] == [("1", "乙案"), ("2", "甲案"), ("3", "丙案")]
        assert [(row["E"], row["F"]) for row in rows] == [("0", "无资料"), ("3", "未做标签"), ("0", "无资料")]
        assert export_cases(desk, output, "平石").rows == 2
        export_cases(desk, output, order=CaseOrder.RECORDINGS, descending=True)
        assert [row["B"] for row in cells(output)[3:]] == [NUMBER, "另字〔2026〕5号", "平石医保罚字〔2026〕3号"]

    def test_an_export_is_audited(self, desk: Desk, three: None, tmp_path: Path) -> None:
        export_cases(desk, tmp_path / "cases.xlsx", "样本")
        export_audit(desk, tmp_path / "audit.jsonl")
        event = json.loads((tmp_path / "audit.jsonl").read_text().splitlines()[-1])
        assert (event["act"], event["facts"]["cases"], event["facts"]["file"]) == ("list.exported", 1, "cases.xlsx")

    def test_what_was_there_stays_when_it_cant_be_written(self, desk: Desk, tmp_path: Path) -> None:
        with pytest.raises(EnvironmentFault):
            export_cases(desk, tmp_path)
        with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
            export_cases(desk, desk.first_vault.path / "cases.xlsx")
