from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from avdesk.documents.form import Column, Form
from avdesk.errors import EnvironmentFault

Reader = Callable[..., str]
Ink = Callable[[Path], list[Any]]

COLUMNS = [Column("序号", 0.5, right=True), Column("文件", 3), Column("大小", right=True), Column("结果")]
PIXELS_A_MM = 300 / 25.4


def form(**options: Any) -> Form:
    return Form("平石市医疗保障局", "音像资料采集报告", number="采集〔2026〕18号", **options)


def rows(count: int) -> list[tuple[str, str, str, str]]:
    return [(str(i), f"DCIM/VDO_20261123_{i:06}.MP4", f"{i}.0 MiB", "已核验") for i in range(1, count + 1)]


def within_margins(pages: list[Any], width: float, height: float) -> bool:
    """No ink nearer than 10 mm to an edge of the paper."""
    border = round(10 * PIXELS_A_MM)
    for page in pages:
        assert page.shape == (pytest.approx(height * PIXELS_A_MM, abs=2), pytest.approx(width * PIXELS_A_MM, abs=2))
        if page.sum() != page[border:-border, border:-border].sum():
            return False
    return True


def test_a_report_is_read_back(tmp_path: Path, reader: Reader, ink: Ink) -> None:
    target = tmp_path / "report.pdf"
    report = form()
    report.heading("采集情况")
    report.facts([("采集人", "王示例"), ("来源", "/media/卡"), ("结论", "全部文件已核对。")])
    report.heading("文件")
    report.table(COLUMNS, rows(3))
    report.paragraph("以上文件由采集人当面核对。\n𠮷龘")
    report.signatures(["移交人", "采集人", "监督人", "日期"])
    assert report.save(target) == 1
    text = reader("pdftotext", "-layout", target, "-")
    for expected in (
        "平石市医疗保障局",
        "音像资料采集报告",
        "编号：采集〔2026〕18号",
        "采集情况",
        "王示例",
        "全部文件已核对。",
    ):
        assert expected in text
    assert re.search(r"1\s+DCIM/VDO_20261123_000001.MP4\s+1.0 MiB\s+已核验", text)
    assert "𠮷龘" in text
    assert all(f"{label}：" in text for label in ("移交人", "采集人", "监督人", "日期"))
    assert re.search(r"第 *1 *页 *共 *1 *页", text)
    fonts = reader("pdffonts", target).splitlines()[2:]
    assert fonts
    assert all("TrueType" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    information = reader("pdfinfo", target)
    assert "音像资料采集报告" in information
    assert "A4" in information
    assert within_margins(ink(target), 210, 297)


def test_a_long_table_repeats_its_head_and_loses_no_row(tmp_path: Path, reader: Reader, ink: Ink) -> None:
    target = tmp_path / "report.pdf"
    report = form(landscape=True)
    report.table(COLUMNS, iter(rows(150)))
    pages = report.save(target)
    assert pages > 3
    assert f"Pages:           {pages}" in reader("pdfinfo", target)
    for page in range(1, pages + 1):
        text = reader("pdftotext", "-layout", "-f", str(page), "-l", str(page), target, "-")
        assert text.count("序号") == 1
        assert text.count("编号：采集〔2026〕18号") == 1
        assert re.search(rf"第 *{page} *页 *共 *{pages} *页", text)
    whole = reader("pdftotext", target, "-")
    assert re.findall(r"VDO_20261123_(\d{6})", whole) == [f"{i:06}" for i in range(1, 151)]
    assert within_margins(ink(target), 297, 210)


def test_ten_thousand_rows(tmp_path: Path, reader: Reader) -> None:
    target = tmp_path / "report.pdf"
    report = form()
    report.table(COLUMNS, rows(10_000))
    pages = report.save(target)
    text = reader("pdftotext", "-f", str(pages), "-l", str(pages), target, "-")
    assert "VDO_20261123_010000.MP4" in text


def test_a_row_higher_than_a_page_is_carried_over(tmp_path: Path, reader: Reader, ink: Ink) -> None:
    target = tmp_path / "report.pdf"
    words = [f"W{i:04}" for i in range(2500)]
    report = form()
    report.facts([("说明", "".join(f"F{i:04}，" for i in range(2500))), ("采集人", "王示例")])
    report.table(COLUMNS, [("1", "，".join(words), "1 B", "已核验"), ("2", "尾", "2 B", "已核验")])
    assert report.save(target) > 4
    text = reader("pdftotext", "-layout", target, "-")
    assert sorted(set(re.findall(r"W\d{4}", text))) == words
    assert len(set(re.findall(r"F\d{4}", text))) == 2500
    assert "尾" in text
    assert within_margins(ink(target), 210, 297)


def test_running_text_goes_on_to_the_next_page(tmp_path: Path, reader: Reader, ink: Ink) -> None:
    target = tmp_path / "report.pdf"
    report = form()
    report.paragraph("\n".join(f"第{i}条，" + "依法检查，" * 30 for i in range(1, 61)))
    report.heading("标题" * 100)
    report.signatures([str(i) for i in range(12)])
    pages = report.save(target)
    assert pages > 2
    text = re.sub(r"\s", "", reader("pdftotext", target, "-"))
    assert all(f"第{i}条" in text for i in range(1, 61))
    assert within_margins(ink(target), 210, 297)


def test_names_of_files_show_what_cannot_be_seen(tmp_path: Path, reader: Reader) -> None:
    target = tmp_path / "report.pdf"
    report = form()
    report.table([Column("文件")], [["a\u202eb\n😀\udcff.mp4"], [""], ["Cafe\u0301"]])
    report.save(target)
    text = reader("pdftotext", target, "-")
    assert "a[U+202E]b[U+000A][U+1F600][U+DCFF].mp4" in text
    assert "Café" in text


def test_a_title_wider_than_the_page_is_cut_in_the_running_head_only(tmp_path: Path, ink: Ink, reader: Reader) -> None:
    target = tmp_path / "report.pdf"
    report = Form("平石市医疗保障局", "音像资料采集报告" * 12, number=None)
    report.table(COLUMNS, rows(60))
    assert report.save(target) == 2
    assert "…" in reader("pdftotext", "-f", "2", target, "-")
    assert re.sub(r"\s", "", reader("pdftotext", "-l", "1", target, "-")).count("音像资料采集报告") == 12
    assert within_margins(ink(target), 210, 297)


def test_tables_and_signatures_that_make_no_sense_are_bugs() -> None:
    with pytest.raises(ValueError, match="3 cells for 4 columns"):
        form().table(COLUMNS, [("1", "2", "3")])
    with pytest.raises(ValueError, match="head"):
        form().table([Column("标题" * 400, 0.01), Column("文件", 9)], [])
    with pytest.raises(ValueError, match="sign"):
        form().signatures(["移交人" * 10])


def test_a_form_that_cannot_be_written_is_an_environment_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        form().save(tmp_path / "missing" / "report.pdf")


def test_the_same_form_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        report = form()
        report.table(COLUMNS, rows(5))
        report.save(tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
