"""schema.org Quotation as JSON-LD (https://schema.org/Quotation, a term that is still pending there).

Left out is what was not said: negated acts (*did not say*), acts that will, may or should happen, what somebody denied
in other words than their own, and what was not speech but belief, plan or perception. The creator is a Person or an
Organization; of a document, a study or a speaker whose kind is not known only the words are credited. ``keywords`` tell
direct from mixed and indirect: of the latter the text is the article's wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.acts import GROUPS
from quotekit.links import quote_link
from quotekit.model import Document, Extraction, Quote, Speaker
from quotekit.writers.pieces import listed
from quotekit.writers.rows import GAP

_KINDS = {
    "person": "Person",
    "author": "Person",
    "anonymous": "Person",
    "organization": "Organization",
    "group": "Organization",
}


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """A graph of Quotations, which search engines and JSON-LD tools read."""
    quotations = (one for extraction in extractions for one in _quotations(extraction))
    yield from listed('{"@context": "https://schema.org", "@graph": [', quotations, "]}\n")


def was_said(quote: Quote) -> bool:
    """Whether the quote is speech that happened: its words may stand in the speaker's mouth."""
    spoken = quote.act is None or quote.act in GROUPS["speech"]
    denied = (
        quote.act == "denies" and quote.type != "direct"
    )  # of *Abara denied that it had burned* the content is not hers
    return spoken and not denied and quote.polarity == "positive" and quote.modality == "actual"


def agent(speaker: Speaker | None) -> dict[str, Any] | None:
    """The speaker as a Person or an Organization; None where it is neither, or not known which."""
    kind = _KINDS.get(speaker.type) if speaker else None
    if speaker is None or kind is None:
        return None
    node: dict[str, Any] = {"@type": kind, "name": speaker.name}
    if kind == "Person":
        node |= {"jobTitle": speaker.role} if speaker.role else {}
        node |= {"affiliation": {"@type": "Organization", "name": speaker.affiliation}} if speaker.affiliation else {}
    return node


def article(document: Document) -> dict[str, Any]:
    """The document as the NewsArticle in which something stands."""
    node = {
        "@type": "NewsArticle",
        "url": document.url,
        "headline": document.title,
        "datePublished": document.published,
        "author": {"@type": "Person", "name": document.author} if document.author else None,
    }
    return {key: value for key, value in node.items() if value is not None}


def _quotations(extraction: Extraction) -> Iterator[dict[str, Any]]:
    document = extraction.document
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    for quote in filter(was_said, extraction.quotes):
        speaker = agent(speakers.get((quote.speaker and quote.speaker.id) or ""))
        node = {
            "@type": "Quotation",
            "@id": f"urn:quotekit:{quote.id}",
            "identifier": quote.id,
            "text": GAP.join(span.text for span in quote.content),
            "creator": speaker,
            "spokenByCharacter": speaker,
            "creditText": quote.source.text if quote.source and not speaker else None,
            "keywords": [quote.type, *([quote.act] if quote.act else [])],
            "inLanguage": document.language,
            "url": quote_link(quote, document),
            "isPartOf": article(document),
        }
        yield {key: value for key, value in node.items() if value is not None}
