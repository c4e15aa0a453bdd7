"""Pictures handed from the decoder process to the window through memory that both see.

The memory has no name on Linux: it is gone with the two processes, however they end, and the process that decodes
hostile files can't shrink it below the other's feet.
"""

from __future__ import annotations

import mmap
import os
import sys
from typing import Self

SLOTS = 8
SLOT_BYTES = 3840 * 2400 * 4
"""The largest picture in one slot; pages that nobody wrote to take no memory."""
BYTES = SLOTS * SLOT_BYTES


class Ring:
    """So many slots of shared memory; who may write into which is agreed by messages."""

    def __init__(self, memory: mmap.mmap, token: str, descriptor: int | None = None) -> None:
        self._memory = memory
        self.token = token
        """What the other process is told to find the memory by."""
        self.descriptor = descriptor
        """To be inherited by the other process; ``None`` where memory is found by name."""

    @classmethod
    def create(cls) -> Self:
        """New memory, all zero. Raises :class:`OSError`."""
        if sys.platform == "win32":
            token = f"avdesk-ring-{os.getpid()}-{os.urandom(8).hex()}"
            return cls(mmap.mmap(-1, BYTES, tagname=token), token)
        descriptor = _sealed_memory()
        return cls(mmap.mmap(descriptor, BYTES), str(descriptor), descriptor)

    @classmethod
    def attach(cls, token: str) -> Self:
        """The memory that another process made. Raises :class:`OSError`, ``ValueError``."""
        if sys.platform == "win32":
            return cls(mmap.mmap(-1, BYTES, tagname=token), token)
        memory = mmap.mmap(int(token), BYTES)
        os.close(int(token))
        return cls(memory, token)

    def slot(self, number: int) -> memoryview:
        """The bytes of one slot, writable. To be released before :meth:`close`."""
        with memoryview(self._memory) as whole:
            return whole[number * SLOT_BYTES : (number + 1) * SLOT_BYTES]

    def drop_descriptor(self) -> None:
        """The other process has it now."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def close(self) -> None:
        """Give the memory back. Raises ``BufferError`` while a slot is in use."""
        self.drop_descriptor()
        self._memory.close()


def _sealed_memory() -> int:
    """Nameless memory whose size nobody can change any more."""
    if sys.platform != "linux":
        raise NotImplementedError(sys.platform)
    import fcntl

    descriptor = os.memfd_create("avdesk-ring", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, BYTES)
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return descriptor
