"""The whole main job, by the command line alone, on a really mounted card, judged by other programs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.commands import OPERATOR, UNIT, avdesk, bags, made_workspace, validate
from tests.mounts import mounted_image, requires_root_mounts

NUMBER = "平石医保罚字〔2026〕第007号"
TITLE = "惠民示例大药房违规使用医保基金案"
DPI = 300
TOLERANCE_MM = 0.3


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample card on an exFAT image, mounted read-only as a careful custodian would."""
    folder = tmp_path_factory.mktemp("card")
    status, made = avdesk(folder / "none", "sample-card", folder / "files")
    assert status == 0, made
    with mounted_image(folder, "exfat", read_only=True, label="DSJ", fill=folder / "files") as at:
        yield at


def sha256sum(folder: Path) -> dict[str, str]:
    """What the system's own program says, by path."""
    listed = subprocess.run(
        "find . -type f -print0 | xargs -0 sha256sum -z", shell=True, cwd=folder, capture_output=True, check=True
    ).stdout
    rows = [row.decode("utf-8", "surrogateescape") for row in listed.split(b"\0") if row]
    return {row[66:].removeprefix("./"): row[:64] for row in rows}


@requires_root_mounts
def test_card_to_labels(card: Path, tmp_path: Path) -> None:
    workspace = made_workspace(tmp_path / "workspace")
    expected = sha256sum(card)
    assert len(expected) >= 8

    status, volumes = avdesk(workspace, "volumes")
    (volume,) = [row for row in volumes["volumes"] if row["mount"] == str(card)]
    assert (status, volume["state"], volume["profile"]) == (0, "RECORDER", "gat947")
    assert volume["read_only"] and volume["new"] == len(expected) and volume["fstype"] == "exfat"

    status, plan = avdesk(workspace, "plan", card)
    assert (status, {row["state"] for row in plan["files"]}) == (0, {"NEW"})
    assert all(row["enough"] for row in plan["space"])
    assert not bags(workspace / "vault")

    status, answer = avdesk(workspace, "ingest", card)
    (report,) = answer["ingests"]
    assert (status, report["safe_to_erase"], report["reasons"]) == (0, True, [])
    assert {row["path"]: row["sha256"] for row in report["outcomes"]} == expected
    assert all(copy["read_back"] in ("direct", "cache-dropped") for row in report["outcomes"] for copy in row["copies"])
    times = {
        row["path"].rpartition("/")[2]: (row["recorded_at"], row["recorded_at_source"]) for row in report["outcomes"]
    }
    assert times["20261123_141500.WAV"] == ("2026-11-23T14:15:00+08:00", "filename")
    validate(workspace / "vault" / report["bag"])
    assert sha256sum(workspace / "vault" / report["bag"] / "data") == expected

    ids = check_list(workspace, expected)
    check_metadata(workspace, report)
    check_case(workspace, ids)
    check_labels(workspace, tmp_path, report)
    check_second_time(workspace, card, expected)
    status, verified = avdesk(workspace, "verify")
    assert (status, verified["checked"], verified["ok"]) == (0, len(expected), len(expected))
    status, chain = avdesk(workspace, "audit", "verify")
    assert (status, chain["ok"], chain["findings"]) == (0, True, [])
    check_rebuild(workspace, tmp_path / "rebuilt", expected)


def check_list(workspace: Path, expected: dict[str, str]) -> list[str]:
    """Page by page, every recording once."""
    rows: list[dict[str, Any]] = []
    after: list[str] = []
    while True:
        status, page = avdesk(workspace, "list", "--limit", "3", *after)
        assert (status, page["total"]) == (0, len(expected))
        rows += page["recordings"]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert {row["path"]: row["sha256"] for row in rows} == expected
    assert len(rows) == len(expected)
    assert all(row["verified"] for row in rows)
    return [row["recording_id"] for row in rows]


def check_metadata(workspace: Path, report: dict[str, Any]) -> None:
    """Against ffprobe, for every video and sound."""
    for outcome in report["outcomes"]:
        if outcome["kind"] not in ("video", "audio"):
            continue
        status, shown = avdesk(workspace, "show", outcome["recording_id"])
        stored = workspace / "vault" / outcome["stored_path"]
        probed = json.loads(
            subprocess.run(
                ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", stored],
                capture_output=True,
                check=True,
            ).stdout
        )
        codecs = {stream["codec_type"]: stream for stream in probed["streams"]}
        assert status == 0
        assert shown["duration_s"] == pytest.approx(float(probed["format"]["duration"]), abs=0.05)
        assert shown["audio_codec"] == codecs["audio"]["codec_name"]
        if outcome["kind"] == "video":
            video = codecs["video"]
            assert (shown["video_codec"], shown["width"], shown["height"]) == (
                video["codec_name"],
                video["width"],
                video["height"],
            )
        assert [event["act"] for event in shown["custody"]] == ["recording.registered"]
        assert shown["custody"][0]["actor"] == OPERATOR


