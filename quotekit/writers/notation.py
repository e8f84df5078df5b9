"""An extraction in bracket notation: the sentences that hold quotes or claims, or the whole text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.errors import InputError
from quotekit.model import Claim, Cue, Extraction, Quote, Span
from quotekit.notation import NotedQuote, Place, write_notation


def write_brackets(extraction: Extraction, *, whole: bool = False) -> Iterator[str]:
    """The sentences that hold quotes, in brackets, one stretch at a time with quotes numbered anew; or the whole text.

    Raises InputError when the text was left out of the extraction.
    """
    text = _text_of(extraction)
    for (start, end), quotes in _stretches_of(extraction.quotes, text, whole=whole):
        yield write_notation(text[start:end], [_noted(quote, start) for quote in quotes])


def write_claim_brackets(extraction: Extraction, *, whole: bool = False) -> Iterator[str]:
    """As ``write_brackets``, with each claim in brackets ``[Q …]``, as the tables of ``fixtures/claims`` have them.

    Raises InputError when the text was left out of the extraction.
    """
    text = _text_of(extraction)
    claims: dict[str, list[Claim]] = {}
    for claim in extraction.claims:
        claims.setdefault(claim.quote, []).append(claim)
    holding = [quote for quote in extraction.quotes if quote.id in claims]
    for (start, end), quotes in _stretches_of(holding, text, whole=whole):
        made = (claim for quote in quotes for claim in claims[quote.id])
        in_order = sorted(made, key=lambda claim: claim.content[0].start)
        yield write_notation(text[start:end], [_noted_claim(claim, start) for claim in in_order])


def _text_of(extraction: Extraction) -> str:
    if extraction.document.text is None:
        raise InputError(
            extraction.document.source, "the text was left out of this record", "extract without --no-text"
        )
    return extraction.document.text


def _stretches_of(quotes: Sequence[Quote], text: str, *, whole: bool) -> Iterator[tuple[Place, Sequence[Quote]]]:
    if whole:
        yield (0, len(text)), quotes
        return
    for (start, end), members in _stretches(quotes):
        yield _with_marks(text, start, end), members


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


def _noted_claim(claim: Claim, origin: int) -> NotedQuote:
    return NotedQuote(content=tuple((span.start - origin, span.end - origin) for span in claim.content))
