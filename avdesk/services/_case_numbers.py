"""Case numbers as the office prints them: kept as typed, compared normalised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(
    r"^(?P<org>[\u4e00-\u9fa5]{2,12}?)"
    r"(?P<kind>立|罚先告|罚告|罚决|罚|听告|听通|责改|查|检|登保|送|移|结)?(?:字)?"
    r"[〔\[［(（](?P<year>20[0-9]{2})[〕\]］)）](?:第)?0*(?P<no>[0-9]{1,5})号$"
)
_BRACKETS = str.maketrans("[(［（])］）", "〔〔〔〔〕〕〕〕")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """``recognised`` is false for a number of another form, which is allowed with a warning."""

    normalised: str
    recognised: bool


def parse_case_number(text: str) -> CaseNumber:
    """The form in which case numbers are compared: ``平石医保罚字〔2024〕3号``; without what nobody sees."""
    compact = _compact(text)
    found = _NUMBER.match(compact)
    if found is None:
        return CaseNumber(compact.casefold(), False)
    return CaseNumber(f"{found['org']}{found['kind'] or ''}字〔{found['year']}〕{int(found['no'])}号", True)


def searchable(text: str) -> str:
    """Part of a number as it stands in its normalised form: ``[2026] 第007`` is ``〔2026〕7``."""
    compact = _compact(text).translate(_BRACKETS)
    return re.sub(r"〕(?:第)?0*", "〕", compact).casefold()


def _compact(text: str) -> str:
    """Without spaces and without what nobody sees; wide forms are the usual ones."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(character for character in compact if unicodedata.category(character) != "Cf")
