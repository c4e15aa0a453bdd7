"""What a file is by its first bytes, and what its name promises."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from avdesk.terms import Kind

HEAD = 4096
"""Bytes of the beginning of a file that :func:`identify` needs."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Formats of one ``family`` may stand under each other's extensions (``.MOV`` for MP4).

    ``demuxer`` is FFmpeg's name, ``picture`` Pillow's; a format that has neither is read by exiftool, or not at all.
    """

    name: str
    kind: Kind | None
    family: str
    demuxer: str | None = None
    picture: str | None = None


def _media(name: str, kind: Kind, demuxer: str, family: str | None = None) -> Format:
    return Format(name, kind, family or name, demuxer)


def _photo(name: str, picture: str | None, family: str | None = None) -> Format:
    return Format(name, Kind.PHOTO, family or name, None, picture)


MP4 = _media("mp4", Kind.VIDEO, "mov")
MOV = _media("mov", Kind.VIDEO, "mov", "mp4")
THREE_GP = _media("3gp", Kind.VIDEO, "mov", "mp4")
M4A = _media("m4a", Kind.AUDIO, "mov", "mp4")
AVI = _media("avi", Kind.VIDEO, "avi")
WAV = _media("wav", Kind.AUDIO, "wav")
MP3 = _media("mp3", Kind.AUDIO, "mp3")
AAC = _media("aac", Kind.AUDIO, "aac")
MPEG_TS = _media("mpegts", Kind.VIDEO, "mpegts")
H264 = _media("h264", Kind.VIDEO, "h264")
H265 = _media("h265", Kind.VIDEO, "hevc")
JPEG = _photo("jpeg", "JPEG")
PNG = _photo("png", "PNG")
HEIC = _photo("heic", "HEIF", "heif")
AVIF = _photo("avif", "AVIF", "heif")
TIFF = _photo("tiff", "TIFF")
WEBP = _photo("webp", "WEBP")
BMP = _photo("bmp", "BMP")
CR3 = _photo("cr3", None)
TEXT = Format("text", None, "text")
ZEROS = Format("zeros", None, "zeros")

_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"IIU\0", _photo("rw2", None)),
    (b"IIRO", _photo("orf", None)),
    (b"IIRS", _photo("orf", None)),
    (b"MMOR", _photo("orf", None)),
    (b"FUJIFILMCCD-RAW", _photo("raf", None)),
    (b"GIF8", _photo("gif", "GIF")),
    (b"\x1aE\xdf\xa3", _media("matroska", Kind.VIDEO, "matroska")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _media("asf", Kind.VIDEO, "asf")),
    (b"\0\0\x01\xba", _media("mpeg", Kind.VIDEO, "mpeg")),
    (b"FLV\x01", _media("flv", Kind.VIDEO, "flv")),
    (b"fLaC", _media("flac", Kind.AUDIO, "flac")),
    (b"OggS", _media("ogg", Kind.AUDIO, "ogg")),
    (b"#!AMR", _media("amr", Kind.AUDIO, "amr")),
    (b"ID3", MP3),
    (b"PK\x03\x04", Format("zip", None, "zip")),
    (b"%PDF-", Format("pdf", None, "pdf")),
)

_BRANDS: dict[bytes, Format] = {
    b"qt  ": MOV,
    b"M4A ": M4A,
    b"M4B ": M4A,
    b"crx ": CR3,
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"avif", b"avis"), AVIF),
}

_RIFF: dict[bytes, Format] = {b"AVI ": AVI, b"WAVE": WAV, b"WEBP": WEBP}

_BMP_HEADS = (12, 40, 52, 56, 64, 108, 124)
"""Bytes of the header behind the file's own."""

