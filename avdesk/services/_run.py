"""What the parts of one collecting share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from avdesk.models import new_id
from avdesk.progress import Control, OnProgress, Progress
from avdesk.services._outcomes import FileOutcome
from avdesk.services._planning import IngestPlan, PlannedFile
from avdesk.services.desk import Desk
from avdesk.terms import PlanState
from avdesk.vault.root import VaultRoot


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """``unticked``: path to reason, of files not to be collected; ``vault_ids``: only these, else all."""

    unticked: Mapping[str, str]
    vault_ids: Sequence[str]
    handed_in_by_id: str | None
    compare_contents: bool


@dataclass(slots=True)
class Run:
    """``outcomes`` by path; ``stopped``: why it ended early; ``vaults`` are open, the first vault first."""

    desk: Desk
    plan: IngestPlan
    options: CollectOptions
    control: Control
    on_progress: OnProgress
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ingest_id: str = field(default_factory=new_id)
    bag: str | None = None
    vaults: list[VaultRoot] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    outcomes: dict[str, FileOutcome] = field(default_factory=dict)
    stopped: str | None = None
    bytes_done: int = 0
    bytes_total: int = 0

    def selected(self, file: PlannedFile) -> bool:
        """Whether it is to be collected, as far as the person and the plan say."""
        return file.state is not PlanState.SKIPPED and file.path not in self.options.unticked

    def answer(self, outcome: FileOutcome) -> None:
        """What became of a file."""
        self.outcomes[outcome.path] = outcome

    def advance(self, path: bytes, count: int) -> None:
        """``count`` bytes more were read of a file of the source."""
        self.bytes_done += count
        self.on_progress(
            Progress(
                "collect",
                os.fsdecode(path),
                len(self.outcomes),
                len(self.plan.files),
                self.bytes_done,
                max(self.bytes_total, self.bytes_done),
            )
        )
