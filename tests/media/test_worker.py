"""What a hostile file, a failing device and a dying program do to the worker: never more than one file's facts."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import psutil
import pytest

from avdesk.findings import Finding
from avdesk.media.child import NICE
from avdesk.media.worker import MediaWorker
from avdesk.terms import Kind
from tests import faultfs as faults
from tests.faultfs import Fault, Rule, faultfs
from tests.media.conftest import Make

needs_fuse = pytest.mark.skipif(faults.missing() is not None, reason=f"FUSE: {faults.missing()}")


def children() -> list[psutil.Process]:
    """The worker processes of this test that are alive."""
    alive = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "avdesk.media.child" in child.cmdline()]


def test_one_process_is_started_late_and_used_again(mp4: Path) -> None:
    with MediaWorker() as worker:
        assert children() == []
        worker.probe(mp4)
        (first,) = children()
        worker.probe(mp4)
        assert children() == [first]
    assert children() == []
    with worker:
        assert worker.probe(mp4).kind is Kind.VIDEO


def test_limits_of_the_process(mp4: Path) -> None:
    with MediaWorker(memory=700 << 20) as worker:
        worker.probe(mp4)
        (child,) = children()
        lines = Path(f"/proc/{child.pid}/limits").read_text().splitlines()
        limits = {line[:26].strip(): line[26:].split()[0] for line in lines}
        assert limits["Max data size"] == str(700 << 20)
        assert limits["Max core file size"] == "0"
        assert child.nice() == min(19, psutil.Process().nice() + NICE)
        assert child.cwd() == "/"


def test_heavy_libraries_stay_out_of_the_desk(mp4: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from avdesk.media.worker import MediaWorker\n"
        f"with MediaWorker() as worker: worker.probe(Path({str(mp4)!r}))\n"
        "print({'av', 'PIL', 'pillow_heif', 'cv2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"


def test_modules_on_a_card_are_not_run(mp4: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("av", "PIL", "json", "avdesk"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'taken')!r}, 'w')")
    shutil.copy(mp4, tmp_path / "clip.mp4")
    monkeypatch.chdir(tmp_path)
    with MediaWorker() as worker:
        assert worker.probe(Path("clip.mp4")).kind is Kind.VIDEO
    assert not (tmp_path / "taken").exists()


@needs_fuse
def test_file_that_hangs_costs_its_time_only(mp4: Path, tmp_path: Path) -> None:
    """The device does not answer, so the process can't even be killed; the next file has a new one."""
    (tmp_path / "card").mkdir()
    for name in ("hangs.mp4", "good.mp4"):
        shutil.copy(mp4, tmp_path / "card" / name)
    with faultfs(tmp_path / "card", tmp_path / "mount", threads=True) as card, MediaWorker(seconds=2) as worker:
        assert worker.probe(card.mount / "good.mp4").kind is Kind.VIDEO
        card.set(Rule("hangs.mp4", Fault.HANG))
        assert worker.probe(card.mount / "hangs.mp4").findings == (Finding("PROBE_TIMEOUT", None, {"seconds": 2}),)
        assert worker.probe(card.mount / "good.mp4").kind is Kind.VIDEO
        card.clear()
        assert worker.probe(card.mount / "hangs.mp4").kind is Kind.VIDEO


@needs_fuse
def test_slow_card_within_the_time_is_read(mp4: Path, tmp_path: Path) -> None:
    (tmp_path / "card").mkdir()
    shutil.copy(mp4, tmp_path / "card" / "a.mp4")
    with faultfs(tmp_path / "card", tmp_path / "mount") as card, MediaWorker(seconds=60) as worker:
        card.set(Rule("a.mp4", Fault.SLOW, seconds=0.05))
        assert worker.probe(card.mount / "a.mp4").kind is Kind.VIDEO


@needs_fuse
@pytest.mark.parametrize("offset", [0, 5000])
def test_unreadable_file_is_named_so(mp4: Path, tmp_path: Path, offset: int) -> None:
    (tmp_path / "card").mkdir()
    shutil.copy(mp4, tmp_path / "card" / "a.mp4")
    with faultfs(tmp_path / "card", tmp_path / "mount") as card, MediaWorker() as worker:
        card.set(Rule("a.mp4", Fault.ERROR, offset=offset))
        assert worker.probe(card.mount / "a.mp4").findings == (Finding("UNREADABLE", None, {"error": "EIO"}),)
        (survivor,) = children()
        card.clear()
        assert worker.probe(card.mount / "a.mp4").findings == ()
        assert children() == [survivor]


