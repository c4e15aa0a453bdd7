"""Findings as they lie in JSON columns and tag files."""

from __future__ import annotations

from collections.abc import Iterable

from avdesk.findings import Finding


def findings_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Plain objects for a JSON column."""
    return [{"code": finding.code, "path": finding.path, "facts": dict(finding.facts)} for finding in findings]


def findings_of(plain: object) -> tuple[Finding, ...]:
    """The findings of a JSON column."""
    rows = plain if isinstance(plain, list) else []
    return tuple(Finding(row["code"], row["path"], row["facts"]) for row in rows)
