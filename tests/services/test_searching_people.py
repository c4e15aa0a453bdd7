"""Recordings found by who handed them in and by the recorder, on each database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from avdesk.services import ingest
from avdesk.services.desk import Desk
from avdesk.services.library import browse, choose_all, total
from avdesk.services.people import add_person
from avdesk.services.recordings import RecordingFilter, list_recordings
from avdesk.services.searching import find
from tests.conftest import make_card

CARD = {
    "DCIM/VIDEO/DSJ_5K20417_310086_20261123140210.MP4": b"one",
    "DCIM/VIDEO/DSJ_5K20417_310086_20261123150210.MP4": b"two",
    "RECORD/20261123_141500.WAV": b"voice",
}
OTHER = {"RECORD/20261124_101500.WAV": b"other"}
HandedIn = Callable[[dict[str, bytes], str | None], None]


@pytest.fixture
def handed_in(desk: Desk, tmp_path: Path) -> HandedIn:
    """Collects files that somebody handed in."""

    def collect(files: dict[str, bytes], officer: str | None) -> None:
        (source,) = ingest.choose([make_card(tmp_path, files)])
        ingest.ingest(desk, ingest.plan(desk, source, probe=False), handed_in_by=officer)

    return collect


@pytest.fixture
def both(desk: Desk, handed_in: HandedIn) -> Desk:
    """A recorder's card from 张示例, and a voice recorder's from 赵样本 Zhao."""
    for name in ("张示例", "赵样本 Zhao", "张无卡"):
        add_person(desk, name)
    handed_in(CARD, "张示例")
    handed_in(OTHER, "赵样本 Zhao")
    return desk


def paths(desk: Desk, text: str, limit: int = 6) -> list[str]:
    return [row.path for row in find(desk, text, limit).recordings]


def test_by_a_part_of_the_officers_name_newest_first(both: Desk) -> None:
    earlier, later, voice = CARD
    newest_first = [later, voice, earlier]
    assert paths(both, "张") == newest_first
    assert paths(both, "张", 1) == newest_first[:1]
    assert paths(both, "zhao") == paths(both, "样本") == list(OTHER)
    assert {row.officer for row in find(both, "张示例").recordings} == {"张示例"}


def test_who_handed_nothing_in_finds_nothing(both: Desk) -> None:
    assert paths(both, "张无卡") == paths(both, "%") == paths(both, "王示例") == []


def test_a_path_is_found_with_its_officer(both: Desk) -> None:
    (found,) = find(both, "20261124").recordings
    assert found.officer == "赵样本 Zhao"


def test_by_the_recorder_also_what_does_not_name_it(both: Desk) -> None:
    assert len(paths(both, "5k20417")) == 3 and "RECORD/20261123_141500.WAV" in paths(both, "5K20417")
    assert paths(both, "serial") == paths(both, "null") == paths(both, "gat947") == []


def test_the_library_finds_the_same(both: Desk) -> None:
    for text, count in (("张", 3), ("Zhao", 1), ("5k20417", 3), ("wav", 2), ("nobody", 0)):
        wanted = RecordingFilter(query=text)
        assert len(browse(both, wanted).rows) == len(find(both, text).recordings) == count
        assert total(both, wanted).recordings == len(choose_all(both, wanted).recordings) == count
        assert list_recordings(both, wanted).total == count


def test_without_an_officer_nobody_is_told(desk: Desk, handed_in: HandedIn) -> None:
    handed_in(OTHER, None)
    assert [row.officer for row in find(desk, "wav").recordings] == [None]


def test_recordings_are_read_once_however_many_people_are_found(both: Desk) -> None:
    """One statement about recordings, which ends with its sixth row."""
    sent: list[str] = []

    def note(*said: object) -> None:
        sent.append(str(said[2]))

    event.listen(both.database.engine, "before_cursor_execute", note)
    find(both, "张")
    event.remove(both.database.engine, "before_cursor_execute", note)
    about = [text for text in sent if "FROM recording" in text and "JOIN marker" not in text]
    assert len(about) == 1 and "LIMIT" in about[0]
