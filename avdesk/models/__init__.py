"""The tables. Importing this package knows them all."""

from avdesk.models.analysis import Analysis
from avdesk.models.audit_event import AuditEvent, AuditHead
from avdesk.models.base import Base, new_id
from avdesk.models.case_file import CaseFile, CaseRecording
from avdesk.models.ingest import Ingest, IngestOutcome
from avdesk.models.marker import Marker
from avdesk.models.number_series import NumberSeries
from avdesk.models.person import Person, Unit
from avdesk.models.policy_value import PolicyValue
from avdesk.models.recording import Copy, RecordedTime, Recording
from avdesk.models.vault import Vault

__all__ = [
    "Analysis",
    "AuditEvent",
    "AuditHead",
    "Base",
    "CaseFile",
    "CaseRecording",
    "Copy",
    "Ingest",
    "IngestOutcome",
    "Marker",
    "NumberSeries",
    "Person",
    "PolicyValue",
    "RecordedTime",
    "Recording",
    "Unit",
    "Vault",
    "new_id",
]
