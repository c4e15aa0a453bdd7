"""The labels page on a real workspace: the preview is the paper, and what is printed has its true size."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QDate, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from avdesk.services import cases, labels, people
from avdesk.services.desk import Desk
from avdesk.services.labels import list_stocks, make_labels, preview_labels
from avdesk.ui.pages.labels import LabelsPage
from avdesk.ui.pages.labels_paint import paint_drawing
from avdesk.ui.pages.labels_preview import MARGIN, RULER
from avdesk.ui.pages.labels_scale import plausible, remember, scale_of
from avdesk.ui.pages.labels_words import STOCKS
from avdesk.ui.runner import Runner
from avdesk.ui.shell import Shell

NUMBER = "平石医保罚字〔2026〕7号"
DPI = 300
Idle = Callable[[Runner], None]


@pytest.fixture
def page(desk: Desk, runner: Runner, shell: Shell, idle: Idle, qtbot: QtBot) -> LabelsPage:
    made = LabelsPage(desk, runner, shell)
    shell.add_page(made)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell.open_page("labels", case_number=NUMBER)
    idle(runner)
    return made


def ink(pdf: Path, folder: Path, dpi: int = DPI) -> list[Any]:
    """The pages of a PDF as another program draws them: true where there is ink."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm is not installed")
    subprocess.run([program, "-r", str(dpi), "-gray", pdf, folder / pdf.stem], check=True)
    return [np.asarray(Image.open(page)) < 160 for page in sorted(folder.glob(f"{pdf.stem}-*.pgm"))]


def overlap(one: Any, other: Any) -> float:
    """How much of the ink of both is common to both, a pixel's shift aside."""
    grown = [grow(part) for part in (one, other)]
    return float(min((one & grown[1]).sum() / one.sum(), (other & grown[0]).sum() / other.sum()))


def grow(part: Any) -> Any:
    grown = part.copy()
    for axis in (0, 1):
        for shift in (-1, 1):
            grown |= np.roll(part, shift, axis)
            grown |= np.roll(grown, shift, axis)
    return grown


def test_the_labels_of_a_case_are_shown(page: LabelsPage) -> None:
    assert page.preview is not None and page.area.isVisible() and page.side.isVisible()
    assert page.fields.facts["number"].value == NUMBER
    assert page.fields.facts["disc_number"].value == page.preview.disc_number
    assert page.side.print_button.isEnabled() and page.side.save_button.isEnabled()
    assert cases.list_cases(page.desk).cases[0].disc_number is None
    assert "未核验" in page.area.canvas.accessibleDescription()


@pytest.mark.parametrize("stock", ["sleeve", "jewel-front", "ring-2up", "ring-2up-full"])
def test_the_preview_has_the_ink_of_the_paper(desk: Desk, dressed: object, tmp_path: Path, stock: str) -> None:
    preview = preview_labels(desk, NUMBER, stock=stock)
    make_labels(desk, NUMBER, tmp_path / "labels.pdf", stock=stock)
    paper = ink(tmp_path / "labels.pdf", tmp_path)[0]
    for label, drawing in zip(preview.labels, preview.drawings, strict=True):
        left, top, width, height = (round(value * DPI / 25.4) for value in label.outline_mm)
        image = QImage(width, height, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_drawing(painter, drawing, DPI / 25.4)
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())[:, :width]
        inside = slice(6, -6)
        drawn = (rows < 160)[inside, inside]
        printed = paper[top : top + height, left : left + width][inside, inside]
        assert overlap(drawn, printed) > 0.97


def test_both_labels_are_saved_and_the_number_is_kept(
    page: LabelsPage, desk: Desk, runner: Runner, idle: Idle, tmp_path: Path
) -> None:
    assert page.preview is not None
    number = page.preview.disc_number
    page.save_labels()
    page._save_to(str(tmp_path / "labels.pdf"))
    idle(runner)
    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF")
    assert cases.list_cases(desk).cases[0].disc_number == number
    assert page.preview.numbered


def test_print_and_save_ask_first(page: LabelsPage, qtbot: QtBot) -> None:
    for name, act in (
        ("labels.print.dialog", page.print_labels),
        ("labels.print.dialog", page.print_test_page),
        ("labels.save.dialog", page.save_labels),
    ):
        act()
        dialog = page._dialog
        assert dialog is not None and dialog.isVisible() and dialog.objectName() == name
        if isinstance(dialog, QFileDialog):
            assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "文件夹："
            assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型："
        dialog.reject()
    assert cases.list_cases(page.desk).cases[0].disc_number is None


