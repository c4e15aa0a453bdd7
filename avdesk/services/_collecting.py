"""One collecting: from a plan to verified copies, registered group by group, in a sealed bag."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict, replace

from avdesk.errors import IngestRunning, VaultUnavailable
from avdesk.findings import Finding
from avdesk.models import Ingest
from avdesk.recorders.scanning import Source
from avdesk.services._answering import EarlierCopies, answer_without_copy
from avdesk.services._filling import Filling, not_reached
from avdesk.services._matching import Earlier, of_ingest
from avdesk.services._opening import close_bags, new_bags, open_vaults, remove, require_space
from avdesk.services._outcomes import save as save_outcomes
from avdesk.services._outcomes import with_recording
from avdesk.services._reconciling import open_ingests, settle
from avdesk.services._run import Run
from avdesk.services._sealing import close_ingest, ingest_json
from avdesk.services._text import plain
from avdesk.terms import IngestState
from avdesk.vault.bag import INGEST, OpenBag, is_locked
from avdesk.vault.copying import CopyJob
from avdesk.vault.root import write_durably

_STAYS_OPEN = ("SOURCE_REMOVED", "VAULT_UNAVAILABLE", "CATALOGUE_FAILED")


class Collecting:
    """It ends with every file answered and the bag sealed, or left open to be resumed."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.card_changed = False
        self.walk_findings: tuple[Finding, ...] = run.plan.findings
        self._bags: list[OpenBag] = []

    def collect(self) -> None:
        """Raises :class:`VaultUnavailable`, :class:`VaultFull`, :class:`IngestRunning`, :class:`SourceMissing`,
        :class:`UsageError`, all before the first byte.
        """
        with ExitStack() as stack:
            open_vaults(self.run, stack)
            require_space(self.run)
            source = stack.enter_context(Source(self.run.plan.choice.root, self.run.plan.choice.only))
            stack.callback(self._close_bags)
            resumed = self._resume()
            copies = EarlierCopies(self.run)
            jobs = answer_without_copy(self.run, source, resumed, copies)
            self._copy(source, jobs, copies)
            self._look_again(source)
            self._finish()

    def _resume(self) -> dict[bytes, Earlier]:
        """Put in order what earlier runs left. Go on in the open bag of this card in this state; seal the one of this
        card in another state. What the resumed run registered, by path.
        """
        run = self.run
        for ingest in open_ingests(run.desk, run.vaults[0].vault_id):
            same_state = ingest.fingerprint == run.plan.fingerprint
            same_card = same_state or ingest.source_key == plain(run.plan.source_key)
            settled = settle(run.desk, ingest, run.vaults, seal=same_card and not same_state)
            if settled.state is IngestState.LIVE and same_card:
                raise IngestRunning(source=run.plan.source, ingest_id=ingest.id)
            if same_state and settled.bags and not self._bags:
                run.ingest_id, run.bag, self._bags = ingest.id, ingest.bag, settled.bags
            else:
                settled.close()
        if not self._bags:
            return {}
        with run.desk.database.read() as session:
            return of_ingest(session, run.vaults[0].vault_id, run.ingest_id)

    def _copy(self, source: Source, jobs: list[CopyJob], copies: EarlierCopies) -> None:
        if jobs and self.run.stopped is None:
            if not self._bags:
                self._open_bags()
            Filling(self.run, source, self._bags, copies).fill(jobs)
        for file in self.run.plan.files:
            if file.path not in self.run.outcomes:
                self.run.answer(not_reached(file, self.run.stopped))

    def _open_bags(self) -> None:
        """A new bag in every vault; then its row."""
        self._bags = new_bags(self.run)
        try:
            self._write_row()
        except BaseException:
            remove(self._bags)
            self._close_bags()
            raise

    def _write_row(self) -> None:
        """Raises :class:`IngestRunning` when another program began to collect this card at the same moment."""
        run = self.run
        with run.desk.database.write() as session:
            ingest = self._row()
            session.add(ingest)
            session.flush()
            facts = {"source": ingest.source, "bag": run.bag, "recorder": ingest.recorder}
            run.desk.record(session, "ingest.opened", ("ingest", run.ingest_id), facts)
            for other in open_ingests(run.desk, run.vaults[0].vault_id):
                same = other.fingerprint == run.plan.fingerprint and other.bag is not None
                if same and other.id != run.ingest_id and is_locked(run.vaults[0], other.bag or ""):
                    raise IngestRunning(source=run.plan.source, ingest_id=other.id)
            content = json.dumps(ingest_json(run.desk, session, ingest, (), None), sort_keys=True, indent=1)
            for bag in self._bags:
                write_durably(INGEST, bag.folder, content.encode() + b"\n")

    def _row(self) -> Ingest:
        run = self.run
        return Ingest(
            id=run.ingest_id,
            vault_id=run.vaults[0].vault_id,
            bag=run.bag,
            state=IngestState.OPEN,
            source=plain(run.plan.source),
            source_key=plain(run.plan.source_key),
            fingerprint=run.plan.fingerprint,
            recorder={**asdict(run.plan.recorder), "why": list(run.plan.recorder.why)},
            operator_id=run.desk.person_id,
            handed_in_by_id=run.options.handed_in_by_id,
            started_at=run.started_at,
            safe_to_erase=False,
            reasons=[],
        )

    def _close_bags(self) -> None:
        close_bags(self._bags)
        self._bags = []

    def _look_again(self, source: Source) -> None:
        """Scan once more: a card that changed since the plan is not safe to erase."""
        again = source.scan()
        self.card_changed = again.fingerprint != self.run.plan.fingerprint
        found = {finding.path: finding for finding in (*self.run.plan.findings, *again.findings)}
        self.walk_findings = tuple(found.values())

    def _finish(self) -> None:
        """Write every outcome down and seal; a card or vault that went away leaves the bag open."""
        run = self.run
        ordered = [run.outcomes[file.path] for file in run.plan.files]
        with run.desk.database.write() as session:
            if session.get(Ingest, run.ingest_id) is None:
                session.add(self._row())
                session.flush()
            save_outcomes(session, run.ingest_id, ordered)
        if run.stopped not in _STAYS_OPEN:
            try:
                run.bag = close_ingest(run.desk, run.ingest_id, self._bags)
            except (OSError, VaultUnavailable):
                run.stopped = "NOT_SEALED"
        with run.desk.database.read() as session:
            filled = with_recording(session, run.desk, ordered)
        for outcome, full in zip(ordered, filled, strict=True):
            # a file that failed has no recording: what its copies came to is known only here
            run.answer(replace(full, copies=full.copies or outcome.copies, read_now=outcome.read_now))
