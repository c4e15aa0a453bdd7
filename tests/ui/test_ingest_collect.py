"""Collecting on the page: progress, pause, cancel, a pulled card, and the result in words."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from avdesk.services.recordings import list_recordings
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_card import IngestCard
from avdesk.ui.pages.ingest_result import ResultDialog
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.runner import JobState
from tests.faultfs import Fault, FaultFS, Rule, faultfs
from tests.mounts import mounted_image, requires_root_mounts
from tests.ui.ingest_page import (
    await_card,
    await_true,
    find_card,
    fresh_card,
    page,
    press,
    sample_card,
    shown,
    words,
)

__all__ = ["page", "sample_card"]

LONG = 6
"""Files of 12 MiB that make a card take a while."""


def long_card(sample: Path, folder: Path, serial: str) -> Path:
    more = {f"DCIM/VIDEO/long-{number}.mp4": os.urandom(12 << 20) for number in range(LONG)}
    return fresh_card(sample, folder, serial, more)


@requires_root_mounts
def test_a_card_is_collected_and_its_result_told_in_words(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    files = long_card(sample_card, tmp_path / "files", "4100101")
    with mounted_image(tmp_path, "ext4", 128, fill=files) as root:
        card = await_card(page, root, qtbot)
        before = list_recordings(page.desk).total
        press(card, "start")
        assert card.property("state") == "run" and card.ring_state() == "run"
        await_true(lambda: "正在采集" in words(card) and "读取、存入、回读核验" in words(card), qtbot)
        assert shown(card, "pause") and shown(card, "cancel")
        await_card(page, root, qtbot, Phase.DONE)
        await_true(lambda: "可以清空此卡" in words(card), qtbot)
        said = words(card)
        assert f"{8 + LONG} 个文件已采集并核验" in said and "已核验" in said and "校验值一致" in said
        assert any(how in said for how in ("从介质回读", "回读"))
        assert card.ring_state() == "ok" and not shown(card, "retry")
        assert list_recordings(page.desk).total == before + 8 + LONG


def test_pause_go_on_and_cancel(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = long_card(sample_card, tmp_path / "long", "4100102")
    card = _under_way(page, folder, qtbot)
    press(card, "pause")
    assert "已暂停" in words(card) and shown(card, "resume") and not shown(card, "pause")
    job = card.work.job
    assert job is not None and job.state is JobState.PAUSED
    qtbot.wait(300)
    held = job.progress
    qtbot.wait(500)
    assert job.progress == held, "nothing is read while paused"
    press(card, "resume")
    await_true(lambda: shown(card, "pause"), qtbot)
    press(card, "cancel")
    await_card(page, folder, qtbot, Phase.DONE)
    await_true(lambda: "已停止" in words(card) and "没有采集：已停止" in words(card), qtbot)
    assert card.ring_state() == "warn"
    press(card, "retry")
    await_true(lambda: card.work.phase is Phase.DONE and card.ring_state() == "ok", qtbot)
    assert card.work.result is not None and card.work.result.complete


@requires_root_mounts
def test_a_card_that_is_pulled_says_how_to_go_on_and_goes_on(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    files = long_card(sample_card, tmp_path / "files", "4100103")
    root = tmp_path / "reader"
    with faultfs(files, root) as reader:
        card = _pull_halfway(page, reader, qtbot)
        await_true(lambda: "采集时卡被拔出" in words(card) and "请再次插入此卡，将从第" in words(card), qtbot)
        assert card.ring_state() == "warn"
    await_true(lambda: card.work.gone, qtbot)
    assert shown(card, "close") and not shown(card, "start")
    page.chooser.take([sample_card])
    other = await_card(page, sample_card, qtbot)
    with faultfs(files, root):
        await_true(lambda: find_card(page, root) is not card and find_card(page, root) is not None, qtbot)
        again = await_card(page, root, qtbot)
        await_true(lambda: "上次采集中断，将从第" in words(again), qtbot)
        same = [work for work in page.works if work.source_keys & again.work.source_keys]
        assert same == [again.work], "the card that was pulled made way"
        assert page.works.index(again.work) < page.works.index(other.work), "no other card moved"
        press(again, "start")
        await_card(page, root, qtbot, Phase.DONE)
        await_true(lambda: "可以清空此卡" in words(again), qtbot)


@requires_root_mounts
def test_an_interruption_is_told_when_its_card_is_away(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    files = long_card(sample_card, tmp_path / "files", "4100104")
    with faultfs(files, tmp_path / "reader") as reader:
        card = _pull_halfway(page, reader, qtbot)
    await_true(lambda: card.work.gone, qtbot)
    press(card, "close")
    page.shell.tell("ingests")
    await_true(lambda: "请再次插入此卡，从第" in page.shell.message_bar.text(), qtbot)
    said = page.shell.message_bar.text()
    assert "今天" in said and "4100104" in said and f"{8 + LONG} 个文件中已采集" in said and "随后卡被拔出" in said
    with faultfs(files, tmp_path / "reader"):
        await_card(page, tmp_path / "reader", qtbot)
        await_true(lambda: not page.shell.message_bar.isVisible(), qtbot)


@requires_root_mounts
def test_files_that_can_not_be_read_are_listed_with_stage_reason_and_next_step(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "files", "4100105")
    broken = next(folder.rglob("*140432.JPG")).relative_to(folder).as_posix()
    root = tmp_path / "mount"
    root.mkdir()
    with faultfs(folder, root) as reader:
        reader.set(Rule(broken, Fault.ERROR))
        card = await_card(page, root, qtbot)
        press(card, "start")
        await_card(page, root, qtbot, Phase.DONE)
        await_true(lambda: "还不能清空此卡：1 个文件读不出" in words(card), qtbot)
        assert "7 / 8" in words(card) and card.ring_state() == "warn"
        assert shown(card, "retry")
        press(card, "result")
        dialog = page.findChild(QDialog, "ingest.result")
        assert isinstance(dialog, ResultDialog)
        copy = dialog.findChild(QAbstractButton, "ingest.result.copy")
        assert copy is not None
        copy.click()
        said = QGuiApplication.clipboard().text()
        line = next(line for line in said.splitlines() if line.startswith(broken))
        assert "读不出" in line and "读取" in line and "请换读卡器后再采集" in line
        dialog.accept()


def test_the_report_is_printed_where_the_person_says(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "card", "4100106")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    press(card, "start")
    await_card(page, folder, qtbot, Phase.DONE)
    press(card, "print")
    dialog = page.shell.findChild(QFileDialog, "ingest.report.dialog")
    assert dialog is not None
    output = tmp_path / "报告.pdf"
    dialog.fileSelected.emit(str(output))
    dialog.reject()
    await_true(lambda: f"报告已保存：{output}" in page.shell.message_bar.text(), qtbot)
    assert output.read_bytes().startswith(b"%PDF")
    assert card.work.printed


def test_a_full_vault_is_said_before_anything_is_pressed(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "card", "4100107")
    giant = folder / "DCIM" / "VIDEO" / "giant.mp4"
    with giant.open("wb") as file:
        file.truncate(1 << 43)  # sparse: more than any test machine has free
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    await_true(lambda: "主证据库空间不足：需要 8.0 TiB" in words(card), qtbot)
    start = card.findChild(QAbstractButton, f"{card.objectName()}.start")
    assert start is not None and not start.isEnabled()


def _under_way(page: IngestPage, folder: Path, qtbot: QtBot) -> IngestCard:
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    press(card, "start")
    await_true(lambda: _bytes_done(card) > 0, qtbot)
    return card


def _bytes_done(card: IngestCard) -> int:
    job = card.work.job
    return job.progress.bytes_done if job is not None and job.progress is not None else 0


def _pull_halfway(page: IngestPage, reader: FaultFS, qtbot: QtBot) -> IngestCard:
    """Collect from a slow card, and take it out in mid-read."""
    card = await_card(page, reader.mount, qtbot)
    reader.set(Rule("*long-*", Fault.SLOW, seconds=0.01))
    press(card, "start")
    await_true(lambda: _bytes_done(card) > 30 << 20, qtbot)
    reader.pull()
    await_true(lambda: card.work.phase is Phase.DONE, qtbot)
    return card
