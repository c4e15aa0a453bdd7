"""Small pictures of real films, photographs and sounds, made in the worker process."""

from __future__ import annotations

import io
import subprocess
import wave
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image

from avdesk.media.thumbnails import LONGEST_SIDE
from avdesk.media.worker import MediaWorker
from tests import faultfs as faults
from tests.faultfs import Fault, Rule, faultfs
from tests.media.conftest import H264, Make

needs_fuse = pytest.mark.skipif(faults.missing() is not None, reason=f"FUSE: {faults.missing()}")


def made(worker: MediaWorker, path: Path) -> Image.Image:
    jpeg = worker.thumbnail(path)
    assert jpeg is not None
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    assert image.format == "JPEG" and max(image.size) <= LONGEST_SIDE
    return image


def colour_at(image: Image.Image, across: float, down: float) -> tuple[int, ...]:
    pixel = image.convert("RGB").getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(pixel, tuple)
    return pixel


def two_colours(folder: Path, name: str, orientation: int, **options: object) -> Path:
    """Twice as wide as high, red at the left and blue at the right, before it is turned."""
    image = Image.new("RGB", (2000, 1000), (200, 0, 0))
    image.paste((0, 0, 200), (1000, 0, 2000, 1000))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    image.save(folder / name, exif=exif, **options)
    return folder / name


class TestFilms:
    def test_a_frame_near_the_tenth_part(self, worker: MediaWorker, film: Make) -> None:
        colours = ("-vf", "geq=r='if(lt(T,0.2),255,0)':g=0:b='if(lt(T,0.2),0,255)'", "-g", "6")
        red, _green, blue = colour_at(made(worker, film("turning.mp4", *H264, *colours)), 0.5, 0.5)
        assert blue > 150 > 100 > red

    def test_it_keeps_its_shape(self, worker: MediaWorker, mp4: Path) -> None:
        assert made(worker, mp4).size == (320, 240)

    def test_a_recorder_held_upright(self, worker: MediaWorker, film: Make, mp4: Path) -> None:
        held, upright_file = film("held.mp4", *H264), mp4.with_name("upright.mp4")
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(held), "-c", "copy", "-metadata:s:v", "rotate=270"]
        subprocess.run([*command, str(upright_file)], check=True)
        seen = mp4.with_name("seen.png")  # as another program shows it
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", str(upright_file), "-frames:v", "1", str(seen)], check=True
        )
        upright = made(worker, upright_file)
        assert upright.size == (240, 320)
        for place in ((0.2, 0.2), (0.2, 0.8), (0.8, 0.2)):
            pairs = zip(colour_at(Image.open(seen), *place), colour_at(upright, *place), strict=True)
            assert all(abs(a - b) < 24 for a, b in pairs)

    def test_pixels_that_are_not_square(self, worker: MediaWorker, film: Make) -> None:
        wide = made(worker, film("wide.mp4", *H264, "-vf", "setsar=2/1"))
        assert wide.size == (480, 180)

    @pytest.mark.parametrize(("name", "arguments"), [("clip.avi", ("-c:v", "mjpeg")), ("clip.ts", H264)])
    def test_other_containers(self, worker: MediaWorker, film: Make, name: str, arguments: tuple[str, ...]) -> None:
        assert made(worker, film(name, *arguments)).size == (320, 240)


class TestPhotographs:
    @pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
    def test_it_is_reduced_and_not_turned_without_need(self, worker: MediaWorker, tmp_path: Path, name: str) -> None:
        image = made(worker, two_colours(tmp_path, name, 1))
        assert image.size == (480, 240)
        assert colour_at(image, 0.1, 0.5)[0] > 150 and colour_at(image, 0.9, 0.5)[2] > 150

    @pytest.mark.parametrize(("orientation", "down"), [(6, 0.1), (8, 0.9)])
    def test_it_is_turned_as_exif_says(
        self, worker: MediaWorker, tmp_path: Path, orientation: int, down: float
    ) -> None:
        image = made(worker, two_colours(tmp_path, "turned.jpg", orientation))
        assert image.size == (240, 480)
        assert colour_at(image, 0.5, down)[0] > 150 and colour_at(image, 0.5, 1 - down)[2] > 150

    def test_a_telephones(self, worker: MediaWorker, tmp_path: Path) -> None:
        pillow_heif.register_heif_opener()
        assert made(worker, two_colours(tmp_path, "a.heic", 1)).size == (480, 240)

    def test_more_pixels_than_memory(self, tmp_path: Path) -> None:
        Image.new("1", (30_000, 30_000)).save(tmp_path / "bomb.png")
        with MediaWorker(memory=300 << 20) as poor:
            assert poor.thumbnail(tmp_path / "bomb.png") is None
            assert poor.thumbnail(two_colours(tmp_path, "fine.jpg", 1)) is not None


class TestSounds:
    def test_loud_and_quiet_parts_are_told_apart(self, worker: MediaWorker, tmp_path: Path) -> None:
        path = tmp_path / "voice.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            loud = b"".join(
                (20_000 if n % 20 < 10 else -20_000).to_bytes(2, "little", signed=True) for n in range(8000)
            )
            file.writeframes(b"\0\0" * 8000 + loud)
        image = made(worker, path).convert("L")
        height = [sum(image.getpixel((x, y)) > 110 for y in range(image.height)) for x in range(image.width)]
        assert max(height[: image.width // 2 - 12]) < 20 < 100 < max(height[image.width // 2 + 12 :])

    @pytest.mark.parametrize("name", ["voice.mp3", "voice.m4a"])
    def test_compressed_ones(self, worker: MediaWorker, film: Make, name: str) -> None:
        assert made(worker, film(name, "-vn")).size == (480, 270)


class TestNothingToShow:
    @pytest.mark.parametrize("content", [b"", b"text", b"\xff\xd8\xff\xe0 no picture", b"\0" * 5000])
    def test_what_is_no_picture(self, worker: MediaWorker, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.jpg").write_bytes(content)
        assert worker.thumbnail(tmp_path / "a.jpg") is None

    def test_a_film_without_its_end(self, worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
        (tmp_path / "cut.mp4").write_bytes(mp4.read_bytes()[:20_000])
        assert worker.thumbnail(tmp_path / "cut.mp4") is None

    def test_a_file_that_is_not_there_is_another_matter(self, worker: MediaWorker, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            worker.thumbnail(tmp_path / "none.jpg")
        assert worker.thumbnail(two_colours(tmp_path, "a.jpg", 1)) is not None

    @needs_fuse
    def test_a_failing_device_is_another_matter_too(self, worker: MediaWorker, mp4: Path, tmp_path: Path) -> None:
        with faultfs(mp4.parent, tmp_path / "mount") as reader:
            reader.set(Rule(mp4.name, Fault.ERROR))
            with pytest.raises(OSError, match="Input/output"):
                worker.thumbnail(reader.mount / mp4.name)
