"""One line of time: which recordings belong together, how long nothing was recorded, which photographs go with them."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from avdesk.errors import UsageError
from avdesk.models import Recording
from avdesk.services.desk import Desk
from avdesk.services.policies import set_policy
from avdesk.services.recordings import list_recordings
from avdesk.services.timelines import timeline_of, timeline_of_chosen
from avdesk.services.workspace import sign_in
from avdesk.terms import Kind
from tests.conftest import Collect

MINE, OTHER = "5K20417_310086", "5K20418_310022"
NAMES = {
    "first": f"DSJ_{MINE}_20261123140000.MP4",
    "second": f"DSJ_{MINE}_20261123140500.MP4",
    "late": f"DSJ_{MINE}_20261123141234.MP4",
    "evening": f"DSJ_{MINE}_20261123190000.MP4",
    "another's": f"DSJ_{OTHER}_20261123140400.MP4",
    "picture": f"DSJ_{MINE}_20261123140432.JPG",
    "another's picture": f"DSJ_{OTHER}_20261123140432.JPG",
    "picture of tomorrow": f"DSJ_{MINE}_20261124000100.JPG",
}


@pytest.fixture
def ids(desk: Desk, collect: Collect) -> dict[str, str]:
    """Five minutes each; the files are named like a recorder's, and their content is nobody's here."""
    collect({name: name.encode() for name in NAMES.values()})
    found = {row.path: row.recording_id for row in list_recordings(desk).recordings}
    with desk.database.write() as session:
        for name, recording_id in found.items():
            kind = Kind.PHOTO if name.endswith("JPG") else Kind.VIDEO
            duration = None if kind is Kind.PHOTO else 300.0
            values = {"kind": kind, "duration_s": duration}
            session.execute(update(Recording).where(Recording.id == recording_id).values(values))
    return {word: found[name] for word, name in NAMES.items()}


@pytest.mark.parametrize("asked", ["first", "second", "late"])
def test_the_segments_of_one_recorder_are_one_line_with_their_gaps(desk: Desk, ids: dict[str, str], asked: str) -> None:
    line = timeline_of(desk, ids[asked])
    assert [segment.recording_id for segment in line.segments] == [ids["first"], ids["second"], ids["late"]]
    assert [segment.starts_s for segment in line.segments] == [0.0, 300.0, 754.0]
    ((gap),) = line.gaps
    assert (gap.starts_s, gap.length_s, gap.seconds) == (600.0, 154.0, 154.0)


def test_how_long_a_gap_may_be_is_the_office_s_to_say(desk: Desk, ids: dict[str, str]) -> None:
    assert len(timeline_of(desk, ids["evening"]).segments) == 1
    set_policy(desk, "timeline.gap_minutes", "2", "试")
    again = sign_in(desk.workspace, None)
    assert [segment.recording_id for segment in timeline_of(again, ids["late"]).segments] == [ids["late"]]
    assert len(timeline_of(again, ids["first"]).segments) == 2
    again.close()


def test_photographs_of_the_same_day_and_person_stand_beside(desk: Desk, ids: dict[str, str]) -> None:
    for word in ("first", "late"):
        assert [photo.recording_id for photo in timeline_of(desk, ids[word]).photographs] == [ids["picture"]]
    others = timeline_of(desk, ids["another's"]).photographs
    assert [photo.recording_id for photo in others] == [ids["another's picture"]]


def test_a_photograph_is_a_line_of_its_own(desk: Desk, ids: dict[str, str]) -> None:
    line = timeline_of(desk, ids["picture"])
    assert [segment.recording_id for segment in line.segments] == [ids["picture"]]
    assert line.photographs == ()


def test_those_chosen_together_follow_each_other_by_time(desk: Desk, ids: dict[str, str]) -> None:
    chosen = [ids["evening"], ids["picture"], ids["another's"], ids["first"]]
    line = timeline_of_chosen(desk, chosen)
    assert [segment.recording_id for segment in line.segments] == [ids["first"], ids["another's"], ids["evening"]]
    assert [segment.starts_s for segment in line.segments] == [0.0, 300.0, 900.0]
    ((gap),) = line.gaps
    assert (gap.length_s, gap.seconds) == (300.0, 5 * 3600 - 9 * 60.0)


def test_an_unknown_one_is_refused(desk: Desk, ids: dict[str, str]) -> None:
    for call in (lambda: timeline_of(desk, "nothing"), lambda: timeline_of_chosen(desk, [ids["first"], "nothing"])):
        with pytest.raises(UsageError, match="RECORDING_UNKNOWN"):
            call()
