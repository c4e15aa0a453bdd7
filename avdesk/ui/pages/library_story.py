"""The custody of a recording as a story: who did what when, in the words of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from avdesk.findings import Finding
from avdesk.services.recordings import CustodyEvent, RecordingFacts
from avdesk.terms import CopyState, MarkerKind, TimeSource
from avdesk.ui import formats
from avdesk.ui.marking import QT_TRANSLATE_NOOP
from avdesk.ui.texts import sentence, translate, translated, word


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its sign, what happened, and when and by whom. ``key`` is equal in steps that are told as one."""

    icon: str
    tone: str
    text: str
    at: datetime
    actor: str
    key: str = ""
    times: int = 1

    @property
    def second(self) -> str:
        """When and by whom, as is shown below."""
        when = formats.when(self.at)
        if self.times > 1:
            count = translate("library", "%n times, last", None, self.times)
            when = translate("library", "{count} {when}").format(count=count, when=when)
        return translate("library", "{when}, {person}").format(when=when, person=self.actor) if self.actor else when


def story(facts: RecordingFacts, zone: tzinfo) -> list[Step]:
    """The steps, oldest first; looking at a recording again and again on one day is one step."""
    steps = _handed_in(facts)
    for event in facts.custody:
        step = _step(event, zone)
        last = steps[-1] if steps else None
        if step.key and last is not None and last.key == step.key and last.at.date() == step.at.date():
            steps[-1] = replace(step, times=last.times + 1)
        else:
            steps.append(step)
    return steps


def _handed_in(facts: RecordingFacts) -> list[Step]:
    if facts.handed_in_by is None:
        return []
    text = translate("library", "{officer} handed the card in, {person} received it")
    told = text.format(officer=facts.handed_in_by, person=facts.collected_by)
    return [Step("arrow-back-up", "text2", told, facts.collected_at, "")]


_ACTS: Mapping[str, tuple[str, str, str]] = {
    # act: (icon, tone, words)
    "recording.registered": ("check", "ok", QT_TRANSLATE_NOOP("library", "Collected and verified")),
    "recording.rebuilt": ("history", "text2", QT_TRANSLATE_NOOP("library", "Entered again from the vault")),
    "recording.linked": ("link", "text2", QT_TRANSLATE_NOOP("library", "Linked to {number}")),
    "recording.unlinked": ("unlink", "text2", QT_TRANSLATE_NOOP("library", "Taken out of {number}: {reason}")),
    "recording.viewed": ("player-play", "text2", QT_TRANSLATE_NOOP("library", "Looked at")),
    "recording.watched": ("eye", "text2", QT_TRANSLATE_NOOP("library", "Watched for {watched}")),
    "recording.derived": ("camera", "text2", QT_TRANSLATE_NOOP("library", "Snapshot made at {at}")),
    "recording.frame": ("photo", "text2", QT_TRANSLATE_NOOP("library", "Frame {index} saved as {file}")),
    "recording.copied_out": (
        *("file-export", "text2"),
        QT_TRANSLATE_NOOP("library", "Copied out to {folder}: {reason}"),
    ),
    "marker.added": ("bookmark", "text2", QT_TRANSLATE_NOOP("library", "Marker at {at}: {marker}")),
    "marker.edited": ("bookmark", "text2", QT_TRANSLATE_NOOP("library", "Marker changed, now at {at}: {marker}")),
    "marker.removed": ("bookmark", "warn", QT_TRANSLATE_NOOP("library", "Marker at {at} removed: {marker}")),
    "copy.bad": ("alert-triangle", "bad", QT_TRANSLATE_NOOP("library", "A copy was found to be bad: {what}")),
}
_ADOPTED = QT_TRANSLATE_NOOP("library", "Verified and entered after an interruption")
_MADE_HERE = QT_TRANSLATE_NOOP("library", "Made here from another recording, and verified")
_CLIP = QT_TRANSLATE_NOOP("library", "Clip made from {at} to {end}")
_COPY_FAULTS: Mapping[str, CopyState] = {
    "MISSING": CopyState.MISSING,
    "DIGEST_MISMATCH": CopyState.DAMAGED,
    "UNREADABLE": CopyState.DAMAGED,
}
_TOLD_ONCE = ("recording.viewed",)


def _step(event: CustodyEvent, zone: tzinfo) -> Step:
    at = _moment(event.at, zone)
    facts = {key: str(value) for key, value in event.facts.items()}
    if event.act not in _ACTS:
        text = translate("library", "Another act: {act}").format(act=event.act)
        return Step("point", "text2", text, at, event.actor)
    icon, tone, source = _ACTS[event.act]
    source = {"adopted": _ADOPTED, "derived": _MADE_HERE, "clip": _CLIP}.get(facts.get("how", ""), source)
    fault = _COPY_FAULTS.get(facts.get("code", ""))
    facts["what"] = word(fault) if fault is not None else facts.get("code", "")
    facts.setdefault("number", "")
    for name in ("reason", "index", "file", "folder"):
        facts.setdefault(name, "")
    facts |= _times_of(event.facts)
    text = translated("library", source).format_map(facts).rstrip(" :：")
    return Step(icon, tone, text, at, event.actor, f"{event.act} {event.actor}" if event.act in _TOLD_ONCE else "")


def _times_of(facts: Mapping[str, object]) -> dict[str, str]:
    """The times within a recording that an event speaks of, and what its marker says."""
    kind, words = facts.get("kind"), facts.get("text")
    marker = [word(MarkerKind(str(kind)))] if kind in set(MarkerKind) else []
    return {
        "at": _time(facts.get("from_ms")),
        "end": _time(facts.get("to_ms")),
        "watched": formats.span(int(str(facts.get("seconds", 0)))),
        "marker": " ".join([*marker, str(words)] if words else marker),
    }


def _time(milliseconds: object) -> str:
    """A time within a recording, to the tenth of a second."""
    if not isinstance(milliseconds, int):
        return ""
    return f"{formats.duration(milliseconds // 1000)}.{milliseconds % 1000 // 100}"


def _moment(text: str, zone: tzinfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(zone)


_FINDINGS: Mapping[str, str] = {
    "EMPTY": QT_TRANSLATE_NOOP("library", "The file is empty."),
    "PROBE_TIMEOUT": QT_TRANSLATE_NOOP("library", "Reading the details inside took too long."),
    "PROBE_CRASHED": QT_TRANSLATE_NOOP("library", "The details inside can't be understood."),
}


def finding_words(finding: Finding) -> str:
    """A finding about this very file, without repeating its name."""
    source = _FINDINGS.get(finding.code)
    if source is not None:
        return translated("library", source)
    return sentence(finding.code, finding.facts)


def source_words(source: str) -> str:
    """Where a time was read."""
    return word(TimeSource(source)) if source in set(TimeSource) else source
