"""Why nothing is shown, in whole sentences: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from avdesk.errors import AvdeskError, VaultUnavailable
from avdesk.ui.marking import QT_TRANSLATE_NOOP
from avdesk.ui.texts import reason as reason_words
from avdesk.ui.texts import sentence, translate

_FAULTS: Mapping[str, tuple[str, str]] = {
    "EMPTY": (
        QT_TRANSLATE_NOOP("player", "This file is empty: the recorder wrote nothing into it."),
        QT_TRANSLATE_NOOP("player", "It is kept as it was collected."),
    ),
    "CUT_SHORT": (
        QT_TRANSLATE_NOOP("player", "This file is cut short and can't be played: the recorder did not finish it."),
        QT_TRANSLATE_NOOP(
            "player", "It is kept as it was collected. The maker's own program may be able to repair a copy."
        ),
    ),
    "DAMAGED": (
        QT_TRANSLATE_NOOP("player", "This file is damaged inside and can't be shown."),
        QT_TRANSLATE_NOOP(
            "player", "It is kept as it was collected. The maker's own program may be able to repair a copy."
        ),
    ),
    "NOT_SHOWN": (
        QT_TRANSLATE_NOOP("player", "This kind of file can't be shown here."),
        QT_TRANSLATE_NOOP("player", "It is neither a video nor a sound nor a photograph that the player knows."),
    ),
    "TOO_LARGE": (
        QT_TRANSLATE_NOOP("player", "This file needs more memory than a recording may take here."),
        QT_TRANSLATE_NOOP("player", "It is kept as it was collected."),
    ),
    "MAKERS_PLAYER": (
        QT_TRANSLATE_NOOP("player", "This recording needs the maker's player."),
        QT_TRANSLATE_NOOP("player", "Its format is the maker's own. Nothing is wrong with the file."),
    ),
    "UNREADABLE": (
        QT_TRANSLATE_NOOP("player", "The vault's file can't be read: {reason}."),
        QT_TRANSLATE_NOOP("player", "Check the vault's disk, then try again. Have the vault verified."),
    ),
    "TIMEOUT": (
        QT_TRANSLATE_NOOP("player", "The file did not answer in time."),
        QT_TRANSLATE_NOOP("player", "Check the vault's disk, then try again."),
    ),
    "DECODER_ENDED": (
        QT_TRANSLATE_NOOP("player", "Showing this file broke off. Nothing is lost: the file is as it was."),
        QT_TRANSLATE_NOOP("player", "Try again. If it breaks off again, the file is damaged inside."),
    ),
    "NOT_STARTED": (
        QT_TRANSLATE_NOOP("player", "The player can't be started: {reason}."),
        QT_TRANSLATE_NOOP("player", "Close other programs, then try again."),
    ),
}

LASTING = frozenset({"EMPTY", "CUT_SHORT", "NOT_SHOWN", "MAKERS_PLAYER", "TOO_LARGE"})
"""Faults of the file itself: trying again changes nothing."""


def fault_words(code: str, reason: str | None) -> tuple[str, str]:
    """What happened to the file, and what to do next."""
    said, advice = _FAULTS[code]
    told = reason_words(reason) if reason else "?"
    return translate("player", said).format(reason=told), translate("player", advice)


_BANNERS = {
    "DIGEST_MISMATCH": QT_TRANSLATE_NOOP(
        "player",
        "This copy is not what was collected: its digest does not match. What is shown here proves nothing. "
        "Take the other copy, or have the vault verified.",
    ),
    "MISSING": QT_TRANSLATE_NOOP(
        "player", "The copy of this recording is missing from the vault. Look for it before anything else."
    ),
    "UNREADABLE": QT_TRANSLATE_NOOP(
        "player", "This copy can't be read to its end: its disk may be failing. Copy the vault to another disk now."
    ),
}


def banner_words(code: str) -> str:
    """What is wrong with the copy that is looked at, by the code of its finding."""
    said = _BANNERS.get(code, _BANNERS["UNREADABLE"])
    return translate("player", said)


def error_words(error: AvdeskError) -> tuple[str, str]:
    """Why the recording could not be opened, and what to do next."""
    if error.facts.get("reason") == "COPY_MISSING":
        return (
            translate("player", "The file is not in the vault where it should be."),
            translate("player", "Have the vault verified; perhaps it was moved or removed outside avdesk."),
        )
    if isinstance(error, VaultUnavailable):
        told = reason_words(str(error.facts.get("reason", "?")))
        return (
            translate("player", "The vault with this file is away: {reason}.").format(reason=told),
            translate("player", "Connect its disk, then try again."),
        )
    return sentence(error), ""
