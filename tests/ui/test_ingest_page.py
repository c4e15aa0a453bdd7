"""Cards on the page for collecting: they come and go by themselves, on real mounts."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from avdesk.services.people import add_person
from avdesk.ui.pages.ingest import IngestPage
from avdesk.ui.pages.ingest_work import Phase
from avdesk.ui.shell import Shell
from tests.mounts import make_image, mount_image, mounted_image, requires_root_mounts
from tests.ui.ingest_page import (
    await_card,
    await_true,
    button,
    find_card,
    fresh_card,
    page,
    press,
    sample_card,
    shown,
    words,
)

__all__ = ["page", "sample_card"]


@requires_root_mounts
def test_a_card_appears_within_two_seconds_of_its_mount_and_vanishes_with_it(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """The one place where a time is asserted: UI.md promises it to the custodian."""
    card_files = fresh_card(sample_card, tmp_path / "files", "4100012")
    with mounted_image(tmp_path, "exfat", fill=card_files) as root:
        mounted = time.monotonic()
        await_true(lambda: find_card(page, root) is not None, qtbot)
        assert time.monotonic() - mounted < 2
        card = await_card(page, root, qtbot)
        said = words(card)
        assert "4100012" in said and "执法记录仪" in said and "未采集" in said
        assert "exFAT" in said and "凭 DCIM/VIDEO" in said
        assert "个新文件" in said and "录制于" in said
        assert card.ring_state() == "empty"
        assert shown(card, "start") and shown(card, "list") and not shown(card, "pause")
    await_true(lambda: find_card(page, root) is None, qtbot)


@requires_root_mounts
def test_what_was_collected_is_told_apart(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    """The workspace has the sample card already: nothing on this one is new."""
    with mounted_image(tmp_path, "ext4", fill=sample_card) as root:
        card = await_card(page, root, qtbot)
        said = words(card)
        assert "没有新文件" in said and "已采集过 8 个" in said and "无新文件" in said
        assert not shown(card, "start")
        press(card, "compare")
        card = await_card(page, root, qtbot, Phase.DONE)
        await_true(lambda: "可以清空此卡" in words(card), qtbot)


@requires_root_mounts
def test_an_empty_card_says_so_and_asks_for_nobody(page: IngestPage, tmp_path: Path, qtbot: QtBot) -> None:
    with mounted_image(tmp_path, "ext4") as root:
        said = words(await_card(page, root, qtbot))
        assert "里面没有文件" in said and "无新文件" in said
        assert "不知道是谁的" not in said


def test_a_folder_is_no_card_that_could_be_emptied(page: IngestPage, sample_card: Path, qtbot: QtBot) -> None:
    page.chooser.take([sample_card])
    said = words(await_card(page, sample_card, qtbot))
    assert "里面的文件以前都已采集" in said
    assert "清空" not in said


@requires_root_mounts
def test_cards_and_strip_follow_a_vault_that_is_taken_away_and_connected_again(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Nobody has to know that a card must be read again once the disk of the vault is back."""
    folder = fresh_card(sample_card, tmp_path / "files", "4100019")
    image = tmp_path / "other-disk"
    make_image(image, "ext4")
    with mounted_image(tmp_path, "ext4", fill=folder) as root:
        card = await_card(page, root, qtbot)
        assert button(card, "start").isEnabled()
        page.shell.vault_room.begin()
        await_true(lambda: any("可用" in word for word in page.shell.vault_room.words()), qtbot)
        with mount_image(image, "ext4", page.desk.first_vault.path):
            await_true(lambda: not button(card, "start").isEnabled(), qtbot)
            assert "没有连接" in words(card)
            await_true(lambda: any("未接上" in word for word in page.shell.vault_room.words()), qtbot)
        await_true(button(card, "start").isEnabled, qtbot)
        await_true(lambda: any("可用" in word for word in page.shell.vault_room.words()), qtbot)


def test_without_any_card_the_page_says_what_belongs_here(page: IngestPage, qtbot: QtBot) -> None:
    page._show_volumes(())
    await_true(lambda: not page.works, qtbot)
    said = words(page)
    assert "卡会自动出现在这里" in said and "拖到这里" in said
    for name in ("ingest.choose_folder", "ingest.choose_files"):
        button = page.findChild(QAbstractButton, name)
        assert button is not None and button.isVisible() and button.isEnabled()


