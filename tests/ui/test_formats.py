"""Sizes, durations and times as people read them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication

from avdesk.ui import formats, languages

EAST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 18, 9, 5, tzinfo=EAST)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    languages.use(dressed, request.param)
    yield request.param
    languages.use(dressed, "zh")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (433_000_000, "412.9 MiB"),
        (3 * 2**30 + 2**28, "3.2 GiB"),
        (2**40 - 1, "1.0 TiB"),
        (5 * 2**50, "5120 TiB"),
    ],
)
def test_sizes_are_binary(count: int, text: str) -> None:
    assert formats.size(count) == text


def test_free_space_has_no_false_precision() -> None:
    assert [formats.space(count) for count in (812 * 2**30 + 12345, int(1.8 * 2**40), 500)] == [
        "812 GiB",
        "1.8 TiB",
        "500 B",
    ]
    assert formats.rate(41.4 * 2**20) == "41 MiB/s"


@pytest.mark.parametrize(("seconds", "text"), [(None, "—"), (0, "0:00:00"), (3753.9, "1:02:33"), (360000, "100:00:00")])
def test_durations(seconds: float | None, text: str) -> None:
    assert formats.duration(seconds) == text


def test_moments() -> None:
    assert formats.moment(datetime(2026, 3, 5, 14, 7, 22, tzinfo=EAST)) == "2026-03-05 14:07:22"
    assert formats.moment(None) == "—"


def test_days(language: str) -> None:
    day = date(2026, 11, 24)
    zh = ("11月24日", "11月24日 周二", "2026年3月5日")
    en = ("24 Nov", "Tue 24 Nov", "5 Mar 2026")
    found = (formats.month_day(day), formats.day(day), formats.day_in_print(date(2026, 3, 5)))
    assert found == (zh if language == "zh" else en)


def test_near_times_are_told_by_their_day(language: str) -> None:
    at = [NOW, NOW - timedelta(days=1), NOW - timedelta(days=2), NOW - timedelta(days=400)]
    zh = ["今天 18:09", "昨天 18:09", "11月22日 18:09", "2025-10-20 18:09"]
    en = ["Today 18:09", "Yesterday 18:09", "22 Nov 18:09", "2025-10-20 18:09"]
    assert [formats.when(moment, NOW) for moment in at] == (zh if language == "zh" else en)


def test_today_is_judged_in_the_zone_of_the_time() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=EAST)
    assert formats.when(late, datetime(2026, 11, 24, 16, 0, tzinfo=UTC)).endswith("23:30")
    assert formats.near_day(date(2026, 11, 24), date(2026, 11, 26)) == ""


def test_time_left(language: str) -> None:
    zh = ["剩 不到 1 秒", "剩 8 秒", "剩 1 分 50 秒", "剩 2 小时 3 分"]
    en = ["under 1 s left", "8 s left", "1 min 50 s left", "2 h 3 min left"]
    assert [formats.left(seconds) for seconds in (0.2, 8.2, 110, 7380)] == (zh if language == "zh" else en)
