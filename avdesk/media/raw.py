"""RAW photographs, and pictures that Pillow can't read, through one ``exiftool`` kept running by the worker process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from avdesk.media.facts import MediaFacts, clean_text
from avdesk.media.formats import Format
from avdesk.media.picture import read_serial
from avdesk.media.source import Source
from avdesk.media.times import exif_times
from avdesk.terms import Kind

_TAGS = (
    *("DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal", "OffsetTimeDigitized", "OffsetTime"),
    *("CreateDate", "ModifyDate", "Make", "Model", "SerialNumber", "ImageSize"),
)
_EXIF_NAMES = {
    "SubSecTimeOriginal": "SubsecTimeOriginal",
    "CreateDate": "DateTimeDigitized",
    "ModifyDate": "DateTime",
}
_READY = b"{ready}"


class ExifTool:
    """``exiftool`` in its stay-open mode: the program's start is paid once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, source: Source, path: Path, format_: Format) -> MediaFacts | None:
        """What the tool knows of an open file; ``None`` when it does not know it, or is not installed.

        The file is named by its descriptor where that is possible: a name may hold a newline, or bytes of any encoding.
        """
        if self._process is None and shutil.which("exiftool") is None:
            return None
        values = self._ask(f"/proc/{os.getpid()}/fd/{source.fileno()}" if sys.platform == "linux" else str(path))
        if values is None or not {"ImageSize", "Make", "DateTimeOriginal"} & set(values):
            return None
        width, _, height = str(values.get("ImageSize", "")).partition("x")
        sized = width.isdecimal() and height.isdecimal()
        return MediaFacts(
            kind=Kind.PHOTO,
            format=format_.name,
            width=int(width) if sized else None,
            height=int(height) if sized else None,
            make=clean_text(values.get("Make")),
            model=clean_text(values.get("Model")),
            serial=read_serial(values.get("SerialNumber")),
            times=exif_times({_EXIF_NAMES.get(name, name): value for name, value in values.items()}),
        )

    def _ask(self, name: str) -> dict[str, str] | None:
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            return None
        arguments = ["-json", "-fast", *(f"-{tag}" for tag in _TAGS), name, "-execute"]
        try:
            process.stdin.write(os.fsencode("\n".join(arguments) + "\n"))
            process.stdin.flush()
        except BrokenPipeError:
            self._process = None
            return None
        lines: list[bytes] = []
        while (line := process.stdout.readline()).strip() != _READY:
            if not line:
                self._process = None
                return None
            lines.append(line)
        documents = json.loads(b"".join(lines).decode("utf-8", "replace") or "[]")
        return {tag: str(value) for tag, value in documents[0].items()} if documents else None

    def _start(self) -> subprocess.Popen[bytes]:
        """Started by ``setpriv`` where there is one, as the tool would outlive its reader: it waits for ever at EOF."""
        guard = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        self._process = subprocess.Popen(
            [*guard, "exiftool", "-config", "", "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process
