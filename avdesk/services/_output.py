"""Files that somebody asked for: never in the place of what the workspace keeps, and never half a file."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from avdesk.errors import EnvironmentFault, UsageError
from avdesk.services.desk import Desk

_CATALOGUE = "avdesk."


def require_free(desk: Desk, output: Path) -> None:
    """Raises :class:`UsageError` when ``output`` lies in a vault or is a file of the workspace itself, and
    :class:`EnvironmentFault` when it can be no file at all.
    """
    try:
        place = output.resolve()
        vaults = [vault.path.resolve() for vault in desk.vaults]
        workspace = desk.workspace.resolve()
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except (OSError, RuntimeError, ValueError) as error:
        raise _fault(output, error) from error
    own = place.parent == workspace and place.name.startswith(_CATALOGUE)
    if own or any(place.is_relative_to(vault) for vault in vaults):
        raise UsageError("OUTPUT_NOT_ALLOWED", file=str(output))


@contextmanager
def replacing(output: Path) -> Iterator[BinaryIO]:
    """A file written beside ``output`` and renamed onto it when the block ends well.

    Raises :class:`EnvironmentFault` when it can't be written; then what was there stays.
    """
    work = output.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with work.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        work.replace(output)
    except OSError as error:
        raise _fault(output, error) from error
    finally:
        with suppress(OSError):
            work.unlink()


def _fault(output: Path, error: Exception) -> EnvironmentFault:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return EnvironmentFault(file=str(output), reason=reason)
