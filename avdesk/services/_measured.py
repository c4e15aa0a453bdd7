"""What was measured of a recording, in the workspace's cache: waveform, sheet of small pictures, measured values.

It can all be made anew; a file that is not as it was written counts as not there, a cache that can't be written is done
without.
"""

from __future__ import annotations

import base64
import json
import secrets
import struct
import sys
from array import array
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from avdesk.findings import Finding
from avdesk.media.analysis import PER_SECOND, VERSION, Measured
from avdesk.media.analysis_worker import look_of, unpacked

_VALUES, _WAVEFORM, _SHEET, _TIMES = "analysis.json", "waveform.bin", "filmstrip.jpg", "filmstrip.json"
_FILES = (_WAVEFORM, _SHEET, _TIMES)
_HEAD = struct.Struct("<4sHI")
_MARK = b"AVW1"


@dataclass(frozen=True, slots=True)
class Waveform:
    """``peaks``: for each of ``per_second`` parts of a second the lowest and the highest sample, a signed byte each.

    ``memoryview(peaks).cast("b")`` gives them as numbers of -127 to 127.
    """

    per_second: int
    peaks: bytes


@dataclass(frozen=True, slots=True)
class Filmstrip:
    """``file``: a JPEG with a picture of ``width`` by ``height`` pixels for each of ``times_s``, row by row."""

    file: Path
    columns: int
    width: int
    height: int
    times_s: tuple[float, ...]


def keep_pictures(folder: Path, measured: Measured) -> None:
    """What a person waits for: there before the picture is measured."""
    peaks = array("b", bytes(2 * len(measured.low)))
    peaks[0::2], peaks[1::2] = measured.low, measured.high
    if measured.low:
        _write(folder, _WAVEFORM, _HEAD.pack(_MARK, PER_SECOND, len(measured.low)) + peaks.tobytes())
    strip = measured.strip
    if strip is not None:
        _write(folder, _SHEET, strip.jpeg)
        about = {"columns": strip.columns, "width": strip.width, "height": strip.height, "times_ms": strip.times_ms}
        _write(folder, _TIMES, json.dumps(about).encode())


def keep_values(folder: Path, measured: Measured) -> None:
    """What spans are derived from."""
    looks = [[one.at_ms, one.brightest, one.burnt, one.detail, one.still, one.moved] for one in measured.looks]
    values = {
        "version": VERSION,
        "has_picture": measured.has_picture,
        "has_sound": measured.has_sound,
        "picture_ms": measured.picture_ms,
        "looks": looks,
        "files": [*([_WAVEFORM] if measured.low else []), *([_SHEET, _TIMES] if measured.strip is not None else [])],
        "level": _packed(measured.level),
        "clipped": _packed(measured.clipped),
        "findings": [[finding.code, dict(finding.facts)] for finding in measured.findings],
        "ended": measured.ended,
    }
    _write(folder, _VALUES, json.dumps(values).encode())


def kept_values(folder: Path) -> Measured | None:
    """What this version of the program measured earlier, if all of it is there; peaks and pictures are not read."""
    match _read(folder / _VALUES):
        case {
            "version": int(version),
            "has_picture": bool(picture),
            "has_sound": bool(sound),
            "picture_ms": int(picture_ms),
            "looks": list(looks),
            "files": list(files),
            "level": str(level),
            "clipped": str(clipped),
            "findings": list(findings),
            "ended": bool(ended),
        } if version == VERSION and all(name in _FILES and (folder / name).is_file() for name in files):
            measured = Measured(picture, sound, picture_ms, ended=ended)
            try:
                for row in looks:
                    measured.looks.append(look_of(row, measured.looks[-1].at_ms if measured.looks else -1))
                measured.level, measured.clipped = unpacked("h", level), unpacked("H", clipped)
                measured.findings = [Finding(code, None, facts) for code, facts in findings]
            except (ValueError, TypeError):
                return None
            return measured
    return None


def kept_waveform(folder: Path) -> Waveform | None:
    """Read from the cache alone."""
    try:
        data = (folder / _WAVEFORM).read_bytes()
        mark, per_second, count = _HEAD.unpack_from(data)
    except (OSError, struct.error):
        return None
    peaks = data[_HEAD.size :]
    return Waveform(per_second, peaks) if mark == _MARK and per_second > 0 and len(peaks) == 2 * count else None


def kept_filmstrip(folder: Path) -> Filmstrip | None:
    """Read from the cache alone; the sheet itself is not opened."""
    match _read(folder / _TIMES):
        case {"columns": int(columns), "width": int(width), "height": int(height), "times_ms": list(times)}:
            if all(isinstance(at, int) for at in times) and (folder / _SHEET).is_file():
                return Filmstrip(folder / _SHEET, columns, width, height, tuple(at / 1000 for at in times))
    return None


def _packed(values: array[int]) -> str:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return base64.b64encode(values.tobytes()).decode()


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None


def _write(folder: Path, name: str, data: bytes) -> None:
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = folder / f".{secrets.token_hex(8)}.part"
        work.write_bytes(data)
        work.replace(folder / name)
