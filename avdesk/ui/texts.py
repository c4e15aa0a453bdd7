"""Codes to sentences in the window's language. Sources are English; ``resources/i18n`` holds the translations."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from avdesk.errors import AvdeskError
from avdesk.findings import Finding
from avdesk.ui.sentences import FIELDS, REASONS, SENTENCES, STAGES, WORDS

_THOUSAND = 1000


def translate(context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
    """The translation; a page's context is its name, and its translations are a file of its own. ``n`` chooses the
    plural and stands for ``%n``, with its thousands apart.
    """
    text = QCoreApplication.translate(context, source, disambiguation, n)
    return text.replace(str(n), f"{n:,}", 1) if n >= _THOUSAND else text


def translated(context: str, source: str) -> str:
    """The translation of a source that was marked elsewhere with ``QT_TRANSLATE_NOOP``."""
    return QCoreApplication.translate(context, source)


def sentence(thing: AvdeskError | Finding | str, facts: Mapping[str, object] | None = None) -> str:
    """A whole sentence for an error, a finding or a code with its facts; an unknown code is shown as it is."""
    known: dict[str, object]
    if isinstance(thing, Finding):
        code, known = thing.code, {"path": thing.path or "", **thing.facts}
    elif isinstance(thing, AvdeskError):
        code, known = thing.code, dict(thing.facts)
    else:
        code, known = thing, dict(facts or {})
    source = SENTENCES.get(f"{code}.{known.get('reason')}") or SENTENCES.get(code)
    if source is None:
        return " ".join([code, *(f"{key}={value}" for key, value in known.items() if value not in (None, ""))])
    shown = _Facts({key: _shown(key, value) for key, value in known.items()})
    return translated("sentences", source).format_map(shown).strip(" :：")


def reason(code: str) -> str:
    """The words of a code that stands as a reason, such as ``EIO`` or ``SYSTEM_FILE``."""
    source = REASONS.get(code)
    return translated("reasons", source) if source is not None else code


def word(term: StrEnum) -> str:
    """The word of the office for a member of :mod:`avdesk.terms`."""
    source = WORDS.get(f"{type(term).__name__}.{term.value}")
    return translated("words", source) if source is not None else str(term.value)


def stage(name: str) -> str:
    """What a long work is doing, by the stage that its progress names."""
    source = STAGES.get(name)
    return translated("stages", source) if source is not None else name


def field(name: str) -> str:
    """The word for the field of that name."""
    source = FIELDS.get(name)
    return translated("fields", source) if source is not None else name


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _shown(key: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return translate("sentences", ", ").join(_shown(key, item) for item in value)
    text = str(value)
    return {"reason": reason, "field": field, "item": field}.get(key, str)(text)
