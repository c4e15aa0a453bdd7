"""The search box's service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from avdesk.services import cases, ingest
from avdesk.services.desk import Desk
from avdesk.services.searching import find
from avdesk.services.workspace import init, sign_in

NAMES = ("DCIM/VIDEO/DSJ_20260305_检查.MP4", "DCIM/PHOTO/IMG_0001.JPG", "DCIM/PHOTO/IMG_100%.JPG")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("searching")
    for number, name in enumerate(NAMES):
        (folder / "card" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "card" / name).write_bytes(b"x" * (number + 1))
    init(folder / "workspace", "平石市医疗保障局", "王示例")
    with closing(sign_in(folder / "workspace", None)) as made:
        (source,) = ingest.choose([folder / "card"])
        ingest.ingest(made, ingest.plan(made, source, probe=False))
        cases.add_case(made, "平石医保罚字〔2026〕7号", "惠民示例大药房违规使用医保基金案", "惠民示例大药房 Huimin")
        cases.add_case(made, "平石医保罚字〔2026〕17号", "样本口腔门诊部案")
        yield made


def names(desk: Desk, text: str) -> list[str]:
    return sorted(row.path for row in find(desk, text).recordings)


def numbers(desk: Desk, text: str) -> list[str]:
    return [case.number for case in find(desk, text).cases]


@pytest.mark.parametrize("text", ["惠民", "违规", "huimin", "〔2026〕7号", "[2026]7号", "  惠民 "])
def test_a_case_is_found_by_number_name_and_party(desk: Desk, text: str) -> None:
    assert numbers(desk, text) == ["平石医保罚字〔2026〕7号"]


def test_the_newest_case_comes_first(desk: Desk) -> None:
    assert numbers(desk, "2026") == ["平石医保罚字〔2026〕17号", "平石医保罚字〔2026〕7号"]
    assert [case.number for case in find(desk, "2026", 1).cases] == ["平石医保罚字〔2026〕17号"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("检查", NAMES[:1]), ("img", NAMES[1:]), ("mp4", NAMES[:1]), ("100%", NAMES[2:]), ("_0", NAMES[1:2])],
)
def test_a_recording_is_found_by_a_part_of_its_path(desk: Desk, text: str, wanted: tuple[str, ...]) -> None:
    assert names(desk, text) == sorted(wanted)


@pytest.mark.parametrize("text", ["", "   ", "nothing of the kind"])
def test_nothing_is_nothing(desk: Desk, text: str) -> None:
    found = find(desk, text)
    assert (found.cases, found.recordings) == ((), ())
