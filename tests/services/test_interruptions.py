"""What waits for its card to come back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from avdesk.progress import Control, Progress
from avdesk.services.desk import Desk
from avdesk.services.ingest import IngestPlan, IngestReport, choose, ingest, plan, reconcile
from avdesk.services.interruptions import list_interruptions
from avdesk.vault.copying import GROUP_FILES
from tests.faultfs import FaultFS, faultfs, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")

FILES = 6


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for number in range(FILES):
        path = folder / "DCIM" / f"{number}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes([number]) * (8 << 20))
    return folder


def test_a_pulled_card_waits_with_its_counts_until_it_is_through(desk: Desk, card: Path, tmp_path: Path) -> None:
    assert list_interruptions(desk) == ()
    with faultfs(card, tmp_path / "reader") as reader:
        made, report = _pulled_after_four(desk, reader)
    assert report.stopped == "SOURCE_REMOVED"
    (found,) = list_interruptions(desk)
    assert (found.ingest_id, found.source) == (report.ingest_id, str(tmp_path / "reader"))
    assert (found.fingerprint, found.source_key) == (made.fingerprint, made.source_key)
    assert (found.files, found.stopped) == (FILES, "SOURCE_REMOVED")
    assert found.collected == report.totals.verified
    assert 0 < found.collected < FILES
    with faultfs(card, tmp_path / "reader"):
        (source,) = choose([tmp_path / "reader"])
        assert ingest(desk, plan(desk, source, probe=False)).complete
    assert list_interruptions(desk) == ()


def test_how_many_files_there_were_is_unknown_when_the_program_itself_ended(desk: Desk, tmp_path: Path) -> None:
    """What was put in order afterwards knows only the files that came so far: "1 of 1" would be no interruption."""
    card = tmp_path / "many"
    card.mkdir()
    for number in range(3 * GROUP_FILES):
        (card / f"{number}.jpg").write_bytes(number.to_bytes(2, "big") * (256 << 10))
    done = subprocess.run([sys.executable, "-c", _ENDS_IN_MID_WORK, str(desk.workspace), str(card)])
    assert done.returncode == 7
    reconcile(desk)
    (found,) = list_interruptions(desk)
    assert found.files is None
    assert (found.collected > 0, found.stopped) == (True, None)


_ENDS_IN_MID_WORK = """
import os
import sys
import time
from pathlib import Path
from avdesk.services.ingest import choose, ingest, plan
from avdesk.services.workspace import sign_in
desk = sign_in(Path(sys.argv[1]), None)
(source,) = choose([Path(sys.argv[2])])
def end(progress):
    if progress.bytes_done > 70 << 20:
        time.sleep(1)  # the groups before are registered meanwhile
        os._exit(7)
ingest(desk, plan(desk, source, probe=False), on_progress=end)
"""


def test_what_is_being_collected_now_is_no_interruption(desk: Desk, card: Path) -> None:
    (source,) = choose([card])
    seen: list[int] = []

    def look(progress: Progress) -> None:
        if progress.bytes_done > 20 << 20 and not seen:
            seen.append(len(list_interruptions(desk)))

    ingest(desk, plan(desk, source, probe=False), on_progress=look, control=Control())
    assert seen == [0]


def _pulled_after_four(desk: Desk, reader: FaultFS) -> tuple[IngestPlan, IngestReport]:
    (source,) = choose([reader.mount])
    made = plan(desk, source, probe=False)

    def pull(progress: Progress) -> None:
        if progress.bytes_done > 36 << 20:
            reader.pull()

    return made, ingest(desk, made, on_progress=pull)