def check_case(workspace: Path, ids: list[str]) -> None:
    status, case = avdesk(workspace, "case", "add", NUMBER, "--title", TITLE, "--party", "惠民示例大药房")
    assert (status, case["number"], case["normalised"]) == (0, NUMBER, "平石医保罚字〔2026〕7号")
    status, linked = avdesk(workspace, "case", "link", "平石医保罚字[2026]7号", *ids)
    assert (status, linked["linked"]) == (0, len(ids))
    status, page = avdesk(workspace, "list", "--case", NUMBER)
    assert {row["recording_id"] for row in page["recordings"]} == set(ids)
    assert all(row["case_numbers"] == [NUMBER] for row in page["recordings"])


def check_labels(workspace: Path, folder: Path, report: dict[str, Any]) -> None:
    pdf = folder / "labels.pdf"
    status, made = avdesk(workspace, "labels", "--case", NUMBER, "--output", pdf, "--made", "2026-11-24")
    assert (status, made["pages"], [row["copy"] for row in made["labels"]]) == (0, 1, [1, 2])
    first, second = made["labels"]
    texts = {item["item"]: item["text"] for item in first["items"]}
    assert texts["unit"] == UNIT
    assert texts["maker"] == OPERATOR
    assert texts["date"] == "2026年11月24日"
    assert texts["title"] == TITLE
    assert texts["disc_number"].endswith("-1")
    assert {item["item"]: item["text"] for item in second["items"]}["disc_number"].endswith("-2")
    assert texts["verified"] == "未核验"
    assert not first["verified"]
    assert f"共 {len(report['outcomes'])} 个文件" in texts["files"]
    check_pixels(pdf, folder, made["labels"])
    check_read_back(pdf, folder, made["labels"])


def check_pixels(pdf: Path, folder: Path, labels: list[dict[str, Any]]) -> None:
    """Ink in the box of every item, none outside the outlines; Art. 16's items are the largest."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-png", pdf, folder / "page"], check=True)
    (picture,) = folder.glob("page*.png")
    ink = np.asarray(Image.open(picture)) < 128
    outside = ink.copy()
    for label in labels:
        outside[pixels(label["outline_mm"], TOLERANCE_MM)] = False
        for item in label["items"]:
            assert ink[pixels(item["box_mm"], 0)].any(), item
        sizes = {item["item"]: item["pt"] for item in label["items"]}
        required = [sizes[name] for name in ("unit", "maker", "date", "title", "number", "disc_number")]
        assert min(required) >= max(sizes[name] for name in ("copy", "recorded", "files"))
    assert not outside.any()


def pixels(box: list[float], margin: float) -> tuple[slice, slice]:
    left, top, width, height = box
    scale = DPI / 25.4
    return (
        slice(int((top - margin) * scale), int((top + height + margin) * scale) + 1),
        slice(int((left - margin) * scale), int((left + width + margin) * scale) + 1),
    )


def check_read_back(pdf: Path, folder: Path, labels: list[dict[str, Any]]) -> None:
    """Text, fonts and QR by other programs."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    squeezed = "".join(text.split())
    for label in labels:
        for item in label["items"]:
            if item["pt"] is not None:
                assert "".join(item["text"].split()) in squeezed, item
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all("TrueType" in row and row.split("TrueType")[1].split()[1] == "yes" for row in fonts), fonts
    (picture,) = folder.glob("page*.png")
    codes = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True).stdout
    for label in labels:
        (qr,) = [item["text"] for item in label["items"] if item["item"] == "qr"]
        assert qr in codes


def check_second_time(workspace: Path, card: Path, expected: dict[str, str]) -> None:
    status, answer = avdesk(workspace, "ingest", card)
    (report,) = answer["ingests"]
    assert (status, report["bag"], report["totals"]["duplicate"]) == (0, None, len(expected))
    assert {row["matched_by"] for row in report["outcomes"]} == {"name-size-mtime"}
    assert not report["safe_to_erase"]
    status, answer = avdesk(workspace, "ingest", card, "--compare-contents")
    (report,) = answer["ingests"]
    assert {row["matched_by"] for row in report["outcomes"]} == {"content"}
    assert report["safe_to_erase"], report["reasons"]
    assert len(bags(workspace / "vault")) == 1


def check_rebuild(workspace: Path, rebuilt: Path, expected: dict[str, str]) -> None:
    """The vault alone tells the story."""
    made_workspace(rebuilt)
    status, answer = avdesk(rebuilt, "rebuild", "--from", workspace / "vault")
    assert (status, answer) == (0, {"bags": 1, "recordings": len(expected), "findings": []})
    ids = {row["recording_id"] for row in avdesk(workspace, "list")[1]["recordings"]}
    status, page = avdesk(rebuilt, "list")
    assert {row["recording_id"] for row in page["recordings"]} == ids
    for recording_id in ids:
        before, after = (avdesk(where, "show", recording_id)[1] for where in (workspace, rebuilt))
        for name in (
            "path",
            "sha256",
            "kind",
            "recorded_at",
            "times",
            "duration_s",
            "width",
            "make",
            "serial",
            "source",
        ):
            assert before[name] == after[name], name
    assert avdesk(rebuilt, "verify")[1]["ok"] == len(expected)
    assert avdesk(rebuilt, "audit", "verify")[1]["ok"]
