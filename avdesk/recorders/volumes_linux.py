"""Mounted volumes on Linux: all block and FUSE mounts but the system's own, and the kernel's word when they change."""

from __future__ import annotations

import os
import re
import select
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from avdesk.recorders.devices_linux import Device, FileSystem, device_of, file_system_of
from avdesk.recorders.mountinfo import CHANGE, TABLE, Mount, reachable, read_mounts
from avdesk.recorders.volume import Excluded, Volume

ANSWER_SECONDS = 1.5
"""How long a file system may take to say its size before it counts as unreachable."""

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "glusterfs", "virtiofs", "davfs"}
    | {
        f"fuse.{name}"
        for name in ("sshfs", "rclone", "s3fs", "glusterfs", "ceph-fuse", "curlftpfs", "davfs", "juicefs")
    }
)
_VIEWS = frozenset(
    f"fuse.{name}"
    for name in ("portal", "gvfsd-fuse", "lxcfs", "fuse-overlayfs", "revokefs-fuse", "vmware-vmblock", "bindfs")
)
_IMAGES = frozenset({"squashfs", "erofs", "cramfs", "romfs", "fuse.snapfuse", "fuse.squashfuse", "fuse.squashfuse_ll"})
_SEVERAL_DEVICES = frozenset({"btrfs", "bcachefs", "zfs"})
_REAL_TYPES = {
    "ntfs3": "ntfs",
    "fuse.ntfs": "ntfs",
    "fuse.ntfs-3g": "ntfs",
    "fuse.exfat": "exfat",
    "fuse.exfat-fuse": "exfat",
    "fuse.fusefat": "vfat",
    "fuse.fuseiso": "iso9660",
}
_BOOT = re.compile(r"/(?:boot|efi|run/live|run/initramfs|run/archiso)(?:/.*)?", re.DOTALL)
_SYSTEM = re.compile(
    r"/|/(?:home|root|opt|tmp|persistent|recovery|var/tmp)|/home/[^/]+"
    r"|/(?:usr|etc|nix|gnu|snap|lib|lib64|proc|sys|dev)(?:/.*)?|/var(?:/(?!tmp/).*)?",
    re.DOTALL,
)
_UNASKED = frozenset({Excluded.VIRTUAL, Excluded.NETWORK, Excluded.OVERMOUNTED})


def volumes(table: Path = TABLE, sys_root: Path = Path("/sys")) -> list[Volume]:
    """All mounts, in the kernel's order; those that do not count carry the reason in ``excluded``.

    A file system that hangs costs :data:`ANSWER_SECONDS` once and is then listed as unreachable.
    """
    mounts = read_mounts(table)
    reasons = exclusions(mounts)
    devices = {mount.id: device_of(mount.number, mount.source, sys_root) for mount in mounts}
    asked = {
        mount.id: _ask(mount, devices[mount.id], reasons[mount.id])
        for mount in mounts
        if reasons[mount.id] not in _UNASKED
    }
    deadline = time.monotonic() + ANSWER_SECONDS
    for answer in asked.values():
        if not answer.late:
            answer.late = not answer.done.wait(max(0.0, deadline - time.monotonic()))
    return [_volume(mount, devices[mount.id], reasons[mount.id], asked.get(mount.id)) for mount in mounts]


