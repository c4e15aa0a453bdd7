"""The decoder process: which frame is shown for which question, and what hostile files do to it.

The sample card paints each frame's number into the frame, so that what is shown is read from the pixels themselves.
"""

from __future__ import annotations

import os
import queue
import random
import shutil
import signal
import struct
import subprocess
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import psutil
import pytest
from PIL import ExifTags, Image

from avdesk.media.player import Counted, Decoder, End, Ended, Event, Failed, Opened, Picture, View
from avdesk.media.ring import SLOTS, Ring
from avdesk.media.sample_card import BIT_SQUARE, FRAME_BITS, FRAME_RATE, VIDEO_SIZE, write_sample_card
from tests import faultfs as faults
from tests.faultfs import Fault, Rule, faultfs

needs_fuse = pytest.mark.skipif(faults.missing() is not None, reason=f"FUSE: {faults.missing()}")

Film = Callable[..., Path]

VIEW = View(960, 540)
WAIT = 30


class Watched:
    """A decoder, and what it said."""

    def __init__(self, memory: int | None = None) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.decoder = Decoder(self._events.put) if memory is None else Decoder(self._events.put, memory=memory)

    def next(self, *wanted: type[Event]) -> Event:
        """The next event of one of these kinds."""
        while True:
            event = self._events.get(timeout=WAIT)
            if isinstance(event, wanted):
                return event

    def open(self, path: Path) -> Opened | Failed:
        number = self.decoder.open(path, path.name)
        event = self.next(Opened, Failed, Ended)
        assert isinstance(event, Opened | Failed) and event.file == number, event
        return event

    def facts(self, path: Path) -> Opened:
        event = self.open(path)
        assert isinstance(event, Opened), event
        return event

    def show(self, pts: int, view: View = VIEW) -> Picture:
        """The picture asked for; it is to be freed."""
        generation = self.decoder.show(pts, view)
        while True:
            event = self.next(Picture, Failed, Ended)
            assert isinstance(event, Picture), event
            if event.generation == generation:
                return event
            self.decoder.free(event)

    def image(self, picture: Picture) -> Image.Image:
        """What lies in the ring, as a picture of its own; the slot is given back."""
        pixels = self.decoder.pixels(picture)
        image = Image.frombytes("RGB", (picture.width, picture.height), pixels, "raw", "BGRX")
        pixels.release()
        self.decoder.free(picture)
        return image


def painted(image: Image.Image) -> int:
    """The number that the sample card painted into a frame."""
    scale = image.width / VIDEO_SIZE[0]
    number = 0
    for place in range(FRAME_BITS):
        at = (int((place + 0.5) * BIT_SQUARE * scale), int(image.height - BIT_SQUARE / 2 * scale))
        number = number << 1 | (sum(image.getpixel(at)) > 384)
    return number


@pytest.fixture
def watched() -> Iterator[Watched]:
    made = Watched()
    yield made
    made.decoder.close()


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cards") / "card"
    write_sample_card(folder)
    return folder


@pytest.fixture(scope="session")
def video(card: Path) -> Path:
    """200 frames of H.264, 25 a second, a key frame each second."""
    return card / "DCIM" / "VIDEO" / "DSJ_5K20417_310086_20261123140210.MP4"


@pytest.fixture(scope="session")
def photograph(card: Path) -> Path:
    return card / "DCIM" / "PHOTO" / "DSJ_5K20417_310086_20261123140432.JPG"


@pytest.fixture(scope="session")
def film(video: Path, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Makes the sample video anew by ffmpeg; the arguments are ffmpeg's."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is missing")
    folder = tmp_path_factory.mktemp("films")

    def make(name: str, *arguments: str) -> Path:
        path = folder / name
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(video), *arguments, str(path)], check=True)
        return path

    return make


