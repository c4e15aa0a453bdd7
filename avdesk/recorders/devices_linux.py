"""What Linux knows of the device below a mount: disk, port, serial, and the file system on it.

Sources: ``/sys`` (sysfs(5)), the udev database where udev runs, else ``blkid``. ``removable`` in /sys is not to be
trusted and is not read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_SYS = Path("/sys")
_UDEV = Path("/run/udev/data")
_BUS = re.compile(r"(?:mmc|ata|nvme|virtio)\d+")
_HEX = re.compile(rb"\\x([0-9a-fA-F]{2})")
_BLKID_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Device:
    """``node`` is the block device's file, ``number`` its ``major:minor``, ``disk`` the file of the whole disk."""

    node: str
    disk: str
    number: str
    port: str | None
    serial: str | None
    backing: str | None


@dataclass(frozen=True, slots=True)
class FileSystem:
    """``type`` as libblkid calls it (``exfat``, ``ntfs``, ``vfat``, ``ext4`` …)."""

    type: str | None = None
    uuid: str | None = None
    label: str | None = None


def device_of(number: str, source: str, sys_root: Path = _SYS) -> Device | None:
    """The block device with this ``major:minor``, else the one that ``source`` names; ``None`` when there is none."""
    entry = sys_root / "dev" / "block" / number
    if not entry.exists():
        if not source.startswith("/dev/"):
            return None
        entry = sys_root / "class" / "block" / Path(os.path.realpath(source)).name
        if not entry.exists():
            return None
    node = entry.resolve()
    disk = _disk(node)
    hardware = (disk / "device").resolve() if (disk / "device").exists() else disk
    return Device(
        node=_file(node),
        disk=_file(disk),
        number=_attribute(node / "dev") or number,
        port=_port(hardware, sys_root),
        serial=_serial(disk, hardware, sys_root),
        backing=_attribute(disk / "loop" / "backing_file"),
    )


def file_system_of(device: Device, udev: Path = _UDEV) -> FileSystem:
    """What lies on a block device: from the udev database, else by ``blkid`` when the device may be read."""
    try:
        text = (udev / f"b{device.number}").read_bytes().replace(b"\nE:", b"\n")
    except OSError:
        text = b""
    return _parse(text if b"ID_FS_TYPE=" in text else _blkid(device.node))


def _parse(text: bytes) -> FileSystem:
    found = dict(line.split(b"=", 1) for line in text.splitlines() if b"=" in line)
    return FileSystem(
        type=_decoded(found.get(b"ID_FS_TYPE")),
        uuid=_decoded(found.get(b"ID_FS_UUID_ENC")),
        label=_decoded(found.get(b"ID_FS_LABEL_ENC")),
    )


def _blkid(node: str) -> bytes:
    """What ``blkid`` finds on the device itself (its cache, which it uses without ``-p``, may tell of another card)."""
    program = shutil.which("blkid", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if program is None or not os.access(node, os.R_OK):
        return b""
    try:
        command = [program, "-p", "-o", "udev", node]
        return subprocess.run(command, capture_output=True, timeout=_BLKID_SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return b""


def _decoded(value: bytes | None) -> str | None:
    """Text that udev encoded: ``\\x20`` for unsafe bytes. FAT labels from Chinese Windows are GBK, not UTF-8."""
    if not value:
        return None
    raw = _HEX.sub(lambda match: bytes([int(match[1], 16)]), value)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).strip() or None
        except UnicodeDecodeError:
            continue
    return os.fsdecode(raw)


def _disk(node: Path) -> Path:
    """The whole disk below a partition, or below the one device that a mapping (encryption) stands on."""
    if (node / "partition").exists():
        return node.parent
    slaves = list((node / "slaves").iterdir()) if (node / "slaves").is_dir() else []
    return _disk(slaves[0].resolve()) if len(slaves) == 1 else node


def _file(entry: Path) -> str:
    """The device file of an entry of /sys, where ``!`` stands for ``/``."""
    return "/dev/" + entry.name.replace("!", "/")


def _usb(hardware: Path, sys_root: Path) -> Path | None:
    """The USB device that a disk belongs to."""
    return next((step for step in _upwards(hardware, sys_root) if (step / "idVendor").exists()), None)


def _port(hardware: Path, sys_root: Path) -> str | None:
    usb = _usb(hardware, sys_root)
    if usb is not None:
        return usb.name
    return next((step.name for step in _upwards(hardware, sys_root) if _BUS.fullmatch(step.name)), None)


def _serial(disk: Path, hardware: Path, sys_root: Path) -> str | None:
    """A serial made of zeros is a factory placeholder: unset."""
    usb = _usb(hardware, sys_root)
    places = (usb / "serial",) if usb is not None else (hardware / "serial", disk / "serial")
    found = next(filter(None, map(_attribute, places)), None)
    return found if found and found.removeprefix("0x").strip("0") else None


def _upwards(path: Path, sys_root: Path) -> list[Path]:
    top = (sys_root / "devices").resolve()
    return [step for step in (path, *path.parents) if step.is_relative_to(top) and step != top]


def _attribute(file: Path) -> str | None:
    try:
        return os.fsdecode(file.read_bytes()).strip() or None
    except OSError:
        return None
