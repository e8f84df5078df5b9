"""PubAnnotation's JSON, which TextAE shows and INCEpTION imports: https://www.pubannotation.org/docs/annotation-format/.

INCEpTION skips denotations of several stretches, so an interrupted content is one denotation for each, linked by
*continues*. Its layers, by the names of the labels, must exist before the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.model import Extraction, Quote
from quotekit.writers.pieces import one_or_array
from quotekit.writers.standoff import links, regions


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """One object for one document, an array for several; the text must be there."""
    yield from one_or_array(map(_document, extractions))


def _document(extraction: Extraction) -> dict[str, Any]:
    found = {quote.id: regions(quote) for quote in extraction.quotes}
    every = [region for group in found.values() for region in group]
    ids = {region.key: f"T{number}" for number, region in enumerate(every, start=1)}
    attributes = [
        {"subj": ids[found[quote.id][0].key], "pred": name, "obj": value}
        for quote in extraction.quotes
        for name, value in _attributes(quote)
    ]
    return {
        "text": extraction.document.text,
        "sourcedb": "quotekit",
        "sourceid": extraction.document.id,
        "denotations": [
            {"id": ids[one.key], "span": {"begin": one.start, "end": one.end}, "obj": one.label} for one in every
        ],
        "relations": [
            {"id": f"R{number}", "subj": ids[link.start], "pred": link.name, "obj": ids[link.end]}
            for number, link in enumerate(links(extraction), start=1)
        ],
        "attributes": [{"id": f"A{number}"} | one for number, one in enumerate(attributes, start=1)],
    }


def _attributes(quote: Quote) -> Iterator[tuple[str, str | float]]:
    """What is known of a quote besides its places."""
    yield "type", quote.type
    if quote.act:
        yield "act", quote.act
    yield "polarity", quote.polarity
    yield "modality", quote.modality
    if quote.speaker and quote.speaker.name:
        yield "speaker", quote.speaker.name
    yield "confidence", quote.confidence
