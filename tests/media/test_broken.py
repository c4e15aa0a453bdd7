"""Whatever is opened is played to its end or refused with a code: nothing crashes, hangs or takes all memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pillow_heif
import psutil
import pytest
from PIL import Image

from avdesk.media.player import End, Ended, Failed, Opened, Picture, View
from tests.media.footage import Footage, paint, write_sound
from tests.media.variants import CLOCK, FRAME, HEVC, LONG, MPEG4, Fraction
from tests.media.watched import Watched

CODES = {"EMPTY", "UNREADABLE", "NOT_SHOWN", "MAKERS_PLAYER", "DAMAGED", "CUT_SHORT", "TOO_LARGE"}
SMALL = View(160, 90)
MEMORY = 1 << 30

FILMS = (
    Footage("a.mp4", options=LONG, frames=50, sound="aac"),
    Footage("b.ts", options=LONG, frames=50, sound="aac", base=CLOCK),
    Footage("c.mkv", codec="libx265", options=HEVC, frames=50, base=Fraction(1, 1000)),
    Footage("d.avi", codec="mjpeg", options={"q": "5"}, pixels="yuvj420p", frames=50, sound="pcm_s16le", base=FRAME),
    Footage("e.3gp", codec="mpeg4", options={**MPEG4, "bf": "0"}, frames=50, sound="libopencore_amrnb"),
    Footage("f.mpg", codec="mpeg2video", options={"g": "12", "bf": "2"}, frames=50, format="vob", base=FRAME),
    Footage("g.flv", options=LONG, frames=50, sound="aac", base=Fraction(1, 1000)),
    Footage("h.wmv", codec="wmv2", options={"q": "3"}, frames=50, format="asf", sound="wmav2", base=FRAME),
    Footage("i.h264", options=LONG, frames=50, base=FRAME),
    Footage("j.avi", codec="mpeg4", options={"bf": "1", "q": "3"}, frames=50, base=FRAME, packed=True),
)
SOUNDS = {
    "k.wav": "pcm_s16le",
    "l.aac": "aac",
    "m.mp3": "libmp3lame",
    "n.amr": "libopencore_amrnb",
    "o.wma": "wmav2",
    "p.ogg": "vorbis",
}
PICTURES = {"q.jpg": "JPEG", "r.png": "PNG", "s.heic": "HEIF", "t.bmp": "BMP", "u.tif": "TIFF"}


def _whole(folder: Path) -> dict[str, bytes]:
    paths = [film.make(folder) for film in FILMS]
    paths += [write_sound(folder / name, codec) for name, codec in SOUNDS.items()]
    pillow_heif.register_heif_opener()
    for name, kind in PICTURES.items():
        Image.fromarray(paint(7, 320, 180)).convert("RGB").save(folder / name, kind)
        paths.append(folder / name)
    return {path.name: path.read_bytes() for path in paths}


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _flip in range(max(len(data) // 400, 8)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _headless(data: bytes, chance: random.Random) -> bytes:
    length = chance.choice((8, 64, 500))
    return bytes(length) + data[length:]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """The signature stays, and what follows says the largest that can be said, here and there."""
    made = bytearray(data)
    for _number in range(12):
        at = chance.randrange(16, min(len(data) - 8, 3000))
        made[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
    return bytes(made)


HARMS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flipped, _headless, _numbers)


def _box(kind: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I", len(body) + 8) + kind + body


def _png(width: int, height: int, body: bytes) -> bytes:
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", body), (b"IEND", b""))
    chunks = (struct.pack(">I", len(b)) + kind + b + struct.pack(">I", zlib.crc32(kind + b)) for kind, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _made(whole: dict[str, bytes]) -> dict[str, bytes]:
    """What nobody's recorder makes."""
    mp4, jpeg = whole["a.mp4"], whole["q.jpg"]
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mp4", bytes(10**7))
    frame = jpeg.index(b"\xff\xc0")
    samples = bytearray(mp4)
    at = mp4.index(b"stsz")
    samples[at + 8 : at + 16] = struct.pack(">II", 0, 0x7FFF_FFFF)
    times = bytearray(mp4)
    at = mp4.index(b"stts")
    times[at + 8 : at + 20] = struct.pack(">III", 1, 0x7FFF_FFFF, 1)
    size = bytearray(mp4)
    at = mp4.index(b"avc1", mp4.index(b"stsd"))
    size[at + 28 : at + 32] = struct.pack(">HH", 65_535, 65_535)
    nested = b""
    for _depth in range(2000):
        nested = _box(b"moov", nested)
    head = _box(b"ftyp", b"isom\0\0\2\0isom")
    return {
        "text.mp4": b"hello\n" * 1000,
        "zip.mp4": zipped.getvalue(),
        "empty.mp4": b"",
        "one.mp4": b"\0",
        "photo.mp4": jpeg,
        "film.jpg": mp4,
        "wave.ts": whole["k.wav"],
        "huge.png": _png(65_535, 65_535, zlib.compress(bytes(1000))),
        "bomb.png": _png(15_000, 15_000, zlib.compress(bytes(45_000 * 400), 9)),
        "huge.jpg": jpeg[: frame + 5] + struct.pack(">HH", 65_535, 65_535) + jpeg[frame + 9 :],
        "samples.mp4": bytes(samples),
        "times.mp4": bytes(times),
        "size.mp4": bytes(size),
        "nested.mp4": head + nested,
        "endless.mp4": head + struct.pack(">I", 0) + b"moov" + (struct.pack(">I", 0) + b"trak") * 1000,
        "tiny-boxes.mp4": head + _box(b"moov", _box(b"free") * 200_000),
        "ebml.mkv": b"\x1aE\xdf\xa3" + b"\xff" * 4000,
        "list.m3u8": b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        "private.dav": b"DHAV" + random.Random(5).randbytes(4000),
        "private.264": random.Random(6).randbytes(4000),
    }


