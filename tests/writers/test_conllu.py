"""CoNLL-U: a parser of the format reads it, its words are the text's, its roles are the quotes'."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from quotekit.model import Extraction
from quotekit.writers import conllu as writer
from tests.writers.made import extractions, hard

conllu = pytest.importorskip("conllu")


def blocks(*made: Extraction) -> list[Any]:
    return conllu.parse("".join(writer.write(made)))  # type: ignore[no-any-return]


def places(made: Extraction) -> dict[tuple[str, str], set[int]]:
    """The letters, blanks aside, that each quote has in each role."""
    text = made.document.text or ""
    found: dict[tuple[str, str], set[int]] = {}
    for quote in made.quotes:
        spans = [("Content", span) for span in quote.content]
        spans += [("Cue", quote.cue)] if quote.cue else []  # type: ignore[list-item]
        spans += [("Source", quote.source)] if quote.source else []
        spans += [("Via", via.source) for via in quote.via if via.source]
        for role, span in spans:
            letters = {place for place in range(span.start, span.end) if not text[place].isspace()}
            found.setdefault((quote.id, role), set()).update(letters)
    return {key: letters for key, letters in found.items() if letters}


@given(extractions())
def test_every_letter_is_in_one_word_and_every_role_on_its_letters(made: Extraction) -> None:
    text = made.document.text or ""
    letters: list[int] = []
    roles: dict[tuple[str, str], set[int]] = {}
    for block in blocks(made):
        for token in block:
            start, end = int(token["misc"]["start_char"]), int(token["misc"]["end_char"])
            assert token["form"] == text[start:end]
            letters += range(start, end)
            ids = (token["misc"].get("QuoteId") or "").split(",")
            for pair in zip(ids, (token["misc"].get("QuoteRole") or "").split(","), strict=True):
                if pair != ("", ""):
                    roles.setdefault(pair, set()).update(range(start, end))
    assert letters == [place for place, letter in enumerate(text) if not letter.isspace()]
    assert roles == places(made)


@given(extractions())
def test_the_text_comment_is_the_words_with_their_spaces(made: Extraction) -> None:
    for block in blocks(made):
        spaced = "".join(
            token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ") for token in block
        )
        assert block.metadata["text"] == spaced.strip()


@given(extractions())
def test_no_sentence_of_a_quote_is_cut(made: Extraction) -> None:
    extents = [(int(block[0]["misc"]["start_char"]), int(block[-1]["misc"]["end_char"])) for block in blocks(made)]
    text = made.document.text or ""
    for quote in made.quotes:
        start, end = quote.sentence
        start += len(text[start:end]) - len(text[start:end].lstrip())
        assert sum(first <= start < last for first, last in extents) == 1


def test_comments_say_what_is_known_of_each_quote() -> None:
    written = "".join(writer.write([hard()]))
    facts = [json.loads(found) for found in re.findall(r"(?m)^# quotekit_quote = (.*)$", written)]
    assert sorted(one["id"] for one in facts) == [quote.id for quote in hard().quotes]
    assert json.loads(re.findall(r"(?m)^# quotekit_text = (.*)$", written)[0]) == hard().document.text


def test_several_documents_follow_one_another(ferry: Extraction) -> None:
    found = [block.metadata["newdoc id"] for block in blocks(ferry, hard()) if "newdoc id" in block.metadata]
    assert found == ["ferry", "tides"]


def test_the_validator_of_universal_dependencies_finds_the_format_kept(ferry: Extraction, tmp_path: Path) -> None:
    """Its first level: columns, numbers, blanks, line ends, and that words and text agree."""
    udtools = pytest.importorskip("udtools")
    path = tmp_path / "both.conllu"
    path.write_bytes("".join(writer.write([ferry, hard()])).encode())
    complaints = io.StringIO()
    state = udtools.Validator(level=1, output=complaints).validate_files([str(path)])
    assert state.passed(), complaints.getvalue()
