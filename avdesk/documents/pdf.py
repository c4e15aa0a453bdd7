"""Writing a PDF: metadata, no font but the bundled ones, and never half a file under its name."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from avdesk.documents import fonts
from avdesk.errors import EnvironmentFault


@contextmanager
def new_pdf(output: Path, page: tuple[float, float], *, title: str, author: str) -> Iterator[Canvas]:
    """A canvas whose pages are ``page`` mm wide and high; the same drawing gives the same bytes.

    When the block ends well, the file is written beside ``output``, synced and renamed onto it, replacing what was
    there. Raises :class:`EnvironmentFault` with file and reason when it cannot be written.
    """
    fonts.register()
    stream = io.BytesIO()
    size = (page[0] * mm, page[1] * mm)
    canvas = Canvas(stream, size, invariant=1, pageCompression=1, initialFontName=fonts.REGULAR)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("avdesk")
    canvas.setProducer("avdesk")
    canvas.setViewerPreference("PrintScaling", "None")
    yield canvas
    canvas.save()
    try:
        _replace(output, stream.getvalue())
    except OSError as error:
        raise EnvironmentFault(file=str(output), reason=error.strerror) from error


def _replace(output: Path, content: bytes) -> None:
    work = output.with_name(f".{secrets.token_hex(8)}.part")
    with work.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            work.replace(output)
        except OSError:
            work.unlink()
            raise
    if hasattr(os, "O_DIRECTORY"):  # Windows cannot sync a folder
        folder = os.open(output.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
