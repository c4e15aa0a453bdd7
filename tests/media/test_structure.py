"""Signatures and outermost structure, on bytes made by hand and on any bytes at all."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avdesk.media import formats
from avdesk.media.formats import expected_family, identify
from avdesk.media.structure import cut_short


def box(kind: bytes, size: int, content: int = 0) -> bytes:
    return struct.pack(">I4s", size, kind) + bytes(content)


FTYP = box(b"ftyp", 16) + b"isom\0\0\2\0"
MOOV = box(b"moov", 108, 100)


def facts(data: bytes, format_: formats.Format = formats.MP4) -> dict[str, object] | None:
    return cut_short(io.BytesIO(data), len(data), format_)


@pytest.mark.parametrize(
    "data",
    [
        FTYP + MOOV + box(b"mdat", 58, 50),
        FTYP + box(b"mdat", 58, 50) + MOOV,
        FTYP + MOOV + box(b"mdat", 0, 50),
        FTYP + struct.pack(">I4sQ", 1, b"mdat", 66) + bytes(50) + MOOV,
        FTYP + MOOV + bytes(5000),
        FTYP + MOOV + b"maker's own trailer",
        FTYP + MOOV + b"\0\0\0",
    ],
)
def test_whole_mp4(data: bytes) -> None:
    assert identify(data) == formats.MP4
    assert facts(data) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FTYP + MOOV + box(b"mdat", 500, 50), {"part": "mdat", "stated": 624, "size": 182}),
        (FTYP + box(b"mdat", 58, 50), {"missing": "moov"}),
        (FTYP + box(b"mdat", 0, 50), {"missing": "moov"}),
        (FTYP + box(b"mdat", 500, 50), {"part": "mdat", "stated": 516, "size": 74, "missing": "moov"}),
        (
            FTYP + struct.pack(">I4sQ", 1, b"mdat", 1 << 33),
            {"part": "mdat", "stated": 16 + (1 << 33), "size": 32, "missing": "moov"},
        ),
    ],
)
def test_cut_mp4(data: bytes, expected: dict[str, object]) -> None:
    assert facts(data) == expected


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 12])
def test_whole_riff(size: int) -> None:
    assert facts(b"RIFF" + struct.pack("<I", size) + b"WAVEdata\4\0\0\0", formats.WAV) is None


def test_cut_riff() -> None:
    data = b"RIFF" + struct.pack("<I", 12) + b"AVI LIST\0\0\0\0" + b"RIFF" + struct.pack("<I", 900) + b"AVIX"
    assert identify(data) == formats.AVI
    assert facts(data, formats.AVI) == {"part": "AVIX", "stated": 928, "size": 32}


def test_end_of_a_jpeg_counts_only_behind_its_picture() -> None:
    thumbnail = b"\xff\xe1" + struct.pack(">H", 10) + b"\xff\xd8..\xff\xd9.."
    picture = b"\xff\xd8" + thumbnail + b"\xff\xda\0\4\1\1" + b"\x12\xff\0" * 40_000
    assert facts(picture, formats.JPEG) == {"missing": "EOI"}
    assert facts(picture[:20], formats.JPEG) == {"missing": "EOI"}
    assert facts(picture + b"\xff\xd9", formats.JPEG) is None
    assert facts(picture + b"\xff\xd9" + bytes(200_000), formats.JPEG) is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\0\0\0\x18ftypqt  ", "mov"),
        (b"\0\0\0\x18ftyp3gp4", "3gp"),
        (b"\0\0\0\x18ftypM4A ", "m4a"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1", "heic"),
        (b"\0\0\0\x18ftypDSJ1\0\0\0\0isommp42", "mp4"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"G" + bytes(187) + b"G" + bytes(187) + b"G" + bytes(187), "mpegts"),
        ((bytes(4) + b"G" + bytes(187)) * 4, "mpegts"),
        (b"\xff\xfb\x90\x64" + bytes(20), "mp3"),
        (b"\xff\xf1\x50\x80" + bytes(20), "aac"),
        (b"RIFF\0\0\0\0WAVE", "wav"),
        (bytes(4096), "zeros"),
        (b"2026-11-23 REC START\r\n", "text"),
        ("执法记录".encode("gb18030"), "text"),
        ("执法记录".encode("utf-16"), "text"),
        ("执法记录".encode()[:-1], "text"),
        (b"PK\x03\x04....", "zip"),
    ],
)
def test_formats_by_content(head: bytes, name: str) -> None:
    found = identify(head)
    assert found is not None
    assert found.name == name


def test_neither_noise_nor_nothing_is_a_format() -> None:
    assert identify(b"\x01\x02\x03\x04\x90\x91") is None
    assert identify(b"") is None


def test_every_format_has_the_family_of_its_extension() -> None:
    assert {expected_family(ext) for ext in ("mov", "mp4", "m4a", "3gp", "lrv")} == {formats.MP4.family}
    assert expected_family("dng") == formats.TIFF.family
    assert expected_family("heif") == formats.HEIC.family
    assert expected_family("log") is None


@given(st.binary(max_size=400), st.sampled_from([b"", FTYP, b"RIFF", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_stop_the_walk(data: bytes, start: bytes) -> None:
    data = start + data
    for found in {identify(data), formats.MP4, formats.AVI, formats.JPEG, formats.PNG, formats.HEIC} - {None}:
        assert found is not None
        cut_short(io.BytesIO(data), len(data), found)
