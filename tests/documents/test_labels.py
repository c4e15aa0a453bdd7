from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avdesk.documents import fonts
from avdesk.documents.labels import Item, Label, LabelContent, LabelSheet, draw_labels, lay_out_labels
from avdesk.documents.stocks import Stock, find_stock
from avdesk.errors import UsageError
from avdesk.terms import Kind

Content = Callable[..., LabelContent]
Reader = Callable[..., str]
Ink = Callable[[Path], list[Any]]
Cut = Callable[[Any, Sequence[float]], Any]

PIXELS_A_MM = 300 / 25.4
SENTENCE = "关于惠民示例大药房（平石市示例区示例路128号）违规使用医疗保障基金、“串换药品”并阻碍执法人员依法检查一案，"
CHINA = timezone(timedelta(hours=8))


def boxes(label: Label) -> dict[str, tuple[float, float, float, float]]:
    return {item.item: item.box_mm for item in label.items}


def texts(label: Label) -> dict[str, str]:
    return {item.item: item.text for item in label.items}


def inside(box: Sequence[float], outline: Sequence[float]) -> bool:
    return (
        outline[0] <= box[0]
        and outline[1] <= box[1]
        and box[0] + box[2] <= outline[0] + outline[2]
        and box[1] + box[3] <= outline[1] + outline[3]
    )


def overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return (
        one[0] < other[0] + other[2] - 0.01
        and other[0] < one[0] + one[2] - 0.01
        and one[1] < other[1] + other[3] - 0.01
        and other[1] < one[1] + one[3] - 0.01
    )


def check_paper(sheet: LabelSheet, pages: list[Any], cut: Cut) -> None:
    """Every item has ink inside its box, from side to side and down to where letters stand, no two boxes overlap,
    nothing is outside the outlines (the cut line's own width aside).
    """
    assert len(pages) == sheet.pages
    left = [page.copy() for page in pages]
    for label in sheet.labels:
        found = boxes(label)
        assert list(found) == [item.value for item in Item]
        for name, box, pt in ((item.item, item.box_mm, item.pt or 0) for item in label.items):
            assert inside(box, label.outline_mm), name
            part = cut(pages[label.page - 1], box)
            assert part.any(), name
            columns = np.flatnonzero(part.any(axis=0))
            assert columns[-1] > part.shape[1] * 0.6, name
            below = part.shape[0] - np.flatnonzero(part.any(axis=1))[-1]
            assert below <= 0.32 * pt / 72 * 300 + 2 or texts(label)[name] == "—", name
            assert not any(overlap(box, other) for key, other in found.items() if key != name), name
        x, y, width, height = label.outline_mm
        cut(left[label.page - 1], (x - 0.3, y - 0.3, width + 0.6, height + 0.6))[:] = False
    assert not any(page.any() for page in left)


def check_text(sheet: LabelSheet, pdf: Path, reader: Reader) -> None:
    """What another program reads within an item's box is the item's text; hyphens aside, which it takes away where a
    line ends with one.
    """
    dpi = 720
    for label in sheet.labels:
        for item in label.items:
            if item.item == Item.QR:
                continue
            x, y, width, height = (str(round(value * dpi / 25.4)) for value in item.box_mm)
            area = ["-r", str(dpi), "-x", x, "-y", y, "-W", width, "-H", height]
            page = str(label.page)
            shown = reader("pdftotext", "-f", page, "-l", page, *area, pdf, "-")
            assert re.sub(r"[\s-]", "", shown) == re.sub(r"[\s-]", "", item.text), item.item


NAMES = {
    "one character": {"title": "案", "unit": "局", "maker": "王", "number": "7", "disc_number": "1"},
    "40 characters": {"title": SENTENCE[:40], "unit": SENTENCE[:40]},
    "120 characters": {"title": (SENTENCE * 3)[:120]},
    "400 characters": {"title": (SENTENCE * 9)[:400]},
    "rare characters": {"title": "㐂𠮷龘䶮大药房〔〕①㉑", "unit": "𠮷龘市局", "maker": "䶮㐂"},
    "long Latin word": {"title": "W" * 150, "unit": "Example" * 20, "disc_number": "PSYB-" * 12},
    "not one line": {"title": "惠民\n示例\u2028大药房\t案\x07\u3000 件", "unit": " 平石市\r\n医疗保障局 "},
    "several days": {"recorded_to": datetime(2026, 11, 25, 9, 5, tzinfo=CHINA), "verified": True},
    "nothing recorded": {"recorded_from": None, "recorded_to": None, "counts": {}, "files": 0, "size": 0},
    "every kind": {"counts": dict.fromkeys(Kind, 88888), "files": 444440, "size": 2**50, "disc": 10, "discs": 12},
}