LONG_GOP = ("-g", "100", "-bf", "3", "-preset", "veryfast")
UNEVEN = "select='not(mod(n,7))+not(mod(n,11))+eq(n,1)+between(n,60,80)'"
CLIPS = {
    "long-gop.mp4": ("-c:v", "libx264", *LONG_GOP, "-c:a", "copy"),
    "hevc.mp4": ("-c:v", "libx265", "-x265-params", "keyint=60:bframes=4:log-level=none", "-c:a", "copy"),
    "stream.ts": ("-c:v", "libx264", *LONG_GOP, "-c:a", "mp2"),
    "film.mkv": ("-c:v", "libx264", *LONG_GOP, "-c:a", "copy"),
    "motion.avi": ("-c:v", "mjpeg", "-q:v", "3", "-c:a", "pcm_s16le"),
    "xvid.avi": ("-c:v", "mpeg4", "-q:v", "2", "-bf", "0", "-g", "50", "-c:a", "pcm_s16le"),
    "uneven.mp4": ("-vf", UNEVEN, "-fps_mode", "vfr", "-c:v", "libx264", *LONG_GOP, "-an"),
    "one-key.mp4": ("-c:v", "libx264", "-g", "1000", "-bf", "2", "-preset", "veryfast", "-an"),
    "late-start.mp4": ("-c:v", "libx264", *LONG_GOP, "-an", "-output_ts_offset", "3"),
}


def stamps(path: Path) -> list[int]:
    """The pts of all frames in order, as another program tells them."""
    asked = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=pts", "-of", "csv=p=0"]
    told = subprocess.run([*asked, str(path)], check=True, capture_output=True, text=True).stdout
    return sorted(int(line.strip(", ")) for line in told.split() if line.strip(", ").lstrip("-").isdigit())


@pytest.mark.parametrize("name", CLIPS)
def test_what_is_shown_is_what_was_asked_for(watched: Watched, film: Film, name: str) -> None:
    """For places of every kind: the number painted in the pixels, the pts, and the place in the file agree."""
    path = film(name, *CLIPS[name])
    facts = watched.facts(path)
    counted = watched.next(Counted)
    table = stamps(path)
    assert counted == Counted(facts.file, len(table))
    chance = random.Random(name)
    between = [chance.randint(table[0], table[-1]) for _ in range(12)]
    exact = [table[chance.randrange(len(table))] for _ in range(6)]
    for wanted in (*between, *exact, table[0], table[-1], table[0] - 10**6, table[-1] + 10**9):
        place = max(bisect_right(table, wanted) - 1, 0)
        picture = watched.show(wanted)
        assert (picture.pts, picture.number) == (table[place], place)
        seconds = Fraction(table[place] - table[0]) * facts.time_base
        expected = round(seconds * FRAME_RATE)
        assert painted(watched.image(picture)) == expected, (wanted, place)


def test_following_pictures_come_one_after_the_other_to_the_end(watched: Watched, video: Path) -> None:
    facts = watched.facts(video)
    watched.next(Counted)
    numbers = [painted(watched.image(watched.show(facts.pts(5.0))))]
    while isinstance(event := watched.next(Picture, End), Picture):
        assert event.number == numbers[-1] + 1
        numbers.append(painted(watched.image(event)))
    assert numbers == list(range(125, 200))


def test_the_time_of_every_frame_leads_back_to_it(watched: Watched, film: Film) -> None:
    path = film("ntsc.mp4", "-r", "30000/1001", "-c:v", "libx264", "-preset", "ultrafast", "-an")
    facts = watched.facts(path)
    for pts in stamps(path):
        assert facts.pts(facts.seconds(pts)) == pts


def test_no_more_slots_are_taken_than_there_are(watched: Watched, video: Path) -> None:
    """Who frees nothing gets no more than the ring holds; a new question still has an answer when one is freed."""
    watched.facts(video)
    watched.decoder.show(0, VIEW)
    held = [watched.next(Picture) for _ in range(SLOTS)]
    assert len({picture.slot for picture in held if isinstance(picture, Picture)}) == SLOTS
    with pytest.raises(queue.Empty):
        while True:
            assert not isinstance(watched._events.get(timeout=0.5), Picture)
    generation = watched.decoder.show(51200, VIEW)
    assert isinstance(held[0], Picture)
    watched.decoder.free(held[0])
    picture = watched.next(Picture)
    assert isinstance(picture, Picture) and picture.generation == generation
    assert painted(watched.image(picture)) == 100