@pytest.mark.parametrize("resolution", [600, 1200])
def test_paper_and_printer_agree_to_the_millimetre(
    page: LabelsPage, runner: Runner, idle: Idle, tmp_path: Path, resolution: int
) -> None:
    page.fields.dx.setValue(1.5)
    idle(runner)
    page._save_to(str(tmp_path / "saved.pdf"))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(resolution)
    page.print_to(printer, test=False)
    idle(runner)
    saved, printed = (ink(tmp_path / f"{name}.pdf", tmp_path)[0] for name in ("saved", "printed"))
    assert abs(saved.shape[0] - printed.shape[0]) <= 2 and abs(saved.shape[1] - printed.shape[1]) <= 2
    rows, columns = (min(saved.shape[axis], printed.shape[axis]) for axis in (0, 1))
    assert overlap(saved[:rows, :columns], printed[:rows, :columns]) > 0.97


def test_a_test_page_is_printed_with_the_offset(
    page: LabelsPage, desk: Desk, runner: Runner, idle: Idle, tmp_path: Path
) -> None:
    page.fields.dy.setValue(-0.3)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_to(printer, test=True)
    idle(runner)
    labels.make_test_page(desk, tmp_path / "wanted.pdf", dy=-0.3)
    wanted, printed = (ink(tmp_path / f"{name}.pdf", tmp_path)[0] for name in ("wanted", "printed"))
    rows, columns = (min(wanted.shape[axis], printed.shape[axis]) for axis in (0, 1))
    assert overlap(wanted[:rows, :columns], printed[:rows, :columns]) > 0.9
    assert cases.list_cases(desk).cases[0].disc_number is None


def test_what_is_too_long_is_said_at_its_field_and_cannot_be_printed(
    page: LabelsPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle
) -> None:
    cases.add_case(desk, "N-2", "长" * 900)
    shell.open_page("labels", case_number="N-2")
    idle(runner)
    said = page.fields.facts["title"].said
    assert "900" in said and page.preview is not None
    assert str(page.preview.too_long[0].fits) in said
    assert not page.side.print_button.isEnabled() and page.side.why_not.isVisible()


def test_faults_are_said_at_their_fields(page: LabelsPage, runner: Runner, idle: Idle) -> None:
    page.fields.maker.setEditText("没有的人")
    page.fields.changed.emit()
    idle(runner)
    assert page.fields.rows["maker"].said and not page.side.save_button.isEnabled()
    page.fields.maker.setCurrentIndex(0)
    page.fields.dy.setValue(-30)
    idle(runner)
    assert page.fields.rows["offset"].said and not page.fields.rows["maker"].said
    page.fields.dy.setValue(0)
    idle(runner)
    assert not page.fields.rows["offset"].said and page.side.save_button.isEnabled()


def test_two_people_of_one_name_are_told_apart(
    page: LabelsPage, desk: Desk, shell: Shell, runner: Runner, idle: Idle
) -> None:
    people.add_person(desk, "李示例", "41040001")
    people.add_person(desk, "李示例", "41040002")
    shell.tell("people")
    idle(runner)
    page.fields.maker.setEditText("李示例")
    page.fields.changed.emit()
    idle(runner)
    assert page.fields.rows["maker"].said
    page.fields.maker.setCurrentIndex(page.fields.maker.findText("李示例 (41040002)"))
    page.fields.changed.emit()
    idle(runner)
    assert not page.fields.rows["maker"].said
    assert page.preview is not None and page.preview.maker == "李示例"


def test_the_start_is_picked_on_the_sheet(page: LabelsPage, qtbot: QtBot, runner: Runner, idle: Idle) -> None:
    sheet = page.side.sheet
    second = next(
        QPointF(x, y)
        for y in range(sheet.height())
        for x in range(sheet.width())
        if sheet.position_at(QPointF(x, y)) == 2
    )
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=(second + QPointF(3, 3)).toPoint())
    idle(runner)
    assert page.fields.start == 2 and page.preview is not None and page.preview.pages == 2
    assert sheet.sheets == 2
    qtbot.keyClick(sheet, Qt.Key.Key_Up)
    idle(runner)
    assert page.fields.start == 1 and page.preview.pages == 1


