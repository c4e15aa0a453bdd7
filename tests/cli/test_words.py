"""Codes become sentences: each that the program can raise has one, and no fact is missing in it."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import avdesk
from avdesk import errors
from avdesk.cli.words import _SENTENCES, sentence
from avdesk.errors import AvdeskError, DatabaseTooNew, EnvironmentFault, StaleEdit, UsageError

SOURCES = Path(avdesk.__file__).parent


def raised() -> Iterator[str]:
    """Codes written out where :class:`UsageError` is raised or returned, and those that classes have."""
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Name("UsageError" | "Refused"), [ast.Constant(str(code)), *_]):
                    yield code
                case ast.Assign([ast.Name("code")], ast.Constant(str(code))):
                    yield code
                case ast.Call(ast.Name("UsageError" | "Refused"), arguments):
                    assert not arguments, f"{file}:{node.lineno}: write the code out"
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, AvdeskError):
            yield value.code
    yield from ("AMBIGUOUS_NAME", "NO_RIGHT")


@pytest.mark.parametrize("code", sorted(set(raised()) - {"ERROR", "REFUSED"}))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in _SENTENCES, "add it to cli/words.py"


def test_no_sentence_is_for_nothing() -> None:
    assert set(_SENTENCES) <= set(raised())


@pytest.mark.parametrize("code", _SENTENCES)
def test_a_sentence_says_what_and_ends(code: str) -> None:
    pattern = _SENTENCES[code]
    fields = {field: "x" for _text, field, _spec, _conversion in string.Formatter().parse(pattern) if field}
    assert "?" not in pattern.format(**fields)
    assert code == "USAGE" or pattern.endswith(".") or "avdesk init" in pattern


def test_a_sentence_carries_facts_and_code() -> None:
    error = UsageError("UNKNOWN_STOCK", name="\x1bnothing", known=["sleeve", "other"])
    assert sentence(error) == "There is no label stock \x1bnothing. Known: sleeve, other. [UNKNOWN_STOCK]"


def test_a_fact_that_is_missing_is_a_question_mark() -> None:
    assert sentence(EnvironmentFault(reason="full")).startswith("? can't be used: full.")
    assert "[STALE_EDIT]" in sentence(StaleEdit())
    assert "{x}" in sentence(DatabaseTooNew(database="{x}"))


def test_a_code_without_sentence_is_shown_with_its_facts() -> None:
    assert sentence(UsageError("NEW_ONE", path="/a")) == "NEW_ONE path=/a"
