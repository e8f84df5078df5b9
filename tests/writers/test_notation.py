"""What `quotekit show` writes is read back as the quotes it came from."""

from __future__ import annotations

import json
from pathlib import Path

from quotekit.model import Extraction
from quotekit.notation import parse_notation
from quotekit.writers.json import from_record
from quotekit.writers.notation import write_brackets, write_claim_brackets
from tests.claims.cases import claim_cases, extracted

VALID = Path(__file__).parent.parent.parent / "fixtures" / "json" / "valid"


def read(name: str) -> Extraction:
    return from_record(json.loads((VALID / name).read_text("utf-8")))


def test_the_whole_text_is_read_back_exactly() -> None:
    ferry = read("ferry.json")
    (marked,) = write_brackets(ferry, whole=True)
    noted = parse_notation(marked)
    assert noted.text == ferry.document.text
    for quote, noted_quote in zip(ferry.quotes, noted.quotes, strict=True):
        assert noted_quote.content == tuple((span.start, span.end) for span in quote.content)
        assert noted_quote.source == ((quote.source.start, quote.source.end),)  # type: ignore[union-attr]
        assert noted_quote.cue == ((quote.cue.start, quote.cue.end),)  # type: ignore[union-attr]


def test_every_stretch_stands_alone() -> None:
    ferry = read("ferry.json")
    stretches = [parse_notation(marked) for marked in write_brackets(ferry)]
    assert [len(stretch.quotes) for stretch in stretches] == [1, 1, 1, 2, 1]
    assert all(stretch.text in (ferry.document.text or "") for stretch in stretches)


def test_a_document_without_quotes_shows_nothing() -> None:
    assert list(write_brackets(read("empty_document.json"))) == []


def test_claims_are_shown_as_the_table_of_claims_has_them() -> None:
    for case in claim_cases("segments", labelled=False):
        found = extracted(case.noted.text)
        (whole,) = write_claim_brackets(found, whole=True)
        noted = parse_notation(whole)
        assert noted.text == case.noted.text
        assert [one.content for one in noted.quotes] == [
            tuple((span.start, span.end) for span in claim.content) for claim in found.claims
        ]


def test_only_sentences_with_claims_are_shown() -> None:
    extraction = read("claims.json")
    stretches = [parse_notation(marked) for marked in write_claim_brackets(extraction)]
    assert sum(len(stretch.quotes) for stretch in stretches) == len(extraction.claims)
    assert all(stretch.text in (extraction.document.text or "") for stretch in stretches)
    assert list(write_claim_brackets(read("empty_document.json"))) == []
