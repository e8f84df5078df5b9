"""A schema.org ClaimReview to fill in (https://schema.org/ClaimReview): what was claimed, by whom, when and where.

It has no rating, no url and no author, which are the reviewer's to give: as it stands it cannot be published by
accident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotekit.model import Extraction
from quotekit.writers.pieces import listed
from quotekit.writers.schema_claim import claim_node, claims_put_forward


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A graph of ClaimReviews without verdicts, the reviewed Claim in each."""
    nodes = (
        {
            "@type": "ClaimReview",
            "@id": f"urn:quotekit:review-{claim.id}",
            "creativeWorkStatus": "Draft",
            "claimReviewed": claim.text,
            "itemReviewed": claim_node(extraction, claim, quote, speaker),
            "inLanguage": extraction.document.language,
        }
        for extraction in extractions
        for claim, quote, speaker in claims_put_forward(extraction)
    )
    yield from listed('{"@context": "https://schema.org", "@graph": [', nodes, "]}\n")
