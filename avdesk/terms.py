"""The words every layer may know: enumerations whose values are the ones of the JSON contract."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file is, judged by its name first and by its content where that was read."""

    VIDEO = "video"
    AUDIO = "audio"
    PHOTO = "photo"
    SIDECAR = "sidecar"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of one file of a card at collecting."""

    VERIFIED = "VERIFIED"
    DUPLICATE = "DUPLICATE"
    UNREADABLE = "UNREADABLE"
    MISSING = "MISSING"
    CHANGED = "CHANGED"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"
    NOT_SELECTED = "NOT_SELECTED"
    CANCELLED = "CANCELLED"


class Stage(StrEnum):
    """Where in collecting a file something went wrong."""

    OPEN = "open"
    READ = "read"
    WRITE = "write"
    SYNC = "sync"
    READ_BACK = "read_back"
    COMPARE = "compare"
    REGISTER = "register"


class ReadBack(StrEnum):
    """How a copy was read again after it was written; the weakest reading of a file counts."""

    DIRECT = "direct"
    CACHE_DROPPED = "cache-dropped"
    CACHED = "cached"


class CopyState(StrEnum):
    """The state of one copy of a recording in one vault."""

    VERIFIED = "VERIFIED"
    AWAY = "AWAY"
    FAILED = "FAILED"
    DAMAGED = "DAMAGED"
    MISSING = "MISSING"


class PlanState(StrEnum):
    """What collecting would do with a file."""

    NEW = "NEW"
    COLLECTED = "COLLECTED"
    DIFFERS = "DIFFERS"
    SKIPPED = "SKIPPED"


class MatchedBy(StrEnum):
    """How a file was recognised as collected earlier."""

    NAME_SIZE_MTIME = "name-size-mtime"
    CONTENT = "content"


class IngestState(StrEnum):
    """OPEN: not sealed and nobody works on it. LIVE: somebody holds its lock. SEALED: a valid bag."""

    OPEN = "OPEN"
    LIVE = "LIVE"
    SEALED = "SEALED"


class VolumeState(StrEnum):
    """What a mounted file system is to the custodian."""

    RECORDER = "RECORDER"
    STORAGE = "STORAGE"
    EXCLUDED = "EXCLUDED"


class TimeSource(StrEnum):
    """Where a recorded time was read, best first."""

    FILENAME = "filename"
    EXIF = "exif"
    CONTAINER = "container"
    MTIME = "mtime"


class VaultRole(StrEnum):
    """The first vault decides an outcome; a second one is a state of its copies."""

    FIRST = "first"
    SECOND = "second"


class MarkerKind(StrEnum):
    """What a marker points at: the eight elements of Art. 10, and what reviewers look for besides."""

    PLACE = "place"
    TIME = "time"
    SCENE = "scene"
    PARTICIPANTS = "participants"
    OFFICERS = "officers"
    PARTY = "party"
    VIOLATION = "violation"
    KEY_EVIDENCE = "key-evidence"
    STATEMENT = "statement"
    PRIOR_NOTICE = "prior-notice"
    OTHER = "other"


class AnalysisCode(StrEnum):
    """What is not as it should be in a span of picture or sound."""

    BLACK_OR_COVERED = "BLACK_OR_COVERED"
    FROZEN = "FROZEN"
    BLURRED = "BLURRED"
    OVEREXPOSED = "OVEREXPOSED"
    UNDEREXPOSED = "UNDEREXPOSED"
    SILENT = "SILENT"
    CLIPPED = "CLIPPED"


class AnalysisState(StrEnum):
    """PARTLY: as far as the file goes. FAILED: not at all. NOTHING: it has neither picture nor sound."""

    DONE = "DONE"
    PARTLY = "PARTLY"
    FAILED = "FAILED"
    NOTHING = "NOTHING"


class Right(StrEnum):
    """What a person may do; every public service names exactly one."""

    INGEST = "ingest"
    VIEW = "view"
    MARK = "mark"
    DERIVE = "derive"
    EXPORT = "export"
    CASES = "cases"
    LABELS = "labels"
    VERIFY = "verify"
    VAULTS = "vaults"
    PEOPLE = "people"
    POLICY = "policy"
    AUDIT = "audit"


class Role(StrEnum):
    """Roles of the three-way separation of duties and of the office."""

    CUSTODIAN = "custodian"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    LEADER = "leader"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    SECURITY_ADMINISTRATOR = "security-administrator"
    AUDITOR = "auditor"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CUSTODIAN: frozenset(
        {
            *(Right.INGEST, Right.VIEW, Right.MARK, Right.DERIVE, Right.EXPORT),
            *(Right.CASES, Right.LABELS, Right.VERIFY),
        }
    ),
    Role.OFFICER: frozenset({Right.VIEW, Right.MARK}),
    Role.REVIEWER: frozenset({Right.VIEW, Right.MARK, Right.DERIVE}),
    Role.LEADER: frozenset({Right.VIEW}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Right.VAULTS, Right.VERIFY}),
    Role.SECURITY_ADMINISTRATOR: frozenset({Right.PEOPLE, Right.POLICY}),
    Role.AUDITOR: frozenset({Right.AUDIT}),
}
