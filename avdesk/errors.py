"""Errors that the user can act on; everything else that is raised is a bug.

::

    AvdeskError
    ├── UsageError                 wrong usage (exit 2)
    │   └── AmbiguousName          a name that fits two; both are named
    ├── Refused                    refused (exit 3): code, right, until
    │   └── NotPermitted
    ├── EnvironmentFault           the surroundings do not allow it (exit 4)
    │   ├── VaultUnavailable · VaultFull · DatabaseTooNew · DatabaseUnreachable
    │   ├── WorkspaceMissing · SourceMissing · IngestRunning
    │   └── BadResource            a data file of the program is not well formed
    ├── StaleEdit                  changed by somebody else since it was read (exit 1)
    ├── CopyDamaged                the copy in the vault is not what was registered (exit 1)
    └── NotDecoded                 what is inside a file can't be read (exit 1)
    Cancelled                      neither an error nor a bug
"""

from __future__ import annotations

from avdesk.findings import Finding


class AvdeskError(Exception):
    """A coded failure; ``code`` is stable, ``facts`` hold what the sentence needs."""

    code = "ERROR"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{key}={value}" for key, value in self.facts.items())])


class UsageError(AvdeskError):
    code = "USAGE"

    def __init__(self, code: str = "USAGE", **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class AmbiguousName(UsageError):
    def __init__(self, name: str, candidates: list[str]) -> None:
        super().__init__("AMBIGUOUS_NAME", name=name, candidates=candidates)


class Refused(AvdeskError):
    """The program does not do it for this person now."""

    def __init__(self, code: str, right: str | None = None, until: str | None = None) -> None:
        self.code = code
        self.right = right
        self.until = until
        super().__init__(right=right, until=until)


class NotPermitted(Refused):
    def __init__(self, right: str) -> None:
        super().__init__("NO_RIGHT", right)


class EnvironmentFault(AvdeskError):
    code = "ENVIRONMENT"


class WorkspaceMissing(EnvironmentFault):
    code = "WORKSPACE_MISSING"


class VaultUnavailable(EnvironmentFault):
    code = "VAULT_UNAVAILABLE"


class VaultFull(EnvironmentFault):
    code = "VAULT_FULL"


class DatabaseTooNew(EnvironmentFault):
    code = "DATABASE_TOO_NEW"


class DatabaseUnreachable(EnvironmentFault):
    code = "DATABASE_UNREACHABLE"


class AuditHeadMissing(EnvironmentFault):
    """Somebody removed the end of the audit chain: nothing can be recorded, so nothing may be done."""

    code = "AUDIT_HEAD_MISSING"


class SourceMissing(EnvironmentFault):
    code = "SOURCE_MISSING"


class IngestRunning(EnvironmentFault):
    """Another program is collecting the same card."""

    code = "INGEST_RUNNING"


class BadResource(EnvironmentFault):
    code = "BAD_RESOURCE"


class Cancelled(Exception):
    """The person stopped the work."""


class StaleEdit(AvdeskError):
    """Somebody else changed the same thing since it was read; nothing was overwritten."""

    code = "STALE_EDIT"


class CopyDamaged(AvdeskError):
    """A copy was read now and is not what was registered: nothing is made from it. ``finding`` says what is wrong."""

    code = "COPY_DAMAGED"

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(path=finding.path, why=finding.code, **finding.facts)


class NotDecoded(AvdeskError):
    """What is inside a file can't be read, or not in bounded time and memory; ``reason`` is a code."""

    code = "NOT_DECODED"
