"""How an error leaves the program: its exit code and its JSON."""

from __future__ import annotations

from avdesk.errors import AvdeskError, EnvironmentFault, Refused, UsageError

OK, FAILED, USAGE, REFUSED, ENVIRONMENT = range(5)


def status_of(error: AvdeskError) -> int:
    """The exit code of the contract."""
    if isinstance(error, UsageError):
        return USAGE
    if isinstance(error, Refused):
        return REFUSED
    return ENVIRONMENT if isinstance(error, EnvironmentFault) else FAILED


def document(error: AvdeskError) -> dict[str, object]:
    """``{"refused": …}`` or ``{"error": …}``, codes and facts without prose."""
    if isinstance(error, Refused):
        return {"refused": {"code": error.code, "right": error.right, "until": error.until}}
    return {"error": {"code": error.code, **error.facts}}
