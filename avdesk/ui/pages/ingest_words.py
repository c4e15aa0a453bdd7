"""What a card says of itself, in whole sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QLocale

from avdesk.services.cards import RecorderName
from avdesk.services.desk import Desk
from avdesk.services.ingest import PlannedFile
from avdesk.services.people import PersonFacts
from avdesk.terms import Kind, PlanState, VaultRole
from avdesk.ui import formats
from avdesk.ui.pages.ingest_work import CardWork
from avdesk.ui.texts import reason, translate, word

_KINDS = (Kind.VIDEO, Kind.AUDIO, Kind.PHOTO, Kind.SIDECAR, Kind.OTHER)


def joined(parts: Iterable[str]) -> str:
    """Facts side by side: ``1-4 port·64 GiB``."""
    return translate("ingest", "·").join(part for part in parts if part)


def listed(parts: Iterable[str]) -> str:
    """Things in a row within a sentence."""
    return translate("ingest", ", ").join(part for part in parts if part)


# whose and what


def recorder_name(names: Mapping[str, RecorderName], profile: str | None) -> str:
    """The family of recorders, without what stands in brackets; nothing for plain storage."""
    name = names.get(profile or "")
    if name is None:
        return profile or ""
    shown = name.zh if QLocale().language() is QLocale.Language.Chinese else name.en
    return shown.partition("（")[0].partition(" (")[0]


def card_title(work: CardWork) -> str:
    """What the card is called: the recorder's number, else its label, else its folder."""
    recorder = next((plan.recorder for plan in work.plans if plan.recorder.profile is not None), None)
    if recorder is not None and recorder.serial:
        return recorder.serial
    for volume in work.place.volumes:
        if volume.label:
            return volume.label
    if recorder is not None and (recorder.make or recorder.model):
        return " ".join(part for part in (recorder.make, recorder.model) if part)
    root = work.place.choices[0].root
    return root.name or str(root)


def card_kind(work: CardWork, names: Mapping[str, RecorderName]) -> str:
    """What the card is."""
    profiles = dict.fromkeys(plan.recorder.profile for plan in work.plans if plan.recorder.profile is not None)
    if profiles:
        return listed(recorder_name(names, profile) for profile in profiles)
    if not work.place.chosen:
        return translate("ingest", "Storage")
    only = work.place.choices[0].only
    count = len(only or ())
    return translate("ingest", "Folder") if only is None else translate("ingest", "%n chosen file(s)", None, count)


def person_text(person: PersonFacts) -> str:
    """``张示例·执法证 41040001``."""
    if not person.enforcement_id:
        return person.name
    return joined([person.name, translate("ingest", "ID {number}").format(number=person.enforcement_id)])


def card_owner(work: CardWork) -> str:
    """Whose it is, as far as anybody or the file names say."""
    if work.officer is not None:
        text = translate("ingest", "{person} (by the file names)")
        if not work.officer_guessed:
            text = translate("ingest", "Handed in by {person}")
        return text.format(person=person_text(work.officer))
    if work.users:
        numbers = listed(work.users[:3])
        return translate("ingest", "User number {numbers} in the file names").format(numbers=numbers)
    if work.place.chosen:
        return str(work.place.choices[0].root)
    return translate("ingest", "Nothing on it says whose it is") if work.rows() else ""


def card_place(work: CardWork) -> str:
    """Where it is plugged in, how large it is, and why we think it is what we say; at last, when it was collected."""
    parts = []
    volumes = work.place.volumes
    if volumes:
        port = volumes[0].port
        parts.append(translate("ingest", "port {port}").format(port=port) if port else "")
        parts.append(formats.space(sum(volume.bytes_total for volume in volumes)))
        parts.append(listed(dict.fromkeys(_file_system(volume.fstype) for volume in volumes)))
        count = len(volumes)
        if count > 1:
            parts.append(translate("ingest", "%n volume(s)", None, count))
    if work.result is None:
        parts.append(card_why([why for plan in work.plans for why in plan.recorder.why]))
    else:
        ended, took = formats.when(work.result.ended), formats.span(work.result.seconds)
        text = translate("ingest", "collected {time}, took {span}")
        if work.result.stopped is not None:
            text = translate("ingest", "broken off {time}, took {span}")
        parts.append(text.format(time=ended, span=took))
    return joined(parts)


