"""The kernel's table of mounts: odd lines, and which mount a path leads to."""

from __future__ import annotations

import os
from pathlib import Path

from avdesk.recorders.mountinfo import Mount, parse, reachable, read_mounts


def line(text: str) -> Mount:
    (mount,) = parse(text.encode() + b"\n")
    return mount


def test_a_plain_line() -> None:
    assert line("42 27 8:17 / /media/card rw,relatime shared:7 - vfat /dev/sdb1 rw,utf8") == Mount(
        id=42,
        parent=27,
        number="8:17",
        root="/",
        point="/media/card",
        fstype="vfat",
        source="/dev/sdb1",
        read_only=False,
    )


def test_escapes_and_chinese() -> None:
    mount = line(r"42 27 8:17 /a\040b /media/执法\040记录仪\011\012\134\043 rw - vfat /dev/disk\040x rw")
    assert (mount.root, mount.point, mount.source) == ("/a b", "/media/执法 记录仪\t\n\\#", "/dev/disk x")


def test_a_backslash_that_is_followed_by_digits() -> None:
    assert line(r"42 27 8:17 / /media/a\134040b rw - vfat /dev/sdb1 rw").point == r"/media/a\040b"


def test_bytes_that_are_not_utf8() -> None:
    (mount,) = parse(b"42 27 8:17 / /media/\xd6\xb4\xb7\xa8 rw - vfat /dev/sdb1 rw\n")
    assert os.fsencode(mount.point) == b"/media/\xd6\xb4\xb7\xa8"


def test_no_optional_fields_many_and_an_empty_source() -> None:
    assert line("1 1 0:1 / / rw - rootfs rootfs rw").source == "rootfs"
    assert line("1 1 0:1 / / rw shared:1 master:2 propagate_from:3 unbindable - tmpfs tmpfs rw").fstype == "tmpfs"
    assert line("42 27 0:45 / /x rw - fuse  rw").source == ""
    assert line("42 27 0:45 / /- rw - fuse - rw").point == "/-"


def test_read_only_by_mount_or_by_file_system() -> None:
    assert line("42 27 8:17 / /x ro,relatime - vfat /dev/sdb1 rw").read_only
    assert line("42 27 8:17 / /x rw,relatime - vfat /dev/sdb1 ro,utf8").read_only
    assert not line("42 27 8:17 / /x rw,errors=remount-ro - ext4 /dev/sdb1 rw,errors=remount-ro").read_only


def test_a_mount_that_moved_while_the_table_was_read_counts_once() -> None:
    twice = "42 27 8:17 / /x rw - vfat /dev/sdb1 rw\n"
    assert len(parse((twice + twice).encode())) == 1


def table(*lines: str) -> list[Mount]:
    return parse("\n".join(f"{text} rw - ext4 /dev/x rw" for text in lines).encode())


def test_the_topmost_mount_of_a_point_is_reached() -> None:
    assert reachable(table("1 0 8:1 / /", "2 1 8:2 / /card", "3 2 8:3 / /card", "4 3 8:4 / /card")) == {1, 4}
    assert reachable(table("4 3 8:4 / /card", "3 2 8:3 / /card", "2 1 8:2 / /card", "1 0 8:1 / /")) == {1, 4}


def test_mounts_below_a_folder_that_is_mounted_over_are_hidden() -> None:
    assert reachable(table("1 0 8:1 / /", "2 1 8:2 / /a/b", "3 1 8:3 / /a")) == {1, 3}
    assert reachable(table("1 0 8:1 / /", "3 1 8:3 / /a", "2 3 8:2 / /a/b")) == {1, 2, 3}
    assert reachable(table("1 0 8:1 / /", "2 1 8:2 / /a", "3 2 8:3 / /a/b", "4 2 8:4 / /a", "5 4 8:5 / /a/b")) == {
        1,
        4,
        5,
    }


def test_a_similar_name_hides_nothing() -> None:
    assert reachable(table("1 0 8:1 / /", "2 1 8:2 / /card", "3 1 8:3 / /card2")) == {1, 2, 3}


def test_a_root_on_itself_and_a_root_that_is_not_listed() -> None:
    assert reachable(table("1 1 0:1 / /", "2 1 8:2 / /card")) == {1, 2}
    assert reachable(table("1 1 0:1 / /", "2 1 8:1 / /", "3 2 8:2 / /card")) == {2, 3}
    assert reachable(table("7 5 8:2 / /card", "8 7 8:3 / /card/below")) == {7, 8}


def test_the_real_table_holds_the_proc_it_is_read_from() -> None:
    mounts = read_mounts()
    shown = reachable(mounts)
    proc = next(mount for mount in mounts if mount.point == "/proc" and mount.id in shown)
    device = Path("/proc").stat().st_dev
    assert proc.number == f"{os.major(device)}:{os.minor(device)}"
