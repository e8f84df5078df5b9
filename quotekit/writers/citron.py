"""The JSON of BBC's Citron (https://github.com/bbc/citron, docs/data_format.md).

Citron's own reader stops at a quote without a cue, so quotes that only layout or marks report are left out. Spans are
quotekit's: without the enclosing marks, which Citron's own have, and in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.model import Cue, Extraction, Quote, Span, Speaker
from quotekit.writers.pieces import one_or_array


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """One object for one document, as Citron has it; an array for several. The text must be there."""
    yield from one_or_array(map(_document, extractions))


def _document(extraction: Extraction) -> dict[str, Any]:
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    return {
        "text": extraction.document.text,
        "quotes": [
            _quote(quote, quote.cue, speakers.get((quote.speaker and quote.speaker.id) or ""))
            for quote in extraction.quotes
            if quote.cue
        ],
        "coreference_groups": [
            [_span(mention) for mention in speaker.mentions]
            for speaker in extraction.speakers
            if len(speaker.mentions) > 1
        ],
    }


def _quote(quote: Quote, cue: Cue, speaker: Speaker | None) -> dict[str, Any]:
    return {
        "cue": _span(cue),
        "sources": [_span(quote.source)] if quote.source else [],
        "contents": [_span(span) for span in quote.content],
        "coreferences": [_span(span) for span in _fuller(quote, speaker)],
        "confidence": quote.confidence,
        "id": quote.id,
    }


def _fuller(quote: Quote, speaker: Speaker | None) -> list[Span]:
    """The mention that says best who the source is: the longest, where that is another one."""
    if speaker is None or quote.source is None or not speaker.mentions:
        return []
    longest = max(speaker.mentions, key=lambda mention: len(mention.text))
    return [longest] if len(longest.text) > len(quote.source.text) else []


def _span(span: Span | Cue) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