@needs_fuse
def test_crash_in_the_middle_of_a_file(mp4: Path, tmp_path: Path) -> None:
    (tmp_path / "card").mkdir()
    shutil.copy(mp4, tmp_path / "card" / "a.mp4")
    with faultfs(tmp_path / "card", tmp_path / "mount") as card, MediaWorker() as worker:
        worker.probe(mp4)
        (child,) = children()
        card.set(Rule("a.mp4", Fault.SLOW, seconds=1))
        crash = threading.Timer(0.5, child.send_signal, [signal.SIGSEGV])
        crash.start()
        facts = worker.probe(card.mount / "a.mp4")
        crash.join()
        assert facts.findings == (Finding("PROBE_CRASHED", None, {"exit": -signal.SIGSEGV}),)
        assert worker.probe(mp4).kind is Kind.VIDEO


def test_process_that_died_idle_is_no_fault_of_the_next_file(mp4: Path) -> None:
    with MediaWorker() as worker:
        worker.probe(mp4)
        (child,) = children()
        child.kill()
        child.wait(10)
        facts = worker.probe(mp4)
        assert (facts.kind, facts.findings) == (Kind.VIDEO, ())
        assert child not in children()


def test_worker_that_does_not_start(
    mp4: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Metadata are lost then, never the file; the reason is in the log."""
    with MediaWorker(memory=1 << 20) as worker:
        assert [finding.code for finding in worker.probe(mp4).findings] == ["PROBE_CRASHED"]
    assert "MemoryError" in caplog.text or "exit status" in caplog.text
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with MediaWorker() as worker:
        assert worker.probe(mp4).findings == (Finding("PROBE_CRASHED", None, {"exit": None}),)


def test_picture_that_wants_all_memory(photo: Make, tmp_path: Path) -> None:
    """A HEIC file is read whole before it is understood; this one claims to be large."""
    path = photo("a.heic")
    os.truncate(path, 1 << 30)
    with MediaWorker(memory=300 << 20) as worker:
        facts = worker.probe(path)
        assert "PROBE_LIMIT" in [finding.code for finding in facts.findings]
        assert worker.probe(photo("b.heic")).width == 320


def test_decompression_bomb_is_measured_and_never_unpacked(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = zlib.compressobj(9)
    squeezed = b"".join(row.compress(bytes(60_000)) for _ in range(3_000)) + row.flush()
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(png)
    with MediaWorker() as worker:
        facts = worker.probe(tmp_path / "bomb.png")
        (child,) = children()
        assert child.memory_info().rss < 200 << 20
    assert (facts.width, facts.height, facts.findings) == (60_000, 60_000, ())


@pytest.mark.parametrize("raw", [False, True])
def test_nothing_outlives_a_killed_desk(mp4: Path, tmp_path: Path, raw: bool) -> None:
    if raw and shutil.which("exiftool") is None:
        pytest.skip("exiftool is missing")
    path = mp4
    if raw:
        path = tmp_path / "a.raf"
        path.write_bytes(b"FUJIFILMCCD-RAW " + bytes(500))
    code = (
        "import os, psutil; from pathlib import Path; from avdesk.media.worker import MediaWorker\n"
        f"MediaWorker().probe(Path({str(path)!r}))\n"
        "print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pids = [int(pid) for pid in done.stdout.split()]
    assert (done.returncode, len(pids)) == (-signal.SIGKILL, 2 if raw else 1)
    deadline = time.monotonic() + 20
    while any(map(_alive, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_several_threads_share_one_process(mp4: Path, photo: Make) -> None:
    paths = [mp4, photo("a.jpg")] * 8
    found: dict[int, Kind | None] = {}
    with MediaWorker() as worker:
        threads = [
            threading.Thread(target=lambda n=n, path=path: found.update({n: worker.probe(path).kind}))
            for n, path in enumerate(paths)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children()) == 1
    assert [found[n] for n in range(len(paths))] == [Kind.VIDEO, Kind.PHOTO] * 8
