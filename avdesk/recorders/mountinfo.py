"""The kernel's table of mounts, ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)), and which of them can be reached."""

from __future__ import annotations

import os
import re
import select
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TABLE = Path("/proc/self/mountinfo")
CHANGE = select.POLLPRI | select.POLLERR
_READS = 5
_ESCAPE = re.compile(rb"\\([0-3][0-7]{2})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the table. ``number`` is ``major:minor``, ``root`` the folder of the file system that is shown."""

    id: int
    parent: int
    number: str
    root: str
    point: str
    fstype: str
    source: str
    read_only: bool


def read_mounts(table: Path = TABLE) -> list[Mount]:
    """The mounts as they are now, in the table's order.

    The kernel hands the table out in pieces, so it is read again when a mount changed in between.
    """
    descriptor = os.open(table, os.O_RDONLY | os.O_CLOEXEC)
    with open(descriptor, "rb", buffering=0) as file:
        changes = select.poll()
        changes.register(descriptor, CHANGE)
        for _attempt in range(_READS):
            file.seek(0)
            text = file.read()
            if not changes.poll(0):
                break
    return parse(text)


def parse(text: bytes) -> list[Mount]:
    """Mounts from the bytes of a table; bytes that are not UTF-8 become surrogate escapes."""
    found = {mount.id: mount for mount in map(_mount, filter(None, text.split(b"\n")))}
    return list(found.values())


def reachable(mounts: Iterable[Mount]) -> set[int]:
    """The ids of the mounts that a path leads to: neither they nor a folder above them is mounted over."""
    by_point: dict[str, list[Mount]] = {}
    ids: set[int] = set()
    for mount in mounts:
        by_point.setdefault(mount.point, []).append(mount)
        ids.add(mount.id)
    tops: dict[str, int] = {}
    for point in sorted(by_point, key=lambda path: len(PurePosixPath(path).parts)):
        above = next((tops[str(step)] for step in PurePosixPath(point).parents if str(step) in tops), None)
        top = _top(by_point[point], above, ids)
        if top is not None:
            tops[point] = top
    return set(tops.values())


def _top(stack: list[Mount], above: int | None, ids: set[int]) -> int | None:
    """The uppermost of the mounts at one point, starting from the one that stands on the mount ``above`` it."""
    grounds = [mount for mount in stack if (mount.parent == above if above is not None else mount.parent not in ids)]
    if not grounds and above is None:
        grounds = [mount for mount in stack if mount.parent == mount.id]
    if not grounds:
        return None
    on_top = {mount.parent: mount.id for mount in stack if mount.parent != mount.id}
    top = grounds[-1].id
    while top in on_top:
        top = on_top[top]
    return top


def _mount(line: bytes) -> Mount:
    fields = line.split(b" ")
    dash = fields.index(b"-", 6)
    fstype, source, options = fields[dash + 1 : dash + 4]
    return Mount(
        id=int(fields[0]),
        parent=int(fields[1]),
        number=fields[2].decode("ascii"),
        root=_text(fields[3]),
        point=_text(fields[4]),
        fstype=_text(fstype),
        source=_text(source),
        read_only=b"ro" in fields[5].split(b",") or b"ro" in options.split(b","),
    )


def _text(field: bytes) -> str:
    return os.fsdecode(_ESCAPE.sub(lambda match: bytes([int(match[1], 8)]), field))
