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


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """``recognised`` is false for a number of another form, which is allowed with a warning."""

    normalised: str
    recognised: bool


def parse_case_number(text: str) -> CaseNumber:
    """The form in which case numbers are compared: ``平石医保罚字〔2024〕3号``; without what nobody sees."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    compact = "".join(character for character in compact if unicodedata.category(character) != "Cf")
    found = _NUMBER.match(compact)
    if found is None:
        return CaseNumber(compact.casefold(), False)
    return CaseNumber(f"{found['org']}{found['kind'] or ''}字〔{found['year']}〕{int(found['no'])}号", True)