def test_a_new_question_ends_the_one_before(watched: Watched, video: Path) -> None:
    facts = watched.facts(video)
    generations = [watched.decoder.show(facts.pts(at), VIEW) for at in (7.0, 1.0, 6.0, 2.0)]
    shown = watched.show(facts.pts(4.0))
    assert shown.generation == generations[-1] + 1
    assert painted(watched.image(shown)) == 100


def test_late_pictures_are_left_out(watched: Watched, video: Path) -> None:
    facts = watched.facts(video)
    watched.image(watched.show(0))
    watched.decoder.hurry(facts.pts(6.0))
    numbers = []
    while isinstance(event := watched.next(Picture, End), Picture):
        numbers.append(painted(watched.image(event)))
    assert numbers[-50:] == list(range(150, 200))
    assert len(numbers) < 75


class TestView:
    def test_the_picture_fits_into_the_view(self, watched: Watched, video: Path) -> None:
        watched.facts(video)
        for view, size in ((VIEW, (960, 540)), (View(300, 1000), (300, 169)), (View(2000, 90), (160, 90))):
            picture = watched.show(25600, view)
            assert (picture.width, picture.height) == size
            watched.decoder.free(picture)

    def test_it_is_turned_for_the_view(self, watched: Watched, video: Path) -> None:
        facts = watched.facts(video)
        for turns, back in (
            (1, Image.Transpose.ROTATE_90),
            (2, Image.Transpose.ROTATE_180),
            (3, Image.Transpose.ROTATE_270),
        ):
            picture = watched.show(facts.pts(3.08), View(540, 540, turns))
            image = watched.image(picture).transpose(back)
            assert image.width > image.height and painted(image) == 77

    def test_the_recorders_own_rotation_is_undone(self, watched: Watched, film: Film) -> None:
        """As ffmpeg itself shows such a file."""
        path = film("turned.mp4", "-c", "copy", "-metadata:s:v", "rotate=90")
        upright = path.with_suffix(".png")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(path), "-frames:v", "1", str(upright)], check=True)
        watched.facts(path)
        image = watched.image(watched.show(0, View(360, 640)))
        with Image.open(upright) as expected:
            assert image.size == expected.size == (360, 640)
            for at in ((340, 20), (350, 620), (20, 20), (180, 320)):
                theirs, ours = expected.convert("RGB").getpixel(at), image.getpixel(at)
                assert max(abs(a - b) for a, b in zip(theirs, ours, strict=True)) < 24, at

    def test_pixels_that_are_not_square_are_shown_in_their_shape(self, watched: Watched, film: Film) -> None:
        path = film("wide.mp4", "-vf", "scale=320:360,setsar=2", "-c:v", "libx264", "-preset", "ultrafast", "-an")
        watched.facts(path)
        picture = watched.show(0, View(640, 640))
        assert (picture.width, picture.height) == (640, 360)
        watched.decoder.free(picture)


class TestPhotograph:
    def test_it_is_shown_as_the_camera_was_held(self, watched: Watched, tmp_path: Path) -> None:
        image = Image.new("RGB", (400, 200), "red")
        image.paste("blue", (0, 0, 100, 200))
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        image.save(tmp_path / "a.jpg", exif=exif, quality=95)
        facts = watched.facts(tmp_path / "a.jpg")
        assert (facts.width, facts.height, facts.picture, facts.sound) == (200, 400, True, False)
        shown = watched.image(watched.show(0, View(200, 400)))
        assert shown.getpixel((100, 20))[2] > 200 and shown.getpixel((100, 300))[0] > 200

    def test_a_part_is_shown_larger(self, watched: Watched, tmp_path: Path) -> None:
        image = Image.new("RGB", (800, 400), "white")
        image.paste("green", (600, 300, 800, 400))
        image.save(tmp_path / "a.png")
        watched.facts(tmp_path / "a.png")
        shown = watched.image(watched.show(0, View(400, 200, zoom=4.0, x=0.875, y=0.875)))
        assert shown.size == (400, 200)
        assert {shown.getpixel(at) for at in ((12, 12), (387, 187), (200, 100))} == {(0, 128, 0)}

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
    def test_every_kind_of_pixel_is_shown(self, watched: Watched, tmp_path: Path, mode: str) -> None:
        path = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
        deep = Image.frombytes("I;16", (40, 40), b"\xff" * 3200)
        (deep if mode == "I;16" else Image.new("L", (40, 40), 255).convert(mode)).save(path)
        watched.facts(path)
        assert watched.image(watched.show(0, View(40, 40))).getpixel((20, 20)) == (255, 255, 255)

    def test_heic_is_shown(self, watched: Watched, tmp_path: Path) -> None:
        import pillow_heif

        pillow_heif.register_heif_opener()
        Image.new("RGB", (64, 48), "white").save(tmp_path / "a.heic")
        assert watched.facts(tmp_path / "a.heic").format == "heic"
        assert watched.image(watched.show(0, View(64, 48))).getpixel((9, 9)) == (255, 255, 255)


