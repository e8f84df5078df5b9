"""An extraction in bracket notation: the sentences that hold quotes, or the whole text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.errors import InputError
from quotekit.model import Cue, Extraction, Quote, Span
from quotekit.notation import NotedQuote, Place, write_notation


def write_brackets(extraction: Extraction, *, whole: bool = False) -> Iterator[str]:
    """The sentences that hold quotes, in brackets, one stretch at a time with quotes numbered anew; or the whole text.

    Raises InputError when the text was left out of the extraction.
    """
    text = extraction.document.text
    if text is None:
        raise InputError(
            extraction.document.source, "the text was left out of this record", "extract without --no-text"
        )
    if whole:
        yield write_notation(text, [_noted(quote, 0) for quote in extraction.quotes])
        return
    for (inner_start, inner_end), quotes in _stretches(extraction.quotes):
        start, end = _with_marks(text, inner_start, inner_end)
        yield write_notation(text[start:end], [_noted(quote, start) for quote in quotes])


def _with_marks(text: str, start: int, end: int) -> Place:
    """The stretch with the punctuation that touches it: a quotation's marks, and a full stop before the closing one."""
    while start > 0 and not (text[start - 1].isalnum() or text[start - 1].isspace()):
        start -= 1
    while end < len(text) and not (text[end].isalnum() or text[end].isspace()):
        end += 1
    return start, end


def _stretches(quotes: Sequence[Quote]) -> list[tuple[Place, list[Quote]]]:
    """The least stretches of text that hold whole sentences and whole quotes, each with its quotes."""
    stretches: list[tuple[Place, list[Quote]]] = []
    for (start, end), quote in sorted(((_extent(quote), quote) for quote in quotes), key=lambda pair: pair[0]):
        if stretches and start < stretches[-1][0][1]:
            (first, last), members = stretches[-1]
            stretches[-1] = ((first, max(last, end)), [*members, quote])
        else:
            stretches.append(((start, end), [quote]))
    return [(place, sorted(members, key=quotes.index)) for place, members in stretches]


def _extent(quote: Quote) -> Place:
    spans = [*quote.content, quote.cue, quote.source, *(via.source for via in quote.via)]
    places = [quote.sentence, *((span.start, span.end) for span in spans if span is not None)]
    return min(start for start, _ in places), max(end for _, end in places)


def _noted(quote: Quote, origin: int) -> NotedQuote:
    def places(*spans: Span | Cue | None) -> tuple[Place, ...]:
        return tuple((span.start - origin, span.end - origin) for span in spans if span is not None)

    return NotedQuote(
        source=places(quote.source),
        cue=places(quote.cue),
        content=places(*quote.content),
        via=places(*(via.source for via in quote.via)),
    )
