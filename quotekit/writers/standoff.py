"""Quotes as labelled stretches and named links between them: all that many annotation tools know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotekit.model import Cue, Extraction, Quote, Span

LABELS = ("Content", "Cue", "Source", "Via")
# From content to cue, to source, to the next holder outward, to its own continuation, to the quote it stands in.
LINKS = ("reported_by", "attributed_to", "via", "continues", "within")


@dataclass(frozen=True, slots=True)
class Region:
    """One stretch with its label, one of ``LABELS``; ``key`` names it within the document, ``quote`` is whose it is."""

    key: str
    label: str
    start: int
    end: int
    text: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Link:
    """One of ``LINKS``, from a region to a region, by their keys; a quote is stood for by its first content region."""

    name: str
    start: str
    end: str


def regions(quote: Quote) -> list[Region]:
    """The stretches of a quote, its content first: several where the content is interrupted."""
    named: list[tuple[str, str, Span | Cue]] = [
        (f"content-{number}", "Content", span) for number, span in enumerate(quote.content)
    ]
    named += [("cue", "Cue", quote.cue)] if quote.cue else []
    named += [("source", "Source", quote.source)] if quote.source else []
    named += [(f"via-{number}", "Via", via.source) for number, via in enumerate(quote.via) if via.source]
    return [_region(quote, name, label, span) for name, label, span in named]


def links(extraction: Extraction) -> Iterator[Link]:
    """The links between the regions of all quotes."""
    for quote in extraction.quotes:
        yield from _links(quote, regions(quote))


def _links(quote: Quote, found: Sequence[Region]) -> Iterator[Link]:
    head = found[0].key
    names = {"Cue": "reported_by", "Source": "attributed_to", "Via": "via"}
    yield from (
        Link("continues", after.key, before.key) for before, after in pairwise(found) if after.label == "Content"
    )
    yield from (Link(names[region.label], head, region.key) for region in found if region.label != "Content")
    if quote.parent:
        yield Link("within", head, _key(quote.parent, "content-0"))


def _region(quote: Quote, name: str, label: str, span: Span | Cue) -> Region:
    return Region(_key(quote.id, name), label, span.start, span.end, span.text, quote)


def _key(quote: str, name: str) -> str:
    return f"{quote}-{name}"
