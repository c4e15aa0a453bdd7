"""Disk, port and serial from an invented /sys (this machine has no USB), and the decoding of labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from avdesk.recorders.devices_linux import Device, FileSystem, device_of, file_system_of

USB = "pci0000:00/0000:00:14.0/usb1/1-4/1-4.2/1-4.2:1.0/host6/target6:0:0/6:0:0:0"


class FakeSys:
    """A /sys with the attributes and links that the kernel makes for block devices."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("devices", "dev/block", "class/block"):
            (root / folder).mkdir(parents=True)

    def attribute(self, path: str, text: str) -> None:
        file = self.root / "devices" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")

    def block(self, path: str, number: str, *, hardware: str | None = None) -> None:
        self.attribute(f"{path}/dev", number)
        node = self.root / "devices" / path
        if hardware is not None:
            (node / "device").symlink_to(self.root / "devices" / hardware)
        (self.root / "dev/block" / number).symlink_to(node)
        (self.root / "class/block" / node.name).symlink_to(node)


@pytest.fixture
def sys_root(tmp_path: Path) -> Path:
    fake = FakeSys(tmp_path / "sys")
    usb = "pci0000:00/0000:00:14.0/usb1/1-4"
    fake.attribute(f"{usb}/idVendor", "1d6b")
    fake.attribute(f"{usb}/serial", "HUB")
    fake.attribute(f"{usb}/1-4.2/idVendor", "0781")
    fake.attribute(f"{usb}/1-4.2/serial", "4C530001")
    fake.block(f"{USB}/block/sdb", "8:16", hardware=USB)
    fake.block(f"{USB}/block/sdb/sdb1", "8:17")
    fake.attribute(f"{USB}/block/sdb/sdb1/partition", "1")
    fake.block("virtual/block/dm-0", "253:0")
    slaves = fake.root / "devices/virtual/block/dm-0/slaves"
    slaves.mkdir()
    (slaves / "sdb1").symlink_to(fake.root / "class/block/sdb1")
    fake.attribute("pci0000:00/0000:00:14.0/usb1/1-5/idVendor", "0bda")
    fake.attribute("pci0000:00/0000:00:14.0/usb1/1-5/serial", "000000000000")
    zero = "pci0000:00/0000:00:14.0/usb1/1-5/1-5:1.0/host7/target7:0:0/7:0:0:0"
    fake.block(f"{zero}/block/sdc", "8:32", hardware=zero)
    fake.attribute("platform/sdhci/mmc_host/mmc0/mmc0:aaaa/serial", "0x3a7b11c2")
    card = "platform/sdhci/mmc_host/mmc0/mmc0:aaaa"
    fake.block(f"{card}/block/mmcblk0", "179:0", hardware=card)
    fake.block(f"{card}/block/mmcblk0/mmcblk0p1", "179:1")
    fake.attribute(f"{card}/block/mmcblk0/mmcblk0p1/partition", "1")
    fake.block("virtual/block/loop3", "7:3")
    fake.attribute("virtual/block/loop3/loop/backing_file", "/srv/卡.img")
    fake.block("pci0000:00/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0/block/cciss!c0d0", "104:0")
    return fake.root


@pytest.mark.parametrize(
    ("number", "source", "device"),
    [
        ("8:16", "/dev/sdb", Device("/dev/sdb", "/dev/sdb", "8:16", "1-4.2", "4C530001", None)),
        ("8:17", "/dev/sdb1", Device("/dev/sdb1", "/dev/sdb", "8:17", "1-4.2", "4C530001", None)),
        ("0:45", "/dev/sdb1", Device("/dev/sdb1", "/dev/sdb", "8:17", "1-4.2", "4C530001", None)),
        ("253:0", "/dev/mapper/luks", Device("/dev/dm-0", "/dev/sdb", "253:0", "1-4.2", "4C530001", None)),
        ("8:32", "/dev/sdc", Device("/dev/sdc", "/dev/sdc", "8:32", "1-5", None, None)),
        ("179:1", "/dev/mmcblk0p1", Device("/dev/mmcblk0p1", "/dev/mmcblk0", "179:1", "mmc0", "0x3a7b11c2", None)),
        ("7:3", "/dev/loop3", Device("/dev/loop3", "/dev/loop3", "7:3", None, None, "/srv/卡.img")),
        ("104:0", "/dev/cciss/c0d0", Device("/dev/cciss/c0d0", "/dev/cciss/c0d0", "104:0", "ata3", None, None)),
        ("0:45", "portal", None),
        ("0:45", "/dev/fuse", None),
        ("8:99", "/dev/sdz9", None),
        ("0:45", "", None),
    ],
)
def test_disk_port_and_serial(sys_root: Path, number: str, source: str, device: Device | None) -> None:
    assert device_of(number, source, sys_root) == device


@pytest.mark.parametrize(
    ("encoded", "label"),
    [
        (b"CARD1", "CARD1"),
        ("执法记录仪".encode(), "执法记录仪"),
        (rb"MY\x20CARD\x0a2", "MY CARD\n2"),
        (rb"\xd6\xb4\xb7\xa8", "执法"),
        (rb"\xff", "\udcff"),
        (rb"\x20\x20", None),
        (b"", None),
    ],
)
def test_labels_of_the_udev_database(tmp_path: Path, encoded: bytes, label: str | None) -> None:
    content = (
        b"I:12345\nE:ID_FS_TYPE=exfat\nE:ID_FS_UUID_ENC=FF6E-1BD4\nE:ID_FS_LABEL_ENC=" + encoded + b"\nG:systemd\n"
    )
    (tmp_path / "b8:17").write_bytes(content)
    device = Device("/dev/sdb1", "/dev/sdb", "8:17", None, None, None)
    assert file_system_of(device, udev=tmp_path) == FileSystem("exfat", "FF6E-1BD4", label)


def test_a_device_that_may_not_be_read_is_left_unknown(tmp_path: Path) -> None:
    device = Device("/dev/no-such-device", "/dev/no-such-device", "8:17", None, None, None)
    assert file_system_of(device, udev=tmp_path) == FileSystem(None, None, None)