def test_each_stock_keeps_its_own_offset_and_the_adhesive_ones_warn(
    page: LabelsPage, shell: Shell, runner: Runner, idle: Idle
) -> None:
    page.fields.dx.setValue(0.5)
    for name, warned in (("ring-2up", True), ("sleeve", False)):
        page.fields.stock.setCurrentIndex(page.fields.stock.findData(name))
        page.fields.stock.activated.emit(0)
        idle(runner)
        assert page.side._adhesive.isVisible() == warned
        assert page.fields.dx.value() == (0.0 if warned else 0.5)
    assert shell.settings.text("labels/stock") == "sleeve"


def test_the_date_follows_the_day_until_another_is_chosen(page: LabelsPage) -> None:
    fields = page.fields
    assert fields.wanted().made == datetime.now(page.desk.zone).date()
    fields.set_today(date(2027, 1, 2))
    assert fields.wanted().made == date(2027, 1, 2)
    fields.made.setDate(QDate(2026, 11, 20))
    fields.set_today(date(2027, 1, 3))
    assert fields.wanted().made == date(2026, 11, 20)


def test_the_copy_is_switched(page: LabelsPage, qtbot: QtBot) -> None:
    page.area.copies.button("2").click()
    assert page.area.copy == 2
    assert "-2" in page.area.canvas.accessibleDescription()
    qtbot.mouseClick(page.side.thumbs[0], Qt.MouseButton.LeftButton)
    assert page.area.copy == 1


def test_a_case_is_found_by_what_is_typed(
    page: LabelsPage, desk: Desk, qtbot: QtBot, runner: Runner, idle: Idle
) -> None:
    cases.add_case(desk, "N-2", "样本口腔门诊部串换药品案")
    field = page.fields.case
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "N-2")
    idle(runner)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    idle(runner)
    assert page.preview is not None and page.preview.case_number == "N-2"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "nobody")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    idle(runner)
    assert page.fields.case_row.said


def test_a_case_picked_from_the_offered_ones_stands_in_the_field_by_its_number(
    page: LabelsPage, desk: Desk, runner: Runner, idle: Idle, qtbot: QtBot
) -> None:
    """Qt writes what it completed into the field after telling which it was: that must be no unknown case."""
    cases.add_case(desk, "N-2", "样本口腔门诊部串换药品案")
    field = page.fields.case
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, "N-")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.preview is not None and page.preview.case_number == "N-2")
    assert field.text() == "N-2"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    idle(runner)
    assert not page.fields.case_row.said
    assert not page.findChild(QWidget, "labels.case.new").isVisible()


def test_without_cases_the_page_says_what_to_do(empty_desk: Desk, runner: Runner, shell: Shell, idle: Idle) -> None:
    page = LabelsPage(empty_desk, runner, shell)
    shell.add_page(page)
    shell.show()
    shell.open_page("labels")
    idle(runner)
    assert page._no_cases.isVisible() and not page.side.isVisible()


@pytest.mark.parametrize(
    ("across", "down", "width", "height", "believed"),
    [
        (95.8, 95.7, 509, 286, True),
        (141.2, 141.4, 344, 193, True),
        (96.0, 96.0, 508, 286, False),
        (100.0, 100.0, 203, 203, False),
        (95.8, 120.0, 509, 228, False),
        (20.0, 20.0, 1600, 900, False),
        (95.8, 95.7, 0, 0, False),
    ],
)
def test_a_screen_is_believed_only_when_its_size_is_plausible(
    across: float, down: float, width: float, height: float, believed: bool
) -> None:
    assert plausible(across, down, width, height) == believed


def test_a_measured_screen_shows_true_size(page: LabelsPage, shell: Shell, runner: Runner, idle: Idle) -> None:
    assert not scale_of(page.screen(), shell.settings).true
    about = page.area.said.text()
    remember(page.screen(), shell.settings, 3.6)
    page._draw()
    idle(runner)
    assert page.area.said.text() != about and "100 %" in page.area.said.text()
    assert page.area.canvas.width() == pytest.approx(125 * 3.6 + RULER + MARGIN, abs=1)


def test_every_stock_of_the_program_has_a_name(desk: Desk) -> None:
    assert {stock.name for stock in list_stocks(desk)} == set(STOCKS)
