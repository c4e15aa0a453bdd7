"""Real media files, made once by the programs that make them elsewhere too, and one worker to read them with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image

from avdesk.media.worker import MediaWorker

Make = Callable[..., Path]

SOURCES = ("-f", "lavfi", "-i", "testsrc=s=320x240:r=30000/1001:d=2", "-f", "lavfi", "-i", "sine=f=440:d=2")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes a two-second clip by ffmpeg; the arguments are ffmpeg's."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is missing")
    folder = tmp_path_factory.mktemp("films")

    def make(name: str, *arguments: str) -> Path:
        path = folder / name
        subprocess.run(["ffmpeg", "-v", "error", "-y", *SOURCES, *arguments, str(path)], check=True)
        return path

    return make


@pytest.fixture(scope="session")
def mp4(film: Make) -> Path:
    """H.264 and AAC, the index at the end as a recorder leaves it."""
    return film("clip.mp4", *H264, "-metadata", "creation_time=2026-11-23T06:15:00Z")


@pytest.fixture
def photo(tmp_path: Path) -> Make:
    """Makes a photograph with EXIF by Pillow; the arguments are its name and camera tags by name."""

    def make(name: str, **tags: str) -> Path:
        pillow_heif.register_heif_opener()
        exif = Image.Exif()
        exif.update({ExifTags.Base.Make: "SHILI\0", ExifTags.Base.Model: " K9 "})
        exif.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base[tag]: value for tag, value in tags.items()})
        path = tmp_path / name
        Image.effect_noise((320, 200), 60).convert("RGB").save(path, exif=exif)
        return path

    return make


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker(seconds=60) as worker:
        yield worker
