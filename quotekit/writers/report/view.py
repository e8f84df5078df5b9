"""An extraction as the page shows it: plain data, so that the templates decide nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotekit.acts import ACTS, GROUPS
from quotekit.links import web_address
from quotekit.model import Extraction
from quotekit.writers.report.cards import Card, cards_of
from quotekit.writers.report.claims import ClaimCard, claims_of
from quotekit.writers.report.running import Stretch, running_text
from quotekit.writers.report.signs import shown
from quotekit.writers.report.speakers import Row, rows_of
from quotekit.writers.wording import Places

TYPES = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document: its title, whether its words are known, and everything found in it."""

    number: int
    anchor: str
    title: str
    address: str | None
    extraction: Extraction
    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    claims: tuple[ClaimCard, ...]
    blocks: tuple[list[Stretch], ...]
    types: tuple[tuple[str, int], ...]
    words: int

    @property
    def unknown(self) -> tuple[Card, ...]:
        """The quotes whose speaker is not known: what needs work comes first."""
        return tuple(card for card in self.cards if not card.who.is_known)

    @property
    def known(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.who.is_known)


@dataclass(frozen=True, slots=True)
class Choice:
    """A speaker to choose: the number of quotes, and of those that are said together with others."""

    key: str
    name: str
    quotes: int
    shared: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader can filter by: speakers by name, and acts by group, each with its number of quotes."""

    speakers: tuple[Choice, ...]
    unknown: int
    types: tuple[tuple[str, int], ...]
    acts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    quotes: int


def views_of(extractions: Iterable[Extraction]) -> Iterator[DocumentView]:
    """A view of each extraction, with anchors that no two things on the page share."""
    taken: set[str] = set()
    for number, extraction in enumerate(extractions, start=1):
        yield _view(extraction, number, taken)


def _view(extraction: Extraction, number: int, taken: set[str]) -> DocumentView:
    document = extraction.document
    # An id names its thing in every report on this document, so that links to it stay good. Only when a document is
    # there twice must the second have other names.
    quotes = (quote.id for quote in extraction.quotes)
    ids = [*(one.id for one in extraction.speakers), *quotes, *(claim.id for claim in extraction.claims)]
    anchors = {id: f"{id}-{number}" if id in taken else id for id in ids}
    taken.update(ids)
    places = Places(document)
    cards = cards_of(extraction, anchors, places)
    claims = claims_of(extraction, anchors, cards)
    counts = Counter(quote.type for quote in extraction.quotes)
    return DocumentView(
        number=number,
        anchor=f"d-{number}",
        title=shown(document.title or document.id) or shown(document.source),
        address=web_address(document.url),
        extraction=extraction,
        cards=tuple(cards),
        rows=tuple(rows_of(extraction, cards, anchors, places)),
        claims=tuple(claims),
        blocks=tuple(running_text(extraction, cards, claims, anchors)),
        types=tuple((type, counts[type]) for type in TYPES if counts[type]),
        words=len((document.text or "").split()),
    )


def choices_of(views: Sequence[DocumentView]) -> Choices:
    """What there is to choose from on the whole page."""
    cards = [card for view in views for card in view.cards]
    names = {row.key: row.name for view in views for row in view.rows} | {card.who.key: card.who.name for card in cards}
    speakers = Counter(card.who.key for card in cards)
    shared = Counter(member.key for card in cards for member in card.who.members)
    types = Counter(card.quote.type for card in cards)
    acts = Counter(card.quote.act for card in cards)
    grouped = [(group, tuple((act, acts[act]) for act in members if acts[act])) for group, members in _groups()]
    return Choices(
        speakers=tuple(
            Choice(key, names[key], speakers[key], shared[key]) for key in sorted(filter(None, {*speakers, *shared}))
        ),
        unknown=speakers[""],
        types=tuple((type, types[type]) for type in TYPES),
        acts=tuple((group, members) for group, members in grouped if members),
        quotes=len(cards),
    )


def _groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from GROUPS.items()
    yield "other", tuple(act for act in ACTS if not any(act in members for members in GROUPS.values()))
