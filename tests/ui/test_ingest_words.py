"""Sentences of the page for collecting that need no window."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from PySide6.QtWidgets import QApplication

from avdesk.services.cards import RecorderName
from avdesk.services.interruptions import Interruption
from avdesk.ui.pages.ingest_verdicts import interruption_text
from avdesk.ui.pages.ingest_words import card_why, recorder_name

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
NAMES = {"gat947": RecorderName("执法记录仪（GA/T 947 命名）", "Body recorder (GA/T 947 names)")}


def _interruption(**changed: object) -> Interruption:
    facts: dict[str, object] = {
        "ingest_id": "1",
        "source": "/media/card",
        "source_key": "uuid:1:.",
        "fingerprint": "f",
        "profile": "gat947",
        "serial": "4100004",
        "at": datetime(2026, 11, 24, 18, 7, tzinfo=ZONE),
        "collected": 12,
        "files": 34,
        "stopped": "SOURCE_REMOVED",
    }
    return Interruption(**{**facts, **changed})  # type: ignore[arg-type]


def test_an_interruption_says_when_which_card_how_far_and_what_to_do(dressed: QApplication) -> None:
    assert interruption_text(NAMES, _interruption(), NOW) == (
        "昨天 18:07，4100004：34 个文件中已采集 12 个，随后卡被拔出。请再次插入此卡，从第 13 个继续。"
    )


def test_after_a_crash_the_total_is_not_known(dressed: QApplication) -> None:
    said = interruption_text(NAMES, _interruption(files=None, stopped=None, serial=None), NOW)
    assert said == "昨天 18:07，执法记录仪：已采集 12 个文件，随后程序中断。请再次插入此卡，接着采集。"


def test_a_recorder_is_called_by_its_family(dressed: QApplication) -> None:
    assert recorder_name(NAMES, "gat947") == "执法记录仪"
    assert recorder_name(NAMES, "of-a-later-version") == "of-a-later-version"


def test_why_a_card_is_taken_for_what_it_is(dressed: QApplication) -> None:
    assert card_why(["folder:DCIM/VIDEO", "name:gat947 (7)", "name:audio (1)"]) == "凭 DCIM/VIDEO、8 个文件名"
    assert card_why([]) == ""
