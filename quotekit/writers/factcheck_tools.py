"""Claims under the field names of Google's Fact Check Tools API (v1alpha1, ``claims.search`` and ``pages``).

``claims`` is what a search would answer, with no review as yet; ``claimReviewMarkupPages`` is what a page of markup
begins with. What only a review can say, such as its rating and its address, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.model import Claim, Document, Extraction, Speaker
from quotekit.writers.schema_claim import claims_put_forward


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """One object: every claim as a search tells it, and for each document a page of markup to fill in."""
    claims: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    for extraction in extractions:
        made = [(claim, speaker, extraction.document) for claim, _, speaker in claims_put_forward(extraction)]
        claims += [_found(*one) for one in made]
        if made:
            pages.append({"claimReviewMarkups": [_markup(*one) for one in made]})
    answer = {"claims": claims, "claimReviewMarkupPages": pages}
    yield json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _found(claim: Claim, speaker: Speaker | None, document: Document) -> dict[str, Any]:
    node = {"text": claim.text, "claimant": speaker.name if speaker else None, "claimDate": document.published}
    return {key: value for key, value in node.items() if value is not None} | {"claimReview": []}


def _markup(claim: Claim, speaker: Speaker | None, document: Document) -> dict[str, Any]:
    author = {"name": speaker.name, "jobTitle": speaker.role} if speaker else {}
    node = {
        "claimReviewed": claim.text,
        "claimDate": document.published,
        "claimAuthor": {key: value for key, value in author.items() if value is not None} or None,
        "claimAppearances": [document.url] if document.url else None,
    }
    return {key: value for key, value in node.items() if value is not None}
