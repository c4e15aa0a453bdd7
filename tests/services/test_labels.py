"""The labels of a case: what they say, the number that is given once, and where they are written."""

from __future__ import annotations

import hashlib
import io
import json
import wave
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from avdesk.documents.labels import Label
from avdesk.errors import AmbiguousName, EnvironmentFault, UsageError
from avdesk.services.audit import export_audit, verify_audit
from avdesk.services.cases import add_case, link_recordings, list_cases
from avdesk.services.desk import Desk
from avdesk.services.labels import make_labels
from avdesk.services.people import add_person
from tests.conftest import Collect

NUMBER = "平石医保罚字〔2026〕7号"
TITLE = "惠民示例大药房违规使用医保基金案"


def texts(label: Label) -> dict[str, str]:
    return {item.item: item.text for item in label.items}


def acts(desk: Desk, folder: Path) -> list[str]:
    export_audit(desk, folder / "audit.jsonl")
    return [json.loads(line)["act"] for line in (folder / "audit.jsonl").read_text().splitlines()]


def sound(seconds: int) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return content.getvalue()


@pytest.fixture
def case(desk: Desk, collect: Collect) -> str:
    """A case with two sound recordings and a log that is older and counts for no time."""
    add_case(desk, NUMBER, TITLE, "惠民示例大药房")
    report = collect(
        {
            "RECORD/20261123_140210.WAV": sound(2),
            "RECORD/20261123_142104.WAV": sound(60),
            "LOG/DSJ_5K20417_310086_20261122100000.LOG": b"on",
        }
    )
    link_recordings(desk, NUMBER, [str(outcome.recording_id) for outcome in report.outcomes])
    return NUMBER


def test_both_labels_say_what_article_16_asks(desk: Desk, case: str, tmp_path: Path) -> None:
    output = tmp_path / "labels.pdf"
    made = make_labels(desk, case, output, made=date(2026, 11, 25))
    assert output.read_bytes().startswith(b"%PDF")
    assert [(label.copy, label.of, label.page, label.too_long, label.verified) for label in made.labels] == [
        (1, 2, 1, (), False),
        (2, 2, 1, (), False),
    ]
    for label in made.labels:
        said = texts(label)
        assert said["number"] == NUMBER and TITLE in said["title"]
        assert "平石市医疗保障局" in said["unit"] and "王示例" in said["maker"] and "2026年11月25日" in said["date"]
        assert said["disc_number"].endswith(f"2026-0001-{label.copy}")
        assert "14:02" in said["recorded"] and "14:22" in said["recorded"] and "10:00" not in said["recorded"]
        assert "3" in said["files"]


def test_a_number_is_given_once_and_kept(desk: Desk, tmp_path: Path) -> None:
    case = add_case(desk, NUMBER, TITLE).number
    assert list_cases(desk).cases[0].disc_number is None
    for made in (date(2026, 11, 25), date(2027, 1, 2)):
        sheet = make_labels(desk, case, tmp_path / "labels.pdf", made=made)
        assert texts(sheet.labels[1])["disc_number"].endswith("2026-0001-2")
    add_case(desk, "平石医保罚字〔2026〕8号", "另案")
    make_labels(desk, "平石医保罚字〔2026〕8号", tmp_path / "labels.pdf", made=date(2026, 11, 25))
    assert [row.disc_number for row in list_cases(desk).cases] == ["2026-0002", "2026-0001"]
    assert verify_audit(desk).ok


def test_each_year_begins_anew(desk: Desk, tmp_path: Path) -> None:
    for year in (2026, 2027):
        case = add_case(desk, f"平石医保罚字〔{year}〕1号", "案")
        make_labels(desk, case.number, tmp_path / "labels.pdf", made=date(year, 6, 1))
        assert list_cases(desk).cases[0].disc_number == f"{year}-0001"


def test_without_a_date_it_is_today_in_the_offices_zone(desk: Desk, tmp_path: Path) -> None:
    case = add_case(desk, NUMBER, TITLE).number
    before = datetime.now(UTC).astimezone(desk.zone).date()
    sheet = make_labels(desk, case, tmp_path / "labels.pdf")
    after = datetime.now(UTC).astimezone(desk.zone).date()
    assert any(f"{day.year}年{day.month}月{day.day}日" in texts(sheet.labels[0])["date"] for day in (before, after))


