"""Really mounted volumes: told by the kernel, described, excluded with a reason, gone when unmounted."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from avdesk.recorders.mountinfo import parse
from avdesk.recorders.volumes import Excluded, MountWatch, Volume, volumes
from avdesk.recorders.volumes_linux import exclusions
from tests.mounts import (
    FILE_SYSTEMS,
    device_at,
    make_image,
    mount_image,
    mounted_image,
    requires_root_mounts,
    server_of,
    unmount,
)

LISTED_WITHIN_SECONDS = 2.0


def at(point: Path) -> list[Volume]:
    return [volume for volume in volumes() if volume.mount == str(point)]


def one(point: Path) -> Volume:
    (volume,) = at(point)
    return volume


def uuid_on(image: Path, fs: str) -> str:
    """The identity of a file system, read from its published place on the medium."""
    offset, size = {"ext4": (1024 + 0x68, 16), "exfat": (0x64, 4), "ntfs": (0x48, 8), "vfat": (0x27, 4)}[fs]
    raw = image.read_bytes()[offset : offset + size]
    if fs == "ext4":
        return "-".join(raw.hex()[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    number = raw[::-1].hex().upper()
    return number if fs == "ntfs" else f"{number[:4]}-{number[4:]}"


@requires_root_mounts
@pytest.mark.parametrize("fs", FILE_SYSTEMS)
def test_a_mount_is_told_and_listed_within_two_seconds_and_vanishes(fs: str, tmp_path: Path) -> None:
    image, point = tmp_path / "image", tmp_path / "执法 记录仪\n1"
    make_image(image, fs, label="CARD1")
    with MountWatch() as watch:
        with mount_image(image, fs, point):
            deadline = time.monotonic() + LISTED_WITHIN_SECONDS
            while not at(point):
                assert watch.wait(deadline - time.monotonic()), "no word of the mount"
            volume = one(point)
            assert time.monotonic() < deadline
            while watch.wait(0):
                pass
        assert watch.wait(LISTED_WITHIN_SECONDS)
    assert not at(point)
    assert volume.fstype == fs
    assert volume.label == "CARD1"
    assert volume.uuid == uuid_on(image, fs)
    assert volume.backing == str(image)
    assert volume.device == volume.device_id
    assert volume.device.startswith("/dev/loop")
    assert (volume.read_only, volume.excluded) == (False, None)


@requires_root_mounts
@pytest.mark.parametrize("fs", ["ext4", "exfat", "ntfs"])
def test_sizes_are_those_that_df_tells(fs: str, tmp_path: Path) -> None:
    with mounted_image(tmp_path, fs) as point:
        command = ["df", "--block-size=1", "--output=size,avail", str(point)]
        size, free = subprocess.check_output(command, text=True).splitlines()[1].split()
        volume = one(point)
        assert (volume.bytes_total, volume.bytes_free) == (int(size), int(free))
        assert 0 < volume.bytes_free < volume.bytes_total


@requires_root_mounts
@pytest.mark.parametrize("fs", FILE_SYSTEMS)
def test_a_read_only_card_is_told(fs: str, tmp_path: Path) -> None:
    with mounted_image(tmp_path, fs, read_only=True) as point:
        assert one(point).read_only
        with pytest.raises(OSError, match="Read-only"):
            (point / "x").write_text("x")


@requires_root_mounts
def test_a_chinese_label(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "exfat", label="执法记录仪") as point:
        assert one(point).label == "执法记录仪"


@requires_root_mounts
@pytest.mark.parametrize("fs", FILE_SYSTEMS)
def test_an_image_holds_what_it_was_filled_with(fs: str, tmp_path: Path) -> None:
    card = tmp_path / "content/DCIM/一号"
    card.mkdir(parents=True)
    (card / "IMG_20240305_143000.jpg").write_bytes(os.urandom(300_000))
    with mounted_image(tmp_path, fs, fill=tmp_path / "content", read_only=True) as point:
        found = [path for path in point.rglob("*") if path.is_file()]
        assert [path.relative_to(point) for path in found] == [Path("DCIM/一号/IMG_20240305_143000.jpg")]
        assert found[0].read_bytes() == (card / "IMG_20240305_143000.jpg").read_bytes()


@contextmanager
def bound(source: Path, point: Path) -> Iterator[None]:
    point.mkdir()
    subprocess.run(["mount", "--bind", str(source), str(point)], check=True)
    try:
        yield
    finally:
        unmount(point)


@requires_root_mounts
def test_a_card_shown_again_or_in_part_is_excluded(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "ext4") as card:
        (card / "DCIM").mkdir()
        with bound(card, tmp_path / "whole"), bound(card / "DCIM", tmp_path / "part"):
            assert one(card).excluded is None
            assert one(tmp_path / "whole").excluded is Excluded.BIND
            assert one(tmp_path / "part").excluded is Excluded.BIND


@requires_root_mounts
def test_only_the_topmost_mount_of_a_folder_counts(tmp_path: Path) -> None:
    for name in ("below", "above"):
        make_image(tmp_path / name, "ext4", label=name)
    point = tmp_path / "card"
    with mount_image(tmp_path / "below", "ext4", point), mount_image(tmp_path / "above", "ext4", point):
        states = {volume.label: volume.excluded for volume in at(point)}
        assert states == {None: Excluded.OVERMOUNTED, "above": None}


@requires_root_mounts
def test_memory_is_no_volume(tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], check=True)
    try:
        assert one(tmp_path).excluded is Excluded.VIRTUAL
    finally:
        unmount(tmp_path)


@requires_root_mounts
def test_a_card_that_was_pulled_is_unreachable(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "exfat") as point:
        server = server_of(device_at(point))
        assert server is not None
        os.kill(server, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while one(point).excluded is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert one(point).excluded is Excluded.UNREACHABLE


@requires_root_mounts
def test_a_card_that_hangs_does_not_hang_the_list(tmp_path: Path) -> None:
    with mounted_image(tmp_path, "exfat") as hanging, mounted_image(tmp_path, "ext4") as well:
        server = server_of(device_at(hanging))
        assert server is not None
        os.kill(server, signal.SIGSTOP)
        try:
            for _again in range(2):
                assert one(hanging).excluded is Excluded.UNREACHABLE
                assert one(well).excluded is None
        finally:
            os.kill(server, signal.SIGCONT)
        deadline = time.monotonic() + 10
        while one(hanging).excluded is not None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert one(hanging).excluded is None


def test_nothing_happens_nothing_is_told() -> None:
    with MountWatch() as watch:
        assert watch.fileno() >= 0
        for _earlier in range(100):
            if not watch.wait(0):
                break
        else:
            pytest.fail("a change is told again and again")


def test_the_system_itself_never_counts() -> None:
    listed = volumes()
    assert len(listed) > 1
    assert [
        volume.mount for volume in listed if volume.mount in ("/", "/proc", "/sys", "/dev") and not volume.excluded
    ] == []


LAPTOP = r"""
1 0 8:2 / / rw - ext4 /dev/sda2 rw
2 1 8:1 / /boot/efi rw - vfat /dev/sda1 rw
3 1 8:3 / /home rw - ext4 /dev/sda3 rw
4 1 8:3 /data /data rw - ext4 /dev/sda3 rw
5 1 8:3 / /recovered rw - ext4 /dev/sda3 rw
6 1 7:0 / /snap/core/1 ro - squashfs /dev/loop0 ro
7 1 0:30 / /proc rw - proc proc rw
8 1 0:31 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
9 1 0:32 / /run/user/1000/doc rw - fuse.portal portal rw
10 1 0:33 / /mnt/nas rw - cifs //nas/x rw
11 1 0:34 / /mnt/ssh rw - fuse.sshfs a@b:/ rw
12 1 0:35 / /tmp/.mount_aBcD ro - fuse.Some.AppImage Some.AppImage ro
13 1 0:36 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw
14 1 8:17 / /media/anna/SD\040CARD rw - exfat /dev/sdb1 rw
15 1 8:33 / /run/media/anna/KINGSTON rw - fuseblk /dev/sdc1 rw
16 21 0:37 / /home/anna/phone rw - fuse.jmtpfs jmtpfs rw
17 1 0:38 /@ /mnt/btrfs rw - btrfs /dev/sdd1 rw
18 1 9:0 / /srv/vault rw - ext4 /dev/md0 rw
19 1 8:49 / /var/tmp/card rw - vfat /dev/sdd1 rw
20 1 0:39 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw
21 3 8:65 / /home/anna rw - ext4 /dev/sde1 rw
"""


def test_what_counts_on_an_ordinary_workstation() -> None:
    mounts = parse(LAPTOP.encode())
    reasons = exclusions(mounts)
    assert {mount.point: reasons[mount.id] for mount in mounts} == {
        "/": Excluded.SYSTEM_MOUNT,
        "/boot/efi": Excluded.BOOT,
        "/home": Excluded.SYSTEM_MOUNT,
        "/data": Excluded.BIND,
        "/recovered": Excluded.SYSTEM_MOUNT,
        "/snap/core/1": Excluded.IMAGE,
        "/proc": Excluded.VIRTUAL,
        "/run/user/1000/gvfs": Excluded.VIRTUAL,
        "/run/user/1000/doc": Excluded.VIRTUAL,
        "/mnt/nas": Excluded.NETWORK,
        "/mnt/ssh": Excluded.NETWORK,
        "/tmp/.mount_aBcD": Excluded.IMAGE,
        "/var/lib/docker/overlay2/x/merged": Excluded.VIRTUAL,
        "/media/anna/SD CARD": None,
        "/run/media/anna/KINGSTON": None,
        "/home/anna/phone": None,
        "/mnt/btrfs": None,
        "/srv/vault": None,
        "/var/tmp/card": None,
        "/var/lib/lxcfs": Excluded.VIRTUAL,
        "/home/anna": Excluded.SYSTEM_MOUNT,
    }


def test_fuse_without_a_device_is_a_device_of_its_own(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    first, second = tmp_path / "a", tmp_path / "b"
    lines = [f"{id_} 1 0:{id_} / {point} rw - fuse.jmtpfs jmtpfs rw\n" for id_, point in ((45, first), (46, second))]
    for point in (first, second):
        point.mkdir()
    table.write_text("".join(lines))
    assert [(volume.device_id, volume.device) for volume in volumes(table)] == [("0:45", "jmtpfs"), ("0:46", "jmtpfs")]
