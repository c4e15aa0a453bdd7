"""avdesk: the workstation of an evidence custodian."""

__version__ = "0.1.0"
