"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): one page of annotations, a quote each.

The target is the quote's content, one for each of its parts; the bodies name the speaker, tag the type and the act, and
point at the words of source and cue. Where the document has an address on the web, that is the source, and places are
found by the words alone, for positions would count the page's letters and not the text's. Elsewhere the source is named
by the text's hash (RFC 6920), and positions count its code points. There is no date, so that the same JSON gives the
same bytes.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.model import Cue, Document, Extraction, Generator, Quote, Span
from quotekit.writers.pieces import listed

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# The standard asks for a prefix and a suffix and leaves their length open; 32 is what Hypothesis' client takes.
AROUND = 32


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """An AnnotationPage; without the text the selectors have no prefix and suffix."""
    page = uuid.uuid5(uuid.NAMESPACE_URL, "urn:quotekit:page")

    def annotations() -> Iterator[dict[str, Any]]:
        nonlocal page
        for extraction in extractions:
            for quote in extraction.quotes:
                annotation = _annotation(extraction, quote)
                page = uuid.uuid5(page, annotation["id"])  # of all annotations, so that no two pages share a name
                yield annotation

    yield from listed(
        f'{{"@context": "{CONTEXT}", "type": "AnnotationPage", "startIndex": 0, "items": [', annotations(), "]"
    )
    collection = uuid.uuid5(page, "collection")
    yield f', "id": "{page.urn}", "partOf": {{"id": "{collection.urn}", "type": "AnnotationCollection"}}}}\n'


def _annotation(extraction: Extraction, quote: Quote) -> dict[str, Any]:
    document = extraction.document
    source = _source(document)
    return {
        "@context": CONTEXT,
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{source['id']} {quote.id}").urn,
        "type": "Annotation",
        "motivation": "identifying",
        "generator": _generator(extraction.generator),
        "body": [*_texts(quote), *_places(document, source, quote)],
        "target": [{"source": source, "selector": _selectors(document, span)} for span in quote.content],
    }


def _source(document: Document) -> dict[str, Any]:
    if document.url:
        return {"id": document.url, "type": "Text", "language": document.language}
    digest = base64.urlsafe_b64encode(bytes.fromhex(document.sha256)).decode("ascii").rstrip("=")
    return {"id": f"ni:///sha-256;{digest}", "type": "Text", "format": "text/plain", "language": document.language}


def _generator(generator: Generator) -> dict[str, Any]:
    return {
        "id": f"urn:quotekit:generator:{generator.version}",
        "type": "Software",
        "name": f"{generator.name} {generator.version}",
    }


def _texts(quote: Quote) -> Iterator[dict[str, Any]]:
    if quote.speaker and quote.speaker.name:
        yield _textual("identifying", quote.speaker.name)
    tags = [quote.type, quote.act, None if quote.modality == "actual" else quote.modality]
    tags += ["negated"] if quote.polarity == "negative" else []
    yield from (_textual("tagging", tag) for tag in tags if tag)


def _textual(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _places(document: Document, source: dict[str, Any], quote: Quote) -> Iterator[dict[str, Any]]:
    for purpose, span in (("identifying", quote.source), ("describing", quote.cue)):
        if span is not None:
            selectors = _selectors(document, span)
            yield {"type": "SpecificResource", "purpose": purpose, "source": source, "selector": selectors}


def _selectors(document: Document, span: Span | Cue) -> list[dict[str, Any]]:
    words: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.text}
    if document.text is not None:
        words["prefix"] = document.text[max(0, span.start - AROUND) : span.start]
        words["suffix"] = document.text[span.end : span.end + AROUND]
    if document.url:
        return [words]
    return [words, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
