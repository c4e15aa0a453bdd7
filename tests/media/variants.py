"""What recorders and phones make, and what becomes of it: the footage that the player is tried with."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from tests.media.footage import Footage, evenly, unevenly

LONG = {"g": "60", "bf": "3", "preset": "veryfast"}
OPEN = {"g": "30", "bf": "3", "preset": "veryfast", "x264-params": "open-gop=1"}
HEVC = {"x265-params": "keyint=40:min-keyint=40:bframes=3:log-level=none", "preset": "ultrafast"}
MPEG4 = {"g": "24", "bf": "2", "q": "3"}
CLOCK = Fraction(1, 90_000)
FRAME = Fraction(1, 25)

MADE = (
    Footage("h264.mp4", options=LONG, sound="aac"),
    Footage("h264.mov", options=LONG, sound="pcm_s16le"),
    Footage("h264.mkv", options=LONG, sound="libopus", base=Fraction(1, 1000)),
    Footage("h264.ts", options=LONG, sound="aac", base=CLOCK),
    Footage("h264.mts", options=LONG, sound="aac", base=CLOCK, format="mpegts", container={"mpegts_m2ts_mode": "1"}),
    Footage("h264.flv", options=LONG, sound="aac", base=Fraction(1, 1000)),
    Footage("h264.avi", options=LONG, sound="pcm_s16le", base=FRAME),
    Footage("h264-no-b.avi", options={"g": "50", "bf": "0", "preset": "ultrafast"}, sound="libmp3lame", base=FRAME),
    Footage("h264.3gp", options={**LONG, "bf": "0"}, sound="libopencore_amrnb"),
    Footage("h265.mp4", codec="libx265", options=HEVC, sound="aac"),
    Footage("h265.mkv", codec="libx265", options=HEVC, base=Fraction(1, 1000)),
    Footage("h265.ts", codec="libx265", options=HEVC, base=CLOCK),
    Footage("mpeg4.mp4", codec="mpeg4", options=MPEG4, sound="libmp3lame"),
    Footage("mpeg4.avi", codec="mpeg4", options=MPEG4, sound="libmp3lame", base=FRAME),
    Footage("mpeg4.ts", codec="mpeg4", options=MPEG4, base=FRAME),
    Footage("mpeg4.3gp", codec="mpeg4", options={**MPEG4, "bf": "0"}, sound="libopencore_amrnb"),
    Footage("packed.avi", codec="mpeg4", options={"g": "24", "bf": "1", "q": "3"}, base=FRAME, packed=True),
    Footage("mjpeg.avi", codec="mjpeg", options={"q": "5"}, pixels="yuvj420p", sound="pcm_s16le", base=FRAME),
    Footage("mjpeg.mov", codec="mjpeg", options={"q": "5"}, pixels="yuvj422p", sound="pcm_s16le"),
    Footage("mjpeg.mkv", codec="mjpeg", options={"q": "5"}, pixels="yuvj420p", base=Fraction(1, 1000)),
    Footage("mpeg2.mpg", codec="mpeg2video", options={"g": "12", "bf": "2"}, format="vob", sound="mp2", base=FRAME),
    Footage("mpeg2.ts", codec="mpeg2video", options={"g": "12", "bf": "2"}, sound="mp2", base=FRAME),
    Footage("wmv2.wmv", codec="wmv2", options={"g": "24", "q": "3"}, format="asf", sound="wmav2", base=FRAME),
    Footage("bare.h264", options={**LONG, "preset": "ultrafast"}, base=FRAME),
    Footage("bare.h265", codec="libx265", options=HEVC, base=FRAME, format="hevc"),
    Footage("uneven.mp4", options=LONG, times=unevenly, sound="aac"),
    Footage("uneven.mkv", options=LONG, times=unevenly, base=Fraction(1, 1000)),
    Footage("uneven-h265.mp4", codec="libx265", options=HEVC, times=unevenly),
    Footage("late.mp4", options=LONG, times=evenly(first=3)),
    Footage("late.ts", options=LONG, times=evenly(first=30_000), base=CLOCK),
    Footage("late.mkv", options=LONG, times=evenly(first=7), base=Fraction(1, 1000)),
    Footage("trimmed.mp4", options=LONG, hidden=25, sound="aac"),
    Footage("trimmed.mov", options=OPEN, hidden=41),
    Footage("trimmed-h265.mp4", codec="libx265", options=HEVC, hidden=33),
    Footage("trimmed-mpeg4.mp4", codec="mpeg4", options=MPEG4, hidden=13),
    Footage("negative.mp4", options=LONG, container={"movflags": "negative_cts_offsets", "use_editlist": "0"}),
    Footage("fragments.mp4", options=LONG, container={"movflags": "frag_keyframe+empty_moov"}, sound="aac"),
    Footage("silent.mp4", options=LONG),
    Footage("long-sound.mp4", options=LONG, sound="aac", sound_s=12.0),
    Footage("single.mp4", options=LONG, frames=1),
    Footage("single.avi", codec="mjpeg", pixels="yuvj420p", frames=1, base=FRAME),
    Footage("4k.mp4", options={**LONG, "preset": "ultrafast"}, size=(3840, 2160), frames=30),
    Footage("turned-90.mp4", options=LONG, turned=90),
    Footage("turned-180.mp4", options=LONG, turned=180),
    Footage("turned-270.mov", options=LONG, turned=270),
    Footage("odd.mkv", codec="mjpeg", options={"q": "3"}, pixels="yuvj444p", size=(333, 197), base=Fraction(1, 1000)),
    Footage("odd.mp4", options=LONG, pixels="yuv444p", size=(323, 201)),
    Footage("anamorphic.mp4", options=LONG, size=(240, 180), shape=Fraction(4, 3)),
    Footage("ten-bit.mp4", options=LONG, pixels="yuv420p10le"),
    Footage("ten-bit-h265.mp4", codec="libx265", options=HEVC, pixels="yuv420p10le"),
    Footage("open.mp4", options=OPEN),
    Footage("open.ts", options=OPEN, base=CLOCK),
    Footage("interlaced.mts", options={**LONG, "x264-params": "tff=1"}, interlaced=True, base=CLOCK, format="mpegts"),
    Footage("ntsc.mp4", options=LONG, times=lambda number: Fraction(number * 1001, 30_000), base=Fraction(1, 30_000)),
    Footage("one-key.mp4", options={"g": "1000", "bf": "2", "preset": "veryfast"}),
)


def cut(name: str, of: str, share: float) -> Callable[[Path], Path]:
    """The first part of another file."""

    def make(folder: Path) -> Path:
        data = (folder / of).read_bytes()
        (folder / name).write_bytes(data[: int(len(data) * share)])
        return folder / name

    return make


def begun_late(name: str, of: str, share: float, unit: int) -> Callable[[Path], Path]:
    """A stream whose beginning is missing; parts have ``unit`` bytes."""

    def make(folder: Path) -> Path:
        data = (folder / of).read_bytes()
        (folder / name).write_bytes(data[int(len(data) * share) // unit * unit :])
        return folder / name

    return make


def at_once(name: str) -> Callable[[Path], Path]:
    """An MP4 some of whose frames last no time at all, as a recorder that lost its clock leaves it."""

    def make(folder: Path) -> Path:
        odd = Fraction(1, 12_800)
        times = tuple(Fraction(at, 25) + (odd if at in (50, 51) else 0) for at in range(121))
        path = replace(
            Footage(name, options={"g": "60", "bf": "0", "preset": "veryfast"}), times=lambda at: times[at]
        ).make(folder)
        data = bytearray(path.read_bytes())
        box = data.index(b"stts")
        for entry in range(int.from_bytes(data[box + 8 : box + 12], "big")):
            place = box + 12 + entry * 8
            number, delta = struct.unpack_from(">II", data, place)
            if delta in (511, 513):
                struct.pack_into(">II", data, place, number, 0)
        path.write_bytes(data)
        return path

    return make


MENDED = {
    "cut.ts": cut("cut.ts", "h264.ts", 0.6),
    "cut.mkv": cut("cut.mkv", "h264.mkv", 0.6),
    "cut.avi": cut("cut.avi", "mjpeg.avi", 0.6),
    "begun-late.ts": begun_late("begun-late.ts", "open.ts", 0.3, 188),
    "begun-late-h265.ts": begun_late("begun-late-h265.ts", "h265.ts", 0.3, 188),
    "begun-late-mpeg2.ts": begun_late("begun-late-mpeg2.ts", "mpeg2.ts", 0.3, 188),
    "begun-late-mpeg4.ts": begun_late("begun-late-mpeg4.ts", "mpeg4.ts", 0.3, 188),
    "at-once.mp4": at_once("at-once.mp4"),
}
"""Made from the others, by name."""
