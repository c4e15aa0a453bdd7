"""A mounted file system as the custodian sees it, whatever the operating system."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Excluded(StrEnum):
    """Why a mounted file system does not count as a volume."""

    SYSTEM_MOUNT = "SYSTEM_MOUNT"
    """It belongs to the operating system, or lies on the same file system as such a mount."""
    BOOT = "BOOT"
    """It holds the boot loader or a live system."""
    IMAGE = "IMAGE"
    """A program packed as a file system (snap, AppImage)."""
    VIRTUAL = "VIRTUAL"
    """No storage behind it: memory, kernel interfaces, views of other folders."""
    NETWORK = "NETWORK"
    """It comes over a network."""
    BIND = "BIND"
    """Shown a second time, or only a folder of it."""
    OVERMOUNTED = "OVERMOUNTED"
    """Another mount hides it."""
    UNREACHABLE = "UNREACHABLE"
    """It does not answer, or not in time."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One mounted file system.

    ``device_id`` is equal for all volumes of one physical device. ``port`` is where the device is plugged in (USB
    ``1-4.2``), ``serial`` the device's own, ``backing`` the image file behind a loop device; ``uuid`` and ``label`` are
    the file system's. Each is ``None`` when the system does not know it. Sizes in bytes, 0 where they were not asked.
    ``excluded`` is ``None`` when the volume counts.
    """

    mount: str
    device: str
    device_id: str
    fstype: str
    uuid: str | None
    label: str | None
    port: str | None
    serial: str | None
    backing: str | None
    read_only: bool
    bytes_total: int
    bytes_free: int
    excluded: Excluded | None
