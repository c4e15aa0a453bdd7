"""What one untrusted file is and says. Runs in the worker process only: elsewhere a hostile file could do harm."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

import av

from avdesk.findings import Finding
from avdesk.media.container import read_container
from avdesk.media.facts import MediaFacts, ReadTime
from avdesk.media.formats import HEAD, TIFF_RAW_EXTENSIONS, Format, expected_family, identify
from avdesk.media.picture import read_picture
from avdesk.media.raw import ExifTool
from avdesk.media.source import Source, error_name, open_source
from avdesk.media.structure import cut_short
from avdesk.terms import Kind

__all__ = ["MediaFacts", "ReadTime", "probe"]

_exiftool = ExifTool()

_DAMAGED = (av.FFmpegError, ValueError, RuntimeError, EOFError, SyntaxError, OSError, struct.error)
"""What PyAV and Pillow raise, by their pages and sources, for content that is not what its signature promised."""


def probe(path: Path, name: str | None = None) -> MediaFacts:
    """The facts of the regular file at ``path``; ``name`` is its original name where the path has another.

    Findings: ``EMPTY``; ``CUT_SHORT`` (facts as :func:`cut_short`); ``NOT_WHAT_NAME_SAYS`` (``expected``, ``found``);
    ``DAMAGED`` (``format``, ``error``): the header can't be read though nothing is missing; ``UNREADABLE`` (``error``:
    ``EIO`` …); ``PROBE_LIMIT``: more memory wanted than allowed.
    """
    try:
        source = open_source(path)
    except OSError as error:
        return MediaFacts(findings=(Finding("UNREADABLE", None, {"error": error_name(error)}),))
    with source:
        if source.size == 0:
            return MediaFacts(findings=(Finding("EMPTY"),))
        try:
            facts = _examine(source, path, PurePath(name or path.name).suffix[1:].lower())
        except MemoryError:
            facts = MediaFacts(findings=(Finding("PROBE_LIMIT"),))
        if source.error is not None:  # whatever else was found may only be due to it
            return replace(facts, findings=(Finding("UNREADABLE", None, {"error": error_name(source.error)}),))
        return facts


def _examine(source: Source, path: Path, extension: str) -> MediaFacts:
    file: BinaryIO = io.BufferedReader(source, 64 * 1024)
    found = identify(file.read(HEAD))
    findings = []
    expected = expected_family(extension)
    if expected is not None and (found is None or found.family != expected):
        facts = {"expected": expected, "found": found.name if found else None}
        findings.append(Finding("NOT_WHAT_NAME_SAYS", None, facts))
    if found is None:
        return MediaFacts(findings=tuple(findings))
    missing = cut_short(file, source.size, found)
    if missing is not None:
        findings.append(Finding("CUT_SHORT", None, missing))
    try:
        read = _read(file, source, path, found, extension)
    except MemoryError:
        read = MediaFacts(found.kind, found.name)
        findings.append(Finding("PROBE_LIMIT"))
    except _DAMAGED as error:
        read = MediaFacts(found.kind, found.name)
        if missing is None:
            findings.append(Finding("DAMAGED", None, {"format": found.name, "error": type(error).__name__}))
    return replace(read, findings=tuple(findings))


def _read(file: BinaryIO, source: Source, path: Path, found: Format, extension: str) -> MediaFacts:
    file.seek(0)
    if found.demuxer is not None:
        return read_container(file, found)
    if found.kind is not Kind.PHOTO:
        return MediaFacts(found.kind, found.name)
    if found.family == "tiff" and extension in TIFF_RAW_EXTENSIONS:
        found = replace(found, name=extension)
        return _exiftool.read(source, path, found) or replace(read_picture(file, found), width=None, height=None)
    if found.picture is None:
        return _exiftool.read(source, path, found) or MediaFacts(found.kind, found.name)
    try:
        return read_picture(file, found)
    except _DAMAGED:
        if known := _exiftool.read(source, path, found):
            return known
        raise
