"""The command line: the headless twin of every job, on the same services, with the same rights and audit."""

from avdesk.cli.main import run

__all__ = ["run"]