def test_folders_and_files_can_be_dropped(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = fresh_card(sample_card, tmp_path / "party", "4100013")
    single = tmp_path / "loose" / "statement.mp4"
    single.parent.mkdir()
    single.write_bytes(os.urandom(5000))
    _drop(page, [folder, single])
    card = await_card(page, folder, qtbot)
    assert "文件夹" in words(card) or "执法记录仪" in words(card)
    loose = await_card(page, single.parent, qtbot)
    assert "选定的 1 个文件" in words(loose)
    _drop(page, [folder])
    qtbot.wait(300)
    assert sum(folder == choice.root for work in page.works for choice in work.place.choices) == 1
    press(loose, "start")
    await_card(page, single.parent, qtbot, Phase.DONE)
    await_true(lambda: "还不能清空此文件夹：只选了部分文件" in words(loose), qtbot)


def test_a_folder_can_be_chosen_and_taken_off_again(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "phone", "4100014")
    page.chooser.ask_folder()
    dialog = page.shell.findChild(QFileDialog, "ingest.choose.dialog")
    assert dialog is not None
    dialog.filesSelected.emit([str(folder)])
    dialog.reject()
    card = await_card(page, folder, qtbot)
    acts = {action.text(): action for action in card.menu().actions()}
    acts["从本页移去"].trigger()
    assert find_card(page, folder) is None


def test_enter_on_a_card_starts_it(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = fresh_card(sample_card, tmp_path / "keyboard", "4100016")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    card = await_card(page, folder, qtbot, Phase.DONE)
    assert card.ring_state() == "ok" and "已核验" in words(card)


def test_who_handed_it_in_is_taken_from_the_names_or_typed(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    add_person(page.desk, "张示例", "310086")
    add_person(page.desk, "李示例", "41040003")
    page.refresh()
    await_true(lambda: len(page._people) == 3, qtbot)
    folder = fresh_card(sample_card, tmp_path / "card", "4100017")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    assert "张示例·执法证 310086（凭文件名）" in words(card)
    field = card.findChild(QComboBox, f"{card.objectName()}.handed_in_by")
    assert field is not None and field.isVisible()
    _type(field, "没有这个人", qtbot)
    assert not _button(card, "start").isEnabled() and "没有这个人" in words(card)
    _type(field, "41040003", qtbot)
    assert _button(card, "start").isEnabled() and "交出人 李示例" in words(card)
    press(card, "start")
    await_card(page, folder, qtbot, Phase.DONE)
    assert card.work.result is not None
    from avdesk.services.reports import ingest_report

    assert ingest_report(page.desk, card.work.result.reports[0].ingest_id, tmp_path / "out.pdf").files == 8


@requires_root_mounts
def test_two_cards_are_collected_at_once(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    one = fresh_card(sample_card, tmp_path / "one", "4100021", {"DCIM/VIDEO/a.mp4": os.urandom(24 << 20)})
    two = fresh_card(sample_card, tmp_path / "two", "4100022", {"DCIM/VIDEO/b.mp4": os.urandom(24 << 20)})
    with mounted_image(tmp_path, "ext4", fill=one) as first, mounted_image(tmp_path, "ext4", fill=two) as second:
        cards = [await_card(page, root, qtbot) for root in (first, second)]
        await_true(lambda: _button(page, "start_all").isVisible(), qtbot)
        for card in cards:
            card.work.start()
        assert [card.work.busy for card in cards] == [True, True]
        assert len({task.job.title for task in page.shell.task_strip.tasks} & {"采集 4100021", "采集 4100022"}) == 2
        for root in (first, second):
            await_card(page, root, qtbot, Phase.DONE)
        assert all(card.ring_state() == "ok" for card in cards)


@requires_root_mounts
def test_the_side_bar_counts_what_waits(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = fresh_card(sample_card, tmp_path / "counted", "4100023")
    before = sum(work.phase is Phase.READY and not work.nothing_new for work in page.works)
    with mounted_image(tmp_path, "ext4", fill=folder) as root:
        await_card(page, root, qtbot)
        ready = sum(work.phase is Phase.READY and not work.nothing_new for work in page.works)
        assert ready > before or before > 0
        assert f"{len(page.works)} 张卡" in words(page)


@requires_root_mounts
def test_a_recorders_card_starts_by_itself_when_that_is_switched_on(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    auto = page.findChild(QAbstractButton, "ingest.auto")
    assert auto is not None
    await_true(lambda: page._listed, qtbot)
    auto.setChecked(True)
    folder = fresh_card(sample_card, tmp_path / "auto", "4100024")
    with mounted_image(tmp_path, "ext4", fill=folder) as root:
        card = await_card(page, root, qtbot, Phase.DONE)
        assert card.ring_state() == "ok"
    assert page.shell.settings.flag("ingest/auto")
    await_true(lambda: "4100024 已取出" in page.shell.message_bar.text(), qtbot)


def test_a_disk_full_of_files_is_not_looked_through_by_itself(page: IngestPage, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.txt").write_text("x")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    card.work._most = 20
    card.work.look()
    await_card(page, folder, qtbot, Phase.VAST)
    assert "文件非常多" in words(card) and not shown(card, "start")
    press(card, "read_all")
    await_card(page, folder, qtbot)
    assert "30 个新文件" in words(card)


def test_a_folder_that_is_gone_says_so_and_can_be_read_again(page: IngestPage, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "short-lived"
    folder.mkdir()
    (folder / "a.mp4").write_bytes(b"a")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    (folder / "a.mp4").unlink()
    folder.rmdir()
    card.work.look()
    await_card(page, folder, qtbot, Phase.FAILED)
    assert card.ring_state() == "warn" and "有问题" in words(card)
    folder.mkdir()
    (folder / "a.mp4").write_bytes(b"b")
    press(card, "read_again")
    await_card(page, folder, qtbot)


def test_a_vault_can_not_be_collected_into_itself(page: IngestPage, qtbot: QtBot) -> None:
    root = page.desk.first_vault.path
    page.chooser.take([root])
    card = await_card(page, root, qtbot, Phase.FAILED)
    assert str(root) in words(card)


def test_all_controls_have_names(page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = fresh_card(sample_card, tmp_path / "named", "4100025")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    page.show_list(card.work)
    for control in page.findChildren(QAbstractButton):
        named = control.accessibleName() or control.text() or not control.isVisible()
        assert named, control.objectName()
    assert card.accessibleName().startswith("4100025 执法记录仪")


def _drop(page: IngestPage, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, no_key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(page.rect().center(), copy, mime, left, no_key)
    page.dragEnterEvent(entered)
    tile = page.findChild(QWidget, "ingest.tile")
    assert entered.isAccepted() and tile is not None and tile.property("state") == "over"
    page.dropEvent(QDropEvent(QPointF(page.rect().center()), copy, mime, left, no_key))
    assert tile.property("state") == ""


def _type(field: QComboBox, text: str, qtbot: QtBot) -> None:
    edit = field.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.clear()
    edit.insert(text)
    edit.editingFinished.emit()


def _button(widget: QWidget, part: str) -> QAbstractButton:
    name = f"ingest.{part}" if isinstance(widget, IngestPage) else f"{widget.objectName()}.{part}"
    found = widget.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_the_card_is_found_by_its_folder_when_the_page_is_opened_for_it(
    shell: Shell, page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "practice", "4100026")
    shell.open_page("ingest", folder=str(folder), list="yes")
    await_true(lambda: page._plan.work is not None, qtbot)
    assert "4100026 采集清单" in words(page)


def test_tab_goes_through_a_card_from_the_top(
    page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "tabs", "4100027")
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    card.setFocus()
    seen = []
    for _step in range(4):
        focused = page.shell.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached = page.shell.focusWidget()
        seen.append(reached.objectName().removeprefix(f"{card.objectName()}.") if reached is not None else "")
    assert seen == ["handed_in_by", "start", "list", "more"]


def test_the_task_strip_leads_to_the_card(
    shell: Shell, page: IngestPage, sample_card: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = fresh_card(sample_card, tmp_path / "task", "4100028", {"DCIM/VIDEO/a.mp4": os.urandom(48 << 20)})
    page.chooser.take([folder])
    card = await_card(page, folder, qtbot)
    press(card, "list")
    card.work.start()
    (task,) = [task for task in shell.task_strip.tasks if task.job.title == "采集 4100028"]
    task.clicked.emit(task.job)
    assert card.isVisible() and card.hasFocus()
    await_card(page, folder, qtbot, Phase.DONE)
