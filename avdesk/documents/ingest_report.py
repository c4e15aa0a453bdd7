"""The printed report of one collecting (采集核验报告): what was collected, how it was verified, what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from avdesk import resources
from avdesk.documents.form import Column, Form
from avdesk.documents.printed import PrintedWords

FACTS = (
    "ingest",
    "bag",
    "source",
    "recorder",
    "serial",
    "operator",
    "handed_in_by",
    "started",
    "collected",
    "duplicate",
    "failed",
    "erase",
)
_COLUMNS = {"number": 0.5, "path": 3.6, "kind": 0.7, "recorded": 1.7, "size": 1.1, "status": 1.6, "digest": 3.4}
_RIGHT = frozenset({"number", "size"})


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One row; texts as they are to be read, ``kind``, ``status`` and ``read_back`` as codes."""

    path: str
    kind: str
    recorded: str | None
    size: int | None
    status: str
    read_back: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class IngestReportContent:
    """``facts`` by the keys of :data:`FACTS`; ``reasons`` are codes with their paths, empty when safe to erase."""

    unit: str
    facts: Mapping[str, str | None]
    files: Sequence[ReportFile]
    reasons: Sequence[str]


def draw_ingest_report(content: IngestReportContent, output: Path) -> int:
    """Write the report on A4 landscape, replacing ``output``; the number of pages."""
    words = PrintedWords.of(resources.path("forms", "ingest_report.toml"))
    none = words.text("none")
    form = Form(content.unit, words.text("title"), landscape=True)
    erase = words.text("unsafe" if content.reasons else "safe")
    facts = {**content.facts, "erase": erase}
    form.facts([(words.table("facts").text(key), facts.get(key) or none) for key in FACTS])
    form.heading(words.text("files"))
    columns = [Column(words.table("columns").text(key), weight, key in _RIGHT) for key, weight in _COLUMNS.items()]
    form.table(columns, [_row(words, number, file, none) for number, file in enumerate(content.files, 1)])
    if content.reasons:
        form.heading(words.text("reasons"))
        for reason in content.reasons:
            form.paragraph(reason)
    form.signatures([words.table("signatures").text(key) for key in ("operator", "handed_in_by")])
    return form.save(output)


def _row(words: PrintedWords, number: int, file: ReportFile, none: str) -> list[str]:
    status = words.table("statuses").text(file.status)
    if file.read_back is not None:
        how = words.table("read_backs").text(file.read_back)
        status = f"{status}，{how}"
    size = f"{file.size:,}" if file.size is not None else none
    return [
        str(number),
        file.path,
        words.table("kinds").text(file.kind),
        file.recorded or none,
        size,
        status,
        file.sha256 or none,
    ]
