"""Small pictures of recordings, made once and kept in the workspace's cache: no evidence, they can be made anew."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from avdesk.media.worker import MediaWorker
from avdesk.progress import Control
from avdesk.services._caching import Original, cache_folder, files_of, originals_of
from avdesk.services.desk import Desk, service
from avdesk.terms import Kind, Right

_PICTURE, _NOTHING = "thumb.jpg", "thumb.none"
_SHOWN = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO)
_SECONDS = 8.0


class Thumbnailer(MediaWorker):
    """The process that decodes, with little patience; who shows pictures keeps one and closes it."""

    def __init__(self) -> None:
        super().__init__(seconds=_SECONDS)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """``file``: the JPEG in the cache, ``None`` when there is nothing to show, or no copy can be read now."""

    recording_id: str
    file: Path | None


@service(Right.VIEW)
def thumbnails(
    desk: Desk, recording_ids: Sequence[str], worker: Thumbnailer, *, control: Control | None = None
) -> tuple[Thumbnail, ...]:
    """The pictures of these recordings, in this order; those that are not in the cache are made now.

    What was made now is one audit event. That nothing can be shown of a content is remembered too; that its vault is
    away is not. Raises :class:`Cancelled`.
    """
    control = control or Control()
    wanted = list(dict.fromkeys(recording_ids))
    missing = [recording_id for recording_id in wanted if not _is_settled(cache_folder(desk, recording_id))]
    made: list[str] = []
    try:
        if missing:
            with desk.database.read() as session:
                originals = originals_of(desk, session, missing, _SHOWN)
            for original in originals:
                control.check()
                if _make(desk, original, worker):
                    made.append(original.recording_id)
    finally:
        if made:
            with desk.database.write() as session:
                desk.record(session, "thumbnails.made", ("thumbnails", made[0]), {"recordings": made})
    files = [(recording_id, cache_folder(desk, recording_id) / _PICTURE) for recording_id in wanted]
    return tuple(Thumbnail(recording_id, file if file.exists() else None) for recording_id, file in files)


def _is_settled(folder: Path) -> bool:
    return (folder / _PICTURE).exists() or (folder / _NOTHING).exists()


def _make(desk: Desk, original: Original, worker: Thumbnailer) -> bool:
    """Make one picture from the first vault that gives the file; whether one was made."""
    for file in files_of(desk, original):
        try:
            jpeg = worker.thumbnail(file)
        except OSError:
            continue
        _keep(cache_folder(desk, original.recording_id), jpeg)
        return jpeg is not None
    return False


def _keep(folder: Path, jpeg: bytes | None) -> None:
    """Put the picture, or that there is none, into the cache; a cache that can't be written is done without."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if jpeg is None:
            (folder / _NOTHING).touch()
            return
        work = folder / f".{secrets.token_hex(8)}.part"
        work.write_bytes(jpeg)
        work.replace(folder / _PICTURE)
