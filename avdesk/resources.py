"""Where the program's data files are, and how a TOML file of them is read and refused."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from avdesk.errors import BadResource

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def path(*parts: str) -> Path:
    """A file or folder below ``resources``."""
    return ROOT.joinpath(*parts)


def toml_files(folder: str) -> list[Path]:
    """The TOML files of one folder of resources, by name."""
    return sorted(path(folder).glob("*.toml"))


def read_toml(file: Path) -> Mapping[str, object]:
    """The content of a TOML file. Raises :class:`BadResource` with file, line and reason."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadResource(file=str(file), reason=str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadResource(file=str(file), reason=str(error)) from error
