"""schema.org Claim as JSON-LD (https://schema.org/Claim, a term that is still pending there): what a check would check.

Left out is what the speaker does not put forward: what was denied, asked, or not said after all, and what was not
speech. No verdict stands in it, for nobody has checked anything yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.links import quote_link
from quotekit.model import Claim, Extraction, Quote, Speaker
from quotekit.writers.pieces import listed
from quotekit.writers.rows import GAP
from quotekit.writers.schema_quotation import agent, article, was_said

# Stances in which a speaker answers for the claim.
PUT_FORWARD = frozenset({"asserted", "conceded", "predicted", "hedged", "conditional", "quoted"})


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A graph of Claims, each with its author, date, appearance and the exact quotation."""
    nodes = (claim_node(extraction, *made) for extraction in extractions for made in claims_put_forward(extraction))
    yield from listed('{"@context": "https://schema.org", "@graph": [', nodes, "]}\n")


def claims_put_forward(extraction: Extraction) -> Iterator[tuple[Claim, Quote, Speaker | None]]:
    """The claims for which their speakers answer, each with its quote and its speaker."""
    quotes = {quote.id: quote for quote in extraction.quotes}
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    for claim in extraction.claims:
        quote = quotes[claim.quote]
        if claim.stance in PUT_FORWARD and was_said(quote):
            yield claim, quote, speakers.get(claim.speaker or "")


def claim_node(extraction: Extraction, claim: Claim, quote: Quote, speaker: Speaker | None) -> dict[str, Any]:
    """The claim as a node: ``text`` can be read alone, ``isBasedOn`` are the words as they stand in the article."""
    document = extraction.document
    author = agent(speaker)
    node = {
        "@type": "Claim",
        "@id": f"urn:quotekit:{claim.id}",
        "identifier": claim.id,
        "text": claim.text,
        "author": author,
        "creditText": quote.source.text if quote.source and not author else None,
        "datePublished": document.published,
        "appearance": article(document),
        "isBasedOn": quotation_node(extraction, claim, quote, author),
        "keywords": [claim.stance, *claim.types],
        "inLanguage": document.language,
    }
    return {key: value for key, value in node.items() if value is not None}


def quotation_node(extraction: Extraction, claim: Claim, quote: Quote, author: dict[str, Any] | None) -> dict[str, Any]:
    """The words of the article on which the claim rests."""
    node = {
        "@type": "Quotation",
        "identifier": quote.id,
        "text": GAP.join(span.text for span in claim.content),
        "creator": author,
        "url": quote_link(quote, extraction.document),
    }
    return {key: value for key, value in node.items() if value is not None}
