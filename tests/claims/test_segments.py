"""Where claims begin and end: the table of ``fixtures/claims/segments.txt``, in brackets."""

from __future__ import annotations

import pytest

from tests.claims.cases import ClaimCase, claim_cases, extracted

CASES = list(claim_cases("segments", labelled=False))
EDGES = " ?!.,;"


def _parameters() -> list[object]:
    marks = {case.line: [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [] for case in CASES}
    return [pytest.param(case, id=case.noted.text[:60], marks=marks[case.line]) for case in CASES]


@pytest.mark.parametrize("case", _parameters())
def test_a_content_is_cut_into_its_claims(case: ClaimCase) -> None:
    text = case.noted.text
    wanted = [tuple(text[start:end].strip(EDGES) for start, end in quote.content) for quote in case.noted.quotes]
    found = [tuple(span.text.strip(EDGES) for span in claim.content) for claim in extracted(text).claims]
    assert sorted(found) == sorted(wanted)
