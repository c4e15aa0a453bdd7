"""Recorded times: what recorders write, and what no recorder can mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avdesk.media.facts import ReadTime
from avdesk.media.times import container_times, exif_times, read_stamp
from avdesk.terms import TimeSource

EAST = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("2026:11:23 14:15:00", datetime(2026, 11, 23, 14, 15)),  # noqa: DTZ001 - the recorder's own zone
        ("2026-11-23 14:15:00", datetime(2026, 11, 23, 14, 15)),  # noqa: DTZ001
        ("2026:11:23 14:15:00+08:00", datetime(2026, 11, 23, 14, 15, tzinfo=EAST)),
        ("2026-11-23T14:15:00+0800", datetime(2026, 11, 23, 14, 15, tzinfo=EAST)),
        ("2026-11-23T06:15:00.250000Z", datetime(2026, 11, 23, 6, 15, 0, 250000, tzinfo=UTC)),
    ],
)
def test_spellings(raw: str, at: datetime) -> None:
    assert read_stamp(TimeSource.EXIF, raw) == ReadTime(TimeSource.EXIF, raw, at, at.tzinfo is not None)


@pytest.mark.parametrize(
    "raw",
    [
        *("0000:00:00 00:00:00", "1904-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z", "1980-01-01 00:00:00"),
        *("2040:02:30 10:00:00", "2026:13:01 10:00:00", "2026:11:23 24:00:00", "2106-02-07T06:28:15Z"),
        *("2026", "", "    :  :     :  :  ", "2026:11:23 14:15:00+99:00", "2026:11:23 14:15:0Ⅸ"),
    ],
)
def test_impossible_times_are_refused(raw: str) -> None:
    assert read_stamp(TimeSource.EXIF, raw) is None


@given(st.text() | st.from_regex(r"\d{4}[:-]\d\d[:-]\d\d \d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?", fullmatch=True))
def test_any_text_is_a_time_or_none(raw: str) -> None:
    time = read_stamp(TimeSource.CONTAINER, raw)
    assert time is None or (time.at.tzinfo is not None) == time.zone_stated


def test_exif_prefers_the_original_and_keeps_the_others() -> None:
    times = exif_times(
        {
            "DateTime": "2026:11:24 09:00:00",
            "DateTimeOriginal": "2026:11:23 14:15:00",
            "OffsetTimeOriginal": "+08:00",
            "SubsecTimeOriginal": "25",
            "DateTimeDigitized": "2026:11:23 14:15:00",
        }
    )
    assert [(time.raw, time.zone_stated) for time in times] == [
        ("2026:11:23 14:15:00.25+08:00", True),
        ("2026:11:23 14:15:00", False),
        ("2026:11:24 09:00:00", False),
    ]
    assert times[0].at == datetime(2026, 11, 23, 14, 15, 0, 250000, tzinfo=EAST)


def test_exif_offset_that_is_none_does_not_lose_the_time() -> None:
    (time,) = exif_times({"DateTimeOriginal": "2026:11:23 14:15:00\0", "OffsetTimeOriginal": "   :  "})
    assert (time.raw, time.zone_stated) == ("2026:11:23 14:15:00", False)


def test_container_tags() -> None:
    times = container_times(
        {
            "creation_time": "2026-11-23T06:15:00.000000Z",
            "com.apple.quicktime.creationdate": "2026-11-23T14:15:00+0800",
            "origination_date": "2026-11-23",
            "origination_time": "14:15:01",
            "date": "2026",
        }
    )
    assert [time.raw for time in times] == ["2026-11-23T14:15:00+0800", "2026-11-23 14:15:01"]
