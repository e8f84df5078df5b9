"""How a holder stands to a claim: the table of ``fixtures/claims/stance.txt``, each case from its hand-checked tree."""

from __future__ import annotations

import pytest

from quotekit.claims.factuality import FACTORS, STANCES
from tests.claims.cases import ClaimCase, claim_cases, extracted

CASES = list(claim_cases("stance", labelled=True))


def _parameters() -> list[object]:
    marks = {case.line: [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [] for case in CASES}
    return [pytest.param(case, id=case.noted.text[:60], marks=marks[case.line]) for case in CASES]


def _found(case: ClaimCase) -> dict[str, tuple[str, ...]]:
    """The factors of each claim, by its words."""
    claims = extracted(case.noted.text).claims
    return {
        " ".join(span.text for span in claim.content).rstrip("?"): (claim.stance, *claim.factors[1:])
        for claim in claims
    }


@pytest.mark.parametrize("case", _parameters())
def test_a_claim_has_the_stance_that_its_sentence_gives_it(case: ClaimCase) -> None:
    (start, end), *_ = case.noted.quotes[0].content
    wanted = case.noted.text[start:end]
    found = _found(case)
    stance, *others = found.get(wanted.rstrip("?")) or (None, f"no such claim: {found}")
    assert stance == case.expected[0], (stance, others)
    # A hedge, a cue's distance and the like may be told besides what the case is about.
    assert set(case.expected[1:]) <= set(others)
    assert ("negated" in others) == ("negated" in case.expected)


def test_the_table_is_as_large_as_it_was_promised_to_be() -> None:
    assert len(CASES) >= 120
    assert {case.expected[0] for case in CASES} == set(STANCES)
    assert {label for case in CASES for label in case.expected} <= set(FACTORS)