def test_the_maker_is_a_person(desk: Desk, tmp_path: Path) -> None:
    case = add_case(desk, NUMBER, TITLE).number
    add_person(desk, "张示例", "310086")
    sheet = make_labels(desk, case, tmp_path / "labels.pdf", maker="310086")
    assert "张示例" in texts(sheet.labels[0])["maker"]
    add_person(desk, "张示例", "310087")
    for named, error in (("李示例", UsageError), ("张示例", AmbiguousName)):
        with pytest.raises(error):
            make_labels(desk, case, tmp_path / "labels.pdf", maker=named)


def test_a_case_without_footage_has_labels_too(desk: Desk, tmp_path: Path) -> None:
    add_case(desk, NUMBER, TITLE)
    sheet = make_labels(desk, NUMBER, tmp_path / "labels.pdf")
    assert (tmp_path / "labels.pdf").exists()
    assert "0" in texts(sheet.labels[0])["files"]


def test_labels_begin_where_the_sheet_is_free_and_follow_the_printer(desk: Desk, tmp_path: Path) -> None:
    case = add_case(desk, NUMBER, TITLE).number
    plain = make_labels(desk, case, tmp_path / "labels.pdf")
    moved = make_labels(desk, case, tmp_path / "labels.pdf", dx=1.5, dy=-2)
    for one, other in zip(plain.labels, moved.labels, strict=True):
        x, y, width, height = one.outline_mm
        assert other.outline_mm == (x + 1.5, y - 2, width, height)
    later = make_labels(desk, case, tmp_path / "labels.pdf", start=2)
    assert (later.pages, [label.page for label in later.labels]) == (2, [1, 2])
    assert later.labels[0].outline_mm == plain.labels[1].outline_mm


def test_what_is_too_long_is_named_and_nothing_written(desk: Desk, tmp_path: Path) -> None:
    output = tmp_path / "labels.pdf"
    output.write_text("old")
    add_case(desk, NUMBER, "长" * 1000)
    sheet = make_labels(desk, NUMBER, output)
    assert sheet.too_long and output.read_text() == "old"
    assert {item.item for label in sheet.labels for item in label.too_long} == {"title"}
    assert "labels.made" not in acts(desk, tmp_path)


def test_a_place_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    add_case(desk, NUMBER, TITLE)
    for name in ("missing/labels.pdf", "", "x" * 300 + ".pdf", "workspace"):
        with pytest.raises(EnvironmentFault) as caught:
            make_labels(desk, NUMBER, tmp_path / name)
        assert caught.value.facts["file"] == str(tmp_path / name) and caught.value.facts["reason"]


def test_no_label_takes_the_place_of_evidence(desk: Desk, case: str, tmp_path: Path) -> None:
    (evidence,) = (desk.first_vault.path).rglob("20261123_140210.WAV")
    (tmp_path / "link.pdf").symlink_to(evidence)
    before = evidence.read_bytes()
    for output in (evidence, tmp_path / "link.pdf", desk.first_vault.path / ".." / "vault" / "x.pdf"):
        with pytest.raises(UsageError, match="OUTPUT_NOT_ALLOWED"):
            make_labels(desk, case, output)
    assert evidence.read_bytes() == before


def test_what_no_sheet_has_is_refused(desk: Desk, tmp_path: Path) -> None:
    add_case(desk, NUMBER, TITLE)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stock": "no-such"}, "UNKNOWN_STOCK"),
        ({"start": 0}, "START_OUT_OF_RANGE"),
        ({"start": 3}, "START_OUT_OF_RANGE"),
        ({"dx": 500.0}, "LABEL_OFF_PAGE"),
        ({"dx": float("nan")}, "LABEL_OFF_PAGE"),
    ]
    for options, code in wrong:
        with pytest.raises(UsageError, match=code):
            make_labels(desk, NUMBER, tmp_path / "labels.pdf", **options)
    assert not (tmp_path / "labels.pdf").exists()


def test_an_unknown_case_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="CASE_UNKNOWN"):
        make_labels(desk, NUMBER, tmp_path / "labels.pdf")


def test_labels_are_written_down_with_their_digest(desk: Desk, tmp_path: Path) -> None:
    case = add_case(desk, NUMBER, TITLE).number
    make_labels(desk, case, tmp_path / "labels.pdf")
    export_audit(desk, tmp_path / "audit.jsonl")
    last = json.loads((tmp_path / "audit.jsonl").read_text().splitlines()[-1])
    assert (last["act"], last["object"]["type"], last["facts"]["maker"]) == ("labels.made", "case", "王示例")
    assert last["facts"]["sha256"] == hashlib.sha256((tmp_path / "labels.pdf").read_bytes()).hexdigest()