OTHER_STOCKS = {
    "usual": {},
    **{name: NAMES[name] for name in ("one character", "40 characters", "not one line", "several days")},
    "rare characters": {"title": "㐂𠮷龘䶮大药房〔〕①㉑", "unit": "𠮷龘市局", "maker": "䶮㐂"},
    "long": {"title": (SENTENCE * 2)[:90], "unit": SENTENCE[:50], "maker": "W" * 22, "verified": True},
    "every kind": {"counts": dict.fromkeys(Kind, 888), "files": 4440, "size": 2**50, "disc": 10, "discs": 12},
}


@pytest.mark.parametrize("changes", NAMES.values(), ids=NAMES)
def test_every_item_stands_in_its_box_and_nothing_leaves_the_outline(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, reader: Reader, changes: dict[str, object]
) -> None:
    target = tmp_path / "labels.pdf"
    sheet = draw_labels(content(**changes), find_stock(), target)
    assert [label.too_long for label in sheet.labels] == [(), ()]
    assert all(item.pt is None or item.pt >= 6 for label in sheet.labels for item in label.items)
    check_paper(sheet, ink(target), cut)
    check_text(sheet, target, reader)


@pytest.mark.parametrize("stock", ["jewel-front", "ring-2up", "ring-2up-full"])
@pytest.mark.parametrize("changes", OTHER_STOCKS.values(), ids=OTHER_STOCKS)
def test_on_every_stock_the_ink_stays_where_it_may(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, reader: Reader, stock: str, changes: dict[str, object]
) -> None:
    target = tmp_path / "labels.pdf"
    sheet = draw_labels(content(**changes), find_stock(stock), target, dx=0.5, dy=-0.3)
    assert [label.too_long for label in sheet.labels] == [(), ()]
    pages = ink(target)
    check_paper(sheet, pages, cut)
    check_text(sheet, target, reader)
    if find_stock(stock).is_ring:
        check_ring(sheet, pages, find_stock(stock))


def check_ring(sheet: LabelSheet, pages: list[Any], stock: Stock) -> None:
    """Nothing outside the ring nor in its hole, and as much room at both edges as the stock keeps free."""
    for label in sheet.labels:
        x, y, side, _ = label.outline_mm
        rows, columns = np.nonzero(pages[label.page - 1])
        near = (rows / PIXELS_A_MM > y) & (rows / PIXELS_A_MM < y + side)
        away = np.hypot(columns / PIXELS_A_MM - x - side / 2, rows / PIXELS_A_MM - y - side / 2)[near]
        assert away.size
        assert away.max() <= side / 2 - stock.safe + 0.1
        assert away.min() >= stock.hole / 2 + stock.safe - 0.1


def test_what_is_too_long_for_a_ring_is_named_and_fits_when_shortened(tmp_path: Path, content: Content) -> None:
    target = tmp_path / "labels.pdf"
    changes = {"title": SENTENCE * 9, "unit": SENTENCE * 3, "maker": "王示例、" * 40}
    sheet = draw_labels(content(**changes), find_stock("ring-2up"), target)
    fits = {one.item: one.fits for one in sheet.labels[0].too_long}
    assert set(fits) == set(changes)
    assert not target.exists()
    shortened = {name: text[: fits[name]] for name, text in changes.items()}
    assert not any(label.too_long for label in draw_labels(content(**shortened), find_stock("ring-2up"), target).labels)


def test_full_rows_on_the_jewel_front_name_what_is_too_long(tmp_path: Path, content: Content) -> None:
    changes = {"title": SENTENCE * 8, "unit": SENTENCE * 2, "number": SENTENCE * 2, "maker": SENTENCE}
    stock = find_stock("jewel-front")
    too_long = draw_labels(content(**changes), stock, tmp_path / "labels.pdf").labels[0].too_long
    assert all(0 < one.fits < one.length for one in too_long)
    shortened = changes | {one.item: changes[one.item][: one.fits] for one in too_long}
    assert not draw_labels(content(**shortened), stock, tmp_path / "labels.pdf").labels[0].too_long