def test_sound_alone_has_no_picture(watched: Watched, card: Path) -> None:
    facts = watched.facts(next((card / "RECORD").iterdir()))
    assert (facts.picture, facts.sound, facts.duration_s, facts.format) == (False, True, 5.0, "wav")


class TestHostile:
    def test_files_that_are_not_shown_are_told_why(self, watched: Watched, video: Path, tmp_path: Path) -> None:
        whole = video.read_bytes()
        files = {
            "empty.mp4": (b"", "EMPTY"),
            "noise.mp4": (random.Random(1).randbytes(40_000), "NOT_SHOWN"),
            "text.jpg": (b"hello\n" * 100, "NOT_SHOWN"),
            "cut.mp4": (whole[: len(whole) // 2], "CUT_SHORT"),
            "cut.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "CUT_SHORT"),
            "head.avi": (b"RIFF" + struct.pack("<I", 10**6) + b"AVI LIST", "CUT_SHORT"),
            "moov.mp4": (whole[:64] + random.Random(2).randbytes(len(whole) - 64), "CUT_SHORT"),
            "list.m3u8": (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "NOT_SHOWN"),
        }
        for name, (content, code) in files.items():
            (tmp_path / name).write_bytes(content)
            failed = watched.open(tmp_path / name)
            assert isinstance(failed, Failed) and failed.code == code, name
        assert isinstance(watched.open(video), Opened), "the process is as good as before"

    def test_what_is_no_file_is_not_waited_for(self, watched: Watched, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.mp4")
        (tmp_path / "link.mp4").symlink_to("/dev/zero")
        for path in (tmp_path / "pipe.mp4", tmp_path / "link.mp4", tmp_path, tmp_path / "none.mp4"):
            failed = watched.open(path)
            assert isinstance(failed, Failed) and failed.code == "UNREADABLE", path

    def test_a_film_without_its_end_is_shown_as_far_as_it_goes(
        self, watched: Watched, film: Film, tmp_path: Path
    ) -> None:
        whole = film("front.mp4", "-c", "copy", "-movflags", "+faststart")
        data = whole.read_bytes()
        (tmp_path / "cut.mp4").write_bytes(data[: len(data) * 6 // 10])
        facts = watched.facts(tmp_path / "cut.mp4")
        assert facts.cut
        picture = watched.show(facts.pts(1.0))
        assert painted(watched.image(picture)) == 25
        last = picture
        while isinstance(event := watched.next(Picture, End, Failed), Picture):
            last = event
            watched.decoder.free(event)
        assert isinstance(event, End)
        assert 25 < facts.seconds(last.pts) * FRAME_RATE < 199
        beyond = watched.show(facts.pts(7.9))
        assert beyond.pts <= last.pts
        watched.decoder.free(beyond)

    def test_damage_in_the_middle_is_passed(self, watched: Watched, video: Path, tmp_path: Path) -> None:
        data = bytearray(video.read_bytes())
        middle = len(data) // 2
        data[middle : middle + 3000] = random.Random(3).randbytes(3000)
        (tmp_path / "a.mp4").write_bytes(data)
        facts = watched.facts(tmp_path / "a.mp4")
        assert painted(watched.image(watched.show(facts.pts(1.0)))) == 25
        assert painted(watched.image(watched.show(facts.pts(7.8)))) == 195

    def test_more_memory_than_allowed_is_not_taken(self, tmp_path: Path) -> None:
        """A PNG of a few kilobytes that would unpack to gigabytes."""
        header = struct.pack(">IIBBBBB", 30_000, 8_000, 8, 2, 0, 0, 0)
        rows = zlib.compress(b"\0" * (30_000 * 3 + 1) * 40)
        parts = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
        body = b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in parts
        )
        (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
        watched = Watched(memory=400 << 20)
        try:
            failed = watched.open(tmp_path / "bomb.png")
            assert isinstance(failed, Failed) and failed.code == "TOO_LARGE"
        finally:
            watched.decoder.close()

    @needs_fuse
    def test_a_device_that_fails_is_told_as_such(self, watched: Watched, film: Film, tmp_path: Path) -> None:
        path = film("long-gop.mp4", *CLIPS["long-gop.mp4"])
        (tmp_path / "vault").mkdir()
        shutil.copy(path, tmp_path / "vault" / "a.mp4")
        with faultfs(tmp_path / "vault", tmp_path / "mount") as vault:
            vault.set(Rule("a.mp4", Fault.ERROR))
            failed = watched.open(vault.mount / "a.mp4")
            assert failed == Failed(1, "UNREADABLE", "EIO")


class TestProcess:
    def test_it_is_gone_with_its_memory_when_it_is_closed(self, video: Path) -> None:
        watched = Watched()
        watched.facts(video)
        watched.show(0)
        process = psutil.Process(watched.decoder.pid)
        assert "avdesk-ring" in Path("/proc/self/maps").read_text()
        watched.decoder.close()
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
        assert "avdesk-ring" not in Path("/proc/self/maps").read_text()
        assert not [file.path for file in psutil.Process().open_files() if "avdesk-ring" in file.path]
        watched.decoder.close()

    def test_its_death_is_told_once(self, watched: Watched, video: Path) -> None:
        watched.facts(video)
        os.kill(watched.decoder.pid, signal.SIGKILL)
        assert watched.next(Ended) == Ended()
        watched.decoder.show(0, VIEW)
        watched.decoder.free(Picture(1, 0, 0, None, 1, 1))
        with pytest.raises(queue.Empty):
            watched._events.get(timeout=0.3)

    def test_it_is_held_to_its_limits(self, watched: Watched, video: Path) -> None:
        watched.facts(video)
        lines = Path(f"/proc/{watched.decoder.pid}/limits").read_text().splitlines()
        limits = {line[:26].strip(): line[26:].split()[0] for line in lines}
        assert limits["Max data size"] == str(3 << 29)
        assert limits["Max core file size"] == "0"
        assert Path(f"/proc/{watched.decoder.pid}/cwd").readlink() == Path("/")

    def test_it_can_not_take_the_memory_from_under_the_window(self) -> None:
        ring = Ring.create()
        assert ring.descriptor is not None
        with pytest.raises(PermissionError):
            os.ftruncate(ring.descriptor, 0)
        with pytest.raises(PermissionError):
            os.ftruncate(ring.descriptor, 10**9)
        ring.close()


@pytest.mark.parametrize(
    "message",
    [
        {"say": "picture", "generation": 1, "slot": SLOTS, "pts": 0, "number": None, "width": 4, "height": 4},
        {"say": "picture", "generation": 1, "slot": -1, "pts": 0, "number": None, "width": 4, "height": 4},
        {"say": "picture", "generation": 1, "slot": 0, "pts": 0, "number": None, "width": 0, "height": 4},
        {"say": "picture", "generation": 1, "slot": 0, "pts": 0, "number": None, "width": 10**5, "height": 10**5},
        {"say": "picture", "generation": 1, "slot": 0, "pts": 0.5, "number": None, "width": 4, "height": 4},
        {"say": "failed", "file": 1, "code": "ANYTHING", "reason": None},
        {"say": "opened", "file": 1},
        {"say": "run", "code": "os.system('x')"},
        [],
        "picture",
    ],
)
def test_nonsense_from_the_process_is_refused(message: object) -> None:
    from avdesk.media.player import _event

    with pytest.raises(ValueError, match="not a"):
        _event(message)
