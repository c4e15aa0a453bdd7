"""Photographs through Pillow and pillow-heif: size and EXIF, no pixel is decoded. Runs in the worker process."""

from __future__ import annotations

from typing import BinaryIO

import pillow_heif
from PIL import ExifTags, Image

from avdesk.media.facts import MediaFacts, clean_text
from avdesk.media.formats import Format
from avdesk.media.times import exif_times
from avdesk.terms import Kind

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # guards decoding, and nothing is decoded here; telephones make pictures beyond it


def read_picture(file: BinaryIO, format_: Format) -> MediaFacts:
    """What a picture's header and EXIF say. Raises :class:`OSError`, ``SyntaxError`` or ``ValueError`` when damaged.

    Only the reader of the format found is tried.
    """
    with Image.open(file, formats=[format_.picture or ""]) as image:
        width, height = image.size
        values = _exif(image)
    return MediaFacts(
        kind=Kind.PHOTO,
        format=format_.name,
        width=width,
        height=height,
        make=clean_text(values.get("Make")),
        model=clean_text(values.get("Model")),
        serial=read_serial(values.get("BodySerialNumber") or values.get("CameraSerialNumber")),
        times=exif_times(values),
    )


def read_serial(value: object) -> str | None:
    """A serial number; one of zeros is a maker's placeholder."""
    serial = clean_text(value)
    return serial if serial and serial.strip("0 -_") else None


def _exif(image: Image.Image) -> dict[str, object]:
    """EXIF values by name, the picture's own first, then the camera's.

    Pillow unpacks a PNG file to look for EXIF behind its pixels, where cameras put none: that is not asked for.
    """
    if image.format == "PNG" and "exif" not in image.info:
        return {}
    exif = image.getexif()
    numbered: dict[int, object] = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    return {ExifTags.TAGS[tag]: value for tag, value in numbered.items() if tag in ExifTags.TAGS}
