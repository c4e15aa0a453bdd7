"""Labels before they are made: the same as will be written, and nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from avdesk.errors import UsageError
from avdesk.services.audit import verify_audit
from avdesk.services.cases import add_case, list_cases
from avdesk.services.desk import Desk
from avdesk.services.labels import list_stocks, make_labels, make_test_page, preview_labels, printed_pages
from avdesk.services.people import add_person

NUMBER = "平石医保罚字〔2026〕7号"
MADE = date(2026, 11, 25)


@pytest.fixture
def case(desk: Desk) -> str:
    add_case(desk, NUMBER, "惠民示例大药房违规使用医保基金案")
    return NUMBER


@pytest.mark.parametrize("stock", ["sleeve", "jewel-front", "ring-2up", "ring-2up-full"])
def test_the_preview_is_what_is_written(desk: Desk, case: str, tmp_path: Path, stock: str) -> None:
    add_person(desk, "李示例")
    events = verify_audit(desk).events
    preview = preview_labels(desk, case, stock=stock, maker="李示例", made=MADE, start=2, dx=0.5)
    assert verify_audit(desk).events == events
    assert list_cases(desk).cases[0].disc_number is None
    assert (preview.numbered, preview.maker, preview.made, preview.pages) == (False, "李示例", MADE, 2)
    made = make_labels(desk, case, tmp_path / "l.pdf", stock=stock, maker="李示例", made=MADE, start=2, dx=0.5)
    assert preview.labels == made.labels
    assert list_cases(desk).cases[0].disc_number == preview.disc_number
    assert preview_labels(desk, case).numbered


def test_the_number_to_come_passes_over_what_is_taken(desk: Desk, case: str, tmp_path: Path) -> None:
    assert preview_labels(desk, case, made=MADE).disc_number == "2026-0001"
    add_case(desk, "N-2", "样本")
    make_labels(desk, "N-2", tmp_path / "l.pdf", made=MADE)
    assert preview_labels(desk, case, made=MADE).disc_number == "2026-0002"
    assert preview_labels(desk, case, made=date(2027, 1, 2)).disc_number == "2027-0001"


def test_what_is_too_long_is_told_once(desk: Desk) -> None:
    add_case(desk, "N-3", "长" * 900)
    (found,) = preview_labels(desk, "N-3").too_long
    assert (found.item, found.length) == ("title", 900)
    assert 0 < found.fits < 900


def test_faults_are_those_of_making(desk: Desk, case: str) -> None:
    for wrong, code in (({"start": 3}, "START_OUT_OF_RANGE"), ({"dx": 500.0}, "LABEL_OFF_PAGE")):
        with pytest.raises(UsageError) as caught:
            preview_labels(desk, case, **wrong)  # type: ignore[arg-type]
        assert caught.value.code == code


def test_stocks_begin_with_the_sleeve(desk: Desk) -> None:
    assert [stock.name for stock in list_stocks(desk)] == ["sleeve", "jewel-front", "ring-2up", "ring-2up-full"]


def test_a_test_page_is_written_and_can_be_printed(desk: Desk, tmp_path: Path) -> None:
    make_test_page(desk, tmp_path / "t.pdf", stock="ring-2up", dx=1)
    (page,) = printed_pages(desk, tmp_path / "t.pdf", 100)
    assert page.width_mm == pytest.approx(210, abs=0.01)
    with pytest.raises(UsageError):
        make_test_page(desk, desk.first_vault.path / "t.pdf")
