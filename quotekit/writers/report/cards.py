"""What a report shows of each quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotekit.constructions import CONSTRUCTIONS
from quotekit.links import quote_link
from quotekit.model import Document, Extraction, Quote, Speaker
from quotekit.writers.report.citations import cite, deeds
from quotekit.writers.report.names import Who, who_speaks
from quotekit.writers.report.signs import shown
from quotekit.writers.wording import Places, in_marks, spoken

# Confidence is calibrated: below this a quote is more likely wrong than right.
DOUBTFUL = 0.5
_SUMMARIES = {construction.name: construction.summary for construction in CONSTRUCTIONS}


@dataclass(frozen=True, slots=True)
class Card:
    """A quote as a reader meets it; ``number`` counts quotes in text order, ``anchor`` names it in links."""

    number: int
    anchor: str
    quote: Quote
    who: Who
    said: tuple[str, ...]
    deeds: tuple[str, ...]
    words: int
    page: int | None
    time: str | None
    place: str
    construction: str
    link: str | None
    citation: str
    outer: int | None
    inner: tuple[int, ...]

    @property
    def is_doubtful(self) -> bool:
        return self.quote.confidence < DOUBTFUL


def cards_of(extraction: Extraction, anchors: Mapping[str, str], places: Places) -> list[Card]:
    """A card for each quote, in text order."""
    numbers = {quote.id: number for number, quote in enumerate(extraction.quotes, start=1)}
    inner: defaultdict[str, list[int]] = defaultdict(list)
    for quote in extraction.quotes:
        if quote.parent is not None:
            inner[quote.parent].append(numbers[quote.id])
    speakers = {speaker.id: speaker for speaker in extraction.speakers}
    return [_card(quote, numbers, inner, speakers, extraction.document, anchors, places) for quote in extraction.quotes]


def _card(
    quote: Quote,
    numbers: Mapping[str, int],
    inner: Mapping[str, Sequence[int]],
    speakers: Mapping[str, Speaker],
    document: Document,
    anchors: Mapping[str, str],
    places: Places,
) -> Card:
    who, said = who_speaks(quote, speakers), said_in(quote, document.text)
    link = quote_link(quote, document)
    return Card(
        number=numbers[quote.id],
        anchor=anchors[quote.id],
        quote=quote,
        who=who,
        said=said,
        deeds=tuple(deeds(quote)),
        words=count_words(quote),
        page=quote.page,
        time=spoken(quote.time) if quote.time else None,
        place=places.of(quote.content[0].start),
        construction=quote.explanation.construction if quote.explanation else _SUMMARIES.get(quote.construction, ""),
        link=link,
        citation=cite(quote, who, said, document, link),
        outer=numbers.get(quote.parent or ""),
        inner=tuple(inner.get(quote.id, ())),
    )


def said_in(quote: Quote, text: str | None) -> tuple[str, ...]:
    """The stretches of the content with the marks that stand around them; marks of our own where there is no text."""
    if text is not None:
        places = (in_marks(text, span.start, span.end) for span in quote.content)
        return tuple(shown(text[start:end]) for start, end in places)
    return tuple(f"“{shown(span.text)}”" if quote.type == "direct" else shown(span.text) for span in quote.content)


def count_words(quote: Quote) -> int:
    """How many words the content has: what stands between blanks and holds a letter or a figure."""
    return sum(any(map(str.isalnum, word)) for span in quote.content for word in span.text.split())