class MountWatch:
    """Tells when a mount came, went or changed since it was made or last asked. It never polls by a clock.

    :meth:`fileno` is for an event loop that waits for an *exceptional* condition (``QSocketNotifier.Exception``).
    """

    def __init__(self) -> None:
        self._descriptor = os.open(TABLE, os.O_RDONLY | os.O_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._descriptor, CHANGE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        os.close(self._descriptor)

    def fileno(self) -> int:
        return self._descriptor

    def wait(self, seconds: float) -> bool:
        """Wait for a change, at most so many seconds. ``True`` at a change; one change is told once."""
        return bool(self._poll.poll(max(0.0, seconds) * 1000))


def exclusions(mounts: Sequence[Mount]) -> dict[int, Excluded | None]:
    """Why each mount does not count, by its id; ``None`` for those that do."""
    shown = reachable(mounts)
    system = {mount.number for mount in mounts if mount.id in shown and _is_storage(mount) and _is_system(mount.point)}
    seen: set[tuple[str, str]] = set()
    reasons: dict[int, Excluded | None] = {}
    for mount in mounts:
        reason = _reason(mount, mount.id in shown, mount.number in system)
        if reason is None and (mount.number, mount.root) in seen:
            reason = Excluded.BIND
        elif reason is None:
            seen.add((mount.number, mount.root))
        reasons[mount.id] = reason
    return reasons


def _reason(mount: Mount, shown: bool, beside_system: bool) -> Excluded | None:
    """Why a mount does not count, looking at this one mount alone."""
    program = mount.fstype.endswith(".AppImage") or Path(mount.point).name.startswith(".mount_")
    checks = (
        (not shown, Excluded.OVERMOUNTED),
        (mount.fstype in _NETWORK, Excluded.NETWORK),
        (mount.fstype in _IMAGES or program, Excluded.IMAGE),
        (not _is_storage(mount), Excluded.VIRTUAL),
        (_BOOT.fullmatch(mount.point) is not None, Excluded.BOOT),
        (_is_system(mount.point), Excluded.SYSTEM_MOUNT),
        (mount.root != "/" and mount.fstype not in _SEVERAL_DEVICES, Excluded.BIND),
        (beside_system, Excluded.SYSTEM_MOUNT),
    )
    return next((reason for holds, reason in checks if holds), None)


def _is_storage(mount: Mount) -> bool:
    """A block device or a FUSE file system behind it; anonymous device numbers (major 0) are the kernel's own."""
    if mount.fstype.startswith("fuse.") or mount.fstype == "fuse":
        return mount.fstype not in _VIEWS
    return not mount.number.startswith("0:") or mount.fstype in _SEVERAL_DEVICES


def _is_system(point: str) -> bool:
    return _SYSTEM.fullmatch(point) is not None


@dataclass(slots=True)
class _Answer:
    """What a file system said of itself, filled in by the thread that asks it."""

    done: threading.Event = field(default_factory=threading.Event)
    late: bool = False
    space: os.statvfs_result | None = None
    content: FileSystem = field(default_factory=FileSystem)


_waiting: dict[Mount, _Answer] = {}
"""Questions without an answer: a file system that hangs is not asked again before it has answered."""


def _ask(mount: Mount, device: Device | None, reason: Excluded | None) -> _Answer:
    """Ask a file system in a thread of its own: a dead FUSE server or a pulled disk may never answer."""
    stuck = _waiting.get(mount)
    if stuck is not None:
        return stuck
    answer = _waiting[mount] = _Answer()
    arguments = (mount, answer, device if reason is None else None)
    threading.Thread(target=_fill, args=arguments, name=f"statvfs {mount.number}", daemon=True).start()
    return answer


def _fill(mount: Mount, answer: _Answer, device: Device | None) -> None:
    try:
        answer.space = os.statvfs(mount.point)
        if device is not None:
            answer.content = file_system_of(device)
    except OSError:
        answer.space = None  # told as UNREACHABLE
    finally:
        _waiting.pop(mount, None)
        answer.done.set()


def _volume(mount: Mount, device: Device | None, reason: Excluded | None, answer: _Answer | None) -> Volume:
    space = answer.space if answer is not None else None
    content = answer.content if answer is not None else FileSystem()
    if answer is not None and space is None and reason is None:
        reason = Excluded.UNREACHABLE
    named = _REAL_TYPES.get(mount.fstype, mount.fstype)
    return Volume(
        mount=mount.point,
        device=mount.source if mount.source.startswith("/dev/") or device is None else device.node,
        device_id=device.disk if device is not None else mount.number,
        fstype=(content.type or named) if named in ("fuseblk", "fuse") else named,
        uuid=content.uuid,
        label=content.label,
        port=device.port if device is not None else None,
        serial=device.serial if device is not None else None,
        backing=device.backing if device is not None else None,
        read_only=mount.read_only,
        bytes_total=space.f_blocks * space.f_frsize if space is not None else 0,
        bytes_free=space.f_bavail * space.f_frsize if space is not None else 0,
        excluded=reason,
    )
