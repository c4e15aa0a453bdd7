"""Sizes, durations, times and counts as they are shown. All follow the window's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from avdesk.ui.marking import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_WEEKDAYS = (
    QT_TRANSLATE_NOOP("formats", "Mon"),
    QT_TRANSLATE_NOOP("formats", "Tue"),
    QT_TRANSLATE_NOOP("formats", "Wed"),
    QT_TRANSLATE_NOOP("formats", "Thu"),
    QT_TRANSLATE_NOOP("formats", "Fri"),
    QT_TRANSLATE_NOOP("formats", "Sat"),
    QT_TRANSLATE_NOOP("formats", "Sun"),
)
_MONTHS = (
    QT_TRANSLATE_NOOP("formats", "Jan"),
    QT_TRANSLATE_NOOP("formats", "Feb"),
    QT_TRANSLATE_NOOP("formats", "Mar"),
    QT_TRANSLATE_NOOP("formats", "Apr"),
    QT_TRANSLATE_NOOP("formats", "May"),
    QT_TRANSLATE_NOOP("formats", "Jun"),
    QT_TRANSLATE_NOOP("formats", "Jul"),
    QT_TRANSLATE_NOOP("formats", "Aug"),
    QT_TRANSLATE_NOOP("formats", "Sep"),
    QT_TRANSLATE_NOOP("formats", "Oct"),
    QT_TRANSLATE_NOOP("formats", "Nov"),
    QT_TRANSLATE_NOOP("formats", "Dec"),
)


def size(count: int) -> str:
    """Bytes in binary units, e.g. ``3.2 GiB``; whole from 100 on."""
    value = float(count)
    unit = 0
    while value >= 1023.95 and unit < len(_UNITS) - 1:
        value /= 1024
        unit += 1
    digits = 0 if unit == 0 or value >= 999.95 else 1
    return f"{value:.{digits}f} {_UNITS[unit]}"


def space(count: int) -> str:
    """Free space, without a false precision: ``812 GiB``, ``1.8 TiB``."""
    value = float(count)
    unit = 0
    while value >= 1023.5 and unit < len(_UNITS) - 1:
        value /= 1024
        unit += 1
    return f"{value:.{1 if value < 10 and unit else 0}f} {_UNITS[unit]}"


def rate(bytes_per_second: float) -> str:
    """A speed, e.g. ``41 MiB/s``."""
    return f"{space(max(int(bytes_per_second), 0))}/s"


def duration(seconds: float | None) -> str:
    """A length as ``1:02:33``; an unknown one is a dash."""
    if seconds is None:
        return "—"
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def span(seconds: float) -> str:
    """A length of time in words: ``1 min 50 s``."""
    whole = max(round(seconds), 0)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return translate("formats", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("formats", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    if not whole:
        return translate("formats", "under 1 s")
    return translate("formats", "{seconds} s").format(seconds=rest)


def left(seconds: float) -> str:
    """How long a work still takes: ``1 min 50 s left``."""
    return translate("formats", "{time} left").format(time=span(seconds))


def moment(at: datetime | None) -> str:
    """``2026-03-05 14:07:22``, in the zone that ``at`` carries; an unknown one is a dash."""
    return "—" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


def clock(at: datetime) -> str:
    """``14:07:22``."""
    return f"{at:%H:%M:%S}"


def minute(at: datetime) -> str:
    """``14:07``."""
    return f"{at:%H:%M}"


def month_day(day_: date) -> str:
    """``24 Nov``; in Chinese ``11月24日``."""
    month = translate("formats", _MONTHS[day_.month - 1])
    return translate("formats", "{day} {month}").format(day=day_.day, month=month, number=day_.month)


def day(day_: date) -> str:
    """``Tue 24 Nov``; in Chinese ``11月24日 周二``."""
    weekday = translate("formats", _WEEKDAYS[day_.weekday()])
    return translate("formats", "{weekday} {date}").format(weekday=weekday, date=month_day(day_))


def day_in_print(day_: date) -> str:
    """``5 Mar 2026``; in Chinese ``2026年3月5日``."""
    month = translate("formats", _MONTHS[day_.month - 1])
    return translate("formats", "{day} {month} {year}").format(
        day=day_.day, month=month, number=day_.month, year=day_.year
    )


def near_day(day_: date, today: date) -> str:
    """``Today``, ``Yesterday``, else nothing."""
    if day_ == today:
        return translate("formats", "Today")
    return translate("formats", "Yesterday") if day_ == today - timedelta(days=1) else ""


def when(at: datetime, now: datetime | None = None) -> str:
    """``Today 18:09``, ``Yesterday 18:07``, ``23 Nov 10:05``, with the year when it is another one."""
    now = now or datetime.now(at.tzinfo)
    today = now.astimezone(at.tzinfo).date()
    near = near_day(at.date(), today)
    if not near:
        near = month_day(at.date()) if at.year == today.year else f"{at:%Y-%m-%d}"
    return f"{near} {at:%H:%M}"


def number(count: int) -> str:
    """A count with its thousands apart: ``35,527``."""
    return f"{count:,}"