@pytest.mark.parametrize("stock", ["sleeve", "ring-2up"])
def test_a_layout_tells_what_the_paper_has_without_writing(tmp_path: Path, content: Content, stock: str) -> None:
    laid = lay_out_labels(content(title="𠮷龘大药房案"), find_stock(stock), dx=1)
    sheet = draw_labels(content(title="𠮷龘大药房案"), find_stock(stock), tmp_path / "labels.pdf", dx=1)
    assert laid.sheet == sheet
    for label, drawing in zip(laid.sheet.labels, laid.drawings, strict=True):
        said = "".join(run.text for run in drawing.runs)
        assert all(text in said for text in ("𠮷", texts(label)["disc_number"], "音像资料光盘"))
        x, y, width, height = label.outline_mm
        for name, box in boxes(label).items():
            if name == "qr":
                continue
            begins = [run for run in drawing.runs if texts(label)[name].startswith(run.text)]
            assert any(abs(run.x + x - box[0]) < 0.01 and box[1] < run.y + y < box[1] + box[3] for run in begins), name
        assert all(0 < one.x < width and 0 < one.y < height for one in drawing.modules)
    assert {run.font for run in laid.drawings[0].runs} == {fonts.REGULAR, fonts.BOLD, fonts.RARE}


def test_what_the_labels_say(tmp_path: Path, content: Content) -> None:
    sheet = draw_labels(content(), find_stock(), tmp_path / "labels.pdf")
    first, second = sheet.labels
    assert texts(first) == {
        "unit": "平石市医疗保障局",
        "maker": "王示例",
        "date": "2026年11月24日",
        "title": "惠民示例大药房违规使用医保基金案",
        "number": "平石医保罚字〔2026〕7号",
        "disc_number": "PSYB-2026-0007-1",
        "copy": "正本（第 1 份，共 2 份），盘 1 / 1",
        "recorded": "2026年11月23日 13:58 至 16:32",
        "files": "视频 7、照片 3、录音 1，共 11 个文件，6.8 GiB",
        "verified": "未核验",
        "qr": "PSYB-2026-0007-1\n平石医保罚字〔2026〕7号\n平石市医疗保障局\n2026-11-24",
    }
    assert texts(second)["disc_number"] == "PSYB-2026-0007-2"
    assert texts(second)["copy"] == "副本（第 2 份，共 2 份），盘 1 / 1"
    assert [(label.copy, label.of, label.disc, label.page, label.verified) for label in sheet.labels] == [
        (1, 2, 1, 1, False),
        (2, 2, 1, 1, False),
    ]


@pytest.mark.parametrize("changes", [{}, {"title": SENTENCE[:40]}, {"title": (SENTENCE * 3)[:100]}])
def test_the_items_of_article_16_come_first_and_largest(
    tmp_path: Path, content: Content, changes: dict[str, object]
) -> None:
    label = draw_labels(content(**changes), find_stock(), tmp_path / "labels.pdf").labels[0]
    size = {item.item: item.pt or 0 for item in label.items}
    top = {item.item: item.box_mm[1] for item in label.items}
    required = ["unit", "maker", "date", "title", "number"]
    others = ["copy", "recorded", "files"]
    assert all(size["disc_number"] > size[item] for item in required)
    assert min(size[item] for item in required) >= max(size[item] for item in others)
    assert max(top[item] for item in [*required, "disc_number"]) < min(top[item] for item in others)


def test_the_outline_has_its_true_size(tmp_path: Path, content: Content, ink: Ink, reader: Reader) -> None:
    target = tmp_path / "labels.pdf"
    sheet = draw_labels(content(), find_stock(), target)
    page = ink(target)[0]
    assert "A4" in reader("pdfinfo", target)
    columns = np.flatnonzero(page.any(axis=0))
    assert (columns[-1] - columns[0]) / PIXELS_A_MM == pytest.approx(125.0, abs=0.2)
    assert columns[0] / PIXELS_A_MM == pytest.approx(42.5, abs=0.2)
    for label in sheet.labels:
        x, y, _, height = (value * PIXELS_A_MM for value in label.outline_mm)
        side = page[:, round(x) - 3 : round(x) + 4].any(axis=1)
        rows = np.flatnonzero(side[round(y) - 30 : round(y + height) + 30]) + round(y) - 30
        assert rows[0] / PIXELS_A_MM == pytest.approx(label.outline_mm[1], abs=0.2)
        assert (rows[-1] - rows[0]) / PIXELS_A_MM == pytest.approx(125.0, abs=0.2)
        assert label.outline_mm[2:] == (125.0, 125.0)