def _file_system(fstype: str) -> str:
    return {"exfat": "exFAT", "vfat": "FAT32", "ntfs": "NTFS"}.get(fstype, fstype)


def card_why(why: Sequence[str]) -> str:
    """``by DCIM/VIDEO and 7 file names``."""
    folders = dict.fromkeys(text.removeprefix("folder:") for text in why if text.startswith("folder:"))
    named = sum(_count_in(text) for text in why if text.startswith("name:"))
    parts = [listed(folders)] if folders else []
    if named:
        parts.append(translate("ingest", "%n file name(s)", None, named))
    return translate("ingest", "told by {reasons}").format(reasons=listed(parts)) if parts else ""


def _count_in(text: str) -> int:
    digits = text.rpartition("(")[2].rstrip(")")
    return int(digits) if digits.isdecimal() else 1


# what is on it


def kinds_text(files: Iterable[PlannedFile]) -> str:
    """``8 video, 3 photo``."""
    counts = Counter(file.kind for file in files)
    return listed(f"{word(kind)} {formats.number(counts[kind])}" for kind in _KINDS if counts[kind])


def recorded_span(files: Iterable[PlannedFile], now: datetime) -> str:
    """When these were recorded, first to last."""
    times = sorted(file.recorded_at for file in files if file.recorded_at is not None)
    if not times:
        return ""
    first, last = times[0], times[-1]
    if first.date() == last.date():
        day = formats.near_day(first.date(), now.date()) or formats.month_day(first.date())
        clock = " – ".join(dict.fromkeys([formats.minute(first), formats.minute(last)]))
        return translate("ingest", "Recorded {day} {times}").format(day=day, times=clock)
    return translate("ingest", "Recorded {first} to {last}").format(
        first=formats.when(first, now), last=formats.when(last, now)
    )


def stock(work: CardWork, now: datetime) -> tuple[str, str, str]:
    """The big count, what follows it, and the line below, of a card that waits."""
    chosen = [row.file for row in work.chosen_rows()]
    before = work.count(PlanState.COLLECTED)
    known = translate("ingest", "%n collected before", None, before) if before else ""
    if not work.rows():
        return "", translate("ingest", "There are no files on it"), ""
    if not chosen and not work.unticked:
        return "", joined([translate("ingest", "No new files"), known]), ""
    size = formats.size(sum(file.size or 0 for file in chosen))
    count = len(chosen)
    words = joined([translate("ingest", "new file(s)", None, count), size])
    second = translate("ingest", ": ").join(part for part in (recorded_span(chosen, now), kinds_text(chosen)) if part)
    return formats.number(count), "  ".join(part for part in (words, known) if part), second


def vault_name(desk: Desk, vault_id: str) -> str:
    """``Main vault``, ``Second vault``."""
    first = bool(desk.vaults) and desk.vaults[0].vault_id == vault_id
    return word(VaultRole.FIRST if first else VaultRole.SECOND)


def space_needed(work: CardWork) -> int:
    return sum(row.file.size or 0 for row in work.chosen_rows())


def short_of_space(work: CardWork) -> str:
    """What keeps the first vault from taking the card; nothing when it can."""
    if not work.plans or not work.plans[0].space:
        return translate("ingest", "This PC has no vault. Add one in the settings.")
    first = work.plans[0].space[0]
    if first.free is None:
        return translate("ingest", "The main vault is not connected. Connect its disk.")
    needed = space_needed(work)
    if needed and first.free < needed + sum(plan.space[0].needed - plan.totals.new_bytes for plan in work.plans):
        return translate("ingest", "The main vault is full: {needed} are needed, {free} are free.").format(
            needed=formats.size(needed), free=formats.space(first.free)
        )
    return ""


def plan_note(file: PlannedFile) -> str:
    """What the list says of a file beside its state."""
    if file.state is PlanState.COLLECTED and file.matched_by is not None:
        return word(file.matched_by)
    if file.state is PlanState.DIFFERS:
        return translate("ingest", "collected before with other content; stored again beside it")
    return reason(file.reason) if file.reason else ""
