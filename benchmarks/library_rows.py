"""Makes a workspace with many recordings in its catalogue, for measuring lists; there are no files behind the rows.

    python benchmarks/library_rows.py WORKSPACE [--rows 200000]

Rows are spread over three years as a small office collects them: days of a few to some hundred files of three
recorders; one in five is linked to a case, one in 20,000 has a damaged copy, one in ten a copy in a second vault that
is away.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa

from avdesk.models import CaseFile, CaseRecording, Copy, Ingest, RecordedTime, Recording, Vault, new_id
from avdesk.services.desk import Desk
from avdesk.services.workspace import init, sign_in
from avdesk.terms import CopyState, IngestState, Kind, ReadBack, TimeSource, VaultRole

UNIT, OPERATOR = "平石市医疗保障局", "王示例"
NEWEST = datetime(2026, 11, 24, 8, tzinfo=UTC)
PER_INGEST = 50
CASES = 400
KINDS = (
    (Kind.VIDEO, "MP4", 300 << 20),
    (Kind.VIDEO, "MP4", 600 << 20),
    (Kind.PHOTO, "JPG", 3 << 20),
    (Kind.AUDIO, "WAV", 50 << 20),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    wanted = parser.parse_args()
    init(wanted.workspace, UNIT, OPERATOR)
    with closing(sign_in(wanted.workspace, None)) as desk:
        fill(desk, wanted.rows)
    return 0


def fill(desk: Desk, rows: int) -> None:
    """Write everything in one transaction."""
    chance = random.Random(rows)
    second = new_id()
    with desk.database.write() as session:
        session.add(Vault(id=second, role=VaultRole.SECOND, added_at=NEWEST))
        cases = [_case(number) for number in range(1, CASES + 1)]
        session.add_all(cases)
        session.flush()
        ids = [case.id for case in cases]
        for part in _parts(_moments(chance, rows)):
            session.execute(sa.insert(Ingest), [_ingest(desk, ingest_id := new_id(), part[0])])
            made = [_recording(chance, ingest_id, at) for at in part]
            session.execute(sa.insert(Recording), made)
            session.execute(sa.insert(RecordedTime), [_time(row) for row in made])
            session.execute(sa.insert(Copy), [copy for row in made for copy in _copies(chance, desk, second, row)])
            linked = [_link(desk, chance.choice(ids), row) for row in made if chance.random() < 0.2]
            if linked:
                session.execute(sa.insert(CaseRecording), linked)


def _moments(chance: random.Random, rows: int) -> list[datetime]:
    days = [NEWEST - timedelta(days=chance.randrange(3 * 365)) for _row in range(rows)]
    return sorted(day - timedelta(seconds=chance.randrange(9 * 3600)) for day in days)


def _parts(moments: list[datetime]) -> Iterator[list[datetime]]:
    for start in range(0, len(moments), PER_INGEST):
        yield moments[start : start + PER_INGEST]


def _case(number: int) -> CaseFile:
    text = f"平石医保罚字〔2026〕{number}号"
    title = f"示例药房第{number}分店违规使用医保基金案"
    return CaseFile(id=new_id(), number=text, normalised=text, title=title, party=None, opened_at=NEWEST)


def _ingest(desk: Desk, ingest_id: str, at: datetime) -> dict[str, object]:
    return {
        "id": ingest_id,
        "vault_id": desk.first_vault.vault_id,
        "bag": f"{at:%Y/%m}/{ingest_id}",
        "state": IngestState.SEALED,
        "source": "/media/card",
        "source_key": "card",
        "fingerprint": hashlib.sha256(ingest_id.encode()).hexdigest(),
        "recorder": {"profile": "gat947", "make": "SHILI", "model": "DSJ-V8", "serial": "5K20417"},
        "operator_id": desk.person_id,
        "started_at": at,
        "ended_at": at,
        "safe_to_erase": True,
        "reasons": [],
    }


def _recording(chance: random.Random, ingest_id: str, at: datetime) -> dict[str, object]:
    kind, extension, size = chance.choice(KINDS)
    serial = chance.choice(("5K20417", "5K20418", "5K30211"))
    name = f"DSJ_{serial}_310086_{at + timedelta(hours=8):%Y%m%d%H%M%S}.{extension}"
    path = f"DCIM/{kind.value.upper()}/{name}"
    recording_id = new_id()
    return {
        "id": recording_id,
        "ingest_id": ingest_id,
        "original_path": path.encode(),
        "original_name": name.encode(),
        "stored_path": f"{recording_id}/{path}",
        "search_text": path.casefold(),
        "size": chance.randrange(size // 10, size),
        "mtime_ns": int(at.timestamp()) * 10**9,
        "sha256": hashlib.sha256(recording_id.encode()).hexdigest(),
        "kind": kind,
        "recorded_at": at,
        "recorded_at_source": TimeSource.FILENAME,
        "duration_s": None if kind is Kind.PHOTO else chance.random() * 3600,
        "width": 1920,
        "height": 1080,
        "format": "mp4",
        "video_codec": "h264",
        "audio_codec": "aac",
        "frame_rate": "25/1",
        "make": "SHILI",
        "model": "DSJ-V8",
        "serial": serial,
        "findings": [],
    }


def _time(row: dict[str, object]) -> dict[str, object]:
    raw = str(row["search_text"])[-18:-4]
    source = TimeSource.FILENAME
    return {
        "recording_id": row["id"],
        "position": 0,
        "source": source,
        "raw": raw,
        "at": row["recorded_at"],
        "zone_stated": False,
    }


def _copies(chance: random.Random, desk: Desk, second: str, row: dict[str, object]) -> list[dict[str, object]]:
    bad = chance.randrange(20_000) == 0
    first = {
        "recording_id": row["id"],
        "vault_id": desk.first_vault.vault_id,
        "state": CopyState.DAMAGED if bad else CopyState.VERIFIED,
        "read_back": ReadBack.DIRECT,
        "checked_at": row["recorded_at"],
    }
    if chance.random() >= 0.1:
        return [first]
    return [first, {**first, "vault_id": second, "state": CopyState.AWAY, "read_back": None, "checked_at": None}]


def _link(desk: Desk, case_id: str, row: dict[str, object]) -> dict[str, object]:
    return {
        "case_id": case_id,
        "recording_id": row["id"],
        "linked_by_id": desk.person_id,
        "linked_at": row["recorded_at"],
    }


if __name__ == "__main__":
    sys.exit(main())
