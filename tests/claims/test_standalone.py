"""A claim's text can be read without its article, and the article's words can be made of it again."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit import Extractor
from quotekit.claims.standalone import apply_edits, undo_edits
from quotekit.model import Extraction
from quotekit.validation import find_problems
from quotekit.writers.json import to_record
from tests.claims.cases import ClaimCase, claim_cases, claim_trees, extracted
from tests.gold import article, gold_trees
from tests.trees import random_tree

CASES = list(claim_cases("alone", labelled=False))
DAY = "2026-11-24"
PIECES = (
    "“I am the oldest member of the board,”",
    "said Lucia Brandt.",
    "He claims that they sold it last year,",
    "“and\nwe lost two million crowns on Friday.”",
    "The company, 🌊 she said,",
    "accused the mayor of hiding “cracks”",
    "if you did not vote.",
    "Did he say I’m “the first”?",
    "According to Lee it leaks today,",
    "OKAFOR: Our\r\nferry sank.",
)


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
    assert [span.text for span in claim.unresolved] == re.findall(r"~(\w+)", wanted)


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


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_any_text_and_any_tree_gives_claims_that_keep_the_contract(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choice(PIECES) for _ in range(12))
    made = Extractor(all_claims=True).extract_tree(replace(article(text), published=DAY), random_tree(text))
    assert find_problems(to_record(made), closed=True) == []
    assert all(rebuilt == verbatim for rebuilt, verbatim in _rebuilt(made))


def test_trees_are_there() -> None:
    assert len(claim_trees()) > 150
    assert gold_trees()