@pytest.mark.parametrize(
    "changes", [{}, {"disc_number": "1", "unit": "局"}, {"unit": SENTENCE}, {"unit": (SENTENCE * 9)[:300]}]
)
def test_qr_codes_are_read_by_another_program(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, reader: Reader, changes: dict[str, object]
) -> None:
    target = tmp_path / "labels.pdf"
    sheet = draw_labels(content(**changes), find_stock(), target)
    reader("pdftoppm", "-r", "300", "-png", target, tmp_path / "page")
    shown = reader("zbarimg", "-q", "--raw", "--nodbus", tmp_path / "page-1.png").strip()
    page = ink(target)[0]
    for label in sheet.labels:
        held = texts(label)["qr"]
        assert held.startswith(texts(label)["disc_number"])
        assert held.endswith("2026-11-24")
        assert held in shown
        x, y, width, height = boxes(label)["qr"]
        assert min(width, height) >= 15
        modules = _modules(cut(page, (x, y, width, height)))
        quiet = 4 * width / modules
        around = cut(page, (x - quiet, y - quiet, width + 2 * quiet, height + 2 * quiet)).copy()
        border = round(quiet * PIXELS_A_MM) - 2
        around[border:-border, border:-border] = False
        assert not around.any()


def _modules(code: Any) -> int:
    """Modules a side of a QR code: its finder pattern is seven of them wide."""
    first = code[3]
    finder = int(np.flatnonzero(~first)[0])
    return round(first.size * 7 / finder)


def test_fonts_are_embedded_as_truetype(tmp_path: Path, content: Content, reader: Reader) -> None:
    target = tmp_path / "labels.pdf"
    draw_labels(content(title="𠮷龘案"), find_stock(), target)
    lines = reader("pdffonts", target).splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in lines} == {
        "NotoSansSC-Regular",
        "NotoSansSC-Bold",
        "AvdeskRare-Regular",
    }
    for line in lines:
        assert "TrueType" in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]
    information = reader("pdfinfo", target)
    assert "光盘标签 PSYB-2026-0007" in information
    assert "平石市医疗保障局" in information


@pytest.mark.parametrize("verified", [False, True])
def test_an_unverified_disc_is_marked_in_a_box(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, verified: bool
) -> None:
    target = tmp_path / "labels.pdf"
    label = draw_labels(content(verified=verified), find_stock(), target).labels[0]
    assert texts(label)["verified"] == ("盘面核验相符" if verified else "未核验")
    x, y, width, height = boxes(label)["verified"]
    ground = cut(ink(target)[0], (x - 6, y - 3, width + 12, height + 6))
    framed = [column for column in ground.T if column.sum() > 6 * PIXELS_A_MM]
    assert len(framed) >= 2 * 0.4 * PIXELS_A_MM


def test_the_second_position_first_and_the_next_sheet(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, reader: Reader
) -> None:
    target = tmp_path / "labels.pdf"
    sheet = draw_labels(content(), find_stock(), target, start=2)
    assert sheet.pages == 2
    assert [(label.page, label.outline_mm[:2]) for label in sheet.labels] == [(1, (42.5, 156.5)), (2, (42.5, 15.5))]
    check_paper(sheet, ink(target), cut)
    check_text(sheet, target, reader)


@pytest.mark.parametrize("start", [0, 3, -1])
def test_a_position_that_the_sheet_has_not_is_refused(tmp_path: Path, content: Content, start: int) -> None:
    with pytest.raises(UsageError) as caught:
        draw_labels(content(), find_stock(), tmp_path / "labels.pdf", start=start)
    assert caught.value.code == "START_OUT_OF_RANGE"
    assert list(tmp_path.iterdir()) == []


def test_an_offset_shifts_everything(tmp_path: Path, content: Content, ink: Ink, cut: Cut) -> None:
    plain = draw_labels(content(), find_stock(), tmp_path / "plain.pdf")
    moved = draw_labels(content(), find_stock(), tmp_path / "moved.pdf", dx=2.54, dy=-5.08)
    for before, after in zip(plain.labels, moved.labels, strict=True):
        assert after.outline_mm[0] - before.outline_mm[0] == pytest.approx(2.54)
        assert after.outline_mm[1] - before.outline_mm[1] == pytest.approx(-5.08)
        for name, box in boxes(before).items():
            assert boxes(after)[name] == pytest.approx((box[0] + 2.54, box[1] - 5.08, box[2], box[3]), abs=0.002)
    check_paper(moved, ink(tmp_path / "moved.pdf"), cut)
    first, second = ink(tmp_path / "plain.pdf")[0], ink(tmp_path / "moved.pdf")[0]
    changed = np.roll(first, (-60, 30), axis=(0, 1)) != second
    assert changed.sum() < 0.02 * first.sum()


