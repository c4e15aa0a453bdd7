"""The words of the cases page that stand in more than one place."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from avdesk.services.cases import CaseRow
from avdesk.ui.texts import translate

MISSING = {
    "NO_FOOTAGE": QT_TRANSLATE_NOOP("cases", "No footage is linked yet"),
    "NO_LABELS": QT_TRANSLATE_NOOP("cases", "No disc labels were made yet"),
    "LABELS_OUTDATED": QT_TRANSLATE_NOOP("cases", "Case or footage changed after the labels were made"),
}
HINTS = {
    "NO_FOOTAGE": QT_TRANSLATE_NOOP("cases", "Choose recordings in the library and link them to this case."),
    "NO_LABELS": QT_TRANSLATE_NOOP("cases", "Art. 16 asks for two labelled discs."),
    "LABELS_OUTDATED": QT_TRANSLATE_NOOP("cases", "Make and print them again."),
}


def lacking(case: CaseRow) -> str:
    """What a case lacks, in two words for the list; nothing when all is there."""
    if not case.recordings:
        return translate("cases", "No footage")
    return "" if case.labelled else translate("cases", "No labels")