def _broken(folder: Path) -> Iterator[tuple[str, bytes]]:
    whole = _whole(folder)
    yield from whole.items()
    for name, data in whole.items():
        for harm in HARMS:
            yield f"{harm.__name__[1:]}-{name}", harm(data, random.Random(f"{name} {harm.__name__}"))
    yield from _made(whole).items()


@pytest.fixture
def watched() -> Iterator[Watched]:
    made = Watched(MEMORY)
    yield made
    made.decoder.close()


def test_everything_opens_or_is_refused_with_a_code(watched: Watched, tmp_path: Path) -> None:
    files = dict(_broken(tmp_path))
    assert len(files) > 100
    told = {}
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        told[name] = _play(watched, path)
    untouched = {film.name for film in FILMS} | set(SOUNDS) | set(PICTURES)
    assert {name: told[name] for name in untouched if told[name] != "SHOWN"} == {}
    assert {name: code for name, code in told.items() if code not in {"SHOWN", *CODES}} == {}
    for name, code in {
        "huge.png": "TOO_LARGE",
        "huge.jpg": "TOO_LARGE",
        "empty.mp4": "EMPTY",
        "text.mp4": "NOT_SHOWN",
        "zip.mp4": "NOT_SHOWN",
        "list.m3u8": "NOT_SHOWN",
        "private.dav": "MAKERS_PLAYER",
        "private.264": "MAKERS_PLAYER",
        "photo.mp4": "SHOWN",
        "film.jpg": "SHOWN",
    }.items():
        assert told[name] == code, name
    process = psutil.Process(watched.decoder.pid)
    assert process.memory_info().rss < MEMORY
    watched.decoder.close()
    assert not process.is_running()


def _play(watched: Watched, path: Path) -> str:
    """To the end, then from the middle, then back."""
    facts = watched.open(path)
    if not isinstance(facts, Opened):
        return facts.code if isinstance(facts, Failed) else "ENDED"
    if facts.picture:
        middle = facts.pts((facts.duration_s or 0.0) / 2)
        for pts, rate in ((facts.pts(0.0), 1.0), (middle, 8.0), (middle, -1.0)):
            generation = watched.decoder.show(pts, SMALL, rate)
            while isinstance(event := watched.next(Picture, End, Failed, Ended), Picture) or _is_old(event, generation):
                if isinstance(event, Picture):
                    watched.decoder.free(event)
            if not isinstance(event, End):
                return event.code if isinstance(event, Failed) else "ENDED"
    return "SHOWN"


def _is_old(event: object, generation: int) -> bool:
    return isinstance(event, End) and event.generation != generation
