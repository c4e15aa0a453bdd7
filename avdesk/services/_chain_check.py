"""Judging the audit chain: what was changed, removed, moved or added, when it does not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from avdesk.findings import Finding
from avdesk.models import AuditEvent
from avdesk.services._chain import ORIGIN, digest, line_of

_LISTED = 1000
_NEAR = 8


@dataclass(eq=False, slots=True)
class Link:
    """One row. ``number`` is where its hash says that it was written, ``None`` when its content is not that hash's."""

    seq: int
    prev: str
    hash: str
    target: Mapping[str, object]
    line: Mapping[str, object] | None
    number: int | None

    @classmethod
    def of(cls, event: AuditEvent) -> Link:
        """``line`` is kept only where it is still needed."""
        target = {"type": event.object_type, "id": event.object_id}
        try:
            line = line_of(event)
            whole = digest(line) == event.hash
        except (ValueError, RecursionError):
            line, whole = None, False
        return cls(event.seq, event.prev, event.hash, target, None if whole else line, event.seq if whole else None)

    def fits(self, number: int) -> bool:
        """Whether its content has its hash when it stands at ``number``."""
        return self.line is not None and digest({**self.line, "seq": number}) == self.hash


def holds(links: Iterable[Link], head: tuple[int, str]) -> bool:
    """Whether the rows, by ``seq``, are one unbroken chain that ends at ``head``, a number and a hash."""
    last = (0, ORIGIN)
    for link in links:
        if link.number != last[0] + 1 or link.prev != last[1]:
            return False
        last = (link.seq, link.hash)
    return last == head


def judge(links: Sequence[Link], head: tuple[int, str]) -> list[Finding]:
    """Every break of a chain that does not hold, by ``seq``."""
    check = _Check(links, head)
    check.number()
    check.follow()
    check.judge_order()
    check.judge_rest()
    return sorted(check.findings, key=lambda finding: int(str(finding.facts["seq"])))


class _Check:
    """Rows are told apart by hash, since only that can't be made to fit afterwards."""

    def __init__(self, links: Sequence[Link], head: tuple[int, str]) -> None:
        self.findings: list[Finding] = []
        self._links = links
        self._head = head
        self._by_hash = {link.hash: link for link in reversed(links)}
        self._following: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._following[link.prev].append(link)
        self._members: dict[Link, int] = {}
        self._judged: set[Link] = set()
        self._removed: list[int] = []

    def number(self) -> None:
        """Find out where rows stood whose own number no longer fits, from those before and behind them."""
        waiting = [link for link in self._links if link.number is not None]
        for link in self._following[ORIGIN]:
            self._try(link, 1, waiting)
        end = self._by_hash.get(self._head[1])
        if end is not None:
            self._try(end, self._head[0], waiting)
        self._spread(waiting)
        for link in self._links:
            for near in range(link.seq - _NEAR, link.seq + _NEAR + 1):
                self._try(link, near, waiting)
            self._spread(waiting)

    def _spread(self, waiting: list[Link]) -> None:
        while waiting:
            link = waiting.pop()
            number = link.number or 0
            for following in self._following[link.hash]:
                self._try(following, number + 1, waiting)
            before = self._by_hash.get(link.prev)
            if before is not None:
                self._try(before, number - 1, waiting)

    def _try(self, link: Link, number: int, waiting: list[Link]) -> None:
        if link.number is None and link.fits(number):
            link.number = number
            waiting.append(link)

    def follow(self) -> None:
        """Go back from the head: who stands at each number, and whose place is empty."""
        last = self._head[0]
        wanted: str | None = self._head[1]
        end = self._by_hash.get(self._head[1])
        if end is not None and end.number is not None and end.number != last:
            self._find("CHANGED", last, {"type": "audit_head", "id": "1"})
            last = end.number
        places = self._places(last)
        while last >= 1:
            link = self._at(last, wanted, places.get(last, ()))
            if link is None:
                below = max((number for number in places if number < last), default=0)
                self._empty(below + 1, last)
                last, wanted = below, None
            else:
                self._members[link] = last
                wanted = link.prev if link.number == last else None
                last -= 1

    def _places(self, last: int) -> dict[int, list[Link]]:
        """Rows by the number where they may stand, up to ``last``."""
        places: dict[int, list[Link]] = defaultdict(list)
        for link in self._links:
            number = link.seq if link.number is None else link.number
            if 1 <= number <= last:
                places[number].append(link)
        return places

    def _at(self, number: int, wanted: str | None, candidates: Sequence[Link]) -> Link | None:
        """The row that the next one names; else one that took its place; else, when nobody names one, who is there."""
        exact = self._by_hash.get(wanted or "")
        if exact is not None and exact not in self._members:
            if exact.number != number:
                self._judge("CHANGED", exact)
            return exact
        free = [link for link in candidates if link not in self._members]
        genuine = [link for link in free if link.number == number]
        found = next(iter(genuine or free), None)
        if found is not None and (wanted is not None or not genuine):
            self._judge("CHANGED", found)
        return found

    def judge_order(self) -> None:
        """Rows of the chain whose numbers were exchanged, or do not follow from what was added and removed."""
        members = [(link, number) for link, number in reversed(self._members.items()) if link.number == number]
        as_numbered = sorted((link for link, _number in members), key=lambda link: link.seq)
        rest = set(self._links) - set(self._members)
        for (link, number), there in zip(members, as_numbered, strict=True):
            if link in self._judged or link.seq == number:
                continue
            added = sum(other.seq < link.seq for other in rest)
            removed = sum(other < number for other in self._removed)
            if there is not link:
                self._judge("REORDERED", link)
            elif link.seq not in (number + added, number - removed, number + added - removed):
                self._judge("CHANGED", link)

    def judge_rest(self) -> None:
        """Rows that the chain to the head does not pass."""
        continued = {link.prev for link in self._members}
        for link in self._links:
            if link not in self._members:
                self._judge("FORK" if link.prev in continued else "FOREIGN_ROW", link)

    def _empty(self, first: int, last: int) -> None:
        """Numbers at which nobody stands; of very many the rest is told in one finding."""
        for seq in range(first, min(last, first + _LISTED - 1) + 1):
            self._removed.append(seq)
            self._find("REMOVED", seq, None)
        if last - first >= _LISTED:
            self._find("REMOVED", first + _LISTED, None, until=last)

    def _judge(self, code: str, link: Link) -> None:
        if link not in self._judged:
            self._judged.add(link)
            self._find(code, link.seq, link.target)

    def _find(self, code: str, seq: int, target: Mapping[str, object] | None, **more: object) -> None:
        self.findings.append(Finding(code, None, {"seq": seq, "object": target, **more}))
