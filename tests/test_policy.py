"""What each policy takes and refuses; what it changes is tested in ``services/test_policies.py``."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avdesk.errors import UsageError
from avdesk.policy import (
    ANALYSIS_SILENT,
    DISC_NUMBER_PATTERN,
    DISC_NUMBER_START,
    POLICIES,
    PROBE_SECONDS,
    SM3,
    TIME_ZONE,
    Policy,
    PolicyValues,
    format_number,
    is_yearly,
    named,
    parse_zone,
)


@pytest.mark.parametrize(
    ("policy", "text", "value"),
    [
        (TIME_ZONE, "+08:00", "+08:00"),
        (TIME_ZONE, "-12:00", "-12:00"),
        (TIME_ZONE, "+14:00", "+14:00"),
        (TIME_ZONE, "+05:45", "+05:45"),
        (SM3, "true", True),
        (SM3, "False", False),
        (DISC_NUMBER_PATTERN, "{year}-{number:04d}", "{year}-{number:04d}"),
        (DISC_NUMBER_PATTERN, "盘〔{year}〕{number}号", "盘〔{year}〕{number}号"),
        (DISC_NUMBER_START, "1", 1),
        (DISC_NUMBER_START, "999999", 999_999),
        (PROBE_SECONDS, "600", 600),
        (ANALYSIS_SILENT, "-60", -60),
        (ANALYSIS_SILENT, "-110", -110),
    ],
)
def test_a_good_value_is_taken(policy: Policy[str], text: str, value: object) -> None:
    assert policy.parse(text) == value


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        *(
            (TIME_ZONE, text)
            for text in ("", "08:00", "+8:00", "+08:60", "+14:01", "-12:30", "+08:00\n", "+0８:00", "Asia/Shanghai")
        ),
        *((SM3, text) for text in ("", "1", "yes", "真", "true ")),
        *((DISC_NUMBER_START, text) for text in ("", "0", "-1", "1000000", "1.5", " 1", "1_0", "１", "9" * 5000)),
        *((ANALYSIS_SILENT, text) for text in ("", "-", "--60", "-111", "-19", "0", "60", "-6e1", "－60")),
        *((PROBE_SECONDS, text) for text in ("0", "601", "nan", "1e2")),
        *(
            (DISC_NUMBER_PATTERN, text)
            for text in (
                "",
                "{year}",
                "number",
                "{}",
                "{0}",
                "{number",
                "{number}}",
                "{{number}}",
                "{number.__class__}{number}",
                "{number.__class__.__mro__}{number}",
                "{number!r}",
                "{number:>1000000}",
                "{number:99d}",
                "{number}{year:9999999999}",
                "{number}{other}",
                "{number}{number.real}",
                "{number}\n",
                "{number}\udcff",
                "{number}" + "x" * 60,
            )
        ),
    ],
)
def test_a_bad_value_is_refused_with_what_it_takes(policy: Policy[str], text: str) -> None:
    with pytest.raises(ValueError) as caught:
        policy.parse(text)
    assert "literal" not in str(caught.value) and str(caught.value)


@given(st.text())
def test_no_text_at_all_makes_a_policy_do_more_than_refuse(text: str) -> None:
    for policy in POLICIES:
        with contextlib.suppress(ValueError):
            policy.parse(text)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key)
def test_every_default_is_a_value_that_could_be_set(policy: Policy[str]) -> None:
    text = str(policy.default)
    assert policy.parse(text) == policy.default
    assert named(policy.key) is policy


def test_an_unknown_policy_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="UNKNOWN_POLICY") as caught:
        named("time.zones")
    assert caught.value.facts["known"] == [policy.key for policy in POLICIES]


def test_a_value_never_changed_is_the_default() -> None:
    values = PolicyValues({"digest.sm3": True})
    assert (values[SM3], values[PROBE_SECONDS]) == (True, 20)


def test_a_value_of_another_type_is_never_handed_on() -> None:
    with pytest.raises(TypeError, match=r"media\.probe_seconds"):
        PolicyValues({"media.probe_seconds": True})[PROBE_SECONDS]


@pytest.mark.parametrize(("text", "minutes"), [("+08:00", 480), ("-03:30", -210), ("+00:00", 0)])
def test_a_zone_is_an_offset(text: str, minutes: int) -> None:
    assert parse_zone(text).utcoffset(None) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("{year}-{number:04d}", 7, "2026-0007"),
        ("{year}-{number:04d}", 12345, "2026-12345"),
        ("{number}/{year}", 7, "7/2026"),
        ("盘{number:02d}{number}", 7, "盘077"),
    ],
)
def test_a_number_is_written_in_its_pattern(pattern: str, number: int, text: str) -> None:
    assert format_number(pattern, year=2026, number=number) == text
    assert is_yearly(pattern) is ("{year}" in pattern)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_two_numbers_are_never_written_alike(one: int, other: int) -> None:
    for pattern in ("{year}-{number:04d}", "{number}{number:03d}"):
        same = format_number(pattern, year=2026, number=one) == format_number(pattern, year=2026, number=other)
        assert same is (one == other)
