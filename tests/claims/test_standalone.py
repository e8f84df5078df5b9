"""A claim's text can be read without its article, and the article's words can be made of it again."""

from __future__ import annotations

import pytest

from quotekit.claims.standalone import apply_edits, undo_edits
from quotekit.model import Extraction
from tests.claims.cases import ClaimCase, claim_cases, claim_trees, extracted
from tests.gold import gold_trees

CASES = list(claim_cases("alone", labelled=False))
DAY = "2026-11-24"


def _parameters() -> list[object]:
    marks = {case.line: [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [] for case in CASES}
    return [pytest.param(case, id=case.noted.text[:60], marks=marks[case.line]) for case in CASES]


@pytest.mark.parametrize("case", _parameters())
def test_a_claim_reads_as_the_table_says(case: ClaimCase) -> None:
    start, end = case.noted.quotes[0].content[0][0], case.noted.quotes[0].content[-1][1]
    extraction = extracted(case.noted.text, published=DAY)
    claims = {(claim.content[0].start, claim.content[-1].end): claim for claim in extraction.claims}
    claim = claims.get((start, end))
    assert claim is not None, [claim.text for claim in extraction.claims]
    wanted = case.expected[0]
    assert claim.text == wanted.replace("~", "")
    assert [span.text for span in claim.unresolved] == [word[1:] for word in wanted.split() if word.startswith("~")]


def _rebuilt(extraction: Extraction) -> list[tuple[str, str]]:
    text = extraction.document.text or ""
    found = []
    for claim in extraction.claims:
        start, end = claim.content[0].start, claim.content[-1].end
        assert claim.text == apply_edits(text[start:end], start, claim.edits)
        found.append((undo_edits(claim.text, start, claim.edits), text[start:end]))
    return found


@pytest.mark.parametrize("text", [*claim_trees()], ids=lambda text: text[:40])
def test_the_verbatim_words_can_be_rebuilt(text: str) -> None:
    for rebuilt, verbatim in _rebuilt(extracted(text, published=DAY, all_claims=True)):
        assert rebuilt == verbatim


def test_trees_are_there() -> None:
    assert len(claim_trees()) > 150
    assert gold_trees()