_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""What a QuickTime file without ``ftyp`` begins with."""

_FAMILIES: dict[str, tuple[str, ...]] = {
    "mp4": ("mp4", "m4v", "mov", "qt", "3gp", "3g2", "m4a", "3ga", "lrv", "lrf", "insv"),
    "mpegts": ("mts", "m2ts", "ts", "tod"),
    "mpeg": ("mpg", "mpeg", "mod", "vob"),
    "matroska": ("mkv", "webm"),
    "asf": ("asf", "wmv", "wma"),
    "ogg": ("ogg", "oga", "opus", "ogv"),
    "jpeg": ("jpg", "jpeg", "jpe", "mpo", "thm"),
    "heif": ("heic", "heif", "hif", "avif"),
    "tiff": ("tif", "tiff", "dng", "nef", "nrw", "cr2", "arw", "sr2", "srw", "pef"),
    **{name: (name,) for name in ("avi", "wav", "mp3", "aac", "amr", "flac", "flv")},
    **{name: (name,) for name in ("png", "gif", "webp", "bmp", "raf", "rw2", "orf", "cr3")},
}

_EXTENSIONS = {extension: family for family, extensions in _FAMILIES.items() for extension in extensions}

TIFF_RAW_EXTENSIONS = frozenset(("dng", "nef", "nrw", "cr2", "arw", "sr2", "srw", "pef"))
"""RAW photographs that are TIFF files with a small picture first."""

_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def expected_family(extension: str) -> str | None:
    """The family that an extension (lower case, no dot) promises; ``None`` for one that promises nothing."""
    return _EXTENSIONS.get(extension)


_MAKERS_MARKS = (b"DHAV", b"DAHUA", b"IMKH", b"HKMI", b"4HKH", b"HXVS", b"HXVF", b"HXVT", b"IFV", b"SKY!", b"MDHD")
"""Private headers of surveillance recorders: Dahua, Hikvision, Xiongmai and others."""
_MAKERS_EXTENSIONS = frozenset(
    ("dav", "ifv", "264", "h264", "265", "h265", "ssf", "sef", "mbf", "nvr", "dvr", "dvr4", "hkv", "hik", "lvf", "psf")
)
_MAKERS_FRAMES = (b"\0\0\1\xfa", b"\0\0\1\xfb", b"\0\0\1\xfc", b"\0\0\1\xfd", b"\0\0\1\xf0")
"""Parts that MPEG does not have, with a maker's own head before each frame."""


def needs_makers_player(head: bytes, extension: str) -> bool:
    """Whether a file that :func:`identify` does not know looks like a surveillance recorder's own format.

    ``extension`` in lower case, without its dot.
    """
    if head.startswith((*_MAKERS_MARKS, *_MAKERS_FRAMES)):
        return True
    return extension in _MAKERS_EXTENSIONS and identify(head) in (None, ZEROS)


def identify(head: bytes) -> Format | None:
    """The format that the first bytes of a file show. A look at the signature, not a proof."""
    for signature, known in _SIGNATURES:
        if head.startswith(signature):
            return known
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] in (b"RIFF", b"RF64"):
        return _RIFF.get(head[8:12])
    if head[4:8] in _QUICKTIME_BOXES:
        return MOV
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADS:
        return BMP
    return _transport_stream(head) or _plain(head) or _elementary_audio(head) or _elementary_video(head)


def _by_brand(head: bytes) -> Format:
    """ISO/IEC 14496-12: the major brand, then the compatible ones; an unknown brand is an MP4 of some maker's own."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    for at in (8, *range(16, length - 3, 4)):
        brand = head[at : at + 4]
        if brand in _BRANDS:
            return _BRANDS[brand]
        if brand[:2] == b"3g":
            return THREE_GP
        if at == 8 and brand[:3] in (b"iso", b"mp4", b"avc"):
            return MP4
    return MP4


def _transport_stream(head: bytes) -> Format | None:
    """ISO/IEC 13818-1: a sync byte every 188 bytes; in AVCHD each packet has 4 bytes of time before it."""
    for first, step in ((0, 188), (4, 192)):
        marks = head[first : first + 8 * step : step]
        if len(marks) >= 3 and not marks.strip(b"G"):
            return MPEG_TS
    return None


def _plain(head: bytes) -> Format | None:
    if head and not head.strip(b"\0"):
        return ZEROS
    if head.startswith(_TEXT_MARKS):
        return TEXT
    if not head or _NOT_IN_TEXT.search(head):
        return None
    return TEXT if any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030")) else None


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether the bytes are text so encoded; the last character may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _elementary_audio(head: bytes) -> Format | None:
    """An MPEG audio stream without any container: ADTS, or layer III with a possible bit rate and sampling rate."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return AAC
    layer_three = head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08
    possible = head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C
    return MP3 if layer_three and possible else None


def _elementary_video(head: bytes) -> Format | None:
    """Rec. ITU-T H.264 and H.265, annex B: a parameter set first, or after an access unit delimiter; else not told."""
    units = [unit[:2] for unit in re.split(rb"\x00{2,3}\x01", head[:64])]
    if not head.startswith((b"\0\0\1", b"\0\0\0\1")) or len(units) < 3 or min(map(len, units[1:3])) < 2:
        return None
    for first in units[1:3]:
        if first in (b"\x40\x01", b"\x42\x01"):
            return H265
        if first[0] & 0x9F == 7 and first[0] & 0x60 and first[1] in _H264_PROFILES:
            return H264
        if first[:1] != b"\x09" and first != b"\x46\x01":
            return None
    return None


_H264_PROFILES = frozenset((44, 66, 77, 83, 86, 88, 100, 110, 118, 122, 128, 244))
