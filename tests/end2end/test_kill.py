"""A power cut while payload is written: after resuming, every file is there once, verified, in a valid bag."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

AVDESK = Path(sys.executable).with_name("avdesk")
BAGIT = Path(sys.executable).with_name("bagit.py")
KILLS = 20
SMALL, LARGE = 150, 10


def run(workspace: Path, *words: str) -> tuple[int, dict]:
    done = subprocess.run(
        [AVDESK, "--workspace", workspace, "--json", *words], capture_output=True, text=True, timeout=120
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def fill(card: Path) -> dict[str, str]:
    """A card of small and large files; digest by path."""
    random_bytes = random.Random(7)
    digests = {}
    for number in range(SMALL + LARGE):
        size = 30_000 if number < SMALL else 6_000_000
        path = card / "DCIM" / "100MEDIA" / f"DJI_{number:04d}.{'JPG' if number < SMALL else 'MP4'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = random_bytes.randbytes(size)
        path.write_bytes(content)
        digests[path.relative_to(card).as_posix()] = hashlib.sha256(content).hexdigest()
    return digests


def payload_begun(vault: Path, since_ns: int) -> bool:
    """Whether a work file was made since then: those of an earlier run do not count."""
    for path in vault.glob("20*/*/*/.incoming/*"):
        with contextlib.suppress(FileNotFoundError):
            if path.name.isdecimal() and path.stat().st_ctime_ns > since_ns:
                return True
    return False


def kill_while_writing(workspace: Path, card: Path, delay: float) -> bool:
    """Start collecting, wait until payload is written, wait on, kill; whether it was still at work."""
    since = time.time_ns()
    process = subprocess.Popen(
        [AVDESK, "--workspace", workspace, "ingest", card],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and not payload_begun(workspace / "vault", since):
        time.sleep(0.002)
    time.sleep(delay)
    still_working = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL) if still_working else None
    process.wait()
    return still_working


@contextmanager
def readers(workspace: Path, busy: bool) -> Iterator[list[tuple[str, int, str]]]:
    """``avdesk list`` and ``avdesk verify`` again and again beside the work; what went wrong in them."""
    wrong: list[tuple[str, int, str]] = []
    stop = threading.Event()

    def read(word: str) -> None:
        while not stop.is_set():
            done = subprocess.run(
                [AVDESK, "--workspace", workspace, "--json", word], capture_output=True, text=True, timeout=120
            )
            if done.returncode:
                wrong.append((word, done.returncode, done.stdout + done.stderr))

    threads = [threading.Thread(target=read, args=(word,)) for word in ("list", "verify")] if busy else []
    for thread in threads:
        thread.start()
    try:
        yield wrong
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("busy", [False, True], ids=["alone", "list-and-verify-beside"])
def test_twenty_kills(tmp_path: Path, busy: bool) -> None:
    seed = int(os.environ.get("AVDESK_TEST_SEED", "20261124"))
    moments = random.Random(seed)
    card = tmp_path / "card"
    digests = fill(card)
    kills = rounds = 0
    while kills < KILLS and rounds < 3 * KILLS:
        rounds += 1
        workspace = tmp_path / f"workspace-{rounds}"
        run(workspace, "init", "--unit", "平石市医疗保障局", "--operator", "王示例")
        with readers(workspace, busy) as wrong:
            for _again in range(4):
                kills += kill_while_writing(workspace, card, moments.uniform(0, 0.25))
            status, answer = run(workspace, "ingest", str(card))
        assert not wrong
        assert status == 0, answer
        check_whole(workspace, digests, answer)
    assert kills >= KILLS


def check_whole(workspace: Path, digests: dict[str, str], answer: dict) -> None:
    (report,) = answer["ingests"]
    assert report["safe_to_erase"], report["reasons"]
    assert {outcome["status"] for outcome in report["outcomes"]} <= {"VERIFIED", "DUPLICATE"}
    assert {outcome["path"]: outcome["sha256"] for outcome in report["outcomes"]} == digests
    status, listed = run(workspace, "list", "--limit", "1000")
    assert (status, listed["total"]) == (0, len(digests))
    assert {row["path"]: row["sha256"] for row in listed["recordings"]} == digests
    assert all(row["verified"] for row in listed["recordings"])
    bags = sorted((workspace / "vault").glob("20*/*/*"))
    stored = [path for bag in bags for path in (bag / "data").rglob("*") if path.is_file()]
    assert sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in stored) == sorted(digests.values())
    assert not (workspace / "vault" / "quarantine").exists()
    for bag in bags:
        subprocess.run([BAGIT, "--validate", "--quiet", bag], check=True, capture_output=True)
    status, verified = run(workspace, "verify")
    assert (status, verified["checked"], verified["ok"]) == (0, len(digests), len(digests))
    status, chain = run(workspace, "audit", "verify")
    assert (status, chain["ok"]) == (0, True)