@pytest.mark.parametrize(("dx", "dy"), [(-42.6, 0), (42.6, 0), (0, -15.6), (0, 15.6), (float("nan"), 0)])
def test_an_offset_off_the_page_is_refused(tmp_path: Path, content: Content, dx: float, dy: float) -> None:
    with pytest.raises(UsageError) as caught:
        draw_labels(content(), find_stock(), tmp_path / "labels.pdf", dx=dx, dy=dy)
    assert caught.value.code == "LABEL_OFF_PAGE"


TOO_LONG = {
    "title": {"title": SENTENCE * 30},
    "all": {"title": SENTENCE * 30, "unit": SENTENCE * 9, "maker": "王示例、" * 60, "disc_number": "PSYB-" * 100},
}


@pytest.mark.parametrize("changes", TOO_LONG.values(), ids=TOO_LONG)
def test_what_is_too_long_is_named_and_the_old_file_stays(
    tmp_path: Path, content: Content, ink: Ink, cut: Cut, changes: dict[str, str]
) -> None:
    target = tmp_path / "labels.pdf"
    target.write_bytes(b"old")
    sheet = draw_labels(content(**changes), find_stock(), target)
    for label in sheet.labels:
        assert {one.item for one in label.too_long} == set(changes)
        assert all(one.length > one.fits for one in label.too_long)
    assert target.read_bytes() == b"old"
    fits = {one.item: one.fits for one in sheet.labels[0].too_long}
    shortened = {name: text[: fits[name] - (name == "disc_number") * 2] for name, text in changes.items()}
    sheet = draw_labels(content(**shortened), find_stock(), target)
    assert [label.too_long for label in sheet.labels] == [(), ()]
    check_paper(sheet, ink(target), cut)


def test_an_item_of_article_16_that_says_nothing_is_refused(tmp_path: Path, content: Content) -> None:
    with pytest.raises(UsageError) as caught:
        draw_labels(content(title=" \n", maker="", disc_number="\t"), find_stock(), tmp_path / "labels.pdf")
    assert caught.value.code == "LABEL_ITEM_EMPTY"
    assert caught.value.facts == {"items": ["maker", "title", "disc_number"]}


def test_characters_that_no_font_has_are_named_by_item(tmp_path: Path, content: Content) -> None:
    with pytest.raises(UsageError) as caught:
        draw_labels(content(title="大药房😀案", maker="王\udc80"), find_stock(), tmp_path / "labels.pdf")
    assert caught.value.code == "NOT_PRINTABLE"
    assert caught.value.facts == {"items": {"title": ["😀"], "maker": ["\udc80"]}}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (1024 * 1024 - 1, "1.0 MiB"),
        (13_002_342, "12.4 MiB"),
        (5 * 1024**4, "5.0 TiB"),
        (3 * 1024**5, "3072.0 TiB"),
    ],
)
def test_sizes_in_binary_units(tmp_path: Path, content: Content, size: int, shown: str) -> None:
    label = draw_labels(content(size=size), find_stock(), tmp_path / "labels.pdf").labels[0]
    assert texts(label)["files"] == f"视频 7、照片 3、录音 1，共 11 个文件，{shown}"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, "—"),
        ("2026-03-05T08:05+08:00", None, "2026年3月5日 08:05"),
        (None, "2026-03-05T08:05+08:00", "2026年3月5日 08:05"),
        ("2026-03-05T08:05:01+08:00", "2026-03-05T08:05:40+08:00", "2026年3月5日 08:05"),
        ("2026-03-05T23:59+08:00", "2026-03-06T00:01+08:00", "2026年3月5日 23:59 至 2026年3月6日 00:01"),
    ],
)
def test_recorded_from_and_to(
    tmp_path: Path, content: Content, first: str | None, last: str | None, shown: str
) -> None:
    times = [at and datetime.fromisoformat(at) for at in (first, last)]
    changed = content(recorded_from=times[0], recorded_to=times[1])
    assert texts(draw_labels(changed, find_stock(), tmp_path / "labels.pdf").labels[0])["recorded"] == shown


def test_the_same_labels_are_the_same_bytes(tmp_path: Path, content: Content) -> None:
    for name in ("a.pdf", "b.pdf"):
        draw_labels(content(), find_stock(), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
