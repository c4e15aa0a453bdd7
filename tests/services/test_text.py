"""Text of people and of files, made fit for every database and for the audit chain."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from avdesk.errors import UsageError
from avdesk.services._text import clean, cut, plain, typed

ANY = st.text(st.characters(codec=None, categories=None))  # lone surrogates too


@given(ANY)
def test_plain_text_is_taken_by_every_database_and_by_the_chain(text: str) -> None:
    made = plain(text)
    assert "\0" not in made and made.encode().decode() == made
    assert rfc8785.dumps({"text": made})
    if "\0" not in text and text.isascii():
        assert made == text


@given(ANY)
def test_typed_text_is_clean_or_refused_and_then_stays_as_it_is(text: str) -> None:
    try:
        made = clean("title", text, 200)
    except UsageError as error:
        assert error.facts["field"] == "title" and error.code in ("EMPTY", "TOO_LONG", "CONTROL_CHARACTER")
    else:
        assert made == clean("title", made, 200) == typed(text) == plain(made) == made.strip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (None, None),
        ("", None),
        (" \0\n\t ", "\\x00"),
        ("\x1b\x07", None),
        (" DSJ-X5\r\n ", "DSJ-X5"),
        ("x" * 300, "x" * 200),
        ("\udcffA", "\\udcffA"),
    ],
)
def test_what_a_file_says_of_itself_is_cut_to_what_can_be_kept(text: str | None, kept: str | None) -> None:
    assert cut(text, 200) == kept
